/// R: where the chain leaves what was read, or depends on what is not known.
#include <algorithm>

#include "chain/alarm_kinds.h"
#include "lint/examples.h"
#include "lint/rules/catalogue.h"
#include "lint/rules/links.h"
#include "lint/rules/texts.h"

namespace secretwatch::lint::rules {
namespace {

using chain::Link;
using chain::Match;
using chain::Reading;
using chain::World;
using stack::Alarm;
using stack::Cause;
using stack::MetricFilter;
using stack::ResourceId;
using stack::Stack;
using stack::Text;
using stack::TextValue;
using stack::Trail;

// --- R004 ---

bool is_terraform(const Stack& stack) {
  return std::any_of(stack.resources().begin(), stack.resources().end(),
                     [](const auto& resource) { return resource.address.find('.') != std::string::npos; });
}

/// Which option would settle it: "'--parameters Stage=...' would settle it"
std::string option_for(const Stack& stack, std::string_view parameter) {
  return fmt::format("'{} {}=...' would settle it", is_terraform(stack) ? "--var" : "--parameters", parameter);
}

/// Why a value is not known, and what would settle it; empty: it is known.
std::string why_open(const Stack& stack, const stack::Unknown& unknown) {
  if (unknown.cause == Cause::parameter && !unknown.subject.empty())
    return fmt::format("{}: {}", unknown.reason, option_for(stack, unknown.subject));
  // What is computed says of what: load/evaluator.h, spelled().
  const auto rests_on = [&unknown](stack::Pseudo pseudo) {
    return unknown.subject.find(fmt::format("${{pseudo {}}}", static_cast<int>(pseudo))) != std::string::npos;
  };
  if (unknown.cause == Cause::computed && rests_on(stack::Pseudo::region))
    return unknown.reason + ": '--region' would settle it";
  if (unknown.cause == Cause::computed && rests_on(stack::Pseudo::account))
    return unknown.reason + ": '--account' would settle it";
  return unknown.reason;
}

std::string why_open(const Stack& stack, const stack::Part& part) {
  if (const auto* const unknown = std::get_if<stack::Unknown>(&part)) return why_open(stack, *unknown);
  if (const auto* const parameter = std::get_if<stack::ParameterId>(&part)) {
    const std::string& name = stack[*parameter].name;
    if (name.starts_with("AWS::")) return fmt::format("'{}' is known when the stack is deployed", name);
    return fmt::format("parameter '{}' has no known value: {}", name, option_for(stack, name));
  }
  return {};
}

template <class T>
std::string why_open(const World& world, const stack::Value<T>& value) {
  if (value.unknown() != nullptr) return why_open(world.stack(), *value.unknown());
  if constexpr (std::is_same_v<T, Text>) {
    const Text text = world.text(value);
    for (const stack::Part& part : text.parts())
      if (std::string why = why_open(world.stack(), part); !why.empty()) return why;
  }
  return {};
}

/// What keeps rules from a verdict about a resource.
class Open {
 public:
  Open(const World& world, ResourceId id) : world_(world), id_(id) {}

  template <class Property>
  Open& look(std::string_view what, const Property& property) {
    const auto* const value = world_.at(property);
    const std::string why = value == nullptr ? std::string() : why_open(world_, *value);
    if (!why.empty())
      told_.push_back(
          {fmt::format("{} of '{}' is not known, as {}", what, name_of(world_, id_), why), stack::whole(*value)});
    return *this;
  }

  bool is_empty() const { return told_.empty(); }

  void tell(Findings& out) const {
    for (const Related& each : told_)
      out.undecided(id_, each.span.is_nowhere() ? world_.stack()[id_].span : each.span, "{}", each.message);
  }

