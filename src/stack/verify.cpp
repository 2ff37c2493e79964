#include <unordered_set>

#include <fmt/format.h>

#include "base/text.h"
#include "stack/properties.h"
#include "stack/stack.h"

namespace secretwatch::stack {
namespace {

/// Looks at every value of every resource.
class Verifier {
 public:
  Verifier(const Stack& stack, bool for_emission) : stack_(stack), for_emission_(for_emission) {}

  std::vector<std::string> run() {
    std::unordered_set<std::string> labels;
    for (const Resource& resource : stack_.resources()) {
      where_ = fmt::format("{} '{}'", kind_of(resource.body), resource.label);
      const bool is_ours = !std::holds_alternative<External>(resource.body);
      if (plain_form(resource.label).empty()) say("has no label");
      if (is_ours && !labels.insert(fmt::format("{} {}", resource.body.index(), plain_form(resource.label))).second)
        say("has the label of another");
      for (const ResourceId id : resource.depends_on) check_id(id);
      if (resource.scope >= stack_.scopes.size()) say("is in no scope");
      if (resource.section >= stack_.sections.size()) say("is in no section");
      check(resource.presence);
      std::visit([this](const auto& body) { check_body(body); }, resource.body);
    }
    for (const Output& output : stack_.outputs) {
      where_ = fmt::format("output '{}'", output.label);
      for (const TextValue& value : output.values) check(value);
      check(output.presence);
      if (output.values.empty() || (!output.is_list && output.values.size() != 1)) say("has not one value");
    }
    return std::move(faults_);
  }

  template <class T>
  void operator()(std::string_view property, const T& value) {
    property_ = property;
    check(value);
  }

 private:
  void say(std::string_view what) { faults_.push_back(fmt::format("{} {}", where_, what)); }
  void say_of_property(std::string_view what) { say(fmt::format("has a '{}' that {}", property_, what)); }

  template <class Kind>
  void check_body(const Kind& body) {
    if (for_emission_ && ReadOnly<Kind>) say("is of a kind that is not emitted");
    visit_properties(body, *this);
  }

  void check_id(ResourceId id) {
    if (static_cast<std::size_t>(id) >= stack_.resources().size()) say("refers to a resource that is not there");
  }
  void check_condition(ConditionId id) {
    if (static_cast<std::size_t>(id) >= stack_.conditions.size()) say("depends on a condition that is not there");
    if (for_emission_) say("depends on a condition");
  }

  void check(const std::optional<ConditionId>& presence) {
    if (presence) check_condition(*presence);
  }

  void check_value(const Text& text) {
    for (const Part& part : text.parts()) {
      if (const auto* const ref = std::get_if<Ref>(&part)) check_id(ref->target);
      if (for_emission_ && std::holds_alternative<Unknown>(part)) say_of_property("is partly unknown");
      const auto* const pseudo = std::get_if<Pseudo>(&part);
      if (for_emission_ && pseudo != nullptr && (*pseudo == Pseudo::stack_name || *pseudo == Pseudo::stack_id))
        say_of_property("asks for the stack itself, which Terraform does not know");
      if (const auto* const parameter = std::get_if<ParameterId>(&part)) {
        if (static_cast<std::size_t>(*parameter) >= stack_.parameters.size())
          say_of_property("asks for a parameter that is not there");
      }
    }
  }
  template <class T>
  void check_value(const T&) {}

  template <class T>
  void check(const Value<T>& value) {
    if (value.known() != nullptr) check_value(value.known()->value);
    if (value.ref() != nullptr) check_id(value.ref()->target);
    if (for_emission_ && value.unknown() != nullptr) say_of_property("is unknown");
    if (const Choice<T>* const choice = value.choice()) {
      check_condition(choice->condition);
      if (choice->branches.size() != 2) say_of_property("is a choice without two branches");
      for (const Value<T>& branch : choice->branches) check(branch);
    }
  }
  template <class T>
  void check(const std::optional<Value<T>>& value) {
    if (value) check(*value);
  }
  void check(const std::vector<Tag>& tags) {
    for (const Tag& tag : tags) check(tag.value);
  }
  void check(const std::string&) {}
  void check(const std::optional<Document>& document) {
    if (document) check(*document);
  }
  void check(const Document& document) {
    if (document.kind == Document::Kind::scalar) check(document.text);
    for (const Document& part : document.parts) check(part);
  }
  template <class T>
  void check(const std::vector<T>& list) {
    for (const T& each : list) check(each);
  }
  /// A part with properties of its own: a dimension, a selector.
  template <class T>
  void check(const T& part) {
    visit_properties(part, [this](std::string_view, const auto& value) { this->check(value); });
  }
  void check(const Policy& policy) {
    if (for_emission_ && policy.statements.empty()) say_of_property("has no statement");
    for (const Statement& statement : policy.statements) {
      check(statement.presence);
      for (const Principal& principal : statement.principals) check(principal.names);
      check(statement.actions);
      check(statement.resources);
      for (const PolicyCondition& condition : statement.conditions) check(condition.values);
    }
  }

  const Stack& stack_;
  bool for_emission_;
  std::string where_;
  std::string_view property_;
  std::vector<std::string> faults_;
};

}  // namespace

std::vector<std::string> verify(const Stack& stack) {
  return Verifier(stack, false).run();
}
std::vector<std::string> verify_for_emission(const Stack& stack) {
  return Verifier(stack, true).run();
}

}  // namespace secretwatch::stack
