#pragma once
/// ValueTest: a comparison made ready for the question which values satisfy it, and the search for a value that
/// satisfies some comparisons and fails others.
///
///     const ValueTest begins(Operator::equal, Quoted{"s3*"});
///     const ValueTest other(Operator::not_equal, Quoted{"s3"});
///     find_string({{&begins, true}, {&other, true}}, budget);   // found: "s3x"
///     find_string({{&begins, true}, {&other, false}}, budget);  // found: "s3", the only one
///
/// "None" is proven: by the one candidate that is left, by an empty product of automata (automaton.h), or by bounds
/// that leave no number between them. "Found" was judged by Comparand, the very thing that judges events.
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "pattern/automaton.h"
#include "pattern/budget.h"
#include "pattern/comparand.h"
#include "pattern/pattern.h"

namespace secretwatch::pattern {

class ValueTest {
 public:
  ValueTest(Operator op, const Operand& operand);
  /// A term: the text occurs in the message.
  static ValueTest part(const std::string& text);

  bool holds_for_string(std::string_view text) const;
  bool holds_for_number(std::string_view token) const { return comparand_ && comparand_->holds_for_number(token); }
  bool holds_for_field(std::string_view token) const { return comparand_ && comparand_->holds_for_field(token); }

  Operator op() const { return op_; }
  /// The one text that equals the operand, if there is but one.
  const std::optional<std::string>& only_text() const { return only_text_; }
  const std::optional<std::string>& regex() const { return regex_; }
  /// The texts that equal the operand; null: not known.
  const Automaton* texts() const { return texts_ ? &*texts_ : nullptr; }
  /// The operand, if it is a number: its spelling and its value.
  const std::optional<std::string>& number() const { return number_; }
  const std::optional<Decimal>& value() const { return value_; }

 private:
  ValueTest() = default;

  Operator op_ = Operator::equal;
  std::optional<Comparand> comparand_{};
  std::optional<std::string> only_text_{};
  std::optional<Automaton> texts_{};
  std::optional<std::string> number_{};
  std::optional<std::string> regex_{};
  std::optional<Decimal> value_{};
};

/// A test and whether the value sought is to satisfy it.
struct Wish {
  const ValueTest* test = nullptr;
  bool holds = true;
};

/// The characters of a JSON string, the token of a JSON number, the token of a delimited event.
FoundText find_string(const std::vector<Wish>& wishes, Budget& budget);
FoundText find_number(const std::vector<Wish>& wishes, Budget& budget);
FoundText find_field(const std::vector<Wish>& wishes, Budget& budget);

}  // namespace secretwatch::pattern
