/// `lint`, `rules` and `explain` as docs/command-line.md has them.
#include "lint/lint.h"

#include <gmock/gmock.h>

#include "lint/rules/catalogue.h"
#include "support/linted.h"

namespace secretwatch::cli {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using testing::Linted;
using ::testing::Not;

class Lint : public ::testing::Test {
 protected:
  testing::MemoryFiles files;
  const std::string bad{lint::rules::actions_disabled.bad};
  const std::string good{lint::rules::actions_disabled.good};

  Linted run(const std::vector<std::string>& arguments, const std::string& input = "") {
    return testing::lint(files, arguments, input);
  }
  Linted json(std::vector<std::string> arguments, const std::string& input = "") {
    arguments.insert(arguments.end(), {"--format", "json"});
    return run(arguments, input);
  }
  static std::vector<std::string> files_of(const Linted& linted) {
    std::vector<std::string> all;
    for (const auto& finding : linted.report["findings"]) all.push_back(finding["file"]);
    return all;
  }
  void SetUp() override {
    files.texts["infra/bad.yaml"] = bad;
    files.texts["infra/good.yaml"] = good;
    files.texts["infra/notes.txt"] = "Resources: none\n";
  }
};

// --- exit codes ---

TEST_F(Lint, AnswersWithItsExitCode) {
  EXPECT_EQ(run({"infra/good.yaml"}).exit, 0);
  EXPECT_EQ(run({"infra/bad.yaml"}).exit, 1);
  EXPECT_EQ(run({"infra"}).exit, 1);
  EXPECT_EQ(run({"nowhere.yaml"}).exit, 2) << "a missing path";
  EXPECT_EQ(run({}).exit, 2) << "no path";
  EXPECT_EQ(run({"infra/good.yaml", "--today", "tomorrow"}).exit, 2);
  EXPECT_EQ(run({"infra/good.yaml", "--output", "xml=a"}).exit, 2);
}

TEST_F(Lint, FailsFromTheSeverityThatIsAskedFor) {
  files.texts["t.yaml"] = "# secretwatch:ignore A540 -- stale\n" + good;
  EXPECT_EQ(run({"t.yaml"}).exit, 0) << "a note";
  EXPECT_EQ(run({"t.yaml", "--fail-on", "note"}).exit, 1);
  EXPECT_EQ(run({"infra/bad.yaml", "--fail-on", "error"}).exit, 1);
}

TEST_F(Lint, NeverSaysThatAllIsWellWhenSomethingCouldNotBeRead) {
  files.texts["infra/broken.yaml"] = "AWSTemplateFormatVersion: x\nResources: [\n";
  const Linted linted = json({"infra"});
  EXPECT_EQ(linted.exit, 2);
  EXPECT_THAT(linted.ids(), ElementsAre("A540", "R001")) << "the other files are judged";
  EXPECT_EQ(json({"infra", "--ignore", "R001"}).exit, 2);
  files.texts["infra/other.yaml"] = "spec: [\n";
  EXPECT_EQ(run({"infra/other.yaml"}).exit, 2) << "given by name";
  files.texts.erase("infra/broken.yaml");
  EXPECT_EQ(json({"infra"}).exit, 1) << "found, and no template by its markers";
}

TEST_F(Lint, SaysWhatItCouldNotOpen) {
  files.texts["infra/locked.yaml"] = "";
  files.unreadable.insert("infra/locked.yaml");
  const Linted linted = json({"infra"});
  EXPECT_EQ(linted.exit, 2);
  EXPECT_THAT(linted.out, HasSubstr("'infra/locked.yaml' cannot be read: Permission denied"));
  files.unreadable = {"infra"};
  EXPECT_EQ(run({"infra"}).exit, 2);
}

TEST_F(Lint, SuggestsTheRuleThatWasMeant) {
  const Linted linted = run({"infra", "--select", "actions-disable"});
  EXPECT_EQ(linted.exit, 2);
  EXPECT_THAT(linted.err, HasSubstr("did you mean 'actions-disabled'?"));
}

// --- what is looked at ---

TEST_F(Lint, FindsTemplatesByTheirContent) {
  files.texts["infra/k8s.yaml"] = "kind: Deployment\nResources: {}\n";
  files.texts["infra/odd.name"] = bad;
  const Linted linted = json({"infra"});
  EXPECT_THAT(files_of(linted), ElementsAre("infra/bad.yaml", "infra/odd.name"));
  EXPECT_EQ(linted.report["files"], 3);
  EXPECT_EQ(linted.report["skipped"], 2);
}

TEST_F(Lint, PassesOverWhatOnlyQuotesTemplates) {
  files.texts["infra/README.md"] =
      "# Alarms\n\nWrite: this\n\nResources:\n  A:\n    Type: AWS::SNS::Topic\n---\n\nDone.\n";
  const Linted linted = json({"infra"});
  EXPECT_EQ(linted.exit, 1);
  EXPECT_THAT(files_of(linted), ElementsAre("infra/bad.yaml"));
  EXPECT_EQ(run({"infra/README.md"}).exit, 2) << "given by name";
  files.texts["infra/appspec.yml"] = "version: 0.0\nResources:\n  - A:\n      Type: AWS::ECS::Service\n";
  EXPECT_EQ(run({"infra/appspec.yml"}).exit, 0) << "given by name, it is well written and something else";
}

TEST_F(Lint, PassesOverWhatAnotherToolMakesTemplatesOf) {
  const std::string topic = "Resources:\n  A:\n    Type: AWS::SNS::Topic\n";
  files.texts = {{"infra/jinja.yaml", topic + "{% if x %}\n  B: {Type: AWS::SNS::Topic}\n{% endif %}\n"},
                 {"infra/value.yaml", topic + "    Properties:\n      TopicName: {{ name }}\n"},
                 {"infra/quoted.yaml", topic + "    Properties:\n      DisplayName: '{{resolve:ssm:name}}'\n"},
                 {"infra/well.yaml", topic + "    Metadata:\n      Note: |\n        {% raw %}\n"}};
  const Linted linted = json({"infra"});
  EXPECT_EQ(linted.exit, 0);
  EXPECT_EQ(linted.report["files"], 2);
  EXPECT_EQ(linted.report["skipped"], 2);
  files.texts["infra/broken.yaml"] = topic + "    Properties: {\n";
  EXPECT_EQ(json({"infra"}).exit, 2);
}

TEST_F(Lint, LeavesOutWhatIsIgnoredByGit) {
  files.texts["infra/.gitignore"] = "gen/\nb*.yaml\n!bad2.yaml\n";
  files.texts["infra/bad2.yaml"] = bad;
  files.texts["infra/gen/bad.yaml"] = bad;
  files.texts["infra/node_modules/x/bad2.yaml"] = bad;
  files.texts["infra/asset.123/bad2.yaml"] = bad;
  EXPECT_THAT(files_of(json({"infra"})), ElementsAre("infra/bad2.yaml"));
  EXPECT_THAT(files_of(json({"infra/gen/bad.yaml"})), ElementsAre("infra/gen/bad.yaml")) << "given by name";
}

TEST_F(Lint, FollowsNoLinksInFolders) {
  files.links = {"infra/loop"};
  EXPECT_THAT(run({"infra"}).err, HasSubstr("1 link not followed"));
}

TEST_F(Lint, SaysThatAFolderHoldsNoTemplates) {
  files.texts["empty/readme.txt"] = "nothing";
  const Linted linted = run({"empty"});
  EXPECT_EQ(linted.exit, 0);
  EXPECT_THAT(linted.err, HasSubstr("no templates"));
}

TEST_F(Lint, ReadsStandardInput) {
  EXPECT_THAT(files_of(json({"-"}, bad)), ElementsAre("<stdin>"));
}

TEST_F(Lint, LintsAFileOnce) {
  EXPECT_THAT(files_of(json({"infra/bad.yaml", "./infra//bad.yaml", "infra"})), ElementsAre("infra/bad.yaml"));
}

TEST_F(Lint, GivesTheSameAnswerOnAnyNumberOfThreads) {
  for (int i = 0; i < 20; ++i) files.texts["infra/more" + std::to_string(i) + ".yaml"] = i % 3 == 0 ? bad : good;
  EXPECT_EQ(json({"infra", "-j", "1"}).out, json({"infra", "-j", "7"}).out);
}

/// Filters that miss reads of a secret each, their alarms, and a topic that nobody hears, all under conditions.
std::string large_template() {
  std::string text = "Parameters:\n  A: {Type: String}\nConditions:\n  IsA: !Equals [!Ref A, a]\nResources:\n";
  text += "  Topic:\n    Type: AWS::SNS::Topic\n";
  for (int i = 0; i < 60; ++i) {
    const std::string n = std::to_string(i);
    text += "  Filter" + n + ":\n    Type: AWS::Logs::MetricFilter\n    Condition: IsA\n    Properties:\n" +
            "      LogGroupName: trail\n      FilterPattern: '{ $.requestParameters.secretId = \"secret" + n +
            "\" }'\n" + "      MetricTransformations: [{MetricNamespace: S, MetricName: M" + n +
            ", MetricValue: '1'}]\n";
    text += "  Alarm" + n +
            ":\n    Type: AWS::CloudWatch::Alarm\n    Properties:\n      Namespace: S\n      MetricName: M" + n +
            "\n      Statistic: Average\n      ComparisonOperator: GreaterThanOrEqualToThreshold\n" +
            "      Threshold: 1\n      Period: 300\n      EvaluationPeriods: 1\n      AlarmActions: [!Ref Topic]\n";
  }
  return text;
}

TEST_F(Lint, JudgesOneLargeTemplateAlikeOnAnyNumberOfThreads) {
  files.texts["large.yaml"] = large_template();
  const std::string alone = run({"large.yaml", "-j", "1"}).out;
  EXPECT_THAT(alone, HasSubstr("Filter59"));
  for (const char* threads : {"2", "3", "8"}) EXPECT_EQ(run({"large.yaml", "-j", threads}).out, alone) << threads;
}

TEST_F(Lint, JudgesTheTemplatesOfAnAssemblyWhereTheyWillBeDeployed) {
  files.texts["cdk.out/manifest.json"] =
      R"({"version": "36.0.0", "artifacts": {"S": {"type": "aws:cloudformation:stack",
          "environment": "aws://111122223333/eu-west-1", "properties": {"templateFile": "S.template.json",
          "parameters": {"Enabled": "false"}}}}})";
  const std::string question =
      "      ActionsEnabled: !Ref Enabled\nParameters: {Enabled: {Type: String, Default: 'true'}}\n";
  files.texts["cdk.out/S.template.json"] = bad.substr(0, bad.find("      ActionsEnabled")) + question;
  EXPECT_THAT(json({"cdk.out"}).ids(), ElementsAre("A540"));
  EXPECT_THAT(json({"cdk.out/manifest.json"}).ids(), ElementsAre("A540"));
  EXPECT_THAT(json({"cdk.out", "--parameters", "Enabled=true"}).ids(), IsEmpty()) << "the command line wins";
}

