#include "plan/policies.h"

#include "plan/names.h"

namespace secretwatch::plan {
namespace {

using stack::Attribute;
using stack::Effect;
using stack::Policy;
using stack::PolicyCondition;
using stack::Principal;
using stack::PrincipalKind;
using stack::Pseudo;
using stack::Ref;
using stack::Statement;
using stack::Text;
using stack::TextValue;

constexpr const char* cloudtrail = "cloudtrail.amazonaws.com";
constexpr const char* cloudwatch = "cloudwatch.amazonaws.com";

Principal service(Text name) {
  return {PrincipalKind::service, {TextValue(std::move(name))}};
}

PolicyCondition when(std::string test, std::string key, Text value) {
  return {std::move(test), std::move(key), {TextValue(std::move(value))}};
}

PolicyCondition from_trail(const model::Spec& spec) {
  return when("StringEquals", "aws:SourceArn", trail_arn(spec));
}
PolicyCondition from_this_account() {
  return when("StringEquals", "aws:SourceAccount", Text{Pseudo::account});
}

/// `arn:PARTITION:SERVICE:REGION:ACCOUNT:` of the place of deployment.
Text arn_of(const char* service_name, const std::string& resource) {
  return {std::string("arn:"), Pseudo::partition, std::string(":") + service_name + ":",
          Pseudo::region,      std::string(":"),  Pseudo::account,
          ":" + resource};
}

Statement deny_plain_text(std::vector<TextValue> actions, std::vector<TextValue> resources) {
  return {.sid = "DenyPlainText",
          .effect = Effect::deny,
          .principals = {{PrincipalKind::everyone}},
          .actions = std::move(actions),
          .resources = std::move(resources),
          .conditions = {when("Bool", "aws:SecureTransport", "false")}};
}

}  // namespace

Text trail_arn(const model::Spec& spec) {
  return arn_of("cloudtrail", "trail/" + trail_name(spec));
}

Policy bucket_policy(const model::Spec& spec, stack::ResourceId bucket) {
  const Ref arn{bucket, Attribute::arn};
  std::vector<TextValue> written{Text{arn, std::string("/AWSLogs/"), Pseudo::account, std::string("/*")}};
  if (!spec.trail.organization.empty()) written.emplace_back(Text{arn, "/AWSLogs/" + spec.trail.organization + "/*"});
  Policy policy;
  policy.statements = {
      {.sid = "CloudTrailChecksTheBucket",
       .principals = {service(cloudtrail)},
       .actions = {Text("s3:GetBucketAcl")},
       .resources = {arn},
       .conditions = {from_trail(spec)}},
      {.sid = "CloudTrailWrites",
       .principals = {service(cloudtrail)},
       .actions = {Text("s3:PutObject")},
       .resources = std::move(written),
       .conditions = {from_trail(spec), when("StringEquals", "s3:x-amz-acl", "bucket-owner-full-control")}},
      deny_plain_text({Text("s3:*")}, {arn, Text{arn, std::string("/*")}}),
  };
  return policy;
}

Policy delivery_trust_policy() {
  Policy policy;
  policy.statements = {
      {.sid = "CloudTrailDelivers", .principals = {service(cloudtrail)}, .actions = {Text("sts:AssumeRole")}}};
  return policy;
}

Policy delivery_policy(const model::Spec& spec) {
  // Streams are called ACCOUNT_CloudTrail_REGION; of an organization trail, ORGANIZATION_ACCOUNT_CloudTrail_REGION.
  const std::string streams = "log-group:" + log_group_name(spec) + ":log-stream:";
  Text own = arn_of("logs", streams);
  own += Text{Pseudo::account, std::string("_CloudTrail_"), Pseudo::region, std::string("*")};
  std::vector<TextValue> resources{own};
  if (!spec.trail.organization.empty())
    resources.emplace_back(arn_of("logs", streams + spec.trail.organization + "_*"));
  Policy policy;
  policy.statements = {{.sid = "WriteTheTrailsStreams",
                        .actions = {Text("logs:CreateLogStream"), Text("logs:PutLogEvents")},
                        .resources = std::move(resources)}};
  return policy;
}

Policy topic_policy(const model::Spec& spec, stack::ResourceId topic, bool takes_trail_notices) {
  const Ref arn{topic, Attribute::arn};
  Policy policy;
  policy.statements = {
      {.sid = "AlarmsPublish",
       .principals = {service(cloudwatch)},
       .actions = {Text("sns:Publish")},
       .resources = {arn},
       .conditions = {when("ArnLike", "aws:SourceArn", arn_of("cloudwatch", "alarm:*")), from_this_account()}}};
  if (takes_trail_notices) {
    policy.statements.push_back({.sid = "CloudTrailAnnouncesLogFiles",
                                 .principals = {service(cloudtrail)},
                                 .actions = {Text("sns:Publish")},
                                 .resources = {arn},
                                 .conditions = {from_trail(spec)}});
  }
  policy.statements.push_back(deny_plain_text({Text("sns:Publish")}, {arn}));
  return policy;
}

Policy key_policy(const model::Spec& spec) {
  const std::vector<TextValue> this_key{Text("*")};
  Policy policy;
  const Text root{std::string("arn:"), Pseudo::partition, std::string(":iam::"), Pseudo::account, std::string(":root")};
  policy.statements.push_back({.sid = "AccountAdministers",
                               .principals = {{PrincipalKind::aws, {TextValue(root)}}},
                               .actions = {Text("kms:*")},
                               .resources = this_key});
  policy.statements.push_back({.sid = "AlarmsPublishToTheTopics",
                               .principals = {service(cloudwatch)},
                               .actions = {Text("kms:Decrypt"), Text("kms:GenerateDataKey*")},
                               .resources = this_key,
                               .conditions = {from_this_account()}});
  if (spec.trail.existing) return policy;
  const Text any_trail{std::string("arn:"), Pseudo::partition, std::string(":cloudtrail:*:"), Pseudo::account,
                       std::string(":trail/*")};
  policy.statements.push_back(
      {.sid = "CloudTrailEncrypts",
       .principals = {service(cloudtrail)},
       .actions = {Text("kms:GenerateDataKey*")},
       .resources = this_key,
       .conditions = {from_trail(spec), when("StringLike", "kms:EncryptionContext:aws:cloudtrail:arn", any_trail)}});
  policy.statements.push_back({.sid = "CloudTrailDescribesTheKey",
                               .principals = {service(cloudtrail)},
                               .actions = {Text("kms:Decrypt"), Text("kms:DescribeKey")},
                               .resources = this_key});
  if (spec.trail.deliver_to) {
    policy.statements.push_back({.sid = "CloudTrailAnnouncesLogFiles",
                                 .principals = {service(cloudtrail)},
                                 .actions = {Text("kms:Decrypt"), Text("kms:GenerateDataKey*")},
                                 .resources = this_key});
  }
  policy.statements.push_back(
      {.sid = "LogGroupEncrypts",
       .principals = {service(Text{std::string("logs."), Pseudo::region, std::string("."), Pseudo::url_suffix})},
       .actions = {Text("kms:Decrypt*"), Text("kms:Describe*"), Text("kms:Encrypt*"), Text("kms:GenerateDataKey*"),
                   Text("kms:ReEncrypt*")},
       .resources = this_key,
       .conditions = {when("ArnEquals", "kms:EncryptionContext:aws:logs:arn",
                           arn_of("logs", "log-group:" + log_group_name(spec)))}});
  return policy;
}

Text queue_statement(const Text& queue, const Text& topic) {
  Text statement(
      R"({"Effect":"Allow","Principal":{"Service":"sns.amazonaws.com"},"Action":"sqs:SendMessage","Resource":")");
  statement += queue;
  statement += Text(R"(","Condition":{"ArnEquals":{"aws:SourceArn":")");
  statement += topic;
  statement += Text(R"("}}})");
  return statement;
}

}  // namespace secretwatch::plan
