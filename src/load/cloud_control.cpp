/// The provider hashicorp/awscc, whose words are CloudFormation's. Source: its documentation, "Attribute naming".
#include <algorithm>

#include "base/text.h"
#include "load/kinds.h"
#include "load/values.h"
#include "load/words.h"

namespace secretwatch::load {
namespace {

/// Where it is not every word with a capital.
constexpr std::pair<std::string_view, std::string_view> irregular[] = {
    {"CloudwatchLogsLogGroupArn", "CloudWatchLogsLogGroupArn"},
    {"CloudwatchLogsRoleArn", "CloudWatchLogsRoleArn"},
    {"OkActions", "OKActions"},
    {"RotationLambdaArn", "RotationLambdaARN"},
    {"SseAlgorithm", "SSEAlgorithm"},
};

constexpr std::string_view documents[] = {"AssumeRolePolicyDocument", "EventPattern",  "FilterPolicy",  "KeyPolicy",
                                          "PolicyDocument",           "RedrivePolicy", "ResourcePolicy"};

std::string in_capitals(std::string_view name, std::string_view type) {
  std::string capitals;
  bool begins = true;
  for (const char c : name) {
    if (c != '_') capitals += begins ? to_upper(c) : c;
    begins = c == '_';
  }
  if (capitals == "KmsKeyId" && type == "AWS::CloudTrail::Trail") return "KMSKeyId";
  if (capitals == "KmsMasterKeyId" && type == "AWS::S3::Bucket") return "KMSMasterKeyID";
  for (const auto& [regular, written] : irregular)
    if (capitals == regular) return std::string(written);
  return capitals;
}

}  // namespace

std::string_view type_of_cloud_control(std::string_view name) {
  constexpr std::string_view prefix = "awscc_";
  if (!name.starts_with(prefix)) return {};
  return find_type_written("aws_" + std::string(name.substr(prefix.size())));
}

Item translate_cloud_control(const Item& object, std::string_view type) {
  Item said_so = object;
  for (Item& each : said_so.items) each = translate_cloud_control(each, type);
  for (Field& field : said_so.fields) {
    field.name = in_capitals(field.name, type);
    const bool is_document = std::find(std::begin(documents), std::end(documents), field.name) != std::end(documents);
    const bool has_own_keys = field.name == "InputPathsMap" || field.name == "Parameters";
    if (is_document) field.value = document_of(field.value);
    if (!is_document && !has_own_keys) field.value = translate_cloud_control(field.value, type);
  }
  return said_so;
}

}  // namespace secretwatch::load
