#pragma once
/// Order: must one resource be made after another?
///
///     is_after(world.stack(), trail, bucket_policy)     // Match::no: nothing makes it wait
#include "chain/text_match.h"
#include "stack/stack.h"

namespace secretwatch::lint::rules {

/// By what a resource refers to or says it depends on, by what that refers to, and so on. `maybe`: on the way lies
/// something whose references are not known.
chain::Match is_after(const stack::Stack& stack, stack::ResourceId later, stack::ResourceId earlier);

}  // namespace secretwatch::lint::rules
