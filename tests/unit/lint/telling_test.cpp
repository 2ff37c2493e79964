/// Who tells of a read and whom: actions, composites, topics, subscriptions, event rules. Near misses of the rules' own
/// examples.
#include <gmock/gmock.h>

#include "edited.h"

namespace secretwatch::lint {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using testing::told_of_good;

constexpr std::string_view actions = "      AlarmActions: [!Ref Topic]\n";
constexpr std::string_view alarm = "  ReadAlarm:\n";
constexpr std::string_view mail = "      Protocol: email\n      Endpoint: security@example.com\n";

// --- alarms without actions ---

TEST(AlarmWithoutActions, IsHeardByItsComposite) {
  const auto told = [](std::string_view rule, std::string_view rest) {
    return told_of_good({{actions, fmt::format("  Composite:\n    Type: AWS::CloudWatch::CompositeAlarm\n"
                                               "    Properties:\n      AlarmRule: {}\n{}",
                                               rule, rest)}});
  };
  constexpr std::string_view acts = "      AlarmActions: [!Ref Topic]\n";
  EXPECT_THAT(told("!Sub 'ALARM(\"${ReadAlarm}\")'", acts), IsEmpty());
  EXPECT_THAT(told("!Sub 'ALARM(\"${ReadAlarm}\")'", ""), ElementsAre("A541 error"))
      << "the composite tells nobody, and the alarm need not";
  EXPECT_THAT(told("!Sub 'ALARM(\"${ReadAlarm}\")'", "      AlarmActions: [!Ref Topic]\n      ActionsEnabled: false\n"),
              ElementsAre("A540 error"));
  EXPECT_THAT(told("'ALARM(\"another\")'", acts), ElementsAre("A541 error"));
  EXPECT_THAT(told("!Sub 'OK(\"${ReadAlarm}\")'", acts), ElementsAre("A541 error"));
  EXPECT_THAT(told("!ImportValue rule", acts), IsEmpty());
  EXPECT_THAT(told("!Sub 'ALARM(\"${ReadAlarm}\") AND NOT ALARM(maintenance)'", acts), IsEmpty());
  EXPECT_THAT(told("!Sub 'ALARM(\"${ReadAlarm}\") AND ALARM(other)'", acts), ElementsAre("A560 warning"));
  EXPECT_THAT(
      told("!Sub 'ALARM(\"${ReadAlarm}\")'", "      AlarmActions: [!Ref Topic]\n      ActionsSuppressor: muted\n"),
      ElementsAre("A560 warning"));
}

TEST(AlarmWithoutActions, IsHeardByRulesForIt) {
  const auto told = [](std::string_view pattern) {
    return told_of_good(
        {{actions, fmt::format("  Changes:\n    Type: AWS::Events::Rule\n    Properties:\n"
                               "      EventPattern: {}\n"
                               "      Targets: [{{Id: a, Arn: 'arn:aws:sqs:us-east-1:123456789012:q'}}]\n",
                               pattern)}});
  };
  EXPECT_THAT(told("{source: [aws.cloudwatch], detail-type: [CloudWatch Alarm State Change]}"), IsEmpty());
  EXPECT_THAT(told("{source: [aws.cloudwatch], detail: {state: {value: [OK]}}}"), ElementsAre("A541 error"));
  EXPECT_THAT(told("{source: [aws.ec2]}"), ElementsAre("A541 error"));
}

TEST(AlarmWithoutActions, IsLikelyAFaultWhereItWatchesSomethingElse) {
  std::string text(examples::good);
  const std::size_t begin = text.find("      FilterPattern:");
  text.replace(begin, text.find("      MetricTransformations:") - begin, "      FilterPattern: ERROR\n");
  EXPECT_THAT(testing::told(testing::edit(text, {{"LogGroupName: !Ref TrailLogGroup\n      FilterPattern: ERROR",
                                                  "LogGroupName: application\n      FilterPattern: ERROR"},
                                                 {actions, ""}})),
              ElementsAre("A541 note"));
}

// --- what alarms do ---

TEST(Action, IsAnArnOfAServiceThatAlarmsActOn) {
  const auto told = [](std::string_view action) {
    return told_of_good({{"AlarmActions: [!Ref Topic]", fmt::format("AlarmActions: [!Ref Topic, {}]", action)}});
  };
  for (const char* good : {"'arn:aws:ssm:us-east-1:123456789012:opsitem:1#CATEGORY=Security'",
                           "'arn:aws:ssm-incidents::123456789012:response-plan/read'",
                           "!Sub 'arn:${AWS::Partition}:sns:${AWS::Region}:1:t'",
                           "'arn:aws:aiops:us-east-1:123456789012:investigation-group/x'", "!Ref Topic"})
    EXPECT_THAT(told(good), IsEmpty()) << good;
  EXPECT_THAT(told("!ImportValue action"), ElementsAre("R008 note"));
  for (const char* bad : {"alerts", "'arn:aws:sqs:us-east-1:123456789012:q'", "!GetAtt Topic.TopicName",
                          "!Sub 'arn:${AWS::Partition}:logs:${AWS::Region}:1:t'"})
    EXPECT_THAT(told(bad), ElementsAre("A543 error")) << bad;
}

TEST(Region, OfATopicIsThatOfItsAlarm) {
  const auto told = [](std::string_view action, const char* region) {
    load::TemplateOptions options;
    options.region = region;
    return told_of_good({{"AlarmActions: [!Ref Topic]", fmt::format("AlarmActions: [!Ref Topic, {}]", action)}},
                        options);
  };
  EXPECT_THAT(told("'arn:aws:sns:eu-west-1:123456789012:t'", "us-east-1"), ElementsAre("N617 error"));
  EXPECT_THAT(told("'arn:aws:sns:eu-west-1:123456789012:t'", "eu-west-1"), IsEmpty());
  EXPECT_THAT(told("'arn:aws:sns:eu-west-1:123456789012:t'", ""), IsEmpty());
  EXPECT_THAT(told("!Sub 'arn:aws:sns:${AWS::Region}:123456789012:t'", "us-east-1"), IsEmpty());
}

// --- subscriptions ---

TEST(Endpoint, IsOneOfItsProtocol) {
  const auto told = [](std::string_view protocol, std::string_view endpoint) {
    return told_of_good({{mail, fmt::format("      Protocol: {}\n      Endpoint: {}\n", protocol, endpoint)}});
  };
  EXPECT_THAT(told("email-json", "a+b@example.com"), IsEmpty());
  EXPECT_THAT(told("email", "nobody"), ElementsAre("N603 error"));
  EXPECT_THAT(told("sms", "'+12065550100'"), IsEmpty());
  EXPECT_THAT(told("sms", "on-call"), ElementsAre("N603 error"));
  EXPECT_THAT(told("https", "https://alerts.example.com/x"), IsEmpty());
  EXPECT_THAT(told("https", "http://alerts.example.com/x"), ElementsAre("N603 error"));
  EXPECT_THAT(told("sqs", "'arn:aws:sqs:us-east-1:123456789012:q'"), IsEmpty());
  EXPECT_THAT(told("sqs", "'https://sqs.us-east-1.amazonaws.com/123456789012/q'"), ElementsAre("N603 error"));
  EXPECT_THAT(told("lambda", "'arn:aws:sqs:us-east-1:123456789012:q'"), ElementsAre("N603 error"));
  EXPECT_THAT(told("email", "!ImportValue mail"), IsEmpty());
  EXPECT_THAT(told("email", "!Sub '${AWS::StackName}@example.com'"), IsEmpty());
}

TEST(Endpoint, OfAParametersDefaultIsLikelyOnly) {
  EXPECT_THAT(told_of_good({{"Resources:\n  TrailBucket:\n",
                             "Parameters:\n  Mail: {Type: String, Default: CHANGE_ME}\nResources:\n  TrailBucket:\n"},
                            {"Endpoint: security@example.com", "Endpoint: !Ref Mail"}}),
              ElementsAre("N603 warning"));
}

TEST(FilterPolicy, LetsAlarmsPassOrNot) {
  const auto told = [](std::string_view properties) {
    return told_of_good({{mail, fmt::format("{}      {}\n", mail, properties)}});
  };
  EXPECT_THAT(told("FilterPolicy: {kind: [alarm]}"), ElementsAre("N604 warning"));
  EXPECT_THAT(told("FilterPolicy: {kind: [{exists: false}]}"), IsEmpty());
  EXPECT_THAT(told("FilterPolicy: {}"), IsEmpty());
  EXPECT_THAT(told("FilterPolicy: !ImportValue policy"), IsEmpty());
  EXPECT_THAT(told("FilterPolicy: {NewStateValue: [OK]}\n      FilterPolicyScope: MessageBody"),
              ElementsAre("N604 warning"));
  EXPECT_THAT(told("FilterPolicy: {AlarmName: [{prefix: x}]}\n      FilterPolicyScope: MessageBody"), IsEmpty());
}

TEST(Fifo, TopicMaySendToQueues) {
  EXPECT_THAT(
      told_of_good({{"    Type: AWS::SNS::Topic\n",
                     "    Type: AWS::SNS::Topic\n    Properties: {TopicName: alerts.fifo, FifoTopic: true}\n"},
                    {mail, "      Protocol: sqs\n      Endpoint: 'arn:aws:sqs:us-east-1:123456789012:q.fifo'\n"}}),
      IsEmpty());
}

TEST(Function, IsCalledByTheAlarmItself) {
  const auto told = [](std::string_view principal) {
    return told_of_good({{actions, fmt::format(R"(      AlarmActions: [!GetAtt Call.Arn]
  Call:
    Type: AWS::Lambda::Function
    Properties: {{Handler: a.b, Role: 'arn:aws:iam::123456789012:role/r', Code: {{ZipFile: ''}}}}
  Permission:
    Type: AWS::Lambda::Permission
    Properties: {{FunctionName: !Ref Call, Action: 'lambda:InvokeFunction', Principal: {}}}
)",
                                               principal)}});
  };
  EXPECT_THAT(told("lambda.alarms.cloudwatch.amazonaws.com"), IsEmpty());
  EXPECT_THAT(told("cloudwatch.amazonaws.com"), ElementsAre("N606 error"));
}

