#include "pattern/json_matcher.h"

#include <algorithm>
#include <optional>
#include <utility>
#include <vector>

namespace secretwatch::pattern {
namespace {

using Kind = Json::Kind;

std::optional<Json::Id> child_of(const Json& json, Json::Id from, const Step& step) {
  const auto* const name = std::get_if<Member>(&step);
  return name != nullptr ? json.member(from, name->name) : json.element(from, std::get<Index>(step).position);
}

/// Is there a selected value of which `holds`? Steps from `step` on are still to be taken.
template <class Holds>
bool some(const Json& json, Json::Id from, const std::vector<Step>& steps, std::size_t step, const Holds& holds) {
  for (; step < steps.size() && !is_wildcard(steps[step]); ++step) {
    const std::optional<Json::Id> child = child_of(json, from, steps[step]);
    if (!child) return false;
    from = *child;
  }
  if (step == steps.size()) return holds(from);
  const std::vector<Json::Id> opened = json.children(from);
  return std::any_of(opened.begin(), opened.end(),
                     [&](Json::Id child) { return some(json, child, steps, step + 1, holds); });
}

template <class Holds>
bool some(const Json& json, const Selector& selector, const Holds& holds) {
  return some(json, Json::root(), selector.steps, 0, holds);
}

bool selects_any(const Json& json, const Selector& selector) {
  return some(json, selector, [](Json::Id) { return true; });
}

bool satisfies(const Json& json, Json::Id value, const Comparand& comparand) {
  if (json.kind(value) == Kind::string) return comparand.holds_for_string(json.text(value));
  if (json.kind(value) == Kind::number) return comparand.holds_for_number(json.text(value));
  return false;
}

bool holds_null(const Json& json, Json::Id array) {
  const std::vector<Json::Id> elements = json.children(array);
  return std::any_of(elements.begin(), elements.end(), [&](Json::Id e) { return json.kind(e) == Kind::null; });
}

bool is(const Json& json, Json::Id value, const Is& test) {
  switch (test.what) {
    case Is::What::true_value:
      return json.kind(value) == Kind::true_value;
    case Is::What::false_value:
      return json.kind(value) == Kind::false_value;
    case Is::What::null:
      break;
  }
  if (json.kind(value) == Kind::null) return true;
  return json.kind(value) == Kind::array && !has_wildcard(test.selector) && holds_null(json, value);
}

}  // namespace

JsonMatcher::JsonMatcher(const JsonPattern& pattern)
    : condition_(ConditionTree<Leaf>::from(pattern.condition, prepare)) {}

JsonMatcher::Leaf JsonMatcher::prepare(const Expression& leaf) {
  if (const auto* test = std::get_if<Is>(&leaf.body)) return *test;
  if (const auto* test = std::get_if<NotExists>(&leaf.body)) return *test;
  const auto& test = std::get<Comparison>(leaf.body);
  if (test.op != Operator::not_equal || !has_wildcard(test.selector))
    return SomeSatisfies{test.selector, Comparand(test.op, test.operand), test.place};
  const std::vector<Step>& steps = test.selector.steps;
  Selector opened{{steps.begin(), std::find_if(steps.begin(), steps.end(), is_wildcard)}};
  return NoneEquals{test.selector, std::move(opened), Comparand(Operator::equal, test.operand), test.place};
}

bool JsonMatcher::matches(std::string_view message) const {
  const std::optional<Json> json = read_json(message);
  return json && matches(*json);
}

bool JsonMatcher::matches(const Json& message) const {
  if (message.kind(Json::root()) != Kind::object) return false;
  return condition_.holds([&](const Leaf& leaf) { return holds(leaf, message); });
}

bool JsonMatcher::explain(const Json& message, std::vector<Place>& places) const {
  if (message.kind(Json::root()) != Kind::object) return false;
  std::vector<const Leaf*> decisive;
  const bool is_selected = condition_.decide([&](const Leaf& leaf) { return holds(leaf, message); }, decisive);
  for (const Leaf* const leaf : decisive)
    places.push_back(std::visit([](const auto& test) { return test.place; }, *leaf));
  return is_selected;
}

bool JsonMatcher::holds(const Leaf& leaf, const Json& message) {
  if (const auto* test = std::get_if<SomeSatisfies>(&leaf))
    return some(message, test->selector, [&](Json::Id v) { return satisfies(message, v, test->comparand); });
  if (const auto* test = std::get_if<NoneEquals>(&leaf))
    return selects_any(message, test->opened) &&
           !some(message, test->selector, [&](Json::Id v) { return satisfies(message, v, test->equal); });
  if (const auto* test = std::get_if<Is>(&leaf))
    return some(message, test->selector, [&](Json::Id v) { return is(message, v, *test); });
  return !selects_any(message, std::get<NotExists>(leaf).selector);
}

}  // namespace secretwatch::pattern
