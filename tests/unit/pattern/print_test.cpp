#include <random>

#include <gtest/gtest.h>

#include "pattern/pattern.h"

namespace secretwatch::pattern {
namespace {

struct Case {
  const char* pattern;
  const char* printed;
};

TEST(Print, WritesTheCanonicalSpelling) {
  for (const Case& each : std::initializer_list<Case>{
           {"", ""},
           {"  a-b   ?\"c d\" ", "a -b ?\"c d\""},
           {"\"ERROR\" - \"Exiting\"", "\"ERROR\" -\"Exiting\""},
           {" %a b% ", "%a b%"},
           {"{$.a=1}", "{ $.a = 1 }"},
           {"{(($.a = \"x\"))}", "{ $.a = \"x\" }"},
           {"{ $.a is null&&$.b not exists }", "{ $.a IS NULL && $.b NOT EXISTS }"},
           {"{$.a=1&&$.b=2||$.c=3}", "{ ($.a = 1 && $.b = 2) || $.c = 3 }"},
           {"{$.a=1&&($.b=2||$.c=3)}", "{ $.a = 1 && ($.b = 2 || $.c = 3) }"},
           {"{$.a=1||($.b=2&&($.c=3||$.d=4))}", "{ $.a = 1 || ($.b = 2 && ($.c = 3 || $.d = 4)) }"},
           {"{ $.['a-b'].['c.d'][007].x = +1.50e3 }", "{ $.a-b.['c.d'][7].x = +1.50e3 }"},
           {"{ $.['']=* }", "{ $.[''] = * }"},
           {R"({ $.a = "a\"b\\c\d\\" })", R"({ $.a = "a\"b\c\d\\" })"},
           {"[ ]", "[]"},
           {"[...]", "[...]"},
           {"[ , b , ]", "[, b,]"},
           {"[a=1||a>=2&&a!=x,...,b=%y%]", "[a = 1 || a >= 2 && a != x, ..., b = %y%]"},
           {"[((a=1)||a=2)&&a!=3]", "[(a = 1 || a = 2) && a != 3]"},
       }) {
    const Expected<Filter> filter = parse(each.pattern);
    ASSERT_TRUE(filter) << each.pattern << ": " << filter.error().message;
    EXPECT_EQ(print(*filter), each.printed);
    EXPECT_EQ(print(*parse(each.printed)), each.printed);
  }
}

TEST(Print, LeavesOutWhatItMayWhereTheCanonicalSpellingWouldBeTooLong) {
  const auto repeat = [](std::string_view text, std::size_t times) {
    std::string out;
    for (std::size_t i = 0; i < times; ++i) out += text;
    return out;
  };
  for (const std::string& pattern :
       {"{$.a=1" + repeat("||$.a=1&&($.a=x||$.a!=\"y\")", 34) + "}", "a" + repeat("-b?c", 255),
        "[a=1" + repeat("||a=2&&(a=3||a=4)", 56) + repeat(",", 60) + "]",
        "{$.a=1" + repeat("&&$.a IS NULL||$.a NOT EXISTS", 34) + "}", "{$.a=\"" + repeat("\\x", 508) + "\"}"}) {
    ASSERT_LE(pattern.size(), max_characters);
    EXPECT_EQ(print(*parse(pattern)), pattern);
  }
  EXPECT_EQ(print(*parse("{ $.a = x }")), "{ $.a = x }");
}

/// Random text of pieces that occur in patterns, so that a good part of it is one.
std::string random_pattern(std::mt19937& random) {
  static constexpr const char* pieces[] = {
      "{",     "}",       "[",     "]",        "(",           ")",        "$",   ".",     "a",   "b1",
      "_",     "-",       "?",     "*",        "%",           "\"",       "\\",  "=",     "!=",  "<",
      ">=",    "&&",      "||",    ",",        "...",         " ",        "  ",  "1",     "2.5", "e3",
      "null",  "IS NULL", "is ",   "TRUE",     "NOT",         "EXISTS",   "'",   "[*]",   "[0]", "['a.b']",
      ".*",    "{ $.a ",  "= 1 ",  "= \"x\" ", "= x* ",       "&& $.b ",  "|| ", "%a.b%", "é",   "\n",
      "[a, b", "a = 1",   "{ $.a", "= %x%",    " NOT EXISTS", "($.a = 1", "]]",  "}",     "+5",  "漢"};
  std::string text;
  const std::size_t length = 1 + random() % 9;
  for (std::size_t i = 0; i < length; ++i) text += pieces[random() % std::size(pieces)];
  return text;
}

TEST(Print, IsAFixedPointForWhateverCanBeRead) {
  std::mt19937 random(20240601);
  int read = 0;
  for (int i = 0; i < 400000; ++i) {
    const std::string text = random_pattern(random);
    const Expected<Filter> filter = parse(text);
    if (!filter) continue;
    ++read;
    const std::string printed = print(*filter);
    const Expected<Filter> again = parse(printed);
    ASSERT_TRUE(again) << text << " -> " << printed << ": " << again.error().message;
    ASSERT_EQ(print(*again), printed) << text;
  }
  EXPECT_GT(read, 20000);
}

TEST(Errors, NeverPointBehindThePatternAndKeepTheHouseStyle) {
  std::mt19937 random(20240602);
  for (int i = 0; i < 200000; ++i) {
    const std::string text = random_pattern(random);
    const Expected<Filter> filter = parse(text);
    if (filter) continue;
    const TextError& error = filter.error();
    ASSERT_LE(error.offset, text.size()) << text;
    ASSERT_FALSE(error.message.empty()) << text;
    ASSERT_EQ(error.message.find('\n'), std::string::npos) << text;
    ASSERT_NE(error.message.back(), '.') << text;
    ASSERT_FALSE(error.message.front() >= 'A' && error.message.front() <= 'Z') << text;
  }
}

}  // namespace
}  // namespace secretwatch::pattern
