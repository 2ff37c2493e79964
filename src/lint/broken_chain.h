#pragma once
/// Broken chain: where on the way from the trail to a person a finding breaks the chain.
///
///     AuditTrail → TrailLogs → ReadFilter ✗ ReadAlarm → Topic → Mail
///
/// Drawn around the resource that the finding is about and those that it relates to, as far as the links from there are
/// certain; what is not known is left out. Only findings that keep messages from arriving have one.
#include <vector>

#include "lint/rule.h"

namespace secretwatch::lint {

/// Empty: the finding breaks no chain, or nothing beside its own resource is known of it.
std::vector<Stop> broken_chain(const chain::World& world, const Finding& finding);

}  // namespace secretwatch::lint
