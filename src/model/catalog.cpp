#include "model/catalog.h"

#include <algorithm>
#include <array>

namespace secretwatch::model {
namespace {

constexpr std::array events{
    Event{"GetSecretValue", NamedBy::secret_id},
    Event{"BatchGetSecretValue", NamedBy::secret_id_list},
    Event{"CreateSecret", NamedBy::name},
    Event{"PutSecretValue", NamedBy::secret_id},
    Event{"UpdateSecret", NamedBy::secret_id},
    Event{"UpdateSecretVersionStage", NamedBy::secret_id},
    Event{"RotateSecret", NamedBy::secret_id},
    Event{"CancelRotateSecret", NamedBy::secret_id},
    Event{"RestoreSecret", NamedBy::secret_id},
    Event{"ReplicateSecretToRegions", NamedBy::secret_id},
    Event{"RemoveRegionsFromReplication", NamedBy::secret_id},
    Event{"StopReplicationToReplica", NamedBy::secret_id},
    Event{"TagResource", NamedBy::secret_id},
    Event{"UntagResource", NamedBy::secret_id},
    Event{"DeleteSecret", NamedBy::secret_id},
    Event{"PutResourcePolicy", NamedBy::secret_id},
    Event{"DeleteResourcePolicy", NamedBy::secret_id},
    Event{"ValidateResourcePolicy", NamedBy::secret_id},
    Event{"ListSecrets", NamedBy::nothing},
    Event{"DescribeSecret", NamedBy::secret_id},
    Event{"ListSecretVersionIds", NamedBy::secret_id},
    Event{"GetResourcePolicy", NamedBy::secret_id},
    Event{"GetRandomPassword", NamedBy::nothing},
    Event{"RotationStarted", NamedBy::additional_event_data},
    Event{"RotationSucceeded", NamedBy::additional_event_data},
    Event{"RotationFailed", NamedBy::additional_event_data},
    Event{"RotationAbandoned", NamedBy::additional_event_data},
    Event{"TestRotationStarted", NamedBy::additional_event_data},
    Event{"TestRotationSucceeded", NamedBy::additional_event_data},
    Event{"TestRotationFailed", NamedBy::additional_event_data},
    Event{"StartSecretVersionDelete", NamedBy::additional_event_data},
    Event{"CancelSecretVersionDelete", NamedBy::additional_event_data},
    Event{"EndSecretVersionDelete", NamedBy::additional_event_data},
};

const std::vector<Detection>& detections() {
  static const std::vector<Detection> table{
      {.name = "read",
       .events = {"GetSecretValue", "BatchGetSecretValue"},
       .happened = "its value was read",
       .why = "Whoever reads the value has the secret.",
       .advice =
           "Find the caller (userIdentity, sourceIPAddress) in the trail; if nobody can explain the read, rotate the "
           "secret"},
      {.name = "denied",
       .events = {"GetSecretValue", "BatchGetSecretValue"},
       .refused = true,
       .happened = "an attempt to read its value was refused",
       .why = "Somebody without permission tried; often the first trace of stolen credentials.",
       .advice = "Find the caller (userIdentity, sourceIPAddress) in the trail; a known workload needs its permission "
                 "mended, an unknown caller needs its credentials revoked"},
      {.name = "change",
       .events = {"PutSecretValue", "UpdateSecret", "UpdateSecretVersionStage", "RotateSecret", "CancelRotateSecret",
                  "RestoreSecret", "ReplicateSecretToRegions", "RemoveRegionsFromReplication",
                  "StopReplicationToReplica", "TagResource", "UntagResource"},
       .happened = "it was changed",
       .why = "A new value, key, replica or tag can lock out its users or hand the secret to others.",
       .advice = "Compare with planned rotations and deployments; undo a change that nobody planned"},
      {.name = "delete",
       .events = {"DeleteSecret"},
       .happened = "it was scheduled for deletion",
       .why = "A deleted secret stops its applications, and can be restored only for some days.",
       .advice = "If it was not planned, run aws secretsmanager restore-secret before the recovery window ends"},
      {.name = "permissions",
       .events = {"PutResourcePolicy", "DeleteResourcePolicy", "ValidateResourcePolicy"},
       .happened = "its resource policy was touched",
       .why = "A resource policy can let other accounts read the secret.",
       .advice = "Read the policy with aws secretsmanager get-resource-policy and take back what was not planned"},
      {.name = "discovery",
       .events = {"ListSecrets", "DescribeSecret", "ListSecretVersionIds", "GetResourcePolicy"},
       .happened = "it was looked up",
       .why = "Listing and describing secrets precedes theft; it is also what consoles and tools do all day.",
       .advice = "Look for callers that never did this before"},
      {.name = "rotation-failed",
       .events = {"RotationFailed", "RotationAbandoned"},
       .happened = "its rotation failed",
       .why = "A secret that no longer rotates stays valid for whoever copied it.",
       .advice = "Read the log of the rotation function and start the rotation again"},
  };
  return table;
}

}  // namespace

std::span<const Event> all_events() {
  return events;
}
std::span<const Detection> all_detections() {
  return detections();
}

const Event* find_event(std::string_view name) {
  const auto* const found =
      std::find_if(events.begin(), events.end(), [&](const Event& event) { return event.name == name; });
  return found == events.end() ? nullptr : found;
}

const Detection* find_detection(std::string_view name) {
  const std::vector<Detection>& all = detections();
  const auto found = std::find_if(all.begin(), all.end(), [&](const Detection& d) { return d.name == name; });
  return found == all.end() ? nullptr : &*found;
}

}  // namespace secretwatch::model
