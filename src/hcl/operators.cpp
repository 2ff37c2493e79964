#include "hcl/operators.h"

#include <algorithm>

namespace secretwatch::hcl {
namespace {

/// The unknown that a result is; it has a name when `term` is not empty.
Value unknown_result(const Value& value, std::string term, const Span& at) {
  Unknown why = why_unknown(value);
  why.term = std::move(term);
  why.where = at;
  return Value(std::move(why), at);
}

Value equality(const Value& left, const Value& right, bool negated, const Span& at) {
  for (const Value* side : {&left, &right})
    if (side->has_fault()) return unknown_result(*side, {}, at);
  switch (compare(left, right)) {
    case Equality::equal:
      return Value(!negated, at);
    case Equality::different:
      return Value(negated, at);
    case Equality::undecided:
      break;
  }
  std::string a = term_of(left);
  std::string b = term_of(right);
  if (b < a) std::swap(a, b);
  const bool has_name = !a.empty() && !b.empty();
  std::string term = has_name ? (negated ? "!(" : "(") + a + " == " + b + ")" : "";
  return unknown_result(left.has_unknown() ? left : right, std::move(term), at);
}

/// `and` with negated operands is `or`: both are told by the value that decides alone.
Value logical(const Value& left, const Value& right, bool deciding, const Span& at) {
  Value a = to_boolean(left, at);
  Value b = to_boolean(right, at);
  for (const Value* side : {&a, &b})
    if (side->has_fault() || side->is_null())
      return side->is_null() ? fault(at, "a bool is needed here, not null") : *side;
  for (const Value* side : {&a, &b})
    if (side->boolean() != nullptr && *side->boolean() == deciding) return Value(deciding, at);
  if (a.boolean() != nullptr && b.boolean() != nullptr) return Value(!deciding, at);
  if (a.boolean() != nullptr) return b;
  if (b.boolean() != nullptr) return a;
  const std::string term_a = term_of(a);
  const std::string term_b = term_of(b);
  if (!term_a.empty() && term_a == term_b) return a;
  const bool has_name = !term_a.empty() && !term_b.empty();
  return unknown_result(a, has_name ? "(" + term_a + (deciding ? " || " : " && ") + term_b + ")" : "", at);
}

Value arithmetic(BinaryOperator op, const Number& a, const Number& b, const Span& at) {
  switch (op) {
    case BinaryOperator::add:
      return limited(Value(a + b, at));
    case BinaryOperator::subtract:
      return limited(Value(a - b, at));
    case BinaryOperator::multiply:
      return limited(Value(a * b, at));
    case BinaryOperator::divide:
      return b.is_zero() ? fault(at, "division by zero") : limited(Value(a / b, at));
    case BinaryOperator::modulo:
      return b.is_zero() ? fault(at, "division by zero") : Value(a % b, at);
    case BinaryOperator::less:
      return Value(a < b, at);
    case BinaryOperator::less_or_equal:
      return Value(!(b < a), at);
    case BinaryOperator::greater:
      return Value(b < a, at);
    default:
      return Value(!(a < b), at);
  }
}

}  // namespace

std::string term_of(const Value& value) {
  if (value.unknown() != nullptr) return value.unknown()->term;
  if (value.reference() != nullptr) return print(*value.reference());
  if (!value.has_unknown() && value.sequence() == nullptr && value.mapping() == nullptr) return print(value);
  return {};
}

Value apply(UnaryOperator op, const Value& operand, const Span& at) {
  if (op == UnaryOperator::negate) {
    const Value number = to_number(operand, at);
    if (number.is_null()) return fault(at, "a number is needed here, not null");
    if (number.number() != nullptr) return Value(-*number.number(), at);
    return unknown_result(number, {}, at);
  }
  const Value boolean = to_boolean(operand, at);
  if (boolean.is_null()) return fault(at, "a bool is needed here, not null");
  if (boolean.boolean() != nullptr) return Value(!*boolean.boolean(), at);
  std::string term = term_of(boolean);
  if (!term.empty()) term = term.front() == '!' ? term.substr(1) : "!" + term;
  return unknown_result(boolean, std::move(term), at);
}

Value apply(BinaryOperator op, const Value& left, const Value& right, const Span& at) {
  switch (op) {
    case BinaryOperator::equal:
      return equality(left, right, false, at);
    case BinaryOperator::not_equal:
      return equality(left, right, true, at);
    case BinaryOperator::logical_and:
      return logical(left, right, false, at);
    case BinaryOperator::logical_or:
      return logical(left, right, true, at);
    default:
      break;
  }
  const Value a = to_number(left, at);
  const Value b = to_number(right, at);
  if (a.number() != nullptr && b.number() != nullptr) return arithmetic(op, *a.number(), *b.number(), at);
  for (const Value* side : {&a, &b}) {
    if (side->is_null()) return fault(at, "a number is needed here, not null");
    if (side->has_fault()) return *side;
  }
  const std::string term_a = term_of(a);
  const std::string term_b = term_of(b);
  const bool has_name = !term_a.empty() && !term_b.empty();
  const std::string mark = std::to_string(static_cast<int>(op));
  return unknown_result(a.number() == nullptr ? a : b, has_name ? "(" + term_a + " op" + mark + " " + term_b + ")" : "",
                        at);
}

Value joined(const std::vector<Value>& parts, const Span& at) {
  Text result;
  for (const Value& part : parts) {
    const Value text = to_text(part, part.span.is_nowhere() ? at : part.span);
    if (text.text() != nullptr)
      result.append(*text.text());
    else if (text.reference() != nullptr)
      result.append(*text.reference());
    else
      result.append(*text.unknown());
  }
  return limited(Value(std::move(result), at));
}

Value unified(Value chosen, const Value& other) {
  const bool is_simple = chosen.number() != nullptr || chosen.boolean() != nullptr;
  const bool other_is_simple = other.text() != nullptr || other.number() != nullptr || other.boolean() != nullptr;
  const bool differs = (chosen.number() == nullptr) != (other.number() == nullptr) ||
                       (chosen.boolean() == nullptr) != (other.boolean() == nullptr);
  if (is_simple && other_is_simple && differs) return to_text(chosen, chosen.span);
  const Sequence* sequence = chosen.sequence();
  const Sequence* beside = other.sequence();
  if (sequence != nullptr && beside != nullptr && sequence->kind == Sequence::Kind::tuple) {
    if (beside->kind == Sequence::Kind::set) return to_sequence(chosen, Sequence::Kind::set, chosen.span);
    if (beside->kind == Sequence::Kind::list || beside->items.size() != sequence->items.size())
      return to_sequence(chosen, Sequence::Kind::list, chosen.span);
  }
  const Mapping* mapping = chosen.mapping();
  const Mapping* map_beside = other.mapping();
  if (mapping != nullptr && map_beside != nullptr && mapping->kind == Mapping::Kind::object &&
      map_beside->kind == Mapping::Kind::map)
    return to_map(chosen, chosen.span);
  return chosen;
}

}  // namespace secretwatch::hcl
