#pragma once
/// Catalogue: the rules by name, for checks that report them and for findings that follow from another. Each is defined
/// beside its check, in the file of its part of the chain; rules.cpp puts them in order.
#include "lint/rule.h"

namespace secretwatch::lint::rules {

// reading.cpp
extern const Rule parse_error, chain_undecided, stale_suppression, suppression_without_reason;
// references.cpp
extern const Rule literal_looks_like_reference, dynamic_reference_in_message;
// trail_place.cpp
extern const Rule trail_missing, trail_home_region_mismatch, global_events_off_multi_region;
// trail.cpp
extern const Rule trail_not_logging, trail_write_only, trail_no_management_events, trail_without_log_group,
    trail_feeds_other_group, role_trust, role_permissions;
// delivery.cpp
extern const Rule role_missing;
// pattern.cpp
extern const Rule pattern_syntax, pattern_too_long, pattern_unsatisfiable, regex_quota;
// record_fields.cpp
extern const Rule event_name_typo, event_source_mismatch, boolean_as_string;
// coverage.cpp
extern const Rule misses_arn_access;
// publishing.cpp
extern const Rule default_with_dimensions;
extern const Rule log_group_arn_shape, role_missing, log_group_cmk_policy, log_group_class;
// alarm.cpp
extern const Rule period_invalid, window_over_limit, alarm_name_collision;
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
// notification.cpp
extern const Rule topic_no_subscription, topic_kms_aws_managed, topic_cmk_no_grant, topic_policy_omits_cloudwatch,
    topic_policy_condition_blocks, topic_policy_resource_mismatch;
// subscription.cpp
extern const Rule sqs_subscription_policy, lambda_permission;

}  // namespace secretwatch::lint::rules
