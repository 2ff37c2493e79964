#include "lint/rules/links.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "base/text.h"
#include "chain/alarm_kinds.h"
#include "chain/composite.h"
#include "chain/secret_events.h"
#include "chain/watch.h"
#include "events/service_calls.h"
#include "pattern/cover.h"
#include "pattern/leaves.h"

namespace secretwatch::lint::rules {
namespace {

using chain::Match;
using chain::World;
using stack::ResourceId;
using stack::Text;

/// The strongest answer of judge(Kind) about the resources of a kind that are there; whether one is there is asked only
/// of those that it is not no about.
template <class Kind, class Judge>
Match strongest(const World& world, Judge judge) {
  Match match = Match::no;
  world.stack().each<Kind>([&](const stack::Resource& resource, const Kind& kind) {
    if (match == Match::yes) return;
    const Match each = judge(kind);
    if (each != Match::no && world.is_there(resource.presence)) match = chain::either(match, each);
  });
  return match;
}

/// The resources of a kind that are there and that judge takes; whether one is there is asked only of those.
template <class Kind, class Judge>
std::vector<ResourceId> every(const World& world, Judge judge) {
  std::vector<ResourceId> found;
  for (const ResourceId id : world.stack().ids<Kind>())
    if (judge(id, std::get<Kind>(world.stack()[id].body)) && world.is_there(id)) found.push_back(id);
  return found;
}

/// "/aws/cloudtrail", or a parameter CloudTrailLogGroup.
bool is_called_trail(const World& world, const stack::TextValue& group) {
  const Text text = world.text(group);
  return std::any_of(text.parts().begin(), text.parts().end(), [&world](const stack::Part& part) {
    const auto* const literal = std::get_if<std::string>(&part);
    const auto* const parameter = std::get_if<stack::ParameterId>(&part);
    const std::string word = literal != nullptr     ? *literal
                             : parameter != nullptr ? world.stack()[*parameter].name
                                                    : std::string();
    return lower_case(word).find("trail") != std::string::npos;
  });
}

/// Calls of which none is a data event. Of S3, those of objects are.
bool is_management_event(std::string_view name) {
  if (name.starts_with("PutBucket") || name.starts_with("DeleteBucket")) return true;
  constexpr std::array<std::string_view, 8> services = {"iam.amazonaws.com",
                                                        "kms.amazonaws.com",
                                                        "ec2.amazonaws.com",
                                                        "cloudtrail.amazonaws.com",
                                                        "config.amazonaws.com",
                                                        "organizations.amazonaws.com",
                                                        "secretsmanager.amazonaws.com",
                                                        "signin.amazonaws.com"};
  const std::vector<std::string_view> sources = events::sources_of(name);
  return !sources.empty() && std::all_of(sources.begin(), sources.end(), [&services](std::string_view source) {
    return std::find(services.begin(), services.end(), source) != services.end();
  });
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

bool waits_for_management_events(const World& world, ResourceId id) {
  const auto read = chain::read_pattern(world, id);
  if (read == nullptr || !read->pattern || !read->text.is_literal()) return false;
  std::string named;
  for (const pattern::Leaf& leaf : read->leaves) {
    const pattern::Comparison* const test = leaf.comparison();
    if (test == nullptr || test->op != pattern::Operator::equal) continue;
    const auto name = pattern::text_of(test->operand);
    if (name && leaf.field == "$.eventName" && is_management_event(*name))
      named += fmt::format("{}$.eventName = \"{}\"", named.empty() ? "" : " || ", *name);
  }
  const auto management = pattern::parse("{ " + named + " }");
  return !named.empty() && management &&
         pattern::includes(*management, *read->pattern).verdict == pattern::Verdict::yes;
}

bool watches_reads(const World& world, ResourceId filter) {
  const chain::Watch watch(world, filter);
  if (!watch.is_readable()) return false;
  const std::vector<chain::Subject> subjects = watch.subjects();
  return std::any_of(subjects.begin(), subjects.end(),
                     [&watch](const chain::Subject& each) { return watch.read_of(each.secret).has_value(); });
}

Counts what_counts(const World& world, const stack::MetricFilter& filter, ResourceId id) {
  const std::string pattern = world.literal(filter.pattern).value_or("");
  const bool selects = !world.literal(filter.pattern) || pattern.find_first_not_of(" \"") != std::string::npos;
  if (!selects) return Counts::something_else;
  const std::vector<chain::Link> trails = chain::trails_of(world, id);
  const bool is_of_trail =
      std::any_of(trails.begin(), trails.end(), [](const chain::Link& link) { return link.match == Match::yes; });
  if (reads_a_trail(world, filter) || watches_reads(world, id) || is_of_trail) return Counts::records;
  const auto holds = [&pattern](const char* text) { return pattern.find(text) != std::string::npos; };
  if (holds("$.eventName") || holds("$.errorCode") || holds("SecretValue")) return Counts::perhaps_records;
  return is_called_trail(world, filter.log_group) ? Counts::perhaps_records : Counts::something_else;
}

bool tells_of_a_trail(const World& world, ResourceId alarm) {
  if (!std::holds_alternative<stack::Alarm>(world.stack()[alarm].body)) return true;
  const std::vector<ResourceId> filters = chain::certain_filters_of(world, alarm);
  return std::any_of(filters.begin(), filters.end(), [&world](ResourceId id) {
    return what_counts(world, std::get<stack::MetricFilter>(world.stack()[id].body), id) != Counts::something_else;
  });
}

std::optional<ResourceId> find_filter_of(const World& world, ResourceId trail,
                                         const std::function<bool(ResourceId)>& takes) {
  for (const ResourceId id : world.stack().ids<stack::MetricFilter>()) {
    const std::vector<chain::Link> trails = chain::trails_of(world, id);
    const bool reads_it = std::any_of(trails.begin(), trails.end(), [trail](const chain::Link& link) {
      return link.resource == trail && link.match == Match::yes;
    });
    if (reads_it && takes(id) && world.is_there(id)) return id;
  }
  return std::nullopt;
}

std::vector<ResourceId> readers_of(const World& world, ResourceId log_group) {
  const Text name = world.identity_of({log_group, stack::Attribute::name, {}});
  const stack::Stack& stack = world.stack();
  return every<stack::MetricFilter>(world, [&](ResourceId id, const stack::MetricFilter&) {
    return chain::is_same(chain::log_group_of(world, id), name) == Match::yes &&
           chain::is_same_place(world, stack[id].scope, stack[log_group].scope) == Match::yes;
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
