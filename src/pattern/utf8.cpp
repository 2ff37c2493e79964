#include "pattern/utf8.h"

#include <re2/re2.h>

#include "base/blocks.h"
#include "base/text.h"

namespace secretwatch::pattern {
namespace {

/// How a sequence of 2, 3 or 4 bytes begins, and the first code point that needs so many.
struct Lead {
  unsigned char mask;
  unsigned char value;
  std::size_t bytes;
  char32_t smallest;
};
constexpr Lead leads[] = {{0xE0, 0xC0, 2, 0x80}, {0xF0, 0xE0, 3, 0x800}, {0xF8, 0xF0, 4, 0x10000}};

bool is_surrogate(char32_t code) {
  return code >= 0xD800 && code <= 0xDFFF;
}

}  // namespace

Character decode(std::string_view text, std::size_t at) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[at + i]); };
  if (byte(0) < 0x80) return {byte(0), 1};
  for (const Lead& lead : leads) {
    if ((byte(0) & lead.mask) != lead.value) continue;
    if (text.size() - at < lead.bytes) return {};
    char32_t code = byte(0) & static_cast<unsigned char>(~lead.mask);
    for (std::size_t i = 1; i < lead.bytes; ++i) {
      if ((byte(i) & 0xC0) != 0x80) return {};
      code = code << 6 | (byte(i) & 0x3FU);
    }
    if (code < lead.smallest || code > 0x10FFFF || is_surrogate(code)) return {};
    return {code, lead.bytes};
  }
  return {};
}

bool is_utf8(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    if (at + blocks::size <= text.size() && blocks::is_ascii(blocks::at(text.data() + at))) {
      at += blocks::size;
      continue;
    }
    const Character character = decode(text, at);
    if (character.bytes == 0) return false;
    at += character.bytes;
  }
  return true;
}

void append_utf8(std::string& text, char32_t code) {
  const auto continuation = [](char32_t bits) { return static_cast<char>(0x80 | (bits & 0x3F)); };
  if (code < 0x80) {
    text += static_cast<char>(code);
  } else if (code < 0x800) {
    text += static_cast<char>(0xC0 | code >> 6);
    text += continuation(code);
  } else if (code < 0x10000) {
    text += static_cast<char>(0xE0 | code >> 12);
    text += continuation(code >> 6);
    text += continuation(code);
  } else {
    text += static_cast<char>(0xF0 | code >> 18);
    text += continuation(code >> 12);
    text += continuation(code >> 6);
    text += continuation(code);
  }
}

bool is_unicode_letter_or_digit(char32_t code) {
  if (code < 0x80) return is_letter_or_digit(static_cast<char>(code));
  static const RE2 letter_or_digit(R"([\pL\pN])");  // RE2 carries the Unicode tables that the standard library lacks
  std::string character;
  append_utf8(character, code);
  return RE2::FullMatch(character, letter_or_digit);
}

}  // namespace secretwatch::pattern
