#include "lint/rules/links.h"

#include <algorithm>

#include "chain/alarm_kinds.h"
#include "chain/composite.h"
#include "chain/secret_events.h"

namespace secretwatch::lint::rules {
namespace {

using chain::Match;
using chain::World;
using stack::Text;

/// Calls judge(Kind) for the resources of a kind that are there, and gives the strongest answer.
template <class Kind, class Judge>
Match strongest(const World& world, Judge judge) {
  Match match = Match::no;
  world.stack().each<Kind>([&](const stack::Resource& resource, const Kind& kind) {
    if (match != Match::yes && world.is_there(resource.presence)) match = chain::either(match, judge(kind));
  });
  return match;
}

}  // namespace

Match feeds(const World& world, const stack::Trail& trail, const stack::MetricFilter& filter) {
  const stack::TextValue* const group = world.at(trail.log_group);
  if (group == nullptr) return Match::no;
  if (const auto* const a = group->ref(), * const b = filter.log_group.ref(); a != nullptr && b != nullptr)
    if (a->target == b->target) return Match::yes;
  Text arn("*:log-group:");
  arn += world.text(filter.log_group);
  Text arn_of_streams = arn;
  arn_of_streams.append(":*");
  const Text written = world.text(*group);
  return chain::either(chain::fits(arn, written), chain::fits(arn_of_streams, written));
}

bool may_hear_of_alarms(const World& world, stack::ResourceId alarm) {
  const chain::EventValue event = chain::alarm_event(world, alarm);
  return strongest<stack::EventRule>(world, [&](const stack::EventRule& other) {
           return other.event_pattern ? chain::fits_event(world, *other.event_pattern, event) : Match::no;
         }) != Match::no;
}

bool may_be_heard_elsewhere(const World& world, stack::ResourceId alarm) {
  return !chain::listeners_of(world, alarm).empty() || may_hear_of_alarms(world, alarm);
}

std::vector<Recipient> recipients_of(const World& world, stack::ResourceId subject) {
  std::vector<Recipient> recipients;
  const stack::Resource& resource = world.stack()[subject];
  const auto place_of = [&resource](const stack::TextValue& value) {
    return value.span.is_nowhere() ? resource.span : stack::whole(value);
  };
  if (const std::optional<chain::AnyAlarm> alarm = chain::any_alarm(resource.body)) {
    if (!chain::watches_a_log(world, subject)) return recipients;
    for (const stack::TextValue& action : *alarm->alarm_actions)
      if (const stack::TextValue* const written = world.at(action))
        recipients.push_back({world.text(*written), place_of(*written), chain::alarm_sender(world, subject),
                              chain::alarm_caller(world, subject), "alarm"});
  }
  const auto* const rule = std::get_if<stack::EventRule>(&resource.body);
  if (rule == nullptr || !rule->event_pattern || !chain::is_about_secrets(world, *rule->event_pattern))
    return recipients;
  const chain::Sender sender = chain::event_rule_sender(world, subject);
  for (const stack::EventTarget& target : rule->targets) {
    if (!world.is_there(target.presence) || world.at(target.arn) == nullptr) continue;
    const bool has_role = world.at(target.role) != nullptr;
    recipients.push_back({world.text(target.arn), place_of(target.arn), sender, sender, "rule", has_role});
  }
  return recipients;
}

}  // namespace secretwatch::lint::rules