 private:
  const World& world_;
  ResourceId id_;
  std::vector<Related> told_;
};

Open open_in(const World& world, ResourceId id, const Alarm& alarm) {
  return Open(world, id)
      .look("the statistic", alarm.statistic)
      .look("the comparison", alarm.comparison)
      .look("the threshold", alarm.threshold)
      .look("the period", alarm.period_seconds)
      .look("the number of periods", alarm.evaluation_periods)
      .look("the number of datapoints", alarm.datapoints_to_alarm)
      .look("the treatment of missing data", alarm.treat_missing_data)
      .look("the switch of the actions", alarm.actions_enabled);
}

Open open_in(const World& world, ResourceId id, const MetricFilter& filter) {
  return Open(world, id)
      .look("the pattern", filter.pattern)
      .look("the metric's value", filter.metric_value)
      .look("the default value", filter.default_value);
}

bool feeds_an_alarm(const World& world, ResourceId filter) {
  const std::vector<Link> alarms = chain::alarms_of(world, filter);
  return std::any_of(alarms.begin(), alarms.end(), [](const Link& l) { return l.match == Match::yes; });
}

void check_open_values(const World& world, ResourceId subject, Findings& out) {
  const stack::Body& body = world.stack()[subject].body;
  if (const auto* const alarm = std::get_if<Alarm>(&body)) {
    const Open open = open_in(world, subject, *alarm);
    if (!open.is_empty() && chain::watches_a_log(world, subject)) open.tell(out);
  } else if (const auto* const filter = std::get_if<MetricFilter>(&body)) {
    const Open open = open_in(world, subject, *filter);
    if (!open.is_empty() && feeds_an_alarm(world, subject)) open.tell(out);
  } else if (const auto* const trail = std::get_if<Trail>(&body)) {
    const Open open = Open(world, subject).look("the switch", trail->is_logging);
    if (!open.is_empty() && find_filter_of(world, subject)) open.tell(out);
  }
}

// --- R005 ---

/// A filter that publishes what an alarm reads, and that is not there in this world.
std::optional<ResourceId> missing_filter(const World& world, const Reading& reading) {
  if (reading.metric_namespace == nullptr || !*reading.metric_namespace || !*reading.metric_name) return std::nullopt;
  for (const ResourceId id : chain::filters_by_metric_name(world, **reading.metric_name)) {
    const auto& filter = std::get<MetricFilter>(world.stack()[id].body);
    if (!world.stack()[id].presence) continue;
    if (chain::is_same(world.text(**reading.metric_name), world.text(filter.metric_name)) != Match::yes) continue;
    if (chain::is_same(world.text(**reading.metric_namespace), world.text(filter.metric_namespace)) == Match::yes)
      return id;
  }
  return std::nullopt;
}

void check_halves(const World& world, ResourceId subject, Findings& out) {
  const auto* const alarm = std::get_if<Alarm>(&world.stack()[subject].body);
  if (alarm == nullptr || !world.stack().gaps.empty()) return;
  for (const Reading& reading : chain::readings_of(world, *alarm)) {
    const std::optional<ResourceId> filter = missing_filter(world, reading);
    if (!filter || world.is_there(*filter) || !chain::filters_of(world, reading).empty()) continue;
    out.add(condition_splits_chain, subject, world.stack()[subject].span,
            "alarm '{}' can be there without filter '{}', which publishes its metric", name_of(world, subject),
            name_of(world, *filter))
        .relate(world.stack()[*filter].span, "filter '{}' is there under a condition of its own",
                name_of(world, *filter));
    return;
  }
}

// --- R008 ---

/// How a value comes from elsewhere; empty: it does not.
std::string elsewhere(const Stack& stack, const stack::Part& part) {
  if (const auto* const unknown = std::get_if<stack::Unknown>(&part)) {
    const bool is_parameter_store = unknown->cause == Cause::dynamic_reference && unknown->subject.starts_with("ssm:");
    if (is_parameter_store || unknown->cause == Cause::imported || unknown->cause == Cause::nested_output)
      return unknown->reason;
  }
  if (const auto* const ref = std::get_if<stack::Ref>(&part))
    if (std::holds_alternative<stack::NestedStack>(stack[ref->target].body) && ref->written.starts_with("Outputs."))
      return fmt::format("it is an output of nested stack '{}'", stack[ref->target].address);
  if (const auto* const parameter = std::get_if<stack::ParameterId>(&part))
    if (stack[*parameter].type.starts_with("AWS::SSM::Parameter::Value<"))
      return fmt::format("parameter '{}' is read from the parameter store", stack[*parameter].name);
  return {};
}

std::string elsewhere(const World& world, const TextValue* value) {
  if (value == nullptr) return {};
  if (value->unknown() != nullptr) return elsewhere(world.stack(), stack::Part(*value->unknown()));
  const Text text = world.text(*value);
  for (const stack::Part& part : text.parts())
    if (std::string how = elsewhere(world.stack(), part); !how.empty()) return how;
  return {};
}

/// Where a chain leaves the stack at a resource: what comes next, and how.
struct Frontier {
  std::string_view next;  // "topic"
  const TextValue* value = nullptr;
  std::string how;
};

std::vector<Frontier> frontiers(const World& world, ResourceId id) {
  std::vector<Frontier> found;
  const auto add = [&](std::string_view next, const TextValue* value) {
    if (std::string how = elsewhere(world, value); !how.empty()) found.push_back({next, value, std::move(how)});
  };
  const stack::Body& body = world.stack()[id].body;
  if (const auto* const alarm = std::get_if<Alarm>(&body)) {
    for (const TextValue& action : alarm->alarm_actions) add("topic", world.at(action));
  } else if (const auto* const filter = std::get_if<MetricFilter>(&body)) {
    add("log group", world.at(filter->log_group));
  } else if (const auto* const trail = std::get_if<Trail>(&body)) {
    add("log group", world.at(trail->log_group));
  }
  return found;
}

/// Is it a part of a chain that is looked into?
bool is_in_a_chain(const World& world, ResourceId id) {
  const stack::Body& body = world.stack()[id].body;
  if (std::holds_alternative<Alarm>(body)) return chain::watches_a_log(world, id);
  const auto* const filter = std::get_if<MetricFilter>(&body);
  return filter == nullptr || reads_a_trail(world, *filter);
}

/// Is it the first of those that leave the stack in this way? The others go without saying.
bool is_first(const World& world, ResourceId subject, const Frontier& frontier) {
  for (std::size_t i = 0; i < static_cast<std::size_t>(subject); ++i) {
    const auto id = static_cast<ResourceId>(i);
    if (world.stack()[id].body.index() != world.stack()[subject].body.index()) continue;
    const std::vector<Frontier> others = frontiers(world, id);
    const bool is_same_way = std::any_of(others.begin(), others.end(), [&frontier](const Frontier& other) {
      return other.next == frontier.next && other.how == frontier.how;
    });
    if (is_same_way && world.is_there(id) && is_in_a_chain(world, id)) return false;
  }
  return true;
}

void check_frontier(const World& world, ResourceId subject, Findings& out) {
  const std::vector<Frontier> all = frontiers(world, subject);
  if (all.empty() || !is_in_a_chain(world, subject)) return;
  for (const Frontier& frontier : all) {
    if (!is_first(world, subject, frontier)) continue;
    const Span span = stack::whole(*frontier.value);
    out.add(cross_stack_link_unverified, subject, span.is_nowhere() ? world.stack()[subject].span : span,
            "the {} of '{}' is in another stack: {}", frontier.next, name_of(world, subject), frontier.how);
  }
}

}  // namespace

constinit const Rule chain_undecided{
    .id = "R004",
    .name = "chain-undecided",
    .severity = Severity::note,
    .effect = Effect::hygiene,
    .since = "0.1.0",
    .summary = "whether an alarm can tell of a read is not decided by what was read",
    .finds =
        "Values that keep other rules from a verdict about an alarm, the filter that feeds it or its trail: parameters "
        "without a default, imports, data sources, remote modules, more combinations of conditions than are looked "
        "at.",
    .harm = "Nothing is known to be wrong, and nothing is known to be right.",
    .decision =
        "One note for each resource, with the values that would settle it and the option that gives them: "
        "`--parameters NAME=VALUE` or a file, in Terraform `--var NAME=VALUE`, `--region`, `--account`.",
    .source = "No fact about AWS.",
    .check = check_open_values};

constinit const Rule condition_splits_chain{
    .id = "R005",
    .name = "condition-splits-chain",
    .severity = Severity::warning,
    .effect = Effect::silent,
    .since = "0.1.0",
    .summary = "an alarm can be there without the filter that feeds it",
    .finds =
        "An alarm whose filter is made under a condition (Terraform: `count`, `for_each`) that the alarm does not "
        "share.",
    .harm = "Where the condition does not hold, the alarm is there, looks right, and never fires.",
    .decision =
        "The conditions of both are played through, 64 combinations at most, those that contradict each other left "
        "out. A filter without an alarm is not reported.",
    .source = "CloudFormation user guide, Conditions.",
    .bad = examples::edited<"Resources:\n  TrailBucket:\n", R"(Parameters:
  Watch: {Type: String, AllowedValues: [some, all]}
Conditions:
  WatchesAll: !Equals [!Ref Watch, all]
Resources:
  TrailBucket:
)",
                            "    Type: AWS::Logs::MetricFilter\n",
                            "    Type: AWS::Logs::MetricFilter\n    Condition: WatchesAll\n">,
    .good = examples::edited<
        "Resources:\n  TrailBucket:\n", R"(Parameters:
  Watch: {Type: String, AllowedValues: [some, all]}
Conditions:
  WatchesAll: !Equals [!Ref Watch, all]
Resources:
  TrailBucket:
)",
        "    Type: AWS::Logs::MetricFilter\n", "    Type: AWS::Logs::MetricFilter\n    Condition: WatchesAll\n",
        "    Type: AWS::CloudWatch::Alarm\n", "    Type: AWS::CloudWatch::Alarm\n    Condition: WatchesAll\n">,
    .check = check_halves};

constinit const Rule cross_stack_link_unverified{
    .id = "R008",
    .name = "cross-stack-link-unverified",
    .severity = Severity::note,
    .effect = Effect::hygiene,
    .since = "0.1.0",
    .summary = "the chain goes on in a stack that was not read",
    .finds =
        "Topics of alarms, and log groups of filters and trails, that come from `Fn::ImportValue`, a nested stack, "
        "the parameter store or a remote state.",
    .harm = "What lies behind was not checked: whether somebody is subscribed, whether a trail delivers there.",
    .decision =
        "By what the value comes from, for alarms that a filter in scope feeds and filters over CloudTrail's records. "
        "Of several that leave in the same way the first is told.",
    .source = "CloudFormation user guide, Fn::ImportValue.",
    .bad = examples::edited<"AlarmActions: [!Ref Topic]", "AlarmActions: [!Ref Topic, !ImportValue alerts]">,
    .good = examples::good,
    .check = check_frontier};

}  // namespace secretwatch::lint::rules
