/// docs/filter-patterns.md says nothing that is not so: each `pattern` block is judged by the matcher, each `cover`
/// block by cover.h.
#include <sstream>

#include <gtest/gtest.h>

#include "pattern/cover.h"
#include "pattern/matcher.h"
#include "support/spec_text.h"

namespace secretwatch {
namespace {

using pattern::Breadth;
using pattern::Verdict;
using testing::in_project;
using testing::read_text;

struct Line {
  std::string key;
  std::string text;
};

/// The lines of all blocks in the language: "key: text".
std::vector<Line> lines_of(const std::string& language) {
  std::vector<Line> lines;
  std::istringstream page(read_text(in_project("docs/filter-patterns.md")));
  bool inside = false;
  for (std::string line; std::getline(page, line);) {
    if (line.starts_with("```")) {
      inside = line == "```" + language;
    } else if (inside) {
      const std::size_t colon = line.find(": ");
      if (colon == std::string::npos) ADD_FAILURE() << "no key: " << line;
      lines.push_back({line.substr(0, colon), line.substr(std::min(colon + 2, line.size()))});
    }
  }
  return lines;
}

pattern::Filter filter(const std::string& text) {
  const auto read = pattern::parse(text);
  EXPECT_TRUE(read) << text << ": " << read.error().message;
  return read ? *read : pattern::Filter{};
}

/// "14 '==' is not an operator; write '='"
std::string error_of(const std::string& text) {
  const auto read = pattern::parse(text);
  if (read) return "none";
  const TextError& error = read.error();
  return std::to_string(error.offset) + " " + error.message + (error.hint.empty() ? "" : "; " + error.hint);
}

std::string joined(const std::vector<pattern::Contradiction::Part>& parts) {
  std::string text;
  for (const auto& part : parts) text += (text.empty() ? "" : " | ") + part.text;
  return text;
}

TEST(FilterPatternsPage, ShowsWhatPatternsSelect) {
  std::string current;
  std::size_t messages = 0;
  std::size_t errors = 0;
  for (const Line& line : lines_of("pattern")) {
    if (line.key == "pattern") {
      current = line.text;
    } else if (line.key == "invalid") {
      EXPECT_EQ(error_of(current), line.text) << current;
      ++errors;
    } else {
      ASSERT_TRUE(line.key == "yes" || line.key == "no") << line.key;
      EXPECT_EQ(matches(filter(current), line.text), line.key == "yes") << current << " on " << line.text;
      ++messages;
    }
  }
  EXPECT_GT(messages, 90U);
  EXPECT_GT(errors, 12U);
}

void expect_breadth(const std::string& key, const std::string& text, const std::string& causes) {
  const Breadth breadth = key == "every record"          ? Breadth::every_record
                          : key == "nearly every record" ? Breadth::nearly_every_record
                                                         : Breadth::not_every_record;
  const pattern::Reach reach = pattern::reach(filter(text));
  EXPECT_EQ(reach.breadth, breadth) << text;
  EXPECT_EQ(joined(reach.causes), causes) << text;
}

void expect_never(const std::string& text, const std::string& because) {
  const pattern::Answer answer = can_select(filter(text));
  EXPECT_EQ(answer.verdict, Verdict::no) << text << " selects " << answer.witness;
  ASSERT_EQ(answer.contradictions.size(), 1U) << text;
  EXPECT_EQ(joined(answer.contradictions.front().parts), because) << text;
}

void expect_relation(const std::string& key, const std::string& one, const std::string& other) {
  const Verdict both = can_select_both(filter(one), filter(other)).verdict;
  const Verdict includes = pattern::includes(filter(one), filter(other)).verdict;
  if (key == "includes") {
    EXPECT_EQ(includes, Verdict::yes) << one << other;
  } else if (key == "disjoint") {
    EXPECT_EQ(both, Verdict::no) << one << other;
  } else if (key == "overlaps") {
    EXPECT_EQ(both, Verdict::yes) << one << other;
    EXPECT_EQ(includes, Verdict::no) << one << other;
  } else {
    ASSERT_EQ(key, "not decided");
    EXPECT_EQ(both, Verdict::not_decided) << one << other;
  }
}

TEST(FilterPatternsPage, ShowsWhatIsProvenOfPatterns) {
  const std::vector<Line> lines = lines_of("cover");
  EXPECT_GT(lines.size(), 25U);
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const bool has_second = i + 1 < lines.size() && (lines[i + 1].key == "because" || lines[i + 1].key == "the other");
    const std::string second = has_second ? lines[i + 1].text : "";
    if (lines[i].key == "never")
      expect_never(lines[i].text, second);
    else if (lines[i].key.ends_with("record") || lines[i].key.ends_with("records"))
      expect_breadth(lines[i].key, lines[i].text, second);
    else
      expect_relation(lines[i].key, lines[i].text, second);
    if (has_second) ++i;
  }
}

}  // namespace
}  // namespace secretwatch
