#pragma once
/// Terraform: an evaluated configuration -> the same stack that a template makes.
///
///     const stack::Stack stack = to_stack(configuration, {.region = "eu-west-1"});
///     // aws_sns_topic.alerts.arn     → Ref{alerts, Attribute::arn}
///     // "${data.aws_region.current.id}" → the provider's region, or Pseudo::region
///
/// Requires that handles of references and dependencies are positions of instances. Total: what is not known is Unknown
/// with its reason (a variable without value: Cause::parameter, its name the subject), what is not certainly there has
/// a presence, what was not read is a gap. A resource of the provider is first said in CloudFormation's words, so that
/// one reader serves all languages; resources that are settings of another (of a bucket, a role's policies) are folded
/// into that one, as are policy documents into what they are attached to. What the provider fills in where nothing is
/// written is filled in when the service would choose something else. The result passes stack::verify().
/// Not here: reading HCL and JSON, variables, count, for_each, modules.
/// Source: documentation of the hashicorp/aws provider, 5.100.
#include "load/configuration.h"
#include "load/place.h"
#include "stack/stack.h"

namespace secretwatch::load {

/// `place`: where the configuration does not say it.
stack::Stack to_stack(const Configuration& configuration, const Place& place = {});

}  // namespace secretwatch::load
