/// Conditions: decided where the template and its parameters decide them, else kept in the stack in the template's own
/// structure.
#include "load/conditions.h"

#include <algorithm>

#include <fmt/format.h>

#include "base/text.h"
#include "load/evaluator.h"

namespace secretwatch::load {

using stack::Comparison;
using stack::Condition;
using stack::ConditionId;

namespace {

/// Conditions that refer to conditions, one behind the other; no template comes near.
constexpr std::size_t deepest = 200;
/// In which an equation is looked at, when its sides depend on conditions.
constexpr std::size_t most_worlds = 64;
/// What one world can be assumed to settle.
constexpr std::size_t most_assumptions = 1'000;

}  // namespace

Decision Evaluator::undecidable(const std::string& name, std::string reason, const Span& span) {
  Condition condition;
  condition.name = name;
  condition.test = Condition::Test::unknown;
  condition.reason = std::move(reason);
  condition.span = span;
  return stack_.add(std::move(condition));
}

Decision Evaluator::decide(const std::string& name) {
  Decision decision = decide_named(name, 0);
  std::size_t steps = most_assumptions;
  if (const auto* const id = std::get_if<ConditionId>(&decision); id != nullptr && !assumed_.empty())
    if (const std::optional<bool> holds = follows(*id, steps)) return *holds;
  return decision;
}

Decision Evaluator::decide_named(const std::string& name, std::size_t depth) {
  if (const auto known = decisions_.find(name); known != decisions_.end()) {
    if (known->second) return *known->second;
    return undecidable(name, fmt::format("condition '{}' depends on itself", shown(name)), {});
  }
  const auto written = names_.conditions.find(name);
  if (written == names_.conditions.end()) {
    miss(name);
    const Decision decision = undecidable(name, fmt::format("there is no condition '{}'", shown(name)), {});
    decisions_.emplace(name, decision);
    return decision;
  }
  if (depth > deepest) return undecidable(name, "conditions refer to one another too deeply", written->second->span);
  decisions_.emplace(name, std::nullopt);
  const Decision decision = decide_expression(*written->second, name, depth + 1);
  decisions_[name] = decision;
  return decision;
}

Decision Evaluator::decide_expression(const doc::Node& node, const std::string& name, std::size_t depth) {
  std::string function = function_of_tag(node.tag);
  const doc::Node* argument = &node;
  if (function.empty() && node.entries.size() == 1) {
    function = node.entries.front().key.text;
    argument = &node.entries.front().value;
  }
  if (function == "Condition" && argument->kind == doc::Kind::scalar) return decide_named(argument->text, depth + 1);
  if (function == "Fn::Equals") return decide_equals(*argument, name, node.span);
  if (function == "Fn::And") return decide_junction(*argument, true, name, depth);
  if (function == "Fn::Or") return decide_junction(*argument, false, name, depth);
  if (function == "Fn::Not" && argument->items.size() == 1) {
    const Decision inner = decide_expression(argument->items.front(), name + "/1", depth + 1);
    if (const bool* const holds = std::get_if<bool>(&inner)) return !*holds;
    Condition condition;
    condition.name = name;
    condition.test = Condition::Test::negation;
    condition.terms = {std::get<ConditionId>(inner)};
    condition.span = node.span;
    return stack_.add(std::move(condition));
  }
  return undecidable(name,
                     function.empty() ? std::string("not written as a condition")
                                      : fmt::format("{} is not evaluated", shown(function)),
                     node.span);
}

Decision Evaluator::decide_junction(const doc::Node& argument, bool all, const std::string& name, std::size_t depth) {
  Condition condition;
  condition.name = name;
  condition.test = all ? Condition::Test::all_of : Condition::Test::any_of;
  condition.span = argument.span;
  for (std::size_t i = 0; i < argument.items.size(); ++i) {
    const Decision term = decide_expression(argument.items[i], fmt::format("{}/{}", name, i + 1), depth + 1);
    if (const bool* const holds = std::get_if<bool>(&term)) {
      if (*holds != all) return !all;  // one false term settles an And, one true term an Or
    } else {
      condition.terms.push_back(std::get<ConditionId>(term));
    }
  }
  if (condition.terms.empty()) return all;
  if (condition.terms.size() == 1) return condition.terms.front();
  return stack_.add(std::move(condition));
}

std::optional<bool> Evaluator::equal(const Item& a, const Item& b) const {
  if (!a.is(Item::Kind::text) || !b.is(Item::Kind::text)) return std::nullopt;
  const Comparison comparison = compare(a.text, b.text);
  if (comparison != Comparison::undecided) return comparison == Comparison::equal;
  // A parameter without value cannot be what it is not allowed to be.
  const auto cannot_be = [&](const Item& asked, const Item& wanted) {
    const std::optional<std::string> literal = wanted.literal();
    const auto* const id =
        asked.text.parts().size() == 1 ? std::get_if<stack::ParameterId>(&asked.text.parts().front()) : nullptr;
    if (!literal || id == nullptr) return false;
    const auto state = names_.parameters.find(stack_[*id].name);
    return state != names_.parameters.end() && state->second.id == *id && !state->second.value &&
           !state->second.allowed.empty() &&
           std::find(state->second.allowed.begin(), state->second.allowed.end(), *literal) ==
               state->second.allowed.end();
  };
  if (cannot_be(a, b) || cannot_be(b, a)) return false;
  return std::nullopt;
}

Decision Evaluator::decide_equals(const doc::Node& argument, const std::string& name, const Span& span) {
  if (argument.kind != doc::Kind::sequence || argument.items.size() != 2)
    return undecidable(name, "Fn::Equals is not given two values", span);
  // The values of secret parameters decide, but only the answer is kept.
  reveals_secrets_ = true;
  const std::vector<Item> revealed = evaluate_first(argument, 2);
  reveals_secrets_ = false;
  if (const std::optional<bool> known = equal(revealed[0], revealed[1])) return *known;
  const std::vector<Item> kept = evaluate_first(argument, 2);
  std::size_t worlds = most_worlds;
  return decide_equality(kept[0], kept[1], name, span, worlds);
}

/// Where a value depends on a condition, as one that a nesting template gives may, the answer depends on it too.
Decision Evaluator::decide_equality(const Item& a, const Item& b, const std::string& name, const Span& span,
                                    std::size_t& worlds) {
  if (const std::optional<bool> known = equal(a, b)) return *known;
  std::optional<ConditionId> choice = find_choice(a);
  if (!choice) choice = find_choice(b);
  if (choice && worlds > 0) {
    --worlds;
    const Decision then =
        decide_equality(restrict_to(a, *choice, true), restrict_to(b, *choice, true), name + "/1", span, worlds);
    const Decision otherwise =
        decide_equality(restrict_to(a, *choice, false), restrict_to(b, *choice, false), name + "/2", span, worlds);
    return decide_branches(*choice, then, otherwise, name, span);
  }
  if (a.is(Item::Kind::unknown)) return undecidable(name, a.unknown.reason, span);
  if (b.is(Item::Kind::unknown)) return undecidable(name, b.unknown.reason, span);
  if (!a.is(Item::Kind::text) || !b.is(Item::Kind::text))
    return undecidable(name, "Fn::Equals is not given two texts", span);
  Condition condition;
  condition.name = name;
  condition.test = Condition::Test::equals;
  condition.texts = {a.text, b.text};
  condition.span = span;
  return stack_.add(std::move(condition));
}

Decision Evaluator::decide_branches(ConditionId condition, const Decision& then, const Decision& otherwise,
                                    const std::string& name, const Span& span) {
  if (then == otherwise) return then;
  Condition either;
  either.name = name;
  either.test = Condition::Test::any_of;
  either.span = span;
  const auto add = [&](ConditionId branch, const Decision& decision) {
    const bool* const holds = std::get_if<bool>(&decision);
    if (holds == nullptr) {
      either.terms.push_back(*conditions_.both(branch, std::get<ConditionId>(decision)));
    } else if (*holds) {
      either.terms.push_back(branch);
    }
  };
  add(condition, then);
  add(conditions_.negation_of(condition), otherwise);
  if (either.terms.size() == 1) return either.terms.front();
  return stack_.add(std::move(either));
}

Item Evaluator::choose(const doc::Node& argument, const Span& span) {
  if (argument.kind != doc::Kind::sequence || argument.items.size() != 3)
    return unknown_item("Fn::If is not given a condition and two values", span);
  const std::optional<std::string> name = name_in(argument.items[0], "Condition");
  if (!name) return unknown_item("Fn::If is not given the name of a condition", span);
  const Decision decision = decide(*name);
  if (const bool* const holds = std::get_if<bool>(&decision)) return evaluate(argument.items[*holds ? 1 : 2]);
  const ConditionId condition = std::get<ConditionId>(decision);
  Item branches[2];
  for (const bool holds : {true, false}) {
    const Assumption assumption(*this, condition, holds);
    branches[holds ? 0 : 1] = evaluate(argument.items[holds ? 1 : 2]);
  }
  return choice_item(condition, std::move(branches[0]), std::move(branches[1]), span);
}

ConditionId Conditions::negation_of(ConditionId condition) {
  const auto [known, is_new] = negations_.emplace(static_cast<std::uint32_t>(condition), ConditionId{});
  if (!is_new) return known->second;
  Condition negation;
  negation.name = "not " + stack_[condition].name;
  negation.test = Condition::Test::negation;
  negation.terms = {condition};
  negation.span = stack_[condition].span;
  known->second = stack_.add(std::move(negation));
  return known->second;
}

stack::Presence Conditions::both(stack::Presence a, stack::Presence b) {
  if (!a || !b || *a == *b) return a ? a : b;
  const std::uint64_t key = static_cast<std::uint64_t>(*a) << 32U | static_cast<std::uint64_t>(*b);
  const auto [known, is_new] = pairs_.emplace(key, ConditionId{});
  if (!is_new) return known->second;
  Condition condition;
  condition.name = stack_[*a].name + " and " + stack_[*b].name;
  condition.test = Condition::Test::all_of;
  condition.terms = {*a, *b};
  condition.span = stack_[*b].span;
  known->second = stack_.add(std::move(condition));
  return known->second;
}

// --- assumptions ---

Evaluator::Assumption::Assumption(Evaluator& evaluator, ConditionId condition, bool holds)
    : evaluator_(evaluator), before_(evaluator.assumed_.size()) {
  evaluator.assume(condition, holds);
}

void Evaluator::assume(ConditionId condition, bool holds) {
  // What follows from it follows from there; each is taken once, so that shared terms cost nothing.
  std::vector<std::pair<ConditionId, bool>> pending{{condition, holds}};
  while (!pending.empty() && assumed_.size() < most_assumptions) {
    const auto [id, is_so] = pending.back();
    pending.pop_back();
    if (assumed(id)) continue;
    assumed_.emplace_back(id, is_so);
    const Condition& expression = stack_[id];
    const bool settles_terms =
        (expression.test == Condition::Test::all_of && is_so) || (expression.test == Condition::Test::any_of && !is_so);
    const bool is_negation = expression.test == Condition::Test::negation;
    if (!settles_terms && !is_negation) continue;
    for (const ConditionId term : expression.terms) pending.emplace_back(term, is_negation != is_so);
  }
}

std::optional<bool> Evaluator::follows(ConditionId condition, std::size_t& steps) const {
  if (const std::optional<bool> holds = assumed(condition)) return holds;
  const Condition& expression = stack_[condition];
  if (expression.test == Condition::Test::equals || expression.test == Condition::Test::unknown) return std::nullopt;
  const bool any = expression.test == Condition::Test::any_of;
  bool all_known = true;
  for (const ConditionId term : expression.terms) {
    if (steps == 0) return std::nullopt;
    --steps;
    const std::optional<bool> holds = follows(term, steps);
    if (expression.test == Condition::Test::negation) return holds ? std::optional(!*holds) : std::nullopt;
    if (holds == any) return any;  // one true term settles an Or, one false term an And
    all_known = all_known && holds.has_value();
  }
  return all_known ? std::optional(!any) : std::nullopt;
}

std::optional<bool> Evaluator::assumed(ConditionId condition) const {
  for (const auto& [id, holds] : assumed_)
    if (id == condition) return holds;
  return std::nullopt;
}

}  // namespace secretwatch::load
