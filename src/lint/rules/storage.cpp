/// D: the bucket and the key of a trail, and what must be there before what.
#include <algorithm>

#include "chain/reach.h"
#include "lint/examples.h"
#include "lint/rules/catalogue.h"
#include "lint/rules/links.h"
#include "lint/rules/order.h"

namespace secretwatch::lint::rules {
namespace {

using chain::Access;
using chain::Match;
using chain::StoreAccess;
using chain::World;
using stack::ResourceId;
using stack::Stack;
using stack::Trail;

// --- D308 ---

/// Something in the template that may give the bucket a policy, and that is not looked into.
bool may_add_policies(const Stack& stack) {
  return !stack.gaps.empty() ||
         std::any_of(stack.resources().begin(), stack.resources().end(), [](const stack::Resource& resource) {
           const auto* const other = std::get_if<stack::Other>(&resource.body);
           const auto* const nested = std::get_if<stack::NestedStack>(&resource.body);
           return (nested != nullptr && !nested->is_read) ||
                  (other != nullptr &&
                   (other->type.starts_with("Custom::") || other->type.starts_with("AWS::CloudFormation::")));
         });
}

void check_bucket_policy(const World& world, ResourceId subject, const StoreAccess& store, Findings& out) {
  if (store.access.verdict != Access::Verdict::denied) return;
  const Stack& stack = world.stack();
  if (!store.has_policy) {
    if (may_add_policies(stack)) return;
    out.add(bucket_policy, store.bucket, stack[store.bucket].span,
            "bucket '{}' has no policy, and so does not let CloudTrail write trail '{}'", name_of(world, store.bucket),
            name_of(world, subject))
        .relate(stack[subject].span, "trail '{}' is stored there", name_of(world, subject));
    return;
  }
  const Span statement = store.access.statement != nullptr ? store.access.statement->span : Span{};
  out.add(bucket_policy, store.policy, statement.is_nowhere() ? stack[store.policy].span : statement,
          "policy '{}' does not let CloudTrail do {} for trail '{}': {}", name_of(world, store.policy), store.action,
          name_of(world, subject), shortcoming(store.access, "bucket or path", "CloudTrail"))
      .relate(stack[subject].span, "trail '{}' is stored in the bucket", name_of(world, subject))
      .note(
          "cloudtrail.amazonaws.com must be let do s3:GetBucketAcl on the bucket and s3:PutObject on "
          "[PREFIX/]AWSLogs/ACCOUNT/*");
}

// --- D309 ---

void check_order(const World& world, ResourceId subject, const StoreAccess& store, Findings& out) {
  if (!store.has_policy || !store.is_certain) return;
  if (!chain::log_group_of(world, std::get<Trail>(world.stack()[subject].body))) return;
  // A policy that is written inside its bucket is made with it.
  if (world.stack()[store.policy].address == world.stack()[store.bucket].address) return;
  if (is_after(world.stack(), subject, store.policy) != Match::no) return;
  Finding& finding = out.add(bucket_policy_order, subject, world.stack()[subject].span,
                             "nothing makes trail '{}' wait for policy '{}' of its bucket", name_of(world, subject),
                             name_of(world, store.policy));
  finding.relate(world.stack()[store.policy].span, "policy '{}' lets CloudTrail write", name_of(world, store.policy));
  // A Terraform value may have come through a resource that it is no reference to any more.
  if (world.stack()[subject].address.find('.') != std::string::npos) finding.likely();
}

void check_bucket(const World& world, ResourceId subject, Findings& out) {
  if (!std::holds_alternative<Trail>(world.stack()[subject].body)) return;
  const std::optional<StoreAccess> store = chain::may_store(world, subject);
  if (!store) return;
  check_bucket_policy(world, subject, *store, out);
  check_order(world, subject, *store, out);
}

// --- D310 ---

void check_key(const World& world, ResourceId subject, Findings& out) {
  const auto* const trail = std::get_if<Trail>(&world.stack()[subject].body);
  if (trail == nullptr) return;
  const chain::KeyUse use = chain::may_encrypt_trail(world, subject);
  if (use.verdict != Access::Verdict::denied) return;
  const Span statement = use.access.statement != nullptr && use.access.part == Access::Part::condition
                             ? use.access.statement->span
                             : Span{};
  out.add(trail_cmk_policy, use.key, statement.is_nowhere() ? world.stack()[use.key].span : statement,
          "key '{}' does not let CloudTrail do {}: {}", name_of(world, use.key), use.action,
          shortcoming(use.access, "key", "CloudTrail"))
      .relate(place_of(world, subject, trail->kms_key), "trail '{}' is encrypted with the key", name_of(world, subject))
      .note("cloudtrail.amazonaws.com must be let do kms:GenerateDataKey* and kms:DescribeKey");
}

// --- D315 ---

bool refers(const stack::TextValue& value) {
  if (value.ref() != nullptr) return true;
  if (value.get() == nullptr) return false;
  const auto& parts = value.get()->parts();
  return std::any_of(parts.begin(), parts.end(),
                     [](const auto& part) { return std::holds_alternative<stack::Ref>(part); });
}

void check_group_by_name(const World& world, ResourceId subject, Findings& out) {
  const auto* const filter = std::get_if<stack::MetricFilter>(&world.stack()[subject].body);
  const auto* const written = filter == nullptr ? nullptr : world.at(filter->log_group);
  if (written == nullptr || refers(*written)) return;
  const std::vector<chain::Link> groups =
      chain::log_groups_of(world, chain::log_group_name(world.text(*written)), world.stack()[subject].scope);
  if (groups.size() != 1 || groups.front().match != Match::yes) return;
  const ResourceId group = groups.front().resource;
  if (is_after(world.stack(), subject, group) != Match::no) return;
  out.add(group_replaced_on_change, subject, place_of(world, subject, std::optional(filter->log_group)),
          "filter '{}' names log group '{}' and does not wait for it", name_of(world, subject), name_of(world, group))
      .relate(world.stack()[group].span, "log group '{}' is made here", name_of(world, group));
}

}  // namespace

constinit const Rule bucket_policy{
    .id = "D308",
    .name = "bucket-policy",
    .severity = Severity::error,
    .effect = Effect::rejected,
    .since = "0.1.0",
    .summary = "the bucket of a trail does not let CloudTrail write to it",
    .finds =
        "A bucket in scope that a trail is stored in, without a policy, or with one that does not let CloudTrail do "
        "s3:GetBucketAcl and s3:PutObject on `[prefix/]AWSLogs/account/*`.",
    .harm = "CloudTrail refuses the trail, or stops to deliver.",
    .decision =
        "The policy is evaluated for the requests of CloudTrail, with aws:SourceArn and s3:x-amz-acl, as IAM does it. "
        "Of a trail of an organization, whose records lie under its id, s3:GetBucketAcl alone is asked for. It is "
        "silent where the answer depends on what is not known, and, without a policy, beside nested stacks, custom "
        "resources and macros.",
    .source = "CloudTrail user guide, \"Amazon S3 bucket policy for CloudTrail\".",
    .bad = examples::edited<"Action: s3:PutObject", "Action: s3:GetObject">,
    .good = examples::good,
    .check = check_bucket};

constinit const Rule bucket_policy_order{
    .id = "D309",
    .name = "bucket-policy-order",
    .severity = Severity::warning,
    .effect = Effect::rejected,
    .since = "0.1.0",
    .summary = "nothing makes a trail wait for the policy of its bucket",
    .finds =
        "A trail that delivers to a log group, and the policy of its bucket, in one scope, of which the trail may be "
        "made first.",
    .harm = "CloudTrail asks for its rights when the trail is made: whether the deployment works is a matter of luck.",
    .decision =
        "By `DependsOn` (Terraform: `depends_on`) and by references, over any number of steps. It is silent where one "
        "of the steps is not known.",
    .source =
        "CloudTrail user guide, \"Amazon S3 bucket policy for CloudTrail\"; CloudFormation user guide, DependsOn.",
    .bad = examples::edited<"    DependsOn: TrailBucketPolicy\n", "">,
    .good = examples::good};

constinit const Rule trail_cmk_policy{
    .id = "D310",
    .name = "trail-cmk-policy",
    .severity = Severity::error,
    .effect = Effect::rejected,
    .since = "0.1.0",
    .summary = "the key of a trail does not let CloudTrail in",
    .finds = "A key in scope that a trail is encrypted with, and whose policy does not let CloudTrail make data keys.",
    .harm = "CloudTrail refuses the trail, or stops to deliver.",
    .decision =
        "The key's policy is evaluated for the request of CloudTrail, with aws:SourceArn and the encryption context "
        "aws:cloudtrail:arn, as IAM does it. It is silent where the answer depends on what is not known.",
    .source = "CloudTrail user guide, \"Configure AWS KMS key policies for CloudTrail\".",
    .bad = examples::edited<"      IsLogging: true\n", "      IsLogging: true\n      KMSKeyId: !GetAtt TrailKey.Arn\n",
                            "  TrailRole:\n", R"(  TrailKey:
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
    .good = examples::edited<"      IsLogging: true\n", "      IsLogging: true\n      KMSKeyId: !GetAtt TrailKey.Arn\n",
                             "  TrailRole:\n", R"(  TrailKey:
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
            Principal: {Service: cloudtrail.amazonaws.com}
            Action: ['kms:GenerateDataKey*', 'kms:DescribeKey']
            Resource: '*'
  TrailRole:
)">,
    .check = check_key};

constinit const Rule group_replaced_on_change{
    .id = "D315",
    .name = "group-replaced-on-change",
    .severity = Severity::warning,
    .effect = Effect::rejected,
    .since = "0.1.0",
    .summary = "a filter names a log group of its own template without referring to it",
    .finds =
        "A filter that names a log group in scope by a text, where a reference would do, and that does not depend on "
        "it otherwise.",
    .harm =
        "The filter may be made before its group, which fails; and when the group gets another name, the filter stays "
        "with the old one.",
    .decision = "Name and text are compared by what they denote; references are followed over any number of steps.",
    .source = "CloudWatch Logs API reference, PutMetricFilter, ResourceNotFoundException.",
    .bad = examples::edited<"      RetentionInDays: 90\n", "      RetentionInDays: 90\n      LogGroupName: trail\n",
                            "      LogGroupName: !Ref TrailLogGroup", "      LogGroupName: trail">,
    .good = examples::edited<"      RetentionInDays: 90\n", "      RetentionInDays: 90\n      LogGroupName: trail\n">,
    .check = check_group_by_name};

}  // namespace secretwatch::lint::rules
