#include "pattern/regex.h"

#include <gtest/gtest.h>

#include "base/text.h"

namespace secretwatch::pattern {
namespace {

bool finds(const char* regex, std::string_view text) {
  EXPECT_FALSE(check_regex(regex)) << regex;
  return RE2::PartialMatch(text, *compile_regex(regex));
}

TEST(Regex, AcceptsTheListedCharactersOnly) {
  constexpr std::string_view signs = ":_#=@/;,- ^$?[]{}|*+.";
  for (int c = 1; c < 128; ++c) {
    const std::string literal(1, static_cast<char>(c));
    if (c == '\\') continue;
    const bool is_listed = is_letter_or_digit(literal[0]) || signs.find(literal) != std::string_view::npos;
    EXPECT_EQ(!check_regex("[a" + literal + "]"), is_listed) << literal;
  }
  EXPECT_TRUE(check_regex("é"));
}

TEST(Regex, AcceptsTheListedEscapesOnly) {
  for (const char* regex :
       {R"(\d\D\s\S\w\W)", R"(\x41\x7f\xFF)", R"(\.\*\+\?\[\]\{\}\|\^\$\\)", R"(\-\/\:\;\,\#\@\=\_\ )", R"([\d\-x])"})
    EXPECT_FALSE(check_regex(regex)) << regex;
  for (const char* regex : {R"(\)", R"(a\)", R"(\p)", R"(\b)", R"(\1)", R"(\n)", R"(\x4)", R"(\x4g)", R"(\x{41})",
                            R"(\()", R"(\!)", R"(\")"})
    EXPECT_TRUE(check_regex(regex)) << regex;
}

TEST(Regex, RejectsWhatDoesNotCompile) {
  for (const char* regex : {"*a", "a++", "a?+", "a{2}{3}", "[z-a]", "[a", "a{1001}", "a{2,1}"})
    EXPECT_TRUE(check_regex(regex)) << regex;
}

TEST(Regex, IsSearchedForAnywhere) {
  EXPECT_TRUE(finds("b", "abc"));
  EXPECT_FALSE(finds("^b", "abc"));
  EXPECT_FALSE(finds("b$", "abc"));
  EXPECT_TRUE(finds("^abc$", "abc"));
  EXPECT_TRUE(finds("x|", "abc")) << "one alternative is empty";
}

TEST(Regex, KnowsLinesOnlyByTheDotAndWordsOnlyInAscii) {
  EXPECT_FALSE(finds("a.b", "a\nb"));
  EXPECT_TRUE(finds("a.b", "aäb")) << "the dot is a character, not a byte";
  EXPECT_FALSE(finds("^b", "a\nb"));
  EXPECT_FALSE(finds("a$", "a\n"));
  EXPECT_FALSE(finds(R"(\w)", "é"));
  EXPECT_FALSE(finds(R"(\d)", "٣"));
  EXPECT_TRUE(finds(R"(a\sb)", "a\tb"));
}

}  // namespace
}  // namespace secretwatch::pattern
