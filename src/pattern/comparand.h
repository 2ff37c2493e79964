#pragma once
/// Comparand: operator and operand of a comparison, made ready to be held against many values.
///
///     const Comparand is_big(Operator::greater, Number{"1e3"});
///     is_big.holds_for_number("1000.5");   // true
///     is_big.holds_for_string("1000.5");   // false: strings have no order
///
/// What a comparison means depends on where the value comes from; recorded answers of TestMetricFilter agree with all
/// of this except where "inferred" is said:
///
/// | operand            | JSON string     | JSON number                         | token of a delimited event         |
/// | number             | = != as text    | exactly by value; infinity: false   | by value; no number: only != holds |
/// | text, wildcard     | as text         | the number's text (decimal.h)       | as text                            |
/// | regular expression | searched        | the number's text (decimal.h)       | searched                           |
///
/// Inferred: that a token which is no number satisfies `!=` with a number.
#include <memory>
#include <string>
#include <string_view>
#include <variant>

#include <re2/re2.h>

#include "pattern/decimal.h"
#include "pattern/pattern.h"
#include "pattern/wildcard.h"

namespace secretwatch::pattern {

class Comparand {
 public:
  /// An operator that orders needs a Number; a regular expression must pass check_regex().
  Comparand(Operator op, const Operand& operand);

  bool holds_for_string(std::string_view characters) const;
  /// `token`: the spelling of a JSON number.
  bool holds_for_number(std::string_view token) const;
  bool holds_for_field(std::string_view token) const;

 private:
  struct ExactNumber {
    std::string text;
    Decimal value;
  };
  using Prepared = std::variant<Wildcard, ExactNumber, std::unique_ptr<const RE2>>;

  static Prepared prepare(const Operand& operand);
  bool holds_for_text(std::string_view text) const;
  bool holds_for_value(const Decimal& value) const;

  Operator op_;
  Prepared operand_;
};

}  // namespace secretwatch::pattern
