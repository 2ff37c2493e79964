/// D: from the trail to the log group, and the group itself.
#include <algorithm>

#include "chain/reach.h"
#include "lint/examples.h"
#include "lint/rules/catalogue.h"
#include "lint/rules/links.h"

namespace secretwatch::lint::rules {
namespace {

using chain::World;
using stack::ResourceId;
using stack::Text;

// --- D303 ---

enum class Shape { arn_of_streams, arn, name, arn_with_two_endings, not_known };

/// Does the text begin as an ARN does?
bool is_arn(const World& world, const Text& text) {
  const stack::Part& first = text.parts().front();
  if (const auto* const literal = std::get_if<std::string>(&first)) return literal->starts_with("arn:");
  const auto* const ref = std::get_if<stack::Ref>(&first);
  return ref != nullptr && stack::meaning_of(world.stack()[ref->target].body, ref->attribute) == stack::Attribute::arn;
}

/// By its end, which is certain where it is literal, whatever stands before.
Shape shape_of(const World& world, const Text& text) {
  if (text.parts().empty()) return Shape::not_known;
  const stack::Part& last = text.parts().back();
  if (const auto* const literal = std::get_if<std::string>(&last)) {
    if (literal->ends_with(":*:*")) return Shape::arn_with_two_endings;
    if (literal->ends_with(":*")) return Shape::arn_of_streams;
  } else if (const auto* const ref = std::get_if<stack::Ref>(&last)) {
    if (!std::holds_alternative<stack::LogGroup>(world.stack()[ref->target].body)) return Shape::not_known;
  } else if (!std::holds_alternative<stack::Pseudo>(last)) {
    return Shape::not_known;
  }
  return is_arn(world, text) ? Shape::arn : Shape::name;
}

void check_arn(const World& world, ResourceId subject, Findings& out) {
  const auto* const trail = std::get_if<stack::Trail>(&world.stack()[subject].body);
  const auto* const written = trail == nullptr ? nullptr : world.at(trail->log_group);
  if (written == nullptr) return;
  const Span place = place_of(world, subject, trail->log_group);
  switch (shape_of(world, world.text(*written))) {
    case Shape::arn_of_streams:
    case Shape::not_known:
      return;
    case Shape::arn: {
      Finding& finding =
          out.add(log_group_arn_shape, subject, place,
                  "trail '{}' is given the ARN of a log group without ':*' behind it", name_of(world, subject));
      if (const auto literal = world.literal(trail->log_group))
        finding.set(world, subject, "log_group", trail->log_group, *literal + ":*");
      return;
    }
    case Shape::name:
      out.add(log_group_arn_shape, subject, place, "trail '{}' is given the name of a log group instead of its ARN",
              name_of(world, subject));
      return;
    case Shape::arn_with_two_endings:
      out.add(log_group_arn_shape, subject, place,
              "trail '{}' is given the ARN of a log group with ':*' twice behind it", name_of(world, subject))
          .likely()
          .note("'Fn::GetAtt' of a log group's 'Arn' ends in ':*' by itself");
      return;
  }
}

// --- D304 ---

/// Known to be written with something in it; unknown may come to nothing at all.
bool is_certainly_written(const World& world, const stack::OptionalText& property) {
  const stack::TextValue* const value = world.at(property);
  if (value == nullptr || value->unknown() != nullptr) return false;
  return world.literal(property) != std::optional<std::string>("");
}

void check_role_missing(const World& world, ResourceId subject, Findings& out) {
  const auto* const trail = std::get_if<stack::Trail>(&world.stack()[subject].body);
  if (trail == nullptr) return;
  const bool has_group = world.at(trail->log_group) != nullptr;
  const bool has_role = world.at(trail->log_role) != nullptr;
  if (is_certainly_written(world, trail->log_group) && !has_role)
    out.add(role_missing, subject, place_of(world, subject, trail->log_group),
            "trail '{}' has a log group and no role to write to it", name_of(world, subject));
  if (is_certainly_written(world, trail->log_role) && !has_group)
    out.add(role_missing, subject, place_of(world, subject, trail->log_role),
            "trail '{}' has a role for a log group and no log group", name_of(world, subject));
}

// --- D311 ---

void check_key(const World& world, ResourceId subject, Findings& out) {
  const auto* const group = std::get_if<stack::LogGroup>(&world.stack()[subject].body);
  if (group == nullptr || world.at(group->kms_key) == nullptr || !is_watched(world, subject)) return;
  const chain::KeyUse use = chain::may_encrypt_group(world, subject);
  if (use.verdict != chain::Access::Verdict::denied) return;
  out.add(log_group_cmk_policy, use.key, world.stack()[use.key].span, "key '{}' does not let CloudWatch Logs do {}: {}",
          name_of(world, use.key), use.action, shortcoming(use.access, "key", "CloudWatch Logs"))
      .relate(place_of(world, subject, group->kms_key), "log group '{}' is encrypted with the key",
              name_of(world, subject))
      .note(
          "it must let logs.REGION.amazonaws.com do kms:Encrypt, kms:Decrypt, kms:ReEncrypt*, kms:GenerateDataKey* and "
          "kms:Describe*; the account's statement does not cover services");
}

// --- D312 ---

void check_class(const World& world, ResourceId subject, Findings& out) {
  const auto* const group = std::get_if<stack::LogGroup>(&world.stack()[subject].body);
  const auto written = group == nullptr ? std::nullopt : world.literal(group->log_group_class);
  if (written != "INFREQUENT_ACCESS" && written != "DELIVERY") return;
  const std::vector<ResourceId> filters = readers_of(world, subject);
  if (filters.empty()) return;
  Finding& finding =
      out.add(log_group_class, subject, place_of(world, subject, group->log_group_class),
              "log group '{}' is of class {}, in which there are no metric filters", name_of(world, subject), *written);
  for (const ResourceId filter : filters)
    finding.relate(world.stack()[filter].span, "filter '{}' is to read it", name_of(world, filter));
}

}  // namespace

constinit const Rule log_group_arn_shape{
    .id = "D303",
    .name = "log-group-arn-shape",
    .severity = Severity::error,
    .effect = Effect::rejected,
    .since = "0.1.0",
    .summary = "a trail's log group is not named by an ARN that ends in `:*`",
    .finds =
        "`CloudWatchLogsLogGroupArn` (Terraform: `cloud_watch_logs_group_arn`) with a name, with an ARN without `:*` "
        "behind it, such as Terraform's `aws_cloudwatch_log_group.trail.arn`, or, as a warning, with `:*` twice.",
    .harm = "CloudTrail refuses the trail: it \"cannot validate the specified log group ARN\".",
    .decision =
        "By the end of the text, where it is known. In CloudFormation `Fn::GetAtt` of a log group's `Arn` ends in "
        "`:*`; in Terraform the attribute does not.",
    .source =
        "CloudFormation resource reference, AWS::Logs::LogGroup, return values; Terraform provider for AWS, issues "
        "14557 and 18038.",
    .bad = examples::edited<"CloudWatchLogsLogGroupArn: !GetAtt TrailLogGroup.Arn",
                            "CloudWatchLogsLogGroupArn: !Ref TrailLogGroup">,
    .good = examples::good,
    .check = check_arn};

constinit const Rule role_missing{
    .id = "D304",
    .name = "role-missing",
    .severity = Severity::error,
    .effect = Effect::rejected,
    .since = "0.1.0",
    .summary = "a trail has a log group without a role, or a role without a log group",
    .finds = "Trails with one of `CloudWatchLogsLogGroupArn` and `CloudWatchLogsRoleArn` and not the other.",
    .harm = "CloudTrail refuses the trail: it writes to a log group only in a role that it may assume.",
    .decision = "By what is written. A value that is not known, and may come to nothing, is left alone.",
    .source =
        "CloudTrail API reference, CreateTrail: CloudWatchLogsLogGroupArn is \"not required unless you specify "
        "CloudWatchLogsRoleArn\".",
    .bad = examples::edited<"      CloudWatchLogsRoleArn: !GetAtt TrailRole.Arn\n", "">,
    .good = examples::good,
    .check = check_role_missing};

constinit const Rule log_group_cmk_policy{
    .id = "D311",
    .name = "log-group-cmk-policy",
    .severity = Severity::error,
    .effect = Effect::rejected,
    .since = "0.1.0",
    .summary = "the key of a log group does not let CloudWatch Logs in",
    .finds =
        "A key in scope that encrypts a log group which a trail delivers to or a filter reads, and whose policy lets "
        "CloudWatch Logs neither make data keys nor decrypt.",
    .harm = "CloudWatch Logs refuses to encrypt the group with the key, so that the group is not made.",
    .decision =
        "The key's policy is evaluated for the service of the group's region, as IAM does it. It is silent where the "
        "answer depends on what is not known, on an encryption context among others, and where the policy lets in "
        "logs.amazonaws.com: the user guide asks for the name with the region, and nobody says that AWS refuses the "
        "other one.",
    .source = "CloudWatch Logs user guide, \"Encrypt log data in CloudWatch Logs using AWS Key Management Service\".",
    .bad = examples::edited<"      RetentionInDays: 90\n",
                            "      RetentionInDays: 90\n      KmsKeyId: !GetAtt LogKey.Arn\n", "  TrailRole:\n",
                            R"(  LogKey:
    Type: AWS::KMS::Key
    Properties:
      KeyPolicy:
        Version: '2012-10-17'
        Statement:
          - Effect: Allow
            Principal: {AWS: !Sub 'arn:${AWS::Partition}:iam::${AWS::AccountId}:root'}
            Action: kms:*
            Resource: '*'
  TrailRole:
)">,
    .good = examples::edited<"      RetentionInDays: 90\n",
                             "      RetentionInDays: 90\n      KmsKeyId: !GetAtt LogKey.Arn\n", "  TrailRole:\n",
                             R"(  LogKey:
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
            Principal: {Service: !Sub 'logs.${AWS::Region}.${AWS::URLSuffix}'}
            Action: ['kms:Encrypt', 'kms:Decrypt', 'kms:ReEncrypt*', 'kms:GenerateDataKey*', 'kms:Describe*']
            Resource: '*'
  TrailRole:
)">,
    .check = check_key};

constinit const Rule log_group_class{
    .id = "D312",
    .name = "log-group-class",
    .severity = Severity::error,
    .effect = Effect::silent,
    .since = "0.1.0",
    .summary = "a metric filter is to read a log group of a class that has none",
    .finds = "`LogGroupClass` INFREQUENT_ACCESS or DELIVERY on a group in scope that a filter in scope reads.",
    .harm = "Metric filters work on groups of class STANDARD alone: nothing is counted.",
    .decision = "By the value, where it is known, and the log group, where it is certainly the same.",
    .source = "CloudWatch Logs user guide, \"Log classes\" and \"Creating metrics from log events using filters\".",
    .bad = examples::edited<"      RetentionInDays: 90\n",
                            "      RetentionInDays: 90\n      LogGroupClass: INFREQUENT_ACCESS\n">,
    .good =
        examples::edited<"      RetentionInDays: 90\n", "      RetentionInDays: 90\n      LogGroupClass: STANDARD\n">,
    .check = check_class};

}  // namespace secretwatch::lint::rules
