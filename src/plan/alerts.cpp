#include <algorithm>

#include <fmt/format.h>

#include "plan/builder.h"
#include "plan/describe.h"
#include "plan/names.h"

namespace secretwatch::plan {
namespace {

using stack::Attribute;
using stack::Ref;
using stack::Text;
using stack::TextValue;
using stack::Value;

Value<std::int64_t> integer(std::int64_t value) {
  return {value};
}

/// The alert's own severity wins over a tag of the stack.
void set_tag(std::vector<stack::Tag>& tags, std::string key, std::string_view value) {
  const auto same = std::find_if(tags.begin(), tags.end(), [&](const stack::Tag& tag) { return tag.key == key; });
  if (same != tags.end()) {
    same->value = Text(value);
  } else {
    tags.push_back({std::move(key), Text(value)});
  }
}

void add_alarm(Builder& b, const model::Alert& alert, const std::string& label, const std::string& metric,
               std::string description, const Span& span) {
  stack::Alarm alarm;
  alarm.name = Text(metric);
  alarm.description = Text(std::move(description));
  alarm.metric_namespace = Text(b.spec.metrics.name_space);
  alarm.metric_name = Text(metric);
  alarm.statistic = Text("Sum");
  alarm.comparison = Text("GreaterThanOrEqualToThreshold");
  alarm.threshold = Value<double>(alert.threshold);
  alarm.period_seconds = integer(alert.window.count());
  alarm.evaluation_periods = integer(alert.periods);
  alarm.datapoints_to_alarm = integer(alert.breaching);
  alarm.treat_missing_data = Text("notBreaching");
  for (const std::size_t index : model::notified_channels(b.spec, alert)) {
    alarm.alarm_actions.emplace_back(Ref{b.topics[index], Attribute::arn});
    if (alert.notify_ok) alarm.ok_actions.emplace_back(Ref{b.topics[index], Attribute::arn});
  }
  alarm.tags = b.stack().tags;
  if (alert.severity != model::Alert::Severity::none) set_tag(alarm.tags, "severity", name_of(alert.severity));
  b.add(label, std::move(alarm), span);
}

void add_filter(Builder& b, const model::Alert& alert, const std::string& secret, const std::string& label,
                const FilterPart& part, const std::string& metric, const Span& span) {
  const std::string suffix = part.part.empty() ? "" : "-" + part.part;
  const std::string name = b.spec.name + "-" + label + suffix;
  stack::MetricFilter filter;
  filter.name = Text(name);
  filter.log_group = Ref{*b.log_group, Attribute::name};
  filter.pattern = TextValue(Text(part.pattern), span);
  filter.metric_namespace = Text(b.spec.metrics.name_space);
  filter.metric_name = Text(metric);
  filter.metric_value = Text("1");
  if (b.spec.metrics.zero_fill) filter.default_value = Value<double>(0.0);
  const std::size_t number_of_regexes = part.has_regex ? 1 : 0;
  b.regex_filters += number_of_regexes;
  if (number_of_regexes > 0) b.last_regex_span = span;
  b.add(label + suffix, std::move(filter), span);
  b.plan.filters.push_back({alert.name, secret, part.part, name, part.pattern, metric, part.events});
}

void add_alert_as_a_whole(Builder& b, const model::Alert& alert, const std::vector<std::size_t>& selected) {
  const std::string metric = watch_name(b.spec, alert, "");
  if (selected.size() == b.spec.secrets.size()) {
    for (FilterPart part : cut_filters_without_secret(alert, b.out)) {
      part.part = part.part.empty() ? "any" : "any-" + part.part;
      add_filter(b, alert, "", alert.name, part, metric, alert.span);
    }
  }
  std::vector<const model::Secret*> secrets;
  for (const std::size_t index : selected) secrets.push_back(&b.spec.secrets[index]);
  add_alarm(b, alert, alert.name, metric, describe_alarm(alert, secrets), alert.span);
}

void add_alert(Builder& b, const model::Alert& alert) {
  const std::vector<std::size_t> selected = model::selected_secrets(b.spec, alert);
  b.begin_section(fmt::format("Alert: {}", alert.name),
                  "Sum counts calls; an Average would divide them by every other event of the trail.");
  const std::size_t filters_before = b.plan.filters.size();
  const std::size_t errors_before = b.out.error_count();
  std::vector<const model::Secret*> watched;
  for (const std::size_t index : selected) {
    const model::Secret& secret = b.spec.secrets[index];
    const std::string metric = watch_name(b.spec, alert, alert.per == model::Alert::Per::secret ? secret.id : "");
    const std::vector<FilterPart> parts = cut_filters(alert, secret, b.names, b.out);
    if (b.out.error_count() > errors_before) break;  // the next secret would fail for the same reason
    if (parts.empty()) continue;  // the alert's events name no secret; they have a filter of their own
    for (const FilterPart& part : parts)
      add_filter(b, alert, secret.id, fmt::format("{}-{}", alert.name, secret.id), part, metric, secret.span);
    watched.push_back(&secret);
    if (alert.per == model::Alert::Per::secret)
      add_alarm(b, alert, fmt::format("{}-{}", alert.name, secret.id), metric, describe_alarm(alert, {&secret}),
                secret.span);
  }
  if (alert.per == model::Alert::Per::alert) add_alert_as_a_whole(b, alert, selected);
  b.needs.push_back({&alert, b.plan.filters.size() - filters_before, selected.size()});
}

}  // namespace

void add_alerts(Builder& b) {
  for (const model::Alert& alert : b.spec.alerts) add_alert(b, alert);
}

}  // namespace secretwatch::plan
