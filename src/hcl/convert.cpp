#include "hcl/convert.h"

#include <algorithm>

namespace secretwatch::hcl {

std::string_view kind_of(const Value& value) {
  if (value.is_null()) return "null";
  if (value.boolean() != nullptr) return "a bool";
  if (value.number() != nullptr) return "a number";
  if (value.text() != nullptr) return "a string";
  if (value.reference() != nullptr) return "an attribute of a resource";
  if (value.sequence() != nullptr) {
    static constexpr std::string_view names[] = {"a tuple", "a list", "a set"};
    return names[static_cast<std::size_t>(value.sequence()->kind)];
  }
  if (value.mapping() != nullptr) return value.mapping()->kind == Mapping::Kind::map ? "a map" : "an object";
  return "a value that is not known";
}

Unknown why_unknown(const Value& value) {
  if (value.unknown() != nullptr) return *value.unknown();
  if (value.reference() != nullptr)
    return {"'" + print(*value.reference()) + "' is known to the cloud only", print(*value.reference()), false,
            value.span};
  if (value.text() != nullptr) {
    for (const TextPart& part : value.text()->parts) {
      if (const auto* unknown = std::get_if<Unknown>(&part))
        return {unknown->reason, {}, unknown->is_fault, unknown->where};
      if (const auto* reference = std::get_if<Reference>(&part)) {
        Unknown why = why_unknown(Value(*reference, value.span));
        why.term.clear();
        return why;
      }
    }
  } else if (const Sequence* sequence = value.sequence()) {
    for (const Value& item : sequence->items)
      if (item.has_unknown()) return {why_unknown(item).reason, {}, item.has_fault(), item.span};
    if (sequence->rest != nullptr) return {sequence->rest->reason, {}, sequence->rest->is_fault, sequence->rest->where};
  } else if (const Mapping* mapping = value.mapping()) {
    for (const auto& entry : mapping->entries)
      if (entry.second.has_unknown())
        return {why_unknown(entry.second).reason, {}, entry.second.has_fault(), entry.second.span};
    if (mapping->rest != nullptr) return {mapping->rest->reason, {}, mapping->rest->is_fault, mapping->rest->where};
  } else if (value.choice() != nullptr) {
    return {value.choice()->condition->reason, {}, false, value.choice()->condition->where};
  }
  return {"it is not known", {}, false, value.span};
}

Value to_text(const Value& value, const Span& at) {
  if (value.text() != nullptr || value.unknown() != nullptr || value.reference() != nullptr) return value;
  if (value.boolean() != nullptr) return Value::text(*value.boolean() ? "true" : "false", value.span);
  if (value.number() != nullptr) return Value::text(value.number()->print(), value.span);
  if (value.choice() != nullptr) return for_each_world(value, [&](const Value& one) { return to_text(one, at); });
  return fault(at, "a string is needed here, not {}", kind_of(value));
}

Value to_number(const Value& value, const Span& at) {
  if (value.number() != nullptr || value.unknown() != nullptr || value.reference() != nullptr) return value;
  if (value.choice() != nullptr) return for_each_world(value, [&](const Value& one) { return to_number(one, at); });
  if (value.text() != nullptr) {
    const auto literal = value.literal();
    if (!literal) return Value(why_unknown(value), value.span);
    if (auto number = Number::parse(*literal)) return Value(std::move(*number), value.span);
  }
  return fault(at, "a number is needed here, not {}", kind_of(value));
}

Value to_boolean(const Value& value, const Span& at) {
  if (value.boolean() != nullptr || value.unknown() != nullptr || value.reference() != nullptr) return value;
  if (value.choice() != nullptr) return for_each_world(value, [&](const Value& one) { return to_boolean(one, at); });
  if (value.text() != nullptr) {
    const auto literal = value.literal();
    if (!literal) return Value(why_unknown(value), value.span);
    if (*literal == "true" || *literal == "1") return Value(true, value.span);
    if (*literal == "false" || *literal == "0") return Value(false, value.span);
  }
  return fault(at, "a bool is needed here, not {}", kind_of(value));
}

namespace {

/// Items of a list have one type: bools and numbers become strings beside strings, tuples lists beside lists.
void unify(std::vector<Value*>& items) {
  bool has_text = false;
  bool has_number = false;
  bool has_boolean = false;
  for (const Value* item : items) {
    has_text = has_text || item->text() != nullptr;
    has_number = has_number || item->number() != nullptr;
    has_boolean = has_boolean || item->boolean() != nullptr;
  }
  if (static_cast<int>(has_text) + static_cast<int>(has_number) + static_cast<int>(has_boolean) < 2) return;
  for (Value* item : items)
    if (item->number() != nullptr || item->boolean() != nullptr) *item = to_text(*item, item->span);
}

/// Terraform's order of the items of a set: texts and numbers by value, false before true.
bool comes_before(const Value& a, const Value& b) {
  const auto rank = [](const Value& value) {
    return value.boolean() != nullptr ? 0 : value.number() != nullptr ? 1 : value.literal() ? 2 : 3;
  };
  if (rank(a) != rank(b)) return rank(a) < rank(b);
  if (rank(a) == 0) return !*a.boolean() && *b.boolean();
  if (rank(a) == 1) return *a.number() < *b.number();
  if (rank(a) == 2) return *a.literal() < *b.literal();
  return false;
}

}  // namespace

Value make_set(std::vector<Value> items, std::shared_ptr<const Unknown> rest, const Span& at) {
  std::stable_sort(items.begin(), items.end(), comes_before);
  Sequence result{Sequence::Kind::set, {}, std::move(rest)};
  for (Value& item : items) {
    // Simple values are sorted; what is not simple is compared with all.
    const bool is_simple = item.number() != nullptr || item.boolean() != nullptr || item.literal();
    const std::size_t look_back = is_simple ? std::min<std::size_t>(1, result.items.size()) : result.items.size();
    const bool is_there = std::any_of(result.items.end() - static_cast<std::ptrdiff_t>(look_back), result.items.end(),
                                      [&](const Value& other) { return compare(other, item) == Equality::equal; });
    if (!is_there) result.items.push_back(std::move(item));
  }
  return limited(Value(std::move(result), at));
}

Value to_sequence(const Value& value, Sequence::Kind kind, const Span& at) {
  if (value.unknown() != nullptr || value.is_null()) return value;
  if (value.reference() != nullptr) return Value(why_unknown(value), at);
  if (value.choice() != nullptr)
    return for_each_world(value, [&](const Value& one) { return to_sequence(one, kind, at); });
  const Sequence* sequence = value.sequence();
  if (sequence == nullptr) return fault(at, "a list is needed here, not {}", kind_of(value));
  std::vector<Value> items = sequence->items;
  std::vector<Value*> pointers;
  for (Value& item : items) pointers.push_back(&item);
  unify(pointers);
  if (kind == Sequence::Kind::set) return make_set(std::move(items), sequence->rest, value.span);
  return Value(Sequence{kind, std::move(items), sequence->rest}, value.span);
}

Value to_map(const Value& value, const Span& at) {
  if (value.unknown() != nullptr || value.is_null()) return value;
  if (value.reference() != nullptr) return Value(why_unknown(value), at);
  if (value.choice() != nullptr) return for_each_world(value, [&](const Value& one) { return to_map(one, at); });
  if (value.mapping() == nullptr) return fault(at, "a map is needed here, not {}", kind_of(value));
  Mapping result = *value.mapping();
  result.kind = Mapping::Kind::map;
  std::vector<Value*> pointers;
  for (auto& entry : result.entries) pointers.push_back(&entry.second);
  unify(pointers);
  return Value(std::move(result), value.span);
}

Value for_each_world(const Value& value, const std::function<Value(const Value&)>& function) {
  const Choice* choice = value.choice();
  if (choice == nullptr) return function(value);
  return choose(choice->condition, for_each_world(choice->then, function), for_each_world(choice->otherwise, function),
                value.span);
}

namespace {

Value distribute(std::vector<Value> values, bool looks_inside, const Span& at, std::size_t depth,
                 const std::function<Value(std::vector<Value>&)>& function) {
  std::shared_ptr<const Condition> condition;
  for (const Value& value : values) {
    if (value.choice() != nullptr || looks_inside) condition = first_condition(value);
    if (condition != nullptr) break;
  }
  if (condition == nullptr) return function(values);
  if (depth == 0) return beyond(at, "it depends on too many conditions");
  std::vector<Value> others = values;
  for (Value& value : values) value = assume(value, *condition, true);
  for (Value& value : others) value = assume(value, *condition, false);
  Value then = distribute(std::move(values), looks_inside, at, depth - 1, function);
  Value otherwise = distribute(std::move(others), looks_inside, at, depth - 1, function);
  return choose(condition, std::move(then), std::move(otherwise), at);
}

}  // namespace

Value for_each_world(std::vector<Value> values, bool looks_inside, const Span& at,
                     const std::function<Value(std::vector<Value>&)>& function) {
  constexpr std::size_t conditions = 6;  // 64 worlds
  return distribute(std::move(values), looks_inside, at, conditions, function);
}

ConditionOf condition_of(const Value& value, const Span& at) {
  const Unknown why = why_unknown(value);
  const bool negated = why.term.size() > 1 && why.term.front() == '!';
  return {std::make_shared<const Condition>(Condition{negated ? why.term.substr(1) : why.term, why.reason, at}),
          negated};
}

}  // namespace secretwatch::hcl
