#pragma once
/// Links: what rules ask about a chain that chain/links.h does not answer by itself. Links count only where they are
/// certain.
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "chain/access.h"
#include "chain/links.h"

namespace secretwatch::lint::rules {

/// An event rule may listen to the alarm's changes of state.
bool may_hear_of_alarms(const chain::World& world, stack::ResourceId alarm);

/// Somebody may hear of the alarm without its actions: a composite alarm, a rule for changes of alarms' states.
bool may_be_heard_elsewhere(const chain::World& world, stack::ResourceId alarm);

/// The filter's pattern is one over CloudTrail's records, surely: others have event names too.
bool reads_a_trail(const chain::World& world, const stack::MetricFilter& filter);

/// Is all that the filter selects a management event, by its name?
bool waits_for_management_events(const chain::World& world, stack::ResourceId filter);

/// The filter selects successful reads of a secret, and knows them from other calls (chain/watch.h).
bool watches_reads(const chain::World& world, stack::ResourceId filter);

/// What a filter counts: certain records of a trail, by its pattern or its log group; what by its words may well be
/// records of a trail; something else, such as lines that a program writes, or whatever there is.
enum class Counts { records, perhaps_records, something_else };
Counts what_counts(const chain::World& world, const stack::MetricFilter& filter, stack::ResourceId id);

/// The alarm tells of what a trail records: a filter that feeds it reads a trail, by its group or its pattern, or the
/// alarm asks a log itself. Others may be there for a chart or a deployment to look at.
bool tells_of_a_trail(const chain::World& world, stack::ResourceId alarm);

/// The first filter in scope that reads the group which a trail delivers to, and that `takes` takes; whether one is
/// there is asked last. Nothing: there is none.
std::optional<stack::ResourceId> find_filter_of(
    const chain::World& world, stack::ResourceId trail,
    const std::function<bool(stack::ResourceId)>& takes = [](stack::ResourceId) { return true; });

/// The filters in scope that read a log group of the stack.
std::vector<stack::ResourceId> readers_of(const chain::World& world, stack::ResourceId log_group);

/// The trails in scope that are there, whatever they deliver to.
std::vector<stack::ResourceId> trails_in(const chain::World& world);

/// Does a trail in scope deliver to the log group, or a filter read it?
bool is_watched(const chain::World& world, stack::ResourceId log_group);

/// Why the nearest statement does not let somebody in, as a clause. `thing`: "topic"; `who`: "an alarm".
std::string shortcoming(const chain::Access& access, std::string_view thing, std::string_view who);

}  // namespace secretwatch::lint::rules
