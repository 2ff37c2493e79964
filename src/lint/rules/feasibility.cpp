/// Alarms that are played through (chain/diagnosis.h): can one event of the filters that feed it raise the alarm, out
/// of a rest that it comes back to? Each rule blames the one property whose change would mend it.
#include <algorithm>

#include "chain/alarm.h"
#include "lint/rules/catalogue.h"
#include "lint/rules/feasibility.h"
#include "lint/rules/links.h"

namespace secretwatch::lint::rules {
namespace {

using chain::Diagnosis;
using chain::Failure;
using chain::Fault;
using chain::MetricAlarm;
using chain::Operator;
using chain::Statistic;
using chain::World;
using stack::Alarm;
using stack::ResourceId;

/// An alarm, judged, and how to speak of it.
struct Case {
  const World& world;
  ResourceId id;
  const Alarm& alarm;
  const MetricAlarm& read;
  std::optional<chain::AlarmTest> mended{};  // with every fault mended, when that tells of one event

  const stack::MetricFilter& filter(std::size_t i) const {
    return std::get<stack::MetricFilter>(world.stack()[read.filters[i].resource].body);
  }
  std::string name() const { return std::string(name_of(world, id)); }
  /// ">= 1"
  std::string test() const {
    const Operator op = read.test->comparison;
    const char* const sign = op == Operator::greater_or_equal ? ">="
                             : op == Operator::greater        ? ">"
                             : op == Operator::less           ? "<"
                                                              : "<=";
    return fmt::format("{} {}", sign, read.test->threshold);
  }
  /// The metric to blame for its statistic: the first one that is not summed up.
  const chain::Reading& reading() const {
    const auto is_no_sum = [&](const chain::Reading& each) { return world.literal(*each.statistic) != "Sum"; };
    const auto found = std::find_if(read.readings.begin(), read.readings.end(), is_no_sum);
    return found == read.readings.end() ? read.readings.front() : *found;
  }
  std::string statistic() const {
    const auto written = world.literal(*reading().statistic);
    return written ? *written : world.literal(alarm.extended_statistic).value_or("");
  }
  Statistic kind() const { return chain::read_statistic(statistic()).value_or(Statistic::sum); }
  bool has_statistic() const { return world.at(*reading().statistic) != nullptr; }
  Span statistic_place() const {
    return has_statistic() ? place_of(world, id, *reading().statistic) : place_of(world, id, alarm.extended_statistic);
  }
  /// Of metric math: no other metric is to blame for its statistic.
  bool is_only_one() const {
    return read.is_math && std::count_if(read.readings.begin(), read.readings.end(), [&](const chain::Reading& each) {
                             return world.literal(*each.statistic) != "Sum";
                           }) == 1;
  }
  /// What the threshold is compared with: "Average", "expression".
  std::string subject() const { return read.is_math ? "expression" : statistic(); }
};

std::string word_of(Operator op) {
  switch (op) {
    case Operator::greater_or_equal:
      return "GreaterThanOrEqualToThreshold";
    case Operator::greater:
      return "GreaterThanThreshold";
    case Operator::less:
      return "LessThanThreshold";
    case Operator::less_or_equal:
      return "LessThanOrEqualToThreshold";
  }
  return {};
}

bool has(const std::vector<Fault>& faults, Fault fault) {
  return std::find(faults.begin(), faults.end(), fault) != faults.end();
}

/// The test with the faults mended in the one way that tells of a single event; nothing: there is none.
std::optional<chain::AlarmTest> mend(const Case& c, const std::vector<Fault>& faults) {
  if (c.read.is_math) return std::nullopt;
  std::vector<chain::FilterSamples> samples;
  for (std::size_t i = 0; i < c.read.filters.size(); ++i) {
    const auto one = chain::samples_of(c.world, c.filter(i));
    if (!one) return std::nullopt;
    samples.push_back(*one);
    if (has(faults, Fault::metric_value) && samples.back().value <= 0) samples.back().value = 1;
    if (has(faults, Fault::default_value) && samples.back().default_value) samples.back().default_value = 0;
  }
  chain::AlarmTest test = *c.read.test;
  if (has(faults, Fault::statistic)) test.statistic = Statistic::sum;
  if (has(faults, Fault::missing_data)) test.rule.missing_data = chain::MissingData::not_breaching;
  if (has(faults, Fault::datapoints)) test.rule.datapoints_to_alarm = 1;
  std::vector<Operator> operators = {test.comparison};
  std::vector<double> thresholds = {test.threshold};
  if (has(faults, Fault::comparison)) operators = {Operator::greater_or_equal, Operator::greater};
  if (has(faults, Fault::threshold)) thresholds = {1, 0};
  for (const Operator op : operators) {
    for (const double threshold : thresholds) {
      test.comparison = op;
      test.threshold = threshold;
      const std::optional<chain::Need> needs = diagnose(test, samples).works;
      if (needs && needs->events == 1 && needs->periods == 1) return test;
    }
  }
  return std::nullopt;
}

void relate_filters(const Case& c, Finding& finding) {
  for (std::size_t i = 0; i < c.read.filters.size(); ++i) {
    const stack::Resource& filter = c.world.stack()[c.read.filters[i].resource];
    finding.relate(filter.span, "the metric comes from filter '{}'", name_of(c.world, c.read.filters[i].resource));
  }
}

/// What the alarm makes of one event among nine others: the witness.
std::string witness(const Case& c) {
  const chain::Ending& ending = c.read.diagnosis->among_nine.front();
  if (!ending.value) return "one event publishes nothing";
  return fmt::format("one event among ten makes the {} {:.4g}, and the alarm wants {}", c.subject(), *ending.value,
                     c.test());
}

void report_statistic(const Case& c, Findings& out) {
  const Statistic statistic = c.kind();
  const std::string why = c.read.diagnosis->failure == Failure::always
                              ? fmt::format("the {} of events that nobody watches is already {}", c.subject(), c.test())
                              : witness(c);
  const bool is_query = c.reading().query != nullptr;
  const Rule& rule = is_query                          ? math_wrong_stat
                     : statistic == Statistic::maximum ? maximum_caps_at_value
                                                       : statistic_not_sum;
  Finding& finding = out.add(rule, c.id, c.statistic_place(), "alarm '{}' looks at the {} of a count: {}", c.name(),
                             c.statistic(), why);
  finding.note("'Sum' counts the events, whatever else happens");
  if (c.read.diagnosis->failure == Failure::always) finding.effect = Effect::always;
  if (statistic == Statistic::percentile) finding.likely();
  if (c.has_statistic() && (c.mended || statistic == Statistic::maximum || c.is_only_one()))
    finding.set(c.world, c.id, "statistic", *c.reading().statistic, "Sum");
  relate_filters(c, finding);
}

void report_threshold(const Case& c, Findings& out) {
  const Span place = place_of(c.world, c.id, c.alarm.threshold);
  if (c.read.diagnosis->failure == Failure::always || c.read.diagnosis->failure == Failure::noisy) {
    Finding& finding = out.add(always_in_alarm, c.id, place,
                               "alarm '{}' is in ALARM while nothing is read: the {} of other events is {}", c.name(),
                               c.subject(), c.test());
    relate_filters(c, finding);
    if (c.mended)
      finding.set(c.world, c.id, "threshold", c.alarm.threshold, static_cast<std::int64_t>(c.mended->threshold));
    return;
  }
  relate_filters(c, out.add(threshold_unreachable, c.id, place, "alarm '{}' can never fire: its {} is never {}",
                            c.name(), c.subject(), c.test()));
}

void report_comparison(const Case& c, Findings& out) {
  const bool always = c.read.diagnosis->failure == Failure::always;
  Finding& finding = out.add(operator_inverted, c.id, place_of(c.world, c.id, c.alarm.comparison),
                             "alarm '{}' {}: it wants the {} of a count to be {}", c.name(),
                             always ? "is in ALARM while nothing is read" : "can never fire", c.subject(), c.test());
  if (always) finding.effect = Effect::always;
  if (c.mended) finding.set(c.world, c.id, "comparison", c.alarm.comparison, word_of(c.mended->comparison));
  relate_filters(c, finding);
}

void report_missing_data(const Case& c, Findings& out) {
  const Span place = place_of(c.world, c.id, c.alarm.treat_missing_data);
  const bool ignores = c.read.test->rule.missing_data == chain::MissingData::ignore;
  Finding& finding =
      out.add(ignores ? missing_data_ignore : missing_data_breaching, c.id, place, "alarm '{}' {}", c.name(),
              ignores ? "never leaves ALARM after the first event: no point ever says otherwise, and "
                        "missing ones are ignored"
                      : "is in ALARM while nothing is read: missing data breaches");
  if (c.mended) finding.set(c.world, c.id, "treat_missing_data", c.alarm.treat_missing_data, "notBreaching");
  relate_filters(c, finding);
}

void report_filters(const Case& c, Fault fault, Findings& out) {
  for (std::size_t i = 0; i < c.read.filters.size(); ++i) {
    const ResourceId id = c.read.filters[i].resource;
    const stack::MetricFilter& filter = c.filter(i);
    const auto samples = chain::samples_of(c.world, filter);
    if (!samples) continue;
    if (fault == Fault::metric_value && samples->value <= 0) {
      Finding& finding = out.add(metric_value_zero, id, place_of(c.world, id, filter.metric_value),
                                 "filter '{}' adds {} for each event: its metric never reaches what alarm '{}' wants",
                                 lint::name_of(c.world, id), samples->value, c.name());
      if (c.mended) finding.set(c.world, id, "metric_value", filter.metric_value, "1");
      finding.relate(c.world.stack()[c.id].span, "alarm '{}' wants {}", c.name(), c.test());
    } else if (fault == Fault::default_value && samples->default_value.value_or(0) != 0) {
      Finding& finding = out.add(default_value_nonzero, id, place_of(c.world, id, filter.default_value),
                                 "filter '{}' adds {} for each event that it does not select: alarm '{}' counts them",
                                 lint::name_of(c.world, id), *samples->default_value, c.name());
      if (c.mended) finding.set(c.world, id, "default_value", filter.default_value, std::int64_t{0});
      finding.relate(c.world.stack()[c.id].span, "alarm '{}' wants {}", c.name(), c.test());
    }
  }
}

void report_datapoints(const Case& c, std::uint64_t periods, Findings& out) {
  const bool written = c.world.at(c.alarm.datapoints_to_alarm) != nullptr;
  Finding& finding = out.add(needs_sustained_access, c.id,
                             written ? place_of(c.world, c.id, c.alarm.datapoints_to_alarm)
                                     : place_of(c.world, c.id, c.alarm.evaluation_periods),
                             "alarm '{}' needs events in {} periods: a single one raises no alarm", c.name(), periods);
  finding.note("'DatapointsToAlarm: 1' tells of the first");
  if (mend(c, {Fault::datapoints}) || c.mended)
    finding.set(c.world, c.id, "datapoints_to_alarm", c.alarm.datapoints_to_alarm, std::int64_t{1});
  relate_filters(c, finding);
}

void report(const Case& c, Fault fault, Findings& out) {
  switch (fault) {
    case Fault::statistic:
      // A Sum would reach the threshold, but so high a one was not meant for this statistic either.
      if (c.read.diagnosis->failure == Failure::never && c.kind() != Statistic::maximum)
        return report_threshold(c, out);
      return report_statistic(c, out);
    case Fault::threshold:
      return report_threshold(c, out);
    case Fault::comparison:
      return report_comparison(c, out);
    case Fault::missing_data:
      return report_missing_data(c, out);
    case Fault::datapoints:
      return report_datapoints(c, c.read.test->rule.datapoints_to_alarm, out);
    case Fault::metric_value:
    case Fault::default_value:
      return report_filters(c, fault, out);
  }
}

/// An Average, Minimum or percentile that works as long as no filter has a default value.
void report_fragile_statistic(const Case& c, Findings& out) {
  const Statistic statistic = c.kind();
  const bool is_counter = std::all_of(c.read.filters.begin(), c.read.filters.end(), [&c](const chain::Link& link) {
    const auto samples = chain::samples_of(c.world, std::get<stack::MetricFilter>(c.world.stack()[link.resource].body));
    return samples && samples->value > 0 && samples->value == 1;
  });
  if (!is_counter || statistic == Statistic::sum || statistic == Statistic::maximum ||
      statistic == Statistic::sample_count)
    return;
  const Rule& rule = c.reading().query != nullptr ? math_wrong_stat : statistic_not_sum;
  Finding& finding =
      out.add(rule, c.id, c.statistic_place(),
              "alarm '{}' looks at the {} of a count: it fires only as long as its filter has no default value",
              c.name(), c.statistic());
  finding.lower(Severity::warning);
  finding.effect = Effect::partial;
  finding.note("'Sum' counts the events, whatever else happens");
  if (c.has_statistic() && (!c.read.is_math || c.is_only_one()))
    finding.set(c.world, c.id, "statistic", *c.reading().statistic, "Sum");
  relate_filters(c, finding);
}

/// What the filters count, the most certain of them.
Counts counted(const Case& c) {
  Counts most = Counts::something_else;
  for (const chain::Link& link : c.read.filters)
    most = std::min(
        most, what_counts(c.world, std::get<stack::MetricFilter>(c.world.stack()[link.resource].body), link.resource));
  return most;
}

/// Records of a trail are counted to hear of each. Of another log an alarm may want to know that a job no longer tells
/// of itself, or how many of its lines are errors.
bool may_be_meant(const Case& c, Counts counts) {
  const Operator comparison = c.read.test->comparison;
  if (comparison == Operator::less || comparison == Operator::less_or_equal) return counts != Counts::records;
  const Failure failure = *c.read.diagnosis->failure;
  return counts == Counts::something_else && (failure == Failure::drowned || failure == Failure::noisy);
}

void report_failure(const Case& c, Counts counts, Findings& out) {
  if (may_be_meant(c, counts)) return;
  Findings found;
  for (const Fault fault : c.read.diagnosis->faults) report(c, fault, found);
  for (Finding& finding : found.take()) {
    if (counts == Counts::something_else) finding.likely().note("the filter does not count records of a trail");
    out.add(std::move(finding));
  }
}

}  // namespace

void check_feasibility(const World& world, ResourceId subject, Findings& out) {
  const auto* const alarm = std::get_if<Alarm>(&world.stack()[subject].body);
  if (alarm == nullptr) return;
  const auto read = chain::read_alarm(world, subject);
  Case c{world, subject, *alarm, *read};
  if (!c.read.diagnosis) return;
  const Diagnosis& diagnosis = *c.read.diagnosis;
  const Counts counts = counted(c);
  if (!diagnosis.works) {
    c.mended = mend(c, diagnosis.faults);
    report_failure(c, counts, out);
    return;
  }
  // A spec asks for as many events as it wants, and so does who counts something else.
  if (!world.stack().spec_hash.empty() || counts == Counts::something_else) return;
  if (diagnosis.works->periods > 1) report_datapoints(c, diagnosis.works->periods, out);
  if (diagnosis.works->events > 1) {
    Finding& finding = out.add(threshold_too_high, subject, place_of(world, subject, alarm->threshold),
                               "alarm '{}' needs {} events within one period: fewer raise no alarm", c.name(),
                               diagnosis.works->events);
    relate_filters(c, finding);
  }
  report_fragile_statistic(c, out);
}

}  // namespace secretwatch::lint::rules
