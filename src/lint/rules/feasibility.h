#pragma once
/// Feasibility: is there an event that raises the alarm, and a rest that it comes back to?
#include "lint/rule.h"

namespace secretwatch::lint::rules {

/// Of an alarm that filters in scope feed: blames the one property whose change would mend it.
void check_feasibility(const chain::World& world, stack::ResourceId subject, Findings& out);

}  // namespace secretwatch::lint::rules
