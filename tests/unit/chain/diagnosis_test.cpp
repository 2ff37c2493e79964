#include "chain/diagnosis.h"

#include <gmock/gmock.h>

namespace secretwatch::chain {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

const std::vector<FilterSamples> counter{{1, {}}};
const std::vector<FilterSamples> counter_with_0{{1, 0}};

AlarmTest sum_of_one() {
  return {.statistic = Statistic::sum,
          .comparison = Operator::greater_or_equal,
          .threshold = 1,
          .rule = {1, 1, MissingData::not_breaching}};
}

template <class Change>
AlarmTest but(Change change) {
  AlarmTest test = sum_of_one();
  change(test);
  return test;
}

void expect(const AlarmTest& test, const std::vector<FilterSamples>& filters, Failure failure, Fault fault) {
  const Diagnosis d = diagnose(test, filters);
  EXPECT_FALSE(d.works);
  EXPECT_EQ(d.failure, failure);
  EXPECT_THAT(d.faults, ElementsAre(fault));
}

TEST(Diagnosis, OfASoundAlarmIsThatItWorks) {
  for (const auto& filters : {counter, counter_with_0}) {
    const Diagnosis d = diagnose(sum_of_one(), filters);
    ASSERT_TRUE(d.works);
    EXPECT_EQ(d.works->events, 1u);
    EXPECT_EQ(d.works->periods, 1u);
    EXPECT_THAT(d.faults, IsEmpty());
  }
  EXPECT_TRUE(diagnose(but([](AlarmTest& t) { t.rule.missing_data = MissingData::missing; }), counter).works);
  EXPECT_TRUE(diagnose(but([](AlarmTest& t) { t.statistic = Statistic::average; }), counter).works)
      << "without a default value an Average is as good as a Sum";
  EXPECT_TRUE(diagnose(but([](AlarmTest& t) { t.statistic = Statistic::maximum; }), counter_with_0).works);
}

TEST(Diagnosis, CountsWhatItTakes) {
  EXPECT_EQ(diagnose(but([](AlarmTest& t) { t.threshold = 5; }), counter_with_0).works->events, 5u);
  EXPECT_EQ(diagnose(but([](AlarmTest& t) { t.comparison = Operator::greater; }), counter).works->events, 2u);
  EXPECT_EQ(diagnose(but([](AlarmTest& t) {
                       t.rule = {3, 2, MissingData::not_breaching};
                     }),
                     counter)
                .works->periods,
            2u);
}

TEST(Diagnosis, NamesTheOneChangeThatMends) {
  expect(but([](AlarmTest& t) { t.statistic = Statistic::average; }), counter_with_0, Failure::drowned,
         Fault::statistic);
  expect(but([](AlarmTest& t) { t.statistic = Statistic::minimum; }), counter_with_0, Failure::drowned,
         Fault::statistic);
  expect(but([](AlarmTest& t) { t.statistic = Statistic::sample_count; }), counter_with_0, Failure::always,
         Fault::statistic);
  expect(but([](AlarmTest& t) { t.comparison = Operator::less; }), counter, Failure::never, Fault::comparison);
  expect(but([](AlarmTest& t) { t.comparison = Operator::less; }), counter_with_0, Failure::always, Fault::comparison);
  expect(but([](AlarmTest& t) { t.threshold = 0; }), counter_with_0, Failure::always, Fault::threshold);
  expect(but([](AlarmTest& t) { t.rule.missing_data = MissingData::breaching; }), counter, Failure::always,
         Fault::missing_data);
  expect(but([](AlarmTest& t) { t.rule.missing_data = MissingData::ignore; }), counter, Failure::one_shot,
         Fault::missing_data);
  expect(sum_of_one(), {{0, {}}}, Failure::never, Fault::metric_value);
  expect(sum_of_one(), {{1, 1}}, Failure::always, Fault::default_value);
  expect(sum_of_one(), {{1, 0.01}}, Failure::noisy, Fault::default_value);
}

TEST(Diagnosis, JoinsTheFiltersOfAMetric) {
  const std::vector<FilterSamples> gauge{{0, {}}, {1, {}}};  // failed sends 0, succeeded sends 1
  const AlarmTest below = but([](AlarmTest& t) {
    t.statistic = Statistic::average;
    t.comparison = Operator::less;
  });
  EXPECT_TRUE(diagnose(below, gauge).works);
  EXPECT_TRUE(diagnose(sum_of_one(), {{1, {}}, {1, {}}, {0, {}}}).works);
}

TEST(Diagnosis, NamesTwoChangesWhereOneIsNotEnough) {
  const Diagnosis d = diagnose(but([](AlarmTest& t) {
                                 t.statistic = Statistic::average;
                                 t.rule.missing_data = MissingData::ignore;
                                 t.comparison = Operator::less;
                               }),
                               counter);
  EXPECT_FALSE(d.works);
  EXPECT_THAT(d.faults, ElementsAre(Fault::missing_data, Fault::comparison));
}

}  // namespace
}  // namespace secretwatch::chain
