#include "hcl/number.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <vector>

#include "base/text.h"

namespace secretwatch::hcl {
namespace {

constexpr std::size_t precision = 154;  // decimal digits of 512 bits
constexpr std::int32_t greatest_exponent = 10'000;

std::string without_leading_zeros(std::string digits) {
  digits.erase(0, std::min(digits.find_first_not_of('0'), digits.size()));
  return digits;
}

/// Digit strings without leading zeros.
bool is_less(const std::string& a, const std::string& b) {
  return a.size() != b.size() ? a.size() < b.size() : a < b;
}

std::string sum_of(const std::string& a, const std::string& b) {
  std::string result;
  int carry = 0;
  for (std::size_t i = 0; i < std::max(a.size(), b.size()) || carry > 0; ++i) {
    if (i < a.size()) carry += a[a.size() - 1 - i] - '0';
    if (i < b.size()) carry += b[b.size() - 1 - i] - '0';
    result += static_cast<char>('0' + carry % 10);
    carry /= 10;
  }
  std::reverse(result.begin(), result.end());
  return result;
}

/// Requires a >= b.
std::string difference_of(std::string a, const std::string& b) {
  int borrow = 0;
  for (std::size_t i = 0; i < a.size() && (i < b.size() || borrow > 0); ++i) {
    char& digit = a[a.size() - 1 - i];
    int value = digit - '0' - borrow - (i < b.size() ? b[b.size() - 1 - i] - '0' : 0);
    borrow = value < 0 ? 1 : 0;
    value += 10 * borrow;
    digit = static_cast<char>('0' + value);
  }
  return without_leading_zeros(std::move(a));
}

std::string product_of(const std::string& a, const std::string& b) {
  std::vector<int> places(a.size() + b.size(), 0);
  for (std::size_t i = a.size(); i-- > 0;)
    for (std::size_t j = b.size(); j-- > 0;) {
      const int value = places[i + j + 1] + (a[i] - '0') * (b[j] - '0');
      places[i + j + 1] = value % 10;
      places[i + j] += value / 10;
    }
  std::string result;
  for (const int place : places) result += static_cast<char>('0' + place);
  return without_leading_zeros(std::move(result));
}

/// Long division; leaves the rest in `a`.
std::string quotient_of(std::string& a, const std::string& b) {
  std::string result;
  std::string rest;
  for (const char digit : a) {
    if (!rest.empty() || digit != '0') rest += digit;
    char count = '0';
    while (!is_less(rest, b)) {
      rest = difference_of(std::move(rest), b);
      ++count;
    }
    result += count;
  }
  a = std::move(rest);
  return without_leading_zeros(std::move(result));
}

std::string zeros(std::int64_t count) {
  return std::string(static_cast<std::size_t>(std::max<std::int64_t>(0, count)), '0');
}

}  // namespace

Number::Number(bool is_negative, std::string digits, std::int32_t exponent)
    : is_negative_(is_negative), digits_(without_leading_zeros(std::move(digits))), exponent_(exponent) {
  if (digits_.size() > precision) {
    const bool rounds_up = digits_[precision] >= '5';
    exponent_ += static_cast<std::int32_t>(digits_.size() - precision);
    digits_.resize(precision);
    if (rounds_up) digits_ = sum_of(digits_, "1");
  }
  const std::size_t last = digits_.find_last_not_of('0');
  const std::size_t kept = last == std::string::npos ? 0 : last + 1;
  exponent_ += static_cast<std::int32_t>(digits_.size() - kept);
  digits_.resize(kept);
  // Beyond what is ever printed: nothing is left of it, or it stays the greatest there is.
  if (digits_.empty() || exponent_ < -2 * greatest_exponent) {
    digits_.clear();
    is_negative_ = false;
    exponent_ = 0;
  }
  exponent_ = std::min(exponent_, 2 * greatest_exponent);
}

Number::Number(std::int64_t value) : Number(value < 0, std::to_string(value).substr(value < 0 ? 1 : 0), 0) {}

std::optional<Number> Number::parse(std::string_view text) {
  bool is_negative = false;
  if (!text.empty() && (text.front() == '-' || text.front() == '+')) {
    is_negative = text.front() == '-';
    text.remove_prefix(1);
  }
  std::int32_t exponent = 0;
  if (const std::size_t mark = text.find_first_of("eE"); mark != std::string_view::npos) {
    std::string_view power = text.substr(mark + 1);
    if (power.size() > 1 && power.front() == '+' && is_digit(power[1])) power.remove_prefix(1);
    const auto [end, error] = std::from_chars(power.data(), power.data() + power.size(), exponent);
    if (error != std::errc{} || end != power.data() + power.size() || std::abs(exponent) > greatest_exponent)
      return std::nullopt;
    text = text.substr(0, mark);
  }
  std::string digits;
  bool after_point = false;
  for (const char c : text) {
    if (c == '.' && !after_point) {
      after_point = true;
    } else if (is_digit(c)) {
      digits += c;
      if (after_point) --exponent;
    } else {
      return std::nullopt;
    }
  }
  if (digits.empty() || digits.size() > static_cast<std::size_t>(greatest_exponent)) return std::nullopt;
  return Number(is_negative, std::move(digits), exponent);
}

std::optional<Number> Number::from_double(double value) {
  if (!std::isfinite(value)) return std::nullopt;
  char buffer[64];
  const auto result = std::to_chars(buffer, buffer + sizeof buffer, value);
  return parse(std::string_view(buffer, static_cast<std::size_t>(result.ptr - buffer)));
}

bool Number::is_too_large() const {
  return exponent_ + static_cast<std::int32_t>(digits_.size()) > greatest_exponent + 1;
}

std::optional<std::int64_t> Number::integer() const {
  if (exponent_ < 0 || digits_.size() + static_cast<std::size_t>(exponent_) > 19) return std::nullopt;
  const std::string text = print();
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return value;
}

double Number::as_double() const {
  const std::string text =
      (is_negative_ ? "-" : "") + (digits_.empty() ? "0" : digits_) + "e" + std::to_string(exponent_);
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error == std::errc::result_out_of_range) {
    const bool is_tiny = exponent_ + static_cast<std::int32_t>(digits_.size()) < 0;
    value = is_tiny ? 0 : HUGE_VAL;
    return is_negative_ ? -value : value;
  }
  return value;
}

