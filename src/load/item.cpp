#include "load/item.h"

#include <algorithm>
#include <charconv>
#include <cmath>

#include <fmt/format.h>

#include "base/text.h"

namespace secretwatch::load {

using stack::Cause;
using stack::ConditionId;
using stack::Text;
using stack::TextValue;
using stack::Unknown;
using stack::Value;

namespace {

using Kind = Item::Kind;

/// What stands in the way of reading a text as a number or a boolean.
Unknown unknown_in(const Text& text) {
  for (const stack::Part& part : text.parts()) {
    if (const auto* const unknown = std::get_if<Unknown>(&part)) return *unknown;
    if (std::holds_alternative<stack::ParameterId>(part)) return {"a parameter has no known value", Cause::parameter};
    if (std::holds_alternative<stack::Pseudo>(part)) return {"depends on the place of deployment"};
    if (std::holds_alternative<stack::Ref>(part)) return {"depends on another resource"};
  }
  return {"not written as expected"};
}

/// `key`: the name of the property, also for a branch that says none.
template <class T, class Leaf>
Value<T> convert(const Item& item, const Span& key, const Leaf& leaf) {
  const auto inside = [&](const Item& part) { return convert<T>(part, part.key.is_nowhere() ? key : part.key, leaf); };
  Value<T> value = [&]() -> Value<T> {
    switch (item.kind) {
      case Kind::absent:
        return {stack::Absent{}, item.span};
      case Kind::unknown:
        return {item.unknown, item.span};
      case Kind::choice: {
        stack::Choice<T> choice;
        choice.condition = item.condition;
        for (const Item& branch : item.items) choice.branches.push_back(inside(branch));
        return {std::move(choice), item.span};
      }
      case Kind::text:
        return leaf(item);
      case Kind::list:
        // A single value may be written as a list of one.
        if (item.items.size() == 1) return inside(item.items.front());
        return {Unknown{"a list stands where one value is expected"}, item.span};
      case Kind::object:
        return {Unknown{"an object stands where a value is expected"}, item.span};
    }
    return {Unknown{}, item.span};
  }();
  value.key = key;
  return value;
}

template <class T>
Value<T> known(const Item& item, T value) {
  return {stack::Known<T>{std::move(value), item.origin, item.parameter}, item.span};
}

template <class T, class Read>
Value<T> convert_literal(const Item& item, const Span& key, const Read& read) {
  return convert<T>(item, key, [&](const Item& leaf) -> Value<T> {
    const std::optional<std::string> literal = leaf.literal();
    if (!literal) return {leaf.unknown.subject.empty() ? unknown_in(leaf.text) : leaf.unknown, leaf.span};
    if (const std::optional<T> value = read(*literal)) return known<T>(leaf, *value);
    return {Unknown{fmt::format("'{}' is not of the expected kind", shown(*literal))}, leaf.span};
  });
}

std::optional<double> number_of(std::string_view text) {
  if (!text.empty() && text.front() == '+') text.remove_prefix(1);
  double value = 0;
  const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (fault != std::errc() || end != text.data() + text.size() || !std::isfinite(value)) return std::nullopt;
  return value;
}

std::optional<std::int64_t> integer_of(std::string_view text) {
  const std::optional<double> number = number_of(text);
  if (!number || *number != std::floor(*number) || std::abs(*number) > 1e15) return std::nullopt;
  return static_cast<std::int64_t>(*number);
}

TextValue choose(ConditionId condition, TextValue then, TextValue otherwise, const Span& span) {
  stack::Choice<Text> choice;
  choice.condition = condition;
  choice.branches = {std::move(then), std::move(otherwise)};
  return {std::move(choice), span};
}

/// Both lists side by side: in each branch, the values of that branch.
std::vector<TextValue> choose_lists(const Item& choice) {
  std::vector<TextValue> then = to_texts(choice.items[0]);
  std::vector<TextValue> otherwise = to_texts(choice.items[1]);
  std::vector<TextValue> all;
  for (std::size_t i = 0; i < std::max(then.size(), otherwise.size()); ++i) {
    const Span where = i < then.size() ? then[i].span : otherwise[i].span;
    const auto at = [&](std::vector<TextValue>& list) {
      return i < list.size() ? std::move(list[i]) : TextValue(stack::Absent{}, where);
    };
    TextValue first = at(then);
    TextValue second = at(otherwise);
    all.push_back(choose(choice.condition, std::move(first), std::move(second), where));
  }
  return all;
}

}  // namespace

std::optional<std::string> Item::literal() const {
  return kind == Kind::text ? text.literal() : std::nullopt;
}

Item absent_item(const Span& span) {
  Item item;
  item.span = span;
  return item;
}

Item text_item(Text text, const Span& span) {
  Item item;
  item.kind = Kind::text;
  item.text = std::move(text);
  item.span = span;
  return item;
}

Item list_item(std::vector<Item> items, const Span& span) {
  Item item;
  item.kind = Kind::list;
  item.items = std::move(items);
  item.span = span;
  return item;
}

Item object_item(std::vector<Field> fields, const Span& span) {
  Item item;
  item.kind = Kind::object;
  item.fields = std::move(fields);
  item.span = span;
  return item;
}

Item unknown_item(Unknown unknown, const Span& span) {
  Item item;
  item.kind = Kind::unknown;
  item.unknown = std::move(unknown);
  item.span = span;
  return item;
}

Item unknown_item(std::string reason, const Span& span) {
  return unknown_item(Unknown{std::move(reason)}, span);
}

Item choice_item(ConditionId condition, Item then, Item otherwise, const Span& span) {
  Item item;
  item.span = span;
  if (then.is(Kind::absent) && otherwise.is(Kind::absent)) return item;
  item.kind = Kind::choice;
  item.condition = condition;
  item.items.push_back(std::move(then));
  item.items.push_back(std::move(otherwise));
  return item;
}

const Field* find_field(const Item& object, std::string_view name) {
  if (object.is(Kind::list) && object.items.size() == 1) return find_field(object.items.front(), name);
  if (!object.is(Kind::object)) return nullptr;
  const auto found =
      std::find_if(object.fields.begin(), object.fields.end(), [&](const Field& field) { return field.name == name; });
  return found == object.fields.end() ? nullptr : &*found;
}

Item field_of(const Item& object, std::string_view name) {
  switch (object.kind) {
    case Kind::object:
      if (const Field* const field = find_field(object, name)) {
        Item value = field->value;
        value.key = field->key;
        return value;
      }
      return object.is_open ? unknown_item(object.unknown, object.span) : absent_item(object.span);
    case Kind::choice: {
      Item then = field_of(object.items[0], name);
      Item otherwise = field_of(object.items[1], name);
      const Span key = then.key.is_nowhere() ? otherwise.key : then.key;
      const Span span = then.is(Kind::absent) ? otherwise.span : then.span;
      Item choice = choice_item(object.condition, std::move(then), std::move(otherwise), span);
      choice.key = key;
      return choice;
    }
    case Kind::absent:
    case Kind::unknown:
      return object;
    case Kind::list:
      if (object.items.size() == 1) return field_of(object.items.front(), name);
      break;
    case Kind::text:
      if (!object.text.literal()) return unknown_item(unknown_in(object.text), object.span);
      break;
  }
  return unknown_item("an object is expected here", object.span);
}

std::vector<Item> spread(const Item& item, const Leaf& leaf) {
  std::vector<Item> all;
  if (item.is(Kind::list)) {
    for (const Item& each : item.items)
      for (Item& made : spread(each, leaf)) all.push_back(std::move(made));
  } else if (item.is(Kind::choice)) {
    for (const bool holds : {true, false})
      for (Item& made : spread(item.items[holds ? 0 : 1], leaf)) {
        const Span span = made.span;
        Item nothing = absent_item(span);
        all.push_back(holds ? choice_item(item.condition, std::move(made), std::move(nothing), span)
                            : choice_item(item.condition, std::move(nothing), std::move(made), span));
      }
  } else if (!item.is(Kind::absent)) {
    all = leaf(item);
  }
  return all;
}

std::vector<Item> single(Item only) {
  std::vector<Item> all;
  all.push_back(std::move(only));
  return all;
}

std::optional<ConditionId> find_choice(const Item& item) {
  if (item.is(Kind::choice)) return item.condition;
  if (item.is(Kind::list)) {
    for (const Item& each : item.items)
      if (const auto found = find_choice(each)) return found;
  }
  return std::nullopt;
}

Item restrict_to(const Item& item, ConditionId condition, bool holds) {
  if (item.is(Kind::choice)) {
    if (item.condition == condition) return restrict_to(item.items[holds ? 0 : 1], condition, holds);
    return choice_item(item.condition, restrict_to(item.items[0], condition, holds),
                       restrict_to(item.items[1], condition, holds), item.span);
  }
  if (!item.is(Kind::list)) return item;
  std::vector<Item> items;
  for (const Item& each : item.items)
    if (Item kept = restrict_to(each, condition, holds); !kept.is(Kind::absent)) items.push_back(std::move(kept));
  return list_item(std::move(items), item.span);
}

TextValue to_text(const Item& item, const Span& key) {
  return convert<Text>(item, key, [](const Item& leaf) -> TextValue {
    const std::vector<stack::Part>& parts = leaf.text.parts();
    if (parts.size() == 1) {
      if (const auto* const ref = std::get_if<stack::Ref>(&parts.front())) return {*ref, leaf.span};
      if (const auto* const unknown = std::get_if<Unknown>(&parts.front())) return {*unknown, leaf.span};
    }
    return known<Text>(leaf, leaf.text);
  });
}

std::optional<bool> boolean_of(std::string_view text) {
  const std::string word = lower_case(text);
  if (word == "true" || word == "yes" || word == "on") return true;
  if (word == "false" || word == "no" || word == "off") return false;
  return std::nullopt;
}

Value<bool> to_boolean(const Item& item, const Span& key) {
  return convert_literal<bool>(item, key, boolean_of);
}

Value<std::int64_t> to_integer(const Item& item, const Span& key) {
  return convert_literal<std::int64_t>(item, key, integer_of);
}

Value<double> to_number(const Item& item, const Span& key) {
  return convert_literal<double>(item, key, number_of);
}

std::vector<TextValue> to_texts(const Item& item, const Span& key) {
  if (item.is(Kind::absent)) return {};
  if (item.is(Kind::choice)) return choose_lists(item);
  if (!item.is(Kind::list)) return {to_text(item, key)};
  std::vector<TextValue> all;
  for (const Item& each : item.items)
    for (TextValue& value : to_texts(each)) all.push_back(std::move(value));
  return all;
}

stack::Document to_document(const Item& item) {
  using Document = stack::Document;
  Document document;
  document.span = item.span;
  switch (item.kind) {
    case Kind::absent:
      break;
    case Kind::text:
      document.kind = Document::Kind::scalar;
      document.text = to_text(item);
      break;
    case Kind::list:
      document.kind = Document::Kind::list;
      for (const Item& each : item.items) document.parts.push_back(to_document(each));
      break;
    case Kind::object:
      document.kind = Document::Kind::object;
      for (const Field& field : item.fields) {
        document.names.push_back(field.name);
        document.parts.push_back(to_document(field.value));
      }
      break;
    case Kind::choice:
      document.kind = Document::Kind::unknown;
      document.text = TextValue(Unknown{"depends on a condition"}, item.span);
      break;
    case Kind::unknown:
      document.kind = Document::Kind::unknown;
      document.text = TextValue(item.unknown, item.span);
      break;
  }
  return document;
}

}  // namespace secretwatch::load
