/// Templates that belong together, through the command line.
#include "cli/groups.h"

#include <gmock/gmock.h>

#include "lint/examples.h"
#include "support/linted.h"

namespace secretwatch::cli {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using testing::Linted;
using ::testing::Not;

/// The good example, cut before its alarm.
class Groups : public ::testing::Test {
 protected:
  testing::MemoryFiles files;
  const std::string whole{lint::examples::good};
  const std::size_t alarm_at = whole.find("  ReadAlarm:\n");
  const std::string chain = whole.substr(0, alarm_at);
  const std::string alarm = whole.substr(alarm_at);
  const std::string heading = "AWSTemplateFormatVersion: '2010-09-09'\nResources:\n";

  static std::string replaced(std::string text, const std::string& before, const std::string& after) {
    std::size_t count = 0;
    for (std::size_t at = text.find(before); at != std::string::npos; at = text.find(before, at + after.size())) {
      text.replace(at, before.size(), after);
      ++count;
    }
    EXPECT_GT(count, 0U) << before;
    return text;
  }

  std::string exporting(const std::string& text, const std::string& name = "alerts") {
    return text + "Outputs:\n  Topic:\n    Value: !Ref Topic\n    Export: {Name: " + name + "}\n";
  }
  std::string importing() { return heading + replaced(alarm, "!Ref Topic", "!ImportValue alerts"); }
  std::string nesting(const std::string& text, const std::string& parameters = "Topic: !Ref Topic") {
    return text +
           "  Alarms:\n    Type: AWS::CloudFormation::Stack\n    Properties:\n      TemplateURL: ./alarms.yaml\n" +
           "      Parameters: {" + parameters + "}\n";
  }
  std::string nested() { return "Parameters: {Topic: {Type: String}}\n" + heading + alarm; }

