#include "pattern/decimal.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <limits>

#include "base/text.h"

namespace secretwatch::pattern {
namespace {

constexpr std::int64_t largest_exponent = 2147483647;

/// The pieces of a number as it is written.
struct Spelling {
  bool negative = false;
  std::string_view integer;
  std::string_view fraction;
  bool exponent_negative = false;
  std::string_view exponent;  // digits; empty: none
};

std::string_view take_digits(std::string_view& text) {
  const auto end = std::find_if_not(text.begin(), text.end(), is_digit);
  const std::string_view digits = text.substr(0, static_cast<std::size_t>(end - text.begin()));
  text.remove_prefix(digits.size());
  return digits;
}

bool take_sign(std::string_view& text) {
  const bool negative = text.substr(0, 1) == "-";
  if (negative || text.substr(0, 1) == "+") text.remove_prefix(1);
  return negative;
}

std::optional<Spelling> spell(std::string_view text) {
  Spelling number;
  number.negative = take_sign(text);
  number.integer = take_digits(text);
  if (number.integer.empty()) return std::nullopt;
  if (text.substr(0, 1) == ".") {
    text.remove_prefix(1);
    number.fraction = take_digits(text);
    if (number.fraction.empty()) return std::nullopt;
  }
  if (text.substr(0, 1) == "e" || text.substr(0, 1) == "E") {
    text.remove_prefix(1);
    number.exponent_negative = take_sign(text);
    number.exponent = take_digits(text);
    if (number.exponent.empty()) return std::nullopt;
  }
  if (!text.empty()) return std::nullopt;
  return number;
}

std::optional<std::int64_t> exponent_of(const Spelling& number) {
  std::int64_t exponent = 0;
  for (const char digit : number.exponent) {
    exponent = exponent * 10 + (digit - '0');
    if (exponent > largest_exponent) return std::nullopt;
  }
  return number.exponent_negative ? -exponent : exponent;
}

bool is_integer_token(std::string_view token) {
  return token.find_first_of(".eE") == std::string_view::npos;
}

/// Of a number that is out of the range of doubles: is it too small rather than too large?
bool is_tiny(std::string_view token) {
  const std::optional<Decimal> exact = Decimal::parse(token);
  if (!exact) return token.find("e-") != std::string_view::npos || token.find("E-") != std::string_view::npos;
  return *exact < *Decimal::parse("1") && *exact > *Decimal::parse("-1");
}

/// A token that is no integer, as the nearest double; beyond the range zero or an infinity.
double double_of(std::string_view token) {
  double value = 0;
  const std::from_chars_result read = std::from_chars(token.data(), token.data() + token.size(), value);
  if (read.ec != std::errc::result_out_of_range) return value;
  const double magnitude = is_tiny(token) ? 0.0 : std::numeric_limits<double>::infinity();
  return token.front() == '-' ? -magnitude : magnitude;
}

/// The fewest digits that give the double back, as d.ddde[+-]dd.
std::string shortest(double value) {
  std::array<char, 32> buffer{};
  const std::to_chars_result end =
      std::to_chars(buffer.data(), buffer.data() + buffer.size(), value, std::chars_format::scientific);
  return {buffer.data(), end.ptr};
}

/// Java's Double.toString: plain from 0.001 up to ten million, else as 1.5E10; always a digit on both sides of the dot.
std::string java_text(double value) {
  if (std::isinf(value)) return value < 0 ? "-Infinity" : "Infinity";
  if (value == 0) return std::signbit(value) ? "-0.0" : "0.0";
  const std::string scientific = shortest(value);
  const std::optional<Spelling> number = spell(scientific);
  const std::int64_t exponent = exponent_of(*number).value_or(0);
  const std::string sign = number->negative ? "-" : "";
  const std::string digits = std::string(number->integer) + std::string(number->fraction);
  if (exponent < -3 || exponent >= 7)
    return sign + digits.substr(0, 1) + "." + (digits.size() > 1 ? digits.substr(1) : "0") + "E" +
           std::to_string(exponent);
  if (exponent < 0) return sign + "0." + std::string(static_cast<std::size_t>(-exponent - 1), '0') + digits;
  const auto whole = static_cast<std::size_t>(exponent) + 1;
  if (digits.size() <= whole) return sign + digits + std::string(whole - digits.size(), '0') + ".0";
  return sign + digits.substr(0, whole) + "." + digits.substr(whole);
}

}  // namespace

bool is_number(std::string_view text) {
  return spell(text).has_value();
}

std::optional<Decimal> Decimal::parse(std::string_view text) {
  const std::optional<Spelling> number = spell(text);
  if (!number) return std::nullopt;
  const std::optional<std::int64_t> exponent = exponent_of(*number);
  if (!exponent) return std::nullopt;
  Decimal decimal;
  decimal.digits_ = std::string(number->integer) + std::string(number->fraction);
  decimal.magnitude_ = static_cast<std::int64_t>(number->integer.size()) + *exponent;
  const std::size_t zeros = std::min(decimal.digits_.find_first_not_of('0'), decimal.digits_.size());
  decimal.digits_.erase(0, zeros);
  decimal.magnitude_ -= static_cast<std::int64_t>(zeros);
  decimal.digits_.erase(decimal.digits_.find_last_not_of('0') + 1);
  decimal.negative_ = number->negative && !decimal.digits_.empty();
  return decimal;
}

bool Decimal::is_integer() const {
  return digits_.empty() || magnitude_ >= static_cast<std::int64_t>(digits_.size());
}

std::optional<std::string> Decimal::integer(std::size_t most_digits) const {
  if (digits_.empty()) return "0";
  if (!is_integer() || magnitude_ > static_cast<std::int64_t>(most_digits)) return std::nullopt;
  const std::string zeros(static_cast<std::size_t>(magnitude_) - digits_.size(), '0');
  return (negative_ ? "-" : "") + digits_ + zeros;
}

std::strong_ordering operator<=>(const Decimal& a, const Decimal& b) {
  const auto sign = [](const Decimal& number) { return number.digits_.empty() ? 0 : (number.negative_ ? -1 : 1); };
  if (sign(a) != sign(b) || sign(a) == 0) return sign(a) <=> sign(b);
  const Decimal& left = a.negative_ ? b : a;  // of two negative numbers the one further from zero is the smaller
  const Decimal& right = a.negative_ ? a : b;
  if (left.magnitude_ != right.magnitude_) return left.magnitude_ <=> right.magnitude_;
  return left.digits_.compare(right.digits_) <=> 0;
}

std::optional<Decimal> value_of_json_number(std::string_view token) {
  if (is_integer_token(token)) return Decimal::parse(token);
  const double value = double_of(token);
  if (std::isinf(value)) return std::nullopt;
  return Decimal::parse(shortest(value));
}

std::string text_of_json_number(std::string_view token) {
  if (is_integer_token(token)) return token == "-0" ? "0" : std::string(token);
  return java_text(double_of(token));
}

}  // namespace secretwatch::pattern
