#include "lint/rules/recipients.h"

#include "chain/alarm_kinds.h"
#include "chain/secret_events.h"

namespace secretwatch::lint::rules {

using chain::World;

namespace {

std::vector<Recipient> find(const World& world, stack::ResourceId sender) {
  std::vector<Recipient> recipients;
  const stack::Resource& resource = world.stack()[sender];
  const auto place_of = [&resource](const stack::TextValue& value) {
    return value.span.is_nowhere() ? resource.span : stack::whole(value);
  };
  if (const std::optional<chain::AnyAlarm> alarm = chain::any_alarm(resource.body)) {
    if (!chain::watches_a_log(world, sender)) return recipients;
    for (const stack::TextValue& action : *alarm->alarm_actions)
      if (const stack::TextValue* const written = world.at(action); written != nullptr && !written->unknown())
        recipients.push_back({world.text(*written), place_of(*written), chain::alarm_sender(world, sender),
                              chain::alarm_caller(world, sender), "alarm"});
  }
  const auto* const rule = std::get_if<stack::EventRule>(&resource.body);
  if (rule == nullptr || !rule->event_pattern || !chain::is_about_secrets(world, *rule->event_pattern))
    return recipients;
  const chain::Sender by_events = chain::event_rule_sender(world, sender);
  for (const stack::EventTarget& target : rule->targets) {
    const stack::TextValue* const arn = world.at(target.arn);
    if (!world.is_there(target.presence) || arn == nullptr || arn->unknown() != nullptr) continue;
    const bool has_role = world.at(target.role) != nullptr;
    recipients.push_back({world.text(*arn), place_of(*arn), by_events, by_events, "rule", has_role});
  }
  return recipients;
}

}  // namespace

std::shared_ptr<const std::vector<Recipient>> recipients_of(const World& world, stack::ResourceId sender) {
  return world.fact<std::vector<Recipient>>(sender, [&] { return find(world, sender); });
}

}  // namespace secretwatch::lint::rules
