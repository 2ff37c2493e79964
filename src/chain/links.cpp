#include "chain/links.h"

#include <algorithm>

#include "chain/name_index.h"

namespace secretwatch::chain {
namespace {

using stack::Attribute;
using stack::Part;
using stack::Ref;
using stack::ResourceId;
using stack::Text;
using stack::TextValue;

/// Resources of a kind that match, in order; whether one is there is asked only of those.
template <class Kind, class MatchKind>
std::vector<Link> links(const World& world, MatchKind match_kind) {
  std::vector<Link> found;
  for (const ResourceId id : world.stack().ids<Kind>()) {
    const Match match = match_kind(id, std::get<Kind>(world.stack()[id].body));
    if (match != Match::no && world.is_there(id)) found.push_back({id, match});
  }
  return found;
}

/// Facts of resources, each worked out once where it rests on no condition.
struct ArnOfResource {
  Text text;
};
struct NameOfResource {
  Text text;
};
struct TopicOfSubscription {
  Text text;
};
struct GroupOfFilter {
  Text name;
};
struct TrailsOfFilter {
  std::vector<Link> links;
};

/// As World::identity_of, worked out once.
Text identity(const World& world, ResourceId id, Attribute attribute) {
  const auto find = [&] { return world.identity_of({id, attribute, {}}); };
  if (attribute == Attribute::arn) return world.fact<ArnOfResource>(id, [&] { return ArnOfResource{find()}; })->text;
  if (attribute == Attribute::name) return world.fact<NameOfResource>(id, [&] { return NameOfResource{find()}; })->text;
  return find();
}

/// The reference that a text consists of; null: it is something else.
const Ref* only_reference(const Text& text) {
  return text.parts().size() == 1 ? std::get_if<Ref>(&text.parts().front()) : nullptr;
}

/// Takes a literal ending off a text.
void drop_ending(Text& text, std::string_view ending) {
  std::vector<Part> parts = text.parts();
  if (parts.empty()) return;
  auto* const last = std::get_if<std::string>(&parts.back());
  if (last == nullptr || !last->ends_with(ending)) return;
  last->resize(last->size() - ending.size());
  Text shorter;
  for (Part& part : parts) shorter.append(std::move(part));
  text = std::move(shorter);
}

/// What stands behind a literal mark in a text; nothing: the mark is not there.
std::optional<Text> behind(const Text& text, std::string_view mark) {
  std::optional<Text> rest;
  for (const Part& part : text.parts()) {
    if (rest) {
      rest->append(part);
      continue;
    }
    const auto* const literal = std::get_if<std::string>(&part);
    const std::size_t at = literal == nullptr ? std::string::npos : literal->find(mark);
    if (at != std::string::npos) rest = Text(literal->substr(at + mark.size()));
  }
  return rest;
}

/// Does the alarm see metrics of the filter's place? Its metric math may ask for those of another account.
Match sees_place(const World& world, const Reading& reading, std::size_t scope) {
  if (!reading.scope) return Match::yes;
  const TextValue* const account = reading.query == nullptr ? nullptr : world.at(reading.query->account);
  if (account == nullptr) return is_same_place(world, *reading.scope, scope);
  const stack::Scope& here = world.stack().scopes.at(*reading.scope);
  const stack::Scope& there = world.stack().scopes.at(scope);
  return both(is_same(here.region, there.region), is_same(world.text(*account), there.account));
}

/// A literal, where it lies; null: it is none, or the value is not written.
const std::string* literal_at(const World& world, const TextValue& value) {
  const TextValue* const written = world.at(value);
  const Text* const text = written == nullptr ? nullptr : written->get();
  return text != nullptr && text->parts().size() == 1 ? std::get_if<std::string>(&text->parts().front()) : nullptr;
}

bool is_unknown(const World& world, const TextValue& value) {
  const TextValue* const written = world.at(value);
  return written != nullptr && written->unknown() != nullptr;
}

/// As is_same of the texts; most are literals, and are compared without making any.
Match is_same_value(const World& world, const TextValue& a, const TextValue& b) {
  const std::string* const x = literal_at(world, a);
  const std::string* const y = literal_at(world, b);
  if (x != nullptr && y != nullptr) return *x == *y ? Match::yes : Match::no;
  if (is_unknown(world, a) || is_unknown(world, b)) return Match::maybe;
  return is_same(world.text(a), world.text(b));
}

Match is_metric(const World& world, const Reading& reading, ResourceId id, const stack::MetricFilter& filter) {
  if (reading.metric_name == nullptr || !*reading.metric_name || !*reading.metric_namespace) return Match::no;
  Match same = is_same_value(world, **reading.metric_name, filter.metric_name);
  if (same == Match::no) return same;
  same = both(same, is_same_value(world, **reading.metric_namespace, filter.metric_namespace));
  return same == Match::no ? same : both(same, sees_place(world, reading, world.stack()[id].scope));
}

std::vector<Reading> readings_of(const World& world, const stack::Alarm& alarm, std::optional<std::size_t> scope) {
  std::vector<Reading> readings;
  if (world.at(alarm.metric_name) != nullptr)
    readings.push_back({&alarm.metric_namespace, &alarm.metric_name, &alarm.statistic, &alarm.period_seconds,
                        &alarm.unit, &alarm.dimensions, nullptr, scope});
  for (const stack::MetricQuery& query : alarm.metrics) {
    if (!world.is_there(query.presence) || world.at(query.metric_name) == nullptr) continue;
    readings.push_back({&query.metric_namespace, &query.metric_name, &query.statistic, &query.period_seconds,
                        &query.unit, &query.dimensions, &query, scope});
  }
  return readings;
}

/// Resources by the names of the metrics that they publish or read.
template <class Kind>
struct ByMetricName : NameIndex {
  explicit ByMetricName(const World& world) {
    for (const ResourceId id : world.stack().ids<Kind>()) add(id, names_of(std::get<Kind>(world.stack()[id].body)));
  }
  static std::vector<Name> names_of(const stack::MetricFilter& filter) { return {literal_of(filter.metric_name)}; }
  static std::vector<Name> names_of(const stack::Alarm& alarm) {
    std::vector<Name> names;
    if (alarm.metric_name) names.push_back(literal_of(*alarm.metric_name));
    for (const stack::MetricQuery& query : alarm.metrics)
      if (query.metric_name) names.push_back(literal_of(*query.metric_name));
    return names;
  }
};

/// Of the candidates those that match; whether one is there is asked only of those.
template <class MatchResource>
std::vector<Link> links_among(const World& world, const std::vector<ResourceId>& candidates, MatchResource match) {
  std::vector<Link> found;
  for (const ResourceId id : candidates)
    if (const Match matches = match(id); matches != Match::no && world.is_there(id)) found.push_back({id, matches});
  return found;
}

/// Does a value name a resource, by any of the names that it has?
Match names(const World& world, const TextValue& value, ResourceId id) {
  const TextValue* const written = world.at(value);
  if (written == nullptr) return Match::no;
  const Ref* const ref = written->ref();
  if (ref != nullptr && ref->target == id) return ref->attribute == Attribute::other ? Match::maybe : Match::yes;
  const Text text = world.text(*written);
  return either(is_same(text, identity(world, id, Attribute::arn)),
                is_same(text, identity(world, id, Attribute::name)));
}

}  // namespace

Match is_same(const Text& a, const Text& b) {
  return fits(a, b, Wildcards::none);
}

Text log_group_name(const Text& name_or_arn) {
  Text text = name_or_arn;
  drop_ending(text, ":*");
  if (std::optional<Text> name = behind(text, ":log-group:")) return *name;
  const Ref* const ref = only_reference(text);
  return ref != nullptr && ref->attribute == Attribute::arn ? Text{Ref{ref->target, Attribute::name, {}}} : text;
}

std::optional<Text> log_group_of(const World& world, const stack::Trail& trail) {
  const TextValue* const written = world.at(trail.log_group);
  if (written == nullptr) return std::nullopt;
  const Text text = world.text(*written);
  if (text.literal() == "") return std::nullopt;
  return log_group_name(text);
}

Match is_same_place(const World& world, std::size_t scope, std::size_t other_scope) {
  if (scope == other_scope) return Match::yes;
  const stack::Scope& a = world.stack().scopes.at(scope);
  const stack::Scope& b = world.stack().scopes.at(other_scope);
  Match same_account = is_same(a.account, b.account);
  if (same_account == Match::yes && !a.account.literal() && a.provider != b.provider) same_account = Match::maybe;
  return both(is_same(a.region, b.region), same_account);
}

std::vector<Reading> readings_of(const World& world, ResourceId id) {
  const auto* const alarm = std::get_if<stack::Alarm>(&world.stack()[id].body);
  return alarm == nullptr ? std::vector<Reading>() : readings_of(world, *alarm, world.stack()[id].scope);
}

std::vector<Reading> readings_of(const World& world, const stack::Alarm& alarm) {
  return readings_of(world, alarm, std::nullopt);
}

Text log_group_of(const World& world, ResourceId filter) {
  const auto find = [&] {
    return GroupOfFilter{
        log_group_name(world.text(std::get<stack::MetricFilter>(world.stack()[filter].body).log_group))};
  };
  return world.fact<GroupOfFilter>(filter, find)->name;
}

std::vector<Link> trails_of(const World& world, ResourceId filter) {
  const auto find = [&] {
    const Text group = log_group_of(world, filter);
    return TrailsOfFilter{links<stack::Trail>(world, [&](ResourceId, const stack::Trail& trail) {
      const std::optional<Text> delivered = log_group_of(world, trail);
      return delivered ? is_same(*delivered, group) : Match::no;
    })};
  };
  return world.fact<TrailsOfFilter>(filter, find)->links;
}

std::vector<Link> filters_of(const World& world, const Reading& reading) {
  const auto& filters = world.table<ByMetricName<stack::MetricFilter>>();
  const auto name = reading.metric_name == nullptr ? std::nullopt : world.literal(*reading.metric_name);
  return links_among(world, filters.candidates(name), [&](ResourceId id) {
    return is_metric(world, reading, id, std::get<stack::MetricFilter>(world.stack()[id].body));
  });
}

std::vector<Link> alarms_of(const World& world, ResourceId filter_id) {
  const auto& filter = std::get<stack::MetricFilter>(world.stack()[filter_id].body);
  const auto& alarms = world.table<ByMetricName<stack::Alarm>>();
  return links_among(world, alarms.candidates(world.literal(filter.metric_name)), [&](ResourceId alarm) {
    Match match = Match::no;
    for (const Reading& reading : readings_of(world, alarm))
      match = either(match, is_metric(world, reading, filter_id, filter));
    return match;
  });
}

std::vector<ResourceId> filters_by_metric_name(const World& world, const TextValue& name) {
  return world.table<ByMetricName<stack::MetricFilter>>().candidates(world.literal(name));
}

std::vector<Link> topics_of(const World& world, const TextValue& arn) {
  return world.at(arn) == nullptr ? std::vector<Link>() : topics_of(world, world.text(arn));
}

std::vector<Link> topics_of(const World& world, const Text& arn) {
  return links<stack::Topic>(
      world, [&](ResourceId id, const stack::Topic&) { return is_same(arn, identity(world, id, Attribute::arn)); });
}

std::vector<Link> policies_of(const World& world, ResourceId topic) {
  const Text arn = identity(world, topic, Attribute::arn);
  return links<stack::TopicPolicy>(world, [&](ResourceId, const stack::TopicPolicy& policy) {
    Match match = Match::no;
    for (const TextValue& of : policy.topics)
      if (world.at(of) != nullptr) match = either(match, is_same(world.text(of), arn));
    return match;
  });
}

std::vector<Link> subscriptions_of(const World& world, ResourceId topic) {
  return subscriptions_to(world, identity(world, topic, Attribute::arn));
}

std::vector<Link> subscriptions_to(const World& world, const Text& topic) {
  return links<stack::Subscription>(world, [&](ResourceId id, const stack::Subscription& subscription) {
    const auto own =
        world.fact<TopicOfSubscription>(id, [&] { return TopicOfSubscription{world.text(subscription.topic)}; });
    return is_same(own->text, topic);
  });
}

std::vector<Link> queues_of(const World& world, const Text& arn) {
  return links<stack::Queue>(
      world, [&](ResourceId id, const stack::Queue&) { return is_same(arn, identity(world, id, Attribute::arn)); });
}

/// A policy names its queues by their URLs, which end in the name.
std::vector<Link> queue_policies_of(const World& world, ResourceId queue) {
  Text url("*/");
  url += identity(world, queue, Attribute::name);
  return links<stack::QueuePolicy>(world, [&](ResourceId, const stack::QueuePolicy& policy) {
    Match match = Match::no;
    for (const TextValue& of : policy.queues) {
      const TextValue* const written = world.at(of);
      if (written == nullptr) continue;
      const bool is_it = written->ref() != nullptr && written->ref()->target == queue;
      match = either(match, is_it ? Match::yes : either(names(world, of, queue), fits(url, world.text(of))));
    }
    return match;
  });
}

std::vector<Link> functions_of(const World& world, const Text& arn_or_name) {
  return links<stack::Function>(world, [&](ResourceId id, const stack::Function&) {
    return either(is_same(arn_or_name, identity(world, id, Attribute::arn)),
                  is_same(arn_or_name, identity(world, id, Attribute::name)));
  });
}

/// A version or alias of the function, behind its name, is another function to its permissions; which is not read.
std::vector<Link> permissions_of(const World& world, ResourceId function) {
  return links<stack::FunctionPermission>(world, [&](ResourceId, const stack::FunctionPermission& permission) {
    const Match match = names(world, permission.function, function);
    if (match != Match::no || world.at(permission.function) == nullptr) return match;
    Text qualified("*");
    qualified += identity(world, function, Attribute::name);
    qualified.append("*");
    return both(Match::maybe, fits(qualified, world.text(permission.function)));
  });
}

std::vector<Link> keys_of(const World& world, const Text& key) {
  std::vector<Link> aliased = links<stack::KeyAlias>(
      world, [&](ResourceId, const stack::KeyAlias& alias) { return is_same(world.text(alias.name), key); });
  Text named = key;
  if (aliased.size() == 1 && aliased.front().match == Match::yes)
    named = world.text(std::get<stack::KeyAlias>(world.stack()[aliased.front().resource].body).key);
  return links<stack::Key>(world, [&](ResourceId id, const stack::Key&) {
    return either(is_same(named, identity(world, id, Attribute::arn)),
                  is_same(named, identity(world, id, Attribute::id)));
  });
}

std::vector<Link> roles_of(const World& world, const Text& arn) {
  return links<stack::Role>(
      world, [&](ResourceId id, const stack::Role&) { return is_same(arn, identity(world, id, Attribute::arn)); });
}

std::vector<Link> log_groups_of(const World& world, const Text& name, std::size_t scope) {
  return links<stack::LogGroup>(world, [&](ResourceId id, const stack::LogGroup&) {
    const Match same = is_same(name, identity(world, id, Attribute::name));
    return same == Match::no ? same : both(same, is_same_place(world, scope, world.stack()[id].scope));
  });
}

}  // namespace secretwatch::chain
