#pragma once
/// Unicode: what the syntax and the functions of Terraform need to know about characters.
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace secretwatch::hcl {

struct Decoded {
  char32_t character = 0;
  std::size_t length = 0;  // in bytes; 0: not UTF-8
};
/// The first character of a text that is not empty.
Decoded decode(std::string_view text);
void append_utf8(std::string& text, char32_t character);
std::optional<std::size_t> find_broken_utf8(std::string_view text);

/// ID_Start and `_`; ID_Continue and `-`.
bool starts_identifier(char32_t character);
bool continues_identifier(char32_t character);
/// The property White_Space.
bool is_space(char32_t character);

}  // namespace secretwatch::hcl
