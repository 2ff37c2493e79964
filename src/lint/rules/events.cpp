/// E: rules of EventBridge that are to tell of reads. Only rules are judged whose pattern is about secrets.
#include <algorithm>

#include "chain/reach.h"
#include "chain/secret_events.h"
#include "lint/examples.h"
#include "lint/rules/catalogue.h"

namespace secretwatch::lint::rules {
namespace {

using chain::Access;
using chain::KeyUse;
using chain::Link;
using chain::Match;
using chain::SecretEvent;
using chain::World;
using stack::EventRule;
using stack::ResourceId;

/// The rule, when it is one that is judged here.
const EventRule* judged_rule(const World& world, ResourceId subject) {
  const auto* const rule = std::get_if<EventRule>(&world.stack()[subject].body);
  const bool is_one = rule != nullptr && rule->event_pattern && chain::is_about_secrets(world, *rule->event_pattern);
  return is_one ? rule : nullptr;
}

/// Where the pattern stands.
Span place_of_pattern(const World& world, ResourceId id, const EventRule& rule) {
  return rule.event_pattern->span.is_nowhere() ? world.stack()[id].span : rule.event_pattern->span;
}

// --- what it gets to see ---

constexpr std::string_view all_events = "ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS";

/// Does the pattern select an event that wanted(event) asks for? Also where that is not certain.
template <class Wanted>
bool selects(const World& world, const EventRule& rule, Wanted wanted) {
  return std::any_of(chain::secret_events().begin(), chain::secret_events().end(), [&](const SecretEvent& each) {
    return wanted(each) && chain::fits_event(world, *rule.event_pattern, each.event) != Match::no;
  });
}

bool is_default_bus(std::string_view bus) {
  return bus == "default" || bus.ends_with(":event-bus/default");
}

void check_state(const World& world, ResourceId subject, Findings& out) {
  const EventRule* const rule = judged_rule(world, subject);
  if (rule == nullptr || world.is_open(rule->state)) return;
  const bool has_read = selects(world, *rule, [](const SecretEvent& each) { return each.name == "GetSecretValue"; });
  const bool has_batch =
      selects(world, *rule, [](const SecretEvent& each) { return each.name == "BatchGetSecretValue"; });
  if (!has_read && !has_batch) return;
  const std::string state = world.literal(rule->state).value_or("ENABLED");
  const auto bus = world.literal(rule->event_bus);
  if (bus && !is_default_bus(*bus)) {
    out.add(rule_state_drops_reads, subject, place_of(world, subject, rule->event_bus),
            "rule '{}' listens on bus '{}': AWS brings events of its services to the default bus",
            name_of(world, subject), *bus)
        .likely()
        .note("events may be forwarded to that bus by a rule elsewhere");
    return;
  }
  if (bus == std::nullopt && world.at(rule->event_bus) != nullptr) return;
  const Span place = place_of(world, subject, rule->state);
  if (state == "DISABLED") {
    out.add(rule_state_drops_reads, subject, place, "rule '{}' is switched off", name_of(world, subject)).likely();
    return;
  }
  if (state != "ENABLED") return;
  Finding& finding = out.add(rule_state_drops_reads, subject, place,
                             "rule '{}' never sees reads: in state ENABLED it gets no read-only events of CloudTrail",
                             name_of(world, subject));
  finding.note("state {} brings them", all_events);
  if (selects(world, *rule, [](const SecretEvent& each) { return !each.is_read; })) finding.effect = Effect::partial;
  if (!has_read) finding.likely().note("whether BatchGetSecretValue is left out too is not documented");
  // Without the event's name it may be meant for changes only.
  if (!chain::names_reads(world, *rule->event_pattern)) finding.likely();
}

void check_pattern(const World& world, ResourceId subject, Findings& out) {
  const EventRule* const rule = judged_rule(world, subject);
  if (rule == nullptr) return;
  if (selects(world, *rule, [](const SecretEvent&) { return true; })) return;
  out.add(event_pattern_matches_no_access, subject, place_of_pattern(world, subject, *rule),
          "the pattern of rule '{}' fits no event of Secrets Manager", name_of(world, subject))
      .note(
          "a read is source 'aws.secretsmanager', detail-type 'AWS API Call via CloudTrail', detail.eventName "
          "'GetSecretValue'");
}

// --- what it does ---

void check_targets(const World& world, ResourceId subject, Findings& out) {
  const EventRule* const rule = judged_rule(world, subject);
  if (rule == nullptr || !world.stack().gaps.empty()) return;
  const bool has_any = std::any_of(rule->targets.begin(), rule->targets.end(),
                                   [&](const stack::EventTarget& each) { return world.is_there(each.presence); });
  if (has_any) return;
  out.add(rule_without_target, subject, world.stack()[subject].span, "rule '{}' has no target: it tells nobody",
          name_of(world, subject));
}

void check_paths(const World& world, ResourceId subject, Findings& out) {
  const EventRule* const rule = judged_rule(world, subject);
  if (rule == nullptr) return;
  for (const stack::EventTarget& target : rule->targets) {
    if (!world.is_there(target.presence)) continue;
    for (const stack::Dimension& input : target.input_paths) {
      const std::optional<std::string> path = world.literal(input.value);
      if (!path || chain::has_path(*path) != Match::no) continue;
      const Span place = input.value.span.is_nowhere() ? world.stack()[subject].span : stack::whole(input.value);
      Finding& finding =
          out.add(input_path_unknown_field, subject, place, "rule '{}' reads '{}', which no event of CloudTrail has",
                  name_of(world, subject), *path);
      const std::string meant = chain::nearest_path(*path);
      if (!meant.empty()) finding.note("did you mean '{}'?", meant);
    }
  }
}

void check_topic(const World& world, ResourceId rule, ResourceId topic, const stack::EventTarget& target,
                 Findings& out) {
  const chain::Sender sender = chain::event_rule_sender(world, rule);
  const Span place = target.arn.span.is_nowhere() ? world.stack()[rule].span : stack::whole(target.arn);
  const chain::PublishAccess access = chain::may_publish(world, topic, sender);
  // Whether such a request carries what conditions ask for is not documented.
  const bool hangs_on_conditions = access.access.part == Access::Part::condition ||
                                   (access.access.statement != nullptr && access.access.part == Access::Part::none &&
                                    !access.access.statement->conditions.empty());
  if (access.has_policy && access.access.verdict == Access::Verdict::denied && !hangs_on_conditions) {
    out.add(topic_policy_omits_events, access.policy, world.stack()[access.policy].span,
            "policy '{}' keeps rule '{}' from topic '{}'", name_of(world, access.policy), name_of(world, rule),
            name_of(world, topic))
        .relate(place, "rule '{}' sends to the topic", name_of(world, rule))
        .note("it must let events.amazonaws.com do sns:Publish");
  }
  const KeyUse use = chain::may_encrypt(world, topic, sender);
  if (use.verdict != Access::Verdict::denied) return;
  const auto& body = std::get<stack::Topic>(world.stack()[topic].body);
  const bool is_managed = use.reason == KeyUse::Reason::managed_key;
  Finding& finding = out.add(key_omits_events, is_managed ? topic : use.key,
                             is_managed ? place_of(world, topic, body.kms_key) : world.stack()[use.key].span,
                             "topic '{}' is encrypted with a key that rule '{}' cannot use", name_of(world, topic),
                             name_of(world, rule));
  finding.relate(place, "rule '{}' sends to the topic", name_of(world, rule));
  if (is_managed) {
    finding.note("the policy of alias/aws/sns cannot be changed and lets no service in: use a customer key");
  } else if (use.access.part == Access::Part::condition) {
    finding.note("its requests to a key carry no '{}': let events.amazonaws.com in without conditions",
                 use.access.condition->key);
  } else {
    finding.note("the key must let events.amazonaws.com do kms:Decrypt and kms:GenerateDataKey*");
  }
}

void check_topics(const World& world, ResourceId subject, Findings& out) {
  const EventRule* const rule = judged_rule(world, subject);
  if (rule == nullptr) return;
  for (const stack::EventTarget& target : rule->targets) {
    if (!world.is_there(target.presence) || world.at(target.role) != nullptr) continue;
    for (const Link& topic : chain::topics_of(world, target.arn))
      if (topic.match == Match::yes) check_topic(world, subject, topic.resource, target, out);
  }
}

constexpr std::string_view reads_by_cloudtrail =
    "EventBridge user guide, \"Receiving read-only management events from AWS services\" and \"AWS service events "
    "delivered "
    "via CloudTrail\".";
constexpr std::string_view fits =
    "The pattern is evaluated with EventBridge's operators against the canonical accesses to a secret; what differs "
    "from account to account or from call to call is taken as not known, and decides nothing.";

}  // namespace

constinit const Rule rule_state_drops_reads{
    .id = "E801",
    .name = "rule-state-drops-reads",
    .severity = Severity::error,
    .effect = Effect::silent,
    .since = "0.1.0",
    .summary = "an event rule never gets to see reads",
    .finds =
        "Rules for reads of secrets in state `ENABLED`, which is the default, on the default bus. Rules that "
        "do not name the reads, that are switched off, or that listen on another bus, are told of as likely.",
    .harm =
        "Read-only management events that CloudTrail records reach only rules in state "
        "`ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS`. GetSecretValue is such an event: the rule never "
        "fires.",
    .decision =
        "The pattern is evaluated against the canonical reads of a secret; the state is read where it is "
        "known.",
    .source = reads_by_cloudtrail,
    .bad = examples::edited<"  ReadAlarm:\n", R"(  ReadRule:
    Type: AWS::Events::Rule
    Properties:
      State: ENABLED
      EventPattern: {source: [aws.secretsmanager], detail-type: [AWS API Call via CloudTrail], detail: {eventName: [GetSecretValue]}}
      Targets:
        - {Id: topic, Arn: !Ref Topic}
  ReadAlarm:
)",
                            "Principal: {Service: cloudwatch.amazonaws.com}",
                            "Principal: {Service: [cloudwatch.amazonaws.com, events.amazonaws.com]}">,
    .good = examples::edited<"  ReadAlarm:\n", R"(  ReadRule:
    Type: AWS::Events::Rule
    Properties:
      State: ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS
      EventPattern: {source: [aws.secretsmanager], detail-type: [AWS API Call via CloudTrail], detail: {eventName: [GetSecretValue]}}
      Targets:
        - {Id: topic, Arn: !Ref Topic}
  ReadAlarm:
)",
                             "Principal: {Service: cloudwatch.amazonaws.com}",
                             "Principal: {Service: [cloudwatch.amazonaws.com, events.amazonaws.com]}">,
    .check = check_state};

