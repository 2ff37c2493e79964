#pragma once
/// Formula: a filter, or the contrary of one, as conditions that are all asked of a message, joined by "all" and "any".
///
///     Formulas formulas;
///     const Formula asked = formulas.all({formulas.of(filter, true), formulas.of(other, false)});
///     find_message(asked, domain, budget);   // a message that `filter` selects and `other` does not
///
/// There is no "not": the contrary of a comparison is a demand too, that no selected value satisfies it.
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "pattern/json_matcher.h"
#include "pattern/pattern.h"
#include "pattern/shape.h"

namespace secretwatch::pattern {

struct Formula {
  enum class Kind { demand, all, any };
  Kind kind = Kind::all;
  std::uint32_t id = 0;  // of this node, within its Formulas
  Shape demand{};
  std::uint32_t leaf = 0;  // equal for the same comparison, whichever way it is asked for
  bool holds = true;
  std::shared_ptr<const JsonMatcher> judge{};  // of the comparison itself; null: there is none
  std::vector<Formula> terms{};                // of all and any; none: all is always true, any never
};

/// Is the formula true of the message? False also where that is not easily told: a guide for a search, not a proof.
bool is_surely_true(const Formula& formula, const Json& message);

/// What a filter reads messages as. Filters of one domain can be held against each other exactly.
struct Domain {
  enum class Kind { json, text, fields };
  Kind kind = Kind::text;
  std::size_t fields = 0;
  bool is_open = false;  // fields with a `...`
  friend bool operator==(const Domain&, const Domain&) = default;
};
Domain domain_of(const Filter& filter);

class Formulas {
 public:
  /// Messages that the filter selects, or does not; of its domain.
  Formula of(const Filter& filter, bool selects);
  Formula all(std::vector<Formula> terms);

  struct Leaf {
    Place place{};
    std::string text{};  // canonical spelling
  };
  /// What was compared, by the id of a demand; null: this node is no demand.
  const Leaf* leaf_of(std::uint32_t id) const;

 private:
  Formula group(Formula::Kind kind, std::vector<Formula> terms);
  Formula demand(Shape shape, const Leaf& leaf, bool holds);
  Formula of_expression(const Expression& expression, bool holds);
  Formula of_leaf(const Expression& leaf, bool holds);
  Formula of_one_leaf(const Expression& leaf, bool holds);
  Formula of_none_equals(const Comparison& test, const Leaf& leaf, bool holds);
  Formula of_terms(const TermsPattern& pattern, bool selects);
  Formula of_fields(const DelimitedPattern& pattern, bool selects);
  Formula of_field(const Expression& condition, const std::string& position, bool holds);
  const ValueTest* prepare(std::unique_ptr<const ValueTest> test);

  std::uint32_t next_id_ = 0;
  std::map<std::string, std::uint32_t> leaf_numbers_;
  std::map<std::uint32_t, Leaf> leaves_;
  std::vector<std::unique_ptr<const ValueTest>> tests_;
};

}  // namespace secretwatch::pattern
