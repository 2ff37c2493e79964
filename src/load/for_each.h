#pragma once
/// ForEach: loops of the language extensions, unrolled before anything else is read.
///
///     Fn::ForEach::Topics:
///       - Name
///       - [Alpha, Beta]                     →   AlphaTopic: {Type: AWS::SNS::Topic, …}
///       - ${Name}Topic: {Type: AWS::SNS::Topic, …}   BetaTopic:  {Type: AWS::SNS::Topic, …}
///
/// A loop over what is not known is left out and becomes a gap, as does what would unroll past the budget.
/// Source: CloudFormation user guide, "Fn::ForEach".
#include "load/evaluator.h"

namespace secretwatch::load {

bool has_loops(const doc::Node& node);

/// `budget`: how many nodes may still be made.
doc::Node unroll_loops(const doc::Node& node, Evaluator& evaluator, stack::Stack& stack, std::size_t& budget);

}  // namespace secretwatch::load
