#pragma once
/// CloudTrail records of calls to Secrets Manager, as JSON text, with invented identifiers. Shapes as seen in public
/// data: requestParameters hold what the caller typed, refused calls have none and name the secret in errorMessage,
/// events of the service name it in additionalEventData.
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

namespace secretwatch::testing {

using Json = nlohmann::json;

inline std::string arn_of(const std::string& name, const std::string& region = "us-east-2") {
  return "arn:aws:secretsmanager:" + region + ":123456789012:secret:" + name;
}

/// What a caller may type for a secret: the name, the full ARN, the ARN without its suffix.
inline std::vector<std::string> typed_forms(const std::string& name, const std::string& suffix = "AbCd3f") {
  return {name, arn_of(name) + "-" + suffix, arn_of(name)};
}

inline Json call(const std::string& event, const Json& request_parameters) {
  return {
      {"eventVersion", "1.11"},
      {"eventSource", "secretsmanager.amazonaws.com"},
      {"eventName", event},
      {"awsRegion", "us-east-2"},
      {"eventType", "AwsApiCall"},
      {"readOnly", true},
      {"managementEvent", true},
      {"sourceIPAddress", "192.0.2.7"},
      {"userIdentity", {{"type", "IAMUser"}, {"userName", "alice"}, {"arn", "arn:aws:iam::123456789012:user/alice"}}},
      {"requestParameters", request_parameters},
      {"responseElements", nullptr}};
}

inline Json call_with_id(const std::string& event, const std::string& secret_id) {
  return call(event, {{"secretId", secret_id}});
}

inline Json batch(const std::vector<std::string>& ids) {
  return call("BatchGetSecretValue", {{"secretIdList", ids}});
}

inline Json batch_by_filter() {
  return call(
      "BatchGetSecretValue",
      {{"filters", Json::array({Json{{"key", "tag-key"}, {"values", Json::array({"team"})}}})}, {"maxResults", 20}});
}

inline Json refused(const std::string& event, const std::string& resource) {
  Json record = call(event, nullptr);
  record["errorCode"] = "AccessDenied";
  record["errorMessage"] =
      "User: arn:aws:iam::123456789012:user/mallory is not authorized to perform: secretsmanager:" + event +
      (resource.empty() ? "" : " on resource: " + resource) + " because no identity-based policy allows the action";
  return record;
}

inline Json service_event(const std::string& event, const std::string& name, const std::string& suffix = "AbCd3f") {
  Json record = call(event, nullptr);
  record["eventType"] = "AwsServiceEvent";
  record["userIdentity"] = {{"accountId", "123456789012"}, {"invokedBy", "secretsmanager.amazonaws.com"}};
  record["additionalEventData"] = {{"SecretId", arn_of(name) + "-" + suffix}};
  return record;
}

}  // namespace secretwatch::testing
