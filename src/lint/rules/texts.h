#pragma once
/// Texts: what a resource is told, value by value, in every branch of its choices and without splitting worlds.
///
///     for (const Told& told : texts_of(resource.body))
///       if (is_suspicious(*told.value) && is_so(world, told)) …       // only now the value's conditions are asked for
#include <string_view>
#include <vector>

#include "chain/world.h"

namespace secretwatch::lint::rules {

/// One value of one branch: known, a reference or unknown.
struct Told {
  std::string_view property{};  // alarm_actions, tags, policy
  const stack::TextValue* value = nullptr;
  const stack::TextValue* whole = nullptr;         // with its choices
  std::vector<const stack::Presence*> presence{};  // of the parts that it stands in

  Span span() const;
};

std::vector<Told> texts_of(const stack::Body& body);

/// Is it told in this world?
bool is_so(const chain::World& world, const Told& told);

/// Does the property link its resource to another of the chain: a topic of an alarm, a log group of a filter? Policies,
/// names and comments do not.
bool is_link(std::string_view property);

}  // namespace secretwatch::lint::rules
