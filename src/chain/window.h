#pragma once
/// Window: what CloudWatch makes of the newest data points of an alarm, those that are missing included.
///
///     const WindowRule rule{.evaluation_periods = 3, .datapoints_to_alarm = 2};      // 2 of 3
///     const Points points[] = {{Point::good, 2}, {Point::breaching, 1}, {Point::good, 1}, {Point::breaching, 1}};
///     evaluate(rule, points);                                                        // State::alarm
///
/// Oldest first. Sources: CloudWatch user guide, "Configuring how CloudWatch alarms treat missing data", whose tables
/// the tests hold; how far back CloudWatch looks is not published, evaluation_range() is what was observed.
#include <cstdint>
#include <span>

namespace secretwatch::chain {

enum class MissingData { missing, not_breaching, breaching, ignore };

enum class Point : std::uint8_t { missing, good, breaching };

/// So many equal points in a row.
struct Points {
  Point point = Point::missing;
  std::uint64_t count = 1;
};

/// N, M and TreatMissingData; 1 <= M <= N <= 100,000.
struct WindowRule {
  std::uint64_t evaluation_periods = 1;
  std::uint64_t datapoints_to_alarm = 1;
  MissingData missing_data = MissingData::missing;
};

/// `unchanged`: CloudWatch keeps the state that the alarm is in.
enum class State { ok, alarm, insufficient_data, unchanged };

/// How many periods CloudWatch looks at: more than it evaluates, so that late points still count.
std::uint64_t evaluation_range(const WindowRule& rule);

/// The state that the points of one evaluation range lead to.
State evaluate(const WindowRule& rule, std::span<const Points> points);

}  // namespace secretwatch::chain
