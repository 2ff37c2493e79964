#pragma once
/// Alarm kinds: what alarms on metrics, on queries of logs and on other alarms have in common.
///
///     if (const std::optional<AnyAlarm> alarm = any_alarm(world, id))
///       for (const stack::TextValue& action : *alarm->alarm_actions) …
///
/// An alarm watches a log when it is known to: a metric filter of the stack feeds it, it queries log groups itself, or
/// its rule names an alarm that does.
#include <optional>
#include <vector>

#include "chain/links.h"

namespace secretwatch::chain {

struct AnyAlarm {
  const stack::OptionalText* name = nullptr;
  const stack::OptionalBoolean* actions_enabled = nullptr;
  const std::vector<stack::TextValue>* alarm_actions = nullptr;
  const std::vector<stack::TextValue>* ok_actions = nullptr;
  const std::vector<stack::TextValue>* insufficient_data_actions = nullptr;
};

/// Nothing: the resource is no alarm.
std::optional<AnyAlarm> any_alarm(const stack::Body& body);

/// The filters of the stack that certainly feed an alarm on metrics.
std::vector<stack::ResourceId> certain_filters_of(const World& world, stack::ResourceId alarm);

bool watches_a_log(const World& world, stack::ResourceId alarm);

}  // namespace secretwatch::chain
