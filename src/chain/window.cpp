#include "chain/window.h"

#include <algorithm>

namespace secretwatch::chain {
namespace {

struct Counts {
  std::uint64_t real = 0;
  std::uint64_t breaching = 0;
  std::uint64_t newest_breaching = 0;  // among the newest N real points
  std::uint64_t oldest_position = 0;   // of a real point; the newest slot is 1, no real point 0
};

Counts count(std::uint64_t wanted, std::span<const Points> points) {
  Counts counts;
  std::uint64_t slots = 0;
  for (std::size_t i = points.size(); i-- > 0;) {
    const Points& run = points[i];
    slots += run.count;
    if (run.point == Point::missing || run.count == 0) continue;
    const std::uint64_t still_wanted = wanted - std::min(wanted, counts.real);
    counts.real += run.count;
    counts.oldest_position = slots;
    if (run.point != Point::breaching) continue;
    counts.breaching += run.count;
    counts.newest_breaching += std::min(run.count, still_wanted);
  }
  return counts;
}

}  // namespace

std::uint64_t evaluation_range(const WindowRule& rule) {
  return rule.evaluation_periods + 2;
}

State evaluate(const WindowRule& rule, std::span<const Points> points) {
  const auto alarm_if = [](bool breaches) { return breaches ? State::alarm : State::ok; };
  const std::uint64_t wanted = rule.evaluation_periods;
  const std::uint64_t needed = rule.datapoints_to_alarm;
  const Counts counts = count(wanted, points);
  if (counts.real >= wanted) return alarm_if(counts.newest_breaching >= needed);
  if (rule.missing_data == MissingData::not_breaching) return alarm_if(counts.breaching >= needed);
  if (rule.missing_data == MissingData::breaching) return alarm_if(counts.breaching + (wanted - counts.real) >= needed);
  const State at_rest = rule.missing_data == MissingData::missing ? State::insufficient_data : State::unchanged;
  if (counts.real == 0) return at_rest;
  if (counts.breaching < counts.real) return alarm_if(counts.breaching >= needed);
  // Every point that is there breaches. Too young, the alarm waits for more of them.
  if (counts.oldest_position < needed) return State::unchanged;
  return rule.missing_data == MissingData::missing ? State::alarm : State::unchanged;
}

}  // namespace secretwatch::chain