// --- event rules ---

std::vector<std::string> told_of_rule(std::string_view properties) {
  return told_of_good({{alarm, fmt::format("  Rule:\n    Type: AWS::Events::Rule\n    Properties:\n"
                                           "      Targets: [{{Id: a, Arn: 'arn:aws:sqs:us-east-1:123456789012:q'}}]\n"
                                           "{}  ReadAlarm:\n",
                                           properties)}});
}

TEST(EventRule, NeedsAllEventsToSeeReads) {
  constexpr std::string_view reads =
      "      EventPattern: {source: [aws.secretsmanager], detail: {eventName: [GetSecretValue]}}\n";
  const auto told = [&](std::string_view rest) { return told_of_rule(std::string(reads) + std::string(rest)); };
  EXPECT_THAT(told(""), ElementsAre("E801 error")) << "a rule is ENABLED unless it says otherwise";
  EXPECT_THAT(told("      State: ENABLED\n"), ElementsAre("E801 error"));
  EXPECT_THAT(told("      State: DISABLED\n"), ElementsAre("E801 warning"));
  EXPECT_THAT(told("      State: !ImportValue state\n"), IsEmpty());
  EXPECT_THAT(told("      State: ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS\n"), IsEmpty());
  EXPECT_THAT(told("      State: ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS\n      EventBusName: audit\n"),
              ElementsAre("E801 warning"));
  EXPECT_THAT(told("      State: ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS\n      EventBusName: default\n"),
              IsEmpty());
}