constinit const Rule event_pattern_matches_no_access{
    .id = "E802",
    .name = "event-pattern-matches-no-access",
    .severity = Severity::error,
    .effect = Effect::silent,
    .since = "0.1.0",
    .summary = "the pattern of an event rule fits no event of Secrets Manager",
    .finds =
        "Patterns that name Secrets Manager or its reads, and that no way to use a secret fits: a wrong "
        "detail-type, a misspelt event name, a field that such an event does not have.",
    .harm = "The rule never fires.",
    .decision = fits,
    .source = reads_by_cloudtrail,
    .bad = examples::edited<"  ReadAlarm:\n", R"(  ReadRule:
    Type: AWS::Events::Rule
    Properties:
      State: ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS
      EventPattern: {source: [aws.secretsmanager], detail-type: [AWS Service Call via CloudTrail], detail: {eventName: [GetSecretValue]}}
      Targets:
        - {Id: topic, Arn: !Ref Topic}
  ReadAlarm:
)",
                            "Principal: {Service: cloudwatch.amazonaws.com}",
                            "Principal: {Service: [cloudwatch.amazonaws.com, events.amazonaws.com]}">,
    .good = examples::edited<"  ReadAlarm:\n", R"(  ReadRule:
    Type: AWS::Events::Rule
    Properties:
      State: ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS
      EventPattern: {source: [aws.secretsmanager], detail-type: [AWS API Call via CloudTrail], detail: {eventName: [GetSecretValue]}}
      Targets:
        - {Id: topic, Arn: !Ref Topic}
  ReadAlarm:
)",
                             "Principal: {Service: cloudwatch.amazonaws.com}",
                             "Principal: {Service: [cloudwatch.amazonaws.com, events.amazonaws.com]}">,
    .check = check_pattern};

