#pragma once
/// Properties: each kind of resource as a list of named values, in one place, so that what must look at all of them
/// (verify, dump) cannot forget one.
///
///     visit_properties(alarm, [](std::string_view name, const auto& value) { … });
///
/// The visitor is called with an OptionalText, a TextValue, an OptionalBoolean, …, a Policy, lists of values or tags.
#include <string_view>

#include "stack/resource.h"

namespace secretwatch::stack {

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
  visit("read_write_type", t.read_write_type);
  visit("management_events", t.management_events);
  visit("excluded_sources", t.excluded_sources);
  visit("tags", t.tags);
}

template <class V>
void visit_properties(const LogGroup& g, V&& visit) {
  visit("name", g.name);
  visit("retention_days", g.retention_days);
  visit("kms_key", g.kms_key);
  visit("tags", g.tags);
}

template <class V>
void visit_properties(const Role& r, V&& visit) {
  visit("name", r.name);
  visit("trust", r.trust);
  for (const InlinePolicy& policy : r.policies) visit("policy", policy.policy);
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
  visit("tags", a.tags);
}

template <class V>
void visit_properties(const Topic& t, V&& visit) {
  visit("name", t.name);
  visit("display_name", t.display_name);
  visit("kms_key", t.kms_key);
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
}

template <class V>
void visit_properties(const Key& k, V&& visit) {
  visit("description", k.description);
  visit("policy", k.policy);
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

}  // namespace secretwatch::stack
