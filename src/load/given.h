#pragma once
/// Given: what a nested template is given by the template that nests it.
///
///     Parameters: {Topic: !Ref Topic, Period: '60', Env: !If [IsProd, prod, !Ref AWS::NoValue]}
///     →  a reference into the parent; a literal, as if it were given; "prod" or the default, by the parent's condition
#include "load/evaluator.h"

namespace secretwatch::load {

/// `is_open`: a default of the parent that is handed on is not to be trusted.
void take_given(const Item& given, bool is_open, ParameterState& state);

}  // namespace secretwatch::load
