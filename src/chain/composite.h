#pragma once
/// Composite: which composite alarms tell of an alarm, so that it need not act by itself.
///
///     for (const Listener& listener : listeners_of(world, alarm))
///       listener.hears;     // Hears::alone: the alarm raises that composite while all others are OK
///
/// Source: CloudWatch user guide, "Combining alarms"; API reference, PutCompositeAlarm.
#include <vector>

#include "chain/world.h"

namespace secretwatch::chain {

/// What it takes for an alarm to raise a composite.
enum class Hears {
  not_known,  // the rule may name the alarm
  together,   // others must be in a state too that they are not in at rest, which is OK
  alone
};

struct Listener {
  stack::ResourceId composite{};
  Hears hears = Hears::alone;
};

/// The composites of the stack that the alarm can raise, or may.
std::vector<Listener> listeners_of(const World& world, stack::ResourceId alarm);

/// The alarms of the stack that a composite certainly names, and can be raised by.
std::vector<stack::ResourceId> heard_by(const World& world, stack::ResourceId composite);

}  // namespace secretwatch::chain
