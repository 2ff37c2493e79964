#pragma once
/// Number: Terraform's one kind of number, as an exact decimal.
///
///     *Number::parse("0.1") + *Number::parse("0.2")   // 0.3
///     Number(7) / Number(2)                           // 3.5
///
/// Terraform calculates with 512 bits, which are 154 decimal digits: so many are kept here, too. What is shorter is
/// exact, so are all integers that fit; an endless fraction may differ in the last of these digits.
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace secretwatch::hcl {

class Number {
 public:
  Number() = default;
  explicit Number(std::int64_t value);

  /// "12", "-1.50", "1e3"; nothing for anything else, and for exponents beyond 10,000.
  static std::optional<Number> parse(std::string_view text);
  /// The shortest decimal that reads back as this double; nothing for infinities and what is no number.
  static std::optional<Number> from_double(double value);

  bool is_zero() const { return digits_.empty(); }
  bool is_negative() const { return is_negative_; }
  bool is_integer() const { return exponent_ >= 0; }
  /// Beyond 10,000 digits: more than is ever meant, and no longer exact.
  bool is_too_large() const;
  /// Nothing: not an integer, or not so small.
  std::optional<std::int64_t> integer() const;
  double as_double() const;
  /// Without exponent: "0.0000000001".
  std::string print() const;

  Number operator-() const;
  friend Number operator+(const Number& a, const Number& b);
  friend Number operator-(const Number& a, const Number& b) { return a + -b; }
  friend Number operator*(const Number& a, const Number& b);
  /// Requires that b is not zero.
  friend Number operator/(const Number& a, const Number& b);
  /// What is left when the quotient is cut at the point; it has the sign of a. Requires that b is not zero.
  friend Number operator%(const Number& a, const Number& b);
  /// Towards zero.
  Number truncated() const;
  Number floor() const;
  Number ceil() const;

  friend bool operator==(const Number& a, const Number& b) = default;
  friend bool operator<(const Number& a, const Number& b) { return (a - b).is_negative(); }

 private:
  Number(bool is_negative, std::string digits, std::int32_t exponent);

  // (-1)^is_negative_ * digits_ * 10^exponent_; no zeros at either end of the digits, none at all for zero.
  bool is_negative_ = false;
  std::string digits_;
  std::int32_t exponent_ = 0;
};

}  // namespace secretwatch::hcl
