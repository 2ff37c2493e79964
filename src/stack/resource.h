#pragma once
/// Resource: one struct per kind of AWS resource in the monitoring chain, in AWS's words.
///
/// Properties hold what AWS would be told, whoever wrote it. An absent property is AWS's default. Durations are seconds
/// or days as named. A settings struct that Terraform spreads over several resources (S3) is one struct here.
/// External is a resource that is not part of the stack but known by name or ARN; Other is one that is part of it and
/// that nobody here looks into.
/// "Read only" is what specs never ask for and templates hold: the plan leaves it empty and emitters do not write it.
/// Sources: CloudFormation resource reference of each type.
#include <concepts>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
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

/// What a condition decides about an item of a list; absent: always there.
using Presence = std::optional<ConditionId>;

/// A JSON document inside a property: an event pattern, a subscription's filter policy. Scalars are texts ("true",
/// "1").
struct Document {
  enum class Kind { null, scalar, list, object, unknown };
  Kind kind = Kind::null;
  TextValue text{};                  // of a scalar; of unknown, why
  std::vector<std::string> names{};  // of an object, one for each part
  std::vector<Document> parts{};     // of a list or an object
  Span span{};

  const Document* find(std::string_view name) const;
};

struct DataResource {
  TextValue type;
  std::vector<TextValue> values{};
};

struct EventSelector {
  OptionalText read_write_type{};              // All | ReadOnly | WriteOnly; absent: All
  OptionalBoolean management_events{};         // absent: true
  std::vector<TextValue> excluded_sources{};   // kms.amazonaws.com, rdsdata.amazonaws.com
  std::vector<DataResource> data_resources{};  // read only
  Presence presence{};
  Span span{};
};

/// `{Field: eventName, Equals: [...]}`
struct FieldSelector {
  TextValue field;
  std::vector<TextValue> equals{};
  std::vector<TextValue> not_equals{};
  std::vector<TextValue> starts_with{};
  std::vector<TextValue> not_starts_with{};
  std::vector<TextValue> ends_with{};
  std::vector<TextValue> not_ends_with{};
};

struct AdvancedEventSelector {
  OptionalText name{};
  std::vector<FieldSelector> fields{};
  Presence presence{};
  Span span{};
};

struct Trail {
  OptionalText name;
  TextValue bucket;        // name
  OptionalText log_group;  // ARN with `:*` behind it; a reference to a group's ARN is without
  OptionalText log_role;   // ARN
  OptionalText kms_key;    // key ARN
  OptionalText topic;      // of "new log file" notices: name or ARN
  OptionalBoolean is_logging;
  OptionalBoolean multi_region;
  OptionalBoolean global_service_events;
  OptionalBoolean log_file_validation;
  OptionalBoolean organization;
  std::vector<EventSelector> event_selectors;
  std::vector<AdvancedEventSelector> advanced_selectors;  // read only
  OptionalText key_prefix;                                // read only
  std::vector<Tag> tags;
};

struct LogGroup {
  OptionalText name;
  OptionalInteger retention_days;  // absent: for ever
  OptionalText kms_key;            // key ARN
  OptionalText log_group_class;    // read only: STANDARD | INFREQUENT_ACCESS | DELIVERY
  std::vector<Tag> tags;
};

struct InlinePolicy {
  std::string name;
  Policy policy;
  Presence presence{};
};

/// With the policies that templates attach to it by resources of their own.
struct Role {
  OptionalText name;
  Policy trust;
  std::vector<InlinePolicy> policies;
  std::vector<TextValue> managed_policies;  // read only: ARNs
  OptionalText permissions_boundary;        // read only: ARN
  std::vector<Tag> tags;
};

/// Of a metric: `{Key: Secret, Value: $.requestParameters.secretId}` of a filter, `{Name, Value}` of an alarm.
struct Dimension {
  TextValue name;
  TextValue value;
};

struct MetricFilter {
  OptionalText name;
  TextValue log_group;  // name
  TextValue pattern;
  TextValue metric_namespace;
  TextValue metric_name;
  TextValue metric_value;
  OptionalNumber default_value;
  OptionalText unit;  // read only, as all that follows
  std::vector<Dimension> dimensions;
  OptionalBoolean on_transformed_logs;             // ApplyOnTransformedLogs
  OptionalText field_selection;                    // FieldSelectionCriteria
  std::vector<TextValue> system_field_dimensions;  // EmitSystemFieldDimensions
  std::vector<Unknown> unread;                     // why there may be more transformations than the first
};

/// A metric or an expression over others, of an alarm with metric math.
struct MetricQuery {
  OptionalText id{};
  OptionalText expression{};
  OptionalBoolean return_data{};
  OptionalInteger period_seconds{};
  OptionalText account{};
  OptionalText metric_namespace{};
  OptionalText metric_name{};
  std::vector<Dimension> dimensions{};
  OptionalText statistic{};
  OptionalText unit{};
  Presence presence{};
  Span span{};
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
  std::vector<TextValue> insufficient_data_actions;  // read only, as all that follows but tags
  OptionalText extended_statistic;                   // p99, tm90
  OptionalText unit;
  std::vector<Dimension> dimensions;
  OptionalText low_sample_count;  // EvaluateLowSampleCountPercentile
  std::vector<MetricQuery> metrics;
  OptionalText threshold_metric;
  OptionalInteger warm_up_minutes;
  bool has_other_criteria = false;  // EvaluationCriteria: a query in a language that is not read here
  std::vector<Tag> tags;
};

