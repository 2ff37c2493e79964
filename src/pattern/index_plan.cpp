#include "pattern/index_plan.h"

#include <algorithm>
#include <set>

namespace secretwatch::pattern {
namespace {

const std::string* text_of(const Operand& operand) {
  if (const auto* quoted = std::get_if<Quoted>(&operand)) return &quoted->text;
  if (const auto* bare = std::get_if<Bare>(&operand)) return &bare->text;
  return nullptr;
}

}  // namespace

FilterIndex::Plan::Plan(const std::vector<const Filter*>& filters) : condition_of(filters.size()) {
  std::vector<FilterId> json_filters;
  for (std::size_t i = 0; i < filters.size(); ++i) {
    const auto number = static_cast<FilterId>(i);
    if (const auto* json = std::get_if<JsonPattern>(&filters[i]->body)) {
      condition_of[i] = add(json->condition);
      json_filters.push_back(number);
    } else {
      text_filters.push_back({number, Matcher(*filters[i])});
    }
  }
  count_filters(json_filters);
  group(json_filters);
  known_.clear();
}

FilterIndex::Plan::NodeId FilterIndex::Plan::intern(const std::string& name, Node node) {
  const auto [found, is_new] = known_.try_emplace(name, static_cast<NodeId>(nodes.size()));
  if (is_new) nodes.push_back(std::move(node));
  return found->second;
}

FilterIndex::Plan::NodeId FilterIndex::Plan::add(const Expression& expression) {
  const auto* all = std::get_if<AllOf>(&expression.body);
  const auto* any = std::get_if<AnyOf>(&expression.body);
  if (all == nullptr && any == nullptr) return add_test(expression);
  Node node;
  node.kind = all != nullptr ? Node::Kind::all : Node::Kind::any;
  std::string name = all != nullptr ? "all" : "any";
  for (const Expression& term : all != nullptr ? all->terms : any->terms) {
    node.terms.push_back(add(term));
    name += " " + std::to_string(node.terms.back());
  }
  return intern(name, std::move(node));
}

FilterIndex::Plan::NodeId FilterIndex::Plan::add_test(const Expression& leaf) {
  const std::string name = print(leaf);  // comparisons are the same if they are written the same, wherever that was
  if (const auto found = known_.find(name); found != known_.end()) return found->second;
  Node node;
  node.test = static_cast<std::uint32_t>(tests.size());
  tests.push_back(prepare(leaf));
  return intern(name, std::move(node));
}

FilterIndex::Plan::Test FilterIndex::Plan::prepare(const Expression& leaf) {
  Test test;
  if (const auto* not_exists = std::get_if<NotExists>(&leaf.body)) {
    test.kind = Test::Kind::not_exists;
    test.selector = selections.add(not_exists->selector);
    return test;
  }
  if (const auto* is = std::get_if<Is>(&leaf.body)) {
    test.kind = Test::Kind::is;
    test.selector = selections.add(is->selector);
    test.what = is->what;
    test.has_wildcard = has_wildcard(is->selector);
    return test;
  }
  const auto& comparison = std::get<Comparison>(leaf.body);
  test.selector = selections.add(comparison.selector);
  if (comparison.op == Operator::not_equal && has_wildcard(comparison.selector)) {
    test.kind = Test::Kind::none_equals;
    const std::vector<Step>& steps = comparison.selector.steps;
    test.opened = selections.add({{steps.begin(), std::find_if(steps.begin(), steps.end(), is_wildcard)}});
    test.comparand = std::make_unique<const Comparand>(Operator::equal, comparison.operand);
    return test;
  }
  test.comparand = std::make_unique<const Comparand>(comparison.op, comparison.operand);
  const std::string* const text = text_of(comparison.operand);
  test.is_anchor = comparison.op == Operator::equal && text != nullptr && Anchors::can_hold(*text);
  if (test.is_anchor) test.anchor = *text;
  return test;
}

void FilterIndex::Plan::count_filters(const std::vector<FilterId>& json_filters) {
  for (const FilterId filter : json_filters) {
    std::set<NodeId> reached;
    std::vector<NodeId> open = {condition_of[filter]};
    while (!open.empty()) {
      const NodeId at = open.back();
      open.pop_back();
      if (!reached.insert(at).second) continue;
      ++nodes[at].filters;
      open.insert(open.end(), nodes[at].terms.begin(), nodes[at].terms.end());
    }
  }
}

/// Tests of which at least one must hold for the node to hold; of several such lists the one that is shared least. What
/// is only the guard again tells nothing.
std::optional<std::vector<FilterIndex::Plan::NodeId>> FilterIndex::Plan::anchors_of(
    NodeId node, const std::optional<NodeId>& guard) const {
  const auto most_shared = [&](const std::vector<NodeId>& list) {
    std::uint32_t most = 0;
    for (const NodeId at : list) most = std::max(most, nodes[at].filters);
    return most;
  };
  const Node& at = nodes[node];
  if (at.kind == Node::Kind::test) {
    if (!tests[at.test].is_anchor || node == guard) return std::nullopt;
    return std::vector<NodeId>{node};
  }
  std::optional<std::vector<NodeId>> best;
  for (const NodeId term : at.terms) {
    std::optional<std::vector<NodeId>> of_term = anchors_of(term, guard);
    if (at.kind == Node::Kind::all) {
      if (of_term && (!best || most_shared(*of_term) < most_shared(*best))) best = std::move(of_term);
      continue;
    }
    if (!of_term) return std::nullopt;
    if (!best) best.emplace();
    best->insert(best->end(), of_term->begin(), of_term->end());
  }
  return best;
}

void FilterIndex::Plan::group(const std::vector<FilterId>& json_filters) {
  std::map<std::optional<NodeId>, std::size_t> group_of_guard;
  for (const FilterId filter : json_filters) {
    const Node& condition = nodes[condition_of[filter]];
    std::optional<NodeId> guard;
    if (condition.kind == Node::Kind::all)
      for (const NodeId term : condition.terms)
        if (nodes[term].filters > 1 && (!guard || nodes[term].filters > nodes[*guard].filters)) guard = term;
    const auto [found, is_new] = group_of_guard.try_emplace(guard, groups.size());
    if (is_new) groups.push_back({guard, {}, {}});
    Group& in = groups[found->second];
    const std::optional<std::vector<NodeId>> anchors = anchors_of(condition_of[filter], guard);
    if (!anchors) in.unhooked.push_back(filter);
    for (const NodeId anchor : anchors.value_or(std::vector<NodeId>())) {
      const Test& test = tests[nodes[anchor].test];
      const auto on_it = [&](const Hook& hook) { return hook.selector == test.selector; };
      auto hook = std::find_if(in.hooks.begin(), in.hooks.end(), on_it);
      if (hook == in.hooks.end()) hook = in.hooks.insert(hook, Hook{test.selector, {}});
      hook->anchors.add(test.anchor, filter);
    }
  }
  for (Group& each : groups)
    for (Hook& hook : each.hooks) hook.anchors.finish();
}

}  // namespace secretwatch::pattern
