/// The alarm's play against a slow reading: every point is drawn, every evaluation done on a text, sums sample by
/// sample.
#include <algorithm>
#include <cstdint>
#include <random>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "chain/feasibility.h"

namespace secretwatch::chain {
namespace {

/// "ALARM", "OK", "INSUFFICIENT_DATA", or the state before. Points as in the tables of the user guide.
std::string slow_state(const std::string& range, std::size_t n, std::size_t m, MissingData how,
                       const std::string& before) {
  std::string real;
  for (const char c : range)
    if (c != '-') real += c;
  const auto alarm_if_enough = [m](const std::string& points) {
    return static_cast<std::size_t>(std::count(points.begin(), points.end(), 'X')) >= m ? "ALARM" : "OK";
  };
  if (real.size() >= n) return alarm_if_enough(real.substr(real.size() - n));
  if (how == MissingData::breaching) return alarm_if_enough(real + std::string(n - real.size(), 'X'));
  if (how == MissingData::not_breaching) return alarm_if_enough(real + std::string(n - real.size(), '0'));
  if (real.empty()) return how == MissingData::missing ? "INSUFFICIENT_DATA" : before;
  if (real.find('0') != std::string::npos) return alarm_if_enough(real);
  const std::size_t slots_since_oldest = range.size() - range.find('X');
  return slots_since_oldest >= m && how == MissingData::missing ? "ALARM" : before;
}

char slow_point(const AlarmTest& test, std::vector<double> samples) {
  if (samples.empty()) return '-';
  std::sort(samples.begin(), samples.end());
  double sum = 0;
  for (const double sample : samples) sum += sample;
  const double size = static_cast<double>(samples.size());
  double value = 0;
  if (test.statistic == Statistic::sum) value = sum;
  if (test.statistic == Statistic::average) value = sum / size;
  if (test.statistic == Statistic::minimum) value = samples.front();
  if (test.statistic == Statistic::maximum) value = samples.back();
  if (test.statistic == Statistic::sample_count) value = size;
  const bool breaching = test.comparison == Operator::greater_or_equal ? value >= test.threshold
                         : test.comparison == Operator::greater        ? value > test.threshold
                         : test.comparison == Operator::less           ? value < test.threshold
                                                                       : value <= test.threshold;
  return breaching ? 'X' : '0';
}

struct SlowEnding {
  std::string idle;
  bool fires = false;
  bool recovers = true;
};

SlowEnding slow_play(const AlarmTest& test, const Traffic& traffic, const Story& story) {
  std::vector<double> idle_samples;
  for (std::uint64_t i = 0; i < story.others; ++i)
    idle_samples.insert(idle_samples.end(), traffic.other.begin(), traffic.other.end());
  std::vector<double> event_samples = idle_samples;
  for (std::uint64_t i = 0; i < story.watched; ++i)
    event_samples.insert(event_samples.end(), traffic.watched.begin(), traffic.watched.end());
  const std::size_t range = test.rule.evaluation_periods + 2;
  const std::string quiet(range, slow_point(test, idle_samples));
  const std::string line = quiet + std::string(story.periods, slow_point(test, event_samples)) + quiet;
  SlowEnding ending;
  std::string state = "INSUFFICIENT_DATA";
  for (std::size_t end = range; end <= line.size(); ++end) {
    const std::string next = slow_state(line.substr(end - range, range), test.rule.evaluation_periods,
                                        test.rule.datapoints_to_alarm, test.rule.missing_data, state);
    if (end == range) ending.idle = next;
    if (end > range && next == "ALARM" && state != "ALARM") ending.fires = ending.idle != "ALARM";
    state = next;
  }
  ending.recovers = state != "ALARM";
  return ending;
}

std::string name_of(State state) {
  return state == State::ok ? "OK" : state == State::alarm ? "ALARM" : "INSUFFICIENT_DATA";
}

TEST(Play, EndsAsTheSlowReadingSays) {
  std::mt19937 random(20261121);
  const auto pick = [&random](auto... choices) {
    const std::common_type_t<decltype(choices)...> all[] = {choices...};
    return all[random() % sizeof...(choices)];
  };
  for (int i = 0; i < 200'000; ++i) {
    AlarmTest test;
    test.statistic =
        pick(Statistic::sum, Statistic::average, Statistic::minimum, Statistic::maximum, Statistic::sample_count);
    test.comparison = pick(Operator::greater_or_equal, Operator::greater, Operator::less, Operator::less_or_equal);
    test.threshold = pick(-1.0, 0.0, 0.5, 1.0, 2.0, 5.0);
    test.rule.evaluation_periods = 1 + random() % 5;
    test.rule.datapoints_to_alarm = 1 + random() % test.rule.evaluation_periods;
    test.rule.missing_data =
        pick(MissingData::missing, MissingData::ignore, MissingData::breaching, MissingData::not_breaching);
    Traffic traffic;
    for (auto n = random() % 3; n > 0; --n) traffic.watched.push_back(pick(-1.0, 0.0, 1.0, 4.0));
    for (auto n = random() % 2; n > 0; --n) traffic.other.push_back(pick(0.0, 0.0, 1.0, 0.25));
    const Story story{random() % 4, random() % 4, 1 + random() % 4};
    const Ending fast = play(test, traffic, story);
    const SlowEnding slow = slow_play(test, traffic, story);
    ASSERT_EQ(name_of(fast.idle), slow.idle) << i;
    ASSERT_EQ(fast.fires, slow.fires) << i;
    ASSERT_EQ(fast.recovers, slow.recovers) << i;
    if (i % 20 != 0) continue;
    std::uint64_t smallest = 0;
    for (std::uint64_t k = 1; k <= 24 && smallest == 0; ++k)
      if (slow_play(test, traffic, {k, story.others, 1}).fires) smallest = k;
    const bool is_monotone =
        std::all_of(traffic.watched.begin(), traffic.watched.end(), [](double v) { return v >= 0; }) &&
        (test.comparison == Operator::greater_or_equal || test.comparison == Operator::greater);
    if (!is_monotone) continue;
    const std::uint64_t found = fewest(test, traffic, story.others).value_or(25);
    if (smallest != 0) {
      ASSERT_EQ(found, smallest) << i;
    } else {
      ASSERT_GT(found, 24u) << i;
    }
  }
}

}  // namespace
}  // namespace secretwatch::chain
