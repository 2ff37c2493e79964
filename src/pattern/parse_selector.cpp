#include <algorithm>
#include <optional>
#include <utility>

#include <fmt/format.h>

#include "base/text.h"
#include "pattern/parsers.h"

namespace secretwatch::pattern {
namespace {

/// What may stand directly after a selector.
constexpr std::string_view ends_of_selector = "=!<>)}&|";
constexpr std::uint64_t largest_index = 2147483647;

TextError expected_selector(const Cursor& cursor) {
  const std::string message = "expected a selector such as '$.name', found " + cursor.found();
  Cursor ahead = cursor;
  if (cursor.peek() == '!' || lower_case(ahead.take_word()) == "not")
    return cursor.error(message, "nothing negates a condition: turn each comparison around, '=' into '!='");
  ahead = cursor;
  const bool is_other_root = cursor.rest().size() > 1 && cursor.rest()[1] == '.';  // `&.name`, `@.name`
  if (is_other_root) ahead.go_to(ahead.offset() + 1);
  while (!ahead.at_end() && std::string_view(".\"'").find(ahead.peek()) != std::string_view::npos)
    ahead.go_to(ahead.offset() + 1);
  const std::string_view path = ahead.piece(std::string(ends_of_selector) + "\"'");
  const bool is_path = !path.empty() && (is_letter(path.front()) || path.front() == '_');
  return cursor.error(message, is_path ? fmt::format("write '$.{}'", displayed(path)) : "");
}

/// After the `$`.
TextError expected_dot(const Cursor& cursor) {
  const std::string message = "expected '.' after '$', found " + cursor.found();
  const std::string_view path = cursor.piece(ends_of_selector);
  if (path.substr(0, 2) == "['") return cursor.error(message, fmt::format("write '$.{}'", displayed(path)));
  if (path.substr(0, 1) == "[") return cursor.error(message, "the message is an object: begin with a name");
  return cursor.error(message,
                      path.empty() ? "begin with a name: '$.name'" : fmt::format("write '$.{}'", displayed(path)));
}

/// A name that needs brackets; `name` is what was read of it.
TextError needs_brackets(const Cursor& cursor, std::string_view name) {
  const std::string whole = std::string(name) + std::string(cursor.piece(std::string(ends_of_selector) + ".["));
  return cursor.error(cursor.found() + " is not allowed in a name", fmt::format("write \".['{}']\"", displayed(whole)));
}

// The functions add_… read one step and add it to the selector, or say what is wrong.

/// `['any text']`, after the dot.
std::optional<TextError> add_bracketed_name(Cursor& cursor, Selector& selector) {
  const std::size_t begin = cursor.offset();
  if (!cursor.take("['")) {
    const bool is_double = cursor.is_at("[\"");
    return cursor.error("expected a name after '.', found '['",
                        is_double ? "write ['name'], with single quotes" : "leave out the '.' before an index");
  }
  const std::size_t quote = cursor.rest().find('\'');
  if (quote == std::string_view::npos) return TextError{begin + 1, "quote is never closed", "close it with \"'\""};
  selector.steps.emplace_back(Member{std::string(cursor.rest().substr(0, quote))});
  cursor.go_to(cursor.offset() + quote + 1);
  if (!cursor.take("]")) return cursor.error("expected ']', found " + cursor.found());
  return std::nullopt;
}

/// `.name` or `.*`
std::optional<TextError> add_name(Cursor& cursor, Selector& selector) {
  cursor.take(".");
  if (cursor.take("*")) {
    selector.steps.emplace_back(AnyMember{});
    return std::nullopt;
  }
  if (cursor.peek() == '[') return add_bracketed_name(cursor, selector);
  const std::string_view name = cursor.take_word("-");
  const bool is_end = cursor.at_end() || is_blank(cursor.peek()) || cursor.peek() == '.' || cursor.peek() == '[' ||
                      ends_of_selector.find(cursor.peek()) != std::string_view::npos;
  if (!is_end) return needs_brackets(cursor, name);
  if (name.empty()) return cursor.error("expected a name after '.', found " + cursor.found());
  selector.steps.emplace_back(Member{std::string(name)});
  return std::nullopt;
}

std::optional<std::uint64_t> index_of(std::string_view digits) {
  std::uint64_t position = 0;
  for (const char digit : digits) {
    if (!is_digit(digit)) return std::nullopt;
    position = position * 10 + static_cast<std::uint64_t>(digit - '0');
    if (position > largest_index) return std::nullopt;
  }
  return position;
}

/// `[0]` or `[*]`
std::optional<TextError> add_index(Cursor& cursor, Selector& selector) {
  cursor.take("[");
  if (cursor.take("*]")) {
    selector.steps.emplace_back(AnyElement{});
    return std::nullopt;
  }
  const std::size_t begin = cursor.offset();
  const std::string_view digits = cursor.take_word();
  if (digits.empty())
    return cursor.error("expected an index or '*]' after '[', found " + cursor.found(),
                        cursor.peek() == '\'' ? "a name in brackets has a dot before it: .['name']" : "");
  const std::optional<std::uint64_t> position = index_of(digits);
  if (!position)
    return TextError{begin, shown(digits) + " is not an index",
                     fmt::format("an index is a number up to {}", largest_index)};
  if (!cursor.take("]")) return cursor.error("expected ']', found " + cursor.found());
  selector.steps.emplace_back(Index{*position});
  return std::nullopt;
}

}  // namespace

bool is_wildcard(const Step& step) {
  return std::holds_alternative<AnyElement>(step) || std::holds_alternative<AnyMember>(step);
}

bool has_wildcard(const Selector& selector) {
  return std::any_of(selector.steps.begin(), selector.steps.end(), is_wildcard);
}

Expected<Selector> read_selector(Cursor& cursor) {
  if (!cursor.take("$")) return expected_selector(cursor);
  if (cursor.peek() != '.') return expected_dot(cursor);
  Selector selector;
  std::size_t wildcards = 0;
  while (cursor.peek() == '.' || cursor.peek() == '[') {
    const std::size_t begin = cursor.offset();
    std::optional<TextError> error = cursor.peek() == '.' ? add_name(cursor, selector) : add_index(cursor, selector);
    if (error) return *std::move(error);
    if (is_wildcard(selector.steps.back()) && ++wildcards > 1)
      return TextError{begin, "selector has a second wildcard, one is allowed"};
  }
  return selector;
}

}  // namespace secretwatch::pattern
