/// Times in which an alarm does not look, or does not tell.
#include <algorithm>
#include <charconv>

#include "base/text.h"
#include "chain/alarm.h"
#include "chain/alarm_kinds.h"
#include "lint/examples.h"
#include "lint/rules/catalogue.h"

namespace secretwatch::lint::rules {
namespace {

using chain::World;
using stack::ResourceId;

/// "1 hour", "15 minutes", "90 seconds"
std::string spelled(std::int64_t seconds) {
  const auto of = [seconds](std::int64_t unit, std::string_view name) {
    return fmt::format("{} {}{}", seconds / unit, name, seconds == unit ? "" : "s");
  };
  if (seconds % 86'400 == 0) return of(86'400, "day");
  if (seconds % 3'600 == 0) return of(3'600, "hour");
  return seconds % 60 == 0 ? of(60, "minute") : of(1, "second");
}

// --- in ALARM ---

/// How long one read keeps the alarm in ALARM; nothing: not known, or it does not work.
std::optional<std::int64_t> silent_seconds(const World& world, ResourceId subject) {
  const auto read = chain::read_alarm(world, subject);
  if (!read->diagnosis || !read->diagnosis->works) return std::nullopt;
  const std::int64_t* const period = world.known(*read->readings.front().period_seconds);
  if (period == nullptr || *period < 1) return std::nullopt;
  const bool has_default = std::any_of(read->filters.begin(), read->filters.end(), [&world](const chain::Link& link) {
    return world.at(std::get<stack::MetricFilter>(world.stack()[link.resource].body).default_value) != nullptr;
  });
  // Where later minutes have points of their own, the read's leaves the window as soon as it is evaluated.
  const std::uint64_t periods =
      has_default ? read->test->rule.evaluation_periods : chain::evaluation_range(read->test->rule);
  return static_cast<std::int64_t>(periods) * *period;
}

void check_silence(const World& world, ResourceId subject, Findings& out) {
  const auto* const alarm = std::get_if<stack::Alarm>(&world.stack()[subject].body);
  // A spec asks for the window that it wants.
  if (alarm == nullptr || !world.stack().spec_hash.empty()) return;
  const std::int64_t* const period = world.known(alarm->period_seconds);
  const std::optional<std::int64_t> seconds = silent_seconds(world, subject);
  if (period == nullptr || !seconds) return;
  out.add(*period >= 3'600 ? long_period_delays : re_alert_gap, subject,
          place_of(world, subject, alarm->period_seconds),
          "after a read alarm '{}' stays in ALARM for about {}: further reads tell nobody", name_of(world, subject),
          spelled(*seconds));
}

// --- log alarms ---

/// "rate(5 minutes)" in seconds; 0: not known, or a schedule by the clock.
std::int64_t rate_of(std::string_view schedule) {
  if (!schedule.starts_with("rate(") || !schedule.ends_with(")")) return 0;
  schedule.remove_prefix(5);
  schedule.remove_suffix(1);
  const std::size_t blank = schedule.find(' ');
  if (blank == std::string_view::npos) return 0;
  std::int64_t count = 0;
  const char* const end = schedule.data() + blank;
  const auto [stopped, fault] = std::from_chars(schedule.data(), end, count);
  constexpr std::int64_t most = 1'000'000;
  if (fault != std::errc() || stopped != end || count < 1 || count > most) return 0;
  std::string_view unit = schedule.substr(blank + 1);
  if (unit.ends_with("s")) unit.remove_suffix(1);
  return count * (unit == "minute" ? 60 : unit == "hour" ? 3'600 : unit == "day" ? 86'400 : 0);
}

void check_log_window(const World& world, ResourceId subject, Findings& out) {
  const auto* const alarm = std::get_if<stack::LogAlarm>(&world.stack()[subject].body);
  if (alarm == nullptr) return;
  const std::optional<std::string> schedule = world.literal(alarm->schedule);
  const std::int64_t rate = schedule ? rate_of(*schedule) : 0;
  const std::int64_t* const window = world.known(alarm->start_time_offset_seconds);
  if (window == nullptr || *window < 1 || *window >= rate) return;
  Finding& finding = out.add(log_alarm_window_gap, subject, place_of(world, subject, alarm->start_time_offset_seconds),
                             "log alarm '{}' looks back {} every {}: what comes between is never looked at",
                             name_of(world, subject), spelled(*window), spelled(rate));
  finding.relate(place_of(world, subject, alarm->schedule), "this is how often it looks")
      .note("look back further than the schedule, so that late lines are seen too");
}

void check_warm_up(const World& world, ResourceId subject, Findings& out) {
  const stack::Body& body = world.stack()[subject].body;
  const auto* const alarm = std::get_if<stack::Alarm>(&body);
  const auto* const log_alarm = std::get_if<stack::LogAlarm>(&body);
  if (alarm == nullptr && log_alarm == nullptr) return;
  const stack::OptionalInteger& warm_up = alarm != nullptr ? alarm->warm_up_minutes : log_alarm->warm_up_minutes;
  const std::int64_t* const minutes = world.known(warm_up);
  if (minutes == nullptr || *minutes < 1 || !chain::watches_a_log(world, subject)) return;
  out.add(warm_up_blind, subject, place_of(world, subject, warm_up),
          "alarm '{}' tells nobody of anything for {} after each change of it", name_of(world, subject),
          spelled(*minutes * 60));
}

// --- mute rules ---

bool mutes(const World& world, const stack::MuteRule& rule, ResourceId alarm) {
  const auto is_written = [&world](const stack::TextValue& name) { return world.at(name) != nullptr; };
  if (std::none_of(rule.alarms.begin(), rule.alarms.end(), is_written)) return rule.alarms.empty();
  const stack::Text name = world.identity_of({alarm, stack::Attribute::name, {}});
  return std::any_of(rule.alarms.begin(), rule.alarms.end(), [&](const stack::TextValue& muted) {
    return is_written(muted) && chain::is_same(world.text(muted), name) == chain::Match::yes;
  });
}

void check_mute_rule(const World& world, ResourceId subject, Findings& out) {
  const auto* const rule = std::get_if<stack::MuteRule>(&world.stack()[subject].body);
  if (rule == nullptr) return;
  for (std::size_t i = 0; i < world.stack().resources().size(); ++i) {
    const auto id = static_cast<ResourceId>(i);
    const stack::Resource& resource = world.stack()[id];
    if (!chain::any_alarm(resource.body) || !mutes(world, *rule, id)) continue;
    if (!world.is_there(id) || !chain::watches_a_log(world, id)) continue;
    Finding& finding =
        out.add(muted_by_rule, subject, world.stack()[subject].span,
                "mute rule '{}' keeps alarm '{}' from telling of reads", name_of(world, subject), name_of(world, id));
    finding.relate(resource.span, "alarm '{}' is muted", name_of(world, id));
    if (world.at(rule->schedule) != nullptr)
      finding.relate(place_of(world, subject, rule->schedule), "it does so on this schedule");
    return;
  }
}

constexpr std::string_view transitions =
    "CloudWatch user guide, \"Alarm actions\" (they run on a change of state), \"Configuring how CloudWatch alarms "
    "treat "
    "missing data\" (evaluation range).";

}  // namespace

constinit const Rule long_period_delays{
    .id = "A536",
    .name = "long-period-delays",
    .severity = Severity::note,
    .effect = Effect::partial,
    .since = "0.1.0",
    .summary = "after one read an alarm tells nothing for hours",
    .finds = "Periods of an hour or more. It is silent for stacks made of a spec, which asked for them.",
    .harm =
        "A read is in the window until its period has passed. As long as that lasts the alarm is in ALARM, and further "
        "reads send nothing.",
    .decision =
        "By the values, where all are known and the alarm works. How far back CloudWatch looks is observed, not "
        "documented, so that the time is about right.",
    .source = transitions,
    .bad = examples::edited<"Period: 300", "Period: 3600">,
    .good = examples::good,
    .check = check_silence};

constinit const Rule re_alert_gap{
    .id = "A537",
    .name = "re-alert-gap",
    .severity = Severity::note,
    .effect = Effect::partial,
    .is_on = false,
    .since = "0.1.0",
    .summary = "while an alarm is in ALARM further reads tell nobody",
    .finds = "Every alarm that works, with the time for which it is silent after a read.",
    .harm = "Who reads the secret again within that time is not told of.",
    .decision = "As for A536. It speaks only when it is asked for, since alarms cannot do better.",
    .source = transitions};

constinit const Rule log_alarm_window_gap{
    .id = "A570",
    .name = "log-alarm-window-gap",
    .severity = Severity::warning,
    .effect = Effect::partial,
    .since = "0.1.0",
    .summary = "a log alarm looks back less far than it waits",
    .finds = "A log alarm whose `StartTimeOffset` is shorter than the interval of its schedule.",
    .harm = "Lines that come between two queries are in neither: those reads are never seen.",
    .decision = "By the values, where the schedule is a rate and both are known.",
    .source = "CloudWatch user guide, \"Log alarms\"; CloudFormation resource reference, AWS::CloudWatch::LogAlarm.",
    .bad = examples::edited<"  ReadAlarm:\n", R"(  QueryAlarm:
    Type: AWS::CloudWatch::LogAlarm
    Properties:
      AlarmName: read-by-query
      ScheduledQueryConfiguration:
        QueryString: filter eventName = "GetSecretValue"
        AggregationExpression: count(*)
        LogGroupIdentifiers: [!Ref TrailLogGroup]
        ScheduleConfiguration: {ScheduleExpression: rate(10 minutes), StartTimeOffset: 300}
      ComparisonOperator: GreaterThanOrEqualToThreshold
      Threshold: 1
      QueryResultsToEvaluate: 1
      QueryResultsToAlarm: 1
      AlarmActions: [!Ref Topic]
  ReadAlarm:
)">,
    .good = examples::edited<"  ReadAlarm:\n", R"(  QueryAlarm:
    Type: AWS::CloudWatch::LogAlarm
    Properties:
      AlarmName: read-by-query
      ScheduledQueryConfiguration:
        QueryString: filter eventName = "GetSecretValue"
        AggregationExpression: count(*)
        LogGroupIdentifiers: [!Ref TrailLogGroup]
        ScheduleConfiguration: {ScheduleExpression: rate(10 minutes), StartTimeOffset: 900}
      ComparisonOperator: GreaterThanOrEqualToThreshold
      Threshold: 1
      QueryResultsToEvaluate: 1
      QueryResultsToAlarm: 1
      AlarmActions: [!Ref Topic]
  ReadAlarm:
)">,
    .check = check_log_window};

