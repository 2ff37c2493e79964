#pragma once
/// Conditions: what is built from the conditions of a stack, each made once.
///
///     conditions.both(presence, condition)      // nothing and IsProd → IsProd; IsProd and HasTopic → a third
#include <cstdint>
#include <unordered_map>

#include "stack/stack.h"

namespace secretwatch::load {

class Conditions {
 public:
  explicit Conditions(stack::Stack& stack) : stack_(stack) {}

  stack::ConditionId negation_of(stack::ConditionId condition);
  /// Both hold; one of them may be absent, which always holds.
  stack::Presence both(stack::Presence a, stack::Presence b);

 private:
  stack::Stack& stack_;
  std::unordered_map<std::uint32_t, stack::ConditionId> negations_;
  std::unordered_map<std::uint64_t, stack::ConditionId> pairs_;
};

}  // namespace secretwatch::load
