#include "hcl/evaluate.h"

#include <algorithm>

#include "hcl/evaluator.h"

namespace secretwatch::hcl {

Value evaluate(const Expression& expression, Resolver& resolver, Bounds& bounds, const Scope& scope) {
  return Evaluator(resolver, bounds, scope).value(expression);
}

Value attribute_of(const Value& value, std::string_view name, const Span& at) {
  if (value.choice() != nullptr)
    return for_each_world(value, [&](const Value& one) { return attribute_of(one, name, at); });
  if (const Reference* reference = value.reference()) {
    Reference longer = *reference;
    longer.path.emplace_back(name);
    return Value(std::move(longer), at);
  }
  if (const Unknown* unknown = value.unknown()) {
    Unknown part = *unknown;
    if (!part.term.empty()) part.term += "." + std::string(name);
    return Value(std::move(part), at);
  }
  if (const Mapping* mapping = value.mapping()) {
    if (const Value* found = mapping->find(name)) return *found;
    if (mapping->rest != nullptr) return Value(Unknown{mapping->rest->reason, {}, false, at}, at);
    return fault(at, "there is no attribute '{}' in this object", name);
  }
  return fault(at, "{} has no attributes such as '{}'", kind_of(value), name);
}

namespace {

Value element_of_sequence(const Sequence& sequence, const Value& key, const Span& at) {
  if (sequence.kind == Sequence::Kind::set) return fault(at, "the items of a set have no index");
  const Value number = to_number(key, at);
  if (number.number() == nullptr)
    return number.is_null() ? fault(at, "an index is not null") : Value(why_unknown(number), at);
  if (sequence.rest != nullptr) return Value(Unknown{sequence.rest->reason, {}, false, at}, at);
  const auto index = number.number()->integer();
  if (!index || *index < 0 || *index >= static_cast<std::int64_t>(sequence.items.size()))
    return fault(at, "there is no item {}: it has {}", number.number()->print().substr(0, 20), sequence.items.size());
  return sequence.items[static_cast<std::size_t>(*index)];
}

}  // namespace

Value element_of(const Value& value, const Value& key, const Span& at) {
  if (value.choice() != nullptr || key.choice() != nullptr)
    return for_each_world({value, key}, false, at,
                          [&](std::vector<Value>& both) { return element_of(both[0], both[1], at); });
  if (key.has_fault()) return Value(why_unknown(key), at);
  if (const Unknown* unknown = value.unknown()) {
    Unknown part = *unknown;
    part.term = part.term.empty() || key.has_unknown() ? "" : part.term + "[" + print(key) + "]";
    return Value(std::move(part), at);
  }
  if (value.sequence() != nullptr) return element_of_sequence(*value.sequence(), key, at);
  // What has a name is the same element wherever that name stands.
  if (value.reference() != nullptr && key.unknown() != nullptr && !key.unknown()->term.empty()) {
    Reference longer = *value.reference();
    longer.path.push_back("[" + key.unknown()->term + "]");
    return Value(std::move(longer), at);
  }
  if (key.has_unknown()) return Value(Unknown{why_unknown(key).reason, {}, false, at}, at);
  Value name = to_text(key, at);
  if (name.text() == nullptr) return name;
  if (const Reference* reference = value.reference()) {
    Reference longer = *reference;
    longer.path.push_back("[" + print(key) + "]");
    return Value(std::move(longer), at);
  }
  if (value.mapping() != nullptr) return attribute_of(value, *name.literal(), at);
  return fault(at, "{} has no items", kind_of(value));
}

Value Evaluator::value(const Expression& expression) {
  if (!bounds_.spend(1)) return beyond(expression.span, "working it out takes too many steps");
  if (bounds_.depth == 0) return beyond(expression.span, "it is nested too deeply to be worked out");
  --bounds_.depth;
  Value result = std::visit([&](const auto& body) { return of(body, expression.span); }, expression.body);
  ++bounds_.depth;
  return result;
}

Value Evaluator::of(const NullLiteral&, const Span& at) {
  Value result;
  result.span = at;
  return result;
}

Value Evaluator::of(const BooleanLiteral& literal, const Span& at) {
  return Value(literal.value, at);
}

Value Evaluator::of(const NumberLiteral& literal, const Span& at) {
  if (auto number = Number::parse(literal.text)) return Value(std::move(*number), at);
  return beyond(at, "'{}' is too large a number", literal.text.substr(0, 40));
}

const Value* Evaluator::in_scope(std::string_view name) const {
  const auto found =
      std::find_if(scope_.rbegin(), scope_.rend(), [&](const auto& entry) { return entry.first == name; });
  return found == scope_.rend() ? nullptr : &found->second;
}

Value Evaluator::name(std::span<const std::string_view> names, std::size_t& used, const Span& at) {
  if (const Value* known = in_scope(names.front())) {
    used = 1;
    return *known;
  }
  if (bounds_.depth == 0) return beyond(at, "it is nested too deeply to be worked out");
  Resolver::Answer answer = resolver_.resolve(names, at);
  used = std::clamp<std::size_t>(answer.used, 1, names.size());
  return std::move(answer.value);
}

Value Evaluator::of(const Variable& variable, const Span& at) {
  const std::string_view names[] = {variable.name};
  std::size_t used = 0;
  return name(names, used, at);
}

Value Evaluator::of(const Access& access, const Span& at) {
  const auto* variable = std::get_if<Variable>(&access.source->body);
  if (variable == nullptr) return follow(value(*access.source), access.steps, 0, access.steps.size());
  std::vector<std::string_view> names{variable->name};
  for (const Step& step : access.steps) {
    if (step.kind != Step::Kind::attribute) break;
    names.push_back(step.name);
  }
  std::size_t used = 0;
  Value source = name(names, used, at);
  return follow(std::move(source), access.steps, used - 1, access.steps.size());
}

Value Evaluator::follow(Value value, const std::vector<Step>& steps, std::size_t from, std::size_t to) {
  for (std::size_t i = from; i < to; ++i) {
    const Step& step = steps[i];
    switch (step.kind) {
      case Step::Kind::attribute:
        value = attribute_of(value, step.name, step.span);
        break;
      case Step::Kind::index:
      case Step::Kind::legacy_index:
        value = element_of(value, this->value(*step.index), step.span);
        break;
      case Step::Kind::splat:
        return splat(value, steps, i + 1, to, step.span);
      case Step::Kind::attribute_splat: {
        std::size_t end = i + 1;
        while (end < to && (steps[end].kind == Step::Kind::attribute || steps[end].kind == Step::Kind::legacy_index))
          ++end;
        value = splat(value, steps, i + 1, end, step.span);
        i = end - 1;
        break;
      }
    }
  }
  return value;
}

/// Each item followed by the steps; what is no list is one item, null is none.
Value Evaluator::splat(const Value& value, const std::vector<Step>& steps, std::size_t from, std::size_t to,
                       const Span& at) {
  if (value.choice() != nullptr)
    return for_each_world(value, [&](const Value& one) { return splat(one, steps, from, to, at); });
  if (value.unknown() != nullptr) return Value(Unknown{value.unknown()->reason, {}, value.has_fault(), at}, at);
  if (value.reference() != nullptr && !value.reference()->path.empty())
    return Value(Unknown{why_unknown(value).reason, {}, false, at}, at);
  Sequence result;
  if (value.sequence() != nullptr) {
    result.rest = value.sequence()->rest;
    if (value.sequence()->kind != Sequence::Kind::tuple) result.kind = Sequence::Kind::list;
    if (!bounds_.spend(value.sequence()->items.size())) return beyond(at, "working it out takes too many steps");
    for (const Value& item : value.sequence()->items) result.items.push_back(follow(item, steps, from, to));
  } else if (!value.is_null()) {
    result.items.push_back(follow(value, steps, from, to));
  }
  return limited(Value(std::move(result), at));
}

Value Evaluator::of(const Tuple& tuple, const Span& at) {
  Sequence result;
  result.items.reserve(tuple.items.size());
  for (const Expression& item : tuple.items) result.items.push_back(value(item));
  return limited(Value(std::move(result), at));
}

Value Evaluator::of(const Object& object, const Span& at) {
  std::vector<Value> keys;
  std::vector<Value> values;
  bool has_choice = false;
  for (const ObjectEntry& entry : object.entries) {
    keys.push_back(entry.key == nullptr ? Value::text(entry.name, entry.key_span) : value(*entry.key));
    values.push_back(value(entry.value));
    has_choice = has_choice || keys.back().choice() != nullptr;
  }
  if (!has_choice) return object_of(keys, values, at);
  return for_each_world(std::move(keys), false, at,
                        [&](std::vector<Value>& some) { return object_of(some, values, at); });
}

Value Evaluator::object_of(const std::vector<Value>& keys, const std::vector<Value>& values, const Span& at) {
  Mapping result;
  for (std::size_t i = 0; i < keys.size(); ++i) {
    const Value key = to_text(keys[i], keys[i].span);
    if (const auto literal = key.literal()) {
      result.entries.emplace_back(*literal, values[i]);
    } else if (key.has_fault()) {
      return Value(why_unknown(key), at);
    } else {
      result.rest = std::make_shared<const Unknown>(why_unknown(key));
    }
  }
  // Of equal keys the last one counts.
  std::stable_sort(result.entries.begin(), result.entries.end(),
                   [](const auto& a, const auto& b) { return a.first < b.first; });
  const auto last_of_equals = std::unique(result.entries.rbegin(), result.entries.rend(),
                                          [](const auto& a, const auto& b) { return a.first == b.first; });
  result.entries.erase(result.entries.begin(), last_of_equals.base());
  return limited(Value(std::move(result), at));
}

Value Evaluator::of(const Parenthesised& parenthesised, const Span&) {
  return value(*parenthesised.inner);
}

Value Evaluator::of(const Unary& unary, const Span& at) {
  return for_each_world(value(*unary.operand), [&](const Value& one) { return apply(unary.op, one, at); });
}

Value Evaluator::of(const Binary& binary, const Span& at) {
  Value left = value(*binary.left);
  Value right = value(*binary.right);
  const auto apply_to = [&](std::vector<Value>& both) { return apply(binary.op, both[0], both[1], at); };
  return for_each_world({std::move(left), std::move(right)}, false, at, apply_to);
}

Value Evaluator::of(const Conditional& conditional, const Span& at) {
  const Value condition = value(*conditional.condition);
  const Value then = value(*conditional.then);
  const Value otherwise = value(*conditional.otherwise);
  return for_each_world(condition, [&](const Value& decided) {
    Value truth = to_boolean(decided, conditional.condition->span);
    if (truth.is_null()) return fault(at, "the condition is null");
    if (truth.boolean() != nullptr) return *truth.boolean() ? unified(then, otherwise) : unified(otherwise, then);
    if (truth.has_fault()) return truth;
    const auto [which, negated] = condition_of(truth, conditional.condition->span);
    return choose(which, negated ? otherwise : then, negated ? then : otherwise, at);
  });
}

}  // namespace secretwatch::hcl
