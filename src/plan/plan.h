#pragma once
/// Plan: from what the user wants to the AWS resources that do it.
///
///     secrets: [TopSecretInfo]        ->   MetricFilter { $.eventName = "GetSecretValue" && … }
///     alerts: {read: {}}                   Alarm        Sum >= 1 in 1 of 1 windows of 5 minutes
///     notify: [me@example.com]             Topic, TopicPolicy, Subscription
///                                          and the trail, bucket, log group and role that feed the filter
///
/// Requires a Spec that passed parse() and check() without errors. Only quotas can still fail: filters of a log group,
/// a comparison that does not fit into a pattern, actions of an alarm, resources, outputs and parameters of a template,
/// names that clash. The result passes stack::verify_for_emission().
/// Same spec, same stack: labels come from names in the spec, never from counters or clocks.
/// Not here: how a language spells a resource (emit/), whether the result is wise (lint/).
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/model.h"
#include "stack/stack.h"

namespace secretwatch::plan {

namespace codes {
inline constexpr Code too_many_filters{"SW0150", "too-many-filters"};
inline constexpr Code pattern_too_long{"SW0151", "pattern-too-long"};
inline constexpr Code too_many_regexes{"SW0152", "too-many-regexes"};
inline constexpr Code too_many_actions{"SW0153", "too-many-actions"};
inline constexpr Code too_many_resources{"SW0154", "too-many-resources"};
inline constexpr Code too_many_outputs{"SW0155", "too-many-outputs"};
inline constexpr Code too_many_parameters{"SW0156", "too-many-parameters"};
inline constexpr Code resource_name_clash{"SW0157", "resource-name-clash"};

inline constexpr Code confirmation_needed{"SW0170", "confirmation-needed", Severity::note};
inline constexpr Code queue_permission{"SW0171", "queue-permission", Severity::note};
inline constexpr Code excluded_sources{"SW0172", "excluded-sources", Severity::note};
inline constexpr Code key_permission{"SW0173", "key-permission", Severity::note};
inline constexpr Code topic_permission{"SW0174", "topic-permission", Severity::note};
inline constexpr Code notices_are_noisy{"SW0175", "notices-are-noisy", Severity::note};
inline constexpr Code secret_without_value{"SW0176", "secret-without-value", Severity::note};
inline constexpr Code existing_log_group{"SW0177", "existing-log-group", Severity::note};
inline constexpr Code home_region_only{"SW0178", "home-region-only", Severity::note};
inline constexpr Code stranger_matches{"SW0179", "stranger-matches", Severity::note};
inline constexpr Code regex_in_use{"SW0180", "regex-in-use", Severity::note};
}  // namespace codes

/// Quotas of CloudFormation and CloudWatch (CloudFormation quotas; PutMetricAlarm).
inline constexpr std::size_t max_actions_of_alarm = 5;
inline constexpr std::size_t max_resources = 500;
inline constexpr std::size_t max_outputs = 200;
inline constexpr std::size_t max_parameters = 200;

/// A metric filter and what it was made for, as `secretwatch filters` prints it.
struct PlannedFilter {
  std::string alert;
  std::string secret;  // id; empty: no secret in particular
  std::string part;    // "list", "2"; empty: the first or only one
  std::string name;
  std::string pattern;
  std::string metric;
  std::vector<std::string> events;
};

struct Plan {
  stack::Stack stack;
  std::vector<PlannedFilter> filters;
  std::string log_group;
  std::string metric_namespace;
};

[[nodiscard]] std::optional<Plan> plan(const model::Spec& spec, Diagnostics& out);

/// What its owner must know about a stack that is otherwise fine: mails to confirm, permissions that others must give.
/// Adds notes only.
void add_notes(const model::Spec& spec, Diagnostics& out);
/// What Terraform cannot do: declared secrets whose value is to be generated stay empty until these commands ran.
void add_terraform_notes(const model::Spec& spec, Diagnostics& out);
/// Properties of the filters that are documented rather than faults; for who asks for more (`validate --verbose`).
void add_verbose_notes(const model::Spec& spec, const Plan& plan, Diagnostics& out);

}  // namespace secretwatch::plan
