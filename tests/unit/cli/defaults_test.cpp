/// What rests on default values of parameters (lint/defaults.h), from the template to the finding.
#include <algorithm>

#include <gmock/gmock.h>

#include "lint/examples.h"
#include "support/linted.h"

namespace secretwatch::cli {
namespace {

using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using testing::Linted;

/// The well-made template with one text replaced, and a section before its resources.
std::string edited(const std::string& section, std::string_view from, const std::string& to) {
  std::string text(lint::examples::good);
  const std::size_t at = text.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  text.replace(at, from.size(), to);
  return text.insert(text.find("Resources:"), section);
}

Linted lint_with(const std::string& text, std::vector<std::string> arguments = {}) {
  testing::MemoryFiles files;
  files.texts["t.yaml"] = text;
  arguments.insert(arguments.end(), {"t.yaml", "--format", "json"});
  return testing::lint(files, arguments);
}

/// "A541 error proven", of what a pipeline would fail for.
std::vector<std::string> verdicts(const Linted& linted) {
  std::vector<std::string> all;
  for (const auto& finding : linted.report["findings"])
    if (finding["severity"] != "note")
      all.push_back(finding["id"].get<std::string>() + " " + finding["severity"].get<std::string>() + " " +
                    finding["precision"].get<std::string>());
  return all;
}

const std::string inverted = "Parameters:\n  Operator: {Type: String, Default: LessThanThreshold}\n";
const std::string_view written = "ComparisonOperator: GreaterThanOrEqualToThreshold";

TEST(Defaults, AreValuesLikeAnyOther) {
  const std::string text = edited(inverted, written, "ComparisonOperator: !Ref Operator");
  EXPECT_THAT(verdicts(lint_with(text)), Contains("A515 error proven"));
  EXPECT_THAT(verdicts(lint_with(text, {"--parameters", "Operator=GreaterThanOrEqualToThreshold"})), IsEmpty());
}

const std::string optional_topic =
    "Parameters:\n  TopicArn: {Type: String, Default: ''}\n"
    "Conditions:\n  HasTopic: !Not [!Equals [!Ref TopicArn, '']]\n";

TEST(Defaults, MakeAFindingLikelyThatRestsOnACondition) {
  const std::string text = edited(optional_topic, "AlarmActions: [!Ref Topic]",
                                  "AlarmActions: !If [HasTopic, [!Ref TopicArn], !Ref AWS::NoValue]");
  EXPECT_THAT(verdicts(lint_with(text)), ::testing::Not(Contains(HasSubstr("error"))));
  EXPECT_THAT(verdicts(lint_with(text)), Contains(HasSubstr("warning likely")));
  EXPECT_THAT(verdicts(lint_with(text, {"--parameters", "TopicArn="})), Contains("A541 error proven"));
  EXPECT_THAT(verdicts(lint_with(text, {"--parameters", "TopicArn=arn:aws:sns:eu-west-1:111122223333:security"})),
              IsEmpty());
}

TEST(Defaults, DoNotMatterToWhatIsWrongWhateverTheirValue) {
  const std::string text = edited(inverted, "AlarmActions: [!Ref Topic]", "ActionsEnabled: false");
  EXPECT_THAT(verdicts(lint_with(text)), Contains("A540 error proven"));
}

/// Alarms of widdix/aws-cf-templates are there only if their parent stack is named; its default is ''.
TEST(Defaults, HideNoResourceThatIsWrongWheneverItIsThere) {
  const std::string section =
      "Parameters:\n  Alarms: {Type: String, Default: ''}\n"
      "Conditions:\n  HasAlarms: !Not [!Equals [!Ref Alarms, '']]\n";
  const std::string text = edited(section, "    Type: AWS::CloudWatch::Alarm\n    Properties:\n",
                                  "    Type: AWS::CloudWatch::Alarm\n    Condition: HasAlarms\n    Properties:\n"
                                  "      ActionsEnabled: false\n");
  const Linted linted = lint_with(text);
  EXPECT_THAT(verdicts(linted), Contains("A540 error proven"));
  EXPECT_THAT(linted.out, HasSubstr("'ReadAlarm' is not there"));
}

/// Of values that nobody chose, only what holds under all of them is told.
TEST(Defaults, AreTakenWhereOnlySomeOtherValueWouldBeWrong) {
  const std::string section =
      "Parameters:\n  Loud: {Type: String, Default: 'true'}\n"
      "Conditions:\n  IsLoud: !Equals [!Ref Loud, 'true']\n";
  const std::string text = edited(section, "AlarmActions: [!Ref Topic]",
                                  "AlarmActions: [!Ref Topic]\n      ActionsEnabled: !If [IsLoud, true, false]");
  EXPECT_THAT(verdicts(lint_with(text)), IsEmpty());
}

}  // namespace
}  // namespace secretwatch::cli
