#pragma once
/// Properties: an evaluated object of a template, read property by property into the stack's own types.
///
///     alarm.threshold = p.number("Threshold");
///     for (const Properties& each : p.objects("EventSelectors")) selectors.push_back(read_selector(each));
///
/// An absent property gives nothing; one that must be there and is not gives an unknown value that says so.
#include <string_view>
#include <vector>

#include "load/conditions.h"
#include "load/item.h"

namespace secretwatch::load {

class Properties {
 public:
  Properties(Item object, Conditions& conditions, stack::Presence presence = {})
      : object_(std::move(object)), conditions_(&conditions), presence_(presence) {}

  stack::OptionalText text(std::string_view name) const;
  stack::TextValue required_text(std::string_view name) const;
  stack::OptionalBoolean boolean(std::string_view name) const;
  stack::OptionalInteger integer(std::string_view name) const;
  stack::OptionalNumber number(std::string_view name) const;
  std::vector<stack::TextValue> texts(std::string_view name) const;
  std::optional<stack::Document> document(std::string_view name) const;
  stack::Policy policy(std::string_view name) const;
  std::vector<stack::Tag> tags() const;

  bool has(std::string_view name) const;
  Item item(std::string_view name) const { return field_of(object_, name); }
  /// An object inside; reading an absent one gives nothing.
  Properties object(std::string_view name) const { return {item(name), *conditions_, presence_}; }
  /// The objects of a list, each with the condition that it is there under.
  std::vector<Properties> objects(std::string_view name) const;
  /// [{Name, Value}], under whatever names.
  std::vector<stack::Dimension> pairs(std::string_view list, std::string_view name, std::string_view value) const;
  /// {name: value}
  std::vector<stack::Dimension> map(std::string_view name) const;

  /// This is not the object that it should be, but something unknown.
  const stack::Unknown* unknown() const { return object_.is(Item::Kind::unknown) ? &object_.unknown : nullptr; }
  const stack::Presence& presence() const { return presence_; }
  const Span& span() const { return object_.span; }
  const Item& whole() const { return object_; }
  Conditions& conditions() const { return *conditions_; }

 private:
  Item object_;
  Conditions* conditions_;
  stack::Presence presence_;
};

/// The elements of a list, one by one, each with its condition. A single value counts as a list of one.
struct Element {
  Item item;
  stack::Presence presence{};
};
std::vector<Element> elements_of(const Item& list, Conditions& conditions, stack::Presence presence = {});

stack::Policy to_policy(const Item& document, Conditions& conditions);

}  // namespace secretwatch::load
