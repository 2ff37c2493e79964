/// make_templates FOLDER: what tests/bench/lint.sh times `lint` with; the same bytes each time.
///
///     example.yaml                             the well-made template of `explain`
///     files/0000.yaml …                        1,000 files of 10 KB, a third each YAML, JSON and HCL, a folder each
///     plan.json                                a plan of 10 MB, as `terraform show -json` writes it
///     N-resources.json, .yaml                  125 to 2,000 resources with 40 conditions
///     500-resources-C-conditions.json          500 resources with 0 to 160 conditions
#include <cstddef>
#include <filesystem>
#include <fstream>
#include <string>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "lint/examples.h"

namespace {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;

void write(const fs::path& path, const std::string& text) {
  fs::create_directories(path.parent_path());
  std::ofstream(path, std::ios::binary) << text;
}

std::string pattern_of(std::size_t i) {
  return fmt::format(
      R"({{ $.eventSource = "secretsmanager.amazonaws.com" && (($.eventName = "GetSecretValue" && ($.requestParameters.secretId = "prod/svc-{0}/password" || $.requestParameters.secretId = "*:secret:prod/svc-{0}/password-*")) || $.eventName = "BatchGetSecretValue") }})",
      i);
}

// --- CloudFormation ---

Json reference_to(const std::string& name) {
  return Json{{"Ref", name}};
}

Json statement(const std::string& service, Json action, Json resource) {
  Json written = Json::object();
  written["Effect"] = "Allow";
  written["Principal"] = {{"Service", service}};
  written["Action"] = std::move(action);
  written["Resource"] = std::move(resource);
  return written;
}

Json document(Json one) {
  Json written = Json::object();
  written["Version"] = "2012-10-17";
  written["Statement"] = Json::array({std::move(one)});
  return written;
}

Json resource(const std::string& type, Json properties) {
  Json written = Json::object();
  written["Type"] = type;
  written["Properties"] = std::move(properties);
  return written;
}

Json filter(std::size_t i) {
  Json transformation = Json::object();
  transformation["MetricNamespace"] = "SecurityMetrics";
  transformation["MetricName"] = fmt::format("Secret{}Read", i);
  transformation["MetricValue"] = "1";
  return resource("AWS::Logs::MetricFilter", {{"LogGroupName", reference_to("TrailLogGroup")},
                                              {"FilterPattern", pattern_of(i)},
                                              {"MetricTransformations", Json::array({transformation})}});
}

Json alarm(std::size_t i) {
  return resource("AWS::CloudWatch::Alarm", {{"AlarmDescription", fmt::format("secret {} was read", i)},
                                             {"Namespace", "SecurityMetrics"},
                                             {"MetricName", fmt::format("Secret{}Read", i)},
                                             {"Statistic", "Sum"},
                                             {"ComparisonOperator", "GreaterThanOrEqualToThreshold"},
                                             {"Threshold", 1},
                                             {"Period", 300},
                                             {"EvaluationPeriods", 1},
                                             {"TreatMissingData", "notBreaching"},
                                             {"AlarmActions", Json::array({reference_to("Topic")})}});
}

/// The chain's common part, then filters and alarms; each pair is there under one of the conditions.
Json cloudformation(std::size_t resources, std::size_t conditions) {
  Json root = Json::object();
  root["AWSTemplateFormatVersion"] = "2010-09-09";
  for (std::size_t c = 0; c < conditions; ++c) {
    root["Parameters"][fmt::format("Stage{}", c)] = {{"Type", "String"}};
    root["Conditions"][fmt::format("IsOn{}", c)] = {
        {"Fn::Equals", Json::array({reference_to(fmt::format("Stage{}", c)), "on"})}};
  }
  Json& all = root["Resources"];
  all["TrailBucket"] = resource("AWS::S3::Bucket", Json::object());
  all["TrailLogGroup"] = resource("AWS::Logs::LogGroup", {{"RetentionInDays", 90}});
  Json trust = statement("cloudtrail.amazonaws.com", "sts:AssumeRole", nullptr);
  trust.erase("Resource");
  Json writes = statement("", Json::array({"logs:CreateLogStream", "logs:PutLogEvents"}),
                          {{"Fn::GetAtt", Json::array({"TrailLogGroup", "Arn"})}});
  writes.erase("Principal");
  Json policy = Json::object();
  policy["PolicyName"] = "write";
  policy["PolicyDocument"] = document(writes);
  all["TrailRole"] =
      resource("AWS::IAM::Role", {{"AssumeRolePolicyDocument", document(trust)}, {"Policies", Json::array({policy})}});
  all["Trail"] = resource("AWS::CloudTrail::Trail",
                          {{"S3BucketName", reference_to("TrailBucket")},
                           {"IsLogging", true},
                           {"IsMultiRegionTrail", true},
                           {"IncludeGlobalServiceEvents", true},
                           {"CloudWatchLogsLogGroupArn", {{"Fn::GetAtt", Json::array({"TrailLogGroup", "Arn"})}}},
                           {"CloudWatchLogsRoleArn", {{"Fn::GetAtt", Json::array({"TrailRole", "Arn"})}}}});
  all["Topic"] = resource("AWS::SNS::Topic", {{"DisplayName", "Security"}});
  all["TopicPolicy"] = resource(
      "AWS::SNS::TopicPolicy",
      {{"Topics", Json::array({reference_to("Topic")})},
       {"PolicyDocument", document(statement("cloudwatch.amazonaws.com", "sns:Publish", reference_to("Topic")))}});
  all["Subscription"] =
      resource("AWS::SNS::Subscription",
               {{"TopicArn", reference_to("Topic")}, {"Protocol", "email"}, {"Endpoint", "security@example.com"}});
  for (std::size_t i = 0; all.size() + 2 <= resources; ++i) {
    Json pair[] = {filter(i), alarm(i)};
    if (conditions > 0)
      for (Json& each : pair) each["Condition"] = fmt::format("IsOn{}", i % conditions);
    all[fmt::format("Filter{}", i)] = std::move(pair[0]);
    all[fmt::format("Alarm{}", i)] = std::move(pair[1]);
  }
  return root;
}

/// Block style, texts in single quotes.
void print_yaml(const Json& node, std::size_t indentation, std::string& out) {
  const std::string blanks(indentation, ' ');
  const auto print_value = [&](const Json& value) {
    if (value.is_structured() && !value.empty()) {
      out += "\n";
      print_yaml(value, indentation + 2, out);
    } else if (value.is_string()) {
      out += fmt::format(" '{}'\n", value.get<std::string>());
    } else {
      out += " " + value.dump() + "\n";
    }
  };
  if (node.is_object()) {
    for (const auto& [key, value] : node.items()) {
      out += blanks + key + ":";
      print_value(value);
    }
  } else {
    for (const Json& value : node) {
      out += blanks + "-";
      print_value(value);
    }
  }
}

std::string yaml(const Json& node) {
  std::string out;
  print_yaml(node, 0, out);
  return out;
}

/// The fewest resources that make a text of that many bytes.
template <class Print>
std::string of_size(std::size_t bytes, Print print) {
  for (std::size_t resources = 8;; resources += 2)
    if (std::string text = print(resources); text.size() >= bytes) return text;
}

// --- Terraform ---

std::string hcl(std::size_t resources) {
  std::string text = R"(resource "aws_s3_bucket" "trail" {
  bucket_prefix = "trail"
}

resource "aws_cloudwatch_log_group" "trail" {
  name              = "trail"
  retention_in_days = 90
}

data "aws_iam_policy_document" "trust" {
  statement {
    actions = ["sts:AssumeRole"]
    principals {
      type        = "Service"
      identifiers = ["cloudtrail.amazonaws.com"]
    }
  }
}

resource "aws_iam_role" "trail" {
  assume_role_policy = data.aws_iam_policy_document.trust.json
}

resource "aws_iam_role_policy" "trail" {
  role = aws_iam_role.trail.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = ["logs:CreateLogStream", "logs:PutLogEvents"]
      Resource = "${aws_cloudwatch_log_group.trail.arn}:*"
    }]
  })
}

