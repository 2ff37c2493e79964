#include "load/cycles.h"

#include <algorithm>
#include <string>
#include <unordered_map>
#include <vector>

#include <fmt/format.h>

#include "base/text.h"
#include "load/load.h"

namespace secretwatch::load {
namespace {

using doc::Kind;
using doc::Node;

/// "Topic" of "Topic.Arn"
std::string_view resource_of(std::string_view reference) {
  return reference.substr(0, reference.find('.'));
}

/// Definitions by name, and which of them each refers to.
class Graph {
 public:
  void add(const doc::Entry& entry) { numbers_.emplace(entry.key.text, add_definition(entry.key)); }

  void refer(std::size_t from, std::string_view name) {
    const auto found = numbers_.find(std::string(name));
    if (found != numbers_.end()) edges_[from].push_back(found->second);
  }
  std::size_t number_of(const std::string& name) const { return numbers_.at(name); }

  /// Depth first; a way back into what is being visited closes a cycle.
  void report(std::string_view what, Diagnostics& out) {
    enum class State : char { none, visiting, done };
    std::vector<State> states(edges_.size(), State::none);
    std::vector<bool> is_told(edges_.size(), false);
    std::vector<std::pair<std::size_t, std::size_t>> path;  // definition, next edge
    for (std::size_t start = 0; start < edges_.size(); ++start) {
      if (states[start] != State::none) continue;
      path.emplace_back(start, 0);
      states[start] = State::visiting;
      while (!path.empty()) {
        auto& [at, next] = path.back();
        if (next == edges_[at].size()) {
          states[at] = State::done;
          path.pop_back();
          continue;
        }
        const std::size_t to = edges_[at][next++];
        if (states[to] == State::visiting && !is_told[to]) {
          is_told[to] = true;
          tell(what, path, to, out);
        }
        if (states[to] != State::none) continue;
        states[to] = State::visiting;
        path.emplace_back(to, 0);
      }
    }
  }

 private:
  std::size_t add_definition(const Node& key) {
    keys_.push_back(&key);
    edges_.emplace_back();
    return keys_.size() - 1;
  }

  /// "A → B → A"; of a long way its ends.
  void tell(std::string_view what, const std::vector<std::pair<std::size_t, std::size_t>>& path, std::size_t to,
            Diagnostics& out) const {
    constexpr std::size_t most_shown = 6;
    const auto begin = std::find_if(path.begin(), path.end(), [to](const auto& step) { return step.first == to; });
    std::string way;
    for (auto step = begin; step != path.end(); ++step) {
      if (static_cast<std::size_t>(step - begin) == most_shown && path.end() - step > 1) {
        way += "… → ";
        break;
      }
      way += shown(keys_[step->first]->text) + " → ";
    }
    out.add(codes::circular, keys_[to]->span, "{} '{}' refers to itself: {}{}", what, shown(keys_[to]->text), way,
            shown(keys_[to]->text));
  }

