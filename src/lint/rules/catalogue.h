#pragma once
/// Catalogue: the rules by name, for checks that report them and for findings that follow from another. Each is defined
/// beside its check, in the file of its part of the chain; rules.cpp puts them in order.
#include "lint/rule.h"

namespace secretwatch::lint::rules {

// reading.cpp
extern const Rule parse_error, stale_suppression, suppression_without_reason;
// references.cpp
extern const Rule dangling_reference, literal_looks_like_reference, dynamic_reference_in_message;
// frontier.cpp
extern const Rule chain_undecided, condition_splits_chain, cross_stack_link_unverified;
// trail_place.cpp
extern const Rule trail_missing, single_region_trail, trail_home_region_mismatch, trail_sns_is_not_alerting,
    global_events_off_multi_region;
// trail.cpp
extern const Rule trail_not_logging, trail_write_only, trail_no_management_events, trail_without_log_group,
    trail_feeds_other_group, role_trust, role_permissions, advanced_selector_excludes, two_trails_one_group;
// pattern.cpp
extern const Rule pattern_syntax, pattern_too_long, pattern_unsatisfiable, pattern_tautology,
    wildcard_in_unsupported_place, regex_quota;
// record_fields.cpp
extern const Rule event_name_typo, event_source_mismatch, boolean_as_string, number_or_null_misuse, unknown_field;
// coverage.cpp
extern const Rule pattern_not_json, misses_arn_access, misses_name_access, misses_partial_arn, misses_denied,
    misses_batch;
// callers.cpp
extern const Rule negation_hides_absence, excludes_real_users, assumed_role_gap;
// secret.cpp
extern const Rule secret_unwatched, prefix_collision, rotation_not_excluded;
// publishing.cpp
extern const Rule metric_value_field, default_with_dimensions, dimensions_on_term_pattern, high_cardinality_dimension,
    too_many_dimensions, reserved_namespace, duplicate_filter, metric_shared_across_secrets, filter_without_alarm,
    field_selection_excludes;
// delivery.cpp
extern const Rule log_group_arn_shape, role_missing, log_group_cmk_policy, log_group_class;
// storage.cpp
extern const Rule bucket_policy, bucket_policy_order, trail_cmk_policy, group_replaced_on_change;
// operations.cpp
extern const Rule filters_per_group_quota, partition_hardcoded;
// alarm.cpp
extern const Rule period_invalid, window_over_limit, m_greater_than_n, sub_minute_period, period_vs_delivery_delay,
    alarm_name_collision;
// gaps.cpp
extern const Rule long_period_delays, re_alert_gap, log_alarm_window_gap, warm_up_blind, muted_by_rule;
// actions.cpp
extern const Rule insufficient_data_notifies, actions_disabled, no_alarm_action, too_many_actions, action_not_arn,
    action_null_in_some_condition, composite_swallows;

// metric.cpp
extern const Rule metric_not_produced, namespace_mismatch, filter_id_as_metric_name, dimension_mismatch, unit_mismatch,
    region_or_account_mismatch;
// feasibility.cpp
extern const Rule statistic_not_sum, maximum_caps_at_value, threshold_unreachable, threshold_too_high, always_in_alarm,
    operator_inverted, math_wrong_stat, missing_data_breaching, missing_data_ignore, needs_sustained_access,
    metric_value_zero, default_value_nonzero;
// events.cpp
extern const Rule rule_state_drops_reads, event_pattern_matches_no_access, topic_policy_omits_events, key_omits_events,
    input_path_unknown_field, rule_without_target;
// notification.cpp
extern const Rule topic_no_subscription, topic_kms_aws_managed, topic_cmk_no_grant, topic_policy_omits_cloudwatch,
    topic_policy_condition_blocks, topic_policy_resource_mismatch, topic_policy_public, topic_region_mismatch;
// endpoint.cpp
extern const Rule subscription_needs_confirmation, endpoint_protocol_mismatch, filter_policy_blocks, topic_fifo,
    http_endpoint;
// subscription.cpp
extern const Rule sqs_subscription_policy, lambda_permission;

}  // namespace secretwatch::lint::rules
