/// Functions of lists.
#include <algorithm>

#include "hcl/functions.h"

namespace secretwatch::hcl {
namespace {

Value list_of(std::vector<Value> items, const Span& at, Sequence::Kind kind = Sequence::Kind::list,
              std::shared_ptr<const Unknown> rest = nullptr) {
  return limited(Value(Sequence{kind, std::move(items), std::move(rest)}, at));
}

/// Tuples stay tuples where Terraform keeps them.
Sequence::Kind ordered(const Sequence& sequence) {
  return sequence.kind == Sequence::Kind::tuple ? Sequence::Kind::tuple : Sequence::Kind::list;
}

template <bool wanted>
Value all_are(Arguments& call) {
  const Sequence* list = call.open_sequence(0);
  if (list == nullptr) return call.failure();
  std::optional<Value> doubt;
  if (list->rest != nullptr) doubt = Value(*list->rest);
  for (const Value& item : list->items) {
    const Value truth = to_boolean(item, call.at);
    if (truth.boolean() != nullptr ? *truth.boolean() != wanted : item.is_null() && wanted)
      return Value(!wanted, call.at);
    if (truth.boolean() == nullptr && !item.is_null()) doubt = truth;
  }
  return doubt ? call.not_known(*doubt) : Value(wanted, call.at);
}

Value chunk_list(Arguments& call) {
  const Sequence* list = call.sequence(0);
  const auto size = list != nullptr ? call.integer(1) : std::nullopt;
  if (!size) return call.failure();
  if (*size < 0) return call.refuse("{} is no size", *size);
  std::vector<Value> chunks;
  const std::size_t step = *size == 0 ? std::max<std::size_t>(1, list->items.size()) : static_cast<std::size_t>(*size);
  for (std::size_t i = 0; i < list->items.size(); i += step) {
    const auto begin = list->items.begin() + static_cast<std::ptrdiff_t>(i);
    const auto end = list->items.begin() + static_cast<std::ptrdiff_t>(std::min(i + step, list->items.size()));
    chunks.push_back(list_of({begin, end}, call.at));
  }
  return list_of(std::move(chunks), call.at);
}

bool is_empty_text(const Value& value) {
  return value.text() != nullptr && value.text()->parts.empty();
}

/// Could it turn out to be null or ""? A reference and a text with some literal in it cannot.
bool may_be_nothing(const Value& value) {
  if (value.unknown() != nullptr) return true;
  if (value.text() == nullptr) return false;
  return std::all_of(value.text()->parts.begin(), value.text()->parts.end(),
                     [](const TextPart& part) { return std::holds_alternative<Unknown>(part); });
}

Value coalesce(Arguments& call) {
  for (const Value& value : call.values) {
    if (value.is_null() || is_empty_text(value)) continue;
    if (may_be_nothing(value)) return call.not_known(value);
    const bool is_simple = value.number() != nullptr || value.boolean() != nullptr;
    const bool has_text =
        std::any_of(call.values.begin(), call.values.end(), [](const Value& other) { return other.text() != nullptr; });
    return is_simple && has_text ? to_text(value, call.at) : value;
  }
  return call.refuse("no argument has a value");
}

Value coalesce_list(Arguments& call) {
  for (std::size_t i = 0; i < call.count(); ++i) {
    if (call.values[i].is_null()) continue;
    const Sequence* list = call.open_sequence(i);
    if (list == nullptr) return call.failure();
    if (!list->items.empty()) return call.values[i];
    if (list->rest != nullptr) return call.not_known(call.values[i]);
  }
  return call.refuse("no argument has items");
}

Value compact(Arguments& call) {
  const Sequence* list = call.open_sequence(0);
  if (list == nullptr) return call.failure();
  std::vector<Value> items;
  std::shared_ptr<const Unknown> rest = list->rest;
  for (const Value& item : list->items) {
    if (item.is_null() || is_empty_text(item)) continue;
    if (may_be_nothing(item))
      rest = std::make_shared<const Unknown>(why_unknown(item));
    else
      items.push_back(to_text(item, call.at));
  }
  return list_of(std::move(items), call.at, Sequence::Kind::list, std::move(rest));
}

Value concat(Arguments& call) {
  std::vector<Value> items;
  std::shared_ptr<const Unknown> rest;
  auto kind = Sequence::Kind::list;
  for (std::size_t i = 0; i < call.count(); ++i) {
    const Value& value = call.values[i];
    if (value.unknown() != nullptr || value.reference() != nullptr) {
      rest = std::make_shared<const Unknown>(why_unknown(value));
      continue;
    }
    const Sequence* list = call.open_sequence(i);
    if (list == nullptr) return call.failure();
    if (list->rest != nullptr) rest = list->rest;
    if (list->kind == Sequence::Kind::tuple) kind = Sequence::Kind::tuple;
    items.insert(items.end(), list->items.begin(), list->items.end());
    if (items.size() > greatest_size) return beyond(call.at, "the value is too large to be worked out");
  }
  if (items.empty() && rest != nullptr) return call.not_known(Value(*rest));
  Value result = list_of(std::move(items), call.at, Sequence::Kind::tuple, std::move(rest));
  return kind == Sequence::Kind::list ? to_sequence(result, kind, call.at) : result;
}

Value contains(Arguments& call) {
  const Sequence* list = call.open_sequence(0);
  if (list == nullptr) return call.failure();
  bool is_undecided = list->rest != nullptr;
  for (const Value& item : list->items) {
    const Equality equality = compare(item, call.values[1]);
    if (equality == Equality::equal) return Value(true, call.at);
    is_undecided = is_undecided || equality == Equality::undecided;
  }
  if (!is_undecided) return Value(false, call.at);
  return call.not_known(call.values[1].has_unknown() ? call.values[1] : call.values[0]);
}

Value distinct(Arguments& call) {
  const Sequence* list = call.open_sequence(0);
  if (list == nullptr) return call.failure();
  const std::size_t count = list->items.size();
  if (!call.bounds.spend(count * count / 16)) return beyond(call.at, "working it out takes too many steps");
  std::vector<Value> items;
  std::shared_ptr<const Unknown> rest = list->rest;
  for (const Value& item : list->items) {
    bool is_there = false;
    for (const Value& other : items) is_there = is_there || compare(item, other) == Equality::equal;
    if (!is_there) items.push_back(item);
  }
  return list_of(std::move(items), call.at, Sequence::Kind::list, std::move(rest));
}

Value element(Arguments& call) {
  const Sequence* list = call.sequence(0);
  const auto index = list != nullptr ? call.integer(1) : std::nullopt;
  if (!index) return call.failure();
  if (list->items.empty()) return call.refuse("the list is empty");
  const auto count = static_cast<std::int64_t>(list->items.size());
  return list->items[static_cast<std::size_t>((*index % count + count) % count)];  // it wraps around
}

void flatten_into(const Sequence& list, std::vector<Value>& items, std::shared_ptr<const Unknown>& rest) {
  if (list.rest != nullptr) rest = list.rest;
  for (const Value& item : list.items) {
    if (item.sequence() != nullptr)
      flatten_into(*item.sequence(), items, rest);
    else if (item.unknown() != nullptr)
      rest = std::make_shared<const Unknown>(*item.unknown());  // it may be a list
    else
      items.push_back(item);
  }
}

Value flatten(Arguments& call) {
  const Sequence* list = call.open_sequence(0);
  if (list == nullptr) return call.failure();
  std::vector<Value> items;
  std::shared_ptr<const Unknown> rest;
  flatten_into(*list, items, rest);
  return list_of(std::move(items), call.at, Sequence::Kind::tuple, std::move(rest));
}

Value index_of(Arguments& call) {
  const Sequence* list = call.sequence(0);
  if (list == nullptr) return call.failure();
  for (std::size_t i = 0; i < list->items.size(); ++i) {
    const Equality equality = compare(list->items[i], call.values[1]);
    if (equality == Equality::equal) return Value(Number(static_cast<std::int64_t>(i)), call.at);
    if (equality == Equality::undecided)
      return call.not_known(call.values[1].has_unknown() ? call.values[1] : list->items[i]);
  }
  return call.refuse("the item is not in the list");
}

Value length(Arguments& call) {
  const Value& value = call.values[0];
  const auto count = [&](std::size_t size) { return Value(Number(static_cast<std::int64_t>(size)), call.at); };
  if (value.mapping() != nullptr) {
    const Mapping* mapping = call.mapping(0);
    return mapping == nullptr ? call.failure() : count(mapping->entries.size());
  }
  if (value.sequence() != nullptr) {
    const Sequence* sequence = call.sequence(0);
    if (sequence == nullptr) return call.failure();
    // Items of a set that are not known may be the same.
    if (sequence->kind == Sequence::Kind::set && sequence->items.size() > 1 && value.has_unknown())
      return call.not_known(value);
    return count(sequence->items.size());
  }
  if (value.is_null() || value.number() != nullptr || value.boolean() != nullptr)
    return call.refuse("{} has no length", kind_of(value));
  const auto text = call.text(0);
  return text ? count(count_characters(*text)) : call.failure();
}

Value match_keys(Arguments& call) {
  const Sequence* values = call.sequence(0);
  const Sequence* keys = values != nullptr ? call.sequence(1) : nullptr;
  const Sequence* wanted = keys != nullptr ? call.sequence(2) : nullptr;
  if (wanted == nullptr) return call.failure();
  if (values->items.size() != keys->items.size()) return call.refuse("the lists have different lengths");
  std::vector<Value> items;
  for (std::size_t i = 0; i < keys->items.size(); ++i) {
    bool is_wanted = false;
    for (const Value& key : wanted->items) {
      const Equality equality = compare(keys->items[i], key);
      if (equality == Equality::undecided) return call.not_known(key.has_unknown() ? key : keys->items[i]);
      is_wanted = is_wanted || equality == Equality::equal;
    }
    if (is_wanted) items.push_back(values->items[i]);
  }
  return list_of(std::move(items), call.at);
}

Value one(Arguments& call) {
  const Sequence* list = call.sequence(0);
  if (list == nullptr) return call.failure();
  if (list->items.size() > 1) return call.refuse("there are {} items", list->items.size());
  return list->items.empty() ? Value() : list->items.front();
}

Value range(Arguments& call) {
  std::vector<Number> numbers;
  for (std::size_t i = 0; i < call.count(); ++i) {
    const auto number = call.number(i);
    if (!number) return call.failure();
    numbers.push_back(*number);
  }
  const Number start = numbers.size() > 1 ? numbers[0] : Number();
  const Number end = numbers.size() > 1 ? numbers[1] : numbers[0];
  const Number step = numbers.size() > 2 ? numbers[2] : Number(end < start ? -1 : 1);
  if (step.is_zero()) return call.refuse("the step is 0");
  if (start < end ? step.is_negative() : end < start && !step.is_negative())
    return call.refuse("the step leads away from the end");
  std::vector<Value> items;
  for (Number at = start; step.is_negative() ? end < at : at < end; at = at + step) {
    if (items.size() >= 1024) return call.refuse("there are more than 1024 numbers");
    items.emplace_back(at, call.at);
  }
  return list_of(std::move(items), call.at);
}

Value reverse(Arguments& call) {
  const Sequence* list = call.sequence(0);
  if (list == nullptr) return call.failure();
  return list_of({list->items.rbegin(), list->items.rend()}, call.at, ordered(*list));
}

Value slice(Arguments& call) {
  const Sequence* list = call.sequence(0);
  const auto begin = list != nullptr ? call.integer(1) : std::nullopt;
  const auto end = begin ? call.integer(2) : std::nullopt;
  if (!end) return call.failure();
  if (*begin < 0 || *end < *begin || *end > static_cast<std::int64_t>(list->items.size()))
    return call.refuse("there are no items {} to {} in a list of {}", *begin, *end, list->items.size());
  return list_of({list->items.begin() + *begin, list->items.begin() + *end}, call.at, ordered(*list));
}

Value sort(Arguments& call) {
  auto texts = call.texts(0);
  if (!texts) return call.failure();
  std::sort(texts->begin(), texts->end());
  std::vector<Value> items;
  for (std::string& text : *texts) items.push_back(Value::text(std::move(text), call.at));
  return list_of(std::move(items), call.at);
}

Value sum(Arguments& call) {
  const Sequence* list = call.sequence(0);
  if (list == nullptr) return call.failure();
  if (list->items.empty()) return call.refuse("the list is empty");
  Number total;
  for (const Value& item : list->items) {
    const Value number = to_number(item, call.at);
    if (number.number() == nullptr) return item.is_null() ? call.refuse("an item is null") : call.not_known(number);
    total = total + *number.number();
  }
  return Value(total, call.at);
}

Value gone(Arguments& call) {
  return call.refuse("Terraform has this function no more");
}

}  // namespace

const std::vector<Function> collection_functions = {
    {"alltrue", 1, 1, all_are<true>},
    {"anytrue", 1, 1, all_are<false>},
    {"chunklist", 2, 2, chunk_list},
    {"coalesce", 1, any_number, coalesce, false, true},
    {"coalescelist", 1, any_number, coalesce_list, false},
    {"compact", 1, 1, compact},
    {"concat", 1, any_number, concat, false, true},
    {"contains", 2, 2, contains},
    {"distinct", 1, 1, distinct},
    {"element", 2, 2, element, false},
    {"flatten", 1, 1, flatten},
    {"index", 2, 2, index_of},
    {"length", 1, 1, length, false},
    {"list", 0, any_number, gone},
    {"matchkeys", 3, 3, match_keys},
    {"one", 1, 1, one, false},
    {"range", 1, 3, range},
    {"reverse", 1, 1, reverse, false},
    {"slice", 3, 3, slice, false},
    {"sort", 1, 1, sort},
    {"sum", 1, 1, sum},
};

}  // namespace secretwatch::hcl
