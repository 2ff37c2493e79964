/// Many filters in one pass against each filter alone: FilterIndex must select what Matcher selects, and json::Reader
/// take for JSON what pattern::read_json takes.
#include "pattern/index.h"

#include <iostream>
#include <random>

#include <gtest/gtest.h>

#include "json/document.h"
#include "pattern/json.h"
#include "pattern/matcher.h"
#include "pattern/pattern.h"

namespace secretwatch {
namespace {

using pattern::Filter;
using pattern::FilterIndex;
using pattern::Matcher;

/// Patterns and messages out of few names and values, so that they meet often.
class Draw {
 public:
  explicit Draw(unsigned seed) : random_(seed) {}

  std::size_t below(std::size_t limit) { return random_() % limit; }
  template <std::size_t N>
  std::string one_of(const char* const (&items)[N]) {
    return items[below(N)];
  }

  std::string pattern() {
    switch (below(12)) {
      case 0:
        return one_of({"x", "-x", "?db ?x", "\"secret:db\"", "-db x", ""});
      case 1:
        return one_of({"[a, b]", "[a = x, ...]", "[..., z = *db*]", "%db-[a-z]%", "%^x%"});
      case 2:
      case 3:
      case 4:
        return watch();
      default:
        return "{ " + condition(3) + " }";
    }
  }

  std::string message() {
    if (below(20) == 0)
      return one_of({"", "x", "db x", "{", "{\"s\":\"db\"", "[{\"s\":\"db\"}]", "null", "{\"s\":\"db\"} x"});
    std::string text = object(3);
    if (below(15) == 0) text[below(text.size())] = "\"{}[],:\\x1 "[below(11)];
    return text;
  }

 private:
  /// As the compiler writes them: by name, by ARN, in a list.
  std::string watch() {
    const std::string name = one_of({"db", "db-x", "x/y", "prod"});
    const std::string id = "$.r.secretId";
    const std::string forms = "(" + id + " = \"" + name + "\" || " + id + " = \"*:secret:" + name + "\" || (" + id +
                              " = \"*:secret:" + name + "-*\" && " + id + " != \"*:secret:" + name + "-x*\"))";
    const std::string list = "($.r.list[*] = \"" + name + "\" || $.r.list[*] = \"*:secret:" + name + "-*\")";
    return "{ $.s = \"m\" && (($.e = \"Get\" && " + forms + ") || ($.e = \"Batch\" && " + list + ")) }";
  }

  std::string condition(int depth) {
    if (depth == 0 || below(3) == 0) return test();
    std::string text = "(" + condition(depth - 1);
    const std::string joined = below(2) == 0 ? " && " : " || ";
    for (std::size_t i = 1 + below(2); i > 0; --i) text += joined + condition(depth - 1);
    return text + ")";
  }

  std::string test() {
    const std::string selector = "$." + one_of({"s", "e", "r.secretId", "r.list[*]", "r.list[0]", "r.*", "r", "['x y']",
                                                "n", "r.secretId", "e", "s", "r.list[1].s", "*", "s.e"});
    switch (below(6)) {
      case 0:
        return selector + one_of({" IS NULL", " IS TRUE", " IS FALSE", " NOT EXISTS"});
      case 1:
        return selector + one_of({" = ", " != ", " < ", " >= "}) + one_of({"1", "1.0", "10", "-2e1"});
      case 2:
        return selector + one_of({" = ", " != "}) + one_of({"%^d%", "%b%"});
      default:
        return selector + one_of({" = ", " != ", " = "}) +
               one_of({"\"db\"", "\"*:secret:db*\"", "\"*\"", "\"1*\"", "m", "*db", "db*x", "\"x y\"", "\"é*\"", "\"\"",
                       "\"Get\"", "\"**b\"", "\"\\\"*\""});
    }
  }

  std::string blank() { return below(6) == 0 ? one_of({" ", "\n", "\t ", "\r"}) : ""; }

  std::string key() {
    if (below(8) == 0) return one_of({R"("\u0073")", R"("x y")", R"("\u0072")", R"("a\nb")"});
    return one_of({R"("s")", R"("e")", R"("r")", R"("n")", R"("secretId")", R"("list")", R"("x y")"});
  }

