#include "pattern/comparand.h"

#include <cassert>
#include <compare>
#include <optional>

#include "pattern/regex.h"

namespace secretwatch::pattern {
namespace {

bool is_equality(Operator op) {
  return op == Operator::equal || op == Operator::not_equal;
}

}  // namespace

Comparand::Comparand(Operator op, const Operand& operand) : op_(op), operand_(prepare(operand)) {
  assert(is_equality(op) || std::holds_alternative<Number>(operand));
}

Comparand::Prepared Comparand::prepare(const Operand& operand) {
  if (const auto* quoted = std::get_if<Quoted>(&operand)) return Wildcard(quoted->text);
  if (const auto* bare = std::get_if<Bare>(&operand)) return Wildcard(bare->text);
  if (const auto* regex = std::get_if<Regex>(&operand)) return compile_regex(regex->text);
  const std::string& text = std::get<Number>(operand).text;
  const std::optional<Decimal> value = Decimal::parse(text);
  assert(value);
  return ExactNumber{text, *value};
}

bool Comparand::holds_for_string(std::string_view characters) const {
  const auto* number = std::get_if<ExactNumber>(&operand_);
  if (number == nullptr) return holds_for_text(characters);
  return is_equality(op_) && (characters == number->text) == (op_ == Operator::equal);
}

bool Comparand::holds_for_number(std::string_view token) const {
  if (!std::holds_alternative<ExactNumber>(operand_)) return holds_for_text(text_of_json_number(token));
  const std::optional<Decimal> value = value_of_json_number(token);
  return value && holds_for_value(*value);
}

bool Comparand::holds_for_field(std::string_view token) const {
  if (!std::holds_alternative<ExactNumber>(operand_)) return holds_for_text(token);
  const std::optional<Decimal> value = Decimal::parse(token);
  return value ? holds_for_value(*value) : op_ == Operator::not_equal;
}

bool Comparand::holds_for_text(std::string_view text) const {
  const auto* wildcard = std::get_if<Wildcard>(&operand_);
  const bool is_equal = wildcard != nullptr ? wildcard->matches(text)
                                            : RE2::PartialMatch(text, *std::get<std::unique_ptr<const RE2>>(operand_));
  return is_equal == (op_ == Operator::equal);
}

bool Comparand::holds_for_value(const Decimal& value) const {
  const std::strong_ordering order = value <=> std::get<ExactNumber>(operand_).value;
  switch (op_) {
    case Operator::equal:
      return std::is_eq(order);
    case Operator::not_equal:
      return std::is_neq(order);
    case Operator::less:
      return std::is_lt(order);
    case Operator::greater:
      return std::is_gt(order);
    case Operator::less_or_equal:
      return std::is_lteq(order);
    case Operator::greater_or_equal:
      return std::is_gteq(order);
  }
  return false;
}

}  // namespace secretwatch::pattern
