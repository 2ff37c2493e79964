/// References to what is not there, and texts that look like references: near misses of the rules' own examples.
#include <gmock/gmock.h>

#include "edited.h"

namespace secretwatch::lint {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using testing::told_of_good;

constexpr std::string_view actions = "AlarmActions: [!Ref Topic]";

TEST(DanglingReference, IsProvenOnlyAsASlipOfThePen) {
  const auto told = [](std::string_view reference) {
    return told_of_good({{actions, fmt::format("AlarmActions: [!Ref Topic, !Ref {}]", reference)}});
  };
  EXPECT_THAT(told("Topci"), ElementsAre("R002 error"));
  EXPECT_THAT(told("topic"), ElementsAre("R002 error"));
  EXPECT_THAT(told("Pager"), ElementsAre("R002 note"));
  EXPECT_THAT(told("ReadAlarmTopic"), ElementsAre("R002 note")) << "alike, but another name";
  EXPECT_THAT(told("Topic2"), ElementsAre("R002 note")) << "it may have a number of its own in another part";
}

TEST(LiteralReference, MayBeFilledInByWhoDeploysTheTemplate) {
  const std::string role =
      "Resources:\n  R:\n    Type: AWS::IAM::Role\n    Properties:\n      AssumeRolePolicyDocument: {Statement: []}\n"
      "      ManagedPolicyArns: ['arn:${AWS::Partition}:iam::aws:policy/ReadOnlyAccess']\n";
  const std::string topic =
      "  T:\n    Type: AWS::SNS::Topic\n    Properties:\n      TopicName: !Sub '${AWS::StackName}-x'\n";
  EXPECT_THAT(testing::told(role), ElementsAre("R003 warning"));
  EXPECT_THAT(testing::told(role + topic), ElementsAre("R003 error")) << "it fills in other texts itself";
}

}  // namespace
}  // namespace secretwatch::lint
