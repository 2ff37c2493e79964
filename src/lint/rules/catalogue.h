#pragma once
/// Catalogue: the rules by name, for checks that report them and for findings that follow from another. Each is defined
/// beside its check, in the file of its part of the chain; rules.cpp puts them in order.
#include "lint/rule.h"

namespace secretwatch::lint::rules {

// reading.cpp
extern const Rule parse_error, chain_undecided, stale_suppression, suppression_without_reason;
// trail.cpp
extern const Rule trail_not_logging;
// delivery.cpp
extern const Rule role_missing;
// alarm.cpp
extern const Rule period_invalid, actions_disabled, no_alarm_action, too_many_actions;

}  // namespace secretwatch::lint::rules
