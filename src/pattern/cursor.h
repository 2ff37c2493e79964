#pragma once
/// Cursor: a place in a pattern's text, and the small reads that the parsers of every kind of pattern share.
///
///     Cursor cursor("status = 4*");
///     cursor.take_word();     // "status"
///     cursor.skip_blanks();
///     cursor.take("!=");      // false, and nothing is read
///     cursor.found();         // "'='", for a message
///
/// The text must be UTF-8 and must outlive the cursor. Offsets count bytes from its first character.
#include <cstddef>
#include <string>
#include <string_view>

#include "base/expected.h"
#include "pattern/pattern.h"

namespace secretwatch::pattern {

/// What separates words: the blanks and line breaks of ASCII. (Patterns in templates often run over several lines.)
inline bool is_blank(char c) {
  return c == ' ' || (c >= '\t' && c <= '\r');
}

/// The user's text as messages show it: shortened, control characters as \xNN; shown() puts it in '…'.
std::string displayed(std::string_view text);
std::string shown(std::string_view text);

class Cursor {
 public:
  explicit Cursor(std::string_view text) : text_(text) {}

  bool at_end() const { return offset_ == text_.size(); }
  std::size_t offset() const { return offset_; }
  void go_to(std::size_t offset) { offset_ = offset; }

  /// The next byte, or NUL at the end; a NUL within the text is no different, so ask at_end() where it matters.
  char peek() const { return at_end() ? '\0' : text_[offset_]; }
  std::string_view rest() const { return text_.substr(offset_); }
  std::string_view since(std::size_t begin) const { return text_.substr(begin, offset_ - begin); }

  bool is_at(std::string_view token) const { return peek() == token.front() && rest().starts_with(token); }
  void skip_blanks();
  /// Reads on if `token` is next.
  bool take(std::string_view token);
  /// Letters, digits and `_` of any script, and the ASCII characters in `also`; empty if none is next.
  std::string_view take_word(std::string_view also = {});
  /// Everything up to a blank or one of the characters in `stops`: what the user most likely meant as one piece. The
  /// braces of a `${variable}` that nobody filled in do not stop it.
  std::string_view piece(std::string_view stops) const;

  /// What is next, for a message: the word or the character in '…', or "the end of the pattern".
  std::string found() const;
  TextError error(std::string message, std::string hint = {}) const;
  Place place_since(std::size_t begin) const;

 private:
  std::string_view text_;
  std::size_t offset_ = 0;
};

}  // namespace secretwatch::pattern
