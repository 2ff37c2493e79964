/// The links of what we compile ourselves: every part is linked, certainly, to the part it was made for.
#include <filesystem>

#include <gmock/gmock.h>

#include "chain/alarm.h"
#include "chain/reach.h"
#include "support/spec_text.h"

namespace secretwatch::chain {
namespace {

namespace fs = std::filesystem;
using stack::ResourceId;
using ::testing::Each;
using ::testing::Field;
using ::testing::SizeIs;

std::vector<std::string> specs() {
  std::vector<std::string> paths;
  for (const auto& entry : fs::directory_iterator(testing::in_project("examples")))
    if (entry.is_directory()) paths.push_back(entry.path().string() + "/secretwatch.yaml");
  for (const auto& entry : fs::directory_iterator(testing::in_project("tests/conformance/specs")))
    paths.push_back(entry.path().string());
  std::sort(paths.begin(), paths.end());
  return paths;
}

const auto certain = Each(Field(&Link::match, Match::yes));

TEST(Links, OfPlannedStacksAreCertainAndWhole) {
  for (const std::string& path : specs()) {
    SCOPED_TRACE(path);
    const testing::Compiled compiled = testing::compile_text(testing::read_text(path));
    ASSERT_TRUE(compiled.plan);
    const stack::Stack& stack = compiled.plan->stack;
    const World world(stack);
    std::size_t trails = 0;
    stack.each<stack::Trail>([&](const auto&, const auto&) { ++trails; });
    for (std::size_t i = 0; i < stack.resources().size(); ++i) {
      if (!std::holds_alternative<stack::MetricFilter>(stack.resources()[i].body)) continue;
      SCOPED_TRACE(stack.resources()[i].label);
      const auto filter = static_cast<stack::ResourceId>(i);
      EXPECT_THAT(trails_of(world, filter), ::testing::AllOf(SizeIs(trails), certain));
      EXPECT_THAT(alarms_of(world, filter), ::testing::AllOf(SizeIs(1), certain));
    }
    stack.each<stack::Alarm>([&](const stack::Resource& resource, const stack::Alarm& alarm) {
      SCOPED_TRACE(resource.label);
      const std::vector<Reading> readings = readings_of(world, alarm);
      ASSERT_THAT(readings, SizeIs(1));
      EXPECT_THAT(filters_of(world, readings[0]), ::testing::AllOf(::testing::Not(::testing::IsEmpty()), certain));
      for (const stack::TextValue& action : alarm.alarm_actions) {
        for (const Link& topic : topics_of(world, action)) {
          EXPECT_EQ(topic.match, Match::yes);
          EXPECT_THAT(policies_of(world, topic.resource), ::testing::AllOf(SizeIs(1), certain));
          EXPECT_THAT(subscriptions_of(world, topic.resource),
                      ::testing::AllOf(::testing::Not(::testing::IsEmpty()), certain));
        }
      }
    });
    stack.each<stack::Trail>([&](const stack::Resource& resource, const stack::Trail& trail) {
      EXPECT_THAT(log_groups_of(world, *log_group_of(world, trail), resource.scope),
                  ::testing::AllOf(SizeIs(1), certain));
      EXPECT_THAT(roles_of(world, world.text(*trail.log_role)), ::testing::AllOf(SizeIs(1), certain));
    });
  }
}

TEST(Messages, OfPlannedStacksReachTheirTopics) {
  for (const std::string& path : specs()) {
    SCOPED_TRACE(path);
    const testing::Compiled compiled = testing::compile_text(testing::read_text(path));
    ASSERT_TRUE(compiled.plan);
    const stack::Stack& stack = compiled.plan->stack;
    const World world(stack);
    for (std::size_t i = 0; i < stack.resources().size(); ++i) {
      const auto id = static_cast<ResourceId>(i);
      std::vector<stack::TextValue> targets;
      std::optional<Sender> sender;
      if (const auto* const alarm = std::get_if<stack::Alarm>(&stack[id].body)) {
        targets = alarm->alarm_actions;
        sender = alarm_sender(world, id);
      } else if (const auto* const trail = std::get_if<stack::Trail>(&stack[id].body); trail && trail->topic) {
        targets = {*trail->topic};
        sender = trail_sender(world, id);
      }
      for (const stack::TextValue& target : targets)
        for (const Link& topic : topics_of(world, target)) {
          EXPECT_EQ(may_publish(world, topic.resource, *sender).access.verdict, Access::Verdict::allowed);
          const auto verdict = may_encrypt(world, topic.resource, *sender).verdict;
          EXPECT_NE(verdict, Access::Verdict::denied);
        }
    }
  }
}

TEST(Alarms, OfPlannedStacksWork) {
  for (const std::string& path : specs()) {
    SCOPED_TRACE(path);
    const testing::Compiled compiled = testing::compile_text(testing::read_text(path));
    ASSERT_TRUE(compiled.plan);
    const World world(compiled.plan->stack);
    for (std::size_t i = 0; i < world.stack().resources().size(); ++i) {
      const auto id = static_cast<ResourceId>(i);
      const auto* const alarm = std::get_if<stack::Alarm>(&world.stack()[id].body);
      if (alarm == nullptr) continue;
      const auto read = read_alarm(world, id);
      ASSERT_TRUE(read->diagnosis);
      ASSERT_TRUE(read->diagnosis->works) << world.stack()[id].label;
      EXPECT_EQ(static_cast<double>(read->diagnosis->works->events), *alarm->threshold->get());
      EXPECT_EQ(static_cast<std::int64_t>(read->diagnosis->works->periods), *alarm->datapoints_to_alarm->get());
    }
  }
}

TEST(LogGroups, AreNamedByNameOrArn) {
  EXPECT_EQ(log_group_name("my-group"), stack::Text("my-group"));
  EXPECT_EQ(log_group_name("arn:aws:logs:us-east-1:123456789012:log-group:my-group:*"), stack::Text("my-group"));
  EXPECT_EQ(log_group_name("arn:aws:logs:us-east-1:123456789012:log-group:my-group"), stack::Text("my-group"));
  const stack::Ref group{ResourceId{3}, stack::Attribute::arn, {}};
  EXPECT_EQ(log_group_name({group, ":*"}), (stack::Text{stack::Ref{ResourceId{3}, stack::Attribute::name, {}}}));
}

TEST(Names, OfTwoUnnamedResourcesDiffer) {
  const stack::Text a{stack::Ref{ResourceId{1}, stack::Attribute::arn, {}}};
  const stack::Text b{stack::Ref{ResourceId{2}, stack::Attribute::arn, {}}};
  EXPECT_EQ(is_same(a, a), Match::yes);
  EXPECT_EQ(is_same(a, b), Match::no);
  EXPECT_EQ(is_same(a, "arn:aws:sns:us-east-1:123456789012:x"), Match::maybe);
}

TEST(Names, AreNoArns) {
  const stack::Text arn{stack::Ref{ResourceId{1}, stack::Attribute::arn, {}}};
  const stack::Text name{stack::Ref{ResourceId{2}, stack::Attribute::name, {}}};
  EXPECT_EQ(is_same(arn, name), Match::no);
  EXPECT_EQ(is_same(name, "arn:aws:sns:us-east-1:123456789012:x"), Match::no);
  EXPECT_EQ(is_same(name, "x"), Match::maybe);
  const stack::Text other{stack::Ref{ResourceId{2}, stack::Attribute::other, "Outputs.Topic"}};
  EXPECT_EQ(is_same(arn, other), Match::maybe) << "an output may be anything";
}

}  // namespace
}  // namespace secretwatch::chain
