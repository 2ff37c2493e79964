#pragma once
/// Blocks: plain text, which most of a file is, passed over eight characters at a time.
///
///     end_of_printable("prod/db\n", 0)           // 7
///     end_of_json_text(R"(prod\/db", 1)", 0)     // 4
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

namespace secretwatch {

namespace blocks {

inline constexpr std::size_t size = 8;
inline constexpr std::uint64_t ones = 0x0101010101010101U;
inline constexpr std::uint64_t high_bits = 0x8080808080808080U;

inline std::uint64_t at(const char* text) {
  std::uint64_t block = 0;
  std::memcpy(&block, text, size);
  return block;
}
/// Is one of the bytes less than a number, which must be 128 at most?
inline bool has_less(std::uint64_t block, std::uint64_t than) {
  return ((block - ones * than) & ~block & high_bits) != 0;
}
inline bool has(std::uint64_t block, char c) {
  return has_less(block ^ ones * static_cast<unsigned char>(c), 1);
}
inline bool is_ascii(std::uint64_t block) {
  return (block & high_bits) == 0;
}

}  // namespace blocks

/// The first place at or behind `at` with something else than U+0020 to U+007E; the end of the text.
inline std::size_t end_of_printable(std::string_view text, std::size_t at) {
  const auto are_printable = [](std::uint64_t block) {
    return blocks::is_ascii(block) && !blocks::has_less(block, 0x20) && !blocks::has(block, '\x7F');
  };
  while (at + blocks::size <= text.size() && are_printable(blocks::at(text.data() + at))) at += blocks::size;
  while (at < text.size() && text[at] >= ' ' && text[at] < '\x7F') ++at;
  return at;
}

/// The first place at or behind `at` with a quote, a backslash or a control character of ASCII; the end of the text.
inline std::size_t end_of_json_text(std::string_view text, std::size_t at) {
  const auto are_text = [](std::uint64_t block) {
    return !blocks::has_less(block, 0x20) && !blocks::has(block, '"') && !blocks::has(block, '\\');
  };
  const auto is_text = [](char c) { return c != '"' && c != '\\' && static_cast<unsigned char>(c) >= 0x20; };
  while (at + blocks::size <= text.size() && are_text(blocks::at(text.data() + at))) at += blocks::size;
  while (at < text.size() && is_text(text[at])) ++at;
  return at;
}

}  // namespace secretwatch
