#pragma once
/// Resource: one struct per kind of AWS resource in the monitoring chain, in AWS's words.
///
/// Properties hold what AWS would be told, whoever wrote it. An absent property is AWS's default. Durations are seconds
/// or days as named. A settings struct that Terraform spreads over several resources (S3) is one struct here.
/// External is a resource that is not part of the stack but known by name or ARN.
/// Sources: CloudFormation resource reference of each type.
#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "stack/policy.h"
#include "stack/value.h"

namespace secretwatch::stack {

using TextValue = Value<Text>;
using OptionalText = std::optional<TextValue>;
using OptionalNumber = std::optional<Value<double>>;
using OptionalInteger = std::optional<Value<std::int64_t>>;
using OptionalBoolean = std::optional<Value<bool>>;

struct Tag {
  std::string key;
  TextValue value;
};

struct Bucket {
  OptionalText name;
  OptionalText name_prefix;  // when there is no name, for languages that can ask for one
  OptionalBoolean block_public_access;
  OptionalText object_ownership;
  OptionalText encryption_algorithm;  // AES256 | aws:kms
  OptionalText kms_key;               // key ARN
  OptionalBoolean versioning;
  OptionalInteger expiration_days;
  OptionalInteger noncurrent_expiration_days;
  OptionalInteger abort_incomplete_upload_days;
  OptionalInteger lock_days;  // object lock in governance mode
  OptionalText access_logs_bucket;
  OptionalText access_logs_prefix;
  std::vector<Tag> tags;
};

struct BucketPolicy {
  TextValue bucket;  // name
  Policy policy;
};

struct Trail {
  OptionalText name;
  TextValue bucket;        // name
  OptionalText log_group;  // ARN without the trailing `:*`
  OptionalText log_role;   // ARN
  OptionalText kms_key;    // key ARN
  OptionalText topic;      // of "new log file" notices: name or ARN
  OptionalBoolean is_logging;
  OptionalBoolean multi_region;
  OptionalBoolean global_service_events;
  OptionalBoolean log_file_validation;
  OptionalBoolean organization;
  OptionalText read_write_type;             // of the one event selector
  OptionalBoolean management_events;        // of the one event selector
  std::vector<TextValue> excluded_sources;  // of the one event selector
  std::vector<Tag> tags;
};

struct LogGroup {
  OptionalText name;
  OptionalInteger retention_days;  // absent: for ever
  OptionalText kms_key;            // key ARN
  std::vector<Tag> tags;
};

struct InlinePolicy {
  std::string name;
  Policy policy;
};

struct Role {
  OptionalText name;
  Policy trust;
  std::vector<InlinePolicy> policies;
  std::vector<Tag> tags;
};

struct MetricFilter {
  OptionalText name;
  TextValue log_group;  // name
  TextValue pattern;
  TextValue metric_namespace;
  TextValue metric_name;
  TextValue metric_value;
  OptionalNumber default_value;
};

struct Alarm {
  OptionalText name;
  OptionalText description;
  OptionalText metric_namespace;
  OptionalText metric_name;
  OptionalText statistic;
  OptionalText comparison;  // ComparisonOperator
  OptionalNumber threshold;
  OptionalInteger period_seconds;
  OptionalInteger evaluation_periods;
  OptionalInteger datapoints_to_alarm;
  OptionalText treat_missing_data;
  OptionalBoolean actions_enabled;
  std::vector<TextValue> alarm_actions;  // ARNs
  std::vector<TextValue> ok_actions;
  std::vector<Tag> tags;
};

struct Topic {
  OptionalText name;
  OptionalText display_name;
  OptionalText kms_key;  // key ARN, id or alias
  std::vector<Tag> tags;
};

struct TopicPolicy {
  std::vector<TextValue> topics;  // ARNs
  Policy policy;
};

struct Subscription {
  TextValue topic;  // ARN
  TextValue protocol;
  OptionalText endpoint;
};

struct Key {
  OptionalText description;
  Policy policy;
  OptionalBoolean rotation;
  OptionalInteger pending_window_days;
  std::vector<Tag> tags;
};

struct KeyAlias {
  TextValue name;  // alias/…
  TextValue key;   // key id
};

struct Secret {
  OptionalText name;
  OptionalText description;
  OptionalText kms_key;
  OptionalInteger generated_length;  // present: a value is generated when the secret is created
  OptionalBoolean exclude_punctuation;
  OptionalInteger recovery_window_days;
  std::vector<Tag> tags;
};

/// Lets a service call a function.
struct FunctionPermission {
  TextValue function;  // ARN
  TextValue action;
  TextValue principal;
  OptionalText source_arn;
};

struct External {
  enum class Kind { log_group, topic, key, function, queue };
  Kind kind = Kind::log_group;
  OptionalText name;
  OptionalText arn;
};

using Body = std::variant<Bucket, BucketPolicy, Trail, LogGroup, Role, MetricFilter, Alarm, Topic, TopicPolicy,
                          Subscription, Key, KeyAlias, Secret, FunctionPermission, External>;

/// "metric filter", for messages and dumps.
std::string_view kind_of(const Body& body);

/// What an identifier carries behind the resource's label in a language with one space of names for all kinds: the
/// topic labelled "security" is SecurityTopic in CloudFormation. Contract, like every name.
std::string_view identifier_suffix(const Body& body);

}  // namespace secretwatch::stack
