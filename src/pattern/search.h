#pragma once
/// Search: a message that a formula is true of, or the proof that there is none.
///
///     const Outcome outcome = search(asked, domain, is_right, budget);
///
/// Alternatives are tried one after the other; what has already been asked for is checked before each further step, and
/// an alternative that had no part in a contradiction is not varied (as in solvers for satisfiability). So lists of
/// events, forms and exclusions of many terms each are decided without trying their product.
#include <functional>
#include <string>
#include <vector>

#include "pattern/budget.h"
#include "pattern/formula.h"

namespace secretwatch::pattern {

struct Outcome {
  Search result = Search::not_decided;
  std::string message{};
  /// If there is none: ids of demands that contradict each other, none of them needless; the first few found.
  std::vector<std::vector<std::uint32_t>> contradictions{};
};

/// `is_right` judges a message that was found; one that it does not confirm counts as not decided.
Outcome search(const Formula& asked, const Domain& domain, const std::function<bool(const std::string&)>& is_right,
               Budget& budget);

}  // namespace secretwatch::pattern
