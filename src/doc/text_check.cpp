#include "doc/text_check.h"

#include <algorithm>
#include <cstdint>

#include "base/blocks.h"
#include "doc/doc.h"

namespace secretwatch::doc {
namespace {

/// Length of the well-formed UTF-8 sequence at `at`, or 0 (Unicode 15, table 3-7).
std::size_t sequence_length(std::string_view text, std::size_t at) {
  const auto byte = [&](std::size_t i) {
    return at + i < text.size() ? static_cast<std::uint8_t>(text[at + i]) : std::uint8_t{0};
  };
  const auto continues = [&](std::size_t i) { return (byte(i) & 0xC0) == 0x80; };
  const std::uint8_t first = byte(0);
  if (first < 0x80) return 1;
  if (first >= 0xC2 && first <= 0xDF) return continues(1) ? 2 : 0;
  if (first >= 0xE0 && first <= 0xEF) {
    const bool overlong = first == 0xE0 && byte(1) < 0xA0;
    const bool surrogate = first == 0xED && byte(1) > 0x9F;
    return continues(1) && continues(2) && !overlong && !surrogate ? 3 : 0;
  }
  if (first >= 0xF0 && first <= 0xF4) {
    const bool overlong = first == 0xF0 && byte(1) < 0x90;
    const bool too_large = first == 0xF4 && byte(1) > 0x8F;
    return continues(1) && continues(2) && continues(3) && !overlong && !too_large ? 4 : 0;
  }
  return 0;
}

char32_t decode(std::string_view text, std::size_t at, std::size_t length) {
  const auto first = static_cast<std::uint8_t>(text[at]);
  char32_t character = length == 1 ? first : first & (0xFFU >> (length + 1));
  for (std::size_t i = 1; i < length; ++i)
    character = character << 6U | (static_cast<std::uint8_t>(text[at + i]) & 0x3FU);
  return character;
}

/// C0 and C1 controls but tab, line feed and carriage return, and two that are no characters: what YAML calls not
/// printable.
bool is_control(char32_t character) {
  if (character == U'\t' || character == U'\n' || character == U'\r') return false;
  return character < 0x20 || (character >= 0x7F && character < 0xA0) || character == 0xFFFE || character == 0xFFFF;
}

/// Where characters end, at or behind a place, that are neither controls nor take more than a byte: most text.
std::size_t end_of_plain(std::string_view text, std::size_t at) {
  const auto is_blank = [](char c) { return c == '\t' || c == '\n' || c == '\r'; };
  while (at = end_of_printable(text, at), at < text.size() && is_blank(text[at])) ++at;
  return at;
}

}  // namespace

std::optional<char32_t> find_control_character(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t length = std::max<std::size_t>(1, sequence_length(text, at));
    const char32_t character = decode(text, at, length);
    if (is_control(character)) return character;
    at += length;
  }
  return std::nullopt;
}

bool check_text(std::string_view text, FileId file, Diagnostics& out) {
  for (std::size_t at = end_of_plain(text, 0); at < text.size();) {
    const std::size_t length = sequence_length(text, at);
    const auto begin = static_cast<std::uint32_t>(at);
    if (length == 0) {
      out.add(codes::not_utf8, {file, begin, begin + 1}, "byte 0x{:02X} is not UTF-8",
              static_cast<unsigned>(static_cast<std::uint8_t>(text[at])));
      return false;
    }
    if (const char32_t character = decode(text, at, length); is_control(character)) {
      out.add(codes::control_character, {file, begin, begin + static_cast<std::uint32_t>(length)},
              "control character U+{:04X} is in the text", static_cast<unsigned>(character));
      return false;
    }
    at = end_of_plain(text, at + length);
  }
  return true;
}

}  // namespace secretwatch::doc