struct Topic {
  OptionalText name;
  OptionalText display_name;
  OptionalText kms_key;  // key ARN, id or alias
  OptionalBoolean fifo;  // read only
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
  std::optional<Document> filter_policy;  // read only, as all that follows
  OptionalText filter_policy_scope;       // MessageAttributes | MessageBody; absent: MessageAttributes
  OptionalText dead_letter_queue;         // ARN
  OptionalText region;                    // of the topic, when it is not the stack's
  OptionalBoolean raw_message_delivery;
};

struct Key {
  OptionalText description;
  Policy policy;
  OptionalBoolean enabled;  // read only
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
  std::vector<TextValue> replica_regions;  // read only
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

// --- read only ---

struct CompositeAlarm {
  OptionalText name;
  OptionalText description;
  TextValue rule;
  OptionalBoolean actions_enabled;
  std::vector<TextValue> alarm_actions;
  std::vector<TextValue> ok_actions;
  std::vector<TextValue> insufficient_data_actions;
  OptionalText suppressor;  // name or ARN of an alarm that mutes this one
};

/// An alarm on the results of a scheduled query over log groups, without a metric between.
struct LogAlarm {
  OptionalText name;
  OptionalText query;
  OptionalText aggregation;
  OptionalText schedule;  // rate(5 minutes), cron(…)
  OptionalInteger start_time_offset_seconds;
  std::vector<TextValue> log_groups;  // names or ARNs
  OptionalText comparison;
  OptionalNumber threshold;
  OptionalInteger results_to_evaluate;
  OptionalInteger results_to_alarm;
  OptionalText treat_missing_data;
  OptionalBoolean actions_enabled;
  std::vector<TextValue> alarm_actions;
  std::vector<TextValue> ok_actions;
  std::vector<TextValue> insufficient_data_actions;
  OptionalInteger warm_up_minutes;
};

/// Keeps alarms from acting during its windows.
struct MuteRule {
  OptionalText name;
  std::vector<TextValue> alarms;  // names; none: all
  OptionalText schedule;
  OptionalText duration;
};

struct EventTarget {
  OptionalText id{};
  TextValue arn;
  OptionalText role{};
  OptionalText input{};
  OptionalText input_path{};
  std::vector<Dimension> input_paths{};  // of the input transformer: name and JSON path
  OptionalText input_template{};
  OptionalText dead_letter_queue{};
  Presence presence{};
  Span span{};
};

struct EventRule {
  OptionalText name;
  OptionalText event_bus;  // absent: default
  OptionalText state;      // ENABLED | DISABLED | ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS
  OptionalText schedule;
  std::optional<Document> event_pattern;
  std::vector<EventTarget> targets;
};

struct SecretPolicy {
  TextValue secret;
  Policy policy;
};

struct SecretRotation {
  TextValue secret;
  OptionalText function;            // ARN
  OptionalBoolean hosted_function;  // CloudFormation makes one from an AWS template
};

struct Queue {
  OptionalText name;
  OptionalText kms_key;
  OptionalBoolean managed_encryption;
  OptionalBoolean fifo;
};

struct QueuePolicy {
  std::vector<TextValue> queues;  // URLs
  Policy policy;
};

struct Function {
  OptionalText name;
  OptionalText role;
};

/// Who else may write to log groups; CloudWatch Logs keeps them for an account, not for a group.
struct LogResourcePolicy {
  OptionalText name;
  Policy policy;
};

struct SubscriptionFilter {
  OptionalText name;
  TextValue log_group;
  TextValue pattern;
  TextValue destination;  // ARN
  OptionalText role;
};

/// A chat channel that messages of topics are posted to (Amazon Q Developer in chat applications).
struct ChatChannel {
  OptionalText name;
  std::vector<TextValue> topics;  // ARNs
  OptionalText role;
};

/// Another template that is deployed with this one.
struct NestedStack {
  OptionalText location;  // as written: a path or URL
  std::vector<Dimension> parameters;
  bool is_elsewhere = false;  // a stack set: it is deployed in other accounts or regions
  bool is_read = false;       // its resources are in this stack
};

/// A resource that nobody here looks into; references to it are kept.
struct Other {
  std::string type;  // AWS::DynamoDB::Table
};

using Body = std::variant<Bucket, BucketPolicy, Trail, LogGroup, Role, MetricFilter, Alarm, Topic, TopicPolicy,
                          Subscription, Key, KeyAlias, Secret, FunctionPermission, External, CompositeAlarm, LogAlarm,
                          MuteRule, EventRule, SecretPolicy, SecretRotation, Queue, QueuePolicy, Function,
                          LogResourcePolicy, SubscriptionFilter, ChatChannel, NestedStack, Other>;

/// Kinds that are read from templates and never planned: no emitter writes them.
template <class Kind>
concept ReadOnly = std::same_as<Kind, CompositeAlarm> || std::same_as<Kind, LogAlarm> || std::same_as<Kind, MuteRule> ||
    std::same_as<Kind, EventRule> || std::same_as<Kind, SecretPolicy> || std::same_as<Kind, SecretRotation> ||
    std::same_as<Kind, Queue> || std::same_as<Kind, QueuePolicy> || std::same_as<Kind, Function> ||
    std::same_as<Kind, LogResourcePolicy> || std::same_as<Kind, SubscriptionFilter> ||
    std::same_as<Kind, ChatChannel> || std::same_as<Kind, NestedStack> || std::same_as<Kind, Other>;

/// "metric filter", for messages and dumps.
std::string_view kind_of(const Body& body);

/// What an attribute of a kind of resource denotes: the id of a topic is its ARN, that of a bucket its name.
Attribute meaning_of(const Body& body, Attribute attribute);

/// What an identifier carries behind the resource's label in a language with one space of names for all kinds: the
/// topic labelled "security" is SecurityTopic in CloudFormation. Contract, like every name.
std::string_view identifier_suffix(const Body& body);

}  // namespace secretwatch::stack
