#pragma once
/// Utf8: text read one character at a time, strictly: no overlong forms, no surrogates, nothing past U+10FFFF.
///
///     decode("\xC3\xA9t", 0)   // {U+00E9, 2 bytes}
///     decode("\xFF", 0)        // {0, 0 bytes}: not UTF-8
#include <cstddef>
#include <string>
#include <string_view>

namespace secretwatch::pattern {

struct Character {
  char32_t code = 0;
  std::size_t bytes = 0;  // 0: what stands here is not UTF-8
};

/// The character that begins at `at`, which must lie within the text.
Character decode(std::string_view text, std::size_t at);

bool is_utf8(std::string_view text);

/// `code` must be a character, not a surrogate.
void append_utf8(std::string& text, char32_t code);

/// A letter or digit of any script (the Unicode classes L and N).
bool is_unicode_letter_or_digit(char32_t code);

}  // namespace secretwatch::pattern
