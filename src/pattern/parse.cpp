#include <optional>
#include <utility>

#include <fmt/format.h>

#include "base/source.h"
#include "pattern/parsers.h"
#include "pattern/pattern.h"
#include "pattern/utf8.h"

namespace secretwatch::pattern {
namespace {

/// Looks at no more of a text than may be read, so that everything after it need not fear long ones.
std::optional<TextError> check_characters(std::string_view text) {
  std::size_t characters = 0;
  for (std::size_t at = 0; at < text.size(); ++characters) {
    if (characters == max_characters)
      return TextError{
          at, fmt::format("pattern has {} characters, the service takes {}", count_characters(text), max_characters)};
    if (static_cast<unsigned char>(text[at]) < 0x80) {
      ++at;
      continue;
    }
    const std::size_t bytes = decode(text, at).bytes;
    if (bytes == 0) return TextError{at, fmt::format("byte {} is not UTF-8", shown(text.substr(at, 1)))};
    at += bytes;
  }
  return std::nullopt;
}

/// `%…%` over the whole message.
Expected<RegexPattern> read_whole_regex(Cursor& cursor) {
  Expected<std::string> regex = read_regex(cursor);
  if (!regex) return regex.error();
  return RegexPattern{std::move(*regex)};
}

/// Whatever stands after the closing sign of a pattern.
template <class Pattern>
Expected<Filter> whole(Expected<Pattern> pattern, Cursor& cursor) {
  if (!pattern) return pattern.error();
  cursor.skip_blanks();
  if (!cursor.at_end())
    return cursor.error("found " + cursor.found() + " after the end of the pattern",
                        "a pattern that begins with '{', '[' or '%' ends with the sign that closes it");
  return Filter{std::move(*pattern)};
}

}  // namespace

Expected<Filter> parse(std::string_view text) {
  if (std::optional<TextError> error = check_characters(text)) return *std::move(error);
  Cursor cursor(text);
  cursor.skip_blanks();
  switch (cursor.peek()) {
    case '{':
      return whole(read_json(cursor), cursor);
    case '[':
      return whole(read_delimited(cursor), cursor);
    case '%':
      return whole(read_whole_regex(cursor), cursor);
    default:
      return whole(read_terms(cursor), cursor);
  }
}

Expected<Selector> parse_selector(std::string_view text) {
  if (std::optional<TextError> error = check_characters(text)) return *std::move(error);
  Cursor cursor(text);
  Expected<Selector> selector = read_selector(cursor);
  if (selector && !cursor.at_end()) return cursor.error("found " + cursor.found() + " after the selector");
  return selector;
}

}  // namespace secretwatch::pattern
