#include "events/canonical.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <cstdint>
#include <initializer_list>
#include <map>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "base/text.h"

namespace secretwatch::events {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::string_view event_source = "secretsmanager.amazonaws.com";
constexpr std::string_view event_time = "2026-01-02T03:04:05Z";

constexpr std::array<std::string_view, 33> event_names = {
    // calls of the API
    "GetSecretValue", "BatchGetSecretValue", "CreateSecret", "PutSecretValue", "UpdateSecret",
    "UpdateSecretVersionStage", "RotateSecret", "CancelRotateSecret", "RestoreSecret", "ReplicateSecretToRegions",
    "RemoveRegionsFromReplication", "StopReplicationToReplica", "TagResource", "UntagResource", "DeleteSecret",
    "PutResourcePolicy", "DeleteResourcePolicy", "ValidateResourcePolicy", "ListSecrets", "DescribeSecret",
    "ListSecretVersionIds", "GetResourcePolicy", "GetRandomPassword",
    // events of the service
    "RotationStarted", "RotationSucceeded", "RotationFailed", "RotationAbandoned", "TestRotationStarted",
    "TestRotationSucceeded", "TestRotationFailed", "StartSecretVersionDelete", "CancelSecretVersionDelete",
    "EndSecretVersionDelete"};
constexpr std::size_t first_service_event = 23;

constexpr std::string_view unused_id = "00000000-1111-4222-8333-000000000000";

bool is_service_event(std::string_view event) {
  const auto found = std::find(event_names.begin(), event_names.end(), event);
  return found - event_names.begin() >= static_cast<std::ptrdiff_t>(first_service_event);
}

bool names_no_secret(std::string_view event) {
  return event == "ListSecrets" || event == "GetRandomPassword";
}

bool is_read_only(std::string_view event) {
  constexpr std::array<std::string_view, 7> reads = {"GetSecretValue",       "BatchGetSecretValue", "DescribeSecret",
                                                     "ListSecretVersionIds", "ListSecrets",         "GetResourcePolicy",
                                                     "GetRandomPassword"};
  return std::find(reads.begin(), reads.end(), event) != reads.end();
}

/// Twelve digits that differ from record to record and are always the same for one (FNV-1a).
std::string invented_id(std::initializer_list<std::string_view> seed) {
  std::uint64_t hash = 14695981039346656037ULL;
  for (const std::string_view part : seed)
    for (const char c : part) hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211ULL;
  std::string id(unused_id);
  const auto write = [&id](std::size_t first, std::size_t digits, std::uint64_t value) {
    for (std::size_t at = first + digits; at-- > first; value >>= 4U) id[at] = "0123456789abcdef"[value & 0xFU];
  };
  write(0, 8, hash >> 32U);
  write(24, 12, hash);
  return id;
}

/// Such a call bears a token, by which the service knows it when it comes again.
bool has_token(std::string_view event) {
  return event == "CreateSecret" || event == "PutSecretValue" || event == "UpdateSecret" || event == "RotateSecret";
}

std::string typed(const Secret& secret, Naming naming) {
  if (naming == Naming::name) return secret.name;
  return naming == Naming::arn ? full_arn(secret) : partial_arn(secret);
}

std::string iam_arn(const Secret& secret, std::string_view resource) {
  return fmt::format("arn:{}:iam::{}:{}", secret.partition, secret.account, resource);
}

Json role_session(const Secret& secret, std::string_view role, std::string_view session) {
  Json identity;
  identity["type"] = "AssumedRole";
  identity["principalId"] = fmt::format("AROAEXAMPLEEXAMPLE000:{}", session);
  identity["arn"] = fmt::format("arn:{}:sts::{}:assumed-role/{}/{}", secret.partition, secret.account, role, session);
  identity["accountId"] = secret.account;
  identity["accessKeyId"] = "ASIAIOSFODNN7EXAMPLE";
  Json issuer;
  issuer["type"] = "Role";
  issuer["principalId"] = "AROAEXAMPLEEXAMPLE000";
  issuer["arn"] = iam_arn(secret, fmt::format("role/{}", role));
  issuer["accountId"] = secret.account;
  issuer["userName"] = role;
  Json context;
  context["sessionIssuer"] = issuer;
  context["attributes"]["creationDate"] = "2026-01-02T03:00:00Z";
  context["attributes"]["mfaAuthenticated"] = "false";
  identity["sessionContext"] = context;
  return identity;
}

Json user_identity(const Secret& secret, Caller caller) {
  Json identity;
  switch (caller) {
    case Caller::role:
      return role_session(secret, "application", "i-0123456789abcdef0");
    case Caller::rotation:
      return role_session(secret, "rotation-function-role", "rotation-function");
    case Caller::service:
      identity = role_session(secret, "service-role", "kafka");
      identity["invokedBy"] = "kafka.amazonaws.com";
      return identity;
    case Caller::root:
      identity["type"] = "Root";
      identity["principalId"] = secret.account;
      identity["arn"] = iam_arn(secret, "root");
      identity["accountId"] = secret.account;
      identity["accessKeyId"] = "ASIAIOSFODNN7EXAMPLE";
      return identity;
    case Caller::user:
      break;
  }
  identity["type"] = "IAMUser";
  identity["principalId"] = "AIDAEXAMPLEEXAMPLE000";
  identity["arn"] = iam_arn(secret, "user/alice");
  identity["accountId"] = secret.account;
  identity["accessKeyId"] = "AKIAIOSFODNN7EXAMPLE";
  identity["userName"] = "alice";
  return identity;
}

std::string user_agent(const Call& call) {
  if (call.caller == Caller::service) return "kafka.amazonaws.com";
  if (call.caller == Caller::rotation) return "Boto3/1.40.4 md/Botocore#1.40.4 exec-env/AWS_Lambda_python3.13";
  if (call.client == Client::console)
    return "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36";
  if (call.client == Client::cli) return "aws-cli/2.31.0 md/awscrt#0.27.6 ua/2.1 os/linux exe/x86_64";
  return "aws-sdk-go-v2/1.39.2 ua/2.1 os/linux lang/go#1.25.1 api/secretsmanager#1.39.6";
}

Json request_parameters(const Secret& secret, const Call& call) {
  if (call.is_refused || call.event == "GetRandomPassword") return nullptr;
  Json parameters = Json::object();
  if (call.event == "ListSecrets") {
    parameters["maxResults"] = 100;
  } else if (call.event == "CreateSecret") {
    parameters["name"] = secret.name;
  } else if (call.event == "BatchGetSecretValue" && call.is_by_filter) {
    Json filter;
    filter["key"] = "tag-key";
    filter["values"] = Json::array();
    filter["values"].push_back("team");
    parameters["filters"] = Json::array();
    parameters["filters"].push_back(filter);
    parameters["maxResults"] = 20;
  } else if (call.event == "BatchGetSecretValue") {
    parameters["secretIdList"] = Json::array();
    parameters["secretIdList"].push_back(typed(secret, call.naming));
  } else {
    parameters["secretId"] = typed(secret, call.naming);
  }
  if (has_token(call.event)) parameters["clientRequestToken"] = invented_id({secret.name, "token"});
  if (call.event == "DeleteSecret") parameters["recoveryWindowInDays"] = 30;
  return parameters;
}

Json response_elements(const Secret& secret, const Call& call) {
  if (call.is_refused || is_read_only(call.event)) return nullptr;
  Json elements;
  elements["arn"] = full_arn(secret);
  elements["name"] = secret.name;
  return elements;
}

void add_refusal(const Secret& secret, const Call& call, const Json& identity, Json& record) {
  const std::string resource = call.is_by_filter ? std::string("*") : typed(secret, call.naming);
  record["errorCode"] = "AccessDenied";
  record["errorMessage"] = fmt::format(
      "User: {0} is not authorized to perform: secretsmanager:{1} on resource: {2} because no identity-based policy "
      "allows the secretsmanager:{1} action",
      identity["arn"].get<std::string>(), call.event, resource);
}

Json service_record(const Secret& secret, std::string_view event) {
  Json record;
  record["eventVersion"] = "1.11";
  record["userIdentity"]["accountId"] = secret.account;
  record["userIdentity"]["invokedBy"] = event_source;
  record["eventTime"] = event_time;
  record["eventSource"] = event_source;
  record["eventName"] = event;
  record["awsRegion"] = secret.region;
  record["sourceIPAddress"] = event_source;
  record["userAgent"] = event_source;
  record["requestParameters"] = nullptr;
  record["responseElements"] = nullptr;
  record["additionalEventData"]["SecretId"] = full_arn(secret);
  record["eventID"] = invented_id({event, secret.name});
  record["readOnly"] = false;
  record["eventType"] = "AwsServiceEvent";
  record["managementEvent"] = true;
  record["recipientAccountId"] = secret.account;
  record["eventCategory"] = "Management";
  return record;
}

std::string seed_of(const Call& call) {
  return fmt::format("{} {} {}", call.event, static_cast<int>(call.naming),
                     static_cast<int>(call.caller) * 10 + static_cast<int>(call.client));
}

Json call_record(const Secret& secret, const Call& call) {
  const Json identity = user_identity(secret, call.caller);
  Json record;
  record["eventVersion"] = "1.11";
  record["userIdentity"] = identity;
  record["eventTime"] = event_time;
  record["eventSource"] = event_source;
  record["eventName"] = call.event;
  record["awsRegion"] = secret.region;
  record["sourceIPAddress"] = call.caller == Caller::service ? "kafka.amazonaws.com" : "192.0.2.7";
  record["userAgent"] = user_agent(call);
  if (call.is_refused) add_refusal(secret, call, identity, record);
  record["requestParameters"] = request_parameters(secret, call);
  record["responseElements"] = response_elements(secret, call);
  const std::string seed = seed_of(call);
  record["requestID"] = invented_id({seed, "request ", secret.name});
  record["eventID"] = invented_id({seed, "event ", secret.name});
  record["readOnly"] = is_read_only(call.event);
  record["eventType"] = "AwsApiCall";
  record["managementEvent"] = true;
  record["recipientAccountId"] = secret.account;
  record["eventCategory"] = "Management";
  record["tlsDetails"]["tlsVersion"] = "TLSv1.3";
  record["tlsDetails"]["cipherSuite"] = "TLS_AES_128_GCM_SHA256";
  record["tlsDetails"]["clientProvidedHostHeader"] = fmt::format("secretsmanager.{}.amazonaws.com", secret.region);
  if (call.client == Client::console) record["sessionCredentialFromConsole"] = "true";
  return record;
}

Access access(const Secret& secret, std::string id, std::string title, const Call& call) {
  const bool names_secret = !names_no_secret(call.event) && !call.is_by_filter;
  return {std::move(id), std::move(title), call, names_secret, record_of(secret, call)};
}

/// "PutSecretValue" -> "put-secret-value"
std::string small_letters(std::string_view event) {
  std::string id;
  for (const char c : event) {
    if (is_upper(c) && !id.empty()) id += '-';
    id += to_lower(c);
  }
  return id;
}

/// A call to another service, with nothing that a pattern for secrets looks for.
Json other_record(std::string_view source, std::string_view event, Json parameters, bool read_only) {
  const Secret account{"unused"};
  const Call call{event, Naming::name, Caller::role, Client::sdk};
  Json record = call_record(account, call);
  record["eventSource"] = source;
  record["requestParameters"] = std::move(parameters);
  record["responseElements"] = nullptr;
  record["readOnly"] = read_only;
  record["tlsDetails"]["clientProvidedHostHeader"] = source;
  return record;
}

Json one(const char* key, Json value) {
  Json object;
  object[key] = std::move(value);
  return object;
}

}  // namespace

