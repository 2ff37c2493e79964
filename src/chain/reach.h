#pragma once
/// Reach: may a message get from its sender through topic and key?
///
///     may_publish(world, topic, alarm_sender(world, alarm)).verdict        // allowed, denied, undecided
///     may_encrypt(world, topic, alarm_sender(world, alarm)).reason         // KeyUse::managed_key
///
/// A topic without a policy of its own lets its account's services in; a policy replaces that. A topic that is
/// encrypted with the key that AWS manages (alias/aws/sns) is closed to services. Sources: CloudWatch user guide,
/// "Notify users on alarm changes"; SNS developer guide, "Default policy", "Key management"; KMS, "Default key policy"
/// (the account's statement does not cover services); CloudTrail user guide, "Amazon S3 bucket policy for CloudTrail",
/// "Configure AWS KMS key policies for CloudTrail"; CloudWatch Logs user guide, "Encrypt log data in CloudWatch Logs
/// using AWS KMS".
#include <optional>
#include <string>

#include "chain/access.h"
#include "chain/links.h"

namespace secretwatch::chain {

/// Who publishes, and what its request tells of itself.
struct Sender {
  std::string service;  // cloudwatch.amazonaws.com
  stack::Text source_arn;
  stack::Text account{stack::Pseudo::account};
  Match tells_source_to_keys = Match::yes;  // does its request to the key carry aws:SourceArn and aws:SourceAccount?
  stack::Text region{stack::Pseudo::region};
};

/// The alarm (or composite alarm) as a sender.
Sender alarm_sender(const World& world, stack::ResourceId alarm);
Sender trail_sender(const World& world, stack::ResourceId trail);
Sender event_rule_sender(const World& world, stack::ResourceId rule);
/// A topic, to its subscriptions.
Sender topic_sender(const World& world, stack::ResourceId topic);
/// An alarm that calls a function: under a name of its own (CloudWatch user guide, "Lambda functions as alarm
/// actions").
Sender alarm_caller(const World& world, stack::ResourceId alarm);

struct PublishAccess {
  Access access;
  stack::ResourceId policy{};  // that decided, when there is one
  bool has_policy = false;
};

PublishAccess may_publish(const World& world, stack::ResourceId topic, const Sender& sender);

struct KeyUse {
  enum class Reason {
    no_key,        // allowed: not encrypted, or with a key that the service itself holds
    managed_key,   // denied: alias/aws/sns, alias/aws/sqs
    key_policy,    // what the key's policy says
    key_elsewhere  // undecided: the key is not in the stack
  };
  Reason reason = Reason::no_key;
  Access::Verdict verdict = Access::Verdict::allowed;
  Access access{};          // of key_policy: that of the first action that is not allowed
  std::string action{};     // kms:Decrypt
  stack::ResourceId key{};  // of key_policy
};

/// May the sender use the key of a topic? It must decrypt and make data keys.
KeyUse may_encrypt(const World& world, stack::ResourceId topic, const Sender& sender);

struct SendAccess {
  Access access;
  stack::ResourceId policy{};  // that decided, when there is one
  bool has_policy = false;
};

/// May the sender put messages into a queue? Without a policy, a queue takes none from services (SQS developer guide,
/// "Basic examples of Amazon SQS policies").
SendAccess may_send(const World& world, stack::ResourceId queue, const Sender& sender);
/// May it use the key of the queue? That which AWS manages is closed to services.
KeyUse may_encrypt_queue(const World& world, stack::ResourceId queue, const Sender& sender);

struct InvokeAccess {
  Access::Verdict verdict = Access::Verdict::denied;
  stack::ResourceId permission{};  // that came nearest, when there is one for the function
  bool has_permission = false;
  Access::Part part = Access::Part::none;  // of it, what does not apply
};

/// May the sender call a function? Permissions are joined; without one nobody may.
InvokeAccess may_invoke(const World& world, stack::ResourceId function, const Sender& sender);

/// May CloudWatch Logs encrypt a log group with its key?
KeyUse may_encrypt_group(const World& world, stack::ResourceId log_group);

/// May CloudTrail make data keys with the key of a trail?
KeyUse may_encrypt_trail(const World& world, stack::ResourceId trail);

/// May CloudTrail read the ACL of a trail's bucket and write its files there?
struct StoreAccess {
  Access access;         // of the first action that is not allowed
  std::string action{};  // s3:PutObject
  stack::ResourceId bucket{};
  stack::ResourceId policy{};  // that decided, when there is one
  bool has_policy = false;
  bool is_certain = false;  // it is the policy of the bucket, and the only one
};
/// Nothing: the bucket is not in the stack.
std::optional<StoreAccess> may_store(const World& world, stack::ResourceId trail);

/// May CloudTrail take on the role that a trail delivers with?
Access may_assume(const World& world, stack::ResourceId role);

/// May the role make a log stream of a trail in a group, and write to it? The first action that is not allowed.
struct WriteAccess {
  Access::Verdict verdict = Access::Verdict::allowed;
  std::string action{};  // logs:PutLogEvents
};
WriteAccess may_write_streams(const World& world, stack::ResourceId role, const stack::Text& log_group);

}  // namespace secretwatch::chain
