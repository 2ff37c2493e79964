#include "pattern/matcher.h"

#include <thread>

#include <gtest/gtest.h>

namespace secretwatch::pattern {
namespace {

bool selects(std::string_view pattern, std::string_view message) {
  const Expected<Filter> filter = parse(pattern);
  EXPECT_TRUE(filter) << pattern;
  return matches(*filter, message);
}

TEST(Matcher, NeverFindsADifferenceInWhatIsMissingOrNoScalar) {
  for (const char* message : {"{}", R"({"a": null})", R"({"a": true})", R"({"a": {}})", R"({"a": ["y"]})"}) {
    EXPECT_FALSE(selects(R"({ $.a != "x" })", message)) << message;
    EXPECT_FALSE(selects(R"({ $.a = * })", message)) << message;
    EXPECT_FALSE(selects(R"({ $.a != %x% })", message)) << message;
  }
  EXPECT_TRUE(selects(R"({ $.a != "x" })", R"({"a": 1})"));
}

TEST(Matcher, FindsADifferenceBehindAWildcardIfNothingIsEqual) {
  EXPECT_TRUE(selects(R"({ $.a[*] != "x" })", R"({"a": ["y", "z"]})"));
  EXPECT_FALSE(selects(R"({ $.a[*] != "x" })", R"({"a": ["y", "x"]})"));
  EXPECT_TRUE(selects(R"({ $.a[*] != "x" })", R"({"a": []})"));
  EXPECT_TRUE(selects(R"({ $.a[*] != "x" })", R"({"a": null})")) << "what the wildcard opens is there";
  EXPECT_FALSE(selects(R"({ $.a[*] != "x" })", R"({})"));
  EXPECT_TRUE(selects(R"({ $.* != "x" })", R"({})")) << "the root always is";
  EXPECT_FALSE(selects(R"({ $.a[*].b != "x" })", R"({"a": [{"b": "y"}, {"b": "x"}]})"));
  EXPECT_FALSE(selects(R"({ $.a.b[*] != "x" })", R"({"a": {}})"));
}

TEST(Matcher, ComparesJsonNumbersByValueAndAsTheirText) {
  EXPECT_TRUE(selects("{ $.a = 1000 }", R"({"a": 1e3})"));
  EXPECT_TRUE(selects("{ $.a = \"1000.0\" }", R"({"a": 1e3})"));
  EXPECT_TRUE(selects("{ $.a = 1*0.0 }", R"({"a": 1e3})"));
  EXPECT_TRUE(selects("{ $.a = %^1000[.]0$% }", R"({"a": 1e3})"));
  EXPECT_TRUE(selects("{ $.a >= 123456789012345678901234567890 }", R"({"a": 123456789012345678901234567890})"));
  EXPECT_FALSE(selects("{ $.a > 123456789012345678901234567890 }", R"({"a": 123456789012345678901234567890})"));
  EXPECT_TRUE(selects("{ $.a = \"Infinity\" }", R"({"a": 1e309})"));
  EXPECT_FALSE(selects("{ $.a > 0 || $.a <= 0 || $.a != 0 }", R"({"a": 1e309})"));
}

TEST(Matcher, ReadsKeysByTheirCharacters) {
  EXPECT_TRUE(selects("{ $.eventName = x }", R"({"event\u004eame": "\u0078"})"));
  EXPECT_TRUE(selects("{ $.['é 漢'] = x }", R"({"\u00e9 漢": "x"})"));
  EXPECT_TRUE(selects("{ $.a = last }", R"({"a": "first", "a": "last"})"));
  EXPECT_FALSE(selects("{ $.* = first }", R"({"a": "first", "a": "last"})"));
}

TEST(Matcher, SelectsNothingThatIsNotAJsonObject) {
  for (const char* message : {"", "x", "[]", "null", "\"a\"", "{", "{} {}", "{\"a\":1,}", "[{\"a\":1}]",
                              "{\"b\":\"\\q\"}", "{\"b\":\"\xFF\"}", "\xEF\xBB\xBF{}"})
    EXPECT_FALSE(selects("{ $.missing NOT EXISTS }", message)) << message;
  EXPECT_TRUE(selects("{ $.missing NOT EXISTS }", " {} \n"));
}

TEST(Matcher, TakesTheLastFieldForTheRestOfTheLine) {
  EXPECT_TRUE(selects("[a = x, b = \"y z\"]", "x y z"));
  EXPECT_TRUE(selects("[a = x, b = \"y z\"]", "x \"y z\"  "));
  EXPECT_TRUE(selects("[a = x, b = \"\"]", "x \"\""));
  EXPECT_FALSE(selects("[a = x, b = y, ...]", "x"));
  EXPECT_TRUE(selects("[..., a = x, b = y]", "1 2 [3 4] x y"));
}

TEST(Matcher, ComparesFieldsByValueOrAsText) {
  EXPECT_TRUE(selects("[a = 1, b]", "1.0 x"));
  EXPECT_FALSE(selects("[a = \"1\", b]", "1.0 x"));
  EXPECT_TRUE(selects("[a < 2e3, b]", "1999.5 x"));
  EXPECT_FALSE(selects("[a < 2e3, b]", "abc x")) << "what is no number has no order";
  EXPECT_TRUE(selects("[a != 5, b]", "abc x")) << "but differs from every number";
  EXPECT_TRUE(selects("[a = 1e400, b]", "10e399 x")) << "fields are no doubles";
}

TEST(Matcher, ExtractsNothingFromOtherKindsAndNothingAtAllWithoutAMatch) {
  EXPECT_EQ(extract(*parse("a"), "abc"), std::vector<ExtractedValue>());
  EXPECT_EQ(extract(*parse("{ $.a = 1 }"), "{\"a\":1}"), std::vector<ExtractedValue>());
  EXPECT_EQ(extract(*parse("%b%"), "abc"), std::vector<ExtractedValue>());
  EXPECT_EQ(extract(*parse("[a = 1, b]"), "2 x"), std::nullopt);
  EXPECT_EQ(extract(*parse("[, b, ..., c]"), "1 2 \"3 4\" 5"),
            (std::vector<ExtractedValue>{{"$1", "1"}, {"$b", "2"}, {"$3", "3 4"}, {"$c", "5"}}));
  EXPECT_EQ(extract(*parse("[]"), ""), std::vector<ExtractedValue>());
  EXPECT_EQ(extract(*parse("[a]"), ""), std::nullopt);
}

TEST(Matcher, OutlivesItsFilterAndServesSeveralThreads) {
  const Matcher matcher = [] {
    const Filter filter = *parse("{ $.a = %^x[0-9]+$% && $.b[*] = *z }");
    return Matcher(filter);
  }();
  const auto judge = [&] {
    for (int i = 0; i < 200; ++i) {
      EXPECT_TRUE(matcher.matches(R"({"a": "x12", "b": [1, "yz"]})"));
      EXPECT_FALSE(matcher.matches(R"({"a": "y12", "b": [1, "yz"]})"));
    }
  };
  std::thread other(judge);
  judge();
  other.join();
}

}  // namespace
}  // namespace secretwatch::pattern
