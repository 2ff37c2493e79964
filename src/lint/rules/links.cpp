#include "lint/rules/links.h"

#include <algorithm>

#include <fmt/format.h>

#include "chain/composite.h"
#include "chain/secret_events.h"

namespace secretwatch::lint::rules {
namespace {

using chain::Match;
using chain::World;
using stack::ResourceId;
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

/// The resources of a kind that are there and that judge takes; whether one is there is asked only of those.
template <class Kind, class Judge>
std::vector<ResourceId> every(const World& world, Judge judge) {
  std::vector<ResourceId> found;
  const auto& resources = world.stack().resources();
  for (std::size_t i = 0; i < resources.size(); ++i) {
    const auto* const kind = std::get_if<Kind>(&resources[i].body);
    const auto id = static_cast<ResourceId>(i);
    if (kind != nullptr && judge(id, *kind) && world.is_there(id)) found.push_back(id);
  }
  return found;
}

}  // namespace

bool may_hear_of_alarms(const World& world, stack::ResourceId alarm) {
  const chain::EventValue event = chain::alarm_event(world, alarm);
  return strongest<stack::EventRule>(world, [&](const stack::EventRule& other) {
           return other.event_pattern ? chain::fits_event(world, *other.event_pattern, event) : Match::no;
         }) != Match::no;
}

bool may_be_heard_elsewhere(const World& world, stack::ResourceId alarm) {
  return !chain::listeners_of(world, alarm).empty() || may_hear_of_alarms(world, alarm);
}

bool reads_a_trail(const World& world, const stack::MetricFilter& filter) {
  const auto pattern = world.literal(filter.pattern);
  if (!pattern) return false;
  const auto holds = [&pattern](const char* text) { return pattern->find(text) != std::string::npos; };
  // EventBridge's copies of the records lie one level deeper.
  return (holds(".amazonaws.com") || holds("$.userIdentity")) && !holds("$.detail.");
}

std::vector<ResourceId> filters_of(const World& world, ResourceId trail) {
  return every<stack::MetricFilter>(world, [&](ResourceId, const stack::MetricFilter& filter) {
    const std::vector<chain::Link> trails = chain::trails_of(world, filter);
    return std::any_of(trails.begin(), trails.end(),
                       [trail](const chain::Link& link) { return link.resource == trail && link.match == Match::yes; });
  });
}

std::vector<ResourceId> readers_of(const World& world, ResourceId log_group) {
  const Text name = world.identity_of({log_group, stack::Attribute::name, {}});
  return every<stack::MetricFilter>(world, [&](ResourceId, const stack::MetricFilter& filter) {
    return chain::is_same(chain::log_group_name(world.text(filter.log_group)), name) == Match::yes;
  });
}

bool is_watched(const World& world, ResourceId log_group) {
  const Text name = world.identity_of({log_group, stack::Attribute::name, {}});
  const std::vector<ResourceId> trails = every<stack::Trail>(world, [&](ResourceId, const stack::Trail& trail) {
    const std::optional<Text> delivered = chain::log_group_of(world, trail);
    return delivered && chain::is_same(*delivered, name) == Match::yes;
  });
  return !trails.empty() || !readers_of(world, log_group).empty();
}

std::string shortcoming(const chain::Access& access, std::string_view thing, std::string_view who) {
  using Part = chain::Access::Part;
  if (access.statement == nullptr) return "no statement does";
  const std::string sid = access.statement->sid.empty() ? "a statement" : fmt::format("'{}'", access.statement->sid);
  switch (access.part) {
    case Part::none:
      return sid + " denies it";
    case Part::principal:
      return sid + " is for somebody else";
    case Part::action:
      return sid + " is for other actions";
    case Part::resource:
      return fmt::format("{} is for another {}", sid, thing);
    case Part::condition:
      return fmt::format("{} wants '{}', which {} does not meet", sid, access.condition->key, who);
  }
  return {};
}

std::vector<ResourceId> trails_in(const World& world) {
  return every<stack::Trail>(world, [](ResourceId, const stack::Trail&) { return true; });
}

}  // namespace secretwatch::lint::rules
