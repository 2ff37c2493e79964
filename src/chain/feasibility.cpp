#include "chain/feasibility.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <utility>

namespace secretwatch::chain {
namespace {

constexpr std::uint64_t most_events = std::uint64_t{1} << 40;

/// A sample value and how often it occurs in a period.
struct Sample {
  double value = 0;
  std::uint64_t count = 0;
};

std::vector<Sample> samples_of(const Traffic& traffic, std::uint64_t watched, std::uint64_t others) {
  std::vector<Sample> samples;
  if (watched > 0)
    for (const double value : traffic.watched) samples.push_back({value, watched});
  if (others > 0)
    for (const double value : traffic.other) samples.push_back({value, others});
  std::sort(samples.begin(), samples.end(), [](const Sample& a, const Sample& b) { return a.value < b.value; });
  return samples;
}

/// The smallest value that at least so many percent of the samples do not exceed.
double percentile_of(const std::vector<Sample>& samples, double percentile, double total) {
  double seen = 0;
  for (const Sample& sample : samples) {
    seen += static_cast<double>(sample.count);
    if (seen * 100 >= percentile * total) return sample.value;
  }
  return samples.back().value;
}

Point point_of(const AlarmTest& test, std::optional<double> value) {
  if (!value) return Point::missing;
  return breaches(test, *value) ? Point::breaching : Point::good;
}

State settle(State before, State next) {
  return next == State::unchanged ? before : next;
}

}  // namespace

std::optional<Statistic> read_statistic(std::string_view name) {
  constexpr std::array<std::pair<std::string_view, Statistic>, 5> names{{{"Sum", Statistic::sum},
                                                                         {"Average", Statistic::average},
                                                                         {"Minimum", Statistic::minimum},
                                                                         {"Maximum", Statistic::maximum},
                                                                         {"SampleCount", Statistic::sample_count}}};
  for (const auto& [spelling, statistic] : names)
    if (spelling == name) return statistic;
  double percentile = 0;
  const char* const end = name.data() + name.size();
  const bool is_percentile = name.size() > 1 && name.front() == 'p' &&
                             std::from_chars(name.data() + 1, end, percentile).ptr == end && percentile >= 0 &&
                             percentile <= 100;
  return is_percentile ? std::optional(Statistic::percentile) : std::nullopt;
}

std::optional<Operator> read_comparison_operator(std::string_view name) {
  if (name == "GreaterThanOrEqualToThreshold") return Operator::greater_or_equal;
  if (name == "GreaterThanThreshold") return Operator::greater;
  if (name == "LessThanThreshold") return Operator::less;
  if (name == "LessThanOrEqualToThreshold") return Operator::less_or_equal;
  return std::nullopt;
}

std::optional<MissingData> read_missing_data(std::string_view name) {
  if (name == "missing") return MissingData::missing;
  if (name == "notBreaching") return MissingData::not_breaching;
  if (name == "breaching") return MissingData::breaching;
  if (name == "ignore") return MissingData::ignore;
  return std::nullopt;
}

bool breaches(const AlarmTest& test, double value) {
  switch (test.comparison) {
    case Operator::greater_or_equal:
      return value >= test.threshold;
    case Operator::greater:
      return value > test.threshold;
    case Operator::less:
      return value < test.threshold;
    case Operator::less_or_equal:
      return value <= test.threshold;
  }
  return false;
}

std::optional<double> statistic_of(Statistic statistic, double percentile, const Traffic& traffic,
                                   std::uint64_t watched, std::uint64_t others) {
  const std::vector<Sample> samples = samples_of(traffic, watched, others);
  if (samples.empty()) return std::nullopt;
  double sum = 0;
  double total = 0;
  for (const Sample& sample : samples) {
    sum += sample.value * static_cast<double>(sample.count);
    total += static_cast<double>(sample.count);
  }
  switch (statistic) {
    case Statistic::sum:
      return sum;
    case Statistic::average:
      return sum / total;
    case Statistic::minimum:
      return samples.front().value;
    case Statistic::maximum:
      return samples.back().value;
    case Statistic::sample_count:
      return total;
    case Statistic::percentile:
      return percentile_of(samples, percentile, total);
  }
  return std::nullopt;
}

PeriodValue period_value(const AlarmTest& test, const Traffic& traffic) {
  return
      [statistic = test.statistic, percentile = test.percentile, traffic](std::uint64_t watched, std::uint64_t others) {
        return statistic_of(statistic, percentile, traffic, watched, others);
      };
}

Ending play(const AlarmTest& test, const PeriodValue& value, const Story& story) {
  const Point rest = point_of(test, value(0, story.others));
  const std::uint64_t range = evaluation_range(test.rule);
  const Points idle_range[] = {{rest, range}};
  const State idle_state = evaluate(test.rule, idle_range);

  Ending ending;
  ending.value = value(story.watched, story.others);
  ending.idle = settle(State::insufficient_data, idle_state);
  const Point event = point_of(test, ending.value);
  State state = ending.idle;
  // `first`: how many periods ago the story began, counted from 1; in the last round all of it has left the range.
  for (std::uint64_t first = 1; first <= range + story.periods; ++first) {
    const std::uint64_t newer = first - std::min(first, story.periods);
    const std::uint64_t visible_newer = std::min(newer, range);
    const std::uint64_t visible_events = std::min(first, range) - visible_newer;
    const Points runs[] = {
        {rest, range - visible_newer - visible_events}, {event, visible_events}, {rest, visible_newer}};
    const State next = settle(state, evaluate(test.rule, runs));
    if (next == State::alarm && state != State::alarm) ending.fires = ending.idle != State::alarm;
    state = next;
  }
  ending.recovers = state != State::alarm;
  return ending;
}

std::optional<std::uint64_t> fewest(const AlarmTest& test, const PeriodValue& value, std::uint64_t others,
                                    std::uint64_t periods) {
  const auto fires = [&](std::uint64_t watched) { return play(test, value, {watched, others, periods}).fires; };
  std::uint64_t enough = 1;
  while (!fires(enough)) {
    if (enough >= most_events) return std::nullopt;
    enough *= 2;
  }
  // Between enough/2, which does not fire, and enough, which does; a statistic moves one way as events are added.
  std::uint64_t too_few = enough / 2;
  while (enough - too_few > 1) {
    const std::uint64_t middle = too_few + (enough - too_few) / 2;
    (fires(middle) ? enough : too_few) = middle;
  }
  return enough;
}

std::optional<std::uint64_t> fewest_periods(const AlarmTest& test, const PeriodValue& value, std::uint64_t others) {
  for (const std::uint64_t watched : {std::uint64_t{1}, most_events})
    if (play(test, value, {watched, others, test.rule.datapoints_to_alarm}).fires) {
      std::uint64_t too_few = 0;
      std::uint64_t enough = test.rule.datapoints_to_alarm;
      while (enough - too_few > 1) {
        const std::uint64_t middle = too_few + (enough - too_few) / 2;
        (play(test, value, {watched, others, middle}).fires ? enough : too_few) = middle;
      }
      return enough;
    }
  return std::nullopt;
}

}  // namespace secretwatch::chain
