#include "lint/where.h"

#include <fmt/format.h>

namespace secretwatch::lint {
namespace {

using stack::ConditionId;

/// A condition and what it comes to.
struct Term {
  ConditionId condition{};
  bool holds = true;
};

/// What a world's answers settle about a condition; nothing: it was not asked there.
std::optional<bool> settled(const stack::Stack& stack, const Answers& answers, ConditionId condition) {
  const chain::World world(stack, answers);
  const bool holds = world.holds(condition);
  return world.answers().size() == answers.size() ? std::optional(holds) : std::nullopt;
}

/// Conditions that people wrote; those inside them are named like paths ("IsProd/1").
std::vector<ConditionId> named_conditions(const stack::Stack& stack) {
  std::vector<ConditionId> named;
  for (std::size_t i = 0; i < stack.conditions.size(); ++i)
    if (!stack.conditions[i].name.empty() && stack.conditions[i].name.find('/') == std::string::npos)
      named.push_back(static_cast<ConditionId>(i));
  return named;
}

class Describer {
 public:
  Describer(const stack::Stack& stack, const std::vector<Answers>& worlds, const std::vector<bool>& is_in)
      : stack_(stack), worlds_(worlds), is_in_(is_in) {}

  std::string describe() const {
    std::vector<Term> common;  // of all worlds in which it was seen
    for (const ConditionId condition : named_conditions(stack_)) {
      const std::optional<bool> holds = common_answer(condition);
      if (!holds) continue;
      const Term term{condition, *holds};
      if (excludes_others({term})) return fmt::format("only where {}", spelled(term));
      common.push_back(term);
    }
    if (!excludes_others(common)) return "only under some of the answers to the conditions that are left open";
    // Each term that can be left out is.
    for (std::size_t i = common.size(); i-- > 0;) {
      std::vector<Term> fewer = common;
      fewer.erase(fewer.begin() + static_cast<std::ptrdiff_t>(i));
      if (excludes_others(fewer)) common = std::move(fewer);
    }
    std::vector<std::string> words;
    for (const Term& term : common) words.push_back(spelled(term));
    return fmt::format("only where {}", fmt::join(words, " and "));
  }

 private:
  std::optional<bool> common_answer(ConditionId condition) const {
    std::optional<bool> common;
    for (std::size_t i = 0; i < worlds_.size(); ++i) {
      if (!is_in_[i]) continue;
      const std::optional<bool> holds = settled(stack_, worlds_[i], condition);
      if (!holds || (common && *common != *holds)) return std::nullopt;
      common = holds;
    }
    return common;
  }

  /// Does each world in which it was not seen contradict one of the terms?
  bool excludes_others(const std::vector<Term>& terms) const {
    for (std::size_t i = 0; i < worlds_.size(); ++i) {
      if (is_in_[i]) continue;
      bool contradicts = false;
      for (const Term& term : terms) {
        const std::optional<bool> holds = settled(stack_, worlds_[i], term.condition);
        contradicts = contradicts || (holds && *holds != term.holds);
      }
      if (!contradicts) return false;
    }
    return true;
  }

  std::string spelled(const Term& term) const {
    return fmt::format("condition '{}' {}", stack_[term.condition].name, term.holds ? "holds" : "does not hold");
  }

  const stack::Stack& stack_;
  const std::vector<Answers>& worlds_;
  const std::vector<bool>& is_in_;
};

}  // namespace

std::string describe_where(const stack::Stack& stack, const std::vector<Answers>& worlds,
                           const std::vector<bool>& is_in) {
  return Describer(stack, worlds, is_in).describe();
}

}  // namespace secretwatch::lint
