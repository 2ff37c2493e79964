#pragma once
/// Text: the few questions about ASCII characters that several stages ask, independent of the locale.
#include <string>
#include <string_view>

namespace secretwatch {

inline bool is_digit(char c) {
  return c >= '0' && c <= '9';
}
inline bool is_lower(char c) {
  return c >= 'a' && c <= 'z';
}
inline bool is_upper(char c) {
  return c >= 'A' && c <= 'Z';
}
inline bool is_letter(char c) {
  return is_lower(c) || is_upper(c);
}
inline bool is_letter_or_digit(char c) {
  return is_letter(c) || is_digit(c);
}
inline char to_lower(char c) {
  return is_upper(c) ? static_cast<char>(c - 'A' + 'a') : c;
}
inline char to_upper(char c) {
  return is_lower(c) ? static_cast<char>(c - 'a' + 'A') : c;
}

std::string lower_case(std::string_view text);

/// User text for a message: a long one is cut, at a character, and ends in "…".
std::string shown(std::string_view text);

/// Lower-case letters and digits only: two names that agree in this form are one name to the languages we write.
///     plain_form("Db-Password") == plain_form("db_password")
std::string plain_form(std::string_view name);

}  // namespace secretwatch
