/// A: the alarm, its periods and its name. Only alarms are judged that a metric filter of the stack feeds.
#include <algorithm>

#include "chain/alarm_kinds.h"
#include "chain/name_index.h"
#include "lint/examples.h"
#include "lint/rules/catalogue.h"

namespace secretwatch::lint::rules {
namespace {

/// The alarm, when it is one that is judged here.
const stack::Alarm* judged_alarm(const chain::World& world, stack::ResourceId subject) {
  const auto* const alarm = std::get_if<stack::Alarm>(&world.stack()[subject].body);
  if (alarm == nullptr || !chain::watches_a_log(world, subject)) return nullptr;
  return alarm;
}

// --- periods ---

bool is_valid_period(std::int64_t seconds) {
  return seconds == 10 || seconds == 20 || seconds == 30 || (seconds > 0 && seconds % 60 == 0);
}

void check_period(const chain::World& world, stack::ResourceId subject, Findings& out) {
  const stack::Alarm* const alarm = judged_alarm(world, subject);
  if (alarm == nullptr) return;
  const auto judge = [&](const stack::OptionalInteger& period) {
    const std::int64_t* const seconds = world.known(period);
    if (seconds != nullptr && !is_valid_period(*seconds))
      out.add(period_invalid, subject, place_of(world, subject, period),
              "a period of {} seconds is none that CloudWatch has", *seconds);
  };
  judge(alarm->period_seconds);
  for (const stack::MetricQuery& query : alarm->metrics)
    if (world.is_there(query.presence)) judge(query.period_seconds);
}

/// All that an alarm looks at must lie within a day, or within a week where a period is an hour or more.
void check_window(const chain::World& world, stack::ResourceId subject, Findings& out) {
  const stack::Alarm* const alarm = judged_alarm(world, subject);
  if (alarm == nullptr) return;
  const std::int64_t* const periods = world.known(alarm->evaluation_periods);
  if (periods == nullptr) return;
  constexpr std::int64_t hour = 3600;
  constexpr std::int64_t day = 24 * hour;
  for (const chain::Reading& reading : chain::readings_of(world, subject)) {
    const std::int64_t* const period = world.known(*reading.period_seconds);
    if (period == nullptr || *period < 1 || *periods < 1) continue;
    const std::int64_t most = *period < hour ? day : 7 * day;
    if (*periods <= most / *period) continue;
    Finding& finding = out.add(window_over_limit, subject, place_of(world, subject, alarm->evaluation_periods),
                               "alarm '{}' looks at {} periods of {} seconds: together they exceed {} seconds",
                               name_of(world, subject), *periods, *period, most);
    if (world.at(*reading.period_seconds)->span.is_nowhere()) return;
    finding.relate(stack::whole(*world.at(*reading.period_seconds)), "a period is {} seconds", *period);
    return;
  }
}

void check_datapoints(const chain::World& world, stack::ResourceId subject, Findings& out) {
  const stack::Alarm* const alarm = judged_alarm(world, subject);
  if (alarm == nullptr) return;
  const std::int64_t* const needed = world.known(alarm->datapoints_to_alarm);
  const std::int64_t* const periods = world.known(alarm->evaluation_periods);
  if (needed == nullptr || periods == nullptr || *needed <= *periods) return;
  Finding& finding = out.add(m_greater_than_n, subject, place_of(world, subject, alarm->datapoints_to_alarm),
                             "alarm '{}' wants {} points of {}", name_of(world, subject), *needed, *periods);
  finding.relate(place_of(world, subject, alarm->evaluation_periods), "it looks at {} periods", *periods);
}

/// What a log's filters publish is summed up for each minute.
void check_short_period(const chain::World& world, stack::ResourceId subject, Findings& out) {
  if (judged_alarm(world, subject) == nullptr) return;
  for (const chain::Reading& reading : chain::readings_of(world, subject)) {
    const std::int64_t* const period = world.known(*reading.period_seconds);
    const bool is_short = period != nullptr && *period < 60 && is_valid_period(*period);
    if (!is_short || chain::filters_of(world, reading).empty()) continue;
    out.add(sub_minute_period, subject, place_of(world, subject, *reading.period_seconds),
            "alarm '{}' looks every {} seconds at a metric that has one point a minute", name_of(world, subject),
            *period);
  }
}

/// A minute that is looked at once: with a default value the points of later events cover one that comes late.
void check_delay(const chain::World& world, stack::ResourceId subject, Findings& out) {
  const stack::Alarm* const alarm = judged_alarm(world, subject);
  const std::int64_t* const periods = alarm == nullptr ? nullptr : world.known(alarm->evaluation_periods);
  const std::int64_t* const period = alarm == nullptr ? nullptr : world.known(alarm->period_seconds);
  if (periods == nullptr || *periods != 1 || period == nullptr || *period != 60) return;
  for (const stack::ResourceId id : chain::certain_filters_of(world, subject)) {
    const auto& filter = std::get<stack::MetricFilter>(world.stack()[id].body);
    if (world.known(filter.default_value) == nullptr) continue;
    out.add(period_vs_delivery_delay, subject, place_of(world, subject, alarm->period_seconds),
            "alarm '{}' looks at the last minute only: a point that comes late is not seen", name_of(world, subject))
        .relate(place_of(world, id, filter.default_value),
                "for every other event a point is published, and the newest one decides")
        .note("with a period of 300 seconds a point is looked at five times");
    return;
  }
}

// --- names ---

/// Alarms of any kind by the names that stand there; those without one are left out.
struct AlarmNames : chain::NameIndex {
  explicit AlarmNames(const chain::World& world) {
    const auto& resources = world.stack().resources();
    for (std::size_t i = 0; i < resources.size(); ++i)
      if (const auto alarm = chain::any_alarm(resources[i].body); alarm && *alarm->name)
        add(static_cast<stack::ResourceId>(i), {stack::literal_of(**alarm->name)});
  }
};

/// An alarm's name is one of its account and region, whatever its kind.
void check_name_collision(const chain::World& world, stack::ResourceId subject, Findings& out) {
  const stack::Resource& resource = world.stack()[subject];
  const std::optional<chain::AnyAlarm> alarm = chain::any_alarm(resource.body);
  if (!alarm || world.at(*alarm->name) == nullptr) return;
  const stack::Text name = world.text(**alarm->name);
  for (const stack::ResourceId id : world.table<AlarmNames>().candidates(name.literal())) {
    if (id >= subject) return;
    const stack::Resource& earlier = world.stack()[id];
    const std::optional<chain::AnyAlarm> other = chain::any_alarm(earlier.body);
    if (world.at(*other->name) == nullptr) continue;
    if (chain::is_same(name, world.text(**other->name)) != chain::Match::yes || !world.is_there(id)) continue;
    if (chain::is_same_place(world, resource.scope, earlier.scope) != chain::Match::yes) continue;
    if (!chain::watches_a_log(world, subject) && !chain::watches_a_log(world, id)) continue;
    out.add(alarm_name_collision, subject, place_of(world, subject, *alarm->name),
            "alarms '{}' and '{}' have the same name: only one of them can be there", name_of(world, id),
            name_of(world, subject))
        .relate(place_of(world, id, *other->name), "alarm '{}' has it too", name_of(world, id));
    return;
  }
}

}  // namespace

constinit const Rule period_invalid{
    .id = "A533",
    .name = "period-invalid",
    .severity = Severity::error,
    .effect = Effect::rejected,
    .since = "0.1.0",
    .summary = "an alarm's period is none that CloudWatch has",
    .finds = "Periods other than 10, 20, 30 and multiples of 60 seconds, of the alarm and of the metrics in it.",
    .harm = "CloudWatch refuses the alarm.",
    .decision = "By the value, where it is known.",
    .source = "CloudWatch API reference, PutMetricAlarm, Period.",
    .bad = examples::edited<"Period: 300", "Period: 90">,
    .good = examples::good,
    .check = check_period};

constinit const Rule window_over_limit{
    .id = "A532",
    .name = "window-over-limit",
    .severity = Severity::error,
    .effect = Effect::rejected,
    .since = "0.1.0",
    .summary = "an alarm looks further back than CloudWatch lets it",
    .finds =
        "`Period` times `EvaluationPeriods` over 86,400 seconds with a period below an hour, or over 604,800 seconds "
        "with any.",
    .harm = "CloudWatch refuses the alarm.",
    .decision = "By the values, where both are known.",
    .source = "CloudWatch API reference, PutMetricAlarm, EvaluationPeriods and Period.",
    .bad = examples::edited<"EvaluationPeriods: 1", "EvaluationPeriods: 289\n      DatapointsToAlarm: 1">,
    .good = examples::good,
    .check = check_window};

constinit const Rule m_greater_than_n{
    .id = "A530",
    .name = "m-greater-than-n",
    .severity = Severity::error,
    .effect = Effect::rejected,
    .since = "0.1.0",
    .summary = "an alarm wants more points than it looks at",
    .finds = "`DatapointsToAlarm` above `EvaluationPeriods`.",
    .harm = "CloudWatch refuses the alarm.",
    .decision = "By the values, where both are known.",
    .source = "CloudFormation resource reference, AWS::CloudWatch::Alarm, DatapointsToAlarm.",
    .bad = examples::edited<"EvaluationPeriods: 1", "EvaluationPeriods: 1\n      DatapointsToAlarm: 2">,
    .good = examples::good,
    .check = check_datapoints};

constinit const Rule sub_minute_period{
    .id = "A534",
    .name = "sub-minute-period",
    .severity = Severity::warning,
    .effect = Effect::noisy,
    .since = "0.1.0",
    .summary = "an alarm looks more often than its metric has points",
    .finds = "Periods of 10, 20 or 30 seconds on the metric of a filter.",
    .harm =
        "The metric has one point a minute. Most periods are empty, the alarm goes to and fro, and each change is a "
        "message; a high-resolution alarm also costs more.",
    .decision = "By the value, where it is known.",
    .source =
        "CloudWatch API reference, PutMetricAlarm, Period; CloudWatch Logs user guide, \"Creating metrics from log "
        "events using filters\" (metrics are aggregated and reported every minute).",
    .bad = examples::edited<"Period: 300", "Period: 10">,
    .good = examples::edited<"Period: 300", "Period: 60">,
    .check = check_short_period};

constinit const Rule period_vs_delivery_delay{
    .id = "A535",
    .name = "period-vs-delivery-delay",
    .severity = Severity::note,
    .effect = Effect::partial,
    .precision = Precision::likely,
    .since = "0.1.0",
    .summary = "an alarm looks at a single minute, which a late point may miss",
    .finds = "A period of 60 seconds that is evaluated once, on the metric of a filter with a default value.",
    .harm =
        "With a default value nearly every minute has a point, and the newest decides. A read whose point comes a few "
        "minutes late is not looked at any more.",
    .decision =
        "By the values, where all are known. Without a default value older minutes are looked at too, and nothing is "
        "said. How late points come is not documented.",
    .source =
        "CloudWatch user guide, \"Configuring how CloudWatch alarms treat missing data\"; CloudTrail user guide, "
        "\"Getting and viewing your CloudTrail log files\" (delivery takes about five minutes on average).",
    .bad = examples::edited<"MetricValue: '1'", "MetricValue: '1'\n          DefaultValue: 0", "Period: 300",
                            "Period: 60">,
    .good = examples::edited<"MetricValue: '1'", "MetricValue: '1'\n          DefaultValue: 0">,
    .check = check_delay};

constinit const Rule alarm_name_collision{
    .id = "A561",
    .name = "alarm-name-collision",
    .severity = Severity::error,
    .effect = Effect::silent,
    .since = "0.1.0",
    .summary = "two alarms have the same name",
    .finds =
        "Alarms of any kind, at least one of which watches a log, with the same name in the same account and region. "
        "Alarms that are never there together are left alone.",
    .harm =
        "A name belongs to one alarm. CloudFormation refuses the second; with Terraform the one that is written last "
        "replaces the other, which then watches nothing.",
    .decision = "The names are compared by what they denote. It is silent where a name or a place is not known.",
    .source =
        "CloudWatch API reference, PutMetricAlarm: the name must be unique within the region, and a call for an "
        "existing alarm overwrites it.",
    .bad = examples::edited<"      AlarmDescription: TopSecretInfo was read\n",
                            "      AlarmDescription: TopSecretInfo was read\n      AlarmName: secret-read\n",
                            "  ReadAlarm:\n", R"(  OtherAlarm:
    Type: AWS::CloudWatch::Alarm
    Properties:
      AlarmName: secret-read
      Namespace: AWS/SQS
      MetricName: NumberOfMessagesSent
      Statistic: Sum
      ComparisonOperator: GreaterThanThreshold
      Threshold: 100
      Period: 300
      EvaluationPeriods: 1
      AlarmActions: [!Ref Topic]
  ReadAlarm:
)">,
    .good = examples::good,
    .check = check_name_collision};

}  // namespace secretwatch::lint::rules
