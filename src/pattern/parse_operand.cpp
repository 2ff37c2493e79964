#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include <fmt/format.h>

#include "base/blocks.h"
#include "base/text.h"
#include "pattern/decimal.h"
#include "pattern/parsers.h"
#include "pattern/regex.h"

namespace secretwatch::pattern {
namespace {

struct Spelling {
  std::string_view text;
  Operator op;
};
constexpr std::array spellings = {  // longer ones first
    Spelling{"!=", Operator::not_equal},
    Spelling{"<=", Operator::less_or_equal},
    Spelling{">=", Operator::greater_or_equal},
    Spelling{"=", Operator::equal},
    Spelling{"<", Operator::less},
    Spelling{">", Operator::greater}};

/// Operators of other languages, and ours for them.
struct Confusion {
  std::string_view text;
  std::string_view meant;
};
constexpr std::array confusions = {Confusion{"===", "="},    Confusion{"==", "="},      Confusion{"!==", "!="},
                                   Confusion{"<>", "!="},    Confusion{"=<", "<="},     Confusion{"=>", ">="},
                                   Confusion{"=~", "= %…%"}, Confusion{"!~", "!= %…%"}, Confusion{":", "="}};

Expected<Operator> read_operator(Cursor& cursor) {
  for (const Confusion& confusion : confusions)
    if (cursor.is_at(confusion.text))
      return cursor.error(shown(confusion.text) + " is not an operator", fmt::format("write '{}'", confusion.meant));
  for (const Spelling& spelling : spellings)
    if (cursor.take(spelling.text)) return spelling.op;
  return cursor.error("expected an operator such as '=', found " + cursor.found());
}

TextError bare_null(const Cursor& cursor, std::size_t begin, Operator op) {
  const std::string hint = op == Operator::equal ? "write 'IS NULL' instead of '= null'"
                                                 : "write '= *' for a field that holds text or a number";
  return {begin, shown(cursor.since(begin)) + " is not a value to compare with", hint};
}

std::string in_quotes(std::string_view text) {
  return "write \"" + displayed(text) + "\"";
}

/// After an unquoted value comes something that neither belongs to it nor may follow it.
std::optional<TextError> check_end_of_word(const Cursor& cursor, std::size_t begin, std::string_view stops) {
  const std::string_view word = cursor.since(begin);
  const bool is_stop = stops.find(cursor.peek()) != std::string_view::npos;
  if (!cursor.at_end() && !is_blank(cursor.peek()) && !is_stop)
    return cursor.error(cursor.found() + " is not allowed in a value without quotes",
                        cursor.peek() == ','
                            ? "to ask for both conditions write '&&'"
                            : in_quotes(std::string(word) + std::string(cursor.piece(std::string(stops) + "\""))));
  Cursor ahead = cursor;
  ahead.skip_blanks();
  const std::size_t next = ahead.offset();
  const std::string_view second = ahead.take_word("*.-");
  if (second.empty() || lower_case(second) == "and" || lower_case(second) == "or") return std::nullopt;
  return TextError{next, "found " + shown(second) + " after a value without quotes",
                   in_quotes(std::string(word) + " " + std::string(second))};
}

TextError expected_value(const Cursor& cursor, std::string_view stops) {
  const std::string message = "expected a value, found " + cursor.found();
  const bool is_quote = cursor.peek() == '\'' || cursor.is_at("“");
  if (is_quote) return cursor.error(message, "write the value in double quotes: \"…\"");
  const std::string_view value = cursor.piece(stops);
  return cursor.error(message, value.empty() ? "" : in_quotes(value));
}

Expected<Operand> read_word(Cursor& cursor, Operator op, std::string_view stops) {
  const std::size_t begin = cursor.offset();
  const std::string word(cursor.take_word("*.-+"));
  if (word.empty()) return expected_value(cursor, stops);
  if (std::optional<TextError> error = check_end_of_word(cursor, begin, stops)) return *std::move(error);
  if (is_number(word)) {
    if (!Decimal::parse(word)) return TextError{begin, "exponent of " + shown(word) + " is beyond 2147483647"};
    return Operand(Number{word});
  }
  const std::size_t plus = word.find('+');
  if (plus != std::string::npos)
    return TextError{begin + plus, "'+' is not allowed in a value without quotes", in_quotes(word)};
  if (word == "null") return bare_null(cursor, begin, op);
  return Operand(Bare{word});
}

Expected<Operand> read_operand(Cursor& cursor, Operator op, std::string_view stops, Counts& counts) {
  if (cursor.peek() == '"') {
    Expected<std::string> text = read_quoted(cursor);
    if (!text) return text.error();
    return Operand(Quoted{std::move(*text)});
  }
  if (cursor.peek() != '%') return read_word(cursor, op, stops);
  const std::size_t begin = cursor.offset();
  Expected<std::string> regex = read_regex(cursor);
  if (!regex) return regex.error();
  if (++counts.regexes > max_regexes)
    return TextError{begin, fmt::format("pattern has more than {} regular expressions", max_regexes)};
  return Operand(Regex{std::move(*regex)});
}

/// An operator that orders has an operand that is no number.
TextError not_ordered(const Cursor& cursor, std::size_t begin, const Operand& operand) {
  const auto* quoted = std::get_if<Quoted>(&operand);
  const bool is_quoted_number = quoted != nullptr && is_number(quoted->text);
  return {begin, shown(cursor.since(begin)) + " has no order, only numbers have",
          is_quoted_number ? fmt::format("write {} without quotes", displayed(quoted->text)) : std::string()};
}

}  // namespace

Expected<Relation> read_relation(Cursor& cursor, std::string_view stops, Counts& counts) {
  const Expected<Operator> op = read_operator(cursor);
  if (!op) return op.error();
  cursor.skip_blanks();
  const std::size_t begin = cursor.offset();
  Expected<Operand> operand = read_operand(cursor, *op, stops, counts);
  if (!operand) return operand.error();
  const bool is_equality = *op == Operator::equal || *op == Operator::not_equal;
  if (!is_equality && !std::holds_alternative<Number>(*operand)) return not_ordered(cursor, begin, *operand);
  return Relation{*op, std::move(*operand)};
}

Expected<std::string> read_quoted(Cursor& cursor) {
  const std::size_t begin = cursor.offset();
  std::string text;
  cursor.take("\"");
  while (!cursor.take("\"")) {
    if (cursor.at_end()) return TextError{begin, "quote is never closed", "close it with '\"'"};
    const bool is_escape = cursor.is_at("\\\"") || cursor.is_at("\\\\");
    if (is_escape) cursor.go_to(cursor.offset() + 1);
    const std::string_view plain =
        cursor.rest().substr(0, std::max<std::size_t>(1, end_of_json_text(cursor.rest(), 0)));
    text += plain;
    cursor.go_to(cursor.offset() + plain.size());
  }
  return text;
}

Expected<std::string> read_regex(Cursor& cursor) {
  const std::size_t begin = cursor.offset() + 1;
  cursor.take("%");
  const std::size_t length = cursor.rest().find('%');
  if (length == std::string_view::npos)
    return TextError{begin - 1, "regular expression is never closed", "close it with '%'"};
  const std::string_view regex = cursor.rest().substr(0, length);
  if (std::optional<TextError> error = check_regex(regex)) {
    error->offset += begin;
    return *std::move(error);
  }
  cursor.go_to(begin + length + 1);
  return std::string(regex);
}

}  // namespace secretwatch::pattern
