#pragma once
/// Budget: how much work a question about patterns may take; what exceeds it is "not decided", never a guess.
///
///     Budget budget{1000};
///     budget.spend(400);   // true
///     budget.spend(601);   // false, and so is every later call
///
/// Counted are steps, not seconds, so that the same question has the same answer everywhere.
#include <cstddef>

namespace secretwatch::pattern {

struct Budget {
  std::size_t steps = 0;

  bool spend(std::size_t count) {
    const bool is_enough = steps >= count;
    steps = is_enough ? steps - count : 0;
    return is_enough;
  }
  bool is_spent() const { return steps == 0; }
};

}  // namespace secretwatch::pattern
