#include "pattern/cursor.h"

#include <utility>

#include <fmt/format.h>

#include "base/text.h"
#include "pattern/utf8.h"

namespace secretwatch::pattern {

std::string displayed(std::string_view text) {
  constexpr std::size_t longest = 60;  // characters
  std::string out;
  std::size_t characters = 0;
  for (std::size_t at = 0; at < text.size(); ++characters) {
    if (characters == longest) return out + "…";
    const Character next = decode(text, at);
    if (next.code < 0x20 || next.code == 0x7F)
      out += fmt::format("\\x{:02x}", static_cast<unsigned char>(text[at]));
    else
      out += text.substr(at, next.bytes);
    at += next.bytes == 0 ? 1 : next.bytes;
  }
  return out;
}

std::string shown(std::string_view text) {
  return "'" + displayed(text) + "'";
}

void Cursor::skip_blanks() {
  while (!at_end() && is_blank(text_[offset_])) ++offset_;
}

bool Cursor::take(std::string_view token) {
  if (!is_at(token)) return false;
  offset_ += token.size();
  return true;
}

std::string_view Cursor::take_word(std::string_view also) {
  const std::size_t begin = offset_;
  while (!at_end()) {
    if (is_letter_or_digit(text_[offset_])) {
      ++offset_;
      continue;
    }
    const Character next = decode(text_, offset_);
    const bool is_extra = next.code < 0x80 && also.find(static_cast<char>(next.code)) != std::string_view::npos;
    if (next.bytes == 0 || !(is_unicode_letter_or_digit(next.code) || next.code == '_' || is_extra)) break;
    offset_ += next.bytes;
  }
  return since(begin);
}

std::string_view Cursor::piece(std::string_view stops) const {
  std::size_t length = 0;
  bool is_in_variable = false;
  for (; length < rest().size() && !is_blank(rest()[length]); ++length) {
    const char next = rest()[length];
    if (!is_in_variable && stops.find(next) != std::string_view::npos) break;
    is_in_variable = rest().substr(length, 2) == "${" || (is_in_variable && next != '}');
  }
  return rest().substr(0, length);
}

std::string Cursor::found() const {
  if (at_end()) return "the end of the pattern";
  Cursor ahead = *this;
  const std::string_view word = ahead.take_word();
  return shown(word.empty() ? rest().substr(0, decode(text_, offset_).bytes) : word);
}

TextError Cursor::error(std::string message, std::string hint) const {
  return {offset_, std::move(message), std::move(hint)};
}

Place Cursor::place_since(std::size_t begin) const {
  return {static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(offset_)};
}

}  // namespace secretwatch::pattern
