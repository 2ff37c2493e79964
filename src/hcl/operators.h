#pragma once
/// Operators on values that are no choices.
#include "hcl/convert.h"
#include "hcl/syntax.h"

namespace secretwatch::hcl {

Value apply(UnaryOperator op, const Value& operand, const Span& at);
Value apply(BinaryOperator op, const Value& left, const Value& right, const Span& at);

/// How a condition names a value: its own term, or how a known simple value prints; empty: it has no name.
std::string term_of(const Value& value);

/// The parts of a template as one string; null and containers are faults.
Value joined(const std::vector<Value>& parts, const Span& at);

/// What a conditional gives has one type, whichever branch is taken.
Value unified(Value chosen, const Value& other);

}  // namespace secretwatch::hcl
