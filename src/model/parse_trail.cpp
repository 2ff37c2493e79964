#include "model/codes.h"
#include "model/parts.h"
#include "model/reader.h"
#include "model/values.h"

namespace secretwatch::model {
namespace {

std::string problem_with_new_log_group(std::string_view name) {
  std::string problem = problem_with_log_group_name(name);
  if (problem.empty() && name.starts_with("aws/")) problem = "begins with 'aws/', which AWS keeps for itself";
  return problem;
}

std::string problem_with_key_arn(std::string_view text) {
  return problem_with_arn(text, "kms", "key/", "arn:aws:kms:us-east-2:123456789012:key/KEY-ID");
}

Trail::Bucket parse_bucket(const doc::Node& node, Diagnostics& out) {
  Trail::Bucket bucket;
  const Fields fields(node, "bucket", {"name", "retention", "lock", "access_logs_to"}, out);
  if (const doc::Node* found = fields.get("name"))
    bucket.name = read_text(*found, problem_with_bucket_name, out).value_or("");
  if (const doc::Node* found = fields.get("retention")) bucket.retention_days = read_days(*found, out);
  if (const doc::Node* found = fields.get("lock")) bucket.lock_days = read_days(*found, out);
  if (const doc::Node* found = fields.get("access_logs_to"))
    bucket.access_logs_to = read_text(*found, problem_with_bucket_name, out).value_or("");
  if (bucket.lock_days && bucket.retention_days && *bucket.lock_days > *bucket.retention_days) {
    out.add(codes::lock_outlasts_retention, fields.key_span("lock"),
            "objects are locked for {} days and expire after {}", *bucket.lock_days, *bucket.retention_days)
        .note("a locked version stays until its lock ends");
  }
  if (!bucket.name.empty() && bucket.name == bucket.access_logs_to) {
    out.add(codes::logs_into_itself, fields.key_span("access_logs_to"),
            "the bucket would log the access to itself into itself")
        .note("each log object would make another; name another bucket");
  }
  return bucket;
}

void parse_logs(const doc::Node& node, Trail& trail, Diagnostics& out) {
  const Fields fields(node, "logs", {"group", "retention"}, out);
  if (const doc::Node* found = fields.get("group"))
    trail.log_group = read_text(*found, problem_with_new_log_group, out).value_or("");
  if (const doc::Node* found = fields.get("retention")) {
    const std::optional<std::uint32_t> days = read_days(*found, out);
    if (days && !is_log_retention(*days)) {
      out.add(codes::retention_not_offered, found->span, "a retention of {} days is not offered by CloudWatch Logs",
              *days)
          .note("the nearest it offers is {}d", nearest_log_retention(*days));
    }
    trail.log_retention_days = days.value_or(trail.log_retention_days);
  }
}

void parse_exclusions(const doc::Node& node, Trail& trail, Diagnostics& out) {
  const std::vector<doc::Node>* const items = read_list(node, out);
  if (items == nullptr) return;
  for (const doc::Node& item : *items) {
    const std::optional<std::size_t> choice = read_choice(item, {"kms", "rds-data-api"}, out);
    if (choice == 0U) trail.exclude_kms = true;
    if (choice == 1U) trail.exclude_rds_data_api = true;
  }
}

void parse_encryption(const doc::Node& node, Trail& trail, Diagnostics& out) {
  if (node.kind == doc::Kind::scalar && node.text.starts_with("arn:")) {
    const std::optional<std::string> arn = read_text(node, problem_with_key_arn, out);
    if (!arn) return;
    trail.encryption = Trail::Encryption::existing_key;
    trail.key_arn = *arn;
    return;
  }
  const std::optional<std::size_t> choice = read_choice(node, {"none", "new"}, out);
  if (!choice) {
    if (node.kind == doc::Kind::scalar && !out.all().empty()) out.last()->note("or the ARN of a key");
    return;
  }
  trail.encryption = *choice == 1 ? Trail::Encryption::new_key : Trail::Encryption::none;
}

/// Attach to a log group that is there already: nothing else of a trail is ours.
void parse_existing(const Fields& fields, Trail& trail, Diagnostics& out) {
  trail.existing = true;
  if (const doc::Node* node = fields.require("log_group"))
    trail.existing_log_group = read_text(*node, problem_with_log_group_name, out).value_or("");
  for (const std::string_view key :
       {"name", "regions", "exclude", "validation", "organization", "bucket", "logs", "deliver_to"}) {
    if (!fields.has(key)) continue;
    out.add(codes::key_not_allowed_here, fields.key_span(key), "'{}' stands beside 'use: existing'", key)
        .note("nothing of an existing trail is created or changed");
  }
}

void parse_new(const Fields& fields, Trail& trail, Diagnostics& out) {
  if (fields.has("log_group")) {
    out.add(codes::key_not_allowed_here, fields.key_span("log_group"), "'log_group' stands without 'use: existing'")
        .note("the log group of a new trail is named by logs: {{group: …}}");
  }
  if (const doc::Node* node = fields.get("name"))
    trail.name = read_text(*node, problem_with_trail_name, out).value_or("");
  if (const doc::Node* node = fields.get("regions"))
    trail.all_regions = read_choice(*node, {"all", "home"}, out).value_or(0) == 0;
  if (const doc::Node* node = fields.get("exclude")) parse_exclusions(*node, trail, out);
  if (const doc::Node* node = fields.get("validation")) trail.validation = read_boolean(*node, out).value_or(true);
  if (const doc::Node* node = fields.get("organization"))
    trail.organization = read_text(*node, problem_with_organization, out).value_or("");
  if (const doc::Node* node = fields.get("bucket")) trail.bucket = parse_bucket(*node, out);
  if (const doc::Node* node = fields.get("logs")) parse_logs(*node, trail, out);
  if (const doc::Node* node = fields.get("deliver_to")) {
    const std::optional<std::string> channel = read_text(*node, out);
    if (channel) trail.deliver_to = Selection{*channel, node->span};
  }
}

}  // namespace

Trail parse_trail(const doc::Node& node, Diagnostics& out) {
  Trail trail;
  trail.span = node.span;
  const Fields fields(node, "trail",
                      {"use", "log_group", "name", "regions", "exclude", "validation", "organization", "bucket", "logs",
                       "encryption", "deliver_to"},
                      out);
  if (!fields.is_mapping()) return trail;
  bool existing = false;
  if (const doc::Node* use = fields.get("use")) existing = read_choice(*use, {"new", "existing"}, out) == 1U;
  if (existing) {
    parse_existing(fields, trail, out);
  } else {
    parse_new(fields, trail, out);
  }
  if (const doc::Node* found = fields.get("encryption")) parse_encryption(*found, trail, out);
  return trail;
}

}  // namespace secretwatch::model
