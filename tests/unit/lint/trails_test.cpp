/// Trails, what they record, where they deliver and where they are stored: near misses of the rules' own examples.
#include <gmock/gmock.h>

#include "edited.h"

namespace secretwatch::lint {
namespace {

using testing::edit;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using testing::Replacement;
using testing::told;
using testing::told_of_good;

/// The well-made template without its trail.
std::string without_trail(const std::vector<Replacement>& more = {}) {
  std::string text(examples::good);
  const std::size_t begin = text.find("  Trail:\n");
  text.erase(begin, text.find("  Topic:\n") - begin);
  return edit(text, more);
}

TEST(MissingTrail, IsAnErrorWhereNobodyElseCanKnowTheGroup) {
  EXPECT_THAT(told(without_trail()), ElementsAre("T201 error"));
}

TEST(MissingTrail, MayBeElsewhereWhereTheGroupIsKnown) {
  EXPECT_THAT(told(without_trail({{"      RetentionInDays: 90\n", "      LogGroupName: trail\n"}})),
              ElementsAre("T201 warning"));
  const std::string output = without_trail() + "Outputs:\n  Group: {Value: !GetAtt TrailLogGroup.Arn}\n";
  EXPECT_THAT(told(output), ElementsAre("T201 warning"));
}

TEST(MissingTrail, IsNotMissedWhereGroupsAreFilledOtherwise) {
  const auto with = [](std::string_view resource) {
    return without_trail({{"  Topic:\n", fmt::format("{}  Topic:\n", resource)}});
  };
  EXPECT_THAT(told(with("  Records: {Type: 'AWS::ObservabilityAdmin::TelemetryRule'}\n")), IsEmpty());
  EXPECT_THAT(told(with("  Records: {Type: 'Custom::Trail'}\n")), IsEmpty());
  EXPECT_THAT(told(with("  Records: {Type: 'AWS::CloudFormation::Stack', Properties: {TemplateURL: trail.yaml}}\n")),
              IsEmpty());
  EXPECT_THAT(told(without_trail({{"      RetentionInDays: 90\n", "      LogGroupName: aws/cloudtrail/managed\n"}})),
              IsEmpty());
  EXPECT_THAT(told("Transform: Macro\n" + without_trail().substr(without_trail().find("Resources:"))), IsEmpty());
}

TEST(MissingTrail, IsNotMissedWhereTheFilterReadsSomethingElse) {
  std::string text = without_trail();
  const std::size_t begin = text.find("      FilterPattern:");
  text.replace(begin, text.find("      MetricTransformations:") - begin, "      FilterPattern: ERROR\n");
  EXPECT_THAT(told(text), IsEmpty());
}

TEST(TrailWithoutManagementEvents, IsAFaultForFiltersOnThem) {
  const auto told_of = [](std::string_view pattern) {
    std::string text(examples::good);
    const std::size_t begin = text.find("      FilterPattern:");
    text.replace(begin, text.find("      MetricTransformations:") - begin,
                 fmt::format("      FilterPattern: '{}'\n", pattern));
    return told(edit(text, {{"IncludeManagementEvents: true", "IncludeManagementEvents: false"}}));
  };
  EXPECT_THAT(told_of("{ ($.eventName = StopLogging) || ($.eventName = DeleteTrail) }"), ElementsAre("T204 error"));
  EXPECT_THAT(told_of("{ $.eventName = ConsoleLogin && $.errorMessage = \"Failed authentication\" }"),
              ElementsAre("T204 error"));
  EXPECT_THAT(told_of("{ $.eventName = PutBucketPolicy || $.eventName = DeleteObject }"), IsEmpty());
  EXPECT_THAT(told_of("{ $.userIdentity.type = Root }"), IsEmpty()) << "of data events too";
  EXPECT_THAT(told_of("{ $.eventSource = s3.amazonaws.com && $.eventName != StopLogging }"), IsEmpty());
}

const std::string_view second_trail = R"(  SecondTrail:
    Type: AWS::CloudTrail::Trail
    DependsOn: TrailBucketPolicy
    Properties:
      S3BucketName: !Ref TrailBucket
      IsLogging: true
      IsMultiRegionTrail: true
      CloudWatchLogsLogGroupArn: !GetAtt TrailLogGroup.Arn
      CloudWatchLogsRoleArn: !GetAtt TrailRole.Arn
  Topic:
)";

TEST(SecondTrail, CountsTwice) {
  EXPECT_THAT(told_of_good({{"  Topic:\n", second_trail}}), ElementsAre("T209 warning"));
}

TEST(SecondTrail, IsLeftAloneWhenItRecordsSomethingElse) {
  const auto with = [](std::string_view change) {
    return edit(std::string(second_trail), {{"      IsLogging: true\n", change}});
  };
  EXPECT_THAT(told_of_good({{"  Topic:\n", with("      IsLogging: true\n      EventSelectors: [{ReadWriteType: "
                                                "WriteOnly}]\n")}}),
              ElementsAre("T203 error"))
      << "only what it does record";
  const std::string elsewhere =
      edit(std::string(second_trail), {{"!GetAtt TrailLogGroup.Arn", "!GetAtt OtherLogGroup.Arn"}});
  EXPECT_THAT(told_of_good({{"  Topic:\n", elsewhere},
                            {"  TrailRole:\n", "  OtherLogGroup:\n    Type: AWS::Logs::LogGroup\n  TrailRole:\n"}}),
              IsEmpty());
}

std::vector<std::string> with_selectors(std::string_view selectors) {
  return told_of_good({{"      EventSelectors:\n        - {ReadWriteType: All, IncludeManagementEvents: true}\n",
                        fmt::format("      AdvancedEventSelectors:\n        - FieldSelectors:\n{}", selectors)}});
}

TEST(AdvancedSelectors, AreHeldAgainstARead) {
  const std::string management = "            - {Field: eventCategory, Equals: [Management]}\n";
  EXPECT_THAT(with_selectors(management), IsEmpty());
  EXPECT_THAT(with_selectors(management + "            - {Field: readOnly, Equals: ['true']}\n"), IsEmpty());
  EXPECT_THAT(with_selectors(management + "            - {Field: readOnly, Equals: ['false']}\n"),
              ElementsAre("T203 error"));
  EXPECT_THAT(with_selectors(management + "            - {Field: eventSource, NotEquals: [rdsdata.amazonaws.com]}\n"),
              IsEmpty());
  EXPECT_THAT(with_selectors(management + "            - {Field: eventSource, Equals: [kms.amazonaws.com]}\n"),
              ElementsAre("T205 error"));
  EXPECT_THAT(with_selectors(management + "            - {Field: eventName, StartsWith: [Put]}\n"),
              ElementsAre("T205 error"));
  EXPECT_THAT(with_selectors(management + "            - {Field: eventName, StartsWith: [Get]}\n"), IsEmpty());
  EXPECT_THAT(with_selectors(management + "            - {Field: eventName, NotStartsWith: [Get]}\n"),
              ElementsAre("T205 error"));
  EXPECT_THAT(with_selectors("            - {Field: eventCategory, Equals: [Data]}\n"), ElementsAre("T204 error"));
}

TEST(AdvancedSelectors, AreJoined) {
  EXPECT_THAT(with_selectors("            - {Field: eventCategory, Equals: [Data]}\n"
                             "        - FieldSelectors:\n"
                             "            - {Field: eventCategory, Equals: [Management]}\n"),
              IsEmpty());
}

TEST(AdvancedSelectors, ThatAreNotKnownAreLeftAlone) {
  EXPECT_THAT(with_selectors("            - {Field: eventCategory, Equals: [!ImportValue category]}\n"), IsEmpty());
  EXPECT_THAT(with_selectors("            - {Field: eventCategory, Equals: [Management]}\n"
                             "            - {Field: eventType, Equals: [AwsApiCall]}\n"),
              IsEmpty());
}

const std::string_view secret_here = R"(  Secret:
    Type: AWS::SecretsManager::Secret
    Properties:
      Name: TopSecretInfo
  Topic:
)";

