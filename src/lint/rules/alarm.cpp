/// A: the alarm and its actions. Only alarms are judged that a metric filter of the stack feeds.
#include <algorithm>

#include "lint/examples.h"
#include "lint/rules/catalogue.h"
#include "lint/rules/links.h"

namespace secretwatch::lint::rules {
namespace {

using stack::TextValue;

/// The alarm, when it is one that is judged here.
const stack::Alarm* judged_alarm(const chain::World& world, stack::ResourceId subject) {
  const auto* const alarm = std::get_if<stack::Alarm>(&world.stack()[subject].body);
  if (alarm == nullptr || is_fed_by_a_filter(world, *alarm) != chain::Match::yes) return nullptr;
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

// --- actions ---

void check_actions_disabled(const chain::World& world, stack::ResourceId subject, Findings& out) {
  const stack::Alarm* const alarm = judged_alarm(world, subject);
  if (alarm == nullptr) return;
  const bool* const enabled = world.known(alarm->actions_enabled);
  if (enabled == nullptr || *enabled || may_be_heard_elsewhere(world, subject)) return;
  out.add(actions_disabled, subject, place_of(world, subject, alarm->actions_enabled),
          "alarm '{}' changes its state and tells nobody: its actions are switched off", name_of(world, subject))
      .set(world, subject, "actions_enabled", alarm->actions_enabled, true);
}

void check_no_alarm_action(const chain::World& world, stack::ResourceId subject, Findings& out) {
  const stack::Alarm* const alarm = judged_alarm(world, subject);
  if (alarm == nullptr) return;
  const auto is_written = [&](const TextValue& action) { return world.at(action) != nullptr; };
  const auto& actions = alarm->alarm_actions;
  if (std::any_of(actions.begin(), actions.end(), is_written) || may_be_heard_elsewhere(world, subject)) return;
  Finding& finding =
      out.add(no_alarm_action, subject, world.stack()[subject].span,
              "alarm '{}' changes its state and tells nobody: it has no action", name_of(world, subject));
  for (const auto* const others : {&alarm->ok_actions, &alarm->insufficient_data_actions})
    if (const auto other = std::find_if(others->begin(), others->end(), is_written); other != others->end())
      finding.relate(whole(*other), "this one is for another state");
}

/// Of each kind an alarm can have five.
constexpr std::size_t most_actions = 5;

void check_too_many_actions(const chain::World& world, stack::ResourceId subject, Findings& out) {
  const stack::Alarm* const alarm = judged_alarm(world, subject);
  if (alarm == nullptr) return;
  for (const auto* const actions : {&alarm->alarm_actions, &alarm->ok_actions, &alarm->insufficient_data_actions}) {
    std::size_t count = 0;
    const TextValue* first_too_many = nullptr;
    for (const TextValue& action : *actions) {
      const TextValue* const written = world.at(action);
      if (written == nullptr || written->unknown() != nullptr) continue;
      if (++count == most_actions + 1) first_too_many = written;
    }
    if (first_too_many == nullptr) continue;
    const Span place = first_too_many->span.is_nowhere() ? world.stack()[subject].span : first_too_many->span;
    out.add(too_many_actions, subject, place, "alarm '{}' has {} actions for one state; it can have {}",
            name_of(world, subject), count, most_actions);
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

constinit const Rule actions_disabled{
    .id = "A540",
    .name = "actions-disabled",
    .severity = Severity::error,
    .effect = Effect::silent,
    .since = "0.1.0",
    .summary = "an alarm's actions are switched off",
    .finds =
        "`ActionsEnabled: false` on an alarm that a metric filter feeds. An alarm that a composite alarm or an "
        "event rule listens to is left alone.",
    .harm = "The alarm changes its state, which nobody sees who does not look at the console.",
    .decision = "By the value, where it is known.",
    .source = "CloudWatch API reference, PutMetricAlarm, ActionsEnabled.",
    .bad = examples::edited<"AlarmActions: [!Ref Topic]", "AlarmActions: [!Ref Topic]\n      ActionsEnabled: false">,
    .good = examples::good,
    .check = check_actions_disabled};

constinit const Rule no_alarm_action{
    .id = "A541",
    .name = "no-alarm-action",
    .severity = Severity::error,
    .effect = Effect::silent,
    .since = "0.1.0",
    .summary = "an alarm has no action",
    .finds =
        "Alarms that a metric filter feeds without `AlarmActions`. Actions for OK and for insufficient data do "
        "not tell of a read. An alarm that a composite alarm or an event rule listens to is left alone.",
    .harm = "The alarm changes its state, which nobody sees who does not look at the console.",
    .decision = "By what is written. A list that is not known is left alone.",
    .source = "CloudWatch API reference, PutMetricAlarm, AlarmActions.",
    .bad = examples::edited<"AlarmActions: [!Ref Topic]", "OKActions: [!Ref Topic]">,
    .good = examples::good,
    .check = check_no_alarm_action};

constinit const Rule too_many_actions{
    .id = "A542",
    .name = "too-many-actions",
    .severity = Severity::error,
    .effect = Effect::rejected,
    .since = "0.1.0",
    .summary = "an alarm has more than five actions for one state",
    .finds = "More than five `AlarmActions`, `OKActions` or `InsufficientDataActions`.",
    .harm = "CloudWatch refuses the alarm.",
    .decision = "Counted are the actions that are certainly there.",
    .source = "CloudWatch API reference, PutMetricAlarm, AlarmActions: at most 5 items.",
    .bad = examples::edited<"AlarmActions: [!Ref Topic]",
                            "AlarmActions: [!Ref Topic, 'arn:aws:sns:us-east-1:123456789012:b', "
                            "'arn:aws:sns:us-east-1:123456789012:c', 'arn:aws:sns:us-east-1:123456789012:d', "
                            "'arn:aws:sns:us-east-1:123456789012:e', 'arn:aws:sns:us-east-1:123456789012:f']">,
    .good = examples::good,
    .check = check_too_many_actions};

}  // namespace secretwatch::lint::rules
