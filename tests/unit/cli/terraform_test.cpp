/// `lint` of Terraform as people write it: what modules in the field made it say, or die of.
#include <gmock/gmock.h>

#include "support/linted.h"

namespace secretwatch::cli {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using testing::Linted;

/// Of one file.
Linted lint_module(const std::string& text) {
  testing::MemoryFiles files;
  files.texts["a/main.tf"] = text;
  return testing::lint(files, {"a", "--format", "json"});
}

// --- providers ---

TEST(Providers, MayAskOtherProvidersForTheirAccount) {
  const Linted linted = lint_module(R"(
provider "aws" {
  region = "eu-west-2"
  assume_role {
    role_arn = "arn:aws:iam::${data.aws_caller_identity.session.account_id}:role/member"
  }
}
provider "aws" {
  alias = "session"
  region = data.aws_region.here.name
}
data "aws_caller_identity" "session" {
  provider = aws.session
}
data "aws_region" "here" {}
resource "aws_sns_topic" "alerts" {}
)");
  EXPECT_EQ(linted.exit, 0) << linted.err;
  EXPECT_THAT(linted.ids(), IsEmpty());
}

// --- defaults ---

/// A chain that is in order but for what `alarm` says, in a module that its users give the rest.
std::string module_with(const std::string& variables, const std::string& alarm) {
  return variables + R"(
resource "aws_cloudwatch_log_group" "trail" {
  name = "trail"
}
resource "aws_cloudwatch_log_metric_filter" "reads" {
  name           = "reads"
  log_group_name = aws_cloudwatch_log_group.trail.name
  pattern        = "{ $.eventSource = \"secretsmanager.amazonaws.com\" && $.eventName = \"GetSecretValue\" }"
  metric_transformation {
    name      = "Reads"
    namespace = "Security"
    value     = "1"
  }
}
resource "aws_cloudwatch_metric_alarm" "reads" {
  alarm_name          = "reads"
  metric_name         = "Reads"
  namespace           = "Security"
  statistic           = "Sum"
  period              = 300
  evaluation_periods  = 1
  threshold           = 1
  treat_missing_data  = "notBreaching"
)" + alarm +
         "}\n";
}

/// "A541 error proven", of what a pipeline would fail for, but for the trail that is not there.
std::vector<std::string> verdicts(const Linted& linted) {
  std::vector<std::string> all;
  for (const auto& finding : linted.report["findings"])
    if (finding["severity"] != "note" && finding["id"] != "T201")
      all.push_back(finding["id"].get<std::string>() + " " + finding["severity"].get<std::string>() + " " +
                    finding["precision"].get<std::string>());
  return all;
}

const std::string over = "  comparison_operator = \"GreaterThanOrEqualToThreshold\"\n";
const std::string to_a_topic = "  alarm_actions       = [\"arn:aws:sns:eu-west-1:111122223333:security\"]\n";

/// As the alarms of terraform-aws-modules/cloudwatch.
TEST(DefaultsOfVariables, ThatSayNothingAreThereToBeGiven) {
  const std::string text = module_with("variable \"alarm_actions\" {\n  type = list(string)\n  default = []\n}\n",
                                       over + "  alarm_actions = var.alarm_actions\n");
  EXPECT_THAT(verdicts(lint_module(text)), IsEmpty()) << "who calls the module gives it its actions";
  EXPECT_THAT(verdicts(lint_module("provider \"aws\" {}\n" + text)), ElementsAre("A541 warning likely"));
  testing::MemoryFiles files;
  files.texts = {{"a/main.tf", text}, {"a/terraform.tfvars", "alarm_actions = []\n"}};
  EXPECT_THAT(verdicts(testing::lint(files, {"a", "--format", "json"})), ElementsAre("A541 error proven"));
  files.texts = {{"a/main.tf", text}, {"b/main.tf", "module \"a\" {\n  source = \"../a\"\n}\n"}};
  EXPECT_THAT(verdicts(testing::lint(files, {"b", "--format", "json"})), ElementsAre("A541 error proven"));
}

TEST(DefaultsOfVariables, ThatAConditionLooksAtAreThereToBeGiven) {
  const std::string stage = "variable \"stage\" {\n  default = \"dev\"\n}\n";
  const std::string text =
      module_with(stage, over + "  alarm_actions = var.stage == \"dev\" ? [] : [\"arn:aws:sns:eu-west-1:1:a\"]\n");
  EXPECT_THAT(verdicts(lint_module("provider \"aws\" {}\n" + text)), ElementsAre("A541 warning likely"));
}

TEST(DefaultsOfVariables, AreElseValuesLikeAnyOther) {
  const std::string text = module_with("variable \"operator\" {\n  default = \"LessThanThreshold\"\n}\n",
                                       "  comparison_operator = var.operator\n" + to_a_topic);
  EXPECT_THAT(verdicts(lint_module(text)), ElementsAre("A515 error proven"));
}

TEST(DefaultsOfVariables, HideNothingThatIsWrongWheneverItIsThere) {
  const std::string text =
      module_with("variable \"create\" {\n  default = false\n}\n",
                  "  count = var.create ? 1 : 0\n  comparison_operator = \"LessThanThreshold\"\n" + to_a_topic);
  EXPECT_THAT(verdicts(lint_module(text)), ElementsAre("A515 error proven"));
}

// --- places ---

/// Each region has log groups and metrics of its own.
TEST(Places, HaveNamesOfTheirOwn) {
  const std::string providers =
      "provider \"aws\" {\n  region = \"eu-west-1\"\n}\n"
      "provider \"aws\" {\n  alias = \"other\"\n  region = \"eu-west-2\"\n}\n";
  std::string one =
      module_with("variable \"topic\" {}\nvariable \"name\" {}\n", over + "  alarm_actions = [var.topic]\n");
  const std::string filter = "name           = \"reads\"";
  one.replace(one.find(filter), filter.size(), "name = var.name");
  const std::string call =
      "module \"one\" {\n  source = \"./one\"\n  name = \"one\"\n}\n"
      "module \"two\" {\n  source = \"./one\"\n  name = \"two\"\n";
  testing::MemoryFiles files;
  files.texts = {{"a/one/main.tf", one}, {"a/main.tf", providers + call + "}\n"}};
  EXPECT_THAT(verdicts(testing::lint(files, {"a", "--format", "json"})), ::testing::Contains("A561 error proven"));
  files.texts["a/main.tf"] = providers + call + "  providers = {\n    aws = aws.other\n  }\n}\n";
  EXPECT_THAT(verdicts(testing::lint(files, {"a", "--format", "json"})), IsEmpty());
}

/// Since version 6 of the provider, a resource may say its region itself.
TEST(Places, OfAResourceMayBeNotKnown) {
  const auto with_region = [](const std::string& region) {
    std::string text =
        module_with("variable \"place\" {}\nprovider \"aws\" {\n  region = \"eu-west-1\"\n}\n", over + to_a_topic);
    const std::string filter = "name           = \"reads\"";
    text.replace(text.find(filter), filter.size(), filter + "\n  region = " + region);
    return verdicts(lint_module(text));
  };
  EXPECT_THAT(with_region("\"eu-west-1\""), IsEmpty());
  EXPECT_THAT(with_region("null"), IsEmpty());
  EXPECT_THAT(with_region("\"us-east-1\""), ::testing::Contains("T211 error proven"));
  EXPECT_THAT(with_region("var.place"), IsEmpty());
  EXPECT_THAT(with_region("data.aws_regions.all.names[0]"), IsEmpty());
}

TEST(Places, OfAPropertyIsTheSameInEveryBranch) {
  const std::string operators =
      "  comparison_operator = var.a ? \"LessThanThreshold\" : var.b ? \"LessThanThreshold\" : "
      "\"LessThanThreshold\"\n";
  const std::string text = module_with("variable \"a\" {}\nvariable \"b\" {}\n", operators + to_a_topic);
  EXPECT_THAT(verdicts(lint_module(text)), ElementsAre("A515 error proven"));
}

// --- order ---

/// As nozaq/terraform-aws-secure-baseline, whose trail waits for what it is given.
TEST(Order, ComesThroughVariablesAndCalls) {
  const auto root = [](const std::string& call) {
    return std::string(R"(
resource "aws_s3_bucket" "logs" {
  bucket = "logs"
}
resource "aws_cloudwatch_log_group" "trail" {}
resource "aws_s3_bucket_policy" "logs" {
  bucket = aws_s3_bucket.logs.id
  policy = jsonencode({ Statement = [
    { Effect = "Allow", Principal = { Service = "cloudtrail.amazonaws.com" }, Action = "s3:*",
      Resource = ["arn:aws:s3:::logs", "arn:aws:s3:::logs/*"] },
  ] })
}
module "trail" {
  source = "./trail"
  bucket = aws_s3_bucket.logs.id
  group  = "${aws_cloudwatch_log_group.trail.arn}:*"
)") + call +
           "}\n";
  };
  const std::string trail = R"(
variable "bucket" {}
variable "group" {}
variable "after" {
  default = []
}
resource "aws_cloudtrail" "all" {
  name                       = "all"
  s3_bucket_name             = var.bucket
  cloud_watch_logs_group_arn = var.group
  cloud_watch_logs_role_arn  = "arn:aws:iam::111122223333:role/trail"
  depends_on                 = [var.after]
}
)";
  testing::MemoryFiles files;
  const auto ids = [&files] { return testing::lint(files, {"a", "--format", "json"}).ids(); };
  files.texts = {{"a/main.tf", root("")}, {"a/trail/main.tf", trail}};
  EXPECT_THAT(ids(), ::testing::Contains("D309"));
  files.texts["a/main.tf"] = root("  after = [aws_s3_bucket_policy.logs]\n");
  EXPECT_THAT(ids(), IsEmpty());
  files.texts["a/main.tf"] = root("  depends_on = [aws_s3_bucket_policy.logs]\n");
  EXPECT_THAT(ids(), IsEmpty());
}

// --- versions ---

/// Up to version 2 of the provider, the ARN of a log group ends in `:*` by itself.
TEST(Versions, OfTheProviderDecideWhatAnArnIs) {
  const auto ids = [](const std::string& version) {
    return lint_module(version + R"(
resource "aws_cloudwatch_log_group" "trail" {}
resource "aws_cloudtrail" "all" {
  name                       = "all"
  s3_bucket_name             = "logs"
  cloud_watch_logs_group_arn = aws_cloudwatch_log_group.trail.arn
  cloud_watch_logs_role_arn  = "arn:aws:iam::111122223333:role/trail"
}
)")
        .ids();
  };
  const auto required = [](const std::string& version) {
    return "terraform {\n  required_providers {\n    aws = " + version + "\n  }\n}\n";
  };
  for (const char* old :
       {"\"~> 2.0\"", "{\n version = \"2.70.0\"\n}", "\">= 2.0, < 3.0.0\"", "\"<= 2.9\"", "\"= v2.1\""})
    EXPECT_THAT(ids(required(old)), IsEmpty()) << old;
  EXPECT_THAT(ids("provider \"aws\" {\n  version = \"~> 1.8\"\n}\n"), IsEmpty());
  for (const char* newer : {"\">= 2.0\"", "\"~> 3.0\"", "{\n source = \"hashicorp/aws\"\n}", "\"< 3.1\"", "\"> 2.9\""})
    EXPECT_THAT(ids(required(newer)), ElementsAre("D303")) << newer;
  const auto calling = [&](const std::string& source) {
    return ids("module \"user\" {\n  source = \"" + source + "\"\n}\n");
  };
  for (const char* old : {"modules/user", "user"})
    EXPECT_THAT(calling(old), ::testing::Not(::testing::Contains("D303"))) << old << ": to Terraform 0.11 a folder";
  for (const char* any : {"./modules/user", "../user", "cloudposse/label/null", "github.com/example/user",
                          "git::https://example.com/user.git", "app.terraform.io/example/k8s/aws"})
    EXPECT_THAT(calling(any), ::testing::Contains("D303")) << any;
}

// --- files of tools ---

TEST(FilesOfTools, AreNoFaultsOfAFolder) {
  testing::MemoryFiles files;
  const std::string topic = "resource \"aws_sns_topic\" \"alerts\" {}\n";
  files.texts = {{"a/main.tf", topic},
                 {"a/parts.tf", "{% for x in all %}\nresource \"aws_x\" \"{{ x }}\" {}\n{% endfor %}\n"}};
  const Linted folder = testing::lint(files, {"a", "--format", "json"});
  EXPECT_EQ(folder.exit, 0) << folder.err;
  EXPECT_THAT(folder.ids(), IsEmpty());
  EXPECT_THAT(folder.err, ::testing::HasSubstr("1 file, 1 skipped"));
  EXPECT_EQ(testing::lint(files, {"a/parts.tf", "--format", "json"}).exit, 2) << "this was asked for";
  files.texts["a/parts.tf"] = "resource \"aws_x\" {\n  text = \"{{ x }}\"\n";
  EXPECT_EQ(testing::lint(files, {"a", "--format", "json"}).exit, 2) << "braces in a text are anybody's";
}

// --- who listens ---

/// To a topic of the module, with another subscribed to.
std::string module_with_listener(const std::string& listener) {
  return module_with("", over + "  alarm_actions = [aws_sns_topic.alerts.arn]\n") + R"(
resource "aws_sns_topic" "alerts" {}
resource "aws_sns_topic" "other" {}
resource "aws_sns_topic_subscription" "other" {
  topic_arn = aws_sns_topic.other.arn
  protocol  = "email"
  endpoint  = "security@example.com"
}
)" + listener;
}

