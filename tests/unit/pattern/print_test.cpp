#include <fstream>

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

TEST(Print, KeepsThePatternsOfTheBenchmarks) {
  std::ifstream file(SECRETWATCH_ROOT "/tests/unit/pattern/cis_patterns.txt");
  int read = 0;
  for (std::string line; std::getline(file, line);) {
    if (line.substr(0, 1) == "#") continue;
    const bool is_rejected = line.substr(0, 1) == "!";
    const Expected<Filter> filter = parse(is_rejected ? line.substr(1) : line);
    ASSERT_EQ(static_cast<bool>(filter), !is_rejected) << line;
    if (!filter) continue;
    ++read;
    EXPECT_EQ(print(*parse(print(*filter))), print(*filter));
  }
  EXPECT_EQ(read, 34);
}

}  // namespace
}  // namespace secretwatch::pattern
