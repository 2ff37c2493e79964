#include "chain/reach.h"

#include <algorithm>
#include <array>
#include <optional>

#include "stack/partition.h"

namespace secretwatch::chain {
namespace {

using stack::Attribute;
using stack::ResourceId;
using stack::Text;
using Verdict = Access::Verdict;

Sender sender(const World& world, ResourceId source, const char* service, Match tells_source_to_keys) {
  Sender sender;
  sender.service = service;
  sender.source_arn = world.identity_of({source, Attribute::arn, {}});
  const stack::Scope& scope = world.stack().scopes.at(world.stack()[source].scope);
  sender.account = scope.account;
  sender.region = scope.region;
  sender.tells_source_to_keys = tells_source_to_keys;
  return sender;
}

/// aws:SourceArn and aws:SourceAccount, and what every call of a service carries.
std::vector<ContextKey> context_of(const Sender& sender) {
  return {{"aws:SourceArn", sender.source_arn},
          {"aws:SourceAccount", sender.account},
          {"aws:SecureTransport", "true"},
          {"aws:PrincipalIsAWSService", "true"},
          {"aws:PrincipalServiceName", sender.service},
          {"aws:SourceOrgID", {}, Match::maybe, false},
          {"aws:SourceOrgPaths", {}, Match::maybe, false},
          {"aws:RequestedRegion", sender.region},
          {"aws:ViaAWSService", "false", Match::maybe},
          {"aws:CurrentTime", {}, Match::yes, false},
          {"aws:EpochTime", {}, Match::yes, false}};
}

/// The weaker verdict: every action must be allowed.
int rank(Verdict verdict) {
  return verdict == Verdict::denied ? 0 : verdict == Verdict::undecided ? 1 : 2;
}

template <class Kind>
stack::Policy joined(const World& world, const std::vector<Link>& policies) {
  stack::Policy all;
  for (const Link& link : policies) {
    const auto& policy = std::get<Kind>(world.stack()[link.resource].body).policy;
    all.statements.insert(all.statements.end(), policy.statements.begin(), policy.statements.end());
    all.unread.insert(all.unread.end(), policy.unread.begin(), policy.unread.end());
  }
  return all;
}

/// A topic or queue has one policy; which of several is the last to be written is not known.
template <class Kind>
Access evaluate_policies(const World& world, const std::vector<Link>& policies, const Request& request) {
  Access access;
  if (policies.size() == 1) {
    access = evaluate(world, std::get<Kind>(world.stack()[policies.front().resource].body).policy, request);
  } else {
    access = evaluate(world, joined<Kind>(world, policies), request);
    access.statement = nullptr;
    access.condition = nullptr;
    if (access.verdict == Verdict::allowed) access.verdict = Verdict::undecided;
  }
  const bool is_certain =
      std::all_of(policies.begin(), policies.end(), [](const Link& l) { return l.match == Match::yes; });
  if (!is_certain) access.verdict = Verdict::undecided;
  return access;
}

/// What the key that a topic or queue is encrypted with says; `of`: the key that AWS manages for its service.
KeyUse may_use_key(const World& world, const stack::OptionalText& property, std::string_view managed,
                   const Sender& sender) {
  KeyUse use;
  const auto* const written = world.at(property);
  if (written == nullptr) return use;
  const Text key = world.text(*written);
  const std::optional<std::string> literal = key.literal();
  if (literal == "") return use;
  if (literal && (*literal == managed || literal->ends_with(":" + std::string(managed)))) {
    use.reason = KeyUse::Reason::managed_key;
    use.verdict = Verdict::denied;
    return use;
  }
  const std::vector<Link> keys = keys_of(world, key);
  if (keys.size() != 1 || keys.front().match != Match::yes) {
    use.reason = KeyUse::Reason::key_elsewhere;
    use.verdict = Verdict::undecided;
    return use;
  }
  use.reason = KeyUse::Reason::key_policy;
  use.key = keys.front().resource;
  const auto& policy = std::get<stack::Key>(world.stack()[use.key].body).policy;
  for (const char* action : {"kms:Decrypt", "kms:GenerateDataKey"}) {
    Request request{.service = Text(sender.service),
                    .action = action,
                    .resource = world.identity_of({use.key, Attribute::arn, {}}),
                    .context = context_of(sender)};
    for (std::size_t i = 0; i < 2; ++i) request.context[i].is_carried = sender.tells_source_to_keys;
    request.context.push_back({"kms:CallerAccount", sender.account, Match::maybe, false});
    request.context.push_back({"kms:EncryptionContext:aws:sns:topicArn", {}, Match::maybe, false});
    request.context.push_back({"kms:EncryptionContext:aws:sqs:arn", {}, Match::maybe, false});
    request.context.push_back({"kms:ViaService", {}, Match::no});
    const Access access = evaluate(world, policy, request);
    if (rank(access.verdict) < rank(use.verdict)) {
      use.verdict = access.verdict;
      use.access = access;
      use.action = action;
    }
  }
  return use;
}

/// A permission as the statement that Lambda keeps of it; nothing: something of it is not known.
std::optional<stack::Statement> statement_of(const World& world, const stack::FunctionPermission& permission) {
  const auto* const principal = world.at(permission.principal);
  if (principal == nullptr || world.at(permission.action) == nullptr) return std::nullopt;
  const std::optional<std::string> name = world.text(*principal).literal();
  if (!name) return std::nullopt;
  stack::Principal who{stack::PrincipalKind::aws, {*principal}};
  if (*name == "*") who.kind = stack::PrincipalKind::everyone;
  if (name->ends_with(".amazonaws.com")) who.kind = stack::PrincipalKind::service;
  stack::Statement statement;
  statement.principals = {who};
  statement.actions = {permission.action};
  if (const auto* const source = world.at(permission.source_arn))
    statement.conditions = {{"ArnLike", "aws:SourceArn", {*source}}};
  return statement;
}

}  // namespace

Sender alarm_sender(const World& world, ResourceId alarm) {
  return sender(world, alarm, "cloudwatch.amazonaws.com", Match::yes);
}

Sender trail_sender(const World& world, ResourceId trail) {
  return sender(world, trail, "cloudtrail.amazonaws.com", Match::yes);
}

/// EventBridge's request to a key carries no source (SNS developer guide, "Key management", conditions).
Sender event_rule_sender(const World& world, ResourceId rule) {
  return sender(world, rule, "events.amazonaws.com", Match::no);
}

Sender topic_sender(const World& world, ResourceId topic) {
  return sender(world, topic, "sns.amazonaws.com", Match::maybe);
}

Sender alarm_caller(const World& world, ResourceId alarm) {
  return sender(world, alarm, "lambda.alarms.cloudwatch.amazonaws.com", Match::maybe);
}

PublishAccess may_publish(const World& world, ResourceId topic, const Sender& sender) {
  const std::vector<Link> policies = policies_of(world, topic);
  PublishAccess answer;
  if (policies.empty()) {
    const bool is_ours = std::holds_alternative<stack::Topic>(world.stack()[topic].body);
    answer.access.verdict = is_ours ? Verdict::allowed : Verdict::undecided;
    return answer;
  }
  Request request{.service = Text(sender.service),
                  .action = "sns:Publish",
                  .resource = world.identity_of({topic, Attribute::arn, {}}),
                  .context = context_of(sender),
                  .is_account = Match::maybe};
  request.context.push_back({"aws:SourceOwner", sender.account});
  answer.has_policy = true;
  answer.policy = policies.front().resource;
  answer.access = evaluate_policies<stack::TopicPolicy>(world, policies, request);
  return answer;
}

KeyUse may_encrypt(const World& world, ResourceId topic, const Sender& sender) {
  const auto* const body = std::get_if<stack::Topic>(&world.stack()[topic].body);
  return body == nullptr ? KeyUse{} : may_use_key(world, body->kms_key, "alias/aws/sns", sender);
}

SendAccess may_send(const World& world, ResourceId queue, const Sender& sender) {
  const std::vector<Link> policies = queue_policies_of(world, queue);
  SendAccess answer;
  if (policies.empty()) {
    answer.access.verdict = world.stack().gaps.empty() ? Verdict::denied : Verdict::undecided;
    return answer;
  }
  const Request request{.service = Text(sender.service),
                        .action = "sqs:SendMessage",
                        .resource = world.identity_of({queue, Attribute::arn, {}}),
                        .context = context_of(sender)};
  answer.has_policy = true;
  answer.policy = policies.front().resource;
  answer.access = evaluate_policies<stack::QueuePolicy>(world, policies, request);
  return answer;
}

KeyUse may_encrypt_queue(const World& world, ResourceId queue, const Sender& sender) {
  const auto* const body = std::get_if<stack::Queue>(&world.stack()[queue].body);
  return body == nullptr ? KeyUse{} : may_use_key(world, body->kms_key, "alias/aws/sqs", sender);
}

InvokeAccess may_invoke(const World& world, ResourceId function, const Sender& sender) {
  InvokeAccess answer;
  if (!world.stack().gaps.empty()) answer.verdict = Verdict::undecided;
  const Request request{.service = Text(sender.service),
                        .action = "lambda:InvokeFunction",
                        .resource = world.identity_of({function, Attribute::arn, {}}),
                        .context = context_of(sender)};
  for (const Link& link : permissions_of(world, function)) {
    const auto& permission = std::get<stack::FunctionPermission>(world.stack()[link.resource].body);
    stack::Policy policy;
    if (auto statement = statement_of(world, permission); statement && link.match == Match::yes) {
      policy.statements.push_back(std::move(*statement));
    } else {
      policy.unread.push_back({"the permission is not known"});
    }
    const Access access = evaluate(world, policy, request);
    if (!answer.has_permission || (access.part == Access::Part::condition && answer.part != access.part)) {
      answer.has_permission = true;
      answer.permission = link.resource;
      answer.part = access.part;
    }
    if (rank(access.verdict) > rank(answer.verdict)) answer.verdict = access.verdict;
  }
  return answer;
}

Access may_assume(const World& world, ResourceId role) {
  const auto& body = std::get<stack::Role>(world.stack()[role].body);
  const Request request{.service = Text("cloudtrail.amazonaws.com"),
                        .action = "sts:AssumeRole",
                        .resource = world.identity_of({role, Attribute::arn, {}}),
                        .context = {{"aws:SourceArn", {}, Match::maybe, false},
                                    {"aws:SourceAccount", {}, Match::maybe, false},
                                    {"aws:SourceOrgID", {}, Match::maybe, false}}};
  return evaluate(world, body.trust, request);
}

/// CloudTrail names its streams ACCOUNT_CloudTrail_REGION, with or without a number behind (CloudTrail user guide,
/// "Role policy document for CloudTrail to use CloudWatch Logs for monitoring").
WriteAccess may_write_streams(const World& world, ResourceId id, const Text& log_group) {
  const stack::Resource& resource = world.stack()[id];
  const auto& role = std::get<stack::Role>(resource.body);
  const stack::Scope& scope = world.stack().scopes.at(resource.scope);
  Text stream("arn:");
  stream += stack::partition_of(scope);
  stream.append(":logs:");
  stream += scope.region;
  stream.append(":");
  stream += scope.account;
  stream.append(":log-group:");
  stream += log_group;
  stream.append(":log-stream:");
  stream += scope.account;
  stream.append("_CloudTrail_");
  stream += scope.region;

  stack::Policy all;
  for (const stack::InlinePolicy& policy : role.policies) {
    if (!world.is_there(policy.presence)) continue;
    all.statements.insert(all.statements.end(), policy.policy.statements.begin(), policy.policy.statements.end());
    all.unread.insert(all.unread.end(), policy.policy.unread.begin(), policy.policy.unread.end());
  }
  if (!role.managed_policies.empty()) all.unread.push_back({"a managed policy"});
  WriteAccess access;
  for (const char* action : {"logs:CreateLogStream", "logs:PutLogEvents"}) {
    const Verdict verdict = evaluate(world, all, {.service = {}, .action = action, .resource = stream}).verdict;
    if (rank(verdict) >= rank(access.verdict)) continue;
    access = {verdict, action};
  }
  return access;
}

}  // namespace secretwatch::chain
