#pragma once
/// Values: what AWS takes for a name, an address, an ARN. Each question answers "" when the text is fine, else what is
/// wrong with it, so that it can follow the quoted text in a message:
///
///     problem_with_bucket_name("My_Bucket")   // "has a character other than lower-case letters, digits, '.' and '-'"
///
/// Sources, by API: PutMetricAlarm, CreateTopic, Subscribe, CreateTrail (naming requirements), CreateLogGroup,
/// S3 "Bucket naming rules", Secrets Manager CreateSecret, IAM CreateRole/CreateUser, KMS key identifiers,
/// Organizations DescribeOrganization.
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/expected.h"

namespace secretwatch::model {

std::string problem_with_spec_name(std::string_view name);
std::string problem_with_label(std::string_view name);  // of alerts and channels
std::string problem_with_id(std::string_view id);
std::string problem_with_secret_name(std::string_view name);
std::string problem_with_region(std::string_view region);
std::string problem_with_email(std::string_view address);
std::string problem_with_phone_number(std::string_view number);
std::string problem_with_https_url(std::string_view url);
std::string problem_with_topic_name(std::string_view name);
std::string problem_with_trail_name(std::string_view name);
std::string problem_with_log_group_name(std::string_view name);
std::string problem_with_bucket_name(std::string_view name);
std::string problem_with_namespace(std::string_view name_space);
std::string problem_with_organization(std::string_view id);
std::string problem_with_kms_key(std::string_view key);  // alias/…, key id, key or alias ARN
std::string problem_with_role(std::string_view role);    // name or ARN
std::string problem_with_user(std::string_view user);    // name or ARN
std::string problem_with_service(std::string_view service);
std::string problem_with_parameter_name(std::string_view name);
std::string problem_with_tag_key(std::string_view key);

/// Does a tag's text hold characters that AWS services other than EC2 refuse in tags?
bool has_unusual_tag_characters(std::string_view text);

/// An endpoint that takes a POST but never visits the link that confirms an SNS subscription.
bool never_confirms_subscriptions(std::string_view https_url);

/// `arn:PARTITION:SERVICE:REGION:ACCOUNT:RESOURCE`, cut at the colons.
struct Arn {
  std::string partition;
  std::string service;
  std::string region;
  std::string account;
  std::string resource;
};
std::optional<Arn> parse_arn(std::string_view text);

/// "" when the ARN is one of the service and its resource begins with `prefix`.
std::string problem_with_arn(std::string_view text, std::string_view service, std::string_view prefix,
                             std::string_view example);

/// `5m`, `2h`, `90d`.
Expected<std::chrono::seconds> parse_duration(std::string_view text);
std::string print_duration(std::chrono::seconds duration);

/// What CloudWatch Logs offers (PutRetentionPolicy), ascending.
bool is_log_retention(std::uint32_t days);
std::uint32_t nearest_log_retention(std::uint32_t days);

/// The label of a secret without one of its own: every run of other characters becomes one `-`, the ends are trimmed;
/// past 60 characters the first 51, `-` and 8 hex digits of a hash. Empty: nothing is left.
std::string derive_id(std::string_view name);

}  // namespace secretwatch::model
