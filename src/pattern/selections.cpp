#include "pattern/selections.h"

#include <optional>
#include <string>

namespace secretwatch::pattern {

using json::Token;

Selections::Id Selections::add(const Selector& selector) {
  Id at = root;
  for (const Step& step : selector.steps) at = add(at, step);
  return at;
}

Selections::Id Selections::add(Id parent, const Step& step) {
  const Step kept = std::holds_alternative<AnyMember>(step) ? Step(AnyElement{}) : step;  // they mean the same
  for (const Id child : nodes_[parent].children)
    if (nodes_[child].step == kept) return child;
  const auto child = static_cast<Id>(nodes_.size());
  nodes_.push_back({parent, kept, {}, {}});
  nodes_[parent].children.push_back(child);
  if (const auto* member = std::get_if<Member>(&kept))
    nodes_[parent].members[member->name.size() % lengths].push_back(child);
  return child;
}

void Selections::Found::begin(const Selections& selections, const json::Document& message) {
  selections_ = &selections;
  message_ = &message;
  ++number_;
  nodes_.resize(selections.nodes_.size());
  nodes_[root].message = number_;
  nodes_[root].values.assign(1, message.root());
}

const std::vector<Token>& Selections::Found::values(Id selector) {
  // Downwards from what is known already; the way is as long as a selector.
  way_.clear();
  for (Id at = selector; nodes_[at].message != number_; at = selections_->nodes_[at].parent) way_.push_back(at);
  while (!way_.empty()) {
    const Id at = way_.back();
    way_.pop_back();
    const Id parent = selections_->nodes_[at].parent;
    if (std::holds_alternative<Member>(selections_->nodes_[at].step)) {
      if (nodes_[parent].members_message != number_) find_members(parent);
    } else {
      take_step(at, parent);
    }
  }
  return nodes_[selector].values;
}

void Selections::Found::find_members(Id parent) {
  nodes_[parent].members_message = number_;
  for (const Id child : selections_->nodes_[parent].children) {
    if (!std::holds_alternative<Member>(selections_->nodes_[child].step)) continue;
    nodes_[child].message = number_;
    nodes_[child].values.clear();
  }
  for (const Token value : nodes_[parent].values)
    if (message_->first_byte(value) == '{') take_members(parent, value);
}

void Selections::Found::take_members(Id parent, Token object) {
  const auto& members = selections_->nodes_[parent].members;
  const bool may_escape = message_->has_escapes();
  for (Token at = object + 1; message_->first_byte(at) == '"';) {
    const Token value = at + 2;
    std::string_view key = message_->written_key(at);
    if (may_escape) key = message_->characters(at, scratch_);
    for (const Id child : members[key.size() % lengths]) {
      if (std::get<Member>(selections_->nodes_[child].step).name != key) continue;
      std::vector<Token>& values = nodes_[child].values;
      if (!values.empty() && values.back() > object) values.pop_back();  // the same key once more in this object
      values.push_back(value);
    }
    at = message_->after(value);
    if (message_->first_byte(at) == ',') ++at;
  }
}

void Selections::Found::take_step(Id selector, Id parent) {
  Node& node = nodes_[selector];
  node.message = number_;
  node.values.clear();
  const auto* index = std::get_if<Index>(&selections_->nodes_[selector].step);
  for (const Token value : nodes_[parent].values) {
    if (index == nullptr) {
      message_->children(value, node.values);
    } else if (const std::optional<Token> element = message_->element(value, index->position)) {
      node.values.push_back(*element);
    }
  }
}

}  // namespace secretwatch::pattern
