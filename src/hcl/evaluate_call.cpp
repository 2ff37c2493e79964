/// Calls: `try` and `can`, whose arguments may fail, and all other functions.
#include "hcl/evaluator.h"

namespace secretwatch::hcl {

Value Evaluator::of(const Call& call, const Span& at) {
  if (call.name == "try") return first_that_works(call, 0, at);
  if (call.name == "can" && call.arguments.size() == 1) return works(call, at);
  const Function* function = find_function(call.name);
  if (function == nullptr) {
    const std::string_view why = why_not_worked_out(call.name);
    if (why.empty()) return fault(call.name_span, "there is no function '{}'", call.name);
    return beyond(at, "function '{}' {}", call.name, why);
  }
  std::vector<Value> values;
  Value failure;
  if (!arguments(call, values, failure)) return failure;
  return call_function(*function, std::move(values), at, bounds_);
}

bool Evaluator::arguments(const Call& call, std::vector<Value>& into, Value& failure) {
  for (const Expression& argument : call.arguments) into.push_back(value(argument));
  if (!call.expands_last || into.empty()) return true;
  const Value last = std::move(into.back());
  into.pop_back();
  const Sequence* sequence = last.sequence();
  if (sequence == nullptr || sequence->rest != nullptr) {
    failure = last.has_unknown() ? Value(Unknown{why_unknown(last).reason, {}, last.has_fault(), last.span}, last.span)
                                 : fault(last.span, "a list is needed before '...', not {}", kind_of(last));
    return false;
  }
  into.insert(into.end(), sequence->items.begin(), sequence->items.end());
  return true;
}

/// The first argument without a fault, in each world by itself.
Value Evaluator::first_that_works(const Call& call, std::size_t from, const Span& at) {
  if (from == call.arguments.size()) return fault(at, "no argument of 'try' has a value");
  constexpr std::size_t conditions = 6;  // 64 worlds
  return first_that_works(value(call.arguments[from]), call, from, conditions, at);
}

Value Evaluator::first_that_works(const Value& value, const Call& call, std::size_t from, std::size_t conditions,
                                  const Span& at) {
  if (!value.may_have_fault()) return value;
  const auto condition = first_condition(value);
  if (value.has_fault() || condition == nullptr) return first_that_works(call, from + 1, at);
  if (conditions == 0) return beyond(at, "it depends on too many conditions");
  Value then = first_that_works(assume(value, *condition, true), call, from, conditions - 1, at);
  Value otherwise = first_that_works(assume(value, *condition, false), call, from, conditions - 1, at);
  return choose(condition, std::move(then), std::move(otherwise), at);
}

Value Evaluator::works(const Call& call, const Span& at) {
  return for_each_world({value(call.arguments[0])}, true, at, [&](std::vector<Value>& values) {
    const Value& one = values.front();
    if (one.has_fault()) return Value(false, at);
    if (one.unknown() != nullptr) return Value(Unknown{one.unknown()->reason, {}, false, at}, at);
    return Value(true, at);
  });
}

}  // namespace secretwatch::hcl
