#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "pattern/matcher.h"
#include "pattern/pattern.h"

namespace secretwatch::pattern {
namespace {

Filter json(Expression condition) {
  return {JsonPattern{std::move(condition)}};
}

TEST(Build, MakesWhatParseReads) {
  const Filter built = json(all_of({equals("$.eventSource", "secretsmanager.amazonaws.com"),
                                    any_of({equals("$.eventName", "GetSecretValue"), differs("$.a.b[0]", "x")}),
                                    matches_regex("$.['a b']", "^x[0-9]$"), not_exists("$.errorCode")}));
  EXPECT_EQ(
      print(built),
      "{ $.eventSource = \"secretsmanager.amazonaws.com\" && ($.eventName = \"GetSecretValue\" || $.a.b[0] != \"x\") "
      "&& $.['a b'] = %^x[0-9]$% && $.errorCode NOT EXISTS }");
}

TEST(Build, FlattensListsAndUnwrapsSingleOnes) {
  const auto a = [] { return equals("$.a", "1"); };
  EXPECT_EQ(print(json(all_of({a()}))), R"({ $.a = "1" })");
  EXPECT_EQ(print(json(any_of({all_of({a()})}))), R"({ $.a = "1" })");
  EXPECT_EQ(print(json(all_of({a(), all_of({a(), a()})}))), R"({ $.a = "1" && $.a = "1" && $.a = "1" })");
  EXPECT_EQ(print(json(any_of({any_of({a(), a()}), a()}))), R"({ $.a = "1" || $.a = "1" || $.a = "1" })");
  EXPECT_EQ(print(json(any_of({all_of({a(), a()}), a()}))), R"({ ($.a = "1" && $.a = "1") || $.a = "1" })");
}

/// Text that needs escapes, or looks as if it did.
const std::vector<std::string> awkward_texts = {"",         "x",     "\"",      "\\",        "\\\"",
                                                "\"\\",     "\\\\",  "a\\nb",   "C:\\dir\\", "%x%",
                                                "{ } [ ]",  " ",     "'",       "é 漢 😀",    "null",
                                                "1.0",      "&& ||", "\n\t",    "a\"b",      "ends\\\\",
                                                "a\\\"b\\", "$.a",   "\\u0041", "/a/b+c",    std::string("\0x", 2)};

TEST(Build, PrintsTextThatParsesBackToTheSameText) {
  for (const std::string& text : awkward_texts) {
    const Filter built = json(equals("$.a", text));
    const Expected<Filter> read = parse(print(built));
    ASSERT_TRUE(read) << print(built) << ": " << read.error().message;
    const auto& comparison = std::get<Comparison>(std::get<JsonPattern>(read->body).condition.body);
    EXPECT_EQ(comparison.operand, Operand(Quoted{text}));
    EXPECT_EQ(print(*read), print(built));
  }
}

TEST(Build, PrintsTextThatStillMatchesOnlyItself) {
  for (const std::string& pattern_text : awkward_texts) {
    const Matcher built(json(equals("$.a", pattern_text)));
    const Matcher read(*parse(print(json(equals("$.a", pattern_text)))));
    for (const std::string& text : awkward_texts) {
      nlohmann::json message;
      message["a"] = text;
      EXPECT_EQ(built.matches(message.dump()), text == pattern_text) << pattern_text << " on " << message.dump();
      EXPECT_EQ(read.matches(message.dump()), text == pattern_text) << pattern_text << " on " << message.dump();
    }
  }
}

TEST(Build, TakesAStarInTextForAWildcard) {
  const Filter filter = json(equals("$.a", "arn:*:secret:db-*"));
  EXPECT_TRUE(matches(filter, R"({"a": "arn:aws:secret:db-AbCdEf"})"));
  EXPECT_FALSE(matches(filter, R"({"a": "arn:aws:secret:web-AbCdEf"})"));
}

TEST(UsageOf, CountsTheCanonicalSpellingAndWhatTheServiceLimits) {
  const auto usage = [](std::string_view pattern) { return usage_of(*parse(pattern)); };
  EXPECT_EQ(usage("{$.a=\"ä\"}").characters, std::string_view("{ $.a = \"x\" }").size());
  EXPECT_EQ(usage("{ $.a[*] = %x% && ($.b.* NOT EXISTS || $.c IS NULL) && $.d != %y% }").wildcard_selectors, 2U);
  EXPECT_EQ(usage("{ $.a[*] = %x% && ($.b.* NOT EXISTS || $.c IS NULL) && $.d != %y% }").regexes, 2U);
  EXPECT_EQ(usage("[a = %x% || a = 1, ..., b]").regexes, 1U);
  EXPECT_EQ(usage("%x%").regexes, 1U);
  EXPECT_EQ(usage("a -b").regexes, 0U);
  EXPECT_EQ(usage(" ").characters, 0U);
}

}  // namespace
}  // namespace secretwatch::pattern
