#include "chain/composite.h"

#include <algorithm>
#include <optional>

#include "chain/alarm_kinds.h"
#include "chain/alarm_rule.h"

namespace secretwatch::chain {
namespace {

using stack::ResourceId;
using stack::Text;

/// A name as the rule writes it, with references written out.
Text written_out(const World& world, const Text& name) {
  Text all;
  for (const stack::Part& part : name.parts()) {
    const auto* const ref = std::get_if<stack::Ref>(&part);
    if (ref == nullptr) {
      all.append(part);
    } else {
      all += world.identity_of(*ref);
    }
  }
  return all;
}

/// A name that is written nowhere is made up when the alarm is deployed; nobody else has it.
const stack::Ref* made_up_name(const Text& name) {
  return name.parts().size() == 1 ? std::get_if<stack::Ref>(&name.parts().front()) : nullptr;
}

Match is_alarm(const World& world, const Text& name, ResourceId alarm) {
  const Text text = written_out(world, name);
  const Text own = world.identity_of({alarm, stack::Attribute::name, {}});
  const std::optional<AnyAlarm> itself = any_alarm(world.stack()[alarm].body);
  if (itself && world.at(*itself->name) == nullptr && text.literal()) return Match::no;
  if (const stack::Ref* const other = made_up_name(text); other != nullptr && other->target != alarm) return Match::no;
  return either(fits(text, own, Wildcards::none),
                fits(text, world.identity_of({alarm, stack::Attribute::arn, {}}), Wildcards::none));
}

/// The rule as it is written; a rule that is nothing but one reference is a text of one part.
Text text_of(const World& world, const stack::CompositeAlarm& composite) {
  const stack::TextValue* const rule = world.at(composite.rule);
  if (rule == nullptr) return {};
  return rule->get() != nullptr ? *rule->get() : world.text(*rule);
}

/// A rule that is not understood may name an alarm if its name stands in it, or might.
bool may_name(const World& world, const Text& rule, ResourceId alarm) {
  const std::optional<std::string> name = world.identity_of({alarm, stack::Attribute::name, {}}).literal();
  return std::any_of(rule.parts().begin(), rule.parts().end(), [&](const stack::Part& part) {
    if (const auto* const ref = std::get_if<stack::Ref>(&part)) return ref->target == alarm;
    if (const auto* const literal = std::get_if<std::string>(&part))
      return name && literal->find(*name) != std::string::npos;
    return true;
  });
}

/// What the rule comes to with the alarm in a state, and the others in OK or, when that is left open, in any.
Match with_alarm(const World& world, const AlarmRule& rule, ResourceId alarm, AlarmState state, bool others_are_ok) {
  return evaluate(rule, [&](const Text& name, AlarmState wanted) {
    const Match is_it = is_alarm(world, name, alarm);
    const Match of_it = wanted == state ? Match::yes : Match::no;
    const Match of_other = !others_are_ok ? Match::maybe : wanted == AlarmState::ok ? Match::yes : Match::no;
    return is_it == Match::yes ? of_it : is_it == Match::no || of_it == of_other ? of_other : Match::maybe;
  });
}

bool certainly_names(const World& world, const AlarmRule& rule, ResourceId alarm) {
  bool names = false;
  each_alarm(rule, [&](const Text& name) { names = names || is_alarm(world, name, alarm) == Match::yes; });
  return names;
}

std::optional<Hears> hears(const World& world, const stack::CompositeAlarm& composite, ResourceId alarm) {
  const Text text = text_of(world, composite);
  const std::optional<AlarmRule> rule = parse_alarm_rule(text);
  if (!rule) return may_name(world, text, alarm) ? std::optional(Hears::not_known) : std::nullopt;
  const Match raised = with_alarm(world, *rule, alarm, AlarmState::alarm, true);
  const Match at_rest = with_alarm(world, *rule, alarm, AlarmState::ok, true);
  if (!certainly_names(world, *rule, alarm)) {
    const bool may_be_named = raised == Match::maybe || at_rest == Match::maybe;
    return may_be_named ? std::optional(Hears::not_known) : std::nullopt;
  }
  if (raised == Match::yes && at_rest == Match::no) return Hears::alone;
  if (raised == Match::maybe || at_rest == Match::maybe) return Hears::not_known;
  const Match raised_in_any = with_alarm(world, *rule, alarm, AlarmState::alarm, false);
  const Match at_rest_in_any = with_alarm(world, *rule, alarm, AlarmState::ok, false);
  const bool can_raise = raised_in_any != Match::no && at_rest_in_any != Match::yes;
  const bool only_calms = raised == Match::no && at_rest == Match::yes;  // OK(alarm), NOT ALARM(alarm)
  return can_raise && !only_calms ? std::optional(Hears::together) : std::nullopt;
}

template <class Kind>
bool is_kind(const World& world, ResourceId id) {
  return std::holds_alternative<Kind>(world.stack()[id].body);
}

}  // namespace

std::vector<Listener> listeners_of(const World& world, ResourceId alarm) {
  std::vector<Listener> listeners;
  for (const ResourceId id : world.stack().ids<stack::CompositeAlarm>()) {
    if (id == alarm) continue;
    const auto& composite = std::get<stack::CompositeAlarm>(world.stack()[id].body);
    const std::optional<Hears> how = hears(world, composite, alarm);
    if (how && world.is_there(id)) listeners.push_back({id, *how});
  }
  return listeners;
}

std::vector<ResourceId> heard_by(const World& world, ResourceId id) {
  std::vector<ResourceId> heard;
  const auto* const composite = std::get_if<stack::CompositeAlarm>(&world.stack()[id].body);
  if (composite == nullptr) return heard;
  for (std::size_t i = 0; i < world.stack().resources().size(); ++i) {
    const auto alarm = static_cast<ResourceId>(i);
    const bool is_alarm = is_kind<stack::Alarm>(world, alarm) || is_kind<stack::LogAlarm>(world, alarm) ||
                          is_kind<stack::CompositeAlarm>(world, alarm);
    if (!is_alarm || alarm == id) continue;
    const std::optional<Hears> how = hears(world, *composite, alarm);
    if (how && *how != Hears::not_known && world.is_there(alarm)) heard.push_back(alarm);
  }
  return heard;
}

}  // namespace secretwatch::chain
