#pragma once
/// Slow matcher: the rules of filter patterns word for word, for tests only. Patterns are made here, not parsed: each
/// can write itself as text, which the engine then has to understand. Nothing is shared with src/pattern.
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "reference/pattern/slow_values.h"

namespace secretwatch::reference {

struct Step {
  enum class Kind { member, quoted_member, index, any_in_brackets, any_after_dot };
  Kind kind = Kind::member;
  std::string name{};
  std::size_t index = 0;
};
using Path = std::vector<Step>;

struct Operand {
  enum class Kind { quoted, word, number, regex };
  Kind kind = Kind::word;
  std::string text{};
};

/// `path op operand`; for IS NULL, IS TRUE, IS FALSE and NOT EXISTS `op` is that, and there is no operand.
struct Test {
  Path path{};
  std::string op{};
  Operand operand{};
};

struct Condition {
  enum class Kind { test, all, any };
  Kind kind = Kind::test;
  Test test{};
  std::vector<Condition> terms{};
};

std::string write(const Condition& condition, const Choose& choose = plainly);
bool holds(const Condition& condition, const Value& event);

struct Term {
  char sign = '+';  // + - ?
  std::string text{};
  bool quoted = false;
};
std::string write(const std::vector<Term>& terms);
bool holds(const std::vector<Term>& terms, const std::string& message);

struct Field {
  enum class Kind { named, unnamed, ellipsis };
  Kind kind = Kind::named;
  std::string name{};
  std::optional<Condition> condition{};  // its tests have no path: they are about the field
};
std::string write(const std::vector<Field>& fields);
/// Extracted values by name, if the pattern selects the message.
std::optional<std::map<std::string, std::string>> extract(const std::vector<Field>& fields, const std::string& message);

/// `*` takes the first place where the next piece occurs and never goes back.
bool fits(const std::string& wildcard, const std::string& text);

}  // namespace secretwatch::reference