constinit const Rule topic_policy_omits_events{
    .id = "E803",
    .name = "topic-policy-omits-events",
    .severity = Severity::error,
    .effect = Effect::silent,
    .since = "0.1.0",
    .summary = "a topic's policy does not let an event rule publish",
    .finds =
        "The policy of a topic in scope that a rule for secrets sends to, in which no statement lets "
        "events.amazonaws.com publish.",
    .harm = "The rule fires, and the message is refused.",
    .decision =
        "The policy is evaluated as IAM does it. It is silent where the answer hangs on a condition, on a "
        "role of the target, or on what is not known.",
    .source = "EventBridge user guide, \"Using resource-based policies\", Amazon SNS permissions.",
    .bad = examples::edited<"  ReadAlarm:\n", R"(  ReadRule:
    Type: AWS::Events::Rule
    Properties:
      State: ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS
      EventPattern: {source: [aws.secretsmanager], detail-type: [AWS API Call via CloudTrail], detail: {eventName: [GetSecretValue]}}
      Targets:
        - {Id: topic, Arn: !Ref Topic}
  ReadAlarm:
)">,
    .good = examples::edited<"  ReadAlarm:\n", R"(  ReadRule:
    Type: AWS::Events::Rule
    Properties:
      State: ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS
      EventPattern: {source: [aws.secretsmanager], detail-type: [AWS API Call via CloudTrail], detail: {eventName: [GetSecretValue]}}
      Targets:
        - {Id: topic, Arn: !Ref Topic}
  ReadAlarm:
)",
                             "Principal: {Service: cloudwatch.amazonaws.com}",
                             "Principal: {Service: [cloudwatch.amazonaws.com, events.amazonaws.com]}">,
    .check = check_topics};

