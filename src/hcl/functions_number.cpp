/// Functions of numbers.
#include <cmath>

#include "base/text.h"
#include "hcl/functions.h"

namespace secretwatch::hcl {
namespace {

template <Number (*change)(const Number&)>
Value changed(Arguments& call) {
  const auto number = call.number(0);
  return number ? Value(change(*number), call.at) : call.failure();
}

Number absolute(const Number& number) {
  return number.is_negative() ? -number : number;
}
Number ceiling(const Number& number) {
  return number.ceil();
}
Number floor_of(const Number& number) {
  return number.floor();
}
Number sign(const Number& number) {
  return Number(number.is_zero() ? 0 : number.is_negative() ? -1 : 1);
}

template <bool greatest>
Value extreme(Arguments& call) {
  std::optional<Number> best;
  for (std::size_t i = 0; i < call.count(); ++i) {
    const auto number = call.number(i);
    if (!number) return call.failure();
    if (!best || (greatest ? *best < *number : *number < *best)) best = number;
  }
  return Value(*best, call.at);
}

Value from_double(const Arguments& call, double value) {
  const auto number = Number::from_double(value);
  return number ? Value(*number, call.at) : call.refuse("the result is not a finite number");
}

Value power(Arguments& call) {
  const auto base = call.number(0);
  const auto exponent = base ? call.number(1) : std::nullopt;
  if (!exponent) return call.failure();
  return from_double(call, std::pow(base->as_double(), exponent->as_double()));
}

Value logarithm(Arguments& call) {
  const auto number = call.number(0);
  const auto base = number ? call.number(1) : std::nullopt;
  if (!base) return call.failure();
  return from_double(call, std::log(number->as_double()) / std::log(base->as_double()));
}

Value parse_integer(Arguments& call) {
  const auto text = call.text(0);
  const auto base = text ? call.integer(1) : std::nullopt;
  if (!base) return call.failure();
  if (*base < 2 || *base > 62) return call.refuse("{} is not a base between 2 and 62", *base);
  const bool is_negative = text->starts_with('-');
  const std::string digits = text->substr(is_negative || text->starts_with('+') ? 1 : 0);
  if (digits.empty() || digits.size() > 150) return call.refuse("'{}' is not a number", shown(*text));
  Number result;
  for (const char c : digits) {
    // Beyond base 36 lower and upper case differ.
    const std::int64_t digit = is_digit(c)   ? c - '0'
                               : is_lower(c) ? c - 'a' + 10
                               : is_upper(c) ? (*base > 36 ? c - 'A' + 36 : c - 'A' + 10)
                                             : 99;
    if (digit >= *base) return call.refuse("'{}' is not a number of base {}", shown(*text), *base);
    result = result * Number(*base) + Number(digit);
  }
  return Value(is_negative ? -result : result, call.at);
}

}  // namespace

const std::vector<Function> number_functions = {
    {"abs", 1, 1, changed<absolute>},      {"ceil", 1, 1, changed<ceiling>},
    {"floor", 1, 1, changed<floor_of>},    {"log", 2, 2, logarithm},
    {"max", 1, any_number, extreme<true>}, {"min", 1, any_number, extreme<false>},
    {"parseint", 2, 2, parse_integer},     {"pow", 2, 2, power},
    {"signum", 1, 1, changed<sign>},
};

}  // namespace secretwatch::hcl
