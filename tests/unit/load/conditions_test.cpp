#include <gmock/gmock.h>

#include "support/loaded.h"

namespace secretwatch::load {
namespace {

using stack::Condition;
using testing::load_template;
using testing::Loaded;

/// A topic under the condition Tested.
Loaded under(const std::string& conditions, const TemplateOptions& options = {}) {
  return load_template(
      "AWSTemplateFormatVersion: 2010-09-09\n"
      "Parameters:\n"
      "  Env: {Type: String, Default: prod}\n"
      "  Asked: {Type: String, AllowedValues: [a, b]}\n"
      "  Free: {Type: String}\n"
      "  Hook: {Type: String, NoEcho: true, Default: ''}\n"
      "Conditions:\n" +
          conditions +
          "Resources:\n"
          "  Topic: {Type: AWS::SNS::Topic, Condition: Tested}\n"
          "  Policy: {Type: AWS::SNS::TopicPolicy, Properties: {Topics: [!Ref Topic]}}\n",
      options);
}

enum class Is { there, absent, open };

Is state_of(const Loaded& loaded) {
  for (const stack::Resource& resource : loaded.stack->resources())
    if (resource.address == "Topic") return resource.presence ? Is::open : Is::there;
  return Is::absent;
}

Is decided(const std::string& expression, const TemplateOptions& options = {}) {
  return state_of(under("  Tested: " + expression + "\n", options));
}

TEST(Conditions, AreDecidedByDefaultsAndGivenValues) {
  EXPECT_EQ(decided("!Equals [!Ref Env, prod]"), Is::there);
  EXPECT_EQ(decided("!Equals [!Ref Env, test]"), Is::absent);
  EXPECT_EQ(decided("!Equals [!Ref Env, test]", {.parameters = {{"Env", "test"}}}), Is::there);
  EXPECT_EQ(decided("!Not [!Equals [!Ref Env, test]]"), Is::there);
  EXPECT_EQ(decided("{'Fn::Not': [{'Fn::Equals': [{Ref: Env}, prod]}]}"), Is::absent);
  EXPECT_EQ(decided("!Equals [!Sub '${Env}-x', prod-x]"), Is::there);
  EXPECT_EQ(decided("!Equals [!Ref AWS::Region, us-east-1]"), Is::open);
  EXPECT_EQ(decided("!Equals [!Ref AWS::Region, us-east-1]", {.region = "us-east-1"}), Is::there);
}

TEST(Conditions, AreDecidedByWhatAParameterMayBe) {
  EXPECT_EQ(decided("!Equals [!Ref Asked, c]"), Is::absent);
  EXPECT_EQ(decided("!Equals [!Ref Asked, a]"), Is::open);
  EXPECT_EQ(decided("!Equals [!Ref Free, c]"), Is::open);
  EXPECT_EQ(decided("!Equals [!Sub 'x${Free}', yz]"), Is::absent) << "it begins differently";
  EXPECT_EQ(decided("!Equals [!Ref Free, !Ref Free]"), Is::there);
}

TEST(Conditions, NeedNotAllBeKnown) {
  const std::string open = "!Equals [!Ref Free, x]";
  const std::string yes = "!Equals [a, a]";
  const std::string no = "!Equals [a, b]";
  EXPECT_EQ(decided("!And [" + open + ", " + no + "]"), Is::absent);
  EXPECT_EQ(decided("!And [" + open + ", " + yes + "]"), Is::open);
  EXPECT_EQ(decided("!Or [" + open + ", " + yes + "]"), Is::there);
  EXPECT_EQ(decided("!Or [" + open + ", " + no + "]"), Is::open);
  EXPECT_EQ(decided("!And [" + yes + ", " + yes + "]"), Is::there);
  EXPECT_EQ(decided("!Or [" + no + ", " + no + "]"), Is::absent);
}

TEST(Conditions, AreKeptInTheirStructure) {
  const Loaded loaded = under(
      "  A: !Equals [!Ref Free, x]\n"
      "  B: {'Fn::Equals': [!Ref AWS::Region, y]}\n"
      "  Tested: !And [{Condition: A}, !Not [!Condition B]]\n");
  const stack::Resource& topic = loaded["Topic"];
  const Condition& tested = (*loaded.stack)[*topic.presence];
  EXPECT_EQ(tested.name, "Tested");
  EXPECT_EQ(tested.test, Condition::Test::all_of);
  ASSERT_EQ(tested.terms.size(), 2U);
  const Condition& first = (*loaded.stack)[tested.terms[0]];
  EXPECT_EQ(first.name, "A");
  EXPECT_EQ(first.test, Condition::Test::equals);
  EXPECT_EQ(first.texts[1].literal(), "x");
  const Condition& second = (*loaded.stack)[tested.terms[1]];
  EXPECT_EQ(second.test, Condition::Test::negation);
  EXPECT_EQ((*loaded.stack)[second.terms[0]].name, "B");
}

TEST(Conditions, OfAResourceHoldForWhatIsInIt) {
  const Loaded loaded = load_template(
      "Parameters: {P: {Type: String}}\n"
      "Conditions: {C: !Equals [!Ref P, x], D: !Not [!Condition C], E: !And [!Condition C, !Equals [!Ref P, z]]}\n"
      "Resources:\n"
      "  T: {Type: AWS::SNS::Topic, Condition: C, Properties: {DisplayName: !If [C, a, b], TopicName: !If [D, c, d]}}\n"
      "  U: {Type: AWS::SNS::Topic, Condition: E, Properties: {DisplayName: !If [C, a, b]}}\n");
  EXPECT_EQ(stack::literal_of(*loaded.get<stack::Topic>("T").display_name), "a");
  EXPECT_EQ(stack::literal_of(*loaded.get<stack::Topic>("U").display_name), "a");
  EXPECT_EQ(stack::literal_of(*loaded.get<stack::Topic>("T").name), "d") << "D is the negation of C";
}

TEST(Conditions, LeaveOutResourcesAndWhatReferredToThem) {
  const Loaded loaded = under("  Tested: !Equals [a, b]\n");
  const stack::TextValue& topic = loaded.get<stack::TopicPolicy>("Policy").topics.at(0);
  ASSERT_NE(topic.unknown(), nullptr);
  EXPECT_EQ(topic.unknown()->cause, stack::Cause::nothing_there);
}

TEST(Conditions, AreDecidedBySecretsWithoutShowingThem) {
  EXPECT_EQ(decided("!Equals [!Ref Hook, '']"), Is::there);
  const TemplateOptions given{.parameters = {{"Hook", "https://example.com/s3cr3t"}}};
  const Loaded loaded = under("  Tested: !Equals [!Sub '${Hook}${Free}', 'https://example.com/s3cr3tx']\n", given);
  EXPECT_EQ(state_of(loaded), Is::open);
  std::string kept = stack::dump(*loaded.stack);
  for (const Condition& condition : loaded.stack->conditions)
    for (const stack::Text& text : condition.texts)
      for (const stack::Part& part : text.parts())
        if (const auto* const literal = std::get_if<std::string>(&part)) kept += *literal;
  // The second text is written in the template itself.
  EXPECT_EQ(kept.find("s3cr3t"), kept.rfind("s3cr3t"));
}

TEST(Conditions, ThatDependOnThemselvesAreUnknown) {
  for (const char* cyclic :
       {"  Tested: !Not [!Condition Tested]\n",
        "  Tested: !And [!Condition B, !Equals [a, a]]\n  B: !Or [!Condition Tested, !Condition B]\n",
        "  Tested: !Condition Missing\n", "  Tested: !Equals [a]\n", "  Tested: 1\n", "  Tested: !Contains [a, b]\n"}) {
    const Loaded loaded = under(cyclic);
    ASSERT_TRUE(loaded.stack) << cyclic;
    EXPECT_EQ(state_of(loaded), Is::open) << cyclic;
  }
  const Loaded loaded = under("  Tested: !Condition Tested\n");
  EXPECT_EQ((*loaded.stack)[*loaded["Topic"].presence].reason, "condition 'Tested' depends on itself");
}

TEST(Conditions, MakeListsOfWhatMayBeThere) {
  const Loaded loaded = load_template(
      "Parameters: {P: {Type: String}}\n"
      "Conditions: {C: !Equals [!Ref P, x]}\n"
      "Resources:\n"
      "  A:\n"
      "    Type: AWS::CloudWatch::Alarm\n"
      "    Properties:\n"
      "      AlarmActions: [!If [C, one, !Ref AWS::NoValue], two]\n"
      "      OKActions: !If [C, [a, b], [c]]\n"
      "      InsufficientDataActions: !If [C, [d], !Ref AWS::NoValue]\n"
      "      Threshold: !If [C, 1, 5]\n");
  const stack::Alarm& alarm = loaded.get<stack::Alarm>("A");
  ASSERT_EQ(alarm.alarm_actions.size(), 2U);
  EXPECT_EQ(stack::literal_of(alarm.alarm_actions[0].choice()->branches[0]), "one");
  EXPECT_TRUE(alarm.alarm_actions[0].choice()->branches[1].is_absent());
  EXPECT_EQ(stack::literal_of(alarm.alarm_actions[1]), "two");
  ASSERT_EQ(alarm.ok_actions.size(), 2U);
  EXPECT_EQ(stack::literal_of(alarm.ok_actions[0].choice()->branches[1]), "c");
  EXPECT_TRUE(alarm.ok_actions[1].choice()->branches[1].is_absent());
  ASSERT_EQ(alarm.insufficient_data_actions.size(), 1U);
  EXPECT_EQ(*alarm.threshold->choice()->branches[1].get(), 5.0);
  EXPECT_TRUE(stack::verify(*loaded.stack).empty());
}

TEST(Conditions, DoNotMultiplyBeyondBounds) {
  std::string text = "Parameters:\n";
  for (int i = 0; i < 40; ++i) text += "  P" + std::to_string(i) + ": {Type: String}\n";
  text += "Conditions:\n";
  for (int i = 0; i < 40; ++i) text += "  C" + std::to_string(i) + ": !Equals [!Ref P" + std::to_string(i) + ", x]\n";
  text +=
      "Resources:\n  T:\n    Type: AWS::SNS::Topic\n    Properties:\n      DisplayName: !Join\n        - ''\n        "
      "-\n";
  for (int i = 0; i < 40; ++i) text += "          - !If [C" + std::to_string(i) + ", a, b]\n";
  const Loaded loaded = load_template(text);
  ASSERT_TRUE(loaded.stack);
  EXPECT_LT(stack::dump(*loaded.stack).size(), 50'000U);
}

}  // namespace
}  // namespace secretwatch::load