  std::string object(int depth) {
    std::string text = "{" + blank();
    const std::size_t members = below(6);
    for (std::size_t i = 0; i < members; ++i)
      text += (i == 0 ? "" : ",") + blank() + key() + blank() + ":" + blank() + value(depth - 1) + blank();
    return text + "}";
  }

  std::string value(int depth) {
    const std::size_t kind = below(depth <= 0 ? 6 : 10);
    if (kind == 0) return one_of({"null", "true", "false"});
    if (kind == 1)
      return one_of({"1", "1.0", "-20", "1e309", "10", "0.1e1", "12345678901234567890123456789012345678901"});
    if (kind < 6)
      return one_of({R"("db")", R"("m")", R"("Get")", R"("Batch")", R"("arn:aws:secret:db-abcdef")", R"("x\u0079")",
                     R"("arn:secret:db-x-abcdef")", R"("\u00e9t")", R"("éx")", R"("")", R"("prod")", R"("x/y")",
                     R"("\"\\")", R"("\ud83d\ude00")", R"("x y")", R"("d\u0062")"});
    if (kind < 8) return object(depth);
    std::string text = "[";
    const std::size_t elements = below(4);
    for (std::size_t i = 0; i < elements; ++i) text += (i == 0 ? "" : ",") + value(depth - 1);
    return text + "]";
  }

  std::mt19937 random_;
};

TEST(FilterIndex, SelectsWhatEachFilterAloneSelects) {
  std::size_t cases = 0;
  std::size_t selected = 0;
  for (unsigned seed = 0; seed < 700; ++seed) {
    Draw draw(seed);
    std::vector<std::string> texts;
    std::vector<Filter> filters;
    const std::size_t wanted = 1 + draw.below(60);
    while (filters.size() < wanted) {
      const std::string text = draw.pattern();
      const Expected<Filter> filter = pattern::parse(text);  // some have too many wildcards or regular expressions
      if (!filter) continue;
      filters.push_back(*filter);
      texts.push_back(text);
    }
    const FilterIndex index(filters);
    FilterIndex::Judge judge(index);
    std::vector<Matcher> alone;
    for (const Filter& filter : filters) alone.emplace_back(filter);
    for (int i = 0; i < 60; ++i) {
      const std::string message = draw.message();
      const std::vector<FilterIndex::FilterId>& all = judge.select(message);
      std::size_t next = 0;
      for (std::size_t f = 0; f < filters.size(); ++f) {
        const bool by_index = next < all.size() && all[next] == f;
        next += by_index ? 1 : 0;
        ASSERT_EQ(by_index, alone[f].matches(message)) << "seed " << seed << ": " << texts[f] << " on " << message;
        ++cases;
        selected += by_index ? 1 : 0;
      }
      ASSERT_EQ(next, all.size());
    }
  }
  std::cout << cases << " cases, " << selected << " of them selected\n";
  EXPECT_GT(cases, 1'000'000U);
  EXPECT_GT(selected * 50, cases);
}

TEST(JsonReader, TakesForJsonWhatTheTreeReaderTakes) {
  std::size_t right = 0;
  std::size_t cases = 0;
  json::Reader reader;
  const auto compare = [&](const std::string& text) {
    const bool is_json = reader.read(text).document != nullptr;
    ASSERT_EQ(is_json, pattern::read_json(text).has_value()) << text;
    right += is_json ? 1 : 0;
    ++cases;
  };
  Draw draw(1);
  for (int i = 0; i < 60000; ++i) {
    std::string text = draw.message();
    ASSERT_NO_FATAL_FAILURE(compare(text));
    for (std::size_t changes = draw.below(3); changes > 0 && !text.empty(); --changes) {
      const std::string signs =
          std::string() + "\"\\{}[]:,0123456789-+.eEtrufalsn \x01\x80\xC3\xA9\xED\xA0\x80" + std::string(1, '\0');
      text[draw.below(text.size())] = signs[draw.below(signs.size())];
    }
    ASSERT_NO_FATAL_FAILURE(compare(text));
  }
  EXPECT_GT(right * 10, cases);
}

}  // namespace
}  // namespace secretwatch