std::string partial_arn(const Secret& secret) {
  return fmt::format("arn:{}:secretsmanager:{}:{}:secret:{}", secret.partition, secret.region, secret.account,
                     secret.name);
}

std::string full_arn(const Secret& secret) {
  return partial_arn(secret) + "-" + secret.suffix;
}

namespace {

/// In the order of the numbers in its templates: the parts of the secret, and the ids that are made of its name.
std::vector<std::string> parts_of(const Secret& secret, const Call& call) {
  const std::string seed = is_service_event(call.event) ? std::string(call.event) : seed_of(call);
  std::vector<std::string> parts;
  parts.reserve(8);
  for (const std::string* const part :
       {&secret.name, &secret.suffix, &secret.region, &secret.account, &secret.partition})
    parts.push_back(*part);
  parts.push_back(invented_id({seed, "request ", secret.name}));
  parts.push_back(is_service_event(call.event) ? invented_id({seed, secret.name})
                                               : invented_id({seed, "event ", secret.name}));
  parts.push_back(has_token(call.event) ? invented_id({secret.name, "token"}) : std::string(unused_id));
  return parts;
}

std::string write(const Secret& secret, const Call& call) {
  return (is_service_event(call.event) ? service_record(secret, call.event) : call_record(secret, call)).dump();
}

std::string write_elsewhere(const Secret& secret, const Call& call) {
  Secret unnamed = secret;
  unnamed.name = "unused";
  Json record = call_record(unnamed, call);
  record["eventName"] = "GetExample";
  record["requestParameters"] = nullptr;
  std::string text = record.dump();
  constexpr std::string_view service = "secretsmanager";
  for (std::size_t at = text.find(service); at != std::string::npos; at = text.find(service, at))
    text.replace(at, service.size(), "example");
  return text;
}

/// Written once for a secret whose every part is a character for private use, and filled in for each that is asked for.
using Forms = std::map<Call, std::shared_ptr<const RecordForm>>;

template <class Write>
RecordParts take_apart(Forms& known, const Secret& secret, const Call& call, Write write) {
  const auto event = std::find(event_names.begin(), event_names.end(), call.event);
  assert(event != event_names.end());
  auto found = known.find(call);
  if (found == known.end()) {
    const Secret marked{"\uE000", "\uE001", "\uE002", "\uE003", "\uE004", "\uE002"};
    TextForm::Marks marks;
    for (const std::string& part : parts_of(marked, call)) marks.emplace_back(part, marks.size());
    Call kept = call;
    kept.event = *event;  // which lives as long as the form
    found = known.emplace(kept, std::make_shared<const RecordForm>(write(marked, kept), std::move(marks))).first;
  }
  return {found->second, parts_of(secret, call)};
}

}  // namespace

