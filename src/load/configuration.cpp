#include "load/configuration.h"

#include <algorithm>

namespace secretwatch::load {

const EvaluatedAttribute* EvaluatedBody::find(std::string_view name) const {
  const auto found = std::find_if(attributes.begin(), attributes.end(),
                                  [&](const EvaluatedAttribute& attribute) { return attribute.name == name; });
  return found == attributes.end() ? nullptr : &*found;
}

}  // namespace secretwatch::load