TEST(TrailOfOneRegion, SeesEveryReadOfASecretOfItsRegion) {
  const Replacement one_region{"      IsMultiRegionTrail: true\n", ""};
  EXPECT_THAT(told_of_good({one_region}), ElementsAre("T207 warning"));
  EXPECT_THAT(told_of_good({one_region, {"  Topic:\n", secret_here}}), IsEmpty());
  const std::string replicated = edit(
      std::string(secret_here),
      {{"      Name: TopSecretInfo\n", "      Name: TopSecretInfo\n      ReplicaRegions: [{Region: eu-west-1}]\n"}});
  EXPECT_THAT(told_of_good({one_region, {"  Topic:\n", replicated}}), ElementsAre("T207 warning"));
}

TEST(TrailOfOneRegion, MayBeMeantByASpec) {
  secretwatch::testing::Loaded loaded = secretwatch::testing::load_template(
      edit(std::string(examples::good),
           {{"      IsMultiRegionTrail: true\n", ""},
            {"      IsLogging: true\n", "      IsLogging: true\n      SnsTopicName: !Ref Topic\n"}}));
  EXPECT_EQ(run(*loaded.stack, {}).size(), 2U) << "T207 and T212";
  loaded.stack->spec_hash = "0123456789abcdef";
  EXPECT_THAT(run(*loaded.stack, {}), IsEmpty());
}

