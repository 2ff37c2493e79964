#pragma once
/// Catalogue: what can happen to a secret, in CloudTrail's words.
///
///     model::find_detection("read")->events        // GetSecretValue, BatchGetSecretValue
///     model::find_event("BatchGetSecretValue")->named_by   // NamedBy::secret_id_list
///
/// Sources: Secrets Manager user guide, "Secrets Manager entries in CloudTrail"; record shapes as seen in public
/// CloudTrail data (GetSecretValue, BatchGetSecretValue, refused calls). docs/spec.md prints the detections from here.
#include <span>
#include <string_view>
#include <vector>

namespace secretwatch::model {

inline constexpr std::string_view event_source = "secretsmanager.amazonaws.com";

/// Where a record says which secret it is about.
enum class NamedBy {
  secret_id,              // requestParameters.secretId: name, full ARN or ARN without suffix, as the caller typed it
  secret_id_list,         // requestParameters.secretIdList, each element like secretId
  name,                   // requestParameters.name: only the name (CreateSecret)
  additional_event_data,  // additionalEventData.SecretId: always an ARN (events of the service itself)
  nothing,                // the call is about no secret in particular
};

struct Event {
  std::string_view name;
  NamedBy named_by;
};

struct Detection {
  std::string_view name;
  std::vector<std::string_view> events;  // names of Events, in catalogue order
  bool refused = false;       // counts only calls with an errorCode, and finds them by their errorMessage too
  unsigned threshold = 1;     // default of an alert with this detection
  std::string_view happened;  // what happened to the secret: "its value was read"
  std::string_view why;       // one sentence for the documentation
  std::string_view advice;    // what the person who gets the message should do
};

/// Every event that an alert can count, in the order in which filters are cut.
std::span<const Event> all_events();
std::span<const Detection> all_detections();

/// Null: no such event or detection. Names are case-sensitive, as in CloudTrail.
const Event* find_event(std::string_view name);
const Detection* find_detection(std::string_view name);

}  // namespace secretwatch::model
