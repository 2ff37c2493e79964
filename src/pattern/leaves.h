#pragma once
/// Leaves: the single comparisons of a pattern, with what stands around each.
///
///     for (const Leaf& leaf : leaves_of(*parse(R"({ $.a = 1 && ($.b = "x" || $.c NOT EXISTS) })")))
///       leaf.field                                  // $.a, $.b, $.c
///     is_required(leaf)                             // true for $.a: no message is selected for which it fails
///
/// A Leaf points into the filter and into its own list of ancestors; the filter must outlive it. Patterns that are not
/// JSON have none.
#include <optional>
#include <string>
#include <vector>

#include "pattern/pattern.h"

namespace secretwatch::pattern {

struct Leaf {
  const Expression* expression = nullptr;      // a Comparison, Is or NotExists
  std::string field{};                         // its selector, as print() writes it
  std::vector<const Expression*> ancestors{};  // AllOf and AnyOf, from the outermost one to its parent

  const Comparison* comparison() const { return std::get_if<Comparison>(&expression->body); }
};

/// In the order of the pattern.
std::vector<Leaf> leaves_of(const Filter& filter);

const Selector& selector_of(const Expression& leaf);
inline const Selector& selector_of(const Leaf& leaf) {
  return selector_of(*leaf.expression);
}
Place place_of(const Leaf& leaf);

/// The canonical spelling, `$.a = "x"`.
std::string print(const Leaf& leaf);

/// What a comparison's field is compared with, as text without quotes; nothing: a regular expression.
std::optional<std::string> text_of(const Operand& operand);

/// It stands in no alternative.
bool is_required(const Leaf& leaf);

/// The filter with something else in the place of a leaf; no expression: as if it held.
Filter replace(const Filter& filter, const Leaf& leaf, const std::vector<Expression>& by);

}  // namespace secretwatch::pattern
