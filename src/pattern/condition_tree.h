#pragma once
/// ConditionTree: a condition whose leaves have been made ready for judging; what a leaf is, the user says.
///
///     const auto tree = ConditionTree<Leaf>::from(expression, [](const Expression& leaf) { return Leaf(…); });
///     tree.holds([&](const Leaf& leaf) { return …; });
///     tree.decide([&](const Leaf& leaf) { return …; }, decisive);   // the same, and the leaves that decided it
///
/// All calls descend as deep as AllOf and AnyOf alternate: little more than a hundred levels in 1,024 characters.
#include <algorithm>
#include <cstddef>
#include <variant>
#include <vector>

#include "pattern/pattern.h"

namespace secretwatch::pattern {

template <class Leaf>
struct ConditionTree {
  struct All {
    std::vector<ConditionTree> terms;
  };
  struct Any {
    std::vector<ConditionTree> terms;
  };
  std::variant<Leaf, All, Any> body;

  template <class Prepare>
  static ConditionTree from(const Expression& expression, const Prepare& prepare) {
    if (const auto* all = std::get_if<AllOf>(&expression.body)) return {All{from_each(all->terms, prepare)}};
    if (const auto* any = std::get_if<AnyOf>(&expression.body)) return {Any{from_each(any->terms, prepare)}};
    return {prepare(expression)};
  }

  template <class Judge>
  bool holds(const Judge& judge) const {
    const auto term_holds = [&](const ConditionTree& term) { return term.holds(judge); };
    if (const auto* all = std::get_if<All>(&body)) return std::all_of(all->terms.begin(), all->terms.end(), term_holds);
    if (const auto* any = std::get_if<Any>(&body)) return std::any_of(any->terms.begin(), any->terms.end(), term_holds);
    return judge(std::get<Leaf>(body));
  }

  /// Adds the leaves that decided: of terms of which one settles it, that one's, otherwise those of all of them.
  template <class Judge>
  bool decide(const Judge& judge, std::vector<const Leaf*>& decisive) const {
    if (const auto* leaf = std::get_if<Leaf>(&body)) {
      decisive.push_back(leaf);
      return judge(*leaf);
    }
    const auto* any = std::get_if<Any>(&body);
    const bool settles = any != nullptr;
    const std::size_t before = decisive.size();
    for (const ConditionTree& term : any != nullptr ? any->terms : std::get<All>(body).terms) {
      const std::size_t of_others = decisive.size();
      if (term.decide(judge, decisive) != settles) continue;
      decisive.erase(decisive.begin() + static_cast<std::ptrdiff_t>(before),
                     decisive.begin() + static_cast<std::ptrdiff_t>(of_others));
      return settles;
    }
    return !settles;
  }

 private:
  template <class Prepare>
  static std::vector<ConditionTree> from_each(const std::vector<Expression>& terms, const Prepare& prepare) {
    std::vector<ConditionTree> prepared;
    prepared.reserve(terms.size());
    for (const Expression& term : terms) prepared.push_back(from(term, prepare));
    return prepared;
  }
};

}  // namespace secretwatch::pattern
