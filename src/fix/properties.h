#pragma once
/// Properties: what languages call the properties that a fix may add.
#include <string_view>

#include "stack/resource.h"

namespace secretwatch::fix {

struct PropertyName {
  std::string_view property;  // of the stack: "treat_missing_data"
  std::string_view cloudformation;
  std::string_view terraform;
};

/// Null: not one that is added.
const PropertyName* find_property(const stack::Body& body, std::string_view property);

}  // namespace secretwatch::fix
