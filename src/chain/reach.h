#pragma once
/// Reach: may a message get from its sender through topic and key?
///
///     may_publish(world, topic, alarm_sender(world, alarm)).verdict        // allowed, denied, undecided
///     may_encrypt(world, topic, alarm_sender(world, alarm)).reason         // KeyUse::managed_key
///
/// A topic without a policy of its own lets its account's services in; a policy replaces that. A topic that is
/// encrypted with the key that AWS manages (alias/aws/sns) is closed to services. Sources: CloudWatch user guide,
/// "Notify users on alarm changes"; SNS developer guide, "Default policy", "Key management"; KMS, "Default key policy"
/// (the account's statement does not cover services).
#include <string>

#include "chain/access.h"
#include "chain/links.h"

namespace secretwatch::chain {

/// Who publishes, and what its request tells of itself.
struct Sender {
  std::string service;  // cloudwatch.amazonaws.com
  stack::Text source_arn;
  stack::Text account{stack::Pseudo::account};
  bool tells_source_to_keys = true;  // does its request to the key carry aws:SourceArn and aws:SourceAccount?
};

/// The alarm (or composite alarm) as a sender.
Sender alarm_sender(const World& world, stack::ResourceId alarm);
Sender trail_sender(const World& world, stack::ResourceId trail);
Sender event_rule_sender(const World& world, stack::ResourceId rule);

struct PublishAccess {
  Access access;
  stack::ResourceId policy{};  // that decided, when there is one
  bool has_policy = false;
};

PublishAccess may_publish(const World& world, stack::ResourceId topic, const Sender& sender);

struct KeyUse {
  enum class Reason {
    no_key,        // allowed: not encrypted, or with a key that SNS itself holds
    managed_key,   // denied: alias/aws/sns
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

/// May CloudTrail take on the role that a trail delivers with?
Access may_assume(const World& world, stack::ResourceId role);

/// May the role make a log stream of a trail in a group, and write to it? The first action that is not allowed.
struct WriteAccess {
  Access::Verdict verdict = Access::Verdict::allowed;
  std::string action{};  // logs:PutLogEvents
};
WriteAccess may_write_streams(const World& world, stack::ResourceId role, const stack::Text& log_group);

}  // namespace secretwatch::chain