constinit const Rule warm_up_blind{
    .id = "A571",
    .name = "warm-up-blind",
    .severity = Severity::warning,
    .effect = Effect::partial,
    .since = "0.1.0",
    .summary = "after each change an alarm does not act for a while",
    .finds = "`WarmUpConfiguration` on an alarm that watches a log.",
    .harm =
        "For so long after it was made or changed the alarm is in INSUFFICIENT_DATA and runs no action. A metric that "
        "exists only when something is read does not end that early.",
    .decision = "By the value, where it is known.",
    .source = "CloudFormation resource reference, AWS::CloudWatch::Alarm, WarmUpConfiguration.",
    .bad = examples::edited<"      EvaluationPeriods: 1\n",
                            "      EvaluationPeriods: 1\n      WarmUpConfiguration: {WarmUpPeriodDurationInMinutes: "
                            "60}\n">,
    .good = examples::good,
    .check = check_warm_up};

constinit const Rule muted_by_rule{
    .id = "A572",
    .name = "muted-by-rule",
    .severity = Severity::warning,
    .effect = Effect::partial,
    .since = "0.1.0",
    .summary = "a mute rule covers an alarm on reads",
    .finds = "Alarm mute rules that name an alarm which watches a log, or that name none.",
    .harm = "In the rule's windows the alarm changes its state, and nobody is told.",
    .decision = "By the names, where they are certain. When the windows are is not looked at.",
    .source = "CloudWatch user guide, \"Alarm mute rules\"; resource reference, AWS::CloudWatch::AlarmMuteRule.",
    .bad = examples::edited<"  ReadAlarm:\n", R"(  Nights:
    Type: AWS::CloudWatch::AlarmMuteRule
    Properties:
      Name: nights
      Rule: {Schedule: {Expression: cron(0 22 * * *), Duration: PT8H}}
      MuteTargets: {AlarmNames: [!Ref ReadAlarm]}
  ReadAlarm:
)">,
    .good = examples::good,
    .check = check_mute_rule};

}  // namespace secretwatch::lint::rules
