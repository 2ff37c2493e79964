#include "base/source.h"

#include <algorithm>
#include <cassert>
#include <limits>

namespace secretwatch {

FileId Sources::add(std::string name, std::string text) {
  assert(text.size() < std::numeric_limits<std::uint32_t>::max());
  Entry entry{std::move(name), std::move(text), {0}};
  for (std::size_t i = 0; i < entry.text.size(); ++i) {
    const char c = entry.text[i];
    const bool crlf = c == '\r' && i + 1 < entry.text.size() && entry.text[i + 1] == '\n';
    if (c == '\n' || (c == '\r' && !crlf)) entry.line_starts.push_back(static_cast<std::uint32_t>(i + 1));
  }
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
  return {static_cast<std::size_t>(after - from.line_starts.begin()),
          count_characters(std::string_view(from.text).substr(start, at - start)) + 1};
}

std::string_view Sources::line(FileId file, std::size_t number) const {
  const Entry& from = entry(file);
  if (number == 0 || number > from.line_starts.size()) return {};
  const std::size_t start = from.line_starts[number - 1];
  std::string_view rest = std::string_view(from.text).substr(start);
  return rest.substr(0, rest.find_first_of("\r\n"));
}

std::size_t count_characters(std::string_view utf8) {
  return static_cast<std::size_t>(
      std::count_if(utf8.begin(), utf8.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

}  // namespace secretwatch