// --- parameters, configuration ---

TEST_F(Lint, TakesParameters) {
  files.texts["t.yaml"] = bad.substr(0, bad.find("      ActionsEnabled")) +
                          "      ActionsEnabled: !Ref Enabled\nParameters: {Enabled: {Type: String}}\n";
  files.texts["p.json"] = R"([{"ParameterKey": "Enabled", "ParameterValue": "false"}])";
  EXPECT_THAT(json({"t.yaml"}).ids(), Not(Contains("A540")));
  EXPECT_THAT(json({"t.yaml", "--parameters", "Enabled=false"}).ids(), Contains("A540"));
  EXPECT_THAT(json({"t.yaml", "--parameters", "p.json"}).ids(), Contains("A540"));
  EXPECT_EQ(run({"t.yaml", "--parameters", "q.json"}).exit, 2);
  EXPECT_THAT(run({"t.yaml", "--parameters", "Enable=false"}).err, HasSubstr("Enable"));
}

TEST_F(Lint, TakesTheNearestConfiguration) {
  files.texts[".secretwatch.yaml"] = "select: [D]\n";
  EXPECT_THAT(json({"infra"}).ids(), IsEmpty());
  files.texts["infra/.secretwatch.yaml"] = "ignore: A541\nfail-on: error\n";
  EXPECT_THAT(json({"infra"}).ids(), ElementsAre("A540"));
  files.texts["infra/.secretwatch.yaml"] = "ignore: [A54]\n";
  EXPECT_THAT(json({"infra"}).ids(), IsEmpty());
  EXPECT_THAT(json({"infra", "--ignore", "D"}).ids(), ElementsAre("A540")) << "the command line wins";
}