TEST(KeyOfALogGroup, MayKnowTheServiceWithoutItsRegion) {
  const std::string good(find_rule("D311")->good);
  const std::string service = "!Sub 'logs.${AWS::Region}.${AWS::URLSuffix}'";
  EXPECT_THAT(told(good), IsEmpty());
  EXPECT_THAT(told(edit(good, {{service, "logs.amazonaws.com"}})), IsEmpty()) << "nobody says that it is refused";
  EXPECT_THAT(told(edit(good, {{service, "sns.amazonaws.com"}})), ElementsAre("D311 error"));
}

TEST(BucketPolicy, IsWaitedForInManyWays) {
  const Replacement no_order{"    DependsOn: TrailBucketPolicy\n", ""};
  EXPECT_THAT(told_of_good({no_order}), ElementsAre("D309 warning"));
  EXPECT_THAT(told_of_good({{"    DependsOn: TrailBucketPolicy\n", "    DependsOn: [Topic, TrailBucketPolicy]\n"}}),
              IsEmpty());
  EXPECT_THAT(told_of_good({{"    DependsOn: TrailBucketPolicy\n", "    DependsOn: Table\n"},
                            {"  Topic:\n",
                             "  Table:\n    Type: AWS::DynamoDB::Table\n    DependsOn: "
                             "TrailBucketPolicy\n  Topic:\n"}}),
              IsEmpty());
  EXPECT_THAT(told_of_good({no_order,
                            {"  TrailLogGroup:\n    Type: AWS::Logs::LogGroup\n",
                             "  TrailLogGroup:\n    Type: AWS::Logs::LogGroup\n    DependsOn: "
                             "TrailBucketPolicy\n"}}),
              IsEmpty())
      << "the trail refers to the group, which waits";
}

TEST(BucketPolicy, OfAnOrganizationMustLetItBeLookedAt) {
  const Replacement organization{"      IsLogging: true\n", "      IsLogging: true\n      IsOrganizationTrail: true\n"};
  EXPECT_THAT(told_of_good({organization}), IsEmpty());
  EXPECT_THAT(told_of_good({organization, {"s3:GetBucketAcl", "s3:GetBucketLocation"}}), ElementsAre("D308 error"));
  EXPECT_THAT(told_of_good({organization, {"s3:PutObject", "s3:GetObject"}}), IsEmpty())
      << "where its records lie depends on the id of the organization";
}

TEST(BucketPolicy, ThatIsMissingIsAnError) {
  std::string text(examples::good);
  const std::size_t begin = text.find("  TrailBucketPolicy:\n");
  text.erase(begin, text.find("  TrailLogGroup:\n") - begin);
  text = edit(text, {{"    DependsOn: TrailBucketPolicy\n", ""}});
  EXPECT_THAT(told(text), ElementsAre("D308 error"));
  EXPECT_THAT(told(edit(text, {{"  Topic:\n", "  Policies: {Type: 'Custom::Policies'}\n  Topic:\n"}})), IsEmpty());
}

TEST(Partitions, AreThoseOfTheRegion) {
  const std::string_view role = "      CloudWatchLogsRoleArn: !GetAtt TrailRole.Arn\n";
  const Replacement hardcoded{role, "      CloudWatchLogsRoleArn: arn:aws:iam::123456789012:role/delivery\n"};
  EXPECT_THAT(told_of_good({hardcoded}), IsEmpty()) << "it may be right";
  EXPECT_THAT(told_of_good({hardcoded}, {.region = "eu-central-1"}), IsEmpty());
  EXPECT_THAT(told_of_good({hardcoded}, {.region = "us-gov-west-1"}), ElementsAre("O711 warning"));
  EXPECT_THAT(told_of_good({}, {.region = "us-gov-west-1"}), IsEmpty());
}

TEST(FiltersOfAGroup, AreAHundredAtMost) {
  const auto with = [](int filters) {
    std::string text = "Resources:\n";
    for (int i = 0; i < filters; ++i)
      text += fmt::format(
          "  F{0}:\n    Type: AWS::Logs::MetricFilter\n    Properties:\n      LogGroupName: records\n      "
          "FilterPattern: E{0}\n      MetricTransformations: [{{MetricNamespace: App, MetricName: E{0}, MetricValue: "
          "'1'}}]\n",
          i);
    return text;
  };
  EXPECT_THAT(told(with(100)), IsEmpty());
  EXPECT_THAT(told(with(103)), ElementsAre("O701 error"));
}

}  // namespace
}  // namespace secretwatch::lint
