#include "chain/alarm.h"

#include <algorithm>
#include <charconv>

namespace secretwatch::chain {
namespace {

constexpr std::int64_t most_periods = 2'000;  // a day of minutes, and some

std::optional<double> number_of(std::string_view text) {
  double number = 0;
  const char* const end = text.data() + text.size();
  const auto [stopped, fault] = std::from_chars(text.data(), end, number);
  return fault == std::errc() && stopped == end && !text.empty() ? std::optional(number) : std::nullopt;
}

std::optional<WindowRule> window_of(const World& world, const stack::Alarm& alarm) {
  const std::int64_t* const periods = world.known(alarm.evaluation_periods);
  if (periods == nullptr || *periods < 1 || *periods > most_periods) return std::nullopt;
  WindowRule rule;
  rule.evaluation_periods = static_cast<std::uint64_t>(*periods);
  rule.datapoints_to_alarm = rule.evaluation_periods;
  if (world.at(alarm.datapoints_to_alarm) != nullptr) {
    const std::int64_t* const datapoints = world.known(alarm.datapoints_to_alarm);
    if (datapoints == nullptr || *datapoints < 1 || *datapoints > *periods) return std::nullopt;
    rule.datapoints_to_alarm = static_cast<std::uint64_t>(*datapoints);
  }
  if (world.at(alarm.treat_missing_data) != nullptr) {
    const std::optional<std::string> written = world.literal(alarm.treat_missing_data);
    const std::optional<MissingData> how = written ? read_missing_data(*written) : std::nullopt;
    if (!how) return std::nullopt;
    rule.missing_data = *how;
  }
  return rule;
}

/// Of a reading whose statistic is not written, that of the alarm's ExtendedStatistic.
std::optional<std::string> statistic_of(const World& world, const stack::Alarm& alarm, const Reading& reading) {
  if (world.at(*reading.statistic) != nullptr) return world.literal(*reading.statistic);
  return reading.query == nullptr ? world.literal(alarm.extended_statistic) : std::nullopt;
}

}  // namespace

std::optional<FilterSamples> samples_of(const World& world, const stack::MetricFilter& filter) {
  const std::optional<std::string> written = world.literal(filter.metric_value);
  const std::optional<double> value = written ? number_of(*written) : std::nullopt;
  if (!value) return std::nullopt;
  FilterSamples samples{.value = *value};
  if (world.at(filter.default_value) != nullptr) {
    const double* const known = world.known(filter.default_value);
    if (known == nullptr) return std::nullopt;
    samples.default_value = *known;
  }
  return samples;
}

std::optional<AlarmTest> test_of(const World& world, const stack::Alarm& alarm, const Reading& reading) {
  const std::optional<std::string> statistic = statistic_of(world, alarm, reading);
  const std::optional<std::string> comparison = world.literal(alarm.comparison);
  const double* const threshold = world.known(alarm.threshold);
  const std::optional<WindowRule> window = window_of(world, alarm);
  if (!statistic || !read_statistic(*statistic) || !comparison || !read_comparison_operator(*comparison) ||
      threshold == nullptr || !window)
    return std::nullopt;
  AlarmTest test;
  test.statistic = read_statistic(*statistic).value();
  test.comparison = read_comparison_operator(*comparison).value();
  test.threshold = *threshold;
  test.rule = *window;
  if (test.statistic == Statistic::percentile)
    test.percentile = number_of(std::string_view(*statistic).substr(1)).value_or(0);
  return test;
}

MetricAlarm read_alarm(const World& world, stack::ResourceId id) {
  MetricAlarm result;
  const auto* const alarm = std::get_if<stack::Alarm>(&world.stack()[id].body);
  if (alarm == nullptr || !alarm->metrics.empty() || world.at(alarm->metric_name) == nullptr) return result;
  result.reading = readings_of(world, id).front();
  result.filters = filters_of(world, *result.reading);
  result.test = test_of(world, *alarm, *result.reading);
  if (!result.test || result.filters.empty() || !world.stack().gaps.empty()) return result;
  std::vector<FilterSamples> samples;
  for (const Link& link : result.filters) {
    const auto& filter = std::get<stack::MetricFilter>(world.stack()[link.resource].body);
    const std::optional<FilterSamples> known = samples_of(world, filter);
    // With dimensions the filter publishes another series for each of their values.
    if (link.match != Match::yes || !known || !filter.dimensions.empty()) return result;
    samples.push_back(*known);
  }
  result.diagnosis = diagnose(*result.test, samples);
  return result;
}

}  // namespace secretwatch::chain
