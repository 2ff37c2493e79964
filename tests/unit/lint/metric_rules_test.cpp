/// Which metric an alarm means, and where it is: stacks built by hand, as a Terraform configuration makes them.
#include <gmock/gmock.h>

#include "lint/lint.h"

namespace secretwatch::lint {
namespace {

using stack::Attribute;
using stack::Ref;
using stack::ResourceId;
using stack::Text;
using stack::TextValue;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

class MetricRules : public ::testing::Test {
 protected:
  stack::Stack stack;

  MetricRules() {
    stack.scopes.push_back({.provider = "virginia", .account = {stack::Pseudo::account}, .region = "us-east-1"});
    stack.scopes.push_back({.provider = "ireland", .account = {stack::Pseudo::account}, .region = "eu-west-1"});
  }

  ResourceId filter(const char* name, const char* metric, std::size_t scope = 0) {
    stack::MetricFilter filter;
    filter.name = TextValue(Text(name), span());
    filter.log_group = Text("trail");
    filter.pattern = Text("{ $.eventName = \"*GetSecretValue\" }");
    filter.metric_namespace = Text("Security");
    filter.metric_name = TextValue(Text(metric), span());
    filter.metric_value = Text("1");
    return stack.add({.label = name, .body = filter, .span = span(), .scope = scope});
  }
  ResourceId alarm(TextValue metric, std::size_t scope = 0, const char* name = nullptr) {
    stack::Alarm alarm;
    if (name != nullptr) alarm.name = TextValue(Text(name), span());
    alarm.metric_namespace = Text("Security");
    metric.span = span();
    alarm.metric_name = metric;
    alarm.statistic = Text("Sum");
    alarm.comparison = Text("GreaterThanOrEqualToThreshold");
    alarm.threshold = 1;
    alarm.period_seconds = std::int64_t{300};
    alarm.evaluation_periods = std::int64_t{1};
    alarm.treat_missing_data = Text("notBreaching");
    alarm.alarm_actions = {Text("arn:aws:sns:us-east-1:123456789012:alerts")};
    return stack.add(
        {.label = "alarm" + std::to_string(stack.resources().size()), .body = alarm, .span = span(), .scope = scope});
  }
  std::vector<std::string> told(std::vector<std::string> select = {}) const {
    std::vector<std::string> lines;
    for (const Finding& finding : run(stack, {.selection = {.select = std::move(select)}}))
      lines.push_back(std::string(finding.rule->id) + " " + std::string(secretwatch::name_of(finding.severity)));
    return lines;
  }

