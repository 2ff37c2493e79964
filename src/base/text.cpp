#include "base/text.h"

namespace secretwatch {

std::string lower_case(std::string_view text) {
  std::string lower(text);
  for (char& c : lower) c = to_lower(c);
  return lower;
}

std::string plain_form(std::string_view name) {
  std::string plain;
  for (const char c : name)
    if (is_letter_or_digit(c)) plain += to_lower(c);
  return plain;
}

}  // namespace secretwatch
