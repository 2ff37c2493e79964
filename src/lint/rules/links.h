#pragma once
/// Links: which resources of a stack belong to one chain in a world. `yes` where that is certain.
#include <string_view>
#include <vector>

#include "chain/alarm_kinds.h"
#include "chain/reach.h"
#include "chain/text_match.h"
#include "chain/world.h"

namespace secretwatch::lint::rules {

/// The filter reads the log group that the trail writes to.
chain::Match feeds(const chain::World& world, const stack::Trail& trail, const stack::MetricFilter& filter);

/// An event rule may listen to the alarm's changes of state.
bool may_hear_of_alarms(const chain::World& world, stack::ResourceId alarm);

/// Somebody may hear of the alarm without its actions: a composite alarm, a rule for changes of alarms' states.
bool may_be_heard_elsewhere(const chain::World& world, stack::ResourceId alarm);

/// Where an alarm that watches a log, or an event rule for secrets, sends what it has to tell.
struct Recipient {
  stack::Text arn;
  Span place;                 // where that is said
  chain::Sender sender;       // to a topic or queue
  chain::Sender caller;       // of a function
  std::string_view who;       // alarm, rule
  bool has_own_role = false;  // it sends with a role of the account
};
std::vector<Recipient> recipients_of(const chain::World& world, stack::ResourceId subject);

}  // namespace secretwatch::lint::rules
