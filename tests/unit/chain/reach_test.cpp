/// May a topic send to a queue, may a service call a function? On templates as people write them.
#include "chain/reach.h"

#include <gmock/gmock.h>

#include "support/loaded.h"

namespace secretwatch::chain {
namespace {

using Verdict = Access::Verdict;

stack::ResourceId find(const stack::Stack& stack, std::string_view address) {
  for (std::size_t i = 0; i < stack.resources().size(); ++i)
    if (stack.resources()[i].address == address) return static_cast<stack::ResourceId>(i);
  ADD_FAILURE() << address;
  return {};
}

class Reach : public ::testing::Test {
 protected:
  testing::Loaded loaded;

  const stack::Stack& load(const std::string& resources) {
    loaded = testing::load_template(
        "Resources:\n"
        "  Topic: {Type: AWS::SNS::Topic}\n"
        "  Queue: {Type: AWS::SQS::Queue}\n"
        "  Call: {Type: AWS::Lambda::Function, Properties: {Handler: a.b}}\n" +
        resources);
    EXPECT_EQ(loaded.errors(), "");
    return *loaded.stack;
  }
  Verdict send(const std::string& resources) {
    const stack::Stack& stack = load(resources);
    const World world(stack);
    return may_send(world, find(stack, "Queue"), topic_sender(world, find(stack, "Topic"))).access.verdict;
  }
  Verdict send_with(const std::string& statement) {
    return send(
        "  Policy:\n    Type: AWS::SQS::QueuePolicy\n    Properties:\n      Queues: [!Ref Queue]\n"
        "      PolicyDocument: {Version: '2012-10-17', Statement: [" +
        statement + "]}\n");
  }
  Verdict invoke_with(const std::string& properties) {
    const stack::Stack& stack =
        load("  Permission: {Type: AWS::Lambda::Permission, Properties: {" + properties + "}}\n");
    const World world(stack);
    return may_invoke(world, find(stack, "Call"), topic_sender(world, find(stack, "Topic"))).verdict;
  }
};

TEST_F(Reach, QueueWithoutPolicyTakesNothing) {
  EXPECT_EQ(send(""), Verdict::denied);
}

TEST_F(Reach, QueueTakesWhatItsPolicyAllows) {
  EXPECT_EQ(send_with("{Effect: Allow, Principal: {Service: sns.amazonaws.com}, Action: sqs:SendMessage, "
                      "Resource: !GetAtt Queue.Arn, Condition: {ArnEquals: {aws:SourceArn: !Ref Topic}}}"),
            Verdict::allowed);
  EXPECT_EQ(send_with("{Effect: Allow, Principal: '*', Action: 'SQS:*', Resource: '*'}"), Verdict::allowed);
  EXPECT_EQ(send_with("{Effect: Allow, Principal: {Service: events.amazonaws.com}, Action: sqs:SendMessage, "
                      "Resource: '*'}"),
            Verdict::denied);
  EXPECT_EQ(send_with("{Effect: Allow, Principal: {Service: sns.amazonaws.com}, Action: sqs:ReceiveMessage, "
                      "Resource: '*'}"),
            Verdict::denied);
  EXPECT_EQ(send_with("{Effect: Allow, Principal: {Service: sns.amazonaws.com}, Action: sqs:SendMessage, "
                      "Resource: '*', Condition: {ArnEquals: {aws:SourceArn: !ImportValue other}}}"),
            Verdict::undecided);
}

TEST_F(Reach, PolicyOfAQueueMayNameItByItsUrl) {
  const std::string policy =
      "      PolicyDocument: {Statement: {Effect: Allow, Principal: '*', Action: sqs:SendMessage, Resource: '*'}}\n";
  EXPECT_EQ(
      send("  Policy:\n    Type: AWS::SQS::QueuePolicy\n    Properties:\n      Queues: [!GetAtt Queue.QueueUrl]\n" +
           policy),
      Verdict::allowed);
  EXPECT_EQ(
      send("  Policy:\n    Type: AWS::SQS::QueuePolicy\n    Properties:\n      Queues: [!ImportValue url]\n" + policy),
      Verdict::undecided);
}

TEST_F(Reach, FunctionIsCalledByWhoHasAPermission) {
  const std::string call = "FunctionName: !Ref Call, Action: lambda:InvokeFunction, ";
  EXPECT_EQ(invoke_with(call + "Principal: sns.amazonaws.com"), Verdict::allowed);
  EXPECT_EQ(invoke_with(call + "Principal: sns.amazonaws.com, SourceArn: !Ref Topic"), Verdict::allowed);
  EXPECT_EQ(invoke_with(call + "Principal: '*'"), Verdict::allowed);
  EXPECT_EQ(invoke_with(call + "Principal: events.amazonaws.com"), Verdict::denied);
  EXPECT_EQ(invoke_with(call + "Principal: sns.amazonaws.com, SourceArn: !GetAtt Queue.Arn"), Verdict::denied);
  EXPECT_EQ(invoke_with(call + "Principal: sns.amazonaws.com, SourceArn: !ImportValue topic"), Verdict::undecided);
  EXPECT_EQ(invoke_with("FunctionName: !GetAtt Call.Arn, Action: lambda:InvokeFunction, Principal: sns.amazonaws.com"),
            Verdict::allowed);
  EXPECT_EQ(invoke_with("FunctionName: other, Action: lambda:InvokeFunction, Principal: sns.amazonaws.com"),
            Verdict::undecided)
      << "a function without a name may be called so";
}

TEST_F(Reach, PermissionForAVersionIsNotReadAsOneForTheFunction) {
  EXPECT_EQ(invoke_with("FunctionName: !Sub '${Call}:live', Action: lambda:InvokeFunction, "
                        "Principal: sns.amazonaws.com"),
            Verdict::undecided);
}

}  // namespace
}  // namespace secretwatch::chain
