#pragma once
/// Canonical: the ways in which a secret is read, refused, changed and rotated, each as the CloudTrail record it
/// leaves.
///
///     canonical_accesses({.name = "prod/db"})[0].record
///     // {"eventVersion":"1.11", …, "eventName":"GetSecretValue", …, "requestParameters":{"secretId":"prod/db"}, …}
///
/// What a filter does not select of these, it misses: a computed fact with a record to show for it (chain/coverage.h).
/// Every identifier is invented (accounts and keys of AWS's documentation, addresses of RFC 5737); the same secret
/// gives the same bytes. Shapes, and where they were seen:
///   - GetSecretValue of version 1.09 to 1.11 in public data: readOnly true, responseElements null, no resources,
///     sessionCredentialFromConsole a string; secretId is what the caller typed, the console sends the full ARN;
///   - refused calls: errorCode AccessDenied, requestParameters null, the secret in errorMessage only, as typed;
///   - BatchGetSecretValue: secretIdList or filters, never a secretId;
///   - events of the service (rotation, deletion): AwsServiceEvent, userIdentity of accountId and invokedBy alone, the
///     ARN in additionalEventData.SecretId (Secrets Manager user guide, "Secrets Manager entries in CloudTrail").
/// Inferred: the responseElements of calls that write, and how a service's read is marked (sessionContext, invokedBy).
#include <compare>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "events/record_form.h"

namespace secretwatch::events {

/// A secret as a record can name it.
struct Secret {
  std::string name;
  std::string suffix = "AbCd3f";  // the six random characters of its ARN
  std::string region = "us-east-1";
  std::string account = "123456789012";
  std::string partition = "aws";
  std::string replica_region = "eu-west-1";
  friend auto operator<=>(const Secret&, const Secret&) = default;  // NOLINT(modernize-use-nullptr): there is none
};
std::string partial_arn(const Secret& secret);
std::string full_arn(const Secret& secret);

/// What the caller typed for the secret.
enum class Naming { name, arn, partial_arn };
enum class Client { sdk, cli, console };
/// `service`: an AWS service with a role of the account; `rotation`: the rotation function of the secret.
enum class Caller { user, role, root, service, rotation };

/// One call of the API. Events of the service itself have neither caller nor client nor naming.
struct Call {
  std::string_view event = "GetSecretValue";
  Naming naming = Naming::name;
  Caller caller = Caller::user;
  Client client = Client::sdk;
  bool is_refused = false;
  bool is_by_filter = false;  // BatchGetSecretValue that names no secret
  bool is_in_replica = false;
  friend auto operator<=>(const Call&, const Call&) = default;  // NOLINT(modernize-use-nullptr): there is none
};

/// A way to reach a secret, and its record.
struct Access {
  std::string id;     // "read-by-arn": stable, as `prove` prints it
  std::string title;  // "read by its full ARN"
  Call call;
  bool names_secret = true;  // does the record tell which secret it is about?
  std::string record;        // JSON, one line
};

/// The record of one call. `event` must be one of canonical_events().
std::string record_of(const Secret& secret, const Call& call);

/// The same caller's call of another service, which tells nothing of secrets: what a filter selects of this as well, it
/// does not select for the secret's sake. `event` as in record_of().
std::string record_elsewhere(const Secret& secret, const Call& call);

/// Their texts before the secret is filled in, and what is: `form->fill(values)` is the record.
struct RecordParts {
  std::shared_ptr<const RecordForm> form;  // one for all secrets
  std::vector<std::string> values;
};
RecordParts parts_of_record(const Secret& secret, const Call& call);
RecordParts parts_of_record_elsewhere(const Secret& secret, const Call& call);

/// Every canonical access to the secret:
///   read-by-name, read-by-arn, read-by-partial-arn, read-in-replica-region, batch-read-by-list,
///   batch-read-by-arn-list, batch-read-by-filter; denied-read, denied-read-by-arn, denied-batch-read; reads by caller
///   (read-by-role, read-by-root, read-by-service, read-by-rotation) and by client (read-in-console, read-with-cli);
///   and one for each other event, under its name in small letters: put-secret-value, rotation-failed, …
std::vector<Access> canonical_accesses(const Secret& secret);

/// Names of the events that have a canonical record: all that the detection catalogue knows.
std::span<const std::string_view> canonical_events();

/// Records that have nothing to do with reading secrets: calls to other services, a sign-in, and ones that only quote
/// the name of an event. A filter that selects most of them is always on; one that selects any counts what it should
/// not. `call` says nothing in these.
std::vector<Access> unrelated_records();

}  // namespace secretwatch::events
