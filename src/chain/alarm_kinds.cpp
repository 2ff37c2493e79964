#include "chain/alarm_kinds.h"

#include <algorithm>
#include <type_traits>

#include "chain/composite.h"

namespace secretwatch::chain {

using stack::ResourceId;

namespace {

constexpr int deepest = 8;  // composites of composites…

bool watches_a_log(const World& world, ResourceId alarm, int depth) {
  const stack::Body& body = world.stack()[alarm].body;
  if (std::holds_alternative<stack::LogAlarm>(body)) return true;
  if (std::holds_alternative<stack::Alarm>(body)) return !certain_filters_of(world, alarm).empty();
  if (!std::holds_alternative<stack::CompositeAlarm>(body) || depth == deepest) return false;
  const std::vector<ResourceId> heard = heard_by(world, alarm);
  return std::any_of(heard.begin(), heard.end(), [&](ResourceId id) { return watches_a_log(world, id, depth + 1); });
}

struct Watches {
  bool a_log = false;
};

}  // namespace

std::optional<AnyAlarm> any_alarm(const stack::Body& body) {
  return std::visit(
      [](const auto& kind) -> std::optional<AnyAlarm> {
        using Kind = std::decay_t<decltype(kind)>;
        if constexpr (std::is_same_v<Kind, stack::Alarm> || std::is_same_v<Kind, stack::LogAlarm> ||
                      std::is_same_v<Kind, stack::CompositeAlarm>) {
          return AnyAlarm{&kind.name, &kind.actions_enabled, &kind.alarm_actions, &kind.ok_actions,
                          &kind.insufficient_data_actions};
        } else {
          return std::nullopt;
        }
      },
      body);
}

std::vector<ResourceId> certain_filters_of(const World& world, ResourceId alarm) {
  std::vector<ResourceId> filters;
  for (const Reading& reading : readings_of(world, alarm))
    for (const Link& link : filters_of(world, reading))
      if (link.match == Match::yes && std::find(filters.begin(), filters.end(), link.resource) == filters.end())
        filters.push_back(link.resource);
  return filters;
}

bool watches_a_log(const World& world, ResourceId alarm) {
  return world.fact<Watches>(alarm, [&] { return Watches{watches_a_log(world, alarm, 0)}; })->a_log;
}

}  // namespace secretwatch::chain
