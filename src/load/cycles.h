#pragma once
/// Cycles: what a CloudFormation template defines by itself. CloudFormation refuses it as a circular dependency.
///
///     Conditions: {A: !Not [!Condition B], B: !Not [!Condition A]}
///     Resources: {Topic: {Type: AWS::SNS::Topic, Properties: {TopicName: !GetAtt Topic.TopicName}}}
///
/// Looked at are conditions, and the properties and `DependsOn` of resources without a condition of their own; what
/// stands in `Fn::If` may not be there. Source: CloudFormation user guide, "Troubleshooting", circular dependency.
#include "base/diagnostic.h"
#include "doc/doc.h"

namespace secretwatch::load {

/// SW0208 at one of the names of each cycle. Nothing is said of a template that a macro changes.
void find_cycles(const doc::Node& root, Diagnostics& out);

}  // namespace secretwatch::load
