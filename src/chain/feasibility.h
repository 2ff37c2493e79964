#pragma once
/// Feasibility: can an alarm tell that something happened? Decided by playing it through, not by comparing strings.
///
///     const Traffic traffic{.watched = {1}, .other = {0}};            // a filter with default value 0
///     const AlarmTest test{.statistic = Statistic::average, .threshold = 1};
///     play(test, traffic, {.watched = 1, .others = 9}).fires;         // false: the average is 0.1
///     fewest(test, traffic, 0);                                       // 1: it fires when nothing else happens
///
/// A *watched* event is one that the filters of the metric are there for; *other* events are the rest of the trail.
/// Several filters of one metric are joined: each event publishes a sample of every filter that selects it, and the
/// default value of every other filter that has one. An alarm acts only when it changes to ALARM, and rests before.
/// Sources: CloudWatch user guide, "Concepts" (statistics), "Alarm evaluation", "Alarm actions"; CloudWatch Logs user
/// guide, "Creating metrics from log events" (a default value is published for each event that does not match).
#include <cstdint>
#include <functional>
#include <optional>
#include <string_view>
#include <vector>

#include "chain/window.h"

namespace secretwatch::chain {

enum class Statistic { sum, average, minimum, maximum, sample_count, percentile };
enum class Operator { greater_or_equal, greater, less, less_or_equal };

std::optional<Statistic> read_statistic(std::string_view name);           // "Sum", "p99", "p99.9"
std::optional<Operator> read_comparison_operator(std::string_view name);  // "GreaterThanThreshold"
std::optional<MissingData> read_missing_data(std::string_view name);      // "notBreaching"

struct AlarmTest {
  Statistic statistic = Statistic::sum;
  double percentile = 0;  // of Statistic::percentile, 0 to 100
  Operator comparison = Operator::greater_or_equal;
  double threshold = 1;
  WindowRule rule{};
};

/// The samples that one event of each sort publishes; none: it publishes nothing.
struct Traffic {
  std::vector<double> watched;
  std::vector<double> other;
};

/// What happens: so many watched events in each of `periods` periods in a row, other events in every period.
struct Story {
  std::uint64_t watched = 1;
  std::uint64_t others = 0;
  std::uint64_t periods = 1;
};

struct Ending {
  State idle = State::ok;         // before anything watched happens; never `unchanged`
  bool fires = false;             // it changes to ALARM; one that rests there has nothing to tell
  bool recovers = true;           // and leaves it when the story is over
  std::optional<double> value{};  // of the statistic in the period with the watched events; absent: no sample
};

/// What an alarm sees of a period with so many watched and other events: a statistic, or what metric math makes of
/// some. Absent: no point.
using PeriodValue = std::function<std::optional<double>(std::uint64_t watched, std::uint64_t others)>;

/// Of a metric alone.
std::optional<double> statistic_of(Statistic statistic, double percentile, const Traffic& traffic,
                                   std::uint64_t watched, std::uint64_t others);
PeriodValue period_value(const AlarmTest& test, const Traffic& traffic);

Ending play(const AlarmTest& test, const PeriodValue& value, const Story& story);
inline Ending play(const AlarmTest& test, const Traffic& traffic, const Story& story) {
  return play(test, period_value(test, traffic), story);
}

/// Does the value of one period breach?
bool breaches(const AlarmTest& test, double value);

/// The fewest watched events in each of so many periods in a row that raise the alarm, among so many others; absent: no
/// number does.
std::optional<std::uint64_t> fewest(const AlarmTest& test, const PeriodValue& value, std::uint64_t others,
                                    std::uint64_t periods = 1);
inline std::optional<std::uint64_t> fewest(const AlarmTest& test, const Traffic& traffic, std::uint64_t others,
                                           std::uint64_t periods = 1) {
  return fewest(test, period_value(test, traffic), others, periods);
}

/// The fewest periods in a row, with any number of watched events in each, that raise the alarm; absent: none do.
std::optional<std::uint64_t> fewest_periods(const AlarmTest& test, const PeriodValue& value, std::uint64_t others);
inline std::optional<std::uint64_t> fewest_periods(const AlarmTest& test, const Traffic& traffic,
                                                   std::uint64_t others) {
  return fewest_periods(test, period_value(test, traffic), others);
}

}  // namespace secretwatch::chain
