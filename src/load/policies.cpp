/// Policy documents. Source: IAM user guide, "Grammar of the IAM JSON policy language".
#include <fmt/format.h>

#include "load/properties.h"

namespace secretwatch::load {

using stack::ConditionId;
using stack::PrincipalKind;
using stack::Statement;
using stack::Unknown;

namespace {

using Kind = Item::Kind;

/// Statements that one written statement comes to when parts of it depend on conditions; more are not looked at.
constexpr std::size_t most_variants = 64;

/// A part of a statement that has no place for a choice: who, whether, and the names of conditions.
std::optional<ConditionId> find_structural_choice(const Item& statement) {
  for (const std::string_view name : {"Effect", "Sid", "Principal", "NotPrincipal", "Condition"}) {
    const auto find = [&](const Item& part, const Span&) -> std::optional<ConditionId> {
      if (part.is(Kind::choice)) return part.condition;
      for (const Field& field : part.fields)
        if (field.value.is(Kind::choice) && name == "Condition") return field.value.condition;
      return std::nullopt;
    };
    if (const std::optional<ConditionId> found = with_field(statement, name, find)) return found;
  }
  return std::nullopt;
}

std::optional<std::string> literal_in(const Item& object, std::string_view name) {
  return with_field(object, name, [](const Item& found, const Span&) { return found.literal(); });
}

bool has(const Item& object, std::string_view name) {
  return with_field(object, name, [](const Item& found, const Span&) { return !found.is(Kind::absent); });
}

std::vector<stack::TextValue> texts_in(const Item& object, std::string_view name) {
  return with_field(object, name, [](const Item& found, const Span& key) { return to_texts(found, key); });
}

Item restrict_fields(const Item& statement, ConditionId condition, bool holds) {
  Item restricted = statement;
  restricted.fields.clear();
  for (const Field& field : statement.fields) {
    Item value = restrict_to(field.value, condition, holds);
    for (Field& inner : value.fields) inner.value = restrict_to(inner.value, condition, holds);
    if (!value.is(Kind::absent)) restricted.fields.push_back({field.name, field.key, std::move(value)});
  }
  return restricted;
}

std::optional<PrincipalKind> principal_kind(std::string_view name) {
  if (name == "AWS") return PrincipalKind::aws;
  if (name == "Service") return PrincipalKind::service;
  if (name == "Federated") return PrincipalKind::federated;
  if (name == "CanonicalUser") return PrincipalKind::canonical_user;
  return std::nullopt;
}

class PolicyReader {
 public:
  explicit PolicyReader(Conditions& conditions) : conditions_(conditions) {}

  stack::Policy run(const Item& document) {
    policy_.span = document.span;
    for (const Element& each : elements_of(document, conditions_)) {
      if (!each.item->is(Kind::object)) {
        unread(*each.item, "the policy is not written as an object");
        continue;
      }
      if (const auto version = literal_in(*each.item, "Version")) policy_.version = *version;
      with_field(*each.item, "Statement", [&](const Item& statements, const Span&) {
        for (const Element& statement : elements_of(statements, conditions_, each.presence))
          read_variants(*statement.item, statement.presence);
      });
    }
    return std::move(policy_);
  }

 private:
  void unread(const Item& item, std::string_view otherwise) {
    policy_.unread.push_back(item.is(Kind::unknown) ? item.unknown : Unknown{std::string(otherwise)});
  }

  void read_variants(const Item& item, const stack::Presence& presence) {
    if (!item.is(Kind::object)) {
      unread(item, "a statement is not written as an object");
      return;
    }
    const std::optional<ConditionId> choice = find_structural_choice(item);
    if (!choice) {
      read_statement(item, presence);
      return;
    }
    if (variants_ >= most_variants) {
      policy_.unread.push_back({"a statement depends on too many conditions"});
      return;
    }
    ++variants_;
    read_variants(restrict_fields(item, *choice, true), conditions_.both(presence, *choice));
    read_variants(restrict_fields(item, *choice, false), conditions_.both(presence, conditions_.negation_of(*choice)));
  }

  void read_statement(const Item& item, const stack::Presence& presence) {
    Statement statement;
    statement.span = item.span;
    statement.presence = presence;
    statement.sid = literal_in(item, "Sid").value_or("");
    const std::string effect = literal_in(item, "Effect").value_or("");
    if (effect != "Allow" && effect != "Deny") {
      unread(field_of(item, "Effect"), "the effect of a statement is neither Allow nor Deny");
      return;
    }
    statement.effect = effect == "Allow" ? stack::Effect::allow : stack::Effect::deny;
    statement.not_principals = has(item, "NotPrincipal");
    statement.not_actions = has(item, "NotAction");
    statement.actions = texts_in(item, statement.not_actions ? "NotAction" : "Action");
    statement.not_resources = has(item, "NotResource");
    statement.resources = texts_in(item, statement.not_resources ? "NotResource" : "Resource");
    const auto principals = [&](const Item& found, const Span&) { return read_principals(found, statement); };
    if (!with_field(item, statement.not_principals ? "NotPrincipal" : "Principal", principals)) return;
    const auto conditions = [&](const Item& found, const Span&) { return read_conditions(found, statement); };
    if (!with_field(item, "Condition", conditions)) return;
    policy_.statements.push_back(std::move(statement));
  }

  bool read_principals(const Item& item, Statement& statement) {
    if (item.is(Kind::absent)) return true;
    if (item.literal() == "*") {
      statement.principals.push_back({PrincipalKind::everyone, {}});
      return true;
    }
    if (!item.is(Kind::object)) {
      unread(item, "the principal of a statement is neither '*' nor an object");
      return false;
    }
    for (const Field& field : item.fields) {
      const std::optional<PrincipalKind> kind = principal_kind(field.name);
      if (!kind) {
        policy_.unread.push_back({fmt::format("a principal of kind '{}' is not known", field.name)});
        return false;
      }
      statement.principals.push_back({*kind, to_texts(field.value)});
    }
    return true;
  }

  bool read_conditions(const Item& item, Statement& statement) {
    if (item.is(Kind::absent)) return true;
    for (const Field& test : item.fields)
      for (const Field& key : test.value.fields)
        statement.conditions.push_back({test.name, key.name, to_texts(key.value)});
    const auto is_object = [](const Item& each) { return each.is(Kind::object); };
    bool is_whole = is_object(item);
    for (const Field& test : item.fields) is_whole = is_whole && is_object(test.value);
    if (!is_whole) unread(item, "the conditions of a statement are not written as objects");
    return is_whole;
  }

  Conditions& conditions_;
  stack::Policy policy_;
  std::size_t variants_ = 0;
};

}  // namespace

stack::Policy to_policy(const Item& document, Conditions& conditions) {
  return PolicyReader(conditions).run(document);
}

}  // namespace secretwatch::load
