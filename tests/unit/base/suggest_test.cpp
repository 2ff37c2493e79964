#include "base/suggest.h"

#include <gtest/gtest.h>

#include "base/text.h"

namespace secretwatch {
namespace {

TEST(EditDistance, CountsInsertionsDeletionsReplacementsAndSwaps) {
  EXPECT_EQ(edit_distance("", "abc"), 3U);
  EXPECT_EQ(edit_distance("kitten", "sitting"), 3U);
  EXPECT_EQ(edit_distance("form", "from"), 1U);
  EXPECT_EQ(edit_distance("threshhold", "threshold"), 1U);
}

TEST(Nearest, FindsTheWordThatWasMeantAndOnlyThen) {
  EXPECT_EQ(nearest("threshhold", {"window", "threshold"}), "threshold");
  EXPECT_EQ(nearest("GETSECRETVALUE", {"PutSecretValue", "GetSecretValue"}), "GetSecretValue");
  EXPECT_EQ(nearest("GetSecret", {"PutSecretValue", "GetSecretValue"}), "GetSecretValue") << "a beginning";
  EXPECT_EQ(nearest("banana", {"window", "threshold"}), "");
  EXPECT_EQ(nearest("", {"a"}), "");
}

TEST(PlainForm, IsTheSameForTwoSpellingsOfOneName) {
  EXPECT_EQ(plain_form("Db-Password"), plain_form("db_password"));
  EXPECT_NE(plain_form("db1"), plain_form("db2"));
}

}  // namespace
}  // namespace secretwatch