TEST_F(Lint, RefusesAConfigurationThatItDoesNotUnderstand) {
  for (const char* text : {"selct: [A]\n", "select: [A999]\n", "fail-on: never\n", "all: maybe\n", "- a\n", "a: [\n"}) {
    files.texts[".secretwatch.yaml"] = text;
    const Linted linted = run({"infra"});
    EXPECT_EQ(linted.exit, 2) << text;
    EXPECT_THAT(linted.err, HasSubstr(".secretwatch.yaml:")) << text;
  }
}

// --- what is known ---

TEST_F(Lint, KnowsWhatIsInItsBaseline) {
  EXPECT_EQ(run({"infra", "--write-baseline", "base.json"}).exit, 0);
  EXPECT_EQ(run({"infra", "--baseline", "base.json"}).exit, 0);
  files.texts["infra/bad.yaml"] = "# moved\n\n" + bad;
  EXPECT_EQ(run({"infra", "--baseline", "base.json"}).exit, 0) << "on another line";
  files.texts["infra/more.yaml"] = bad;
  EXPECT_THAT(files_of(json({"infra", "--baseline", "base.json"})), ElementsAre("infra/more.yaml"));
  files.texts["infra/bad.yaml"] = good;
  files.texts.erase("infra/more.yaml");
  EXPECT_THAT(json({"infra", "--baseline", "base.json"}).ids(), ElementsAre("R006")) << "nothing is left of it";
}

