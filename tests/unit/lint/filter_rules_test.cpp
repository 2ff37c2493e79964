/// The rules that judge a filter's pattern, by patterns in a template of their own.
#include <gmock/gmock.h>

#include "lint/lint.h"
#include "support/filters.h"

namespace secretwatch::lint {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using testing::judge_pattern;
using testing::judge_patterns;
using testing::judge_template;
using testing::Judged;

constexpr const char* by_name = R"({ $.eventName = "GetSecretValue" && $.requestParameters.secretId = "prod/db" })";
constexpr const char* by_arn =
    R"({ $.eventName = "GetSecretValue" && $.requestParameters.secretId = "*:secret:prod/db*" })";

TEST(PatternSyntax, PointsAtTheFault) {
  const Judged judged = judge_pattern(R"({ $.eventSource == "secretsmanager.amazonaws.com" })");
  EXPECT_THAT(judged.of("F401"), ElementsAre("=="));
  EXPECT_THAT(judge_pattern("{ $.a = 1 AND $.b = 2 }").of("F401"), ElementsAre("AND"));
}

TEST(PatternSyntax, LeavesAloneWhatTheDeploymentFillsIn) {
  EXPECT_THAT(judge_pattern("{ $.eventName == ${Event} }").ids(), IsEmpty());
  EXPECT_THAT(judge_pattern("${Pattern}").ids(), IsEmpty());
}

TEST(PatternLength, CountsCharacters) {
  const std::string fits = "{ $.eventName = \"" + std::string(1024 - 20, 'x') + "\" }";
  EXPECT_THAT(judge_pattern(fits).ids(), IsEmpty());
  EXPECT_THAT(judge_pattern(fits + " ").ids(), ElementsAre("F402"));
}

TEST(PatternUnsatisfiable, NamesWhatNeverHoldsTogether) {
  const Judged judged = judge_pattern(R"({ $.eventName = "GetSecretValue" && $.eventName = "DeleteSecret" })");
  EXPECT_THAT(judged.ids(), ElementsAre("F403"));
  EXPECT_THAT(judged.messages(), ElementsAre(HasSubstr("$.eventName = \"GetSecretValue\" and $.eventName = ")));
  EXPECT_THAT(judge_pattern(R"({ $.eventName = "${AWS::Region}" && $.eventName = "eu-west-1" })").ids(), IsEmpty());
  EXPECT_THAT(judge_pattern(R"({ $.eventName = "${Role}" && $.eventName = "eu-west-1" })").ids(), IsEmpty());
}

TEST(EventNames, AreComparedWithThoseOfTheirSource) {
  EXPECT_THAT(judge_pattern(R"({ $.eventSource = "secretsmanager.amazonaws.com" && $.eventName = "getSecretValue" })")
                  .of("F411"),
              ElementsAre("$.eventName = \"getSecretValue\""));
  EXPECT_THAT(judge_pattern(R"({ $.eventSource = "kms.amazonaws.com" && $.eventName = "DeleteSecret" })").ids(),
              ElementsAre("F412"));
  for (const char* good : {R"({ $.eventSource = "kms.amazonaws.com" && $.eventName = "RotateKey" })",
                           R"({ $.eventSource = "lambda.amazonaws.com" && $.eventName = "CreateFunction20150331" })",
                           R"({ $.eventSource = "iam.amazonaws.com" && $.eventName = "SomethingNewAndUnheardOf" })",
                           R"({ $.eventSource = "s3.amazonaws.com" && $.eventName = "Put*" })",
                           R"({ $.eventName = "ConsoleLogin" })", R"({ $.eventName = "createUser" && $.user = "x" })",
                           R"({ $.eventName != "getSecretValue" && $.userIdentity.type = "Root" })"})
    EXPECT_THAT(judge_pattern(good).errors(), IsEmpty()) << good;
}

TEST(Booleans, NeverEqualATextOrANumber) {
  const Judged judged = judge_pattern(R"({ $.eventSource = "secretsmanager.amazonaws.com" && $.readOnly = "true" })");
  EXPECT_THAT(judged.of("F414"), ElementsAre("$.readOnly = \"true\""));
  EXPECT_THAT(judge_pattern(R"({ $.eventSource = "kms.amazonaws.com" && $.readOnly IS TRUE })").ids(), IsEmpty());
  EXPECT_THAT(judge_pattern(R"({ $.readOnly = "true" })").ids(), IsEmpty()) << "any log may have such a field";
  EXPECT_THAT(judge_pattern(R"({ $.userIdentity.sessionContext.attributes.mfaAuthenticated != "true" })").errors(),
              IsEmpty());
}

TEST(ReadsByArn, AreMissedByAName) {
  const Judged judged = judge_pattern(by_name);
  EXPECT_THAT(judged.of("F406"), ElementsAre("$.requestParameters.secretId = \"prod/db\""));
  EXPECT_THAT(judged.message("F406"), HasSubstr(":secret:prod/db-"));
  EXPECT_THAT(judge_pattern(R"({ $.requestParameters.secretId = "prod/*" })").errors(), ElementsAre("F406"));
}

TEST(ReadsByArn, AreNotMissedByFiltersTogether) {
  EXPECT_THAT(judge_patterns({by_name, by_arn}).errors(), IsEmpty());
  EXPECT_THAT(judge_patterns({by_name, R"({ $.eventName = "GetSecretValue" })"}).errors(), IsEmpty());
  EXPECT_THAT(judge_patterns({by_name, R"({ $.requestParameters.secretId = "${Db}" })"}).errors(), IsEmpty());
  EXPECT_THAT(judge_patterns({by_name, R"({ $.requestParameters.secretId = "arn:aws:secretsmanager:eu-west-1:)"
                                       R"(999988887777:secret:prod/db-x1Y2z3" })"})
                  .errors(),
              IsEmpty());
  const std::string other = R"({ $.requestParameters.secretId = "*:secret:prod/other*" })";
  EXPECT_THAT(judge_patterns({by_name, other}).errors(), ElementsAre("F406"));
}

TEST(ReadsByArn, MayBeSelectedByWhatIsNotKnown) {
  EXPECT_THAT(judge_patterns({by_name, "${Pattern}"}).errors(), IsEmpty());
  EXPECT_THAT(judge_patterns({by_name, R"({ $.requestParameters.secretId = "${Pattern}" })"}).errors(), IsEmpty());
  EXPECT_THAT(judge_pattern(R"({ $.requestParameters.secretId = "${Pattern}" })").errors(), IsEmpty());
}

TEST(ReadsByArn, MayBeSelectedByWhatAConditionChooses) {
  const auto judge = [](const std::string& chosen) {
    return judge_template(
        "Parameters:\n  Pattern: {Type: String}\n  Stage: {Type: String}\n"
        "Conditions:\n  IsOpen: !Equals [!Ref Stage, open]\n"
        "Resources:\n"
        "  ByName:\n    Type: AWS::Logs::MetricFilter\n    Properties:\n      LogGroupName: trail\n      "
        "FilterPattern: '" +
        std::string(by_name) +
        "'\n      MetricTransformations: [{MetricNamespace: A, MetricName: B, MetricValue: '1'}]\n"
        "  Other:\n    Type: AWS::Logs::MetricFilter\n    Properties:\n      LogGroupName: trail\n"
        "      FilterPattern: !If [IsOpen, " +
        chosen +
        ", '{ $.eventName = \"DeleteSecret\" }']\n"
        "      MetricTransformations: [{MetricNamespace: A, MetricName: C, MetricValue: '1'}]\n");
  };
  for (const std::string& chosen : {std::string("!Ref Pattern"), "'" + std::string(by_arn) + "'"}) {
    const Judged judged = judge(chosen);
    EXPECT_THAT(judged.ids(), Contains("F406")) << "where the condition does not hold: " << chosen;
    EXPECT_THAT(judged.errors(), IsEmpty()) << "not everywhere: " << chosen;
  }
  EXPECT_THAT(judge("'{ $.eventName = \"PutSecretValue\" }'").errors(), ElementsAre("F406"));
}

TEST(ReadsByArn, AreNoConcernOfOtherFilters) {
  for (const char* other : {R"({ $.eventName = "DeleteSecret" && $.requestParameters.secretId = "prod/db" })",
                            R"({ $.userIdentity.type = "Root" && $.requestParameters.secretId NOT EXISTS })",
                            R"({ ($.errorCode = "*UnauthorizedOperation") || ($.errorCode = "AccessDenied*") })",
                            R"({ $.eventSource = "secretsmanager.amazonaws.com" && $.eventName = "PutSecretValue" })"})
    EXPECT_THAT(judge_pattern(other).errors(), IsEmpty()) << other;
}

}  // namespace
}  // namespace secretwatch::lint
