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
      all.push_back({item, presence});
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
  const Item found = item(name);
  return found.is(Kind::absent) ? stack::OptionalText() : to_text(found);
}

TextValue Properties::required_text(std::string_view name) const {
  const Item found = item(name);
  if (!found.is(Kind::absent)) return to_text(found);
  return {Unknown{fmt::format("'{}' is not written", name)}, object_.span};
}

stack::OptionalBoolean Properties::boolean(std::string_view name) const {
  const Item found = item(name);
  return found.is(Kind::absent) ? stack::OptionalBoolean() : to_boolean(found);
}

stack::OptionalInteger Properties::integer(std::string_view name) const {
  const Item found = item(name);
  return found.is(Kind::absent) ? stack::OptionalInteger() : to_integer(found);
}

stack::OptionalNumber Properties::number(std::string_view name) const {
  const Item found = item(name);
  return found.is(Kind::absent) ? stack::OptionalNumber() : to_number(found);
}

std::vector<TextValue> Properties::texts(std::string_view name) const {
  return to_texts(item(name));
}

std::optional<stack::Document> Properties::document(std::string_view name) const {
  const Item found = item(name);
  return found.is(Kind::absent) ? std::nullopt : std::optional(to_document(found));
}

stack::Policy Properties::policy(std::string_view name) const {
  return to_policy(item(name), *conditions_);
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
  return !item(name).is(Kind::absent);
}

std::vector<Properties> Properties::objects(std::string_view name) const {
  std::vector<Properties> all;
  for (Element& element : elements_of(item(name), *conditions_, presence_))
    all.emplace_back(std::move(element.item), *conditions_, element.presence);
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
  for (const Element& each : elements_of(item(name), *conditions_, presence_)) {
    for (const Field& field : each.item.fields)
      all.push_back({only_under(each.presence, TextValue(stack::Text(field.name), field.key)),
                     only_under(each.presence, to_text(field.value))});
    if (!each.item.is(Kind::object)) all.push_back({to_text(each.item), to_text(each.item)});
  }
  return all;
}

}  // namespace secretwatch::load
