#include "chain/world.h"

#include <set>
#include <thread>

#include <gmock/gmock.h>

namespace secretwatch::chain {
namespace {

using stack::Absent;
using stack::Attribute;
using stack::Choice;
using stack::Condition;
using stack::ConditionId;
using stack::Pseudo;
using stack::Ref;
using stack::ResourceId;
using stack::Stack;
using stack::Text;
using stack::Topic;
using stack::Unknown;
using stack::Value;
using ::testing::ElementsAre;

ConditionId equation(Stack& stack, stack::ParameterId parameter, const char* value) {
  return stack.add(Condition{.name = value, .test = Condition::Test::equals, .texts = {Text{parameter}, value}});
}

Value<Text> choose(ConditionId condition, Value<Text> then, Value<Text> otherwise) {
  return Choice<Text>{condition, {std::move(then), std::move(otherwise)}};
}

template <class Kind>
ResourceId add(Stack& stack, const char* label, stack::OptionalText name) {
  Kind kind;
  kind.name = std::move(name);
  return stack.add({.label = label, .body = std::move(kind)});
}

TEST(Worlds, AreSplitOnlyByWhatIsAsked) {
  Stack stack;
  const auto stage = stack.add(stack::Parameter{.name = "Stage"});
  const ConditionId prod = equation(stack, stage, "prod");
  equation(stack, stage, "dev");
  const Value<Text> statistic = choose(prod, Text("Sum"), Text("Average"));
  std::vector<std::string> seen;
  EXPECT_TRUE(for_each_world(stack, [&](const World& world) { seen.push_back(*world.literal(statistic)); }));
  EXPECT_THAT(seen, ElementsAre("Sum", "Average"));
  int visits = 0;
  EXPECT_TRUE(for_each_world(stack, [&](const World&) { ++visits; }));
  EXPECT_EQ(visits, 1) << "nothing was asked";
}

TEST(Worlds, DoNotContradictThemselves) {
  Stack stack;
  const auto stage = stack.add(stack::Parameter{.name = "Stage"});
  const ConditionId prod = equation(stack, stage, "prod");
  const ConditionId dev = equation(stack, stage, "dev");
  const ConditionId also_prod = equation(stack, stage, "prod");
  const ConditionId not_prod =
      stack.add(Condition{.name = "NotProd", .test = Condition::Test::negation, .terms = {prod}});
  std::set<std::string> seen;
  EXPECT_TRUE(for_each_world(stack, [&](const World& world) {
    std::string answers;
    for (const ConditionId id : {prod, dev, also_prod, not_prod}) answers += world.holds(id) ? '1' : '0';
    seen.insert(answers);
  }));
  EXPECT_THAT(seen, ElementsAre("0001", "0101", "1010"));
}

TEST(Worlds, AreNoMoreThanTheLimit) {
  Stack stack;
  std::vector<ConditionId> all;
  for (int i = 0; i < 40; ++i) all.push_back(stack.add(Condition{.name = "C", .reason = "a macro"}));
  std::size_t visits = 0;
  EXPECT_FALSE(for_each_world(stack, [&](const World& world) {
    ++visits;
    for (const ConditionId id : all) world.holds(id);
  }));
  EXPECT_EQ(visits, most_worlds);
}

TEST(Worlds, LeaveOutWhatABranchLeavesOut) {
  Stack stack;
  const ConditionId open = stack.add(Condition{.name = "C"});
  const stack::OptionalText description = choose(open, Value<Text>(Absent{}), Text("x"));
  std::vector<bool> written;
  for_each_world(stack, [&](const World& world) { written.push_back(world.at(description) != nullptr); });
  EXPECT_THAT(written, ElementsAre(false, true));
}

struct Name {
  std::string text;
};

TEST(Facts, AreWorkedOutOnceForAllWorldsWhereTheyRestOnNoCondition) {
  Stack stack;
  const ConditionId open = stack.add(Condition{.name = "C"});
  const ResourceId topic = add<Topic>(stack, "t", Text("alerts"));
  int times = 0;
  Tables shared;
  const auto visit = [&](const World& world) {
    world.holds(open);
    for (int i = 0; i < 2; ++i)
      EXPECT_EQ(world.fact<Name>(topic, [&] { return Name{std::to_string(++times)}; })->text, "1");
  };
  for_each_world(stack, visit, {}, &shared);
  EXPECT_EQ(times, 1);
}

TEST(Facts, AreWorkedOutOnceInEachWorldWhereTheyRestOnACondition) {
  Stack stack;
  const ConditionId open = stack.add(Condition{.name = "C"});
  const ResourceId topic = add<Topic>(stack, "t", Text("alerts"));
  const ResourceId other = add<Topic>(stack, "u", Text("others"));
  int times = 0;
  std::vector<std::string> seen;
  Tables shared;
  const auto visit = [&](const World& world) {
    const auto name_of = [&](ResourceId id) {
      const auto find = [&] {
        ++times;
        return Name{(world.holds(open) ? "yes" : "no") + std::to_string(static_cast<int>(id))};
      };
      return world.fact<Name>(id, find)->text;
    };
    const std::size_t before = world.asked();
    seen.push_back(name_of(topic));
    const std::size_t after = world.asked();
    EXPECT_EQ(name_of(topic), seen.back());
    EXPECT_GT(after, before);
    EXPECT_GT(world.asked(), after) << "who uses it rests on the condition as well";
    EXPECT_NE(name_of(other), seen.back());
  };
  for_each_world(stack, visit, {}, &shared);
  EXPECT_THAT(seen, ElementsAre("yes0", "no0"));
  EXPECT_EQ(times, 4) << "two of them in two worlds";
}

struct CommonName {
  static constexpr bool is_for_all_threads = true;
  std::string text;
};

TEST(Facts, ForAllThreadsAreTheSameForEach) {
  Stack stack;
  std::vector<ResourceId> topics;
  for (int i = 0; i < 200; ++i) topics.push_back(add<Topic>(stack, ("t" + std::to_string(i)).c_str(), Text("alerts")));
  CommonTables common;
  std::vector<std::vector<std::shared_ptr<const CommonName>>> found(4);
  std::vector<std::thread> threads;
  for (auto& of_one : found)
    threads.emplace_back([&stack, &topics, &common, &of_one] {
      Tables shared(&common);
      const World world(stack, {}, &shared);
      for (const ResourceId id : topics)
        of_one.push_back(world.fact<CommonName>(id, [&] { return CommonName{stack[id].label}; }));
    });
  for (std::thread& thread : threads) thread.join();
  for (const auto& of_one : found)
    for (std::size_t i = 0; i < topics.size(); ++i) EXPECT_EQ(of_one[i]->text, stack[topics[i]].label);
  Tables shared(&common);
  const World later(stack, {}, &shared);
  for (const ResourceId id : topics)
    EXPECT_NE(later.fact<CommonName>(id, [] { return CommonName{"again"}; })->text, "again") << "it is known by now";
}

TEST(Facts, ForAllThreadsThatRestOnAConditionAreOfOneWorld) {
  Stack stack;
  const ConditionId open = stack.add(Condition{.name = "C"});
  const ResourceId topic = add<Topic>(stack, "t", Text("alerts"));
  CommonTables common;
  Tables shared(&common);
  std::vector<std::string> seen;
  const auto visit = [&](const World& world) {
    seen.push_back(world.fact<CommonName>(topic, [&] { return CommonName{world.holds(open) ? "yes" : "no"}; })->text);
  };
  for_each_world(stack, visit, {}, &shared);
  EXPECT_THAT(seen, ElementsAre("yes", "no"));
}

TEST(Identity, IsWrittenOutWhereTheNameIsKnown) {
  Stack stack;
  const ResourceId topic = add<Topic>(stack, "t", Text("alerts"));
  const World world(stack);
  const Text arn = {"arn:", Pseudo::partition, ":sns:", Pseudo::region, ":", Pseudo::account, ":alerts"};
  EXPECT_EQ(world.text(Ref{topic, Attribute::arn, {}}), arn);
  EXPECT_EQ(world.text(Ref{topic, Attribute::id, {}}), arn) << "the id of a topic is its ARN";
  EXPECT_EQ(world.text(Ref{topic, Attribute::name, {}}), Text("alerts"));
}

TEST(Identity, StaysAReferenceWhereTheNameIsNotKnown) {
  Stack stack;
  const ResourceId topic = add<Topic>(stack, "t", {});
  const ResourceId other = add<Topic>(stack, "u", Value<Text>(Unknown{"a parameter"}));
  const World world(stack);
  EXPECT_EQ(world.text(Ref{topic, Attribute::id, {}}), (Text{Ref{topic, Attribute::arn, {}}}));
  EXPECT_EQ(world.text(Ref{other, Attribute::name, {}}), (Text{Ref{other, Attribute::name, {}}}));
}

TEST(Identity, OfNamesThatNameEachOtherEnds) {
  Stack stack;
  const ResourceId a = add<stack::LogGroup>(stack, "a", {});
  const ResourceId b = add<stack::LogGroup>(stack, "b", Value<Text>(Ref{a, Attribute::name, {}}));
  std::get<stack::LogGroup>(stack[a].body).name = stack::TextValue(Text{"x", Ref{b, Attribute::name, {}}});
  const World world(stack);
  EXPECT_FALSE(world.text(Ref{a, Attribute::arn, {}}).literal());
}

}  // namespace
}  // namespace secretwatch::chain
