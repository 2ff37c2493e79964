#include "pattern/regex.h"

#include <string>

#include <fmt/format.h>

#include "base/text.h"
#include "pattern/cursor.h"
#include "pattern/utf8.h"

namespace secretwatch::pattern {
namespace {

constexpr std::string_view allowed_signs = ":_#=@/;,- ^$?[]{}|\\*+.";
constexpr std::string_view allowed_escapes = "dDsSwW";

bool is_hex_digit(char c) {
  return is_digit(c) || (to_lower(c) >= 'a' && to_lower(c) <= 'f');
}

bool is_allowed(char c) {
  return is_letter_or_digit(c) || allowed_signs.find(c) != std::string_view::npos;
}

TextError not_allowed(std::string_view regex, std::size_t at) {
  const std::string_view sign = regex.substr(at, decode(regex, at).bytes);
  const std::string hint =
      sign.size() == 1 ? fmt::format("write '\\x{:02x}'", static_cast<unsigned char>(sign.front())) : std::string();
  return {at, shown(sign) + " is not allowed in a regular expression", hint};
}

/// How many bytes the escape at `at` has; 0 if there is no such escape.
std::size_t escape_length(std::string_view regex, std::size_t at) {
  if (at + 1 == regex.size()) return 0;
  const char escaped = regex[at + 1];
  if (escaped == 'x')
    return at + 3 < regex.size() && is_hex_digit(regex[at + 2]) && is_hex_digit(regex[at + 3]) ? 4 : 0;
  if (is_letter_or_digit(escaped)) return allowed_escapes.find(escaped) != std::string_view::npos ? 2 : 0;
  return 2;
}

}  // namespace

std::optional<TextError> check_regex(std::string_view regex) {
  if (regex.empty()) return TextError{0, "regular expression is empty"};
  for (std::size_t at = 0; at < regex.size();) {
    if (regex[at] != '\\') {
      if (!is_allowed(regex[at])) return not_allowed(regex, at);
      ++at;
      continue;
    }
    const std::size_t length = escape_length(regex, at);
    if (length == 0)
      return TextError{at, shown(regex.substr(at, 2)) + " is not an escape of regular expressions here",
                       R"(there are \d \D \s \S \w \W and \xhh)"};
    if (!is_allowed(regex[at + 1])) return not_allowed(regex, at + 1);
    at += length;
  }
  const std::unique_ptr<const RE2> compiled = compile_regex(regex);
  if (!compiled->ok()) return TextError{0, "regular expression does not compile: " + compiled->error()};
  return std::nullopt;
}

std::unique_ptr<const RE2> compile_regex(std::string_view regex) {
  RE2::Options options;
  options.set_log_errors(false);
  options.set_never_capture(true);
  return std::make_unique<const RE2>(regex, options);
}

}  // namespace secretwatch::pattern