  std::unordered_map<std::string, std::size_t> numbers_;
  std::vector<const Node*> keys_;
  std::vector<std::vector<std::size_t>> edges_;
};

/// The function that a node calls, by its long name, and its argument: !Ref x, {Ref: x}.
struct Call {
  std::string_view name{};
  const Node* argument = nullptr;
};

Call call_in(const Node& node) {
  if (node.tag == "!Ref") return {"Ref", &node};
  if (node.tag == "!Condition") return {"Condition", &node};
  for (const std::string_view name : {"Fn::GetAtt", "Fn::Sub", "Fn::If"})
    if (!node.tag.empty() && node.tag.substr(1) == name.substr(4)) return {name, &node};
  if (node.kind != Kind::mapping || node.entries.size() != 1) return {};
  return {node.entries[0].key.text, &node.entries[0].value};
}

/// Calls `visit` on every node below, itself included, as long as it returns true.
template <class Visit>
void walk(const Node& node, const Visit& visit) {
  if (!visit(node)) return;
  for (const Node& item : node.items) walk(item, visit);
  for (const doc::Entry& entry : node.entries) walk(entry.value, visit);
}

/// ${Topic}, ${Topic.Arn} of a text; those that the call itself gives a value are not references.
void add_substituted(const Node& argument, std::size_t from, Graph& graph) {
  const Node& text = argument.kind == Kind::sequence && !argument.items.empty() ? argument.items[0] : argument;
  const Node* const given = argument.items.size() > 1 ? &argument.items[1] : nullptr;
  for (std::size_t at = text.text.find("${"); at != std::string::npos; at = text.text.find("${", at + 2)) {
    const std::size_t end = text.text.find('}', at);
    if (end == std::string::npos) return;
    const std::string_view name = std::string_view(text.text).substr(at + 2, end - at - 2);
    if (given == nullptr || given->find(name) == nullptr) graph.refer(from, resource_of(name));
  }
}

void add_references(const Node& node, std::size_t from, Graph& graph) {
  walk(node, [&](const Node& each) {
    const auto [name, argument] = call_in(each);
    if (name == "Fn::If") return false;
    if (name == "Ref" && argument->kind == Kind::scalar) graph.refer(from, argument->text);
    if (name == "Fn::GetAtt") {
      const Node& target =
          argument->kind == Kind::sequence && !argument->items.empty() ? argument->items[0] : *argument;
      graph.refer(from, resource_of(target.text));
    }
    if (name == "Fn::Sub") add_substituted(*argument, from, graph);
    return true;
  });
}

/// Parts of applications are so even where the template forgets to say it.
bool is_of_an_application(const doc::Entry& resource) {
  const Node* const type = resource.value.find("Type");
  return type != nullptr && type->text.starts_with("AWS::Serverless::");
}

bool is_changed_by_a_macro(const Node& root) {
  bool is_changed = root.find("Transform") != nullptr;
  if (const Node* const resources = root.find("Resources"))
    is_changed = is_changed || std::any_of(resources->entries.begin(), resources->entries.end(), is_of_an_application);
  for (const char* const section : {"Conditions", "Resources"})
    if (const Node* const node = root.find(section))
      is_changed = is_changed || node->find("Fn::Transform") != nullptr ||
                   std::any_of(node->entries.begin(), node->entries.end(),
                               [](const doc::Entry& entry) { return entry.key.text.starts_with("Fn::"); });
  return is_changed;
}

void find_cycles_of_conditions(const Node& conditions, Diagnostics& out) {
  Graph graph;
  for (const doc::Entry& entry : conditions.entries) graph.add(entry);
  for (const doc::Entry& entry : conditions.entries)
    walk(entry.value, [&](const Node& each) {
      const auto [name, argument] = call_in(each);
      if (name == "Condition") graph.refer(graph.number_of(entry.key.text), argument->text);
      return true;
    });
  graph.report("condition", out);
}

void find_cycles_of_resources(const Node& resources, Diagnostics& out) {
  Graph graph;
  const auto is_certain = [](const Node& resource) { return resource.find("Condition") == nullptr; };
  for (const doc::Entry& entry : resources.entries)
    if (is_certain(entry.value)) graph.add(entry);
  for (const doc::Entry& entry : resources.entries) {
    if (!is_certain(entry.value)) continue;
    const std::size_t from = graph.number_of(entry.key.text);
    if (const Node* const properties = entry.value.find("Properties")) add_references(*properties, from, graph);
    if (const Node* const after = entry.value.find("DependsOn")) {
      graph.refer(from, after->text);
      for (const Node& each : after->items) graph.refer(from, each.text);
    }
  }
  graph.report("resource", out);
}

}  // namespace

void find_cycles(const Node& root, Diagnostics& out) {
  if (is_changed_by_a_macro(root)) return;
  if (const Node* const conditions = root.find("Conditions")) find_cycles_of_conditions(*conditions, out);
  if (const Node* const resources = root.find("Resources")) find_cycles_of_resources(*resources, out);
}

}  // namespace secretwatch::load