std::string Number::print() const {
  if (is_zero()) return "0";
  std::string text = digits_;
  if (exponent_ >= 0) {
    text += zeros(exponent_);
  } else {
    const auto places = static_cast<std::size_t>(-exponent_);
    if (text.size() <= places) text.insert(0, places + 1 - text.size(), '0');
    text.insert(text.size() - places, 1, '.');
  }
  return is_negative_ ? "-" + text : text;
}

Number Number::operator-() const {
  return Number(!is_negative_, digits_, exponent_);
}

Number operator+(const Number& a, const Number& b) {
  if (a.is_zero()) return b;
  if (b.is_zero()) return a;
  // So far apart that the smaller one does not reach the digits that are kept.
  const std::int32_t top_a = a.exponent_ + static_cast<std::int32_t>(a.digits_.size());
  const std::int32_t top_b = b.exponent_ + static_cast<std::int32_t>(b.digits_.size());
  if (std::abs(top_a - top_b) > static_cast<std::int32_t>(3 * precision)) return top_a > top_b ? a : b;
  const std::int32_t exponent = std::min(a.exponent_, b.exponent_);
  const std::string left = a.digits_ + zeros(a.exponent_ - exponent);
  const std::string right = b.digits_ + zeros(b.exponent_ - exponent);
  if (a.is_negative_ == b.is_negative_) return Number(a.is_negative_, sum_of(left, right), exponent);
  if (is_less(left, right)) return Number(b.is_negative_, difference_of(right, left), exponent);
  return Number(a.is_negative_, difference_of(left, right), exponent);
}

Number operator*(const Number& a, const Number& b) {
  if (a.is_zero() || b.is_zero()) return Number();
  return Number(a.is_negative_ != b.is_negative_, product_of(a.digits_, b.digits_), a.exponent_ + b.exponent_);
}

Number operator/(const Number& a, const Number& b) {
  if (a.is_zero()) return a;
  const std::int32_t extra = static_cast<std::int32_t>(precision + b.digits_.size()) + 1;
  std::string dividend = a.digits_ + zeros(extra);
  return Number(a.is_negative_ != b.is_negative_, quotient_of(dividend, b.digits_), a.exponent_ - b.exponent_ - extra);
}

Number operator%(const Number& a, const Number& b) {
  return a - (a / b).truncated() * b;
}

Number Number::truncated() const {
  if (exponent_ >= 0) return *this;
  const auto places = static_cast<std::size_t>(-exponent_);
  if (places >= digits_.size()) return Number();
  return Number(is_negative_, digits_.substr(0, digits_.size() - places), 0);
}

Number Number::floor() const {
  const Number cut = truncated();
  return is_negative_ && !(cut == *this) ? cut - Number(1) : cut;
}

Number Number::ceil() const {
  return -(-*this).floor();
}

}  // namespace secretwatch::hcl
