#pragma once
/// Properties: each kind of resource as a list of named values, in one place, so that what must look at all of them
/// (verify, dump) cannot forget one.
///
///     visit_properties(alarm, [](std::string_view name, const auto& value) { … });
///
/// The visitor is called with an OptionalText, a TextValue, an OptionalBoolean, …, a Policy, a Document, a Presence,
/// lists of values or tags, and lists of parts (EventSelector, MetricQuery, …), whose properties it may visit in turn.
#include <string_view>

#include "stack/resource.h"

namespace secretwatch::stack {

// --- parts of properties ---

template <class V>
void visit_properties(const DataResource& v, V&& visit) {
  visit("type", v.type);
  visit("values", v.values);
}

template <class V>
void visit_properties(const EventSelector& v, V&& visit) {
  visit("read_write_type", v.read_write_type);
  visit("management_events", v.management_events);
  visit("excluded_sources", v.excluded_sources);
  visit("data_resources", v.data_resources);
  visit("presence", v.presence);
}

template <class V>
void visit_properties(const FieldSelector& v, V&& visit) {
  visit("field", v.field);
  visit("equals", v.equals);
  visit("not_equals", v.not_equals);
  visit("starts_with", v.starts_with);
  visit("not_starts_with", v.not_starts_with);
  visit("ends_with", v.ends_with);
  visit("not_ends_with", v.not_ends_with);
}

template <class V>
void visit_properties(const AdvancedEventSelector& v, V&& visit) {
  visit("name", v.name);
  visit("fields", v.fields);
  visit("presence", v.presence);
}

template <class V>
void visit_properties(const Dimension& v, V&& visit) {
  visit("name", v.name);
  visit("value", v.value);
}

template <class V>
void visit_properties(const MetricQuery& v, V&& visit) {
  visit("id", v.id);
  visit("expression", v.expression);
  visit("return_data", v.return_data);
  visit("period_seconds", v.period_seconds);
  visit("account", v.account);
  visit("metric_namespace", v.metric_namespace);
  visit("metric_name", v.metric_name);
  visit("dimensions", v.dimensions);
  visit("statistic", v.statistic);
  visit("unit", v.unit);
  visit("presence", v.presence);
}

template <class V>
void visit_properties(const EventTarget& v, V&& visit) {
  visit("id", v.id);
  visit("arn", v.arn);
  visit("role", v.role);
  visit("input", v.input);
  visit("input_path", v.input_path);
  visit("input_paths", v.input_paths);
  visit("input_template", v.input_template);
  visit("dead_letter_queue", v.dead_letter_queue);
  visit("presence", v.presence);
}

// --- resources ---

template <class V>
void visit_properties(const Bucket& b, V&& visit) {
  visit("name", b.name);
  visit("name_prefix", b.name_prefix);
  visit("block_public_access", b.block_public_access);
  visit("object_ownership", b.object_ownership);
  visit("encryption_algorithm", b.encryption_algorithm);
  visit("kms_key", b.kms_key);
  visit("versioning", b.versioning);
  visit("expiration_days", b.expiration_days);
  visit("noncurrent_expiration_days", b.noncurrent_expiration_days);
  visit("abort_incomplete_upload_days", b.abort_incomplete_upload_days);
  visit("lock_days", b.lock_days);
  visit("access_logs_bucket", b.access_logs_bucket);
  visit("access_logs_prefix", b.access_logs_prefix);
  visit("tags", b.tags);
}

template <class V>
void visit_properties(const BucketPolicy& p, V&& visit) {
  visit("bucket", p.bucket);
  visit("policy", p.policy);
}

template <class V>
void visit_properties(const Trail& t, V&& visit) {
  visit("name", t.name);
  visit("bucket", t.bucket);
  visit("log_group", t.log_group);
  visit("log_role", t.log_role);
  visit("kms_key", t.kms_key);
  visit("topic", t.topic);
  visit("is_logging", t.is_logging);
  visit("multi_region", t.multi_region);
  visit("global_service_events", t.global_service_events);
  visit("log_file_validation", t.log_file_validation);
  visit("organization", t.organization);
  visit("event_selectors", t.event_selectors);
  visit("advanced_selectors", t.advanced_selectors);
  visit("key_prefix", t.key_prefix);
  visit("tags", t.tags);
}

template <class V>
void visit_properties(const LogGroup& g, V&& visit) {
  visit("name", g.name);
  visit("retention_days", g.retention_days);
  visit("kms_key", g.kms_key);
  visit("log_group_class", g.log_group_class);
  visit("tags", g.tags);
}

template <class V>
void visit_properties(const Role& r, V&& visit) {
  visit("name", r.name);
  visit("trust", r.trust);
  for (const InlinePolicy& policy : r.policies) {
    visit("policy", policy.policy);
    visit("presence", policy.presence);
  }
  visit("managed_policies", r.managed_policies);
  visit("permissions_boundary", r.permissions_boundary);
  visit("tags", r.tags);
}

template <class V>
void visit_properties(const MetricFilter& f, V&& visit) {
  visit("name", f.name);
  visit("log_group", f.log_group);
  visit("pattern", f.pattern);
  visit("metric_namespace", f.metric_namespace);
  visit("metric_name", f.metric_name);
  visit("metric_value", f.metric_value);
  visit("default_value", f.default_value);
  visit("unit", f.unit);
  visit("dimensions", f.dimensions);
  visit("on_transformed_logs", f.on_transformed_logs);
  visit("field_selection", f.field_selection);
  visit("system_field_dimensions", f.system_field_dimensions);
}

template <class V>
void visit_properties(const Alarm& a, V&& visit) {
  visit("name", a.name);
  visit("description", a.description);
  visit("metric_namespace", a.metric_namespace);
  visit("metric_name", a.metric_name);
  visit("statistic", a.statistic);
  visit("comparison", a.comparison);
  visit("threshold", a.threshold);
  visit("period_seconds", a.period_seconds);
  visit("evaluation_periods", a.evaluation_periods);
  visit("datapoints_to_alarm", a.datapoints_to_alarm);
  visit("treat_missing_data", a.treat_missing_data);
  visit("actions_enabled", a.actions_enabled);
  visit("alarm_actions", a.alarm_actions);
  visit("ok_actions", a.ok_actions);
  visit("insufficient_data_actions", a.insufficient_data_actions);
  visit("extended_statistic", a.extended_statistic);
  visit("unit", a.unit);
  visit("dimensions", a.dimensions);
  visit("low_sample_count", a.low_sample_count);
  visit("metrics", a.metrics);
  visit("threshold_metric", a.threshold_metric);
  visit("warm_up_minutes", a.warm_up_minutes);
  visit("tags", a.tags);
}

template <class V>
void visit_properties(const Topic& t, V&& visit) {
  visit("name", t.name);
  visit("display_name", t.display_name);
  visit("kms_key", t.kms_key);
  visit("fifo", t.fifo);
  visit("tags", t.tags);
}

template <class V>
void visit_properties(const TopicPolicy& p, V&& visit) {
  visit("topics", p.topics);
  visit("policy", p.policy);
}

template <class V>
void visit_properties(const Subscription& s, V&& visit) {
  visit("topic", s.topic);
  visit("protocol", s.protocol);
  visit("endpoint", s.endpoint);
  visit("filter_policy", s.filter_policy);
  visit("filter_policy_scope", s.filter_policy_scope);
  visit("dead_letter_queue", s.dead_letter_queue);
  visit("region", s.region);
  visit("raw_message_delivery", s.raw_message_delivery);
}

template <class V>
void visit_properties(const Key& k, V&& visit) {
  visit("description", k.description);
  visit("policy", k.policy);
  visit("enabled", k.enabled);
  visit("rotation", k.rotation);
  visit("pending_window_days", k.pending_window_days);
  visit("tags", k.tags);
}

template <class V>
void visit_properties(const KeyAlias& a, V&& visit) {
  visit("name", a.name);
  visit("key", a.key);
}

template <class V>
void visit_properties(const Secret& s, V&& visit) {
  visit("name", s.name);
  visit("description", s.description);
  visit("kms_key", s.kms_key);
  visit("generated_length", s.generated_length);
  visit("exclude_punctuation", s.exclude_punctuation);
  visit("recovery_window_days", s.recovery_window_days);
  visit("replica_regions", s.replica_regions);
  visit("tags", s.tags);
}

template <class V>
void visit_properties(const FunctionPermission& p, V&& visit) {
  visit("function", p.function);
  visit("action", p.action);
  visit("principal", p.principal);
  visit("source_arn", p.source_arn);
}

template <class V>
void visit_properties(const External& e, V&& visit) {
  visit("name", e.name);
  visit("arn", e.arn);
}

template <class V>
void visit_properties(const CompositeAlarm& v, V&& visit) {
  visit("name", v.name);
  visit("description", v.description);
  visit("rule", v.rule);
  visit("actions_enabled", v.actions_enabled);
  visit("alarm_actions", v.alarm_actions);
  visit("ok_actions", v.ok_actions);
  visit("insufficient_data_actions", v.insufficient_data_actions);
  visit("suppressor", v.suppressor);
}

template <class V>
void visit_properties(const LogAlarm& v, V&& visit) {
  visit("name", v.name);
  visit("query", v.query);
  visit("aggregation", v.aggregation);
  visit("schedule", v.schedule);
  visit("start_time_offset_seconds", v.start_time_offset_seconds);
  visit("log_groups", v.log_groups);
  visit("comparison", v.comparison);
  visit("threshold", v.threshold);
  visit("results_to_evaluate", v.results_to_evaluate);
  visit("results_to_alarm", v.results_to_alarm);
  visit("treat_missing_data", v.treat_missing_data);
  visit("actions_enabled", v.actions_enabled);
  visit("alarm_actions", v.alarm_actions);
  visit("ok_actions", v.ok_actions);
  visit("insufficient_data_actions", v.insufficient_data_actions);
  visit("warm_up_minutes", v.warm_up_minutes);
}

template <class V>
void visit_properties(const MuteRule& v, V&& visit) {
  visit("name", v.name);
  visit("alarms", v.alarms);
  visit("schedule", v.schedule);
  visit("duration", v.duration);
}

template <class V>
void visit_properties(const EventRule& v, V&& visit) {
  visit("name", v.name);
  visit("event_bus", v.event_bus);
  visit("state", v.state);
  visit("schedule", v.schedule);
  visit("event_pattern", v.event_pattern);
  visit("targets", v.targets);
}

template <class V>
void visit_properties(const SecretPolicy& v, V&& visit) {
  visit("secret", v.secret);
  visit("policy", v.policy);
}

template <class V>
void visit_properties(const SecretRotation& v, V&& visit) {
  visit("secret", v.secret);
  visit("function", v.function);
  visit("hosted_function", v.hosted_function);
}

template <class V>
void visit_properties(const Queue& v, V&& visit) {
  visit("name", v.name);
  visit("kms_key", v.kms_key);
  visit("managed_encryption", v.managed_encryption);
  visit("fifo", v.fifo);
}

template <class V>
void visit_properties(const QueuePolicy& v, V&& visit) {
  visit("queues", v.queues);
  visit("policy", v.policy);
}

template <class V>
void visit_properties(const Function& v, V&& visit) {
  visit("name", v.name);
  visit("role", v.role);
}

template <class V>
void visit_properties(const LogResourcePolicy& v, V&& visit) {
  visit("name", v.name);
  visit("policy", v.policy);
}

template <class V>
void visit_properties(const SubscriptionFilter& v, V&& visit) {
  visit("name", v.name);
  visit("log_group", v.log_group);
  visit("pattern", v.pattern);
  visit("destination", v.destination);
  visit("role", v.role);
}

template <class V>
void visit_properties(const ChatChannel& v, V&& visit) {
  visit("name", v.name);
  visit("topics", v.topics);
  visit("role", v.role);
}

template <class V>
void visit_properties(const NestedStack& v, V&& visit) {
  visit("location", v.location);
  visit("parameters", v.parameters);
}

template <class V>
void visit_properties(const Other& v, V&& visit) {
  visit("type", v.type);
}

}  // namespace secretwatch::stack
