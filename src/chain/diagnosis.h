#pragma once
/// Diagnosis: what is wrong with an alarm on the metric of some filters, by trying which one change would mend it.
///
///     diagnose(test, {{.value = 1, .default_value = 0}})       // Average >= 1
///       -> {Fault::statistic}, drowned: fires alone, not among 9 others
///
/// An alarm works when some filter's event takes it from rest to ALARM, and it comes back, whatever else happens in the
/// log group. It may need several events, or events in several periods; that is said, and may be meant.
#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

#include "chain/feasibility.h"

namespace secretwatch::chain {

/// What a filter publishes: for an event it selects, and for one it does not.
struct FilterSamples {
  double value = 1;
  std::optional<double> default_value{};
};

enum class Fault { missing_data, comparison, statistic, threshold, datapoints, default_value, metric_value };

/// How an alarm that does not work fails.
enum class Failure {
  never,     // no number of events raises it
  drowned,   // events raise it only while little else happens
  always,    // it rests in ALARM and has nothing to change to
  noisy,     // other events raise it
  one_shot,  // it never leaves ALARM
};

struct Need {
  std::uint64_t events = 1;   // within one period
  std::uint64_t periods = 1;  // in a row
};

struct Diagnosis {
  std::optional<Need> works;         // with so many events
  std::optional<Failure> failure;    // when it does not
  std::vector<Fault> faults;         // one, or what must change together; empty: it works, or nothing simple helps
  std::vector<Ending> among_nine{};  // one event of each filter among nine others, for the message
};

/// `filters` is not empty.
Diagnosis diagnose(const AlarmTest& test, const std::vector<FilterSamples>& filters);

/// A metric of metric math, with the filters that feed it: at least one.
struct Source {
  Statistic statistic = Statistic::sum;
  double percentile = 0;
  std::vector<FilterSamples> filters{};
};

/// What metric math makes of the statistics of all sources in a period, in their order.
using Formula = std::function<std::optional<double>(const std::vector<std::optional<double>>& values)>;

/// The same of several metrics; the test's own statistic does not count. Fault::statistic means those of all sources.
Diagnosis diagnose(const AlarmTest& test, const std::vector<Source>& sources, const Formula& formula);

}  // namespace secretwatch::chain
