/// gzip data: members, limits, damage. Compressed here by zlib.
#include <gmock/gmock.h>
#include <zlib.h>

#include "unit/events/read_all.h"

namespace secretwatch::events {
namespace {

using ::testing::HasSubstr;
using testing::TextBytes;

std::string gzip(const std::string& text, int level = 1) {
  z_stream stream{};
  deflateInit2(&stream, level, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY);
  std::string out(deflateBound(&stream, text.size()) + 64, '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));
  stream.avail_in = static_cast<uInt>(text.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  deflate(&stream, Z_FINISH);
  out.resize(out.size() - stream.avail_out);
  deflateEnd(&stream);
  return out;
}

struct Read {
  std::string text;
  std::string problem;
};

Read read(const std::string& bytes, const GzipLimits& limits = {}, std::size_t piece = SIZE_MAX) {
  const std::unique_ptr<Bytes> all = expanded(std::make_unique<TextBytes>(bytes, piece), limits);
  Read result;
  char chunk[1000];
  while (const std::size_t count = all->read(chunk, sizeof chunk)) result.text.append(chunk, count);
  result.problem = all->problem();
  return result;
}

/// Text that hardly compresses, so that the file is as large as it should be.
std::string noise(std::size_t size) {
  std::string text;
  std::uint64_t state = 1;
  while (text.size() < size) {
    state = state * 6364136223846793005U + 1442695040888963407U;
    text += static_cast<char>(' ' + (state >> 58));
  }
  return text;
}

std::string repeated(std::size_t size) {
  std::string text;
  while (text.size() < size) text += "{\"eventName\":\"GetSecretValue\",\"n\":" + std::to_string(text.size()) + "}\n";
  return text;
}

TEST(Gzip, LeavesOtherBytesAsTheyAre) {
  for (const std::string text : {"", "x", "\x1F", "\x1Fx", "{}\n"}) EXPECT_EQ(read(text).text, text);
}

TEST(Gzip, ExpandsMembersOfEverySize) {
  for (const std::string& text :
       {std::string(), std::string("x"), repeated(100'000), repeated(40'000'000), noise(30'000'000)}) {
    const std::string compressed = gzip(text);
    const Read once = read(compressed);
    EXPECT_EQ(once.text.size(), text.size());
    EXPECT_TRUE(once.text == text);
    EXPECT_EQ(once.problem, "");
    const Read pieces = read(compressed, {}, 1 + compressed.size() / 100);
    EXPECT_TRUE(pieces.text == text);
  }
}

TEST(Gzip, ExpandsConcatenatedMembersAndIgnoresPadding) {
  const std::string large = repeated(40'000'000);  // too large to be expanded whole
  const std::string bytes = gzip("a") + gzip("") + gzip(large) + gzip("b") + std::string(600, '\0');
  const Read all = read(bytes);
  EXPECT_TRUE(all.text == "a" + large + "b");
  EXPECT_EQ(all.problem, "");
  const std::string apart = noise(20'000'000);  // too large a file for that
  const Read streamed = read(gzip(apart) + gzip("x") + gzip(apart) + std::string(3, '\0'));
  EXPECT_TRUE(streamed.text == apart + "x" + apart);
  EXPECT_EQ(streamed.problem, "");
}

TEST(Gzip, SaysThatDataEndsTooSoonAndGivesWhatWasBefore) {
  const std::string text = repeated(1'000'000);
  const std::string whole = gzip(text);
  for (const std::size_t size : {std::size_t{3}, std::size_t{12}, whole.size() / 2, whole.size() - 1}) {
    const Read cut = read(whole.substr(0, size));
    EXPECT_THAT(cut.problem, HasSubstr("ends too soon")) << size;
    EXPECT_EQ(text.compare(0, cut.text.size(), cut.text), 0);
  }
  EXPECT_GT(read(whole.substr(0, whole.size() / 2)).text.size(), 100'000U);
}

TEST(Gzip, SaysThatDataIsDamaged) {
  std::string bytes = gzip(repeated(100'000));
  bytes[bytes.size() - 6] = static_cast<char>(bytes[bytes.size() - 6] ^ 1);  // the checksum
  EXPECT_THAT(read(bytes).problem, HasSubstr("damaged"));
  EXPECT_THAT(read("\x1F\x8B nonsense").problem, HasSubstr("damaged"));
  EXPECT_THAT(read(gzip("a") + "x").problem, HasSubstr("follows"));
}

TEST(Gzip, StopsAtBombs) {
  const std::string bomb = gzip(std::string(80'000'000, ' '), 9);
  const Read by_ratio = read(bomb);
  EXPECT_THAT(by_ratio.problem, HasSubstr("250 times its size (--max-ratio)"));
  EXPECT_LT(by_ratio.text.size(), 50'000'000U);
  GzipLimits limits;
  limits.ratio = 2000;
  limits.size = 40'000'000;
  EXPECT_THAT(read(bomb, limits).problem, HasSubstr("40000000 bytes (--max-size)"));
  limits.size = 100'000'000;
  EXPECT_EQ(read(bomb, limits).problem, "");
}

TEST(Gzip, EventsOfADamagedFileAreReadAsFarAsItGoes) {
  const std::string whole = gzip(repeated(1'000'000));
  const testing::ReadAll all =
      testing::read_all(expanded(std::make_unique<TextBytes>(whole.substr(0, whole.size() / 2)), {}));
  EXPECT_GT(all.messages.size(), 1000U);
  EXPECT_THAT(all.problem, HasSubstr("ends too soon"));
}

}  // namespace
}  // namespace secretwatch::events
