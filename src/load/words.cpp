#include "load/words.h"

#include <algorithm>

#include "base/text.h"
#include "load/kinds.h"

namespace secretwatch::load {
namespace {

using Form = Word::Form;
using Kind = Item::Kind;

// --- trails and logs ---

constexpr Word data_resource[] = {{"type", "Type"}, {"values", "Values"}};
constexpr Word event_selector[] = {{"read_write_type", "ReadWriteType"},
                                   {"include_management_events", "IncludeManagementEvents"},
                                   {"exclude_management_event_sources", "ExcludeManagementEventSources"},
                                   {"data_resource", "DataResources", Form::nested, data_resource}};
constexpr Word field_selector[] = {{"field", "Field"},
                                   {"equals", "Equals"},
                                   {"not_equals", "NotEquals"},
                                   {"starts_with", "StartsWith"},
                                   {"not_starts_with", "NotStartsWith"},
                                   {"ends_with", "EndsWith"},
                                   {"not_ends_with", "NotEndsWith"}};
constexpr Word advanced_selector[] = {{"name", "Name"},
                                      {"field_selector", "FieldSelectors", Form::nested, field_selector}};
constexpr Word trail[] = {{"name", "TrailName"},
                          {"s3_bucket_name", "S3BucketName"},
                          {"s3_key_prefix", "S3KeyPrefix"},
                          {"cloud_watch_logs_group_arn", "CloudWatchLogsLogGroupArn"},
                          {"cloud_watch_logs_role_arn", "CloudWatchLogsRoleArn"},
                          {"kms_key_id", "KMSKeyId"},
                          {"sns_topic_name", "SnsTopicName"},
                          {"enable_logging", "IsLogging", Form::same, {}, "true"},
                          {"is_multi_region_trail", "IsMultiRegionTrail"},
                          {"include_global_service_events", "IncludeGlobalServiceEvents"},
                          {"enable_log_file_validation", "EnableLogFileValidation"},
                          {"is_organization_trail", "IsOrganizationTrail"},
                          {"event_selector", "EventSelectors", Form::nested, event_selector},
                          {"advanced_event_selector", "AdvancedEventSelectors", Form::nested, advanced_selector},
                          {"tags", "Tags", Form::keyed}};
constexpr Word log_group[] = {{"name", "LogGroupName"},
                              {"retention_in_days", "RetentionInDays", Form::same, {}, {}, "0"},
                              {"kms_key_id", "KmsKeyId"},
                              {"log_group_class", "LogGroupClass"},
                              {"tags", "Tags", Form::keyed}};
constexpr Word subscription_filter[] = {{"name", "FilterName"},
                                        {"log_group_name", "LogGroupName"},
                                        {"filter_pattern", "FilterPattern"},
                                        {"destination_arn", "DestinationArn"},
                                        {"role_arn", "RoleArn"}};
constexpr Word log_resource_policy[] = {{"policy_name", "PolicyName"},
                                        {"policy_document", "PolicyDocument", Form::json}};

// --- metrics and alarms ---

constexpr Word transformation[] = {{"namespace", "MetricNamespace"},
                                   {"name", "MetricName"},
                                   {"value", "MetricValue"},
                                   {"default_value", "DefaultValue", Form::same, {}, {}, ""},
                                   {"unit", "Unit", Form::same, {}, {}, "None"},
                                   {"dimensions", "Dimensions", Form::keyed}};
constexpr Word metric_filter[] = {{"name", "FilterName"},
                                  {"log_group_name", "LogGroupName"},
                                  {"pattern", "FilterPattern"},
                                  {"apply_on_transformed_logs", "ApplyOnTransformedLogs"},
                                  {"metric_transformation", "MetricTransformations", Form::nested, transformation}};
constexpr Word metric[] = {
    {"namespace", "Namespace"}, {"metric_name", "MetricName"}, {"dimensions", "Dimensions", Form::named}};
constexpr Word metric_stat[] = {{"period", "Period"},
                                {"stat", "Stat"},
                                {"unit", "Unit", Form::same, {}, {}, ""},
                                {"", "Metric", Form::nested, metric}};
constexpr Word metric_query[] = {{"id", "Id"},
                                 {"expression", "Expression", Form::same, {}, {}, ""},
                                 {"return_data", "ReturnData", Form::same, {}, "false"},
                                 {"account_id", "AccountId", Form::same, {}, {}, ""},
                                 {"period", "Period"},
                                 {"metric", "MetricStat", Form::nested, metric_stat}};
constexpr Word alarm[] = {{"alarm_name", "AlarmName"},
                          {"alarm_description", "AlarmDescription"},
                          {"namespace", "Namespace"},
                          {"metric_name", "MetricName"},
                          {"statistic", "Statistic"},
                          {"extended_statistic", "ExtendedStatistic"},
                          {"unit", "Unit"},
                          {"dimensions", "Dimensions", Form::named},
                          {"comparison_operator", "ComparisonOperator"},
                          {"threshold", "Threshold"},
                          {"threshold_metric_id", "ThresholdMetricId"},
                          {"period", "Period"},
                          {"evaluation_periods", "EvaluationPeriods"},
                          {"datapoints_to_alarm", "DatapointsToAlarm"},
                          {"treat_missing_data", "TreatMissingData", Form::same, {}, {}, "missing"},
                          {"evaluate_low_sample_count_percentiles", "EvaluateLowSampleCountPercentile"},
                          {"actions_enabled", "ActionsEnabled"},
                          {"alarm_actions", "AlarmActions"},
                          {"ok_actions", "OKActions"},
                          {"insufficient_data_actions", "InsufficientDataActions"},
                          {"metric_query", "Metrics", Form::nested, metric_query},
                          {"tags", "Tags", Form::keyed}};
constexpr Word composite_alarm[] = {{"alarm_name", "AlarmName"},
                                    {"alarm_description", "AlarmDescription"},
                                    {"alarm_rule", "AlarmRule"},
                                    {"actions_enabled", "ActionsEnabled"},
                                    {"alarm_actions", "AlarmActions"},
                                    {"ok_actions", "OKActions"},
                                    {"insufficient_data_actions", "InsufficientDataActions"},
                                    {"actions_suppressor.alarm", "ActionsSuppressor"}};
constexpr Word event_rule[] = {{"name", "Name"},
                               {"event_bus_name", "EventBusName", Form::same, {}, {}, "default"},
                               {"state", "State"},
                               {"is_enabled", "State", Form::rule_state},
                               {"schedule_expression", "ScheduleExpression"},
                               {"event_pattern", "EventPattern", Form::json}};
constexpr Word dead_letters[] = {{"arn", "Arn"}};
constexpr Word input_transformer[] = {{"input_paths", "InputPathsMap"}, {"input_template", "InputTemplate"}};
constexpr Word event_target[] = {{"target_id", "Id"},
                                 {"arn", "Arn"},
                                 {"role_arn", "RoleArn"},
                                 {"input", "Input"},
                                 {"input_path", "InputPath"},
                                 {"input_transformer", "InputTransformer", Form::nested, input_transformer},
                                 {"dead_letter_config", "DeadLetterConfig", Form::nested, dead_letters}};
constexpr Word event_targets[] = {{"", "Targets", Form::nested, event_target}};

// --- messages ---

constexpr Word topic[] = {{"name", "TopicName"},
                          {"display_name", "DisplayName"},
                          {"kms_master_key_id", "KmsMasterKeyId"},
                          {"fifo_topic", "FifoTopic"},
                          {"tags", "Tags", Form::keyed}};
constexpr Word topic_policy[] = {{"arn", "Topics"}, {"policy", "PolicyDocument", Form::json}};
constexpr Word subscription[] = {{"topic_arn", "TopicArn"},
                                 {"protocol", "Protocol"},
                                 {"endpoint", "Endpoint"},
                                 {"filter_policy", "FilterPolicy", Form::json},
                                 {"filter_policy_scope", "FilterPolicyScope"},
                                 {"redrive_policy", "RedrivePolicy", Form::json},
                                 {"raw_message_delivery", "RawMessageDelivery"}};
constexpr Word chat_channel[] = {
    {"configuration_name", "ConfigurationName"}, {"sns_topic_arns", "SnsTopicArns"}, {"iam_role_arn", "IamRoleArn"}};
constexpr Word queue[] = {{"name", "QueueName"},
                          {"kms_master_key_id", "KmsMasterKeyId"},
                          {"sqs_managed_sse_enabled", "SqsManagedSseEnabled"},
                          {"fifo_queue", "FifoQueue"}};
constexpr Word queue_policy[] = {{"queue_url", "Queues"}, {"policy", "PolicyDocument", Form::json}};
constexpr Word function[] = {{"function_name", "FunctionName"}, {"role", "Role"}};
constexpr Word permission[] = {
    {"function_name", "FunctionName"}, {"action", "Action"}, {"principal", "Principal"}, {"source_arn", "SourceArn"}};

// --- keys, roles, secrets ---

constexpr Word key[] = {{"description", "Description"},
                        {"policy", "KeyPolicy", Form::json},
                        {"is_enabled", "Enabled"},
                        {"enable_key_rotation", "EnableKeyRotation"},
                        {"deletion_window_in_days", "PendingWindowInDays"},
                        {"tags", "Tags", Form::keyed}};
constexpr Word key_policy[] = {{"policy", "KeyPolicy", Form::json}};
constexpr Word key_alias[] = {{"name", "AliasName"}, {"target_key_id", "TargetKeyId"}};
constexpr Word inline_policy[] = {{"name", "PolicyName"}, {"policy", "PolicyDocument", Form::json}};
constexpr Word role[] = {{"name", "RoleName"},
                         {"assume_role_policy", "AssumeRolePolicyDocument", Form::json},
                         {"inline_policy", "Policies", Form::nested, inline_policy},
                         {"managed_policy_arns", "ManagedPolicyArns"},
                         {"permissions_boundary", "PermissionsBoundary"},
                         {"tags", "Tags", Form::keyed}};
constexpr Word role_policy[] = {{"", "Policies", Form::nested, inline_policy}};
constexpr Word one_attachment[] = {{"policy_arn", "ManagedPolicyArns"}};
constexpr Word all_attachments[] = {{"policy_arns", "ManagedPolicyArns"}};
constexpr Word replica[] = {{"region", "Region"}};
constexpr Word secret[] = {{"name", "Name"},
                           {"description", "Description"},
                           {"kms_key_id", "KmsKeyId"},
                           {"replica", "ReplicaRegions", Form::nested, replica},
                           {"tags", "Tags", Form::keyed}};
constexpr Word secret_policy[] = {{"secret_arn", "SecretId"}, {"policy", "ResourcePolicy", Form::json}};
constexpr Word secret_rotation[] = {{"secret_id", "SecretId"}, {"rotation_lambda_arn", "RotationLambdaARN"}};

// --- buckets, and the resources that are settings of them ---

constexpr Word encryption_default[] = {{"sse_algorithm", "SSEAlgorithm"},
                                       {"kms_master_key_id", "KMSMasterKeyID", Form::same, {}, {}, ""}};
constexpr Word encryption_rule[] = {
    {"apply_server_side_encryption_by_default", "ServerSideEncryptionByDefault", Form::nested, encryption_default}};
constexpr Word encryption[] = {{"rule", "ServerSideEncryptionConfiguration", Form::nested, encryption_rule}};
constexpr Word noncurrent[] = {{"noncurrent_days", "NoncurrentDays"}};
constexpr Word old_noncurrent[] = {{"days", "NoncurrentDays"}};
constexpr Word abort_upload[] = {{"days_after_initiation", "DaysAfterInitiation"}};
constexpr Word old_abort_upload[] = {{"", "DaysAfterInitiation"}};
constexpr Word lifecycle_rule[] = {
    {"status", "Status"},
    {"prefix", "Prefix", Form::same, {}, {}, ""},
    {"filter.prefix", "Prefix", Form::same, {}, {}, ""},
    {"filter.and", "Prefix"},
    {"filter.tag", "TagFilters"},
    {"filter.object_size_greater_than", "TagFilters", Form::same, {}, {}, "0"},
    {"filter.object_size_less_than", "TagFilters", Form::same, {}, {}, "0"},
    {"expiration.days", "ExpirationInDays", Form::same, {}, {}, "0"},
    {"noncurrent_version_expiration", "NoncurrentVersionExpiration", Form::nested, noncurrent},
    {"abort_incomplete_multipart_upload", "AbortIncompleteMultipartUpload", Form::nested, abort_upload}};
constexpr Word lifecycle[] = {{"rule", "Rules", Form::nested, lifecycle_rule}};
constexpr Word old_lifecycle_rule[] = {
    {"enabled", "Status", Form::enabled},
    {"prefix", "Prefix", Form::same, {}, {}, ""},
    {"tags", "TagFilters"},
    {"expiration.days", "ExpirationInDays"},
    {"noncurrent_version_expiration", "NoncurrentVersionExpiration", Form::nested, old_noncurrent},
    {"abort_incomplete_multipart_upload_days", "AbortIncompleteMultipartUpload", Form::nested, old_abort_upload}};
constexpr Word old_lifecycle[] = {{"lifecycle_rule", "Rules", Form::nested, old_lifecycle_rule}};
constexpr Word retention[] = {{"days", "Days"}};
constexpr Word lock_rule[] = {{"default_retention", "DefaultRetention", Form::nested, retention}};
constexpr Word object_lock[] = {{"rule", "Rule", Form::nested, lock_rule}};
constexpr Word logging[] = {{"target_bucket", "DestinationBucketName"}, {"target_prefix", "LogFilePrefix"}};
constexpr Word versioning[] = {{"status", "Status"}};
constexpr Word old_versioning[] = {{"enabled", "Status", Form::enabled}};
constexpr Word ownership_rule[] = {{"object_ownership", "ObjectOwnership"}};
constexpr Word ownership[] = {{"rule", "Rules", Form::nested, ownership_rule}};
constexpr Word public_access[] = {{"block_public_acls", "BlockPublicAcls", Form::same, {}, "false"},
                                  {"block_public_policy", "BlockPublicPolicy", Form::same, {}, "false"},
                                  {"ignore_public_acls", "IgnorePublicAcls", Form::same, {}, "false"},
                                  {"restrict_public_buckets", "RestrictPublicBuckets", Form::same, {}, "false"}};
constexpr Word bucket[] = {{"bucket", "BucketName"},
                           {"server_side_encryption_configuration", "BucketEncryption", Form::nested, encryption},
                           {"versioning", "VersioningConfiguration", Form::nested, old_versioning},
                           {"", "LifecycleConfiguration", Form::nested, old_lifecycle},
                           {"object_lock_configuration", "ObjectLockConfiguration", Form::nested, object_lock},
                           {"logging", "LoggingConfiguration", Form::nested, logging},
                           {"tags", "Tags", Form::keyed}};
constexpr Word bucket_policy[] = {{"bucket", "Bucket"}, {"policy", "PolicyDocument", Form::json}};
constexpr Word bucket_public_access[] = {{"", "PublicAccessBlockConfiguration", Form::nested, public_access}};
constexpr Word bucket_versioning[] = {
    {"versioning_configuration", "VersioningConfiguration", Form::nested, versioning}};
constexpr Word bucket_encryption[] = {{"", "BucketEncryption", Form::nested, encryption}};
constexpr Word bucket_lifecycle[] = {{"", "LifecycleConfiguration", Form::nested, lifecycle}};
constexpr Word bucket_object_lock[] = {{"", "ObjectLockConfiguration", Form::nested, object_lock}};
constexpr Word bucket_logging[] = {{"", "LoggingConfiguration", Form::nested, logging}};
constexpr Word bucket_ownership[] = {{"", "OwnershipControls", Form::nested, ownership}};

constexpr ResourceWords resources[] = {
    {"aws_cloudtrail", "AWS::CloudTrail::Trail", trail},
    {"aws_cloudwatch_log_group", "AWS::Logs::LogGroup", log_group},
    {"aws_cloudwatch_log_metric_filter", "AWS::Logs::MetricFilter", metric_filter},
    {"aws_cloudwatch_log_subscription_filter", "AWS::Logs::SubscriptionFilter", subscription_filter},
    {"aws_cloudwatch_log_resource_policy", "AWS::Logs::ResourcePolicy", log_resource_policy},
    {"aws_cloudwatch_metric_alarm", "AWS::CloudWatch::Alarm", alarm},
    {"aws_cloudwatch_composite_alarm", "AWS::CloudWatch::CompositeAlarm", composite_alarm},
    {"aws_cloudwatch_event_rule", "AWS::Events::Rule", event_rule},
    {"aws_cloudwatch_event_target", "AWS::Events::Rule", event_targets, "rule"},
    {"aws_sns_topic", "AWS::SNS::Topic", topic},
    {"aws_sns_topic_policy", "AWS::SNS::TopicPolicy", topic_policy},
    {"aws_sns_topic_subscription", "AWS::SNS::Subscription", subscription},
    {"aws_chatbot_slack_channel_configuration", "AWS::Chatbot::SlackChannelConfiguration", chat_channel},
    {"aws_chatbot_teams_channel_configuration", "AWS::Chatbot::MicrosoftTeamsChannelConfiguration", chat_channel},
    {"aws_sqs_queue", "AWS::SQS::Queue", queue},
    {"aws_sqs_queue_policy", "AWS::SQS::QueuePolicy", queue_policy},
    {"aws_lambda_function", "AWS::Lambda::Function", function},
    {"aws_lambda_permission", "AWS::Lambda::Permission", permission},
    {"aws_kms_key", "AWS::KMS::Key", key},
    {"aws_kms_key_policy", "AWS::KMS::Key", key_policy, "key_id"},
    {"aws_kms_alias", "AWS::KMS::Alias", key_alias},
    {"aws_iam_role", "AWS::IAM::Role", role},
    {"aws_iam_role_policy", "AWS::IAM::Role", role_policy, "role"},
    {"aws_iam_role_policy_attachment", "AWS::IAM::Role", one_attachment, "role"},
    {"aws_iam_policy_attachment", "AWS::IAM::Role", one_attachment, "roles"},
    {"aws_iam_role_policy_attachments_exclusive", "AWS::IAM::Role", all_attachments, "role_name"},
    {"aws_secretsmanager_secret", "AWS::SecretsManager::Secret", secret},
    {"aws_secretsmanager_secret_policy", "AWS::SecretsManager::ResourcePolicy", secret_policy},
    {"aws_secretsmanager_secret_rotation", "AWS::SecretsManager::RotationSchedule", secret_rotation},
    {"aws_s3_bucket", "AWS::S3::Bucket", bucket},
    {"aws_s3_bucket_policy", "AWS::S3::BucketPolicy", bucket_policy},
    {"aws_s3_bucket_public_access_block", "AWS::S3::Bucket", bucket_public_access, "bucket"},
    {"aws_s3_bucket_versioning", "AWS::S3::Bucket", bucket_versioning, "bucket"},
    {"aws_s3_bucket_server_side_encryption_configuration", "AWS::S3::Bucket", bucket_encryption, "bucket"},
    {"aws_s3_bucket_lifecycle_configuration", "AWS::S3::Bucket", bucket_lifecycle, "bucket"},
    {"aws_s3_bucket_object_lock_configuration", "AWS::S3::Bucket", bucket_object_lock, "bucket"},
    {"aws_s3_bucket_logging", "AWS::S3::Bucket", bucket_logging, "bucket"},
    {"aws_s3_bucket_ownership_controls", "AWS::S3::Bucket", bucket_ownership, "bucket"},
};

}  // namespace

const ResourceWords* find_words(std::string_view name) {
  const auto* const found = std::find_if(std::begin(resources), std::end(resources),
                                         [&](const ResourceWords& each) { return each.name == name; });
  return found == std::end(resources) ? nullptr : found;
}

}  // namespace secretwatch::load