constinit const Rule key_omits_events{
    .id = "E804",
    .name = "key-omits-events",
    .severity = Severity::error,
    .effect = Effect::silent,
    .since = "0.1.0",
    .summary = "the key of a rule's topic does not let EventBridge in",
    .finds =
        "A customer key in scope whose policy lacks kms:Decrypt or kms:GenerateDataKey* for "
        "events.amazonaws.com, or grants them under conditions that EventBridge does not meet; alias/aws/sns, "
        "which is closed to services.",
    .harm = "The rule fires, and the message is lost.",
    .decision =
        "The key's policy is evaluated as IAM does it, for a request without aws:SourceArn and "
        "aws:SourceAccount. It is silent where the answer depends on what is not known.",
    .source = "SNS developer guide, \"Managing encryption keys and costs\", compatibility with event sources.",
    .bad = examples::edited<"  ReadAlarm:\n", R"(  ReadRule:
    Type: AWS::Events::Rule
    Properties:
      State: ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS
      EventPattern: {source: [aws.secretsmanager], detail-type: [AWS API Call via CloudTrail], detail: {eventName: [GetSecretValue]}}
      Targets:
        - {Id: topic, Arn: !Ref Topic}
  ReadAlarm:
)",
                            "Principal: {Service: cloudwatch.amazonaws.com}",
                            "Principal: {Service: [cloudwatch.amazonaws.com, events.amazonaws.com]}",
                            "    Type: AWS::SNS::Topic\n", R"(    Type: AWS::SNS::Topic
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
          - Effect: Allow
            Principal: {Service: cloudwatch.amazonaws.com}
            Action: [kms:Decrypt, kms:GenerateDataKey*]
            Resource: '*'
)">,
    .good = examples::edited<"  ReadAlarm:\n", R"(  ReadRule:
    Type: AWS::Events::Rule
    Properties:
      State: ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS
      EventPattern: {source: [aws.secretsmanager], detail-type: [AWS API Call via CloudTrail], detail: {eventName: [GetSecretValue]}}
      Targets:
        - {Id: topic, Arn: !Ref Topic}
  ReadAlarm:
)",
                             "Principal: {Service: cloudwatch.amazonaws.com}",
                             "Principal: {Service: [cloudwatch.amazonaws.com, events.amazonaws.com]}",
                             "    Type: AWS::SNS::Topic\n", R"(    Type: AWS::SNS::Topic
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
          - Effect: Allow
            Principal: {Service: [cloudwatch.amazonaws.com, events.amazonaws.com]}
            Action: [kms:Decrypt, kms:GenerateDataKey*]
            Resource: '*'
)">};