resource "aws_cloudtrail" "trail" {
  name                       = "trail"
  s3_bucket_name             = aws_s3_bucket.trail.id
  is_multi_region_trail      = true
  cloud_watch_logs_group_arn = "${aws_cloudwatch_log_group.trail.arn}:*"
  cloud_watch_logs_role_arn  = aws_iam_role.trail.arn
}

resource "aws_sns_topic" "security" {
  name = "security"
}

resource "aws_sns_topic_subscription" "mail" {
  topic_arn = aws_sns_topic.security.arn
  protocol  = "email"
  endpoint  = "security@example.com"
}
)";
  for (std::size_t i = 0; i + 8 < resources; i += 2)
    text += fmt::format(R"(
resource "aws_cloudwatch_log_metric_filter" "read_{0}" {{
  name           = "secret-{0}-read"
  log_group_name = aws_cloudwatch_log_group.trail.name
  pattern        = <<-EOT
    {1}
  EOT

  metric_transformation {{
    namespace = "SecurityMetrics"
    name      = "Secret{0}Read"
    value     = "1"
  }}
}}

resource "aws_cloudwatch_metric_alarm" "read_{0}" {{
  alarm_name          = "secret-{0}-read"
  namespace           = "SecurityMetrics"
  metric_name         = aws_cloudwatch_log_metric_filter.read_{0}.metric_transformation[0].name
  statistic           = "Sum"
  comparison_operator = "GreaterThanOrEqualToThreshold"
  threshold           = 1
  period              = 300
  evaluation_periods  = 1
  treat_missing_data  = "notBreaching"
  alarm_actions       = [aws_sns_topic.security.arn]
}}
)",
                        i, pattern_of(i));
  return text;
}

Json planned(const std::string& type, const std::string& name, Json values) {
  Json written = Json::object();
  written["address"] = type + "." + name;
  written["mode"] = "managed";
  written["type"] = type;
  written["name"] = name;
  written["provider_name"] = "registry.terraform.io/hashicorp/aws";
  written["schema_version"] = 0;
  written["values"] = std::move(values);
  return written;
}

