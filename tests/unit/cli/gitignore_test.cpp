/// The examples of git's own page on gitignore, and of its tests.
#include "cli/gitignore.h"

#include <gtest/gtest.h>

namespace secretwatch::cli {
namespace {

TEST(Glob, IsMatchedAsGitMatchesIt) {
  const struct {
    const char* pattern;
    const char* path;
    bool fits;
  } cases[] = {
      {"foo", "foo", true},
      {"foo", "bar", false},
      {"", "", true},
      {"*", "foo", true},
      {"*", "foo/bar", false},
      {"*.yaml", "a.yaml", true},
      {"f*", "foo", true},
      {"*f", "foo", false},
      {"*foo*", "foo", true},
      {"*ob*a*r*", "foobar", true},
      {"*ab", "aaaaaaabababab", true},
      {"foo\\*", "foo*", true},
      {"foo\\*bar", "foobar", false},
      {"[ab]", "a", true},
      {"[!a-c]", "b", false},
      {"[!a-c]", "d", true},
      {"[]-]", "]", true},
      {"[a", "[a", true},
      {"?", "a", true},
      {"?", "/", false},
      {"foo?bar", "foo/bar", false},
      {"**/foo", "foo", true},
      {"**/foo", "a/b/foo", true},
      {"**/foo", "afoo", false},
      {"foo/**", "foo/a/b", true},
      {"foo/**", "foo", false},
      {"a/**/b", "a/b", true},
      {"a/**/b", "a/x/y/b", true},
      {"a/**/b", "axb", false},
      {"foo/*", "foo/a/b", false},
      {"**/a*b/c", "x/ab/d/aab/c", true},
  };
  for (const auto& [pattern, path, fits] : cases)
    EXPECT_EQ(matches_glob(pattern, path), fits) << pattern << " against " << path;
}

TEST(Glob, TakesNoTimeOverManyStars) {
  const std::string text(20'000, 'a');
  EXPECT_FALSE(matches_glob("*a*a*a*a*a*a*a*a*a*a*a*b", text));
  std::string folders;
  for (int i = 0; i < 2'000; ++i) folders += "a/";
  EXPECT_FALSE(matches_glob("**/a/**/a/**/a/**/a/**/b", folders + "c"));
}

TEST(IgnoreFile, LetsTheLastLineDecide) {
  const IgnoreFile file("# a comment\n\n*.yaml\n!keep.yaml\n");
  EXPECT_EQ(file.decide("a.yaml", false), true);
  EXPECT_EQ(file.decide("deep/a.yaml", false), true);
  EXPECT_EQ(file.decide("keep.yaml", false), false);
  EXPECT_EQ(file.decide("a.json", false), std::nullopt);
}

TEST(IgnoreFile, TellsFoldersAndPlaces) {
  const IgnoreFile file("build/\n/top\ndoc/*.txt\n\\#odd\r\n");
  EXPECT_EQ(file.decide("build", true), true);
  EXPECT_EQ(file.decide("build", false), std::nullopt);
  EXPECT_EQ(file.decide("a/build", true), true);
  EXPECT_EQ(file.decide("top", false), true);
  EXPECT_EQ(file.decide("a/top", false), std::nullopt);
  EXPECT_EQ(file.decide("doc/a.txt", false), true);
  EXPECT_EQ(file.decide("a/doc/a.txt", false), std::nullopt);
  EXPECT_EQ(file.decide("#odd", false), true);
}

}  // namespace
}  // namespace secretwatch::cli