TEST_F(Lint, RefusesWhatIsNoBaseline) {
  files.texts["base.json"] = "{}";
  EXPECT_EQ(run({"infra", "--baseline", "base.json"}).exit, 2);
  EXPECT_EQ(run({"infra", "--baseline", "none.json"}).exit, 2);
  EXPECT_EQ(run({"infra", "--write-baseline", "base.json"}).exit, 2);
  EXPECT_EQ(files.texts["base.json"], "{}") << "it is not overwritten";
}

TEST_F(Lint, ShowsWhatIsSuppressedWhenAsked) {
  const std::string alarm = "  ReadAlarm:\n";
  files.texts["t.yaml"] = std::string(bad).replace(bad.find(alarm), 0, "  # secretwatch:ignore A540 -- why\n");
  EXPECT_EQ(json({"t.yaml"}).report["findings"].size(), 0U);
  EXPECT_EQ(json({"t.yaml"}).report["summary"]["suppressed"], 1);
  const Linted shown = json({"t.yaml", "--show-suppressed"});
  EXPECT_EQ(shown.report["findings"][0]["suppressed"]["reason"], "why");
  EXPECT_EQ(shown.report["summary"]["suppressed"], 1);
  EXPECT_EQ(shown.exit, 0);
}

// --- reports ---

TEST_F(Lint, WritesSeveralReportsAtOnce) {
  const Linted linted = run({"infra", "--output", "sarif=out/a.sarif", "--output", "junit=out/a.xml"});
  EXPECT_EQ(linted.exit, 1);
  EXPECT_THAT(linted.out, HasSubstr("error[A540]"));
  EXPECT_THAT(files.texts["out/a.sarif"], HasSubstr("\"ruleId\": \"A540\""));
  EXPECT_THAT(files.texts["out/a.xml"], HasSubstr("<failure"));
  files.write_problem = "cannot write";
  EXPECT_EQ(run({"infra", "--output", "sarif=out/a.sarif"}).exit, 2);
}

// --- rules, explain ---

TEST_F(Lint, ListsAndExplainsItsRules) {
  std::istringstream in;
  std::ostringstream out;
  std::ostringstream err;
  const auto call = [&](const std::vector<std::string>& arguments) {
    out.str("");
    err.str("");
    return static_cast<int>(cli::run(arguments, {files, in, out, err}, false));
  };
  EXPECT_EQ(call({"rules", "--format", "json"}), 0);
  const auto listed = nlohmann::json::parse(out.str());
  EXPECT_EQ(listed["version"], 1);
  EXPECT_EQ(listed["rules"].size(), lint::all_rules().size());
  for (const lint::Rule* rule : lint::all_rules()) {
    EXPECT_EQ(call({"explain", std::string(rule->name)}), 0);
    EXPECT_THAT(out.str(), HasSubstr(std::string(rule->id)));
  }
  EXPECT_EQ(call({"explain", "a540"}), 0);
  EXPECT_EQ(call({"explain", "A54"}), 2) << "a prefix is no rule";
  EXPECT_EQ(call({"explain", "no-alarm-actoin"}), 2);
  EXPECT_THAT(err.str(), HasSubstr("did you mean 'no-alarm-action'?"));
}

}  // namespace
}  // namespace secretwatch::cli
