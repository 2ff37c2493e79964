/// Asking not to be told, in every language that is read: the same alarm without an action, ignored in each as it does
/// that, and told when the asking is taken away.
#include <map>

#include <gmock/gmock.h>

#include "support/linted.h"

namespace secretwatch::cli {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using testing::Linted;

struct Spelling {
  const char* name;
  std::map<std::string, std::string> files;  // `IGNORE` stands for the comment, `ENTRY` for what metadata hold
  const char* path;                          // that is linted
  const char* by;
};

const char* const filter_in_yaml =
    "  Reads:\n    Type: AWS::Logs::MetricFilter\n    Properties:\n      LogGroupName: app\n      FilterPattern: "
    "ERROR\n"
    "      MetricTransformations: [{MetricNamespace: App, MetricName: Errors, MetricValue: '1'}]\n";
const char* const alarm_in_yaml =
    "    Properties:\n      Namespace: App\n      MetricName: Errors\n      Statistic: Sum\n      Period: 300\n      "
    "EvaluationPeriods: 1\n      Threshold: 1\n      ComparisonOperator: GreaterThanOrEqualToThreshold\n      "
    "TreatMissingData: notBreaching\n";
const char* const filter_in_json =
    R"("Reads": {"Type": "AWS::Logs::MetricFilter", "Properties": {"LogGroupName": "app", "FilterPattern": "ERROR",
      "MetricTransformations": [{"MetricNamespace": "App", "MetricName": "Errors", "MetricValue": "1"}]}})";
const char* const alarm_in_json =
    R"("Type": "AWS::CloudWatch::Alarm", "Properties": {"Namespace": "App", "MetricName": "Errors",
      "Statistic": "Sum", "Period": 300, "EvaluationPeriods": 1, "Threshold": 1,
      "ComparisonOperator": "GreaterThanOrEqualToThreshold", "TreatMissingData": "notBreaching"})";
const char* const filter_in_hcl =
    "resource \"aws_cloudwatch_log_metric_filter\" \"reads\" {\n  name = \"reads\"\n  log_group_name = \"app\"\n  "
    "pattern = \"ERROR\"\n  metric_transformation {\n    name = \"Errors\"\n    namespace = \"App\"\n    value = "
    "\"1\"\n  }\n}\n";
const char* const alarm_in_hcl =
    "  alarm_name = \"errors\"\n  namespace = \"App\"\n  metric_name = \"Errors\"\n  statistic = \"Sum\"\n  period = "
    "300\n  evaluation_periods = 1\n  threshold = 1\n  comparison_operator = \"GreaterThanOrEqualToThreshold\"\n  "
    "treat_missing_data = \"notBreaching\"\n}\n";
const char* const filter_in_tf_json =
    R"("aws_cloudwatch_log_metric_filter": {"reads": {"name": "reads", "log_group_name": "app", "pattern": "ERROR",
      "metric_transformation": {"name": "Errors", "namespace": "App", "value": "1"}}})";
const char* const alarm_in_tf_json =
    R"("alarm_name": "errors", "namespace": "App", "metric_name": "Errors", "statistic": "Sum", "period": 300,
      "evaluation_periods": 1, "threshold": 1, "comparison_operator": "GreaterThanOrEqualToThreshold",
      "treat_missing_data": "notBreaching")";

const std::string head_in_hcl = "resource \"aws_cloudwatch_metric_alarm\" \"errors\" {\n";
const std::string manifest = R"({"version": "36.0.0", "artifacts": {"Alerts": {"type": "aws:cloudformation:stack",
  "environment": "aws://unknown-account/unknown-region", "properties": {"templateFile": "alerts.template.json"}}}})";

std::string json_with(const std::string& metadata_of_template, const std::string& metadata_of_alarm) {
  return fmt::format("{{{}\"Resources\": {{{},\n\"Alarm\": {{{}{}}}}}}}", metadata_of_template, filter_in_json,
                     metadata_of_alarm, alarm_in_json);
}

const std::string resources = "AWSTemplateFormatVersion: '2010-09-09'\nResources:\n" + std::string(filter_in_yaml);
const std::string alarm_type = "    Type: AWS::CloudWatch::Alarm\n";
const std::string metadata_in_json = R"("Metadata": {"secretwatch": {"ignore": ["ENTRY"]}}, )";

