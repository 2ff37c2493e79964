#pragma once
/// Policy: an IAM policy document as data, so that emitters print it and rules evaluate it.
///
///     Policy{{Statement{.sid = "AllowAlarms", .principals = {{PrincipalKind::service, {"cloudwatch.amazonaws.com"}}},
///                       .actions = {"sns:Publish"}, .resources = {Ref{topic, Attribute::arn}}}}}
///
/// Grammar: IAM user guide, "Grammar of the IAM JSON policy language".
#include <optional>
#include <string>
#include <vector>

#include "stack/value.h"

namespace secretwatch::stack {

enum class Effect { allow, deny };

enum class PrincipalKind { everyone, aws, service, federated, canonical_user };

struct Principal {
  PrincipalKind kind = PrincipalKind::everyone;
  std::vector<Value<Text>> names{};  // none for everyone
};

/// `StringEquals: {"aws:SourceAccount": [...]}`
struct PolicyCondition {
  std::string test;  // operator, as written
  std::string key;
  std::vector<Value<Text>> values{};
};

struct Statement {
  std::string sid{};
  Effect effect = Effect::allow;
  std::vector<Principal> principals{};
  bool not_principals = false;  // NotPrincipal
  std::vector<Value<Text>> actions{};
  bool not_actions = false;  // NotAction
  std::vector<Value<Text>> resources{};
  bool not_resources = false;  // NotResource
  std::vector<PolicyCondition> conditions{};
  Span span{};
  std::optional<ConditionId> presence{};  // absent: always there
};

struct Policy {
  std::vector<Statement> statements{};
  std::string version = "2012-10-17";
  Span span{};
  std::vector<Unknown> unread{};  // why there may be more statements, or others, than these
};

}  // namespace secretwatch::stack
