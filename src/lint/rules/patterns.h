#pragma once
/// Patterns: the pattern of a metric filter, as rules judge it.
///
///     const auto read = read_pattern(world, subject);
///     if (read && read->pattern) for (const pattern::Leaf& leaf : pattern::leaves_of(*read->pattern)) …
///     out.add(rule, subject, place_in(world, *read, place_of(leaf)), …);
#include "chain/filter_pattern.h"
#include "chain/world.h"
#include "lint/rule.h"
#include "pattern/leaves.h"
#include "pattern/pattern.h"

namespace secretwatch::lint::rules {

using chain::FilterPattern;
using chain::read_pattern;

/// The place in the template, where the pattern stands there as it is; else the pattern as a whole.
Span place_in(const chain::World& world, const FilterPattern& read, const pattern::Place& place);

/// Is it certain that the filter reads CloudTrail records? By its trail, or by what its pattern asks for.
bool is_of_cloudtrail(const chain::World& world, const FilterPattern& read);

/// The stack has other means than metric filters to hear of reads of secrets: an event rule, an alarm on a query.
bool has_other_means(const chain::World& world);

}  // namespace secretwatch::lint::rules