const Spelling spellings[] = {
    {"CommentAbove",
     {{"t.yaml", resources + "  # IGNORE\n  Alarm:\n" + alarm_type + alarm_in_yaml}},
     "t.yaml",
     "comment"},
    {"CommentBehind",
     {{"t.yaml", resources + "  Alarm: # IGNORE\n" + alarm_type + alarm_in_yaml}},
     "t.yaml",
     "comment"},
    {"MetadataOfTheResource",
     {{"t.yaml",
       resources + "  Alarm:\n" + alarm_type + "    Metadata: {secretwatch: {ignore: 'ENTRY'}}\n" + alarm_in_yaml}},
     "t.yaml",
     "metadata"},
    {"MetadataOfTheTemplate",
     {{"t.yaml",
       "Metadata: {secretwatch: {ignore: ['ENTRY']}}\n" + resources + "  Alarm:\n" + alarm_type + alarm_in_yaml}},
     "t.yaml",
     "metadata"},
    {"MetadataInJson", {{"t.json", json_with("", metadata_in_json)}}, "t.json", "metadata"},
    {"MetadataOfAJsonTemplate", {{"t.json", json_with(metadata_in_json, "")}}, "t.json", "metadata"},
    {"MetadataInAnAssembly",
     {{"cdk.out/manifest.json", manifest}, {"cdk.out/alerts.template.json", json_with("", metadata_in_json)}},
     "cdk.out",
     "metadata"},
    {"TerraformCommentAbove",
     {{"m/main.tf", filter_in_hcl + ("# IGNORE\n" + head_in_hcl) + alarm_in_hcl}},
     "m",
     "comment"},
    {"TerraformCommentWithSlashes",
     {{"m/main.tf", filter_in_hcl + ("// IGNORE\n" + head_in_hcl) + alarm_in_hcl}},
     "m",
     "comment"},
    {"TerraformCommentOfSeveralLines",
     {{"m/main.tf", filter_in_hcl + ("/* IGNORE */\n" + head_in_hcl) + alarm_in_hcl}},
     "m",
     "comment"},
    {"TerraformCommentInAnotherFile",
     {{"m/filters.tf", filter_in_hcl}, {"m/alarms.tf", "# IGNORE\n" + head_in_hcl + alarm_in_hcl}},
     "m",
     "comment"},
    {"TerraformCommentAtACall",
     {{"m/main.tf", "# IGNORE\nmodule \"alerts\" {\n  source = \"./alerts\"\n}\n"},
      {"m/alerts/main.tf", filter_in_hcl + head_in_hcl + alarm_in_hcl}},
     "m",
     "comment"},
    {"TerraformJson",
     {{"m/main.tf.json", fmt::format(R"({{"resource": {{{},
      "aws_cloudwatch_metric_alarm": {{"errors": {{"//": "IGNORE", {}}}}}}}}})",
                                     filter_in_tf_json, alarm_in_tf_json)}},
     "m",
     "comment"},
};

class Suppression : public ::testing::TestWithParam<Spelling> {
 protected:
  static Linted lint(const std::string& asking, std::vector<std::string> options = {}) {
    testing::MemoryFiles files;
    for (const auto& [path, text] : GetParam().files) {
      files.texts[path] = text;
      for (const char* word : {"IGNORE", "ENTRY"}) {
        const std::size_t at = files.texts[path].find(word);
        const std::string wanted =
            word == std::string("IGNORE") && !asking.empty() ? "secretwatch:ignore " + asking : asking;
        if (at != std::string::npos) files.texts[path].replace(at, std::string(word).size(), wanted);
      }
    }
    std::vector<std::string> arguments = {GetParam().path, "--select", "A541", "--select", "R006", "--select", "R007"};
    arguments.insert(arguments.end(), options.begin(), options.end());
    arguments.insert(arguments.end(), {"--format", "json"});
    return testing::lint(files, arguments);
  }
};

TEST_P(Suppression, KeepsAFindingFromBeingTold) {
  EXPECT_THAT(lint("A541 -- it is looked at daily").ids(), IsEmpty());
  EXPECT_THAT(lint("no-alarm-action until 2026-06-01 -- it is looked at daily").ids(), IsEmpty());
}

TEST_P(Suppression, SaysWhoKeptItAndWhy) {
  const Linted linted = lint("A541 until 2026-06-01 -- it is looked at daily", {"--show-suppressed"});
  ASSERT_THAT(linted.ids(), ElementsAre("A541")) << linted.out;
  const auto& suppressed = linted.report["findings"][0]["suppressed"];
  EXPECT_EQ(suppressed["by"], GetParam().by);
  EXPECT_EQ(suppressed["reason"], "it is looked at daily");
  EXPECT_EQ(suppressed["until"], "2026-06-01");
  EXPECT_EQ(linted.exit, 0);
}

TEST_P(Suppression, EndsOnItsDay) {
  EXPECT_THAT(lint("A541 until 2026-05-31 -- it is looked at daily").ids(), ElementsAre("A541", "R006"));
}

TEST_P(Suppression, OfAnotherRuleIsOutOfDate) {
  EXPECT_THAT(lint("R007 -- it is looked at daily").ids(), ElementsAre("A541", "R006"));
}

TEST_P(Suppression, WantsAReason) {
  EXPECT_THAT(lint("A541").ids(), ElementsAre("R007"));
}

INSTANTIATE_TEST_SUITE_P(Languages, Suppression, ::testing::ValuesIn(spellings),
                         [](const auto& each) { return std::string(each.param.name); });

}  // namespace
}  // namespace secretwatch::cli