TEST(Listeners, ThatAreMissingAreMissedOnce) {
  const std::string another =
      "resource \"aws_cloudwatch_metric_alarm\" \"more\" {\n  alarm_name = \"more\"\n  metric_name = \"Reads\"\n  "
      "namespace = \"Security\"\n  statistic = \"Sum\"\n  period = 300\n  evaluation_periods = 1\n  threshold = 1\n  "
      "treat_missing_data = \"notBreaching\"\n" +
      over + "  alarm_actions = [aws_sns_topic.alerts.arn]\n}\n";
  const Linted linted = lint_module(module_with_listener(another));
  EXPECT_THAT(verdicts(linted), ElementsAre("N601 error proven"));
  EXPECT_THAT(linted.out, ::testing::HasSubstr("alarm 'aws_cloudwatch_metric_alarm.reads' publishes to the topic"));
  EXPECT_THAT(linted.out, ::testing::HasSubstr("alarm 'aws_cloudwatch_metric_alarm.more' publishes to the topic"));
}

TEST(Listeners, AreSubscriptionsOfEveryKind) {
  EXPECT_THAT(verdicts(lint_module(module_with_listener(""))), ElementsAre("N601 error proven"));
  const std::string chat =
      "resource \"aws_chatbot_slack_channel_configuration\" \"alerts\" {\n  configuration_name = \"alerts\"\n"
      "  iam_role_arn = \"arn:aws:iam::111122223333:role/chat\"\n  slack_channel_id = \"C1\"\n"
      "  slack_team_id = \"T1\"\n  sns_topic_arns = [aws_sns_topic.alerts.arn]\n}\n";
  EXPECT_THAT(verdicts(lint_module(module_with_listener(chat))), IsEmpty());
}

/// As alphagov/govwifi-terraform, which subscribes mailboxes by a template.
TEST(Listeners, MayBeInAStackThatIsNotRead) {
  const std::string stack =
      "resource \"aws_cloudformation_stack\" \"mail\" {\n  name = \"mail\"\n  template_body = jsonencode({\n"
      "    Resources = { S = { Type = \"AWS::SNS::Subscription\", Properties = { Protocol = \"email\", Endpoint = "
      "\"a@b.c\", TopicArn = aws_sns_topic.alerts.arn } } }\n  })\n}\n";
  EXPECT_THAT(verdicts(lint_module(module_with_listener(stack))), IsEmpty());
}

TEST(Listeners, MayBeMadeByAScript) {
  const std::string script =
      "resource \"null_resource\" \"mail\" {\n  provisioner \"local-exec\" {\n    command = \"aws sns subscribe "
      "--topic-arn ${aws_sns_topic.alerts.arn} --protocol email\"\n  }\n}\n";
  EXPECT_THAT(verdicts(lint_module(module_with_listener(script))), IsEmpty());
}

}  // namespace
}  // namespace secretwatch::cli
