#pragma once
/// Alarm: the alarms and filters of a stack as the engine of feasibility wants them, as far as they are known.
///
///     const auto alarm = read_alarm(world, id);
///     if (alarm->diagnosis && !alarm->diagnosis->works) …     // proven; alarm->filters are those it was judged with
///
/// Nothing is judged where a value is open, a filter may or may not feed the alarm, the template may hold more filters
/// than were read, or an expression looks at more than one period.
#include <memory>
#include <optional>
#include <vector>

#include "chain/diagnosis.h"
#include "chain/links.h"

namespace secretwatch::chain {

/// The samples of a filter; nothing: its value is a field of the event, not known, or no number.
std::optional<FilterSamples> samples_of(const World& world, const stack::MetricFilter& filter);

/// What an alarm tests; nothing: something of it is not known, not written or not valid.
std::optional<AlarmTest> test_of(const World& world, const stack::Alarm& alarm, const Reading& reading);

struct MetricAlarm {
  std::vector<Reading> readings{};  // its metric, or those that its expression uses
  bool is_math = false;             // an expression stands between the metrics and the threshold
  std::vector<Link> filters{};      // that feed them, or may; in the order of the readings
  std::optional<AlarmTest> test{};
  std::optional<Diagnosis> diagnosis{};  // present: every part was known
};

/// Worked out once.
std::shared_ptr<const MetricAlarm> read_alarm(const World& world, stack::ResourceId alarm);

}  // namespace secretwatch::chain
