#include "lint/rules/handed_on.h"

#include <algorithm>

namespace secretwatch::lint::rules {
namespace {

using stack::ResourceId;
using stack::Stack;
using stack::TextValue;

bool carries(const stack::Output& output, ResourceId resource) {
  return std::any_of(output.values.begin(), output.values.end(),
                     [resource](const TextValue& value) { return refers_to(value, resource); });
}

}  // namespace

bool refers_to(const TextValue& value, ResourceId target) {
  if (value.ref() != nullptr) return value.ref()->target == target;
  if (const auto* const choice = value.choice())
    return std::any_of(choice->branches.begin(), choice->branches.end(),
                       [target](const TextValue& branch) { return refers_to(branch, target); });
  if (value.get() == nullptr) return false;
  const auto& parts = value.get()->parts();
  return std::any_of(parts.begin(), parts.end(), [target](const stack::Part& part) {
    const auto* const ref = std::get_if<stack::Ref>(&part);
    return ref != nullptr && ref->target == target;
  });
}

bool is_put_out(const Stack& stack, ResourceId resource) {
  return std::any_of(stack.outputs.begin(), stack.outputs.end(),
                     [resource](const stack::Output& output) { return carries(output, resource); });
}

bool is_handed_on(const Stack& stack, ResourceId resource) {
  bool is_given = std::any_of(stack.outputs.begin(), stack.outputs.end(), [resource](const stack::Output& output) {
    return output.export_name && carries(output, resource);
  });
  stack.each<stack::NestedStack>([&](const stack::Resource&, const stack::NestedStack& nested) {
    for (const stack::Dimension& parameter : nested.parameters)
      is_given = is_given || (!nested.is_read && refers_to(parameter.value, resource));
  });
  return is_given;
}

}  // namespace secretwatch::lint::rules
