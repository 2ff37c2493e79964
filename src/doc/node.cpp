#include <algorithm>
#include <array>

#include "base/text.h"
#include "doc/doc.h"

namespace secretwatch::doc {
namespace {

bool is_one_of(std::string_view text, std::initializer_list<std::string_view> words) {
  return std::find(words.begin(), words.end(), text) != words.end();
}

std::size_t count_digits(std::string_view text, std::size_t from) {
  std::size_t at = from;
  while (at < text.size() && is_digit(text[at])) ++at;
  return at - from;
}

bool is_integer(std::string_view text) {
  const std::size_t sign = !text.empty() && (text[0] == '-' || text[0] == '+') ? 1 : 0;
  return text.size() > sign && count_digits(text, sign) == text.size() - sign;
}

/// [-+]? ( . digits | digits [. digits*] ) [ e [-+] digits ], .inf, .nan: the core schema of YAML 1.2.
bool is_real(std::string_view text) {
  const std::size_t sign = !text.empty() && (text[0] == '-' || text[0] == '+') ? 1 : 0;
  const std::string rest = lower_case(text.substr(sign));
  if (rest == ".inf" || text == ".nan" || text == ".NaN" || text == ".NAN") return true;
  std::size_t at = sign;
  const std::size_t whole = count_digits(text, at);
  at += whole;
  std::size_t fraction = 0;
  if (at < text.size() && text[at] == '.') {
    ++at;
    fraction = count_digits(text, at);
    at += fraction;
  }
  if (whole + fraction == 0) return false;
  if (at < text.size() && (text[at] == 'e' || text[at] == 'E')) {
    ++at;
    if (at < text.size() && (text[at] == '-' || text[at] == '+')) ++at;
    const std::size_t exponent = count_digits(text, at);
    if (exponent == 0) return false;
    at += exponent;
  }
  return at == text.size();
}

/// 0x1F, 0o17, 0b101, 1_000, 12:30:45: numbers to one version of YAML only.
bool looks_like_old_or_based_number(std::string_view text) {
  const std::size_t sign = !text.empty() && (text[0] == '-' || text[0] == '+') ? 1 : 0;
  const std::string_view rest = text.substr(sign);
  if (rest.empty() || !is_digit(rest[0])) return false;
  if (rest.size() > 2 && rest[0] == '0' && is_one_of(rest.substr(1, 1), {"x", "o", "b"})) {
    return std::all_of(rest.begin() + 2, rest.end(), [&](char c) {
      return c == '_' || (rest[1] == 'x' ? is_digit(c) || (to_lower(c) >= 'a' && to_lower(c) <= 'f') : is_digit(c));
    });
  }
  return std::all_of(rest.begin(), rest.end(),
                     [](char c) { return is_digit(c) || c == '_' || c == ':' || c == '.'; }) &&
         rest.find_first_of("_:") != std::string_view::npos;
}

/// 2024-1-31 or 2024-01-31, with or without a time behind it.
bool looks_like_date(std::string_view text) {
  if (count_digits(text, 0) != 4 || text.size() < 8 || text[4] != '-') return false;
  const std::size_t month = count_digits(text, 5);
  if (month < 1 || month > 2 || 5 + month >= text.size() || text[5 + month] != '-') return false;
  const std::size_t day_at = 6 + month;
  const std::size_t day = count_digits(text, day_at);
  if (day < 1 || day > 2) return false;
  const std::string_view time = text.substr(day_at + day);
  return time.empty() || ((to_lower(time[0]) == 't' || time[0] == ' ') && time.size() > 1 && is_digit(time[1]));
}

}  // namespace

const Node* Node::find(std::string_view key) const {
  const auto found = std::find_if(entries.rbegin(), entries.rend(), [&](const Entry& e) { return e.key.text == key; });
  return found == entries.rend() ? nullptr : &found->value;
}

ScalarType type_of(const Node& node) {
  if (node.kind == Kind::null) return ScalarType::null;
  if (node.style != Style::plain || node.tag == "tag:yaml.org,2002:str") return ScalarType::text;
  const std::string_view text = node.text;
  if (is_one_of(text, {"true", "True", "TRUE", "false", "False", "FALSE"})) return ScalarType::boolean;
  if (is_integer(text)) return ScalarType::integer;
  if (is_real(text)) return ScalarType::real;
  const bool old_boolean =
      is_one_of(text, {"yes", "Yes", "YES", "no", "No", "NO", "on", "On", "ON", "off", "Off", "OFF", "=", "<<"});
  if (old_boolean || looks_like_old_or_based_number(text) || looks_like_date(text)) return ScalarType::ambiguous;
  return ScalarType::text;
}

}  // namespace secretwatch::doc
