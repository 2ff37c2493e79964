#pragma once
/// Convert: between the types, as Terraform does on its own where a type is called for; and the ways to say that a
/// value is not known.
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include <fmt/format.h>

#include "hcl/value.h"

namespace secretwatch::hcl {

/// Terraform refuses this.
template <class... Args>
Value fault(const Span& at, fmt::format_string<Args...> text, Args&&... args) {
  return Value(Unknown{fmt::format(text, std::forward<Args>(args)...), {}, true, at}, at);
}
/// Not known, and not refused.
template <class... Args>
Value beyond(const Span& at, fmt::format_string<Args...> text, Args&&... args) {
  return Value(Unknown{fmt::format(text, std::forward<Args>(args)...), {}, false, at}, at);
}

/// "a number", "an object", for messages.
std::string_view kind_of(const Value& value);

/// The first thing in it that keeps it from being known; requires has_unknown.
Unknown why_unknown(const Value& value);

/// true, "true" -> "true"; 1.50 -> "1.5". Unknown and references stay; null and containers are faults.
Value to_text(const Value& value, const Span& at);
Value to_number(const Value& value, const Span& at);
Value to_boolean(const Value& value, const Span& at);
/// tolist, toset, tomap: items of mixed simple types become strings.
Value to_sequence(const Value& value, Sequence::Kind kind, const Span& at);
Value to_map(const Value& value, const Span& at);
/// Sorts, and leaves out what is certainly there already.
Value make_set(std::vector<Value> items, std::shared_ptr<const Unknown> rest, const Span& at);

/// Applies a function that knows no choices to a value that may be one.
Value for_each_world(const Value& value, const std::function<Value(const Value&)>& function);
/// The same for several values, whose choices may be deep inside when `looks_inside`.
Value for_each_world(std::vector<Value> values, bool looks_inside, const Span& at,
                     const std::function<Value(std::vector<Value>&)>& function);

/// The condition that a value of unknown truth is. `negated` tells that it holds where the value is false.
struct ConditionOf {
  std::shared_ptr<const Condition> condition;
  bool negated = false;
};
ConditionOf condition_of(const Value& value, const Span& at);

}  // namespace secretwatch::hcl
