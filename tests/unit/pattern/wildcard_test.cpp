#include "pattern/wildcard.h"

#include <gtest/gtest.h>

namespace secretwatch::pattern {
namespace {

struct Case {
  const char* wildcard;
  std::vector<const char*> matching;
  std::vector<const char*> others;
};

void expect_all(std::initializer_list<Case> cases) {
  for (const Case& each : cases) {
    for (const char* value : each.matching)
      EXPECT_TRUE(Wildcard(each.wildcard).matches(value)) << each.wildcard << " on " << value;
    for (const char* value : each.others)
      EXPECT_FALSE(Wildcard(each.wildcard).matches(value)) << each.wildcard << " on " << value;
  }
}

TEST(Wildcard, WithoutAStarIsEquality) {
  expect_all({{"", {""}, {"a"}}, {"ab", {"ab"}, {"", "a", "abc", "xab", "AB"}}});
}

TEST(Wildcard, AtTheEndsStandsForAnyText) {
  expect_all({{"*", {"", "a", "a b"}, {}},
              {"**", {"", "a"}, {}},
              {"a*", {"a", "ab", "aa"}, {"", "ba"}},
              {"*a*", {"a", "bab", "aa"}, {"", "b"}}});
}

TEST(Wildcard, TakesTheFirstOccurrenceAndNeverGoesBack) {
  expect_all({{"*db", {"db", "prod/db"}, {"db/db", "prod/db/db", "d"}},
              {"*111.111.111", {"111.111.111", "x111.111.111"}, {"111.111.111.111"}},
              {"*.111.111.111", {"111.111.111.111"}, {"111.111.111"}},
              {"1*3", {"13", "123"}, {"1233", "133"}},
              {"a*b*c", {"abc", "aXbYc", "abbc"}, {"abcc", "acb"}},
              {"a*a", {"aa", "aba"}, {"a", "aaa"}},
              {"ab*ba", {"abba", "abcba"}, {"aba", "abbaba"}},
              {"a**b", {"ab", "acb"}, {"abb"}}});
}

}  // namespace
}  // namespace secretwatch::pattern
