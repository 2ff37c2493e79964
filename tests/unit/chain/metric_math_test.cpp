#include "chain/metric_math.h"

#include <gmock/gmock.h>

namespace secretwatch::chain {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

const MathPoints points{{"a", 2}, {"b", 3}, {"none", std::nullopt}};

MathExpression::Answer answer(const std::string& text, const MathReading& reading = {}) {
  const Expected<MathExpression> expression = MathExpression::parse(text);
  EXPECT_TRUE(expression) << text;
  return expression ? expression->value(points, reading) : MathExpression::Answer{};
}

MathPoint value(const std::string& text, const MathReading& reading = {}) {
  const MathExpression::Answer found = answer(text, reading);
  EXPECT_TRUE(found.is_decided) << text;
  return found.point;
}

TEST(MetricMath, Calculates) {
  EXPECT_EQ(value("a + b * 2"), 8);
  EXPECT_EQ(value("(a+b)*2"), 10);
  EXPECT_EQ(value("2 ^ b - 1"), 7);
  EXPECT_EQ(value("-a + 10"), 8);
  EXPECT_EQ(value("10 - 3 - 2"), 5) << "from the left";
  EXPECT_EQ(value("b / a"), 1.5);
  EXPECT_EQ(value("1.5e1"), 15);
  EXPECT_EQ(value("ABS(a - b) + CEIL(b / a) + FLOOR(b / a)"), 4);
}

TEST(MetricMath, ComparesToOneAndZero) {
  EXPECT_EQ(value("a > 1"), 1);
  EXPECT_EQ(value("a >= 3 OR b == 3"), 1);
  EXPECT_EQ(value("a > 1 && b < 1"), 0);
  EXPECT_EQ(value("a != 2 || b <= 2"), 0);
  EXPECT_EQ(value("IF(a > 1, b, 0)"), 3);
  EXPECT_EQ(value("if(a > 5, b, 7)"), 7) << "functions have no case";
  EXPECT_EQ(value("IF(a > 5, b)"), std::nullopt) << "nothing to fall back on";
}

TEST(MetricMath, HasNoPointWhereAMetricHasNone) {
  EXPECT_EQ(value("none"), std::nullopt);
  EXPECT_EQ(value("a + none"), std::nullopt);
  EXPECT_EQ(value("none > 0"), std::nullopt);
  EXPECT_EQ(value("IF(none, 1, 0)"), std::nullopt);
}

TEST(MetricMath, FillsAndAggregatesInEitherReading) {
  EXPECT_EQ(value("FILL(none, 0) + a"), 2);
  EXPECT_EQ(value("FILL(none, 0) + a", {.fills_empty_metrics = false}), std::nullopt);
  EXPECT_EQ(value("FILL(a, 0)", {.fills_empty_metrics = false}), 2);
  EXPECT_EQ(value("SUM([a, b])"), 5);
  EXPECT_EQ(value("MAX([a, b]) - MIN([a, b]) + AVG([a, b])"), 3.5);
  EXPECT_EQ(value("SUM([a, none])"), 2);
  EXPECT_EQ(value("SUM([a, none])", {.lists_skip_missing = false}), std::nullopt);
  EXPECT_EQ(value("SUM([none])"), std::nullopt);
  EXPECT_EQ(value("SUM(METRICS())"), 5);
  EXPECT_EQ(value("SUM(METRICS('b'))"), 3);
  EXPECT_EQ(value("SUM([a, b] * 2)"), 10);
}

TEST(MetricMath, LeavesOpenWhatOnePeriodDoesNotDecide) {
  for (const char* const text : {"SUM(a)", "RATE(a)", "RUNNING_SUM(a)", "DIFF(a)", "FILL(a, REPEAT)", "FILL(a, LINEAR)",
                                 "SEARCH('{A,B} x', 'Sum', 300)", "a / 0", "HOUR(a) > 3", "unknown + 1",
                                 "ANOMALY_DETECTION_BAND(a, 2)", "[a, b]", "[a, b] + [a, b]", "METRICS()"})
    EXPECT_FALSE(answer(text).is_decided) << text;
}

TEST(MetricMath, NamesWhatItUses) {
  EXPECT_THAT(MathExpression::parse("a + FILL(b_2, REPEAT) * a")->names(), ElementsAre("a", "b_2"));
  EXPECT_THAT(MathExpression::parse("SUM(METRICS())")->names(), IsEmpty());
  EXPECT_TRUE(MathExpression::parse("SUM(METRICS())")->uses_all_metrics());
}

TEST(MetricMath, RefusesWhatIsNoExpression) {
  for (const std::string text : {"", "a +", "(a", "a b", "IF(a, ", "[a", "'open", "a $ b", ")"})
    EXPECT_FALSE(MathExpression::parse(text)) << text;
  EXPECT_EQ(MathExpression::parse("a + )").error().offset, 4U);
  EXPECT_FALSE(MathExpression::parse(std::string(100'000, '(')));
  EXPECT_FALSE(MathExpression::parse(std::string(3'000, '-') + "a"));
  EXPECT_FALSE(MathExpression::parse(std::string(3'000, '(')));
}

}  // namespace
}  // namespace secretwatch::chain
