#include "events/record_fields.h"

#include "base/suggest.h"
#include "base/text.h"

namespace secretwatch::events {
namespace {

using Type = RecordField::Type;

constexpr RecordField fields[] = {
    {"eventVersion", Type::text, false},
    {"userIdentity", Type::object, false},
    {"userIdentity.type"},
    {"userIdentity.principalId"},
    {"userIdentity.arn"},
    {"userIdentity.accountId"},
    {"userIdentity.accessKeyId"},
    {"userIdentity.userName"},
    {"userIdentity.sessionContext", Type::object},
    {"userIdentity.sessionContext.sessionIssuer", Type::object},
    {"userIdentity.sessionContext.sessionIssuer.type"},
    {"userIdentity.sessionContext.sessionIssuer.principalId"},
    {"userIdentity.sessionContext.sessionIssuer.arn"},
    {"userIdentity.sessionContext.sessionIssuer.accountId"},
    {"userIdentity.sessionContext.sessionIssuer.userName"},
    {"userIdentity.sessionContext.attributes", Type::object},
    {"userIdentity.sessionContext.attributes.creationDate"},
    {"userIdentity.sessionContext.attributes.mfaAuthenticated"},
    {"userIdentity.sessionContext.webIdFederationData", Type::object},
    {"userIdentity.sessionContext.webIdFederationData.federatedProvider"},
    {"userIdentity.sessionContext.sourceIdentity"},
    {"userIdentity.sessionContext.ec2RoleDelivery"},
    {"userIdentity.invokedBy"},
    {"userIdentity.identityProvider"},
    {"userIdentity.credentialId"},
    {"userIdentity.onBehalfOf", Type::object},
    {"userIdentity.onBehalfOf.userId"},
    {"userIdentity.onBehalfOf.identityStoreArn"},
    {"eventTime", Type::text, false},
    {"eventSource", Type::text, false},
    {"eventName", Type::text, false},
    {"awsRegion", Type::text, false},
    {"sourceIPAddress", Type::text, false},
    {"userAgent"},
    {"errorCode"},
    {"errorMessage"},
    {"requestParameters", Type::object, false, true},
    {"requestParameters.secretId"},
    {"requestParameters.secretIdList", Type::list},
    {"requestParameters.versionId"},
    {"requestParameters.versionStage"},
    {"responseElements", Type::object, false, true},
    {"responseElements.ConsoleLogin"},
    {"additionalEventData", Type::object, true, true},
    {"additionalEventData.MFAUsed"},
    {"additionalEventData.SecretId"},
    {"requestID"},
    {"eventID", Type::text, false},
    {"eventType", Type::text, false},
    {"apiVersion"},
    {"managementEvent", Type::boolean},
    {"readOnly", Type::boolean},
    {"resources", Type::list},
    {"recipientAccountId"},
    {"serviceEventDetails", Type::object, true, true},
    {"sharedEventID"},
    {"vpcEndpointId"},
    {"vpcEndpointAccountId"},
    {"eventCategory", Type::text, false},
    {"addendum", Type::object},
    {"addendum.reason"},
    {"addendum.updatedFields"},
    {"addendum.originalRequestID"},
    {"addendum.originalEventID"},
    {"sessionCredentialFromConsole"},
    {"eventContext", Type::object},
    {"tlsDetails", Type::object},
    {"tlsDetails.tlsVersion"},
    {"tlsDetails.cipherSuite"},
    {"tlsDetails.clientProvidedHostHeader"},
};

std::string_view parent_of(std::string_view path) {
  const std::size_t dot = path.rfind('.');
  return dot == std::string_view::npos ? std::string_view() : path.substr(0, dot);
}

/// Their other fields are the service's own.
bool is_open(std::string_view parent) {
  return parent == "requestParameters" || parent == "responseElements" || parent == "additionalEventData";
}

}  // namespace

std::span<const RecordField> record_fields() {
  return fields;
}

const RecordField* field(std::string_view path) {
  for (const RecordField& each : fields)
    if (each.path == path) return &each;
  return nullptr;
}

std::string nearest_field(std::string_view path) {
  constexpr std::size_t slip = 2;
  constexpr std::size_t shortest = 6;  // below that two characters are another word
  const std::string lower = lower_case(path);
  std::string best;
  std::size_t distance_of_best = slip + 1;
  for (const RecordField& each : fields) {
    const std::string known = lower_case(each.path);
    if (known == lower) return std::string(each.path);
    const std::string_view parent = parent_of(known);
    const std::string_view name = std::string_view(known).substr(parent.empty() ? 0 : parent.size() + 1);
    if (parent_of(lower) != parent || is_open(each.path.substr(0, parent.size())) || name.size() < shortest) continue;
    const std::size_t distance = edit_distance(lower, known);
    if (distance >= distance_of_best) continue;
    distance_of_best = distance;
    best = std::string(each.path);
  }
  return best;
}

}  // namespace secretwatch::events
