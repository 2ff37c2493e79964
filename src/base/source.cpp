#include "base/source.h"

#include <algorithm>
#include <cassert>
#include <limits>

namespace secretwatch {
namespace {

/// Characters are counted once up to every so many bytes of a text on few lines, such as what other tools write.
constexpr std::size_t block_bytes = 4096;
constexpr std::size_t long_line = std::size_t{16} * block_bytes;

/// Lines end with a line feed, with a carriage return, or with both.
std::vector<std::uint32_t> line_starts_of(std::string_view text) {
  std::vector<std::uint32_t> starts{0};
  std::size_t feed = text.find('\n');
  std::size_t carriage_return = text.find('\r');
  for (;;) {
    const std::size_t end = std::min(feed, carriage_return);
    if (end >= text.size()) return starts;
    const bool is_both = end + 1 == feed;
    if (!is_both) starts.push_back(static_cast<std::uint32_t>(end + 1));
    (end == feed ? feed : carriage_return) = text.find(text[end], end + 1);
  }
}

bool has_long_line(const std::vector<std::uint32_t>& line_starts, std::size_t size) {
  for (std::size_t i = 0; i < line_starts.size(); ++i)
    if ((i + 1 < line_starts.size() ? line_starts[i + 1] : size) - line_starts[i] > long_line) return true;
  return false;
}

std::vector<std::uint32_t> characters_before_blocks(std::string_view text) {
  std::vector<std::uint32_t> before{0};
  for (std::size_t at = 0; at + block_bytes <= text.size(); at += block_bytes)
    before.push_back(before.back() + static_cast<std::uint32_t>(count_characters(text.substr(at, block_bytes))));
  return before;
}

}  // namespace

FileId Sources::add(std::string name, std::string text) {
  assert(text.size() < std::numeric_limits<std::uint32_t>::max());
  Entry entry{std::move(name), std::move(text), {}, {}};
  entry.line_starts = line_starts_of(entry.text);
  if (has_long_line(entry.line_starts, entry.text.size()))
    entry.characters_before = characters_before_blocks(entry.text);
  entries_.push_back(std::move(entry));
  return static_cast<FileId>(entries_.size());
}

const Sources::Entry& Sources::entry(FileId file) const {
  assert(file != FileId::none && static_cast<std::size_t>(file) <= entries_.size());
  return entries_[static_cast<std::size_t>(file) - 1];
}

Position Sources::position(FileId file, std::uint32_t offset) const {
  if (file == FileId::none) return {};
  const Entry& from = entry(file);
  const std::size_t at = std::min<std::size_t>(offset, from.text.size());
  const auto after = std::upper_bound(from.line_starts.begin(), from.line_starts.end(), at);
  const std::size_t start = *(after - 1);
  return {static_cast<std::size_t>(after - from.line_starts.begin()), from.characters(start, at) + 1};
}

std::size_t Sources::Entry::characters(std::size_t begin, std::size_t end) const {
  const std::string_view all = text;
  if (characters_before.empty() || end - begin < block_bytes) return count_characters(all.substr(begin, end - begin));
  const auto up_to = [&](std::size_t at) {
    const std::size_t block = at / block_bytes;
    return characters_before[block] + count_characters(all.substr(block * block_bytes, at - block * block_bytes));
  };
  return up_to(end) - up_to(begin);
}

std::string_view Sources::line(FileId file, std::size_t number) const {
  const Entry& from = entry(file);
  if (number == 0 || number > from.line_starts.size()) return {};
  const std::size_t start = from.line_starts[number - 1];
  const std::size_t next = number < from.line_starts.size() ? from.line_starts[number] : from.text.size();
  std::string_view line = std::string_view(from.text).substr(start, next - start);
  while (line.ends_with('\n') || line.ends_with('\r')) line.remove_suffix(1);
  return line;
}

std::size_t count_characters(std::string_view utf8) {
  return static_cast<std::size_t>(
      std::count_if(utf8.begin(), utf8.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

}  // namespace secretwatch
