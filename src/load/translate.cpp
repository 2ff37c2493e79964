#include <algorithm>

#include "load/values.h"
#include "load/words.h"

namespace secretwatch::load {
namespace {

using Form = Word::Form;
using Kind = Item::Kind;

bool is_empty(const Item& item) {
  return item.is(Kind::absent) || (item.is(Kind::list) && item.items.empty());
}

/// Applies a function to what is neither a choice nor absent.
template <class Function>
Item in_each_branch(Item item, const Function& function) {
  if (item.is(Kind::absent)) return item;
  if (!item.is(Kind::choice)) return function(std::move(item));
  Item then = in_each_branch(std::move(item.items[0]), function);
  Item otherwise = in_each_branch(std::move(item.items[1]), function);
  Item choice = choice_item(item.condition, std::move(then), std::move(otherwise), item.span);
  choice.key = item.key;
  return choice;
}

Item follow(const Item& object, std::string_view path) {
  if (path.empty() || is_empty(object)) return is_empty(object) ? absent_item(object.span) : object;
  const std::size_t dot = std::min(path.find('.'), path.size());
  Item found = field_of(object, path.substr(0, dot));
  if (dot < path.size()) return follow(found, path.substr(dot + 1));
  return found;
}

Item word_for(Item item, std::string_view yes, std::string_view no) {
  const std::optional<bool> boolean = boolean_of(item.literal().value_or(""));
  if (!boolean) return item;
  Item word = text_item(*boolean ? yes : no, item.span);
  word.key = item.key;
  return word;
}

/// {k: v} → [{Key: k, Value: v}]
Item pairs(Item map, const char* name) {
  if (!map.is(Kind::object)) return map;
  std::vector<Item> all;
  for (Field& field : map.fields) {
    if (field.value.is(Kind::absent)) continue;  // what may be null may not be there
    const Span span = field.value.span;
    std::vector<Field> pair;
    pair.push_back({name, field.key, text_item(std::move(field.name), field.key)});
    pair.push_back({"Value", field.key, std::move(field.value)});
    all.push_back(object_item(std::move(pair), span));
  }
  if (map.is_open) all.push_back(unknown_item(map.unknown, map.span));
  return list_item(std::move(all), map.span);
}

Item in_form(Item item, const Word& word) {
  switch (word.form) {
    case Form::same:
      return item;
    case Form::json:
      return document_of(item);
    case Form::keyed:
      return pairs(std::move(item), "Key");
    case Form::named:
      return pairs(std::move(item), "Name");
    case Form::enabled:
      return word_for(std::move(item), "Enabled", "Disabled");
    case Form::rule_state:
      return word_for(std::move(item), "ENABLED", "DISABLED");
    case Form::nested:
      return translate(item, word.inside);
  }
  return item;
}

Item said(const Item& object, const Word& word) {
  Item value = follow(object, word.from);
  const Span key = value.key;
  value = in_each_branch(std::move(value), [&](Item each) {
    if (word.nothing.data() != nullptr && each.literal() == word.nothing) return absent_item(each.span);
    return in_form(std::move(each), word);
  });
  if (value.is(Kind::absent) && !word.otherwise.empty()) value = text_item(word.otherwise, object.span);
  // All of the object in other words: nothing, when it says nothing of that.
  if (word.from.empty() && value.is(Kind::object) && value.fields.empty()) return absent_item(object.span);
  value.key = key;
  return value;
}

Item translate_object(const Item& object, std::span<const Word> words) {
  Item said_so = object_item({}, object.span);
  said_so.key = object.key;
  for (const Word& word : words) {
    const bool is_known = std::any_of(said_so.fields.begin(), said_so.fields.end(),
                                      [&](const Field& field) { return field.name == word.to; });
    if (is_known) continue;
    Item value = said(object, word);
    if (is_empty(value)) continue;
    const Span at = value.key;
    said_so.fields.push_back({std::string(word.to), at, std::move(value)});
  }
  return said_so;
}

}  // namespace

Item translate(const Item& object, std::span<const Word> words) {
  switch (object.kind) {
    case Kind::absent:
    case Kind::unknown:
      return object;
    case Kind::choice:
      return in_each_branch(object, [&](const Item& each) { return translate(each, words); });
    case Kind::list: {
      Item list = list_item({}, object.span);
      for (const Item& each : object.items) list.items.push_back(translate(each, words));
      list.key = object.key;
      return list;
    }
    case Kind::object:
    case Kind::text:
      return translate_object(object, words);
  }
  return object;
}

}  // namespace secretwatch::load
