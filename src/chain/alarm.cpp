#include "chain/alarm.h"

#include <algorithm>
#include <charconv>

#include "chain/metric_math.h"

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

/// The statistic of a reading, without its filters yet.
std::optional<Source> source_of(const World& world, const stack::Alarm& alarm, const Reading& reading) {
  const std::optional<std::string> statistic = statistic_of(world, alarm, reading);
  if (!statistic || !read_statistic(*statistic)) return std::nullopt;
  Source source{.statistic = *read_statistic(*statistic)};
  if (source.statistic == Statistic::percentile)
    source.percentile = number_of(std::string_view(*statistic).substr(1)).value_or(0);
  return source;
}

/// All but the statistic.
std::optional<AlarmTest> test_of(const World& world, const stack::Alarm& alarm) {
  const std::optional<std::string> comparison = world.literal(alarm.comparison);
  const double* const threshold = world.known(alarm.threshold);
  const std::optional<WindowRule> window = window_of(world, alarm);
  if (!comparison || !read_comparison_operator(*comparison) || threshold == nullptr || !window) return std::nullopt;
  AlarmTest test;
  test.comparison = *read_comparison_operator(*comparison);
  test.threshold = *threshold;
  test.rule = *window;
  return test;
}

// --- metric math ---

/// The queries of an alarm by their ids; what it alarms on; which metrics that uses, in which order to calculate.
class Queries {
 public:
  Queries(const World& world, const stack::Alarm& alarm) : world_(world) {
    for (const stack::MetricQuery& query : alarm.metrics) {
      if (!world.is_there(query.presence)) continue;
      const std::optional<std::string> id = world.literal(query.id);
      if (!id || world.is_open(query.return_data)) return;
      ids_.push_back(*id);
      queries_.push_back(&query);
      const bool* const returned = world.known(query.return_data);
      if (returned == nullptr || *returned) {
        if (returned_) return;  // several: CloudWatch refuses the alarm
        returned_ = ids_.size() - 1;
      }
    }
    is_understood_ = returned_.has_value() && add(*returned_, 0);
  }

  bool is_understood() const { return is_understood_; }
  bool is_math() const { return !expressions_.empty(); }
  /// The metrics that it comes to.
  const std::vector<const stack::MetricQuery*>& metrics() const { return metrics_; }

  /// What the alarm sees, given a point for each metric.
  MathExpression::Answer value(const std::vector<MathPoint>& values, const MathReading& reading) const {
    MathPoints points;
    for (std::size_t i = 0; i < metrics_.size(); ++i) points.emplace_back(metric_ids_[i], values[i]);
    MathExpression::Answer answer{!points.empty(), points.empty() ? std::nullopt : points.back().second};
    const MathPoints metrics_alone = points;
    for (const auto& [id, expression] : expressions_) {
      answer = expression.value(expression.uses_all_metrics() ? metrics_alone : points, reading);
      if (!answer.is_decided) return answer;
      points.emplace_back(id, answer.point);
    }
    return answer;
  }

 private:
  /// With all that it uses before it; false: it cannot be understood.
  bool add(std::size_t position, int depth) {
    constexpr int deepest = 10;  // an alarm has ten queries at most
    if (depth > deepest) return false;
    const stack::MetricQuery& query = *queries_[position];
    if (std::find(added_.begin(), added_.end(), position) != added_.end()) return true;
    if (world_.at(query.expression) == nullptr) {
      if (world_.at(query.metric_name) == nullptr) return false;
      added_.push_back(position);
      metrics_.push_back(&query);
      metric_ids_.push_back(ids_[position]);
      return true;
    }
    const std::optional<std::string> text = world_.literal(query.expression);
    if (!text) return false;
    const Expected<MathExpression> expression = MathExpression::parse(*text);
    if (!expression) return false;
    std::vector<std::string> names = expression->names();
    if (expression->uses_all_metrics()) {
      if (!names.empty()) return false;
      for (std::size_t i = 0; i < queries_.size(); ++i)
        if (world_.at(queries_[i]->expression) == nullptr) names.push_back(ids_[i]);
    }
    for (const std::string& name : names) {
      const auto found = std::find(ids_.begin(), ids_.end(), name);
      if (found == ids_.end() || !add(static_cast<std::size_t>(found - ids_.begin()), depth + 1)) return false;
    }
    added_.push_back(position);
    expressions_.emplace_back(ids_[position], *expression);
    return true;
  }