  Linted run(std::vector<std::string> arguments) {
    arguments.insert(arguments.end(), {"--format", "json"});
    return testing::lint(files, arguments);
  }
  /// "N612 a.yaml"
  static std::vector<std::string> told(const Linted& linted) {
    std::vector<std::string> all;
    for (const auto& finding : linted.report["findings"])
      all.push_back(finding["id"].get<std::string>() + " " + finding["file"].get<std::string>());
    return all;
  }
};

TEST_F(Groups, AreCleanWhereTheWholeIsClean) {
  files.texts = {{"a.yaml", exporting(chain)}, {"b.yaml", importing()}};
  EXPECT_THAT(told(run({"a.yaml", "b.yaml"})), IsEmpty());
  EXPECT_EQ(run({"a.yaml", "b.yaml"}).report["files"], 2);
  files.texts = {{"main.yaml", nesting(chain)}, {"alarms.yaml", nested()}};
  EXPECT_THAT(told(run({"."})), IsEmpty());
  EXPECT_EQ(run({"."}).report["files"], 2);
}

TEST_F(Groups, TellFaultsWithBothEnds) {
  const std::string closed = replaced(chain, "cloudwatch.amazonaws.com", "events.amazonaws.com");
  files.texts = {{"a.yaml", exporting(closed)}, {"b.yaml", importing()}};
  const Linted linted = run({"a.yaml", "b.yaml"});
  EXPECT_EQ(linted.exit, 1);
  EXPECT_THAT(told(linted), ElementsAre("N612 a.yaml"));
  EXPECT_EQ(linted.report["findings"][0]["related"][0]["file"], "b.yaml");
  EXPECT_THAT(told(run({"a.yaml"})), Not(Contains("N612 a.yaml"))) << "alone, nobody publishes to the topic";
}

TEST_F(Groups, DependOnNoOrder) {
  const std::string closed = replaced(chain, "cloudwatch.amazonaws.com", "events.amazonaws.com");
  files.texts = {{"x/a.yaml", exporting(closed)},
                 {"x/b.yaml", importing()},
                 {"x/c.yaml", whole},
                 {"y/main.yaml", nesting(closed)},
                 {"y/alarms.yaml", nested()}};
  std::vector<std::string> paths;
  for (const auto& [path, text] : files.texts) paths.push_back(path);
  const auto sorted = [&](std::vector<std::string> arguments) {
    std::vector<std::string> all = told(run(std::move(arguments)));
    std::sort(all.begin(), all.end());
    return all;
  };
  do {
    std::vector<std::string> arguments = paths;
    arguments.insert(arguments.end(), {"-j", "2"});
    EXPECT_THAT(sorted(arguments), ElementsAre("N612 x/a.yaml", "N612 y/main.yaml"));
  } while (std::next_permutation(paths.begin(), paths.end()));
}

TEST_F(Groups, NestTheSameFileOfWhicheverBucket) {
  const std::string own =
      "Parameters: {Bucket: {Type: String, Default: ours}}\nConditions:\n  IsOurs: !Equals [!Ref Bucket, ours]\n";
  const std::string url = "!Sub ['https://${B}.s3.amazonaws.com/alarms.yaml', {B: !If [IsOurs, ours-1, !Ref Bucket]}]";
  files.texts = {{"main.yaml", own + replaced(nesting(chain), "./alarms.yaml", url)},
                 {"alarms.yaml", replaced(nested(), "GreaterThanOrEqualToThreshold", "LessThanThreshold")}};
  const Linted linted = run({"."});
  EXPECT_THAT(told(linted), ElementsAre("A515 alarms.yaml"));
  EXPECT_EQ(linted.report["findings"][0]["severity"], "error") << "it is so in either bucket";
}

TEST_F(Groups, SeeAWrongParameter) {
  files.texts = {{"main.yaml", nesting(chain, "Topic: !Ref Topic, Metric: TopSecretInfoReads")},
                 {"alarms.yaml", replaced(replaced(nested(), "{Topic: {Type: String}}",
                                                   "{Topic: {Type: String}, Metric: {Type: String}}"),
                                          "MetricName: TopSecretInfoRead", "MetricName: !Ref Metric")}};
  const Linted linted = run({"."});
  EXPECT_THAT(told(linted), ElementsAre("A501 alarms.yaml"));
  EXPECT_EQ(linted.report["findings"][0]["related"][0]["file"], "main.yaml");
}

TEST_F(Groups, DecideConditionsByWhatIsGiven) {
  const std::string conditional =
      replaced(replaced(nested(), "{Topic: {Type: String}}",
                        "{Topic: {Type: String}, On: {Type: String}}\nConditions: {IsOn: !Equals [!Ref On, 'true']}"),
               "      AlarmActions: [!Ref Topic]\n",
               "      AlarmActions: [!Ref Topic]\n      ActionsEnabled: !If [IsOn, true, false]\n");
  files.texts = {{"main.yaml", nesting(chain, "Topic: !Ref Topic, On: 'true'")}, {"alarms.yaml", conditional}};
  EXPECT_THAT(told(run({"."})), IsEmpty());
  files.texts["main.yaml"] = nesting(chain, "Topic: !Ref Topic, On: 'false'");
  EXPECT_THAT(told(run({"."})), ElementsAre("A540 alarms.yaml"));
  EXPECT_EQ(run({"."}).report["findings"][0]["severity"], "error");
}

TEST_F(Groups, TellOnceWhatIsNestedTwice) {
  const std::string again =
      "  Again:\n    Type: AWS::CloudFormation::Stack\n    Properties:\n      TemplateURL: "
      "./alarms.yaml\n      Parameters: {Topic: !Ref Topic}\n";
  files.texts = {{"main.yaml", nesting(chain) + again},
                 {"alarms.yaml", replaced(nested(), "Statistic: Sum", "Statistic: Average")}};
  EXPECT_THAT(told(run({"."})), ElementsAre("A510 alarms.yaml"));
}

TEST_F(Groups, LeaveOpenWhatIsExportedTwice) {
  files.texts = {{"a.yaml", exporting(chain)}, {"b.yaml", importing()}, {"c.yaml", exporting(chain)}};
  const Linted linted = run({"."});
  EXPECT_EQ(linted.report["summary"]["error"], 0);
  EXPECT_THAT(testing::lint(files, {"b.yaml", "--format", "json"}).report["summary"]["error"], 0);
}

TEST_F(Groups, AreJudgedWhereTemplatesNestThemselves) {
  const std::string bad = replaced(alarm, "      AlarmActions", "      ActionsEnabled: false\n      AlarmActions");
  files.texts = {{"alarms.yaml", nesting(chain + bad, "")}};
  EXPECT_THAT(told(run({"."})), ElementsAre("A540 alarms.yaml"));
  files.texts = {{"alarms.yaml", replaced(nesting(chain + bad, ""), "alarms.yaml", "other.yaml")},
                 {"other.yaml", nesting(whole, "")}};
  EXPECT_THAT(told(run({"."})), ElementsAre("A540 alarms.yaml"));
}

TEST_F(Groups, DoNotChangeWhatIsNotLinked) {
  const std::string bad = replaced(whole, "Statistic: Sum", "Statistic: Average");
  files.texts = {{"x/bad.yaml", bad}};
  const auto alone = told(run({"x"}));
  files.texts["x/a.yaml"] = exporting(chain);
  files.texts["x/b.yaml"] = importing();
  files.texts["x/lost.yaml"] = nesting(whole, "Topic: !Ref Topic");
  EXPECT_EQ(told(run({"x"})), alone) << "x/alarms.yaml is not there";
}

TEST_F(Groups, ObeyTheIgnoresOfAllTheirFiles) {
  const std::string closed = replaced(chain, "cloudwatch.amazonaws.com", "events.amazonaws.com");
  const std::string of_resource =
      replaced(closed, "  TopicPolicy:\n    Type",
               "  TopicPolicy:\n    Metadata: {secretwatch: {ignore: [N612 -- old]}}\n    Type");
  const std::string of_template = "Metadata: {secretwatch: {ignore: [{rule: N612, reason: old}]}}\n" + closed;
  const std::string of_comment =
      replaced(closed, "  TopicPolicy:\n", "  # secretwatch:ignore N612 -- old\n  TopicPolicy:\n");
  for (const std::string& ignoring : {of_resource, of_template, of_comment}) {
    files.texts = {{"a.yaml", exporting(ignoring)}, {"b.yaml", importing()}};
    EXPECT_THAT(told(run({"a.yaml", "b.yaml"})), IsEmpty()) << ignoring;
    EXPECT_EQ(run({"a.yaml", "b.yaml"}).report["summary"]["suppressed"], 1);
    EXPECT_THAT(told(run({"a.yaml"})), Contains("R006 a.yaml")) << "alone there is nothing to ignore";
  }
}

TEST_F(Groups, AreJudgedInAssemblies) {
  const std::string closed = replaced(chain, "cloudwatch.amazonaws.com", "events.amazonaws.com");
  files.texts = {{"cdk.out/manifest.json",
                  R"({"version": "36.0.0", "artifacts": {
        "A": {"type": "aws:cloudformation:stack", "environment": "aws://111122223333/eu-west-1",
              "properties": {"templateFile": "A.template.json"}},
        "B": {"type": "aws:cloudformation:stack", "environment": "aws://111122223333/eu-west-1",
              "properties": {"templateFile": "B.template.json"}}}})"},
                 {"cdk.out/A.template.json", exporting(closed)},
                 {"cdk.out/B.template.json", importing()}};
  EXPECT_THAT(told(run({"cdk.out"})), ElementsAre("N612 cdk.out/A.template.json"));
  EXPECT_THAT(told(run({"cdk.out/manifest.json"})), ElementsAre("N612 cdk.out/A.template.json"));
  files.texts["cdk.out/manifest.json"] = replaced(files.texts["cdk.out/manifest.json"], R"(eu-west-1",
              "properties": {"templateFile": "B)",
                                                  R"(us-east-1",
              "properties": {"templateFile": "B)");
  EXPECT_THAT(told(run({"cdk.out"})), IsEmpty()) << "exports are not seen in another region";
}

TEST_F(Groups, FollowNestedTemplatesOfAssemblies) {
  const std::string closed = replaced(chain, "cloudwatch.amazonaws.com", "events.amazonaws.com");
  files.texts = {
      {"cdk.out/manifest.json",
       R"({"version": "36.0.0", "artifacts": {"A": {"type": "aws:cloudformation:stack",
        "environment": "aws://111122223333/eu-west-1", "properties": {"templateFile": "A.template.json"}}}})"},
      {"cdk.out/A.template.json",
       replaced(nesting(closed), "    Properties:\n      TemplateURL: ./alarms.yaml\n",
                "    Metadata: {'aws:asset:path': B.nested.template.json, 'aws:asset:property': TemplateURL}\n"
                "    Properties:\n      TemplateURL: !Sub 'https://s3.${AWS::URLSuffix}/assets/0123.json'\n")},
      {"cdk.out/B.nested.template.json", nested()}};
  EXPECT_THAT(told(run({"cdk.out"})), ElementsAre("N612 cdk.out/A.template.json"));
}

}  // namespace
}  // namespace secretwatch::cli