constinit const Rule input_path_unknown_field{
    .id = "E805",
    .name = "input-path-unknown-field",
    .severity = Severity::warning,
    .effect = Effect::partial,
    .since = "0.1.0",
    .summary = "an input transformer reads a field that events do not have",
    .finds =
        "Paths of a target's input transformer, on a rule for secrets, that no event of CloudTrail has, such "
        "as `$.detail.sourceIpAddress`. Names of fields tell upper from lower case.",
    .harm = "The message comes with an empty place where it should say who or from where.",
    .decision =
        "By the fields that CloudTrail documents for records, identities and the parameters of Secrets "
        "Manager. What stands below others is not looked at.",
    .source =
        "CloudTrail user guide, \"CloudTrail record contents\", \"CloudTrail userIdentity element\"; "
        "EventBridge user guide, \"Input transformation\".",
    .bad = examples::edited<"  ReadAlarm:\n", R"(  ReadRule:
    Type: AWS::Events::Rule
    Properties:
      State: ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS
      EventPattern: {source: [aws.secretsmanager], detail-type: [AWS API Call via CloudTrail], detail: {eventName: [GetSecretValue]}}
      Targets:
        - Id: topic
          Arn: !Ref Topic
          InputTransformer:
            InputPathsMap: {who: $.detail.userIdentity.arn, from: $.detail.sourceIpAddress}
            InputTemplate: '"<who> read a secret from <from>"'
  ReadAlarm:
)",
                            "Principal: {Service: cloudwatch.amazonaws.com}",
                            "Principal: {Service: [cloudwatch.amazonaws.com, events.amazonaws.com]}">,
    .good = examples::edited<"  ReadAlarm:\n", R"(  ReadRule:
    Type: AWS::Events::Rule
    Properties:
      State: ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS
      EventPattern: {source: [aws.secretsmanager], detail-type: [AWS API Call via CloudTrail], detail: {eventName: [GetSecretValue]}}
      Targets:
        - Id: topic
          Arn: !Ref Topic
          InputTransformer:
            InputPathsMap: {who: $.detail.userIdentity.arn, from: $.detail.sourceIPAddress}
            InputTemplate: '"<who> read a secret from <from>"'
  ReadAlarm:
)",
                             "Principal: {Service: cloudwatch.amazonaws.com}",
                             "Principal: {Service: [cloudwatch.amazonaws.com, events.amazonaws.com]}">,
    .check = check_paths};

constinit const Rule rule_without_target{
    .id = "E806",
    .name = "rule-without-target",
    .severity = Severity::error,
    .effect = Effect::silent,
    .since = "0.1.0",
    .summary = "an event rule for secrets has no target",
    .finds = "Rules whose pattern is about secrets without `Targets`.",
    .harm = "The rule fires, and nothing happens.",
    .decision = "By what is written. It is silent where the template may hold more than was read.",
    .source = "EventBridge API reference, PutRule: a rule needs targets, which are put on it by themselves.",
    .bad = examples::edited<"  ReadAlarm:\n", R"(  ReadRule:
    Type: AWS::Events::Rule
    Properties:
      State: ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS
      EventPattern: {source: [aws.secretsmanager], detail-type: [AWS API Call via CloudTrail], detail: {eventName: [GetSecretValue]}}
  ReadAlarm:
)">,
    .good = examples::edited<"  ReadAlarm:\n", R"(  ReadRule:
    Type: AWS::Events::Rule
    Properties:
      State: ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS
      EventPattern: {source: [aws.secretsmanager], detail-type: [AWS API Call via CloudTrail], detail: {eventName: [GetSecretValue]}}
      Targets:
        - {Id: topic, Arn: !Ref Topic}
  ReadAlarm:
)",
                             "Principal: {Service: cloudwatch.amazonaws.com}",
                             "Principal: {Service: [cloudwatch.amazonaws.com, events.amazonaws.com]}">,
    .check = check_targets};

}  // namespace secretwatch::lint::rules
