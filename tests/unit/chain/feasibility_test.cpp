#include "chain/feasibility.h"

#include <gtest/gtest.h>

namespace secretwatch::chain {
namespace {

const Traffic without_default{{1}, {}};
const Traffic with_default_0{{1}, {0}};

AlarmTest on(Statistic statistic, Operator comparison = Operator::greater_or_equal, double threshold = 1) {
  return {.statistic = statistic,
          .comparison = comparison,
          .threshold = threshold,
          .rule = {1, 1, MissingData::not_breaching}};
}

TEST(Sum, FiresForOneEventAmongAnyNumberOfOthers) {
  for (const Traffic& traffic : {without_default, with_default_0})
    for (const std::uint64_t others : {0u, 1u, 9u, 1'000'000u}) {
      const Ending ending = play(on(Statistic::sum), traffic, {1, others, 1});
      EXPECT_TRUE(ending.fires);
      EXPECT_TRUE(ending.recovers);
      EXPECT_EQ(ending.idle, State::ok);
      EXPECT_EQ(ending.value, 1);
    }
}

TEST(Average, DrownsInTheDefaultValueOfOtherEvents) {
  const Ending ending = play(on(Statistic::average), with_default_0, {1, 9, 1});
  EXPECT_EQ(ending.value, 0.1) << "one read among ten events";
  EXPECT_FALSE(ending.fires);
  EXPECT_EQ(fewest(on(Statistic::average), with_default_0, 0), 1u) << "alone it fires";
  EXPECT_EQ(fewest(on(Statistic::average), with_default_0, 1), std::nullopt) << "every event would have to be a read";
  EXPECT_EQ(fewest(on(Statistic::average, Operator::greater_or_equal, 0.5), with_default_0, 9), 9u);
  EXPECT_EQ(fewest(on(Statistic::average), without_default, 9), 1u) << "without a default others publish nothing";
}

TEST(AverageMaximumAndMinimum, NeverExceedTheLargestSample) {
  for (const Statistic statistic : {Statistic::average, Statistic::maximum, Statistic::minimum}) {
    EXPECT_EQ(fewest(on(statistic, Operator::greater_or_equal, 12), without_default, 0), std::nullopt);
    EXPECT_EQ(fewest(on(statistic, Operator::greater), without_default, 0), std::nullopt);
  }
  EXPECT_EQ(fewest(on(Statistic::sum, Operator::greater_or_equal, 12), without_default, 0), 12u);
  EXPECT_EQ(fewest(on(Statistic::sum, Operator::greater), without_default, 0), 2u);
  EXPECT_EQ(fewest(on(Statistic::maximum), with_default_0, 1'000), 1u) << "Maximum does not mind zeros";
  EXPECT_EQ(fewest(on(Statistic::minimum), with_default_0, 1), std::nullopt);
}

TEST(SampleCount, CountsTrafficOnceThereIsADefault) {
  EXPECT_EQ(fewest(on(Statistic::sample_count), without_default, 5), 1u);
  EXPECT_EQ(play(on(Statistic::sample_count), with_default_0, {1, 5, 1}).idle, State::alarm);
}

TEST(Percentile, TakesASampleThatIsThere) {
  AlarmTest p99 = on(Statistic::percentile);
  p99.percentile = 99;
  EXPECT_EQ(fewest(p99, without_default, 0), 1u);
  EXPECT_EQ(fewest(p99, with_default_0, 9), 1u) << "one of ten is above the 99th percentile's place";
  EXPECT_EQ(fewest(p99, with_default_0, 9'900), 101u);
}

TEST(AnAlarm, ThatRestsInAlarmNeverFires) {
  EXPECT_EQ(play(on(Statistic::sum, Operator::greater_or_equal, 0), with_default_0, {1, 9, 1}).idle, State::alarm);
  EXPECT_FALSE(play(on(Statistic::sum, Operator::greater_or_equal, 0), with_default_0, {1, 9, 1}).fires);
  EXPECT_TRUE(play(on(Statistic::sum, Operator::greater_or_equal, 0), without_default, {1, 9, 1}).fires)
      << "without points there is nothing to breach";
  AlarmTest breaching = on(Statistic::sum);
  breaching.rule.missing_data = MissingData::breaching;
  EXPECT_EQ(play(breaching, without_default, {}).idle, State::alarm);
  EXPECT_FALSE(play(breaching, without_default, {}).fires);
  EXPECT_EQ(play(breaching, with_default_0, {1, 9, 1}).idle, State::ok) << "the trail is never quiet";
}

TEST(AnInvertedOperator, TellsOnlyThatNothingWasRead) {
  const AlarmTest less = on(Statistic::sum, Operator::less);
  EXPECT_EQ(play(less, with_default_0, {1, 9, 1}).idle, State::alarm);
  EXPECT_EQ(fewest(less, with_default_0, 9), std::nullopt);
  EXPECT_EQ(fewest(less, without_default, 0), std::nullopt);
}

TEST(AGaugeOfTwoFilters, MayUseAverageAndLessThan) {
  const Traffic gauge{.watched = {0}, .other = {1}};  // the bad news publishes 0, the good news 1
  const AlarmTest below = on(Statistic::average, Operator::less);
  EXPECT_EQ(play(below, gauge, {1, 9, 1}).idle, State::ok);
  EXPECT_TRUE(play(below, gauge, {1, 9, 1}).fires);
}

TEST(IgnoredMissingData, LeavesTheAlarmOnForGood) {
  AlarmTest ignore = on(Statistic::sum);
  ignore.rule.missing_data = MissingData::ignore;
  EXPECT_TRUE(play(ignore, without_default, {}).fires);
  EXPECT_FALSE(play(ignore, without_default, {}).recovers) << "no point that would say otherwise ever comes";
  EXPECT_TRUE(play(ignore, with_default_0, {1, 9, 1}).recovers);
}

TEST(SeveralPeriods, NeedEventsInSeveralOfThem) {
  AlarmTest two_of_three = on(Statistic::sum);
  two_of_three.rule = {3, 2, MissingData::not_breaching};
  EXPECT_EQ(fewest(two_of_three, without_default, 0), std::nullopt) << "one burst fills one period";
  EXPECT_EQ(fewest_periods(two_of_three, without_default, 0), 2u);
  two_of_three.rule.missing_data = MissingData::missing;
  EXPECT_EQ(fewest(two_of_three, without_default, 0), 1u) << "a lone breaching point, once old enough, is an alarm";
  EXPECT_EQ(fewest(two_of_three, with_default_0, 9), std::nullopt);
}

TEST(Names, AreThoseOfTheApi) {
  EXPECT_EQ(read_statistic("Sum"), Statistic::sum);
  EXPECT_EQ(read_statistic("p99.9"), Statistic::percentile);
  for (const char* wrong : {"sum", "", "p", "p101", "pxx", "tm90", "p99x"})
    EXPECT_EQ(read_statistic(wrong), std::nullopt) << wrong;
  EXPECT_EQ(read_comparison_operator("LessThanOrEqualToThreshold"), Operator::less_or_equal);
  EXPECT_EQ(read_comparison_operator(">="), std::nullopt);
  EXPECT_EQ(read_missing_data("notBreaching"), MissingData::not_breaching);
  EXPECT_EQ(read_missing_data("notbreaching"), std::nullopt);
}

}  // namespace
}  // namespace secretwatch::chain