TEST(EventRule, ForChangesNeedsNoReads) {
  EXPECT_THAT(
      told_of_rule("      EventPattern: {source: [aws.secretsmanager], detail: {eventName: [PutSecretValue]}}\n"),
      IsEmpty());
  EXPECT_THAT(told_of_rule("      EventPattern: {source: [aws.secretsmanager]}\n"), ElementsAre("E801 warning"));
  EXPECT_THAT(told_of_rule("      EventPattern: {detail-type: [AWS API Call via CloudTrail]}\n"), IsEmpty());
  EXPECT_THAT(told_of_rule("      EventPattern: {detail: {eventName: [{anything-but: GetSecretValue}]}}\n"), IsEmpty());
}

TEST(EventRule, MustFitAnEvent) {
  const auto told = [](std::string_view detail) {
    return told_of_rule(
        fmt::format("      State: ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS\n"
                    "      EventPattern: {{source: [aws.secretsmanager], detail: {}}}\n",
                    detail));
  };
  EXPECT_THAT(told("{eventName: [GetSecretsValue]}"), ElementsAre("E802 error"));
  EXPECT_THAT(told("{eventName: [getSecretValue]}"), ElementsAre("E802 error"));
  EXPECT_THAT(told("{eventName: [GetSecretValue], readOnly: [false]}"), ElementsAre("E802 error"));
  EXPECT_THAT(told("{eventName: [GetSecretValue], requestParameters: {secretId: [!ImportValue secret]}}"), IsEmpty());
  EXPECT_THAT(told("{eventName: [{prefix: Get}]}"), IsEmpty());
}

}  // namespace
}  // namespace secretwatch::lint
