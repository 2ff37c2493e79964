/// From the alarm to a person: may the alarm publish, and does anybody listen?
#include <algorithm>

#include "base/text.h"
#include "chain/alarm_kinds.h"
#include "chain/reach.h"
#include "lint/examples.h"
#include "lint/rules/catalogue.h"
#include "lint/rules/handed_on.h"
#include "lint/rules/links.h"
#include "lint/rules/recipients.h"

namespace secretwatch::lint::rules {
namespace {

using chain::Access;
using chain::KeyUse;
using chain::Link;
using chain::Match;
using chain::PublishAccess;
using chain::Sender;
using chain::World;
using stack::ResourceId;

const Rule& rule_for(const Access& access) {
  if (access.statement == nullptr) return topic_policy_omits_cloudwatch;
  if (access.part == Access::Part::condition) return topic_policy_condition_blocks;
  if (access.part == Access::Part::resource) return topic_policy_resource_mismatch;
  return topic_policy_omits_cloudwatch;
}

void check_policy(const World& world, ResourceId alarm, ResourceId topic, const Sender& sender, Findings& out) {
  const PublishAccess access = chain::may_publish(world, topic, sender);
  if (access.access.verdict != Access::Verdict::denied || !access.has_policy) return;
  const stack::Resource& policy = world.stack()[access.policy];
  const Span statement = access.access.statement != nullptr ? access.access.statement->span : Span{};
  out.add(rule_for(access.access), access.policy, statement.is_nowhere() ? policy.span : statement,
          "policy '{}' keeps alarm '{}' from topic '{}': {}", name_of(world, access.policy), name_of(world, alarm),
          name_of(world, topic), shortcoming(access.access, "topic", "an alarm"))
      .relate(world.stack()[alarm].span, "alarm '{}' publishes to the topic", name_of(world, alarm))
      .note("a topic's own policy replaces the default one: it must let cloudwatch.amazonaws.com do sns:Publish");
}

void check_key(const World& world, ResourceId alarm, ResourceId id, const Sender& sender, Findings& out) {
  const KeyUse use = chain::may_encrypt(world, id, sender);
  if (use.verdict != Access::Verdict::denied) return;
  const auto& topic = std::get<stack::Topic>(world.stack()[id].body);
  if (use.reason == KeyUse::Reason::managed_key) {
    out.add(topic_kms_aws_managed, id, place_of(world, id, topic.kms_key),
            "topic '{}' is encrypted with a key that alarm '{}' cannot use", name_of(world, id), name_of(world, alarm))
        .relate(world.stack()[alarm].span, "alarm '{}' publishes to the topic", name_of(world, alarm))
        .note("the policy of alias/aws/sns cannot be changed and lets no service in: use a customer key");
    return;
  }
  const stack::Resource& key = world.stack()[use.key];
  out.add(topic_cmk_no_grant, use.key, key.span, "key '{}' does not let alarm '{}' do {}: {}", name_of(world, use.key),
          name_of(world, alarm), use.action, shortcoming(use.access, "key", "an alarm"))
      .relate(world.stack()[id].span, "topic '{}' is encrypted with the key", name_of(world, id))
      .note(
          "it must let cloudwatch.amazonaws.com do kms:Decrypt and kms:GenerateDataKey*; the account's statement does "
          "not "
          "cover services");
}

/// Channels of a chat are subscribed by themselves.
bool is_shown_in_a_chat(const World& world, ResourceId topic) {
  const stack::Text arn = world.identity_of({topic, stack::Attribute::arn, {}});
  bool is_shown = false;
  world.stack().each<stack::ChatChannel>([&](const stack::Resource& resource, const stack::ChatChannel& channel) {
    if (!world.is_there(resource.presence)) return;
    for (const stack::TextValue& each : channel.topics)
      is_shown = is_shown || chain::is_same(world.text(each), arn) != Match::no;
  });
  return is_shown;
}

/// A topic of the stack that nobody listens to.
void check_subscriptions(const World& world, const Recipient& recipient, ResourceId sender, ResourceId topic,
                         Findings& out) {
  if (!world.stack().gaps.empty() || !chain::subscriptions_of(world, topic).empty()) return;
  if (is_shown_in_a_chat(world, topic)) return;
  bool declares_any = !world.stack().spec_hash.empty();
  world.stack().each<stack::Subscription>([&](const auto&, const auto&) { declares_any = true; });
  Finding& finding = out.add(topic_no_subscription, topic, world.stack()[topic].span,
                             "nobody is subscribed to topic '{}', to which {} '{}' publishes", name_of(world, topic),
                             recipient.who, name_of(world, sender));
  finding.relate(world.stack()[sender].span, "{} '{}' publishes to the topic", recipient.who, name_of(world, sender));
  if (!declares_any)
    finding.likely().note("it may be subscribed to elsewhere: nothing in scope subscribes to any topic");
  else if (is_handed_on(world.stack(), topic))
    finding.likely().note("it may be subscribed to in another stack, which is told of it");
}

void check(const World& world, ResourceId subject, Findings& out) {
  const auto recipients = recipients_of(world, subject);
  for (const Recipient& recipient : *recipients)
    for (const Link& topic : chain::topics_of(world, recipient.arn)) {
      if (topic.match != Match::yes) continue;
      if (recipient.who == "alarm") {
        check_policy(world, subject, topic.resource, recipient.sender, out);
        check_key(world, subject, topic.resource, recipient.sender, out);
      }
      check_subscriptions(world, recipient, subject, topic.resource, out);
    }
}

// --- who else may publish ---

/// Does a condition keep strangers out? That of a transport or protocol does not.
bool keeps_strangers_out(const stack::PolicyCondition& condition) {
  const std::string key = lower_case(condition.key);
  return key != "aws:securetransport" && key != "sns:protocol" && key != "aws:currenttime" && key != "aws:useragent";
}

bool is_for_everyone(const World& world, const stack::Statement& statement) {
  return std::any_of(statement.principals.begin(), statement.principals.end(), [&](const stack::Principal& principal) {
    if (principal.kind == stack::PrincipalKind::everyone) return true;
    return principal.kind == stack::PrincipalKind::aws &&
           std::any_of(principal.names.begin(), principal.names.end(),
                       [&](const stack::TextValue& name) { return world.literal(name) == "*"; });
  });
}

bool lets_publish_or_subscribe(const World& world, const stack::Statement& statement) {
  if (statement.not_actions) return false;
  return std::any_of(statement.actions.begin(), statement.actions.end(), [&](const stack::TextValue& action) {
    const std::optional<std::string> name = world.literal(action);
    if (!name) return false;
    const std::string lower = lower_case(*name);
    return lower == "*" || lower == "sns:*" || lower == "sns:publish" || lower == "sns:subscribe";
  });
}

void check_public(const World& world, ResourceId subject, Findings& out) {
  const auto recipients = recipients_of(world, subject);
  for (const Recipient& recipient : *recipients)
    for (const Link& topic : chain::topics_of(world, recipient.arn)) {
      if (topic.match != Match::yes) continue;
      for (const Link& link : chain::policies_of(world, topic.resource)) {
        const auto& policy = std::get<stack::TopicPolicy>(world.stack()[link.resource].body).policy;
        for (const stack::Statement& statement : policy.statements) {
          const bool is_open =
              statement.effect == stack::Effect::allow && world.is_there(statement.presence) &&
              !statement.not_principals && is_for_everyone(world, statement) &&
              lets_publish_or_subscribe(world, statement) &&
              std::none_of(statement.conditions.begin(), statement.conditions.end(), keeps_strangers_out);
          if (link.match != Match::yes || !is_open) continue;
          const Span place = statement.span.is_nowhere() ? world.stack()[link.resource].span : statement.span;
          out.add(topic_policy_public, link.resource, place, "policy '{}' lets everyone in the world use topic '{}'",
                  name_of(world, link.resource), name_of(world, topic.resource));
        }
      }
    }
}

// --- where the topic is ---

/// The region in the ARN of a topic; nothing: it is no such ARN, or not literal there.
std::optional<std::string> region_in(const stack::Text& arn) {
  constexpr char filled_in = '\1';
  std::string flat;
  for (const stack::Part& part : arn.parts()) {
    const auto* const literal = std::get_if<std::string>(&part);
    flat += literal == nullptr ? std::string(1, filled_in) : *literal;
  }
  std::vector<std::string> fields;
  for (std::size_t begin = 0; begin <= flat.size() && fields.size() < 6;) {
    const std::size_t end = std::min(flat.find(':', begin), flat.size());
    fields.push_back(flat.substr(begin, end - begin));
    begin = end + 1;
  }
  if (fields.size() < 6 || fields[0] != "arn" || fields[2] != "sns" || fields[3].empty()) return std::nullopt;
  return fields[3].find(filled_in) == std::string::npos ? std::optional(fields[3]) : std::nullopt;
}

void check_region(const World& world, ResourceId subject, Findings& out) {
  if (!chain::any_alarm(world.stack()[subject].body)) return;
  const std::optional<std::string> here = world.stack().scopes.at(world.stack()[subject].scope).region.literal();
  if (!here) return;
  const auto recipients = recipients_of(world, subject);
  for (const Recipient& recipient : *recipients) {
    const std::optional<std::string> there = region_in(recipient.arn);
    if (there && *there != *here)
      out.add(topic_region_mismatch, subject, recipient.place,
              "alarm '{}' is in {}: it cannot publish to a topic in {}", name_of(world, subject), *here, *there);
  }
}

constexpr std::string_view evaluated =
    "The policy is evaluated as IAM does it, for the request that an alarm makes: service cloudwatch.amazonaws.com, "
    "with "
    "aws:SourceArn and aws:SourceAccount. It is silent where the answer depends on what is not known.";
constexpr std::string_view notify =
    "CloudWatch user guide, \"Notify users on alarm changes\"; SNS developer guide, "
    "\"Default Amazon SNS policies\".";
constexpr std::string_view key_source =
    "SNS developer guide, \"Managing encryption keys and costs\"; KMS developer guide, "
    "\"Default key policy\".";

}  // namespace

constinit const Rule topic_no_subscription{
    .id = "N601",
    .name = "topic-no-subscription",
    .severity = Severity::error,
    .effect = Effect::silent,
    .precision = Precision::proven,
    .is_on = true,
    .since = "0.1.0",
    .summary = "nobody is subscribed to an alarm's topic",
    .finds =
        "A topic in scope that an alarm on a log publishes to, and that no subscription names. It is an error where "
        "the scope subscribes to some topic, else a warning, since subscriptions may be made elsewhere; so it is where "
        "another stack is told of the topic, by an export or as a parameter of a nested stack that was not read.",
    .harm = "The message is published and reaches nobody.",
    .decision = "Subscriptions in scope are compared with the topic by what they denote.",
    .source = "SNS API, Publish.",
    .bad = examples::edited<"      TopicArn: !Ref Topic",
                            "      TopicArn: !Sub 'arn:${AWS::Partition}:sns:${AWS::Region}:${AWS::AccountId}:other'",
                            "    Type: AWS::SNS::Topic\n",
                            "    Type: AWS::SNS::Topic\n    Properties: {TopicName: alerts}\n">,
    .good = examples::good,
    .check = check,
};

constinit const Rule topic_kms_aws_managed{
    .id = "N610",
    .name = "topic-kms-aws-managed",
    .severity = Severity::error,
    .effect = Effect::silent,
    .precision = Precision::proven,
    .is_on = true,
    .since = "0.1.0",
    .summary = "an alarm's topic is encrypted with the key that AWS manages",
    .finds = "alias/aws/sns as the key of a topic that an alarm publishes to.",
    .harm = "CloudWatch may not use that key: the alarm changes its state, and the message is lost without a trace.",
    .decision = "The key of each topic that an alarm on a log publishes to is read.",
    .source = key_source,
    .bad = examples::edited<"    Type: AWS::SNS::Topic\n",
                            "    Type: AWS::SNS::Topic\n    Properties: {KmsMasterKeyId: alias/aws/sns}\n">,
    .good = examples::good,
};

constinit const Rule topic_cmk_no_grant{
    .id = "N611",
    .name = "topic-cmk-no-grant",
    .severity = Severity::error,
    .effect = Effect::silent,
    .precision = Precision::proven,
    .is_on = true,
    .since = "0.1.0",
    .summary = "the key of an alarm's topic does not let CloudWatch in",
    .finds =
        "A customer key in scope whose policy lacks kms:Decrypt or kms:GenerateDataKey* for cloudwatch.amazonaws.com.",
    .harm = "The alarm changes its state, and the message is lost without a trace.",
    .decision = evaluated,
    .source = key_source,
    .bad = examples::edited<"    Type: AWS::SNS::Topic\n", R"(    Type: AWS::SNS::Topic
    Properties: {KmsMasterKeyId: !Ref Key}
  Key:
    Type: AWS::KMS::Key
    Properties:
      KeyPolicy:
        Version: '2012-10-17'
        Statement:
          - Effect: Allow
            Principal: {AWS: !Sub 'arn:${AWS::Partition}:iam::${AWS::AccountId}:root'}
            Action: kms:*
            Resource: '*'
)">,
    .good = examples::good,
};

