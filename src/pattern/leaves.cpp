#include "pattern/leaves.h"

#include <algorithm>
#include <cassert>

namespace secretwatch::pattern {
namespace {

const std::vector<Expression>* terms_of(const Expression& expression) {
  if (const auto* all = std::get_if<AllOf>(&expression.body)) return &all->terms;
  if (const auto* any = std::get_if<AnyOf>(&expression.body)) return &any->terms;
  return nullptr;
}

void collect(const Expression& expression, std::vector<const Expression*>& ancestors, std::vector<Leaf>& leaves) {
  const std::vector<Expression>* const terms = terms_of(expression);
  if (terms == nullptr) {
    leaves.push_back({&expression, print(selector_of(expression)), ancestors});
    return;
  }
  ancestors.push_back(&expression);
  for (const Expression& term : *terms) collect(term, ancestors, leaves);
  ancestors.pop_back();
}

/// Nothing: it holds for every message.
std::vector<Expression> rebuilt(const Expression& expression, const Expression* leaf,
                                const std::vector<Expression>& by) {
  if (&expression == leaf) return by;
  const std::vector<Expression>* const terms = terms_of(expression);
  if (terms == nullptr) return {expression};
  const bool is_all = std::holds_alternative<AllOf>(expression.body);
  std::vector<Expression> kept;
  for (const Expression& term : *terms) {
    std::vector<Expression> replaced = rebuilt(term, leaf, by);
    if (replaced.empty() && !is_all) return {};
    kept.insert(kept.end(), replaced.begin(), replaced.end());
  }
  if (kept.empty()) return {};
  return {is_all ? all_of(std::move(kept)) : any_of(std::move(kept))};
}

}  // namespace

std::vector<Leaf> leaves_of(const Filter& filter) {
  std::vector<Leaf> leaves;
  std::vector<const Expression*> ancestors;
  if (const auto* json = std::get_if<JsonPattern>(&filter.body)) collect(json->condition, ancestors, leaves);
  return leaves;
}

const Selector& selector_of(const Expression& leaf) {
  if (const auto* comparison = std::get_if<Comparison>(&leaf.body)) return comparison->selector;
  if (const auto* is = std::get_if<Is>(&leaf.body)) return is->selector;
  return std::get<NotExists>(leaf.body).selector;
}

Place place_of(const Leaf& leaf) {
  if (const auto* comparison = leaf.comparison()) return comparison->place;
  if (const auto* is = std::get_if<Is>(&leaf.expression->body)) return is->place;
  return std::get<NotExists>(leaf.expression->body).place;
}

std::string print(const Leaf& leaf) {
  const std::string text = print(Filter{JsonPattern{*leaf.expression}});
  return text.substr(2, text.size() - 4);  // without the braces
}

std::optional<std::string> text_of(const Operand& operand) {
  if (const auto* quoted = std::get_if<Quoted>(&operand)) return quoted->text;
  if (const auto* bare = std::get_if<Bare>(&operand)) return bare->text;
  if (const auto* number = std::get_if<Number>(&operand)) return number->text;
  return std::nullopt;
}

bool is_required(const Leaf& leaf) {
  return std::none_of(leaf.ancestors.begin(), leaf.ancestors.end(),
                      [](const Expression* ancestor) { return std::holds_alternative<AnyOf>(ancestor->body); });
}

Filter replace(const Filter& filter, const Leaf& leaf, const std::vector<Expression>& by) {
  const auto& json = std::get<JsonPattern>(filter.body);
  std::vector<Expression> condition = rebuilt(json.condition, leaf.expression, by);
  if (condition.empty()) return Filter{TermsPattern{}};
  return Filter{JsonPattern{std::move(condition.front())}};
}

}  // namespace secretwatch::pattern
