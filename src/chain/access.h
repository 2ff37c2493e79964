#pragma once
/// Access: does a resource's policy let a service in?
///
///     const Request publish{.service = "cloudwatch.amazonaws.com", .action = "sns:Publish", .resource = topic_arn,
///                           .context = {{"aws:SourceArn", alarm_arn}, {"aws:SourceAccount", {Pseudo::account}}}};
///     evaluate(world, policy, publish).verdict;      // allowed, denied, undecided
///
/// Three-valued: a verdict is given only when it holds wherever the stack is deployed. A denial names what denies: a
/// Deny statement, or of the Allow statements the one that came nearest and what kept it from applying.
/// Sources: IAM user guide, "Policy evaluation logic", "IAM JSON policy elements: Condition operators" (a key that the
/// request does not carry fails every test but the negated ones, …IfExists, ForAllValues and Null).
#include <string>
#include <vector>

#include "chain/text_match.h"
#include "chain/world.h"
#include "stack/policy.h"

namespace secretwatch::chain {

/// A key that the request carries; all others it does not.
struct ContextKey {
  std::string name;  // aws:SourceArn
  stack::Text value{};
  Match is_carried = Match::yes;  // maybe: not known whether it does
  bool is_known = true;           // false: its value is not known
};

struct Request {
  stack::Text service;  // cloudwatch.amazonaws.com; empty: what the policy of a role lets it do
  std::string action;   // sns:Publish
  stack::Text resource;
  std::vector<ContextKey> context{};
  Match is_account = Match::no;  // does a statement for the account (its root) cover the service?
};

struct Access {
  enum class Verdict { allowed, denied, undecided };
  enum class Part { none, principal, action, resource, condition };

  Verdict verdict = Verdict::denied;
  const stack::Statement* statement = nullptr;  // what decided; null: no statement comes near
  Part part = Part::none;                       // of the nearest Allow, what does not apply or is not certain
  const stack::PolicyCondition* condition = nullptr;
};

Access evaluate(const World& world, const stack::Policy& policy, const Request& request);

}  // namespace secretwatch::chain
