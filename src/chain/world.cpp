#include "chain/world.h"

#include <algorithm>
#include <atomic>

namespace secretwatch::chain {
namespace {

using stack::Comparison;
using stack::Condition;
using stack::ConditionId;
using stack::Text;

/// Both ask whether the same text is something, and the two somethings differ.
bool exclude_each_other(const Condition& a, const Condition& b) {
  for (std::size_t i = 0; i < 2; ++i)
    for (std::size_t j = 0; j < 2; ++j)
      if (compare(a.texts[i], b.texts[j]) == Comparison::equal &&
          compare(a.texts[1 - i], b.texts[1 - j]) == Comparison::different)
        return true;
  return false;
}

bool is_same_question(const Condition& a, const Condition& b) {
  const auto equal = [](const Text& x, const Text& y) { return compare(x, y) == Comparison::equal; };
  return (equal(a.texts[0], b.texts[0]) && equal(a.texts[1], b.texts[1])) ||
         (equal(a.texts[0], b.texts[1]) && equal(a.texts[1], b.texts[0]));
}

bool is_equation(const Condition& condition) {
  return condition.test == Condition::Test::equals && condition.texts.size() == 2;
}

}  // namespace

std::size_t Tables::new_number() {
  static std::atomic<std::size_t> next = 0;
  return next++;
}

bool World::holds(ConditionId id) const {
  ++asked_;
  const Condition& condition = stack_[id];
  const auto holds_term = [this](ConditionId term) { return holds(term); };
  switch (condition.test) {
    case Condition::Test::all_of:
      return std::all_of(condition.terms.begin(), condition.terms.end(), holds_term);
    case Condition::Test::any_of:
      return std::any_of(condition.terms.begin(), condition.terms.end(), holds_term);
    case Condition::Test::negation:
      return !holds(condition.terms.at(0));
    case Condition::Test::equals:
    case Condition::Test::unknown:
      return assume(id);
  }
  return true;
}

/// What earlier answers say about an equation.
std::optional<bool> World::follows(const Condition& condition) const {
  if (!is_equation(condition)) return std::nullopt;
  const Comparison comparison = compare(condition.texts[0], condition.texts[1]);
  if (comparison != Comparison::undecided) return comparison == Comparison::equal;
  for (const Answer& answer : answers_) {
    const Condition& earlier = stack_[answer.condition];
    if (!is_equation(earlier)) continue;
    if (is_same_question(earlier, condition)) return answer.holds;
    if (answer.holds && exclude_each_other(earlier, condition)) return false;
  }
  return std::nullopt;
}

bool World::assume(ConditionId id) const {
  for (const Answer& answer : answers_)
    if (answer.condition == id) return answer.holds;
  if (const std::optional<bool> known = follows(stack_[id])) return *known;
  answers_.push_back({id, true, false});
  return true;
}

bool for_each_world(const stack::Stack& stack, const std::function<void(const World&)>& judge, const Limits& limits,
                    Tables* shared) {
  const std::size_t given = limits.given.size();
  std::vector<World::Answer> answers = limits.given;
  for (std::size_t visited = 0; visited < limits.worlds; ++visited) {
    const World world(stack, answers, shared);
    judge(world);
    answers = world.answers();
    while (answers.size() > given && answers.back().is_last) answers.pop_back();
    if (answers.size() <= given) return true;
    answers.back() = {answers.back().condition, !answers.back().holds, true};
  }
  return false;
}

}  // namespace secretwatch::chain