constinit const Rule topic_policy_omits_cloudwatch{
    .id = "N612",
    .name = "topic-policy-omits-cloudwatch",
    .severity = Severity::error,
    .effect = Effect::silent,
    .precision = Precision::proven,
    .is_on = true,
    .since = "0.1.0",
    .summary = "a topic's policy does not let alarms publish",
    .finds = "A policy on an alarm's topic in which no statement allows cloudwatch.amazonaws.com to publish.",
    .harm = "A policy replaces the default one. The alarm changes its state, and the message is refused.",
    .decision = evaluated,
    .source = notify,
    .bad = examples::edited<"Principal: {Service: cloudwatch.amazonaws.com}",
                            "Principal: {Service: events.amazonaws.com}">,
    .good = examples::good,
};

constinit const Rule topic_policy_condition_blocks{
    .id = "N613",
    .name = "topic-policy-condition-blocks",
    .severity = Severity::error,
    .effect = Effect::silent,
    .precision = Precision::proven,
    .is_on = true,
    .since = "0.1.0",
    .summary = "a topic's policy asks of alarms what they do not have",
    .finds =
        "Conditions that an alarm's request never meets: aws:PrincipalOrgID, an aws:SourceArn that is not the alarm's.",
    .harm = "The alarm changes its state, and the message is refused.",
    .decision = evaluated,
    .source = notify,
    .bad = examples::edited<"{StringEquals: {aws:SourceAccount: !Ref AWS::AccountId}}",
                            "{StringEquals: {aws:PrincipalOrgID: o-exampleorgid}}">,
    .good = examples::good,
};