Json change_of(const Json& resource) {
  Json written = resource;
  written.erase("values");
  written.erase("schema_version");
  written["change"] = {{"actions", Json::array({"create"})}, {"before", nullptr},
                       {"after", resource["values"]},        {"after_unknown", {{"id", true}, {"arn", true}}},
                       {"before_sensitive", false},          {"after_sensitive", Json::object()}};
  return written;
}

Json configured(const Json& resource, const Json& expressions) {
  Json written = resource;
  written.erase("values");
  written.erase("provider_name");
  written["provider_config_key"] = "aws";
  written["expressions"] = expressions;
  return written;
}

/// Filters, alarms and what a plan of any size has most of: resources that are none of ours.
std::string plan(std::size_t count) {
  Json resources = Json::array();
  Json changes = Json::array();
  Json configuration = Json::array();
  const auto add = [&](const Json& resource, const Json& expressions) {
    resources.push_back(resource);
    changes.push_back(change_of(resource));
    configuration.push_back(configured(resource, expressions));
  };
  const Json topic = {{"references", Json::array({"aws_sns_topic.security.arn", "aws_sns_topic.security"})}};
  add(planned("aws_cloudwatch_log_group", "trail", {{"name", "trail"}, {"retention_in_days", 90}}), Json::object());
  add(planned("aws_sns_topic", "security", {{"name", "security"}}), Json::object());
  add(planned("aws_sns_topic_subscription", "mail", {{"protocol", "email"}, {"endpoint", "security@example.com"}}),
      {{"topic_arn", topic}});
  for (std::size_t i = 0; i < count; ++i) {
    const std::string name = fmt::format("read_{}", i);
    if (i % 10 == 0) {
      const Json transformation = {{"namespace", "SecurityMetrics"},
                                   {"name", fmt::format("Secret{}Read", i)},
                                   {"value", "1"},
                                   {"default_value", nullptr},
                                   {"unit", "None"}};
      add(planned("aws_cloudwatch_log_metric_filter", name,
                  {{"name", fmt::format("secret-{}-read", i)},
                   {"log_group_name", "trail"},
                   {"pattern", pattern_of(i)},
                   {"metric_transformation", Json::array({transformation})}}),
          Json::object());
      add(planned("aws_cloudwatch_metric_alarm", name,
                  {{"alarm_name", fmt::format("secret-{}-read", i)},
                   {"namespace", "SecurityMetrics"},
                   {"metric_name", fmt::format("Secret{}Read", i)},
                   {"statistic", "Sum"},
                   {"comparison_operator", "GreaterThanOrEqualToThreshold"},
                   {"threshold", 1},
                   {"period", 300},
                   {"evaluation_periods", 1},
                   {"treat_missing_data", "notBreaching"}}),
          {{"alarm_actions", topic}});
    } else {
      Json values = {{"name", fmt::format("role-{}", i)}, {"path", "/"}, {"max_session_duration", 3600}};
      values["assume_role_policy"] = document(statement("ec2.amazonaws.com", "sts:AssumeRole", "*")).dump();
      values["tags"] = {{"team", "payments"}, {"stage", "prod"}, {"service", name}};
      values["tags_all"] = values["tags"];
      add(planned("aws_iam_role", name, values), Json::object());
    }
  }
  Json root = Json::object();
  root["format_version"] = "1.2";
  root["terraform_version"] = "1.9.8";
  root["planned_values"]["root_module"]["resources"] = std::move(resources);
  root["resource_changes"] = std::move(changes);
  root["configuration"]["provider_config"]["aws"] = {{"name", "aws"},
                                                     {"full_name", "registry.terraform.io/hashicorp/aws"}};
  root["configuration"]["root_module"]["resources"] = std::move(configuration);
  return root.dump();
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2) return 2;
  const fs::path folder = argv[1];
  write(folder / "example.yaml", std::string(secretwatch::lint::examples::good));
  const std::string texts[] = {of_size(10'000, [](std::size_t n) { return yaml(cloudformation(n, 0)); }),
                               of_size(10'000, [](std::size_t n) { return cloudformation(n, 0).dump(2); }),
                               of_size(10'000, hcl)};
  const char* const endings[] = {".yaml", ".json", ".tf"};
  for (std::size_t i = 0; i < 1'000; ++i)
    write(folder / "files" / fmt::format("{:03}", i) / (std::string("main") + endings[i % 3]), texts[i % 3]);
  std::size_t count = 1'000;
  while (plan(count).size() < 10'000'000) count += count / 2;
  while (plan(count).size() > 10'500'000) count -= count / 20;
  write(folder / "plan.json", plan(count));
  for (const std::size_t resources : {125U, 250U, 500U, 1'000U, 2'000U}) {
    const Json root = cloudformation(resources, 40);
    write(folder / fmt::format("{}-resources.json", resources), root.dump(2));
    write(folder / fmt::format("{}-resources.yaml", resources), yaml(root));
  }
  for (const std::size_t conditions : {0U, 10U, 40U, 160U})
    write(folder / fmt::format("500-resources-{}-conditions.json", conditions),
          cloudformation(500, conditions).dump(2));
  return 0;
}