RecordParts parts_of_record(const Secret& secret, const Call& call) {
  thread_local Forms forms;
  if (!call.is_in_replica) return take_apart(forms, secret, call, write);
  Secret replica = secret;
  replica.region = secret.replica_region;
  return take_apart(forms, replica, call, write);
}

RecordParts parts_of_record_elsewhere(const Secret& secret, const Call& call) {
  thread_local Forms forms;
  return take_apart(forms, secret, call, write_elsewhere);
}

std::string record_of(const Secret& secret, const Call& call) {
  const RecordParts parts = parts_of_record(secret, call);
  return parts.form->fill(parts.values);
}

std::string record_elsewhere(const Secret& secret, const Call& call) {
  const RecordParts parts = parts_of_record_elsewhere(secret, call);
  return parts.form->fill(parts.values);
}

std::vector<Access> canonical_accesses(const Secret& secret) {
  constexpr std::string_view get = "GetSecretValue";
  constexpr std::string_view batch = "BatchGetSecretValue";
  const auto add_to = [&](std::vector<Access>& all, const char* id, const char* title, const Call& call) {
    all.push_back(access(secret, id, title, call));
  };
  std::vector<Access> all;
  add_to(all, "read-by-name", "read by its name", {get, Naming::name});
  add_to(all, "read-by-arn", "read by its full ARN", {get, Naming::arn});
  add_to(all, "read-by-partial-arn", "read by its ARN without the suffix", {get, Naming::partial_arn});
  add_to(all, "read-in-replica-region", "read in the region of a replica",
         {get, Naming::arn, Caller::role, Client::sdk, false, false, true});
  add_to(all, "batch-read-by-list", "read in a batch, by name", {batch, Naming::name});
  add_to(all, "batch-read-by-arn-list", "read in a batch, by ARN", {batch, Naming::arn});
  add_to(all, "batch-read-by-filter", "read in a batch that a filter chooses",
         {batch, Naming::name, Caller::user, Client::sdk, false, true});
  add_to(all, "denied-read", "a read by name that is refused", {get, Naming::name, Caller::user, Client::sdk, true});
  add_to(all, "denied-read-by-arn", "a read by ARN that is refused",
         {get, Naming::arn, Caller::role, Client::sdk, true});
  add_to(all, "denied-batch-read", "a batch that is refused", {batch, Naming::arn, Caller::user, Client::sdk, true});
  add_to(all, "read-by-role", "read by a role's session", {get, Naming::name, Caller::role});
  add_to(all, "read-by-root", "read by the root user", {get, Naming::arn, Caller::root, Client::console});
  add_to(all, "read-by-service", "read by an AWS service", {get, Naming::arn, Caller::service});
  add_to(all, "read-by-rotation", "read by the rotation function", {get, Naming::arn, Caller::rotation});
  add_to(all, "read-in-console", "read in the console", {get, Naming::arn, Caller::role, Client::console});
  add_to(all, "read-with-cli", "read with the AWS CLI", {get, Naming::name, Caller::user, Client::cli});
  for (const std::string_view event : event_names) {
    if (event == get || event == batch) continue;
    all.push_back(access(secret, small_letters(event), std::string(event), {event, Naming::arn, Caller::role}));
  }
  return all;
}