constinit const Rule topic_policy_resource_mismatch{
    .id = "N614",
    .name = "topic-policy-resource-mismatch",
    .severity = Severity::error,
    .effect = Effect::silent,
    .precision = Precision::proven,
    .is_on = true,
    .since = "0.1.0",
    .summary = "a topic's policy is about another topic",
    .finds = "A statement for CloudWatch whose Resource is not the topic that the policy stands on.",
    .harm = "The alarm changes its state, and the message is refused.",
    .decision = evaluated,
    .source = notify,
    .bad = examples::edited<"            Action: sns:Publish\n            Resource: !Ref Topic",
                            "            Action: sns:Publish\n            Resource: !Ref OtherTopic", "  Topic:\n",
                            "  OtherTopic:\n    Type: AWS::SNS::Topic\n  Topic:\n">,
    .good = examples::good,
};

constinit const Rule topic_policy_public{
    .id = "N615",
    .name = "topic-policy-public",
    .severity = Severity::warning,
    .effect = Effect::hygiene,
    .since = "0.1.0",
    .summary = "everyone in the world may use an alarm's topic",
    .finds =
        "Statements on the topic of an alarm or event rule that let everyone publish or subscribe, without a condition "
        "that keeps strangers out.",
    .harm = "Strangers can send false alarms, or read the real ones.",
    .decision =
        "By principal and actions. Any condition but those on transport, protocol, time and user agent is taken to "
        "keep strangers out.",
    .source = "SNS developer guide, \"Amazon SNS security best practices\", ensure topics aren't publicly accessible.",
    .bad =
        examples::edited<"            Condition: {StringEquals: {aws:SourceAccount: !Ref AWS::AccountId}}\n",
                         "            Condition: {StringEquals: {aws:SourceAccount: !Ref AWS::AccountId}}\n"
                         "          - {Effect: Allow, Principal: '*', Action: sns:Subscribe, Resource: !Ref Topic}\n">,
    .good = examples::good,
    .check = check_public,
};

constinit const Rule topic_region_mismatch{
    .id = "N617",
    .name = "topic-region-account-mismatch",
    .severity = Severity::error,
    .effect = Effect::rejected,
    .since = "0.1.0",
    .summary = "an alarm publishes to a topic in another region",
    .finds = "The ARN of a topic as an action, whose region is not that of the alarm.",
    .harm = "CloudWatch refuses the alarm: \"Invalid region specified\".",
    .decision =
        "The region in the ARN is compared with that of the alarm, where both are known. Topics in other accounts are "
        "judged by their policies.",
    .source = "CloudWatch API, PutMetricAlarm, as reported in public (\"Only us-west-2 is supported\").",
    .check = check_region,
};

}  // namespace secretwatch::lint::rules
