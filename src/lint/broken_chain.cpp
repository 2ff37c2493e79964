#include "lint/broken_chain.h"

#include <algorithm>

#include "chain/links.h"
#include "lint/property.h"

namespace secretwatch::lint {
namespace {

using chain::Link;
using chain::Match;
using chain::World;
using stack::ResourceId;

/// The stops, in the order in which a read of a secret passes them.
enum Place { trail, log_group, filter, alarm, topic, subscription, nobody };
constexpr std::string_view stages[] = {"trail", "log group", "metric filter", "alarm", "topic", "subscription", ""};

/// The first stop that nothing comes to.
Place first_unreached(std::string_view rule) {
  struct Row {
    std::string_view rules;  // id, or how the ids begin; the first row that fits counts
    Place unreached;
  };
  constexpr Row rows[] = {
      {"D312", filter}, {"R005", alarm}, {"F401", filter}, {"F402", filter}, {"F403", filter},
      {"F42", alarm},   {"F43", alarm},  {"F4", filter},   {"A50", alarm},   {"A", topic},
      {"N60", nobody},  {"N62", nobody}, {"N", topic},
  };
  for (const Row& row : rows)
    if (rule.starts_with(row.rules)) return row.unreached;
  return log_group;  // the trail and its delivery
}

bool keeps_messages_away(const Finding& finding) {
  return finding.effect == Effect::silent || finding.effect == Effect::always || finding.effect == Effect::partial;
}

std::optional<ResourceId> certain(const std::vector<Link>& links) {
  for (const Link& link : links)
    if (link.match == Match::yes) return link.resource;
  return std::nullopt;
}

class Tracer {
 public:
  Tracer(const World& world, const Finding& finding) : world_(world) {
    visit(*finding.resource);
    for (const Related& related : finding.related)
      if (const std::optional<ResourceId> at = resource_at(related.span)) visit(*at);
  }

  /// From what is known, to both sides.
  void trace() {
    if (!at_[alarm] && !at_[filter] && at_[topic]) at_[alarm] = alarm_of(*at_[topic]);
    if (!at_[filter] && at_[alarm]) at_[filter] = filter_of(*at_[alarm]);
    if (!at_[filter] && at_[trail]) at_[filter] = filter_behind(*at_[trail]);
    if (at_[filter]) {
      if (!at_[alarm]) at_[alarm] = certain(chain::alarms_of(world_, *at_[filter]));
      group_ = chain::log_group_of(world_, *at_[filter]);
      if (!at_[trail]) at_[trail] = certain(chain::trails_of(world_, *at_[filter]));
    } else if (const auto* const delivers = body<stack::Trail>(trail)) {
      group_ = chain::log_group_of(world_, *delivers);
    }
    if (!at_[log_group] && group_) {
      const std::size_t scope = world_.stack()[at_[filter] ? *at_[filter] : *at_[trail]].scope;
      at_[log_group] = certain(chain::log_groups_of(world_, *group_, scope));
    }
    if (!at_[topic]) at_[topic] = topic_of_alarm();
    if (!at_[subscription] && at_[topic]) at_[subscription] = certain(chain::subscriptions_of(world_, *at_[topic]));
  }

  std::vector<Stop> stops(Place unreached) const {
    std::vector<Stop> stops;
    bool is_cut = false;
    for (int place = trail; place < nobody; ++place) {
      std::optional<Stop> stop = stop_at(static_cast<Place>(place));
      if (!stop) continue;
      stop->is_cut_off = !is_cut && !stops.empty() && place >= unreached;
      is_cut = is_cut || stop->is_cut_off;
      stops.push_back(std::move(*stop));
    }
    if (stops.size() < 2 && !is_cut) return {};
    if (!is_cut) stops.push_back({{}, "nobody", {}, true});
    return stops;
  }

 private:
  template <class Kind>
  const Kind* body(Place place) const {
    return at_[place] ? std::get_if<Kind>(&world_.stack()[*at_[place]].body) : nullptr;
  }

