#pragma once
/// Decimal: numbers compared exactly, digit by digit, whatever their size; and numbers as JSON messages carry them.
///
///     *Decimal::parse("1e3") == *Decimal::parse("1000.0")                          // true
///     *Decimal::parse("9007199254740992") == *Decimal::parse("9007199254740993")   // false, as doubles they would be
///
/// The service reads a JSON number without fraction and exponent as an integer of any length and every other one as a
/// double: recorded are 1e-999 as zero and 1e309 as an infinity, which no number equals, not even by `!=`. Compared
/// with quoted text, a wildcard or a regular expression a number is the text that Java gives it: 1e3 is "1000.0".
/// (Recorded for 12.0, 12.34, 1e0 and for the digits of 1e3, 1e309 and 1e-999; the rest follows Java's documentation.)
#include <compare>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace secretwatch::pattern {

/// [+-] digits [. digits] [e [+-] digits], with any exponent.
bool is_number(std::string_view text);

class Decimal {
 public:
  /// Nothing if the text is no number or its exponent is beyond +-2147483647, where the service rejects it too.
  static std::optional<Decimal> parse(std::string_view text);

  bool is_integer() const;
  /// As JSON spells an integer; nothing if it is none, or longer than that.
  std::optional<std::string> integer(std::size_t most_digits) const;

  friend std::strong_ordering operator<=>(const Decimal& a, const Decimal& b);
  friend bool operator==(const Decimal& a, const Decimal& b) { return std::is_eq(a <=> b); }

 private:
  bool negative_ = false;
  std::string digits_;          // neither begins nor ends with 0; empty: zero
  std::int64_t magnitude_ = 0;  // the value is 0.digits * 10^magnitude
};

/// `token` is a number by the grammar of JSON. The value is nothing if it became an infinity.
std::optional<Decimal> value_of_json_number(std::string_view token);
std::string text_of_json_number(std::string_view token);

}  // namespace secretwatch::pattern