std::span<const std::string_view> canonical_events() {
  return event_names;
}

std::vector<Access> unrelated_records() {
  std::vector<Access> all;
  const auto add = [&](const char* id, const char* title, const Json& record) {
    all.push_back({id, title, {}, false, record.dump()});
  };
  add("assume-role", "a role is assumed",
      other_record("sts.amazonaws.com", "AssumeRole", one("roleArn", "arn:aws:iam::123456789012:role/application"),
                   true));
  add("decrypt", "a key is used",
      other_record("kms.amazonaws.com", "Decrypt", one("encryptionAlgorithm", "SYMMETRIC_DEFAULT"), true));
  add("describe-instances", "instances are listed",
      other_record("ec2.amazonaws.com", "DescribeInstances", one("maxResults", 100), true));
  add("head-bucket", "a bucket is looked at",
      other_record("s3.amazonaws.com", "HeadBucket", one("bucketName", "example-logs"), true));
  add("get-object-acl", "an object's list is read",
      other_record("s3.amazonaws.com", "GetBucketAcl", one("bucketName", "example-logs"), true));
  add("run-task", "a container is started",
      other_record("ecs.amazonaws.com", "RunTask", one("cluster", "main"), false));
  add("get-parameter", "a parameter is read",
      other_record("ssm.amazonaws.com", "GetParameter", one("name", "/application/setting"), true));
  Json sign_in = other_record("signin.amazonaws.com", "ConsoleLogin", nullptr, false);
  sign_in["userIdentity"] = user_identity({"unused"}, Caller::user);
  sign_in["responseElements"] = one("ConsoleLogin", "Success");
  sign_in["additionalEventData"] = one("MFAUsed", "Yes");
  sign_in["eventType"] = "AwsConsoleSignIn";
  add("console-login", "somebody signs in", sign_in);
  add("put-metric-filter", "a filter is made that quotes GetSecretValue",
      other_record("logs.amazonaws.com", "PutMetricFilter",
                   one("filterPattern", "{ $.eventName = \"GetSecretValue\" }"), false));
  add("put-role-policy", "a policy is written that quotes GetSecretValue",
      other_record("iam.amazonaws.com", "PutRolePolicy",
                   one("policyDocument", "{\"Statement\":[{\"Action\":\"secretsmanager:GetSecretValue\"}]}"), false));
  return all;
}

}  // namespace secretwatch::events
