#pragma once
/// Handed on: resources that other stacks are told of, so that more may be linked to them than was read.
#include "stack/stack.h"

namespace secretwatch::lint::rules {

/// Does the value refer to the resource, in one branch or another?
bool refers_to(const stack::TextValue& value, stack::ResourceId target);

/// Does an output carry a reference to it?
bool is_put_out(const stack::Stack& stack, stack::ResourceId resource);

/// Is it exported, or given to a nested stack that was not read?
bool is_handed_on(const stack::Stack& stack, stack::ResourceId resource);

}  // namespace secretwatch::lint::rules