 private:
  std::uint32_t next_ = 0;
  Span span() {
    next_ += 10;
    return {FileId{1}, next_, next_ + 5};
  }
};

TEST_F(MetricRules, NameOfAFilterIsNotThatOfItsMetric) {
  const ResourceId watch = filter("reads-filter", "SecretReads");
  alarm(Ref{watch, Attribute::id, "id"});
  EXPECT_THAT(told(), ElementsAre("A503 error"));
}

TEST_F(MetricRules, NameOfAFilterMayBeThatOfItsMetric) {
  const ResourceId watch = filter("SecretReads", "SecretReads");
  alarm(Ref{watch, Attribute::name, "name"});
  EXPECT_THAT(told(), ElementsAre("A503 note"));
}

TEST_F(MetricRules, NameOfAFilterMayBeTheMetricOfAnother) {
  const ResourceId watch = filter("SecretReads", "Other");
  filter("second", "SecretReads");
  alarm(Ref{watch, Attribute::name, "name"});
  EXPECT_THAT(told({"A503"}), IsEmpty());
}

TEST_F(MetricRules, OtherAttributesOfAFilterMayBeItsMetric) {
  const ResourceId watch = filter("reads-filter", "SecretReads");
  alarm(Ref{watch, Attribute::other, "metric_transformation[0].name"});
  EXPECT_THAT(told(), IsEmpty());
}

TEST_F(MetricRules, AlarmMustBeWhereItsMetricIs) {
  filter("watch", "SecretReads", 1);
  alarm(Text("SecretReads"), 2);
  EXPECT_THAT(told(), ElementsAre("A506 error"));
}

TEST_F(MetricRules, AlarmMayHaveAFilterInItsOwnPlace) {
  filter("watch", "SecretReads", 1);
  filter("watch-ireland", "SecretReads", 2);
  alarm(Text("SecretReads"), 2);
  EXPECT_THAT(told({"A506"}), IsEmpty());
}

TEST_F(MetricRules, PlaceThatIsNotKnownIsNoOther) {
  filter("watch", "SecretReads", 1);
  alarm(Text("SecretReads"), 0);
  EXPECT_THAT(told(), IsEmpty());
}

TEST_F(MetricRules, AMetricMayHaveSeveralSeries) {
  const auto dimensions = [&](ResourceId id, std::vector<const char*> names) {
    for (const char* const name : names)
      std::get<stack::MetricFilter>(stack[id].body).dimensions.push_back({Text(name), Text("$.x")});
  };
  dimensions(filter("by-code", "Codes"), {"Code"});
  dimensions(filter("by-code-and-version", "Codes"), {"Version", "Code"});
  const ResourceId reader = alarm(Text("Codes"));
  auto& wanted = std::get<stack::Alarm>(stack[reader].body).dimensions;
  wanted = {{Text("Code"), Text("7")}};
  EXPECT_THAT(told({"A504"}), IsEmpty());
  wanted.push_back({Text("Version"), Text("1")});
  EXPECT_THAT(told({"A504"}), IsEmpty());
  wanted.push_back({Text("Region"), Text("x")});
  EXPECT_THAT(told({"A504"}), ElementsAre("A504 error")) << "once, whatever the number of filters";
}

TEST_F(MetricRules, TwoFiltersOfOneSeriesCountTwice) {
  filter("watch", "SecretReads");
  const ResourceId second = filter("second", "SecretReads");
  const auto with = [&](std::size_t id, const char* value) {
    std::get<stack::MetricFilter>(stack[static_cast<ResourceId>(id)].body).dimensions = {{Text("Stage"), Text(value)}};
  };
  EXPECT_THAT(told({"F432"}), ElementsAre("F432 warning"));
  with(static_cast<std::size_t>(second), "$.stage");
  EXPECT_THAT(told({"F432"}), IsEmpty());
  with(0, "$.stage");
  EXPECT_THAT(told({"F432"}), ElementsAre("F432 warning"));
  with(0, "$.level");
  EXPECT_THAT(told({"F432"}), IsEmpty());
}

TEST_F(MetricRules, ARecordWithoutTheFieldIsCountedWithoutDimensions) {
  const ResourceId publisher = filter("watch", "SecretReads");
  alarm(Text("SecretReads"));
  const auto told_of = [&](const char* pattern, const char* field) {
    auto& body = std::get<stack::MetricFilter>(stack[publisher].body);
    body.pattern = Text(pattern);
    body.dimensions = {{Text("User"), Text(field)}};
    return told({"A504"});
  };
  constexpr const char* reads = R"({ $.eventName = "*GetSecretValue" })";
  constexpr const char* user = "$.userIdentity.userName";
  EXPECT_THAT(told_of(reads, user), ElementsAre("A504 warning")) << "a role's session has none";
  EXPECT_THAT(told_of(reads, "production"), ElementsAre("A504 warning"));
  EXPECT_THAT(told_of(reads, "$.eventName"), ElementsAre("A504 error")) << "it is asked for";
  EXPECT_THAT(told_of(reads, "$.awsRegion"), ElementsAre("A504 error")) << "every record of CloudTrail has it";
  EXPECT_THAT(told_of(R"({ $.level = "ERROR" })", "$.awsRegion"), ElementsAre("A504 warning"));
  EXPECT_THAT(told_of(R"({ $.a = 1 && ($.userIdentity.userName = "a*" || $.userIdentity.userName = "b*") })", user),
              ElementsAre("A504 error"));
  EXPECT_THAT(told_of(R"({ $.userIdentity.userName = "a*" || $.a = 1 })", user), ElementsAre("A504 warning"));
  EXPECT_THAT(told_of(R"({ $.a = 1 && $.userIdentity.userName != "root" })", user), ElementsAre("A504 warning"));
}

TEST_F(MetricRules, AnyFilterMayPublishInTheUnitThatIsAskedFor) {
  filter("watch", "SecretReads");
  const ResourceId second = filter("second", "SecretReads");
  const ResourceId reader = alarm(Text("SecretReads"));
  std::get<stack::Alarm>(stack[reader].body).unit = Text("Count");
  EXPECT_THAT(told({"A505"}), ElementsAre("A505 error"));
  std::get<stack::MetricFilter>(stack[second].body).unit = Text("Count");
  EXPECT_THAT(told({"A505"}), IsEmpty());
}

TEST_F(MetricRules, OneNameIsForOneAlarm) {
  filter("watch", "SecretReads");
  alarm(Text("SecretReads"), 0, "secret-read");
  alarm(Text("SecretReads"), 0, "secret-read");
  EXPECT_THAT(told(), ElementsAre("A561 error"));
}

TEST_F(MetricRules, OneNameInTwoRegionsIsTwoNames) {
  filter("watch", "SecretReads", 1);
  filter("watch-ireland", "SecretReads", 2);
  alarm(Text("SecretReads"), 1, "secret-read");
  alarm(Text("SecretReads"), 2, "secret-read");
  EXPECT_THAT(told({"A561"}), IsEmpty());
}

TEST_F(MetricRules, NamesOfAlarmsThatAreNeverThereTogetherMayBeTheSame) {
  const auto parameter = stack.add(stack::Parameter{.name = "Stage"});
  const auto prod = stack.add(
      stack::Condition{.name = "IsProd", .test = stack::Condition::Test::equals, .texts = {Text{parameter}, "prod"}});
  const auto other = stack.add(
      stack::Condition{.name = "IsOther", .test = stack::Condition::Test::negation, .texts = {}, .terms = {prod}});
  filter("watch", "SecretReads");
  const ResourceId a = alarm(Text("SecretReads"), 0, "secret-read");
  const ResourceId b = alarm(Text("SecretReads"), 0, "secret-read");
  stack[a].presence = prod;
  stack[b].presence = other;
  EXPECT_THAT(told({"A561"}), IsEmpty());
}

}  // namespace
}  // namespace secretwatch::lint
