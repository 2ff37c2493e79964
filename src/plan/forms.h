#pragma once
/// Forms: how a record may name a secret, field by field.
///
///     secretId = "db" || secretId = "*:secret:db" || (secretId = "*:secret:db-*" && secretId != "*:secret:db-replica"
///     && …)
///
/// Sources: Secrets Manager API GetSecretValue ("SecretId": name or ARN, partial ARNs too); CloudTrail records as seen
/// in public data: the console sends the full ARN, refused calls have null requestParameters and the secret in
/// errorMessage, events of the service name it in additionalEventData.SecretId.
#include <string>
#include <vector>

#include "model/model.h"
#include "pattern/pattern.h"

namespace secretwatch::plan {

/// The events of an alert that name the secret in the same place, and the comparisons that find it there.
struct Field {
  std::string suffix;  // of the filter, where a watch is cut by field: "", "create", "list", "refused", "service"
  std::vector<model::Watched> events;
  std::vector<pattern::Expression> guards;       // keep the field's filter disjoint from the others'
  std::vector<pattern::Expression> forms;        // any of them; none: the event alone is enough
  std::vector<pattern::Expression> regex_forms;  // stand for the last form, when that leaves siblings out
};

/// In the order in which filters are cut. Empty: the alert watches nothing that names a secret.
std::vector<Field> fields_of(const model::Alert& alert, const model::Secret& secret,
                             const std::vector<std::string>& siblings);

/// Calls that name no secret: ListSecrets, batches chosen by filters, refused batches without a name in the message.
std::vector<Field> fields_without_secret(const model::Alert& alert);

}  // namespace secretwatch::plan
