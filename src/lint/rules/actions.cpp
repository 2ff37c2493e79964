/// What an alarm of any kind does when its state changes. Only alarms are judged that watch a log.
#include <algorithm>
#include <array>

#include "base/text.h"
#include "chain/alarm.h"
#include "chain/alarm_kinds.h"
#include "chain/composite.h"
#include "lint/examples.h"
#include "lint/rules/catalogue.h"
#include "lint/rules/links.h"

namespace secretwatch::lint::rules {
namespace {

using chain::AnyAlarm;
using chain::Hears;
using chain::Listener;
using chain::Match;
using chain::World;
using stack::Attribute;
using stack::ResourceId;
using stack::Text;
using stack::TextValue;

/// The alarm, when it is one that is judged here.
std::optional<AnyAlarm> judged_alarm(const World& world, ResourceId subject) {
  std::optional<AnyAlarm> alarm = chain::any_alarm(world.stack()[subject].body);
  return alarm && chain::watches_a_log(world, subject) ? alarm : std::nullopt;
}

/// The first that is written; null: none is.
const TextValue* first_written(const World& world, const std::vector<TextValue>& actions) {
  for (const TextValue& action : actions)
    if (const TextValue* const written = world.at(action)) return written;
  return nullptr;
}

Span place_of_action(const World& world, ResourceId alarm, const TextValue& action) {
  return action.span.is_nowhere() ? world.stack()[alarm].span : stack::whole(action);
}

bool is_switched_off(const World& world, const AnyAlarm& alarm) {
  const bool* const enabled = world.known(*alarm.actions_enabled);
  return enabled != nullptr && !*enabled;
}

// --- whether it does anything ---

constexpr std::string_view other_listeners = "it may be there for a chart, a deployment or another stack to look at";

void check_actions_disabled(const World& world, ResourceId subject, Findings& out) {
  const std::optional<AnyAlarm> alarm = judged_alarm(world, subject);
  if (!alarm || !is_switched_off(world, *alarm) || may_be_heard_elsewhere(world, subject)) return;
  Finding& finding =
      out.add(actions_disabled, subject, place_of(world, subject, *alarm->actions_enabled),
              "alarm '{}' changes its state and tells nobody: its actions are switched off", name_of(world, subject));
  finding.set(world, subject, "actions_enabled", *alarm->actions_enabled, true);
  if (!tells_of_a_trail(world, subject)) finding.likely().lower(Severity::note).note("{}", other_listeners);
}

void check_no_alarm_action(const World& world, ResourceId subject, Findings& out) {
  const std::optional<AnyAlarm> alarm = judged_alarm(world, subject);
  if (!alarm || first_written(world, *alarm->alarm_actions) != nullptr) return;
  if (may_be_heard_elsewhere(world, subject)) return;
  // What is listed is written under other answers to the template's conditions.
  const bool is_conditional = !alarm->alarm_actions->empty();
  Finding& finding = out.add(
      is_conditional ? action_null_in_some_condition : no_alarm_action, subject,
      is_conditional ? place_of_action(world, subject, alarm->alarm_actions->front()) : world.stack()[subject].span,
      "alarm '{}' changes its state and tells nobody: it has no action{}", name_of(world, subject),
      is_conditional ? " then" : "");
  if (!tells_of_a_trail(world, subject)) finding.likely().lower(Severity::note).note("{}", other_listeners);
  for (const auto* const others : {alarm->ok_actions, alarm->insufficient_data_actions})
    if (const TextValue* const other = first_written(world, *others))
      finding.relate(stack::whole(*other), "this one is for another state");
}

/// Of each kind an alarm can have five.
constexpr std::size_t most_actions = 5;

void check_too_many_actions(const World& world, ResourceId subject, Findings& out) {
  const std::optional<AnyAlarm> alarm = judged_alarm(world, subject);
  if (!alarm) return;
  for (const auto* const actions : {alarm->alarm_actions, alarm->ok_actions, alarm->insufficient_data_actions}) {
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

// --- what it does ---

constexpr std::array<std::string_view, 8> services_of_actions = {"sns",         "lambda",   "ssm", "ssm-incidents",
                                                                 "autoscaling", "automate", "swf", "aiops"};

/// The field of an ARN that names its service; nothing: it is not literal.
std::optional<std::string> service_in(const Text& arn) {
  constexpr char filled_in = '\1';
  std::string flat;
  for (const stack::Part& part : arn.parts()) {
    const auto* const literal = std::get_if<std::string>(&part);
    flat += literal == nullptr ? std::string(1, filled_in) : *literal;
  }
  std::size_t begin = 0;
  for (int field = 0; field < 2; ++field) {
    begin = flat.find(':', begin);
    if (begin++ == std::string::npos) return std::nullopt;
  }
  const std::string service = flat.substr(begin, flat.find(':', begin) - begin);
  return service.find(filled_in) == std::string::npos ? std::optional(service) : std::nullopt;
}

/// Text that was meant to be a reference is told of by the rule for that (R003), not as a bad ARN.
bool looks_like_a_reference(std::string_view text) {
  const bool is_address =
      std::any_of(text.begin(), text.end(), [](char c) { return c == '$' || c == '{' || c == '!'; });
  return is_address || text.starts_with("aws_") || text.starts_with("module.") || text.starts_with("var.") ||
         text.starts_with("data.") || text.starts_with("local.");
}

/// What is wrong with an action, as a clause; "": nothing, or it is not known.
std::string fault_of(const World& world, const TextValue& action) {
  const Text text = world.text(action);
  if (text.parts().empty()) return {};
  const stack::Part& first = text.parts().front();
  if (const auto* const ref = std::get_if<stack::Ref>(&first); ref != nullptr && text.parts().size() == 1) {
    const stack::Body& body = world.stack()[ref->target].body;
    const bool is_name = stack::meaning_of(body, ref->attribute) == Attribute::name;
    const bool is_named = std::holds_alternative<stack::Topic>(body) || std::holds_alternative<stack::Function>(body);
    return is_name && is_named ? fmt::format("it is the name of '{}', not its ARN", name_of(world, ref->target))
                               : std::string();
  }
  const auto* const literal = std::get_if<std::string>(&first);
  if (literal == nullptr || looks_like_a_reference(*literal)) return {};
  if (!literal->starts_with("arn:")) {
    const bool may_begin_one = std::string_view("arn:").starts_with(*literal) && text.parts().size() > 1;
    return may_begin_one ? std::string() : std::string("it is no ARN");
  }
  const std::optional<std::string> service = service_in(text);
  const auto& known = services_of_actions;
  if (!service || std::find(known.begin(), known.end(), *service) != known.end()) return {};
  return fmt::format("an alarm can do nothing with '{}'", *service);
}

void check_action_kind(const World& world, ResourceId subject, Findings& out) {
  const std::optional<AnyAlarm> alarm = judged_alarm(world, subject);
  if (!alarm) return;
  for (const auto* const actions : {alarm->alarm_actions, alarm->ok_actions, alarm->insufficient_data_actions})
    for (const TextValue& action : *actions) {
      const TextValue* const written = world.at(action);
      const std::string fault = written == nullptr ? std::string() : fault_of(world, *written);
      if (!fault.empty())
        out.add(action_not_arn, subject, place_of_action(world, subject, *written),
                "an action of alarm '{}' cannot be done: {}", name_of(world, subject), fault);
    }
}

/// Does the alarm rest without data: no filter publishes anything for events that it does not select?
bool rests_without_data(const World& world, ResourceId subject, const stack::Alarm& alarm) {
  const std::optional<std::string> missing =
      world.at(alarm.treat_missing_data) == nullptr ? "missing" : world.literal(alarm.treat_missing_data);
  if (missing != "missing" || !world.stack().gaps.empty()) return false;
  const std::vector<chain::Reading> readings = chain::readings_of(world, subject);
  if (readings.size() != 1 || readings.front().query != nullptr) return false;
  const std::vector<chain::Link> filters = chain::filters_of(world, readings.front());
  return std::all_of(filters.begin(), filters.end(), [&world](const chain::Link& link) {
    const auto& filter = std::get<stack::MetricFilter>(world.stack()[link.resource].body);
    return link.match == Match::yes && world.at(filter.default_value) == nullptr;
  });
}

void check_insufficient_data(const World& world, ResourceId subject, Findings& out) {
  const auto* const alarm = std::get_if<stack::Alarm>(&world.stack()[subject].body);
  if (alarm == nullptr || alarm->insufficient_data_actions.empty() || !judged_alarm(world, subject)) return;
  const TextValue* const action = first_written(world, alarm->insufficient_data_actions);
  if (action == nullptr || action->unknown() != nullptr || is_switched_off(world, *judged_alarm(world, subject)) ||
      !rests_without_data(world, subject, *alarm))
    return;
  out.add(insufficient_data_notifies, subject, place_of_action(world, subject, *action),
          "alarm '{}' has no data while nothing is read, and tells so each time", name_of(world, subject))
      .note("with 'TreatMissingData: notBreaching' it rests in OK");
}

// --- who else tells ---

/// An alarm that leaves it to a composite to tell, which does not always do so.
void check_composite(const World& world, ResourceId subject, Findings& out) {
  const std::optional<AnyAlarm> alarm = judged_alarm(world, subject);
  if (!alarm) return;
  const bool acts = first_written(world, *alarm->alarm_actions) != nullptr && !is_switched_off(world, *alarm);
  if (acts || may_hear_of_alarms(world, subject)) return;
  const std::vector<Listener> listeners = chain::listeners_of(world, subject);
  const auto tells = [&world](const Listener& listener) {
    const auto& composite = std::get<stack::CompositeAlarm>(world.stack()[listener.composite].body);
    return listener.hears == Hears::not_known ||
           (listener.hears == Hears::alone && world.at(composite.suppressor) == nullptr);
  };
  if (listeners.empty() || std::any_of(listeners.begin(), listeners.end(), tells)) return;
  const auto alone = std::find_if(listeners.begin(), listeners.end(),
                                  [](const Listener& listener) { return listener.hears == Hears::alone; });
  const bool is_suppressed = alone != listeners.end();
  const ResourceId id = is_suppressed ? alone->composite : listeners.front().composite;
  const auto& composite = std::get<stack::CompositeAlarm>(world.stack()[id].body);
  const Span rule = composite.rule.span.is_nowhere() ? world.stack()[id].span : stack::whole(composite.rule);
  Finding& finding = out.add(composite_swallows, id, is_suppressed ? place_of(world, id, composite.suppressor) : rule,
                             "alarm '{}' is told by '{}' alone, which {}", name_of(world, subject), name_of(world, id),
                             is_suppressed ? "another alarm can keep from acting"
                                           : "wants other alarms to be in a state too that they are not in at rest");
  finding.relate(world.stack()[subject].span, "alarm '{}' does nothing by itself", name_of(world, subject));
}

}  // namespace

constinit const Rule insufficient_data_notifies{
    .id = "A523",
    .name = "insufficient-data-notifies",
    .severity = Severity::warning,
    .effect = Effect::noisy,
    .since = "0.1.0",
    .summary = "an alarm tells each time that it has no data",
    .finds =
        "`InsufficientDataActions` on an alarm whose metric exists only when something is read, and that takes missing "
        "data for missing.",
    .harm =
        "Without data is how the alarm rests. It says so after every read and after every change of the alarm, until "
        "nobody looks at its messages any more.",
    .decision = "By what is written, where every filter that feeds the alarm is known and has no default value.",
    .source =
        "CloudWatch user guide, \"Configuring how CloudWatch alarms treat missing data\", \"Alarm actions\"; "
        "CloudWatch Logs user guide, \"Creating metrics from log events using filters\".",
    .bad = examples::edited<"      TreatMissingData: notBreaching\n      AlarmActions: [!Ref Topic]",
                            "      AlarmActions: [!Ref Topic]\n      InsufficientDataActions: [!Ref Topic]">,
    .good = examples::edited<"      AlarmActions: [!Ref Topic]",
                             "      AlarmActions: [!Ref Topic]\n      InsufficientDataActions: [!Ref Topic]">,
    .check = check_insufficient_data};

constinit const Rule actions_disabled{
    .id = "A540",
    .name = "actions-disabled",
    .severity = Severity::error,
    .effect = Effect::silent,
    .since = "0.1.0",
    .summary = "an alarm's actions are switched off",
    .finds =
        "`ActionsEnabled: false` on an alarm that watches a log. An alarm that a composite alarm or an event rule "
        "listens to is left alone; the composite is then judged instead.",
    .harm = "The alarm changes its state, which nobody sees who does not look at the console.",
    .decision =
        "By the value, where it is known. Of a log that is not certainly a trail's, it is a note: such alarms are also "
        "there for charts, deployments and rules in other stacks to look at.",
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
        "Alarms that watch a log, of any kind, without `AlarmActions`. Actions for OK and for insufficient data do "
        "not tell of a read. An alarm that a composite alarm or an event rule listens to is left alone; the composite "
        "is then judged instead.",
    .harm = "The alarm changes its state, which nobody sees who does not look at the console.",
    .decision =
        "By what is written. A list that is not known is left alone. Of a log that is not certainly a trail's, it is "
        "a note: such alarms are also there for charts, deployments and rules in other stacks to look at.",
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

constinit const Rule action_not_arn{
    .id = "A543",
    .name = "action-not-arn",
    .severity = Severity::error,
    .effect = Effect::rejected,
    .since = "0.1.0",
    .summary = "an action of an alarm is none that CloudWatch can do",
    .finds =
        "Actions that are no ARN, such as the name of a topic, and ARNs of services that alarms do not act on, such as "
        "queues.",
    .harm = "CloudWatch refuses the alarm.",
    .decision =
        "By the beginning of the ARN, where that is known. What looks like a reference that was written as text is "
        "left to other rules.",
    .source =
        "CloudWatch API reference, PutMetricAlarm, AlarmActions, valid values; CloudWatch user guide, \"Alarm "
        "actions\".",
    .bad = examples::edited<"AlarmActions: [!Ref Topic]", "AlarmActions: [!GetAtt Topic.TopicName]">,
    .good = examples::good,
    .check = check_action_kind};

constinit const Rule action_null_in_some_condition{
    .id = "A544",
    .name = "action-null-in-some-condition",
    .severity = Severity::warning,
    .effect = Effect::silent,
    .since = "0.1.0",
    .summary = "under some conditions an alarm has no action",
    .finds =
        "Alarms that watch a log whose only actions are written under a condition (`!If [IsProd, !Ref Topic, !Ref "
        "AWS::NoValue]`), which does not hold wherever the alarm is.",
    .harm = "Where the condition does not hold, the alarm changes its state, and nobody is told.",
    .decision = "Each answer to the conditions that are left open is looked at.",
    .source = "CloudFormation user guide, \"Pseudo parameters reference\", AWS::NoValue.",
    .bad =
        examples::edited<"Resources:\n  TrailBucket:\n", R"(Parameters:
  Stage: {Type: String}
Conditions:
  IsProd: !Equals [!Ref Stage, prod]
Resources:
  TrailBucket:
)",
                         "AlarmActions: [!Ref Topic]", "AlarmActions: [!If [IsProd, !Ref Topic, !Ref AWS::NoValue]]">,
    .good = examples::good};

constinit const Rule composite_swallows{
    .id = "A560",
    .name = "composite-swallows",
    .severity = Severity::warning,
    .effect = Effect::partial,
    .since = "0.1.0",
    .summary = "the composite that is to tell of an alarm does not always do so",
    .finds =
        "Alarms on a log without actions of their own, whose composite alarms want other alarms to be in ALARM too, or "
        "have a suppressor.",
    .harm = "A read raises the alarm; the composite stays where it is, or may not act, and nobody is told.",
    .decision =
        "The rule of each composite is evaluated with the alarm in ALARM and all others in OK. It is silent where a "
        "rule is not known or one composite tells of the alarm alone.",
    .source =
        "CloudWatch user guide, \"Combining alarms\"; API reference, PutCompositeAlarm, AlarmRule and "
        "ActionsSuppressor.",
    .bad = examples::edited<"      AlarmActions: [!Ref Topic]\n", R"(  Busy:
    Type: AWS::CloudWatch::CompositeAlarm
    Properties:
      AlarmName: read-while-busy
      AlarmRule: !Sub 'ALARM("${ReadAlarm}") AND ALARM("queue-is-long")'
      AlarmActions: [!Ref Topic]
)">,
    .good = examples::edited<"      AlarmActions: [!Ref Topic]\n", R"(  Any:
    Type: AWS::CloudWatch::CompositeAlarm
    Properties:
      AlarmName: read-or-busy
      AlarmRule: !Sub 'ALARM("${ReadAlarm}") OR ALARM("queue-is-long")'
      AlarmActions: [!Ref Topic]
)">,
    .check = check_composite};

}  // namespace secretwatch::lint::rules
