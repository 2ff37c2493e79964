#include "base/text.h"

namespace secretwatch {

std::string lower_case(std::string_view text) {
  std::string lower(text);
  for (char& c : lower) c = to_lower(c);
  return lower;
}

std::string shown(std::string_view text) {
  constexpr std::size_t most = 60;
  if (text.size() <= most) return std::string(text);
  std::size_t cut = most;
  while (cut > 0 && (static_cast<unsigned char>(text[cut]) & 0xC0) == 0x80) --cut;
  return std::string(text.substr(0, cut)) + "…";
}

std::string plain_form(std::string_view name) {
  std::string plain;
  for (const char c : name)
    if (is_letter_or_digit(c)) plain += to_lower(c);
  return plain;
}

}  // namespace secretwatch
