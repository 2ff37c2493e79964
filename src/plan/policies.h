#pragma once
/// Policies: who may do what along the chain, each statement with its reason.
///
/// Sources: CloudTrail user guide, "Amazon S3 bucket policy for CloudTrail", "Role policy document for CloudTrail to
/// use CloudWatch Logs", "Configure AWS KMS key policies for CloudTrail"; CloudWatch user guide, "Notifying users on
/// alarm changes"; CloudWatch Logs user guide, "Encrypt log data using KMS"; SNS developer guide, "Key management".
#include "model/model.h"
#include "stack/stack.h"

namespace secretwatch::plan {

/// The trail's ARN spelt out: the policies must exist before the trail does, so they cannot refer to it.
stack::Text trail_arn(const model::Spec& spec);

stack::Policy bucket_policy(const model::Spec& spec, stack::ResourceId bucket);
stack::Policy delivery_trust_policy();
stack::Policy delivery_policy(const model::Spec& spec);
stack::Policy topic_policy(const model::Spec& spec, stack::ResourceId topic, bool takes_trail_notices);
stack::Policy key_policy(const model::Spec& spec);

/// What the owner of a queue must allow, as compact JSON.
stack::Text queue_statement(const stack::Text& queue, const stack::Text& topic);

}  // namespace secretwatch::plan
