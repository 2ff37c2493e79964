/// Functions of maps and objects.
#include <algorithm>
#include <map>

#include "hcl/functions.h"

namespace secretwatch::hcl {
namespace {

Value list_of(std::vector<Value> items, const Span& at, Sequence::Kind kind) {
  return limited(Value(Sequence{kind, std::move(items), nullptr}, at));
}

Sequence::Kind like(const Mapping& mapping) {
  return mapping.kind == Mapping::Kind::map ? Sequence::Kind::list : Sequence::Kind::tuple;
}

Value keys(Arguments& call) {
  const Mapping* mapping = call.mapping(0);
  if (mapping == nullptr) return call.failure();
  std::vector<Value> items;
  for (const auto& [key, value] : mapping->entries) items.push_back(Value::text(key, value.span));
  return list_of(std::move(items), call.at, like(*mapping));
}

Value values(Arguments& call) {
  const Mapping* mapping = call.mapping(0);
  if (mapping == nullptr) return call.failure();
  std::vector<Value> items;
  for (const auto& entry : mapping->entries) items.push_back(entry.second);
  return list_of(std::move(items), call.at, like(*mapping));
}

Value lookup(Arguments& call) {
  const Mapping* mapping = call.open_mapping(0);
  const auto key = mapping != nullptr ? call.text(1) : std::nullopt;
  if (!key) return call.failure();
  if (const Value* found = mapping->find(*key)) return *found;
  if (mapping->rest != nullptr) return call.not_known(Value(*mapping->rest));
  return call.count() == 3 ? call.values[2] : call.refuse("there is no key '{}'", *key);
}

/// Of equal keys the last one counts; what follows an unknown map is known nevertheless.
Value merge(Arguments& call) {
  std::map<std::string, Value> entries;
  std::shared_ptr<const Unknown> rest;
  auto kind = Mapping::Kind::map;
  for (std::size_t i = 0; i < call.count(); ++i) {
    const Value& value = call.values[i];
    if (value.is_null()) continue;
    if (value.unknown() != nullptr || value.reference() != nullptr ||
        (value.mapping() != nullptr && value.mapping()->rest != nullptr)) {
      const auto why = std::make_shared<const Unknown>(
          why_unknown(value.mapping() != nullptr ? Value(*value.mapping()->rest) : value));
      // Any key before may be given again by what is not known.
      for (auto& entry : entries) entry.second = Value(Unknown{why->reason, {}, false, call.at}, entry.second.span);
      rest = why;
      if (value.mapping() == nullptr) continue;
    }
    const Mapping* mapping = call.open_mapping(i);
    if (mapping == nullptr) return call.failure();
    if (mapping->kind == Mapping::Kind::object) kind = Mapping::Kind::object;
    for (const auto& [key, item] : mapping->entries) entries.insert_or_assign(key, item);
  }
  if (entries.empty() && rest != nullptr) return call.not_known(Value(*rest));
  if (call.count() == 0) kind = Mapping::Kind::object;
  Mapping result{kind, {}, std::move(rest)};
  for (auto& [key, item] : entries) result.entries.emplace_back(key, std::move(item));
  return limited(Value(std::move(result), call.at));
}

Value transpose(Arguments& call) {
  const Mapping* mapping = call.mapping(0);
  if (mapping == nullptr) return call.failure();
  std::map<std::string, std::vector<Value>> turned;
  for (const auto& [key, items] : mapping->entries) {
    if (items.sequence() == nullptr) return call.refuse("a map of lists is needed");
    for (const Value& item : items.sequence()->items) {
      const Value text = to_text(item, call.at);
      const auto literal = text.literal();
      if (!literal) return call.not_known(text);
      turned[*literal].push_back(Value::text(key, call.at));
    }
  }
  Mapping result{Mapping::Kind::map, {}, nullptr};
  for (auto& [key, items] : turned)
    result.entries.emplace_back(key, list_of(std::move(items), call.at, Sequence::Kind::list));
  return limited(Value(std::move(result), call.at));
}

Value zip_map(Arguments& call) {
  const auto names = call.texts(0);
  const Sequence* items = names ? call.sequence(1) : nullptr;
  if (items == nullptr) return call.failure();
  if (names->size() != items->items.size())
    return call.refuse("there are {} keys and {} values", names->size(), items->items.size());
  std::map<std::string, Value> entries;
  for (std::size_t i = 0; i < names->size(); ++i) entries.insert_or_assign((*names)[i], items->items[i]);
  const bool is_map = items->kind == Sequence::Kind::list;
  Mapping result{is_map ? Mapping::Kind::map : Mapping::Kind::object, {}, nullptr};
  for (auto& [key, item] : entries) result.entries.emplace_back(key, std::move(item));
  return limited(Value(std::move(result), call.at));
}

Value gone(Arguments& call) {
  return call.refuse("Terraform has this function no more");
}

}  // namespace

const std::vector<Function> map_functions = {
    {"keys", 1, 1, keys, false},      {"lookup", 2, 3, lookup, false},
    {"map", 0, any_number, gone},     {"merge", 0, any_number, merge, false, true},
    {"transpose", 1, 1, transpose},   {"values", 1, 1, values, false},
    {"zipmap", 2, 2, zip_map, false},
};

}  // namespace secretwatch::hcl
