/// The table of rules: which there are, in the order of the chain. Adding one: its definition in rules/, a name in
/// rules/catalogue.h, a line here.
#include <algorithm>

#include "base/suggest.h"
#include "base/text.h"
#include "lint/lint.h"
#include "lint/rules/catalogue.h"

namespace secretwatch::lint {
namespace {

constexpr const Rule* table[] = {
    // R: reading
    &rules::parse_error,
    &rules::dangling_reference,
    &rules::literal_looks_like_reference,
    &rules::chain_undecided,
    &rules::condition_splits_chain,
    &rules::stale_suppression,
    &rules::suppression_without_reason,
    &rules::cross_stack_link_unverified,
    &rules::dynamic_reference_in_message,
    // S: secret
    &rules::secret_unwatched,
    &rules::prefix_collision,
    &rules::rotation_not_excluded,
    // T: trail
    &rules::trail_missing,
    &rules::trail_not_logging,
    &rules::trail_write_only,
    &rules::trail_no_management_events,
    &rules::advanced_selector_excludes,
    &rules::single_region_trail,
    &rules::two_trails_one_group,
    &rules::trail_home_region_mismatch,
    &rules::trail_sns_is_not_alerting,
    &rules::global_events_off_multi_region,
    // D: delivery
    &rules::trail_without_log_group,
    &rules::trail_feeds_other_group,
    &rules::log_group_arn_shape,
    &rules::role_missing,
    &rules::role_trust,
    &rules::role_permissions,
    &rules::bucket_policy,
    &rules::bucket_policy_order,
    &rules::trail_cmk_policy,
    &rules::log_group_cmk_policy,
    &rules::log_group_class,
    &rules::group_replaced_on_change,
    // F: filter
    &rules::pattern_syntax,
    &rules::pattern_too_long,
    &rules::pattern_unsatisfiable,
    &rules::pattern_tautology,
    &rules::pattern_not_json,
    &rules::misses_arn_access,
    &rules::misses_name_access,
    &rules::misses_partial_arn,
    &rules::misses_denied,
    &rules::misses_batch,
    &rules::event_name_typo,
    &rules::event_source_mismatch,
    &rules::boolean_as_string,
    &rules::number_or_null_misuse,
    &rules::unknown_field,
    &rules::wildcard_in_unsupported_place,
    &rules::regex_quota,
    &rules::negation_hides_absence,
    &rules::excludes_real_users,
    &rules::assumed_role_gap,
    &rules::metric_value_zero,
    &rules::metric_value_field,
    &rules::default_value_nonzero,
    &rules::default_with_dimensions,
    &rules::dimensions_on_term_pattern,
    &rules::high_cardinality_dimension,
    &rules::too_many_dimensions,
    &rules::reserved_namespace,
    &rules::duplicate_filter,
    &rules::metric_shared_across_secrets,
    &rules::filter_without_alarm,
    &rules::field_selection_excludes,
    // A: alarm
    &rules::metric_not_produced,
    &rules::namespace_mismatch,
    &rules::filter_id_as_metric_name,
    &rules::dimension_mismatch,
    &rules::unit_mismatch,
    &rules::region_or_account_mismatch,
    &rules::statistic_not_sum,
    &rules::maximum_caps_at_value,
    &rules::threshold_unreachable,
    &rules::threshold_too_high,
    &rules::always_in_alarm,
    &rules::operator_inverted,
    &rules::missing_data_breaching,
    &rules::missing_data_ignore,
    &rules::insufficient_data_notifies,
    &rules::m_greater_than_n,
    &rules::needs_sustained_access,
    &rules::window_over_limit,
    &rules::period_invalid,
    &rules::sub_minute_period,
    &rules::period_vs_delivery_delay,
    &rules::long_period_delays,
    &rules::re_alert_gap,
    &rules::actions_disabled,
    &rules::no_alarm_action,
    &rules::too_many_actions,
    &rules::math_wrong_stat,
    &rules::action_not_arn,
    &rules::action_null_in_some_condition,
    &rules::composite_swallows,
    &rules::alarm_name_collision,
    &rules::log_alarm_window_gap,
    &rules::warm_up_blind,
    &rules::muted_by_rule,
    // N: notification
    &rules::topic_no_subscription,
    &rules::subscription_needs_confirmation,
    &rules::endpoint_protocol_mismatch,
    &rules::filter_policy_blocks,
    &rules::sqs_subscription_policy,
    &rules::lambda_permission,
    &rules::topic_kms_aws_managed,
    &rules::topic_cmk_no_grant,
    &rules::topic_policy_omits_cloudwatch,
    &rules::topic_policy_condition_blocks,
    &rules::topic_policy_resource_mismatch,
    &rules::topic_policy_public,
    &rules::topic_fifo,
    &rules::topic_region_mismatch,
    &rules::http_endpoint,
    // O: operations
    &rules::filters_per_group_quota,
    &rules::partition_hardcoded,
    // E: events
    &rules::rule_state_drops_reads,
    &rules::event_pattern_matches_no_access,
    &rules::topic_policy_omits_events,
    &rules::key_omits_events,
    &rules::input_path_unknown_field,
    &rules::rule_without_target,
};

/// How well a word fits a rule: the length of the prefix, more for the whole id or the name, 0 when it does not.
std::size_t fit(std::string_view word, const Rule& rule) {
  const std::string lower = lower_case(word);
  if (lower == lower_case(rule.id) || lower == rule.name) return 100;
  return !lower.empty() && lower_case(rule.id).starts_with(lower) ? lower.size() : 0;
}

std::size_t best_fit(const std::vector<std::string>& words, const Rule& rule) {
  std::size_t best = 0;
  for (const std::string& word : words) best = std::max(best, fit(word, rule));
  return best;
}

}  // namespace

std::span<const Rule* const> all_rules() {
  return table;
}

const Rule* find_rule(std::string_view word) {
  for (const Rule* rule : table)
    if (fit(word, *rule) == 100) return rule;
  return nullptr;
}

bool is_selected(const Rule& rule, const Selection& selection) {
  const std::size_t selected = selection.select.empty() ? 0 : best_fit(selection.select, rule);
  if (!selection.select.empty() && selected == 0) return false;
  if (const std::size_t ignored = best_fit(selection.ignore, rule); ignored > 0 && ignored >= selected) return false;
  return rule.is_on || selection.all || selected == 100;
}

bool names_a_rule(std::string_view word) {
  return std::any_of(std::begin(table), std::end(table), [&](const Rule* rule) { return fit(word, *rule) > 0; });
}

std::string nearest_rule(std::string_view word) {
  std::vector<std::string_view> known;
  for (const Rule* rule : table) {
    known.push_back(rule->id);
    known.push_back(rule->name);
  }
  return nearest(word, known);
}

}  // namespace secretwatch::lint
