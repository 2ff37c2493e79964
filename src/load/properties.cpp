#include "load/properties.h"

#include <fmt/format.h>

namespace secretwatch::load {

using stack::TextValue;
using stack::Unknown;

namespace {

using Kind = Item::Kind;

void collect(const Item& item, Conditions& conditions, const stack::Presence& presence, std::vector<Element>& all) {
  switch (item.kind) {
    case Kind::absent:
      return;
    case Kind::list:
      for (const Item& each : item.items) collect(each, conditions, presence, all);
      return;
    case Kind::choice:
      collect(item.items[0], conditions, conditions.both(presence, item.condition), all);
      if (!item.items[1].is(Kind::absent))
        collect(item.items[1], conditions, conditions.both(presence, conditions.negation_of(item.condition)), all);
      return;
    case Kind::text:
    case Kind::object:
    case Kind::unknown:
      all.push_back({&item, presence});
      return;
  }
}

/// What is there in some worlds only is a choice between itself and nothing.
TextValue only_under(const stack::Presence& presence, TextValue value) {
  if (!presence) return value;
  stack::Choice<stack::Text> choice;
  choice.condition = *presence;
  choice.branches = {value, TextValue(stack::Absent{}, value.span)};
  return {std::move(choice), value.span};
}

}  // namespace

std::vector<Element> elements_of(const Item& list, Conditions& conditions, stack::Presence presence) {
  std::vector<Element> all;
  collect(list, conditions, presence, all);
  return all;
}

stack::OptionalText Properties::text(std::string_view name) const {
  return optional<stack::Text>(name, [](const Item& found, const Span& key) { return to_text(found, key); });
}

TextValue Properties::required_text(std::string_view name) const {
  if (stack::OptionalText found = text(name)) return std::move(*found);
  return {Unknown{fmt::format("'{}' is not written", name)}, object_->span};
}

stack::OptionalBoolean Properties::boolean(std::string_view name) const {
  return optional<bool>(name, to_boolean);
}

stack::OptionalInteger Properties::integer(std::string_view name) const {
  return optional<std::int64_t>(name, to_integer);
}

stack::OptionalNumber Properties::number(std::string_view name) const {
  return optional<double>(name, to_number);
}

std::vector<TextValue> Properties::texts(std::string_view name) const {
  return with_field(*object_, name, [](const Item& found, const Span& key) { return to_texts(found, key); });
}

std::optional<stack::Document> Properties::document(std::string_view name) const {
  const Item found = item(name);
  return found.is(Kind::absent) ? std::nullopt : std::optional(to_document(found));
}

stack::Policy Properties::policy(std::string_view name) const {
  return with_field(*object_, name, [this](const Item& found, const Span&) { return to_policy(found, *conditions_); });
}

std::vector<stack::Tag> Properties::tags() const {
  std::vector<stack::Tag> all;
  for (const Properties& tag : objects("Tags")) {
    const stack::OptionalText key = tag.text("Key");
    const std::optional<std::string> literal = key ? literal_of(*key) : std::nullopt;
    if (literal) all.push_back({*literal, only_under(tag.presence(), tag.required_text("Value"))});
  }
  return all;
}

bool Properties::has(std::string_view name) const {
  return with_field(*object_, name, [](const Item& found, const Span&) { return !found.is(Kind::absent); });
}

std::shared_ptr<const Item> Properties::part(std::string_view name) const {
  const Field* const field = find_field(*object_, name);
  // What is not known is not known of each of its fields, whose place is then that of its own name.
  const bool has_fields = field != nullptr && !field->value.is(Kind::unknown) && !field->value.is(Kind::absent);
  if (has_fields) return {object_, &field->value};
  return std::make_shared<const Item>(field_of(*object_, name));
}

Properties Properties::object(std::string_view name) const {
  return {part(name), *conditions_, presence_};
}

std::vector<Properties> Properties::objects(std::string_view name) const {
  std::vector<Properties> all;
  if (!has(name)) return all;
  const std::shared_ptr<const Item> list = part(name);
  for (const Element& element : elements_of(*list, *conditions_, presence_))
    all.push_back({std::shared_ptr<const Item>(list, element.item), *conditions_, element.presence});
  return all;
}

std::vector<stack::Dimension> Properties::pairs(std::string_view list, std::string_view name,
                                                std::string_view value) const {
  std::vector<stack::Dimension> all;
  for (const Properties& each : objects(list))
    all.push_back({only_under(each.presence(), each.required_text(name)),
                   only_under(each.presence(), each.required_text(value))});
  return all;
}

std::vector<stack::Dimension> Properties::map(std::string_view name) const {
  std::vector<stack::Dimension> all;
  const Item found = item(name);
  for (const Element& each : elements_of(found, *conditions_, presence_)) {
    for (const Field& field : each.item->fields)
      all.push_back({only_under(each.presence, TextValue(stack::Text(field.name), field.key)),
                     only_under(each.presence, to_text(field.value))});
    if (!each.item->is(Kind::object)) all.push_back({to_text(*each.item), to_text(*each.item)});
  }
  return all;
}

}  // namespace secretwatch::load
