#pragma once
/// Model: what a spec means, as plain data.
///
///     version: 1                            Spec{.name = "secrets-monitor",
///     name: secrets-monitor                      .secrets = {Secret{Naming::name, "TopSecretInfo", id
///     "TopSecretInfo"}}, secrets: [TopSecretInfo]         ->        .channels = {Channel{"default", {Endpoint{email,
///     "me@example.com"}}}}, notify: [me@example.com]                   .alerts = {Alert{"read", detects read, all
///     secrets, all channels}}}
///
/// parse() fills every default and reports every fault in one run: unknown keys, wrong types, values that AWS refuses.
/// check() reports what only the whole spec shows: clashing names, unknown channels, selections that select nothing.
/// A Spec that both passed without an error is what plan/ takes; only quotas can fail after that.
/// Not here: how many filters a watch becomes (plan/), resource names (plan/).
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "base/diagnostic.h"
#include "doc/doc.h"
#include "model/catalog.h"

namespace secretwatch::model {

/// `{parameter: OnCallEmail}`: a value that is asked for when the stack is deployed.
struct Parameter {
  std::string name;
};

struct Tag {
  std::string key;
  std::string value;
  Span span;
};

/// `create`: the secret is declared too, never its value.
struct Creation {
  struct Generate {
    unsigned length = 32;
    bool exclude_punctuation = false;
  };
  std::string description;
  std::optional<Generate> generate;
  std::string kms_key;  // empty: the key of the service
  Span span;
};

struct Secret {
  enum class Naming { name, arn, prefix };
  Naming naming = Naming::name;
  std::string written;  // the name, the ARN or the prefix, as in the spec
  std::string name;     // the friendly name (of an ARN: without region, account and suffix), or the prefix
  std::string id;
  std::string region;  // empty: reads in any region count
  std::optional<Creation> create;
  Span span;
};

struct Endpoint {
  enum class Protocol { email, sms, https, sqs, lambda };
  Protocol protocol = Protocol::email;
  std::variant<std::string, Parameter> address;
  Span span;
};
std::string_view name_of(Endpoint::Protocol protocol);

struct Channel {
  std::string name;
  std::string topic_name;      // empty: the default name
  std::string existing_topic;  // ARN; then there is nothing else
  std::vector<Endpoint> endpoints;
  Span span;
};

/// One kind of call that an alert counts. With `refused` only calls that failed.
struct Watched {
  const Event* event = nullptr;
  bool refused = false;
};

/// Callers by what CloudTrail says of them. In `except`: not counted. In `only`: nothing else is counted.
struct Callers {
  std::vector<std::string> roles;     // names or ARNs
  std::vector<std::string> users;     // names or ARNs
  std::vector<std::string> services;  // rds.amazonaws.com
  bool root = false;
  Span span;
  bool is_empty() const { return roles.empty() && users.empty() && services.empty() && !root; }
};

struct Selection {
  std::string text;  // an id, a name, or a glob over either
  Span span;
};

struct Alert {
  enum class Per { secret, alert };
  enum class Severity { none, low, high, critical };
  std::string name;
  std::vector<const Detection*> detections;  // empty: the alert lists its events itself
  std::vector<Watched> watched;              // in catalogue order
  std::vector<Selection> selections;         // empty: every secret
  std::vector<Selection> notify;             // channel names; empty: every channel
  std::uint32_t threshold = 1;
  std::chrono::seconds window{300};
  std::uint32_t periods = 1;
  std::uint32_t breaching = 1;
  Per per = Per::secret;
  std::optional<Callers> except;
  std::optional<Callers> only;
  bool notify_ok = false;
  Severity severity = Severity::none;
  std::string runbook;
  Span span;
};
std::string_view name_of(Alert::Severity severity);

struct Trail {
  struct Bucket {
    std::string name;
    std::optional<std::uint32_t> retention_days;
    std::optional<std::uint32_t> lock_days;
    std::string access_logs_to;
  };
  enum class Encryption { none, new_key, existing_key };
  bool existing = false;
  std::string existing_log_group;
  std::string name;  // empty: the default name
  bool all_regions = true;
  bool exclude_kms = false;
  bool exclude_rds_data_api = false;
  bool validation = true;
  std::string organization;
  Bucket bucket;
  std::string log_group;  // empty: the default name
  std::uint32_t log_retention_days = 90;
  Encryption encryption = Encryption::none;
  std::string key_arn;
  std::optional<Selection> deliver_to;  // a channel
  Span span;
};

struct Metrics {
  std::string name_space = "SecurityMetrics";
  bool zero_fill = false;
};

struct Spec {
  std::string name;
  std::string description;
  std::vector<Tag> tags;
  std::vector<Secret> secrets;
  std::vector<Channel> channels;
  std::vector<Alert> alerts;
  Trail trail;
  Metrics metrics;
  Span name_span;
  Span secrets_span;
};

/// Nothing: the document is no spec at all. A Spec comes back even with errors, so that check() can find more; only one
/// without errors may be planned.
[[nodiscard]] std::optional<Spec> parse(const doc::Node& root, Diagnostics& out);

/// Faults across fields. May be called on a Spec whose parse reported errors.
void check(const Spec& spec, Diagnostics& out);

/// The secrets that an alert watches, as indices into spec.secrets, ascending.
std::vector<std::size_t> selected_secrets(const Spec& spec, const Alert& alert);

/// The channels that an alert tells, as indices into spec.channels, in the order of the spec.
std::vector<std::size_t> notified_channels(const Spec& spec, const Alert& alert);

}  // namespace secretwatch::model
