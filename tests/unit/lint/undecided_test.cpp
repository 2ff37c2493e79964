/// What keeps rules from a verdict, and the option that would settle it.
#include <gmock/gmock.h>

#include "edited.h"

namespace secretwatch::lint {
namespace {

using ::testing::AllOf;
using testing::edit;
using ::testing::ElementsAre;
using testing::findings;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

/// The messages of R004 of the well-made template, edited.
std::vector<std::string> undecided(const std::vector<testing::Replacement>& replacements,
                                   const load::TemplateOptions& options = {}) {
  std::vector<std::string> messages;
  for (const Finding& finding : findings(edit(std::string(examples::good), replacements), options)) {
    if (finding.rule->id != std::string("R004")) continue;
    messages.push_back(finding.message);
    for (const Related& related : finding.related) messages.push_back(related.message);
  }
  return messages;
}

TEST(Undecided, NamesTheParameterThatWouldSettleIt) {
  const testing::Replacement parameters{"Resources:\n  TrailBucket:\n",
                                        "Parameters:\n  Limit: {Type: Number}\n  Stat: {Type: String}\nResources:\n  "
                                        "TrailBucket:\n"};
  const testing::Replacement threshold{"      Threshold: 1\n", "      Threshold: !Ref Limit\n"};
  const testing::Replacement statistic{"      Statistic: Sum\n", "      Statistic: !Ref Stat\n"};
  EXPECT_THAT(
      undecided({parameters, threshold, statistic}),
      ElementsAre(HasSubstr("the statistic of 'ReadAlarm' is not known, as parameter 'Stat' has no known value: "
                            "'--parameters Stat=...' would settle it"),
                  HasSubstr("'--parameters Limit=...' would settle it")));
  EXPECT_THAT(undecided({parameters, threshold}, {.parameters = {{"Limit", "1"}}}), IsEmpty());
  EXPECT_THAT(undecided({parameters,
                         {"      AlarmDescription: TopSecretInfo was read\n", "      AlarmDescription: !Ref Stat\n"}}),
              IsEmpty())
      << "no verdict depends on it";
}

TEST(Undecided, NamesTheRegionThatWouldSettleIt) {
  const testing::Replacement mapping{"Resources:\n  TrailBucket:\n",
                                     "Mappings:\n  Limits: {us-east-1: {Reads: 1}, eu-west-1: {Reads: 2}}\nResources:\n"
                                     "  TrailBucket:\n"};
  const testing::Replacement threshold{"      Threshold: 1\n",
                                       "      Threshold: !FindInMap [Limits, !Ref 'AWS::Region', Reads]\n"};
  EXPECT_THAT(undecided({mapping, threshold}),
              ElementsAre(AllOf(HasSubstr("the threshold of 'ReadAlarm'"), HasSubstr("'--region' would settle it"))));
  EXPECT_THAT(undecided({mapping, threshold}, {.region = "us-east-1"}), IsEmpty());
}

TEST(Undecided, NamesVariablesOfTerraform) {
  stack::Stack stack;
  stack.parameters.push_back({.name = "limit"});
  stack::MetricFilter filter;
  filter.log_group = stack::Text("app");
  filter.pattern = stack::Text("ERROR");
  filter.metric_namespace = stack::Text("App");
  filter.metric_name = stack::Text("Errors");
  filter.metric_value = stack::Text("1");
  stack.add({.label = "errors", .body = filter, .address = "aws_cloudwatch_log_metric_filter.errors"});
  stack::Alarm alarm;
  alarm.metric_namespace = stack::Text("App");
  alarm.metric_name = stack::Text("Errors");
  alarm.statistic = stack::Text("Sum");
  alarm.threshold = stack::Value<double>(stack::Unknown{"var.limit has no value", stack::Cause::parameter, "limit"});
  stack.add({.label = "errors", .body = alarm, .address = "aws_cloudwatch_metric_alarm.errors"});
  const std::vector<Finding> found = run(stack, {.selection = {.select = {"R004"}}});
  ASSERT_EQ(found.size(), 1U);
  EXPECT_THAT(found[0].message, HasSubstr("var.limit has no value: '--var limit=...' would settle it"));
}

}  // namespace
}  // namespace secretwatch::lint
