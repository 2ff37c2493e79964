/// Patterns and messages that are made to hurt: none may crash, exhaust the stack, or take more than a moment.
#include <chrono>
#include <random>

#include <gtest/gtest.h>

#include "pattern/matcher.h"

namespace secretwatch::pattern {
namespace {

/// Far more than any of this needs, sanitizers included, and far less than anything quadratic would take.
constexpr std::chrono::seconds a_moment{5};

template <class Do>
void expect_quick(const Do& action) {
  const auto begin = std::chrono::steady_clock::now();
  action();
  EXPECT_LT(std::chrono::steady_clock::now() - begin, a_moment);
}

std::string repeat(std::string_view text, std::size_t times) {
  std::string out;
  out.reserve(text.size() * times);
  for (std::size_t i = 0; i < times; ++i) out += text;
  return out;
}

TEST(HostilePattern, IsNotReadBeyondItsLimit) {
  expect_quick([] {
    for (const char* piece : {"(", "{", "[", "%", "\"", "a ", "a-", "{ (", "\\", "é", "\xFF", "$."}) {
      const Expected<Filter> filter = parse(repeat(piece, 10000000));
      ASSERT_FALSE(filter);
      EXPECT_LE(filter.error().offset, 4096U);
    }
  });
}

TEST(HostilePattern, MayNestAsDeepAsItsLengthAllows) {
  const std::string deep = "{" + repeat("(", 508) + "$.a=1" + repeat(")", 508) + "}";
  ASSERT_EQ(deep.size(), 1023U);
  ASSERT_TRUE(parse(deep));
  EXPECT_EQ(print(*parse(deep)), "{ $.a = 1 }");
  EXPECT_FALSE(parse("{" + repeat("(", 1000)));
}

TEST(HostilePattern, MayAlternateAsDeepAsItsLengthAllows) {
  const std::size_t levels = 50;
  const std::string deep = "{" + repeat("$.a=1||($.b=1&&(", levels) + "$.c=1" + repeat("))", levels) + "}";
  ASSERT_LE(deep.size(), 1024U);
  const Expected<Filter> filter = parse(deep);
  ASSERT_TRUE(filter);
  EXPECT_TRUE(matches(*filter, R"({"a": 1})"));
  EXPECT_FALSE(matches(*filter, R"({"b": 1})"));
  EXPECT_TRUE(matches(*filter, R"({"b": 1, "c": 1})"));
  const std::string printed = print(*filter);
  EXPECT_EQ(print(*parse(printed)), printed);
}

TEST(HostilePattern, OfRandomBytesIsReadOrRejected) {
  std::mt19937 random(11);
  for (int i = 0; i < 100000; ++i) {
    std::string text(1 + random() % 24, '\0');
    for (char& c : text) c = static_cast<char>(random() % 256);
    text[0] = "{[%a\"-"[random() % 6];
    const Expected<Filter> filter = parse(text);
    ASSERT_TRUE(filter || filter.error().offset <= text.size());
  }
}

TEST(HostilePattern, WithAHugeRegularExpressionIsReadOrRejected) {
  expect_quick([] {
    for (const char* piece : {"[a-z]{1000}", ".{1000}", "[^a]{999}", "a|", "a?", "[[:^alpha:]]{1000}"}) {
      const Expected<Filter> filter = parse("%x" + repeat(piece, 1000 / std::string_view(piece).size()) + "%");
      if (filter) matches(*filter, "xyz");
    }
  });
}

TEST(HostileMessage, IsJudgedWithoutTheStack) {
  const std::size_t depth = 100000;
  const std::string deep = "{\"b\":" + repeat("{\"a\":", depth) + "1" + repeat("}", depth) + ", \"a\": [" +
                           repeat("[", depth) + repeat("]", depth) + "], \"x\": \"y\"}";
  expect_quick([&] {
    EXPECT_TRUE(matches(*parse("{ $.x = y && $.b.a.a NOT EXISTS || $.x = y }"), deep));
    EXPECT_TRUE(matches(*parse("{ $.a[*] != 2 && $.* = y }"), deep));
    EXPECT_FALSE(matches(*parse("{ $.x NOT EXISTS }"), deep));
    EXPECT_FALSE(matches(*parse("{ $.x = y }"), deep.substr(0, deep.size() - 1)));
  });
}

TEST(HostileMessage, TakesTimeInProportionToItsLength) {
  const std::size_t many = 200000;
  const std::string members = "{" + repeat("\"k\":1,", many) + "\"k\":2}";
  const std::string elements = "{\"a\":[" + repeat("{\"b\":\"x\"},", many) + "{\"b\":\"y\"}]}";
  expect_quick([&] {
    EXPECT_TRUE(matches(*parse("{ $.k = 2 && $.* = 2 }"), members));
    EXPECT_FALSE(matches(*parse("{ $.* = 1 }"), members));
    EXPECT_TRUE(matches(*parse("{ $.a[*].b = y }"), elements));
    EXPECT_TRUE(matches(*parse("{ $.a[200000].b = y }"), elements));
    EXPECT_FALSE(matches(*parse("[a, b = x]"), repeat("[ \" ", 4 * many)));
    EXPECT_TRUE(matches(*parse("[..., b = x]"), repeat("[ ", 4 * many) + " x"));
    EXPECT_FALSE(matches(*parse("%a.*b.*c.*d$%"), repeat("abc", many)));
    EXPECT_FALSE(matches(*parse("{ $.a = \"*a*b*c*d\" }"), "{\"a\":\"" + repeat("abc", many) + "\"}"));
    EXPECT_FALSE(matches(*parse("{ $.a = 1 }"), "{\"a\":" + repeat("9", many) + "}"));
  });
}

}  // namespace
}  // namespace secretwatch::pattern
