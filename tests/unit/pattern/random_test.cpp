#include <random>

#include <gtest/gtest.h>

#include "pattern/pattern.h"

namespace secretwatch::pattern {
namespace {

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

TEST(RandomText, PrintsToAFixedPointIfItCanBeRead) {
  std::mt19937 random(20240601);
  int read = 0;
  for (int i = 0; i < 200000; ++i) {
    const std::string text = random_pattern(random);
    const Expected<Filter> filter = parse(text);
    if (!filter) continue;
    ++read;
    const std::string printed = print(*filter);
    const Expected<Filter> again = parse(printed);
    ASSERT_TRUE(again) << text << " -> " << printed << ": " << again.error().message;
    ASSERT_EQ(print(*again), printed) << text;
  }
  EXPECT_GT(read, 10000);
}

TEST(RandomText, IsRejectedAtAPlaceWithinItAndInTheStyleOfTheHouse) {
  std::mt19937 random(20240602);
  for (int i = 0; i < 100000; ++i) {
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
