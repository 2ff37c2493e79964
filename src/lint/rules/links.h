#pragma once
/// Links: which resources of a stack belong to one chain in a world. `yes` where that is certain.
#include "chain/text_match.h"
#include "chain/world.h"

namespace secretwatch::lint::rules {

/// The filter reads the log group that the trail writes to.
chain::Match feeds(const chain::World& world, const stack::Trail& trail, const stack::MetricFilter& filter);

/// An event rule may listen to the alarm's changes of state.
bool may_hear_of_alarms(const chain::World& world, stack::ResourceId alarm);

/// Somebody may hear of the alarm without its actions: a composite alarm, a rule for changes of alarms' states.
bool may_be_heard_elsewhere(const chain::World& world, stack::ResourceId alarm);

}  // namespace secretwatch::lint::rules
