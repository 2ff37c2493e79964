#pragma once
/// Properties: an evaluated object of a template, read property by property into the stack's own types.
///
///     alarm.threshold = p.number("Threshold");
///     for (const Properties& each : p.objects("EventSelectors")) selectors.push_back(read_selector(each));
///
/// An absent property gives nothing; one that must be there and is not gives an unknown value that says so.
#include <memory>
#include <string_view>
#include <vector>

#include "load/conditions.h"
#include "load/item.h"

namespace secretwatch::load {

class Properties {
 public:
  Properties(Item object, Conditions& conditions, stack::Presence presence = {})
      : Properties(std::make_shared<const Item>(std::move(object)), conditions, presence) {}

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
  Item item(std::string_view name) const { return field_of(*object_, name); }
  /// An object inside; reading an absent one gives nothing.
  Properties object(std::string_view name) const;
  /// The objects of a list, each with the condition that it is there under.
  std::vector<Properties> objects(std::string_view name) const;
  /// [{Name, Value}], under whatever names.
  std::vector<stack::Dimension> pairs(std::string_view list, std::string_view name, std::string_view value) const;
  /// {name: value}
  std::vector<stack::Dimension> map(std::string_view name) const;

  /// This is not the object that it should be, but something unknown.
  const stack::Unknown* unknown() const { return object_->is(Item::Kind::unknown) ? &object_->unknown : nullptr; }
  const stack::Presence& presence() const { return presence_; }
  const Span& span() const { return object_->span; }
  const Item& whole() const { return *object_; }
  Conditions& conditions() const { return *conditions_; }

 private:
  Properties(std::shared_ptr<const Item> object, Conditions& conditions, stack::Presence presence)
      : object_(std::move(object)), conditions_(&conditions), presence_(presence) {}

  template <class T, class Convert>
  std::optional<stack::Value<T>> optional(std::string_view name, const Convert& convert) const {
    return with_field(*object_, name, [&](const Item& found, const Span& key) {
      return found.is(Item::Kind::absent) ? std::nullopt : std::optional<stack::Value<T>>(convert(found, key));
    });
  }
  /// An item inside, which keeps the whole.
  std::shared_ptr<const Item> part(std::string_view name) const;

  std::shared_ptr<const Item> object_;
  Conditions* conditions_;
  stack::Presence presence_;
};

/// The elements of a list, one by one, each with its condition. A single value counts as a list of one.
struct Element {
  const Item* item = nullptr;  // in the list
  stack::Presence presence{};
};
std::vector<Element> elements_of(const Item& list, Conditions& conditions, stack::Presence presence = {});
std::vector<Element> elements_of(Item&& list, Conditions& conditions, stack::Presence presence = {}) = delete;

stack::Policy to_policy(const Item& document, Conditions& conditions);

}  // namespace secretwatch::load
