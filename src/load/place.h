#pragma once
/// Place: where a stack will be deployed, as far as that is known.
#include <string>

#include "stack/stack.h"

namespace secretwatch::load {

/// Empty: not known.
struct Place {
  std::string region{};
  std::string account{};
};

stack::Text region_of(const Place& place);
stack::Text account_of(const Place& place);
/// Both follow from the region.
stack::Text partition_of(const Place& place);
stack::Text url_suffix_of(const Place& place);

stack::Scope scope_of(const Place& place);

}  // namespace secretwatch::load
