#include "base/source.h"

#include <gtest/gtest.h>

namespace secretwatch {
namespace {

TEST(Sources, CountsLinesAndColumnsFromOneAndColumnsInCharacters) {
  Sources sources;
  const FileId file = sources.add("a.yaml", "one\nzw\xC3\xB6lf x\n");
  EXPECT_EQ(sources.begin({file, 0, 3}), (Position{1, 1}));
  EXPECT_EQ(sources.end({file, 0, 3}), (Position{1, 4}));
  EXPECT_EQ(sources.begin({file, 11, 12}), (Position{2, 7})) << "the umlaut is two bytes and one column";
  EXPECT_EQ(sources.line(file, 2), "zw\xC3\xB6lf x");
}

TEST(Sources, KnowsAllThreeLineBreaks) {
  Sources sources;
  const FileId file = sources.add("a", "a\r\nb\rc\nd");
  EXPECT_EQ(sources.line(file, 1), "a");
  EXPECT_EQ(sources.line(file, 2), "b");
  EXPECT_EQ(sources.line(file, 3), "c");
  EXPECT_EQ(sources.begin({file, 7, 8}), (Position{4, 1}));
}

TEST(Sources, CountsAlikeInLongLines) {
  std::string text = "short\n";
  while (text.size() < 200'000) text += "zw\xC3\xB6lf ";
  Sources sources;
  const FileId file = sources.add("a.json", text + "\nlast");
  for (std::uint32_t at = 6; at < text.size(); at += 997)
    ASSERT_EQ(sources.begin({file, at, at}),
              (Position{2, count_characters(std::string_view(text).substr(6, at - 6)) + 1}));
  EXPECT_EQ(sources.line(file, 2).size(), text.size() - 6);
  EXPECT_EQ(sources.line(file, 3), "last");
}

TEST(Sources, PutsAnOffsetPastTheEndAtTheEnd) {
  Sources sources;
  const FileId file = sources.add("a", "ab");
  EXPECT_EQ(sources.begin({file, 99, 99}), (Position{1, 3}));
}

}  // namespace
}  // namespace secretwatch
