#include "chain/secret_events.h"

#include <algorithm>
#include <array>

#include "base/suggest.h"
#include "base/text.h"
#include "events/canonical.h"

namespace secretwatch::chain {
namespace {

using Kind = EventValue::Kind;

constexpr std::array<std::string_view, 9> envelope = {"version", "id",     "detail-type", "source", "account",
                                                      "time",    "region", "resources",   "detail"};

/// CloudTrail user guide, "CloudTrail record contents for management, data, and network activity events".
constexpr std::array<std::string_view, 34> record_fields = {"eventTime",
                                                            "eventVersion",
                                                            "userIdentity",
                                                            "eventSource",
                                                            "eventName",
                                                            "awsRegion",
                                                            "sourceIPAddress",
                                                            "userAgent",
                                                            "errorCode",
                                                            "errorMessage",
                                                            "requestParameters",
                                                            "responseElements",
                                                            "additionalEventData",
                                                            "requestID",
                                                            "eventID",
                                                            "eventType",
                                                            "apiVersion",
                                                            "managementEvent",
                                                            "readOnly",
                                                            "resources",
                                                            "recipientAccountId",
                                                            "serviceEventDetails",
                                                            "sharedEventID",
                                                            "vpcEndpointId",
                                                            "vpcEndpointAccountId",
                                                            "eventCategory",
                                                            "addendum",
                                                            "sessionCredentialFromConsole",
                                                            "eventContext",
                                                            "edgeDeviceDetails",
                                                            "tlsDetails",
                                                            "insightDetails",
                                                            "annotation",
                                                            "aggregated"};

constexpr std::array<std::string_view, 15> identity_fields = {"type",
                                                              "userName",
                                                              "principalId",
                                                              "arn",
                                                              "accountId",
                                                              "accessKeyId",
                                                              "sessionContext",
                                                              "invokedBy",
                                                              "onBehalfOf",
                                                              "inScopeOf",
                                                              "credentialId",
                                                              "identityProvider",
                                                              "sessionIssuer",
                                                              "webIdFederationData",
                                                              "invokedByDelegate"};

/// What the calls of Secrets Manager are asked with, of all of them.
constexpr std::array<std::string_view, 33> parameters = {"secretId",
                                                         "secretIdList",
                                                         "versionId",
                                                         "versionStage",
                                                         "versionStages",
                                                         "filters",
                                                         "maxResults",
                                                         "nextToken",
                                                         "name",
                                                         "description",
                                                         "kmsKeyId",
                                                         "tags",
                                                         "tagKeys",
                                                         "clientRequestToken",
                                                         "secretString",
                                                         "secretBinary",
                                                         "resourcePolicy",
                                                         "blockPublicPolicy",
                                                         "recoveryWindowInDays",
                                                         "forceDeleteWithoutRecovery",
                                                         "rotationLambdaARN",
                                                         "rotationRules",
                                                         "rotateImmediately",
                                                         "addReplicaRegions",
                                                         "forceOverwriteReplicaSecret",
                                                         "removeReplicaRegions",
                                                         "removeFromVersionId",
                                                         "moveToVersionId",
                                                         "includeDeprecated",
                                                         "includePlannedDeletion",
                                                         "sortOrder",
                                                         "passwordLength",
                                                         "excludeCharacters"};

/// Members of a record that are the same in every such event, wherever it comes from.
bool is_fixed(std::string_view name) {
  constexpr std::array<std::string_view, 8> names = {"eventSource",     "eventName", "eventType",   "eventCategory",
                                                     "managementEvent", "readOnly",  "detail-type", "source"};
  return std::find(names.begin(), names.end(), name) != names.end();
}

EventValue text(std::string_view characters) {
  EventValue value;
  value.kind = Kind::text;
  value.text = characters;
  return value;
}

EventValue some_text() {
  EventValue value = text({});
  value.is_known = false;
  return value;
}

void add(EventValue& object, std::string_view name, EventValue value) {
  object.names.emplace_back(name);
  object.parts.push_back(std::move(value));
}

/// Forgets what differs from event to event; objects may hold what the example has not.
void blur(EventValue& value) {
  if (value.kind == Kind::text) value.is_known = false;
  if (value.kind == Kind::number) value = EventValue();
  if (value.kind == Kind::list) value = EventValue();
  value.may_hold_more = true;
  for (EventValue& part : value.parts) blur(part);
}

template <std::size_t Size>
std::vector<std::string> words(const std::array<std::string_view, Size>& names) {
  return {names.begin(), names.end()};
}

void blur_record(EventValue& record) {
  for (std::size_t i = 0; i < record.names.size(); ++i) {
    EventValue& member = record.parts[i];
    if (is_fixed(record.names[i])) continue;
    if (record.names[i] == "sessionCredentialFromConsole") continue;
    blur(member);
    member.may_hold_more = member.may_hold_more && record.names[i] != "requestParameters";
    if (record.names[i] != "requestParameters") continue;
    // Which of these two a call has is what tells it from the others.
    for (const std::string_view name : parameters)
      if (name != "secretId" && name != "secretIdList") member.may_hold.emplace_back(name);
  }
  record.may_hold = words(record_fields);
}

SecretEvent event_of(const events::Access& access) {
  EventValue record = read_event(access.record);
  SecretEvent made{.name = std::string(access.call.event), .is_refused = access.call.is_refused, .event = {}};
  if (const EventValue* const read_only = record.find("readOnly")) made.is_read = read_only->text == "true";
  const EventValue* const type = record.find("eventType");
  const bool is_call = type == nullptr || type->text != "AwsServiceEvent";
  blur_record(record);
  made.event.kind = Kind::object;
  add(made.event, "source", text("aws.secretsmanager"));
  add(made.event, "detail-type", text(is_call ? "AWS API Call via CloudTrail" : "AWS Service Event via CloudTrail"));
  for (const char* name : {"version", "id", "account", "time", "region"}) add(made.event, name, some_text());
  add(made.event, "resources", EventValue());
  add(made.event, "detail", std::move(record));
  return made;
}

/// Does a list of values, or what stands in it, hold one of the words? What is shut out does not count.
template <class Wanted>
bool holds(const World& world, const stack::Document& document, const Wanted& wanted, int depth) {
  constexpr int deepest = 64;
  if (depth > deepest) return false;
  if (document.kind == stack::Document::Kind::scalar) {
    const std::optional<std::string> literal = world.literal(document.text);
    return literal && wanted(*literal);
  }
  for (std::size_t i = 0; i < document.parts.size(); ++i) {
    if (i < document.names.size() && document.names[i] == "anything-but") continue;
    if (holds(world, document.parts[i], wanted, depth + 1)) return true;
  }
  return false;
}

bool is_read_of_a_value(std::string_view name) {
  return name == "GetSecretValue" || name == "BatchGetSecretValue";
}

/// "$.detail.userIdentity.arn" → detail, userIdentity, arn. A step with an index is the step.
std::vector<std::string> steps_of(std::string_view path) {
  std::vector<std::string> steps;
  if (!path.starts_with("$")) return steps;
  path.remove_prefix(1);
  while (path.starts_with(".")) {
    path.remove_prefix(1);
    const std::size_t end = std::min(path.find('.'), path.size());
    const std::string_view step = path.substr(0, end);
    steps.emplace_back(step.substr(0, step.find('[')));
    path.remove_prefix(end);
  }
  return path.empty() ? steps : std::vector<std::string>();
}

std::vector<std::string_view> known_steps(const std::vector<std::string>& before) {
  const auto all = [](const auto& names) { return std::vector<std::string_view>(names.begin(), names.end()); };
  if (before.empty()) return all(envelope);
  if (before.size() == 1 && before[0] == "detail") return all(record_fields);
  if (before.size() == 2 && before[0] == "detail" && before[1] == "userIdentity") return all(identity_fields);
  if (before.size() == 2 && before[0] == "detail" && before[1] == "requestParameters") return all(parameters);
  return {};
}

}  // namespace

const std::vector<SecretEvent>& secret_events() {
  static const std::vector<SecretEvent> events = [] {
    std::vector<SecretEvent> made;
    for (const events::Access& access : events::canonical_accesses({.name = "secret"}))
      made.push_back(event_of(access));
    return made;
  }();
  return events;
}

bool is_about_secrets(const World& world, const stack::Document& pattern) {
  const auto is_word = [](std::string_view word) {
    return word == "aws.secretsmanager" || word == "secretsmanager.amazonaws.com" || is_read_of_a_value(word);
  };
  return holds(world, pattern, is_word, 0);
}

bool names_reads(const World& world, const stack::Document& pattern) {
  return holds(world, pattern, is_read_of_a_value, 0);
}

EventValue alarm_event(const World& world, stack::ResourceId alarm) {
  const std::optional<std::string> name = world.identity_of({alarm, stack::Attribute::name, {}}).literal();
  EventValue state;
  state.kind = Kind::object;
  state.may_hold_more = true;
  add(state, "value", text("ALARM"));
  EventValue detail;
  detail.kind = Kind::object;
  detail.may_hold_more = true;
  add(detail, "alarmName", name ? text(*name) : some_text());
  add(detail, "state", std::move(state));
  EventValue event;
  event.kind = Kind::object;
  add(event, "source", text("aws.cloudwatch"));
  add(event, "detail-type", text("CloudWatch Alarm State Change"));
  for (const char* field : {"version", "id", "account", "time", "region"}) add(event, field, some_text());
  add(event, "resources", EventValue());
  add(event, "detail", std::move(detail));
  return event;
}

EventValue alarm_message(const World& world, stack::ResourceId alarm) {
  const std::optional<std::string> name = world.identity_of({alarm, stack::Attribute::name, {}}).literal();
  EventValue message;
  message.kind = Kind::object;
  message.may_hold_more = true;
  add(message, "AlarmName", name ? text(*name) : some_text());
  add(message, "NewStateValue", text("ALARM"));
  return message;
}

Match has_path(std::string_view path) {
  const std::vector<std::string> steps = steps_of(path);
  std::vector<std::string> before;
  for (const std::string& step : steps) {
    const std::vector<std::string_view> known = known_steps(before);
    if (known.empty()) return Match::maybe;
    if (std::find(known.begin(), known.end(), step) == known.end()) return Match::no;
    before.push_back(step);
  }
  return steps.empty() ? Match::maybe : Match::yes;
}

std::string nearest_path(std::string_view path) {
  std::vector<std::string> before;
  for (const std::string& step : steps_of(path)) {
    const std::vector<std::string_view> known = known_steps(before);
    if (known.empty()) return {};
    if (std::find(known.begin(), known.end(), step) != known.end()) {
      before.push_back(step);
      continue;
    }
    std::string meant = nearest(step, known);
    for (const std::string_view field : known)
      if (lower_case(field) == lower_case(step)) meant = field;
    if (meant.empty()) return {};
    std::string whole = "$";
    for (const std::string& one : before) whole += "." + one;
    return whole + "." + meant;
  }
  return {};
}

}  // namespace secretwatch::chain