  static std::optional<Place> place_of_kind(const stack::Body& body) {
    if (std::holds_alternative<stack::Trail>(body)) return trail;
    if (std::holds_alternative<stack::LogGroup>(body)) return log_group;
    if (std::holds_alternative<stack::MetricFilter>(body)) return filter;
    if (std::holds_alternative<stack::Alarm>(body)) return alarm;
    if (std::holds_alternative<stack::Topic>(body)) return topic;
    if (std::holds_alternative<stack::Subscription>(body)) return subscription;
    return std::nullopt;
  }

  void visit(ResourceId id) {
    if (const std::optional<Place> place = place_of_kind(world_.stack()[id].body))
      if (!at_[*place]) at_[*place] = id;
  }

  /// The resource that a place names, or of which it is a property.
  std::optional<ResourceId> resource_at(const Span& span) const {
    if (span.is_nowhere()) return std::nullopt;
    const auto& resources = world_.stack().resources();
    for (std::size_t i = 0; i < resources.size(); ++i)
      if (resources[i].span == span) return static_cast<ResourceId>(i);
    for (std::size_t i = 0; i < resources.size(); ++i)
      if (place_of_kind(resources[i].body) && !property_at(resources[i].body, span).empty())
        return static_cast<ResourceId>(i);
    return std::nullopt;
  }

  std::optional<ResourceId> topic_of_alarm() const {
    const auto* const acts = body<stack::Alarm>(alarm);
    if (acts == nullptr) return std::nullopt;
    for (const stack::TextValue& action : acts->alarm_actions)
      if (const auto found = certain(chain::topics_of(world_, action))) return found;
    return std::nullopt;
  }

  std::optional<ResourceId> filter_of(ResourceId id) const {
    for (const chain::Reading& reading : chain::readings_of(world_, std::get<stack::Alarm>(world_.stack()[id].body)))
      if (const auto found = certain(chain::filters_of(world_, reading))) return found;
    return std::nullopt;
  }

  /// The first resource of a kind that is there and fits.
  template <class Kind, class Fits>
  std::optional<ResourceId> first(Fits fits) const {
    for (const ResourceId id : world_.stack().ids<Kind>())
      if (fits(id, std::get<Kind>(world_.stack()[id].body)) && world_.is_there(id)) return id;
    return std::nullopt;
  }

  std::optional<ResourceId> filter_behind(ResourceId id) const {
    return first<stack::MetricFilter>(
        [&](ResourceId each, const stack::MetricFilter&) { return certain(chain::trails_of(world_, each)) == id; });
  }
  std::optional<ResourceId> alarm_of(ResourceId id) const {
    return first<stack::Alarm>([&](ResourceId, const stack::Alarm& each) {
      return std::any_of(each.alarm_actions.begin(), each.alarm_actions.end(), [&](const stack::TextValue& action) {
        return certain(chain::topics_of(world_, action)) == id;
      });
    });
  }

  std::optional<Stop> stop_at(Place place) const {
    if (at_[place]) {
      const stack::Resource& resource = world_.stack()[*at_[place]];
      return Stop{stages[place], std::string(name_of(world_, *at_[place])), resource.span, false};
    }
    // A group or topic of elsewhere that is known by name.
    if (place == log_group && group_)
      if (const std::optional<std::string> name = group_->literal()) return Stop{stages[place], *name, {}, false};
    return std::nullopt;
  }

  const World& world_;
  std::optional<ResourceId> at_[nobody];
  std::optional<stack::Text> group_;
};

}  // namespace

std::vector<Stop> broken_chain(const World& world, const Finding& finding) {
  if (!keeps_messages_away(finding) || !finding.resource || finding.rule->id.starts_with("R")) return {};
  Tracer tracer(world, finding);
  tracer.trace();
  return tracer.stops(first_unreached(finding.rule->id));
}

}  // namespace secretwatch::lint
