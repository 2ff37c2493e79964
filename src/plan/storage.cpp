#include <fmt/format.h>

#include "base/text.h"
#include "plan/builder.h"
#include "plan/names.h"
#include "plan/policies.h"

namespace secretwatch::plan {
namespace {

using stack::Attribute;
using stack::Ref;
using stack::Resource;
using stack::ResourceId;
using stack::Text;
using stack::TextValue;
using stack::Value;

Value<std::int64_t> integer(std::int64_t value) {
  return {value};
}

stack::Bucket make_bucket(Builder& b) {
  const model::Trail::Bucket& wanted = b.spec.trail.bucket;
  stack::Bucket bucket;
  if (!wanted.name.empty()) {
    bucket.name = Text(wanted.name);
  } else {
    bucket.name_prefix = Text(lower_case(b.spec.name + "-trail-"));
  }
  bucket.block_public_access = true;
  bucket.object_ownership = Text("BucketOwnerEnforced");
  bucket.encryption_algorithm = Text(b.key ? "aws:kms" : "AES256");
  bucket.kms_key = b.key_arn();
  bucket.versioning = true;
  if (wanted.retention_days) bucket.expiration_days = integer(*wanted.retention_days);
  bucket.noncurrent_expiration_days = integer(30);
  bucket.abort_incomplete_upload_days = integer(7);
  if (wanted.lock_days) bucket.lock_days = integer(*wanted.lock_days);
  if (!wanted.access_logs_to.empty()) {
    bucket.access_logs_bucket = Text(wanted.access_logs_to);
    bucket.access_logs_prefix = Text(b.spec.name + "-trail/");
  }
  bucket.tags = b.stack().tags;
  return bucket;
}

stack::Trail make_trail(Builder& b, ResourceId bucket, ResourceId role) {
  stack::Trail trail;
  trail.name = Text(trail_name(b.spec));
  trail.bucket = Ref{bucket, Attribute::name};
  trail.log_group = TextValue(Text{Ref{*b.log_group, Attribute::arn}, ":*"});
  trail.log_role = TextValue(Ref{role, Attribute::arn});
  trail.kms_key = b.key_arn();
  trail.is_logging = true;
  trail.multi_region = b.spec.trail.all_regions;
  trail.global_service_events = true;
  trail.log_file_validation = b.spec.trail.validation;
  if (!b.spec.trail.organization.empty()) trail.organization = true;
  stack::EventSelector selector;
  selector.read_write_type = Text("All");
  selector.management_events = true;
  if (b.spec.trail.exclude_kms) selector.excluded_sources.emplace_back(Text("kms.amazonaws.com"));
  if (b.spec.trail.exclude_rds_data_api) selector.excluded_sources.emplace_back(Text("rdsdata.amazonaws.com"));
  trail.event_selectors.push_back(std::move(selector));
  trail.tags = b.stack().tags;
  return trail;
}

}  // namespace

void add_key(Builder& b) {
  using Encryption = model::Trail::Encryption;
  if (b.spec.trail.encryption == Encryption::none) return;
  if (b.spec.trail.encryption == Encryption::existing_key) {
    b.key = b.add("key", stack::External{stack::External::Kind::key, {}, TextValue(Text(b.spec.trail.key_arn))},
                  b.spec.trail.span);
    return;
  }
  b.begin_section(
      "Encryption",
      "One key for everything that is stored or sent. Its policy lets each service of the chain in: without\n"
      "CloudWatch's grant alarms could not publish to the encrypted topics, and nothing would say so.");
  stack::Key key;
  key.description = Text(fmt::format("{}: monitoring of secret access", b.spec.name));
  key.policy = key_policy(b.spec);
  key.rotation = true;
  key.pending_window_days = integer(30);
  key.tags = b.stack().tags;
  b.key = b.add_retained("key", std::move(key), b.spec.trail.span);
  b.add("key", stack::KeyAlias{Text("alias/" + b.spec.name), Ref{*b.key, Attribute::id}}, b.spec.trail.span);
}

void add_trail(Builder& b) {
  if (b.spec.trail.existing) {
    b.log_group =
        b.add("trail",
              stack::External{stack::External::Kind::log_group, TextValue(Text(b.spec.trail.existing_log_group)), {}},
              b.spec.trail.span);
    return;
  }
  b.begin_section("Where the trail is stored",
                  "CloudTrail needs a bucket even though the alarms read from the log group.");
  const ResourceId bucket = b.add_retained("trail", make_bucket(b), b.spec.trail.span);
  const ResourceId policy = b.add(
      "trail", stack::BucketPolicy{Ref{bucket, Attribute::name}, bucket_policy(b.spec, bucket)}, b.spec.trail.span);
  b.begin_section("Delivery to CloudWatch Logs", "Metric filters see only what is in this log group.");
  stack::LogGroup group;
  group.name = Text(log_group_name(b.spec));
  group.retention_days = integer(b.spec.trail.log_retention_days);
  group.kms_key = b.key_arn();
  group.tags = b.stack().tags;
  b.log_group = b.add_retained("trail", std::move(group), b.spec.trail.span);
  stack::Role role;
  role.name = Text(b.spec.name + "-cloudtrail");
  role.trust = delivery_trust_policy();
  role.policies = {{"write-log-streams", delivery_policy(b.spec)}};
  role.tags = b.stack().tags;
  const ResourceId role_id = b.add("trail", std::move(role), b.spec.trail.span);
  b.begin_section("The trail",
                  "It records reads too: GetSecretValue is a read event, and a trail of writes never sees it.");
  b.trail = b.add("trail", make_trail(b, bucket, role_id), b.spec.trail.span);
  // CloudTrail tries to write when it is created.
  b.stack()[*b.trail].depends_on = {policy};
}

void deliver_notices(Builder& b) {
  if (!b.spec.trail.deliver_to) return;
  for (std::size_t i = 0; i < b.spec.channels.size(); ++i) {
    const model::Channel& channel = b.spec.channels[i];
    if (channel.name != b.spec.trail.deliver_to->text) continue;
    const bool is_ours = channel.existing_topic.empty();
    Resource& trail = b.stack()[*b.trail];
    std::get<stack::Trail>(trail.body).topic = TextValue(Ref{b.topics[i], is_ours ? Attribute::name : Attribute::arn});
    if (b.notices_policy) trail.depends_on.push_back(*b.notices_policy);
  }
}

void add_secrets(Builder& b) {
  bool has_section = false;
  for (const model::Secret& secret : b.spec.secrets) {
    if (!secret.create) continue;
    if (!has_section) {
      b.begin_section("Secrets", "Declared without their values: a value never stands in a template.");
      has_section = true;
    }
    stack::Secret declared;
    declared.name = Text(secret.name);
    if (!secret.create->description.empty()) declared.description = Text(secret.create->description);
    if (!secret.create->kms_key.empty()) declared.kms_key = Text(secret.create->kms_key);
    if (secret.create->generate) {
      declared.generated_length = integer(secret.create->generate->length);
      declared.exclude_punctuation = secret.create->generate->exclude_punctuation;
    }
    declared.recovery_window_days = integer(30);
    declared.tags = b.stack().tags;
    b.add_retained(secret.id, std::move(declared), secret.span);
  }
}

}  // namespace secretwatch::plan
