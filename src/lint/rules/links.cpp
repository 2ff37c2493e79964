#include "lint/rules/links.h"

#include <algorithm>

#include "chain/composite.h"

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

bool asks_for_alarms(const stack::Document& pattern) {
  if (pattern.kind == stack::Document::Kind::unknown) return true;
  const stack::Document* const source = pattern.find("source");
  if (source == nullptr) return false;
  return std::any_of(source->parts.begin(), source->parts.end(), [](const stack::Document& part) {
    return stack::literal_of(part.text).value_or("aws.cloudwatch") == "aws.cloudwatch";
  });
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

bool may_hear_of_alarms(const World& world, stack::ResourceId) {
  return strongest<stack::EventRule>(world, [&](const stack::EventRule& other) {
           return other.event_pattern && asks_for_alarms(*other.event_pattern) ? Match::yes : Match::no;
         }) == Match::yes;
}

bool may_be_heard_elsewhere(const World& world, stack::ResourceId alarm) {
  return !chain::listeners_of(world, alarm).empty() || may_hear_of_alarms(world, alarm);
}

}  // namespace secretwatch::lint::rules
