/// The tables of "Configuring how CloudWatch alarms treat missing data" (CloudWatch user guide), cell by cell.
#include "chain/window.h"

#include <string_view>
#include <vector>

#include <gtest/gtest.h>

namespace secretwatch::chain {
namespace {

std::vector<Points> points_of(std::string_view drawing) {  // 0 good, X breaching, - missing; newest on the right
  std::vector<Points> runs;
  for (const char c : drawing)
    runs.push_back({c == '0' ? Point::good : c == 'X' ? Point::breaching : Point::missing, 1});
  return runs;
}

State state_of(std::string_view drawing, std::uint64_t n, std::uint64_t m, MissingData missing_data) {
  return evaluate({n, m, missing_data}, points_of(drawing));
}

struct Row {
  std::uint64_t datapoints_to_alarm;
  std::string_view points;
  State missing, ignore, breaching, not_breaching;
};

constexpr State ok = State::ok, alarm = State::alarm, no_data = State::insufficient_data, unchanged = State::unchanged;
constexpr Row rows[] = {
    {3, "0-X-X", ok, ok, ok, ok},
    {3, "0----", ok, ok, ok, ok},
    {3, "-----", no_data, unchanged, alarm, ok},
    {3, "0XX-X", alarm, alarm, alarm, alarm},
    {3, "--X--", alarm, unchanged, alarm, ok},
    {2, "0-X-X", alarm, alarm, alarm, alarm},
    {2, "00X0X", alarm, alarm, alarm, alarm},
    {2, "0-X--", ok, ok, alarm, ok},
    {2, "----0", ok, ok, alarm, ok},
    {2, "---X-", alarm, unchanged, alarm, ok},
};

TEST(Window, DecidesAsThePublishedTables) {
  for (const Row& row : rows) {
    const auto decide = [&row](MissingData how) { return state_of(row.points, 3, row.datapoints_to_alarm, how); };
    EXPECT_EQ(decide(MissingData::missing), row.missing) << row.points << " M=" << row.datapoints_to_alarm;
    EXPECT_EQ(decide(MissingData::ignore), row.ignore) << row.points << " M=" << row.datapoints_to_alarm;
    EXPECT_EQ(decide(MissingData::breaching), row.breaching) << row.points << " M=" << row.datapoints_to_alarm;
    EXPECT_EQ(decide(MissingData::not_breaching), row.not_breaching) << row.points << " M=" << row.datapoints_to_alarm;
  }
}

TEST(Window, WaitsWhileBreachingPointsAreTooYoung) {
  EXPECT_EQ(state_of("----X", 3, 3, MissingData::missing), State::unchanged);
  EXPECT_EQ(state_of("---X-", 3, 3, MissingData::missing), State::unchanged);
}

TEST(Window, NeedsOnlyOnePointWhenItEvaluatesOne) {
  for (const MissingData how :
       {MissingData::missing, MissingData::ignore, MissingData::breaching, MissingData::not_breaching}) {
    EXPECT_EQ(state_of("--X", 1, 1, how), State::alarm);
    EXPECT_EQ(state_of("X--", 1, 1, how), State::alarm) << "the newest point that is there decides";
    EXPECT_EQ(state_of("X-0", 1, 1, how), State::ok);
  }
}

TEST(Window, DoesNotCareHowRunsAreCut) {
  const Points whole[] = {{Point::missing, 2}, {Point::breaching, 3}, {Point::good, 0}, {Point::missing, 1}};
  EXPECT_EQ(evaluate({4, 3, MissingData::missing}, whole), evaluate({4, 3, MissingData::missing}, points_of("--XXX-")));
}

}  // namespace
}  // namespace secretwatch::chain
