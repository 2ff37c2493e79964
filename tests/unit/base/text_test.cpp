#include <random>

#include <gtest/gtest.h>

#include "base/blocks.h"
#include "base/text_form.h"

namespace secretwatch {
namespace {

template <class Stands>
std::size_t end_one_by_one(std::string_view text, std::size_t at, Stands stands) {
  while (at < text.size() && stands(static_cast<unsigned char>(text[at]))) ++at;
  return at;
}

TEST(Blocks, EndWhereSteppingCharacterByCharacterEnds) {
  std::mt19937 random(1);  // NOLINT: the same texts each time
  const std::string_view odd = "\"\\\x1F\x20\x7E\x7F\x80\xFF\t\n";
  for (int round = 0; round < 20'000; ++round) {
    std::string text(random() % 40, 'x');
    for (std::size_t i = random() % 4; i > 0 && !text.empty(); --i)
      text[random() % text.size()] = odd[random() % odd.size()];
    const std::size_t at = random() % (text.size() + 1);
    const auto is_printable = [](unsigned char c) { return c >= 0x20 && c < 0x7F; };
    const auto is_json_text = [](unsigned char c) { return c >= 0x20 && c != '"' && c != '\\'; };
    ASSERT_EQ(end_of_printable(text, at), end_one_by_one(text, at, is_printable)) << text;
    ASSERT_EQ(end_of_json_text(text, at), end_one_by_one(text, at, is_json_text)) << text;
  }
}

TEST(Blocks, TellEveryByteInEveryPlace) {
  for (int c = 0; c < 256; ++c)
    for (std::size_t at = 0; at < 9; ++at) {
      std::string text(9, 'x');
      text[at] = static_cast<char>(c);
      EXPECT_EQ(end_of_printable(text, 0), c >= 0x20 && c < 0x7F ? text.size() : at) << c;
      EXPECT_EQ(end_of_json_text(text, 0), c < 0x20 || c == '"' || c == '\\' ? at : text.size()) << c;
    }
}

TEST(TextForms, AreFilledInInEveryPlace) {
  const TextForm form("NAME of REGION, NAME", {{"NAME", 1}, {"REGION", 0}});
  EXPECT_EQ(form.fill({"eu-west-1", "db"}), "db of eu-west-1, db");
  EXPECT_EQ(form.fill({"NAME", ""}), " of NAME, ") << "what is filled in is not filled in again";
  EXPECT_FALSE(form.is_fixed());
  EXPECT_TRUE(TextForm("name", {{"NAME", 0}}).is_fixed());
  EXPECT_EQ(TextForm("", {{"NAME", 0}}).fill({"db"}), "");
}

}  // namespace
}  // namespace secretwatch
