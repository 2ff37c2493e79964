/// The filter patterns of the CIS benchmark, each in a chain that works: what others recommend is told of only where it
/// is wrong.
#include <fstream>

#include <fmt/format.h>
#include <gmock/gmock.h>

#include "lint/examples.h"
#include "support/linted.h"
#include "support/spec_text.h"

namespace secretwatch {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

/// The lines of the file; one that begins with `!` is refused by the service.
std::vector<std::string> patterns() {
  std::istringstream lines(testing::read_text(testing::in_project("tests/unit/pattern/cis_patterns.txt")));
  std::vector<std::string> all;
  for (std::string line; std::getline(lines, line);)
    if (!line.empty() && line[0] != '#') all.push_back(line);
  return all;
}

std::string template_with(const std::string& pattern) {
  std::string quoted;
  for (const char c : pattern) quoted += c == '\'' ? std::string("''") : std::string(1, c);
  std::string text(lint::examples::good);
  const std::size_t begin = text.find("      FilterPattern:");
  const std::size_t end = text.find("      MetricTransformations:");
  return text.replace(begin, end - begin, fmt::format("      FilterPattern: '{}'\n", quoted));
}

bool holds(const std::string& text, const char* part) {
  return text.find(part) != std::string::npos;
}

TEST(CisPatterns, AreJudgedRightly) {
  std::size_t read = 0;
  std::size_t told = 0;
  for (const std::string& line : patterns()) {
    SCOPED_TRACE(line);
    const bool is_refused = line[0] == '!';
    const testing::Linted linted = testing::lint_text(template_with(is_refused ? line.substr(1) : line));
    ++read;
    told += linted.ids().empty() ? 0 : 1;
    if (is_refused) {
      EXPECT_THAT(linted.ids(), ElementsAre("F401"));
    } else if (holds(line, "|| ($.sourceIPAddress!=")) {
      // 1.4 to 3.0 join what is to be left out by `||`: every record is none of the two.
      EXPECT_THAT(linted.ids(), ElementsAre("F404"));
    } else if (holds(line, "MFAUsed !=")) {
      EXPECT_THAT(linted.ids(), ElementsAre("F420")) << "a sign-in whose record does not say is not counted";
      EXPECT_EQ(linted.report["findings"][0]["severity"], "note");
    } else {
      EXPECT_THAT(linted.ids(), IsEmpty());
    }
  }
  EXPECT_GE(read, 35U);
  EXPECT_GE(told, 5U);
}

}  // namespace
}  // namespace secretwatch