  const World& world_;
  std::vector<std::string> ids_;
  std::vector<const stack::MetricQuery*> queries_;
  std::optional<std::size_t> returned_;
  std::vector<std::size_t> added_;
  std::vector<const stack::MetricQuery*> metrics_;
  std::vector<std::string> metric_ids_;
  std::vector<std::pair<std::string, MathExpression>> expressions_;
  bool is_understood_ = false;
};

bool have_one_period(const World& world, const std::vector<Reading>& readings) {
  return std::all_of(readings.begin(), readings.end(), [&](const Reading& reading) {
    const std::int64_t* const period = world.known(*reading.period_seconds);
    const std::int64_t* const first = world.known(*readings.front().period_seconds);
    return readings.size() == 1 || (period != nullptr && first != nullptr && *period == *first);
  });
}

/// What holds however AWS takes points that are missing.
std::optional<Diagnosis> diagnose_math(const AlarmTest& test, const std::vector<Source>& sources,
                                       const Queries& queries) {
  std::optional<Diagnosis> agreed;
  for (const bool fills : {true, false})
    for (const bool skips : {true, false}) {
      bool is_decided = true;
      const Formula formula = [&](const std::vector<MathPoint>& values) {
        const MathExpression::Answer answer = queries.value(values, {fills, skips});
        is_decided = is_decided && answer.is_decided;
        return answer.point;
      };
      const Diagnosis diagnosis = diagnose(test, sources, formula);
      if (!is_decided) return std::nullopt;
      const bool is_same = !agreed || (agreed->works.has_value() == diagnosis.works.has_value() &&
                                       agreed->failure == diagnosis.failure && agreed->faults == diagnosis.faults);
      if (!is_same) return std::nullopt;
      agreed = diagnosis;
    }
  return agreed;
}

MetricAlarm read(const World& world, stack::ResourceId id) {
  MetricAlarm result;
  const auto* const alarm = std::get_if<stack::Alarm>(&world.stack()[id].body);
  if (alarm == nullptr) return result;
  const Queries queries(world, *alarm);
  result.readings = readings_of(world, id);
  if (!alarm->metrics.empty()) {
    result.is_math = queries.is_math();
    std::erase_if(result.readings, [&](const Reading& reading) {
      const auto& used = queries.metrics();
      return std::find(used.begin(), used.end(), reading.query) == used.end();
    });
    if (!queries.is_understood()) return result;
  }
  if (result.readings.empty() || !have_one_period(world, result.readings)) return result;
  result.test = result.is_math ? test_of(world, *alarm) : test_of(world, *alarm, result.readings.front());
  if (!result.test || !world.stack().gaps.empty()) return result;
  std::vector<Source> sources;
  // In the order in which the queries are calculated, which is not always that of the template.
  if (result.is_math)
    std::sort(result.readings.begin(), result.readings.end(), [&](const Reading& a, const Reading& b) {
      const auto& used = queries.metrics();
      return std::find(used.begin(), used.end(), a.query) < std::find(used.begin(), used.end(), b.query);
    });
  for (const Reading& reading : result.readings) {
    std::optional<Source> source = source_of(world, *alarm, reading);
    const std::vector<Link> filters = filters_of(world, reading);
    if (!source || filters.empty()) return result;
    for (const Link& link : filters) {
      const auto& filter = std::get<stack::MetricFilter>(world.stack()[link.resource].body);
      const std::optional<FilterSamples> known = samples_of(world, filter);
      // With dimensions the filter publishes another series for each of their values.
      if (link.match != Match::yes || !known || !filter.dimensions.empty()) return result;
      source->filters.push_back(*known);
      result.filters.push_back(link);
    }
    sources.push_back(std::move(*source));
  }
  result.diagnosis =
      result.is_math ? diagnose_math(*result.test, sources, queries) : diagnose(*result.test, sources.front().filters);
  return result;
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
  const std::optional<Source> source = source_of(world, alarm, reading);
  std::optional<AlarmTest> test = test_of(world, alarm);
  if (!source || !test) return std::nullopt;
  test->statistic = source->statistic;
  test->percentile = source->percentile;
  return test;
}

std::shared_ptr<const MetricAlarm> read_alarm(const World& world, stack::ResourceId alarm) {
  return world.fact<MetricAlarm>(alarm, [&] { return read(world, alarm); });
}

}  // namespace secretwatch::chain
