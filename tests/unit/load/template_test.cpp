/// Whole templates: sections, resources, what is attached to what, and what is an error.
#include <gmock/gmock.h>

#include "support/loaded.h"

namespace secretwatch::load {
namespace {

using stack::literal_of;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using testing::load_template;
using testing::Loaded;

std::vector<std::string> addresses(const Loaded& loaded) {
  std::vector<std::string> all;
  for (const stack::Resource& resource : loaded.stack->resources()) all.push_back(resource.address);
  return all;
}

TEST(Template, PointsAtTheLogicalIdOfAResource) {
  const Loaded loaded =
      load_template("Resources:\n  MyTopic:\n    Type: AWS::SNS::Topic\n    DeletionPolicy: Retain\n");
  EXPECT_EQ(loaded.under(loaded["MyTopic"].span), "MyTopic");
  EXPECT_EQ(loaded["MyTopic"].label, "My");
  EXPECT_TRUE(loaded["MyTopic"].retained);
}

TEST(Template, GivesLabelsThatDiffer) {
  const Loaded loaded = load_template(
      "Resources:\n  DbTopic: {Type: AWS::SNS::Topic}\n  Db: {Type: AWS::SNS::Topic}\n  DB: {Type: AWS::SNS::Topic}\n"
      "  Topic: {Type: AWS::SNS::Topic}\n  TOPIC: {Type: AWS::SNS::Topic}\n  '--': {Type: AWS::SNS::Topic}\n");
  EXPECT_EQ(loaded.stack->resources().size(), 6U);
  EXPECT_THAT(stack::verify(*loaded.stack), IsEmpty());
}

TEST(Template, KeepsWhatItDoesNotKnowAsOther) {
  const Loaded loaded = load_template(
      "AWSTemplateFormatVersion: x\n"
      "Resources:\n  Table: {Type: AWS::DynamoDB::Table, DependsOn: Topic}\n  Topic: {Type: AWS::SNS::Topic}\n"
      "  Made: {Type: Custom::Thing, DependsOn: [Topic, Table, Missing]}\n");
  EXPECT_EQ(loaded.get<stack::Other>("Table").type, "AWS::DynamoDB::Table");
  EXPECT_EQ(loaded["Made"].depends_on.size(), 2U);
  EXPECT_THAT(loaded.stack->gaps, IsEmpty());
}

TEST(Template, RefusesWhatIsNoTemplate) {
  const std::vector<std::pair<std::string, std::string>> faults = {
      {"a: b\n", "SW0201"},
      {"[1]\n", "SW0201"},
      {"", "SW0201"},
      {"Resources:\n", "SW0201"},
      {"Resources: [a]\n", "SW0202"},
      {"Resources: {A: {Type: AWS::SNS::Topic}}\nParameters: x\n", "SW0202"},
      {"Resources: {A: {Type: AWS::SNS::Topic}}\nConditions: [x]\n", "SW0202"},
      {"Resources: {A: x}\n", "SW0203"},
      {"Resources: {A: {Properties: {}}}\n", "SW0203"},
      {"Resources: {A: {Type: [x]}, B: {}}\n", "SW0203 SW0203"},
      {"{\"Resources\": {\"A\": {\"Type\": \"x}}}", "SW0011"},
      {"Resources:\n  A:\n   B: c: d\n", "SW0004"},
      {std::string("Resources: \0", 12), "SW0002"},
  };
  for (const auto& [text, ids] : faults) {
    const Loaded loaded = load_template(text);
    EXPECT_FALSE(loaded.stack) << text;
    EXPECT_EQ(loaded.errors(), ids) << text;
  }
}

TEST(Template, LeavesAloneWhatAToolMakesATemplateOf) {
  const Loaded loaded = load_template("Resources: !YAMLInclude ./a.yaml,\n  ./b.yaml\n");
  EXPECT_FALSE(loaded.stack);
  EXPECT_EQ(loaded.errors(), "");
}

TEST(Template, TakesTheLastOfTwoResourcesOfOneName) {
  const Loaded loaded = load_template(
      "Resources:\n  T: {Type: AWS::SNS::Topic}\n  U: {Type: AWS::SNS::Topic}\n  T: {Type: AWS::KMS::Key}\n");
  ASSERT_TRUE(loaded.stack);
  EXPECT_THAT(addresses(loaded), ElementsAre("U", "T"));
  EXPECT_TRUE(std::holds_alternative<stack::Key>(loaded["T"].body));
}

TEST(Template, SaysWhereItMayHoldMoreThanWasRead) {
  const std::string topic = "  T: {Type: AWS::SNS::Topic}\n";
  EXPECT_EQ(load_template("Transform: MyMacro\nResources:\n" + topic).stack->gaps.size(), 1U);
  EXPECT_EQ(load_template("Transform: [AWS::LanguageExtensions, {Name: AWS::Include}]\nResources:\n" + topic)
                .stack->gaps.size(),
            1U);
  EXPECT_EQ(load_template("Resources:\n  Fn::Transform: {Name: AWS::Include}\n" + topic).stack->gaps.size(), 1U);
  EXPECT_EQ(load_template("Resources:\n  M: {Type: My::Own::Thing::MODULE}\n" + topic).stack->gaps.size(), 1U);
  EXPECT_EQ(load_template("Resources:\n  M: {Type: {Rain::Module: ./m.yaml}}\n" + topic).stack->gaps.size(), 1U);
  EXPECT_EQ(load_template("Resources:\n  M: {Type: !Rain::Module ./m.yaml}\n" + topic).stack->gaps.size(), 1U);
  EXPECT_EQ(load_template("Resources:\n  P: {Type: AWS::SNS::TopicPolicy, Properties: {Topics: [!Ref Elsewhere]}}\n")
                .stack->gaps.size(),
            1U)
      << "a fragment";
  EXPECT_EQ(
      load_template("AWSTemplateFormatVersion: x\nResources:\n  T: {Type: AWS::SNS::Topic, DependsOn: [A, B, C]}\n")
          .stack->gaps.size(),
      1U)
      << "a fragment, by what it depends on";
  EXPECT_EQ(load_template("Transform: AWS::Serverless-2016-10-31\nRules: {R: {Assertions: []}}\nResources:\n" + topic)
                .stack->gaps.size(),
            0U);
}

TEST(Template, ReadsATrailWithBothKindsOfSelectors) {
  const Loaded loaded = load_template(R"(
Resources:
  T:
    Type: AWS::CloudTrail::Trail
    Properties:
      S3BucketName: b
      IsLogging: 'true'
      EventSelectors:
        - ReadWriteType: WriteOnly
          IncludeManagementEvents: no
          ExcludeManagementEventSources: [kms.amazonaws.com]
          DataResources: [{Type: AWS::S3::Object, Values: ['arn:aws:s3']}]
      AdvancedEventSelectors:
        - Name: management
          FieldSelectors:
            - {Field: eventCategory, Equals: [Management]}
            - {Field: eventSource, NotEquals: [kms.amazonaws.com]}
)");
  const stack::Trail& trail = loaded.get<stack::Trail>("T");
  EXPECT_TRUE(*trail.is_logging->get());
  ASSERT_EQ(trail.event_selectors.size(), 1U);
  EXPECT_EQ(literal_of(*trail.event_selectors[0].read_write_type), "WriteOnly");
  EXPECT_FALSE(*trail.event_selectors[0].management_events->get());
  EXPECT_EQ(literal_of(trail.event_selectors[0].data_resources.at(0).type), "AWS::S3::Object");
  ASSERT_EQ(trail.advanced_selectors.at(0).fields.size(), 2U);
  EXPECT_EQ(literal_of(trail.advanced_selectors[0].fields[1].not_equals.at(0)), "kms.amazonaws.com");
}

TEST(Template, ReadsAlarmsOfEveryMaking) {
  const Loaded loaded = load_template(R"(
Resources:
  F:
    Type: AWS::Logs::MetricFilter
    Properties:
      LogGroupName: g
      FilterPattern: '{ $.a = "b" }'
      MetricTransformations:
        - {MetricName: m, MetricNamespace: n, MetricValue: 1, DefaultValue: 0, Unit: Count, Dimensions: [{Key: k, Value: $.x}]}
  A:
    Type: AWS::CloudWatch::Alarm
    Properties:
      ExtendedStatistic: p99
      Threshold: '1.5'
      Unit: Count
      Dimensions: [{Name: k, Value: v}]
      EvaluateLowSampleCountPercentile: ignore
      WarmUpConfiguration: {WarmUpPeriodDurationInMinutes: 30}
  Math:
    Type: AWS::CloudWatch::Alarm
    Properties:
      Metrics:
        - {Id: e, Expression: 'FILL(m, 0)', ReturnData: true}
        - {Id: m, ReturnData: false, MetricStat: {Stat: Sum, Period: 60, Metric: {Namespace: n, MetricName: m, Dimensions: []}}}
      ThresholdMetricId: e
  Both: {Type: AWS::CloudWatch::CompositeAlarm, Properties: {AlarmRule: !Sub 'ALARM("${A}")', AlarmActions: [x]}}
  Log:
    Type: AWS::CloudWatch::LogAlarm
    Properties:
      Threshold: 0
      ScheduledQueryConfiguration:
        QueryString: filter eventName = "GetSecretValue"
        LogGroupIdentifiers: [g]
        ScheduleConfiguration: {ScheduleExpression: rate(5 minutes), StartTimeOffset: 300}
  Mute: {Type: AWS::CloudWatch::AlarmMuteRule, Properties: {MuteTargets: {AlarmNames: [!Ref A]}, Rule: {Schedule: {Expression: e, Duration: PT1H}}}}
)");
  ASSERT_TRUE(loaded.stack) << loaded.errors();
  const stack::MetricFilter& filter = loaded.get<stack::MetricFilter>("F");
  EXPECT_EQ(literal_of(filter.metric_value), "1");
  EXPECT_EQ(*filter.default_value->get(), 0.0);
  EXPECT_EQ(literal_of(filter.dimensions.at(0).value), "$.x");
  const stack::Alarm& alarm = loaded.get<stack::Alarm>("A");
  EXPECT_EQ(literal_of(*alarm.extended_statistic), "p99");
  EXPECT_EQ(*alarm.threshold->get(), 1.5);
  EXPECT_EQ(literal_of(alarm.dimensions.at(0).name), "k");
  EXPECT_EQ(*alarm.warm_up_minutes->get(), 30);
  const stack::Alarm& math = loaded.get<stack::Alarm>("Math");
  ASSERT_EQ(math.metrics.size(), 2U);
  EXPECT_EQ(literal_of(*math.metrics[0].expression), "FILL(m, 0)");
  EXPECT_EQ(literal_of(*math.metrics[1].metric_namespace), "n");
  EXPECT_EQ(*math.metrics[1].period_seconds->get(), 60);
  EXPECT_EQ(loaded.get<stack::CompositeAlarm>("Both").rule.get()->parts().size(), 3U);
  EXPECT_EQ(*loaded.get<stack::LogAlarm>("Log").start_time_offset_seconds->get(), 300);
  EXPECT_EQ(loaded.get<stack::MuteRule>("Mute").alarms.at(0).ref()->attribute, stack::Attribute::name);
}

TEST(Template, ReadsSubscriptionsWithTheirFilters) {
  const Loaded loaded = load_template(R"(
Resources:
  T: {Type: AWS::SNS::Topic, Properties: {FifoTopic: true, Subscription: [{Protocol: email, Endpoint: a@example.com}]}}
  S:
    Type: AWS::SNS::Subscription
    Properties:
      TopicArn: !Ref T
      Protocol: sqs
      Endpoint: !GetAtt Q.Arn
      FilterPolicy: {severity: [high, {numeric: ['>', 5]}]}
      RedrivePolicy: {deadLetterTargetArn: !GetAtt Q.Arn}
  Q: {Type: AWS::SQS::Queue, Properties: {SqsManagedSseEnabled: true}}
  QP: {Type: AWS::SQS::QueuePolicy, Properties: {Queues: [!Ref Q], PolicyDocument: {Statement: {Effect: Allow, Action: '*', Resource: '*', Principal: '*'}}}}
)");
  const stack::Subscription& subscription = loaded.get<stack::Subscription>("S");
  const stack::Document* const severity = subscription.filter_policy->find("severity");
  ASSERT_NE(severity, nullptr);
  EXPECT_EQ(literal_of(severity->parts.at(0).text), "high");
  EXPECT_NE(severity->parts.at(1).find("numeric"), nullptr);
  EXPECT_EQ(subscription.dead_letter_queue->ref()->attribute, stack::Attribute::arn);
  EXPECT_EQ(loaded.get<stack::QueuePolicy>("QP").queues.at(0).ref()->attribute, stack::Attribute::id);
  EXPECT_EQ(loaded.get<stack::QueuePolicy>("QP").policy.statements.size(), 1U);
  // The topic's own subscription is a resource like any other.
  const stack::Resource& own = loaded.stack->resources().back();
  EXPECT_EQ(own.address, "T");
  EXPECT_EQ(literal_of(*std::get<stack::Subscription>(own.body).endpoint), "a@example.com");
  EXPECT_EQ(loaded.under(own.span), "{Protocol: email, Endpoint: a@example.com");
}

TEST(Template, ReadsPoliciesWordForWord) {
  const Loaded loaded = load_template(R"(
Parameters: {P: {Type: String}}
Conditions: {C: !Equals [!Ref P, x]}
Resources:
  K:
    Type: AWS::KMS::Key
    Properties:
      KeyPolicy:
        Version: 2008-10-17
        Statement:
          - {Effect: Deny, NotPrincipal: {AWS: ['1', '2']}, NotAction: kms:*, NotResource: ['*']}
          - Effect: Allow
            Principal: {Service: cloudwatch.amazonaws.com, AWS: '*'}
            Action: [kms:Decrypt, 'kms:GenerateDataKey*']
            Resource: '*'
            Condition: {StringLikeIfExists: {'aws:SourceArn': !Sub 'arn:aws:x:${AWS::Region}'}, Bool: {a: true, b: [x, y]}}
          - !If [C, {Effect: Allow, Principal: '*', Action: a}, !Ref AWS::NoValue]
          - {Effect: Allow, Principal: {AWS: !If [C, one, two]}, Action: b}
          - {Effect: Allow, Principal: !If [C, '*', {AWS: three}], Action: c}
          - !ImportValue statement
          - {Effect: Perhaps}
)");
  const stack::Policy& policy = loaded.get<stack::Key>("K").policy;
  EXPECT_EQ(policy.version, "2008-10-17");
  ASSERT_EQ(policy.statements.size(), 6U);
  EXPECT_EQ(policy.unread.size(), 2U);
  const stack::Statement& deny = policy.statements[0];
  EXPECT_TRUE(deny.not_principals && deny.not_actions && deny.not_resources);
  EXPECT_EQ(deny.effect, stack::Effect::deny);
  EXPECT_EQ(deny.principals.at(0).names.size(), 2U);
  const stack::Statement& allow = policy.statements[1];
  EXPECT_EQ(allow.principals.size(), 2U);
  ASSERT_EQ(allow.conditions.size(), 3U);
  EXPECT_EQ(allow.conditions[0].test, "StringLikeIfExists");
  EXPECT_EQ(literal_of(allow.conditions[1].values.at(0)), "true");
  EXPECT_EQ(allow.conditions[2].values.size(), 2U);
  EXPECT_EQ((*loaded.stack)[*policy.statements[2].presence].name, "C");
  EXPECT_FALSE(policy.statements[3].presence) << "a value may be a choice";
  EXPECT_EQ(policy.statements[4].principals.at(0).kind, stack::PrincipalKind::everyone);
  EXPECT_EQ((*loaded.stack)[*policy.statements[5].presence].name, "not C");
}

TEST(Template, AttachesPoliciesToTheirRoles) {
  const std::string document = "{Statement: [{Effect: Allow, Action: 'logs:*', Resource: '*'}]}";
  const Loaded loaded = load_template(R"(
Resources:
  R: {Type: AWS::IAM::Role, Properties: {RoleName: named, AssumeRolePolicyDocument: {}, ManagedPolicyArns: [!Ref M, 'arn:aws:iam::aws:policy/X']}}
  P: {Type: AWS::IAM::Policy, Properties: {PolicyName: p, Roles: [!Ref R], PolicyDocument: )" +
                                      document + R"(}}
  I: {Type: AWS::IAM::RolePolicy, Properties: {PolicyName: i, RoleName: named, PolicyDocument: )" +
                                      document + R"(}}
  M: {Type: AWS::IAM::ManagedPolicy, Properties: {PolicyDocument: )" +
                                      document + R"(}}
)");
  const stack::Role& role = loaded.get<stack::Role>("R");
  EXPECT_EQ(role.policies.size(), 3U);
  EXPECT_EQ(role.managed_policies.size(), 1U);
}

TEST(Template, ReadsEventRulesAndWhatSamMakesOfEvents) {
  const Loaded loaded = load_template(R"(
Transform: AWS::Serverless-2016-10-31
Resources:
  T: {Type: AWS::SNS::Topic}
  R:
    Type: AWS::Events::Rule
    Properties:
      State: ENABLED
      EventPattern: {source: [aws.secretsmanager], detail: {eventName: [GetSecretValue]}}
      Targets: [{Id: t, Arn: !Ref T, InputTransformer: {InputPathsMap: {who: $.detail.userIdentity.arn}, InputTemplate: '"<who>"'}}]
  F:
    Type: AWS::Serverless::Function
    Properties:
      Events:
        Alert: {Type: SNS, Properties: {Topic: !Ref T}}
        Rule: {Type: EventBridgeRule, Properties: {Pattern: {source: [x]}}}
  P: {Type: AWS::Lambda::Permission, Properties: {FunctionName: !Ref F, Action: a, Principal: !GetAtt FRole.Arn}}
)");
  const stack::EventRule& rule = loaded.get<stack::EventRule>("R");
  EXPECT_EQ(literal_of(rule.event_pattern->find("detail")->find("eventName")->parts.at(0).text), "GetSecretValue");
  EXPECT_EQ(literal_of(rule.targets.at(0).input_paths.at(0).value), "$.detail.userIdentity.arn");
  std::size_t subscriptions = 0;
  std::size_t permissions = 0;
  std::size_t rules = 0;
  for (const stack::Resource& resource : loaded.stack->resources()) {
    if (resource.address != "F") continue;
    if (std::holds_alternative<stack::Subscription>(resource.body)) ++subscriptions;
    if (std::holds_alternative<stack::FunctionPermission>(resource.body)) ++permissions;
    if (std::holds_alternative<stack::EventRule>(resource.body)) ++rules;
  }
  EXPECT_EQ(subscriptions, 1U);
  EXPECT_EQ(permissions, 2U);
  EXPECT_EQ(rules, 1U);
  EXPECT_EQ(loaded.get<stack::FunctionPermission>("P").principal.unknown()->reason,
            "'FRole' is made by the SAM transform");
  EXPECT_THAT(loaded.stack->gaps, IsEmpty());
  EXPECT_THAT(stack::verify(*loaded.stack), IsEmpty());
}

TEST(Template, UnrollsLoops) {
  const Loaded loaded = load_template(R"(
Transform: AWS::LanguageExtensions
Parameters:
  Names: {Type: CommaDelimitedList, Default: 'Alpha,Beta'}
  Open: {Type: CommaDelimitedList}
Resources:
  Fn::ForEach::Topics:
    - Name
    - !Ref Names
    - ${Name}Topic: {Type: AWS::SNS::Topic, Properties: {TopicName: !Sub '${Name}-t', DisplayName: !Ref Name}}
  Fn::ForEach::Outer:
    - X
    - [1, 2]
    - Fn::ForEach::Inner:
        - Y
        - ['a.b']
        - Group${X}&{Y}: {Type: AWS::Logs::LogGroup, Properties: {LogGroupName: '${X}/${Y}'}}
  Fn::ForEach::Unknown:
    - Z
    - !Ref Open
    - ${Z}Group: {Type: AWS::Logs::LogGroup}
)");
  EXPECT_THAT(addresses(loaded), ElementsAre("AlphaTopic", "BetaTopic", "Group1ab", "Group2ab"));
  EXPECT_EQ(literal_of(*loaded.get<stack::Topic>("BetaTopic").name), "Beta-t");
  EXPECT_EQ(literal_of(*loaded.get<stack::Topic>("BetaTopic").display_name), "Beta");
  EXPECT_EQ(literal_of(*loaded.get<stack::LogGroup>("Group2ab").name), "2/a.b");
  ASSERT_EQ(loaded.stack->gaps.size(), 1U);
  EXPECT_EQ(loaded.stack->gaps[0].reason, "Fn::ForEach::Unknown is not unrolled: its list is not known");
}

TEST(Template, ReadsOutputsAndExports) {
  const Loaded loaded = load_template(R"(
Resources:
  T: {Type: AWS::SNS::Topic}
Outputs:
  One: {Value: !Ref T, Export: {Name: !Sub '${AWS::StackName}-topic'}}
  Many: {Value: !Join [',', [a, !Ref T]]}
)");
  ASSERT_EQ(loaded.stack->outputs.size(), 2U);
  EXPECT_EQ(loaded.stack->outputs[0].export_name->get()->parts().size(), 2U);
  EXPECT_TRUE(loaded.stack->outputs[1].is_list);
  EXPECT_EQ(loaded.stack->outputs[1].values.size(), 2U);
}

TEST(Template, WarnsOfParametersThatItDoesNotHave) {
  const Loaded loaded = load_template("Parameters: {A: {Type: String}}\nResources: {T: {Type: AWS::SNS::Topic}}\n",
                                      {.parameters = {{"A", "x"}, {"B", "y"}}});
  ASSERT_TRUE(loaded.stack);
  ASSERT_EQ(loaded.diagnostics.all().size(), 1U);
  EXPECT_EQ(loaded.diagnostics.all()[0].message, "the template has no parameter 'B'");
}

}  // namespace
}  // namespace secretwatch::load
