#pragma once
/// Property: which property of a resource a place in its template belongs to.
#include <string>

#include "base/source.h"
#include "stack/resource.h"

namespace secretwatch::lint {

/// Its name in the stack ("actions_enabled"); empty: none, so that the place means the resource as a whole.
std::string property_at(const stack::Body& body, const Span& place);

}  // namespace secretwatch::lint
