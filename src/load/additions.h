#pragma once
/// Additions: what one written resource adds beside itself: subscriptions written inside a topic, policies that attach
/// themselves to roles, what the SAM transform makes of a function's events.
#include <string>
#include <string_view>
#include <vector>

#include "load/properties.h"

namespace secretwatch::load {

/// A resource of a template, when its own struct has been filled.
struct Written {
  stack::ResourceId id{};
  std::string type;
  Properties properties;
};

/// Does a resource of this type add anything? Of the others nothing need be kept.
bool adds_to_others(std::string_view type);

/// Resources that the template does not write one by one; their labels begin with the label of the written one.
std::vector<stack::Resource> added_resources(const Written& written, const stack::Stack& stack);

/// AWS::IAM::Policy and its like, into the roles they name.
void attach_policies(const Written& written, stack::Stack& stack, Conditions& conditions);

}  // namespace secretwatch::load
