#pragma once
/// Item: a property of a template after its functions were evaluated, before it becomes a property of the stack.
///
///     AlarmActions: !If [HasTopic, [!Ref Topic], !Ref AWS::NoValue]
///     →  choice(HasTopic, list(text(Ref Topic)), absent)
///
/// Everything a template can write is one of six kinds. A choice stands where a condition is not decided; it may stand
/// anywhere, so who reads an item goes through the functions below, which look into both branches.
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "stack/resource.h"

namespace secretwatch::load {

struct Field;

struct Item {
  enum class Kind { absent, text, list, object, choice, unknown };
  Kind kind = Kind::absent;
  Span span{};
  Span key{};  // of the property that holds it
  stack::Text text{};
  stack::Origin origin = stack::Origin::literal;
  std::optional<stack::ParameterId> parameter{};  // that a known text came from
  stack::Unknown unknown{};  // of unknown; of an object that is open, and of a text that is one parameter, why
  bool is_open = false;      // of an object: there may be more fields than these
  std::shared_ptr<const Item> document{};  // of a text that is JSON: what it says, where that is known
  stack::ConditionId condition{};
  std::vector<Item> items{};  // of a list; of a choice two
  std::vector<Field> fields;

  bool is(Kind wanted) const { return kind == wanted; }
  /// The literal text, when it is one.
  std::optional<std::string> literal() const;
};

struct Field {
  std::string name;
  Span key;
  Item value;
};

Item absent_item(const Span& span);
Item text_item(stack::Text text, const Span& span);
Item list_item(std::vector<Item> items, const Span& span);
Item unknown_item(stack::Unknown unknown, const Span& span);
Item unknown_item(std::string reason, const Span& span);
Item object_item(std::vector<Field> fields, const Span& span);
/// Of two branches, unless they are both absent.
Item choice_item(stack::ConditionId condition, Item then, Item otherwise, const Span& span);

/// A field of an object, in each branch; absent when there is none, unknown when this is no object.
Item field_of(const Item& object, std::string_view name);
/// Null: none is written, or which one it is depends on a condition.
const Field* find_field(const Item& object, std::string_view name);
/// What a function makes of field_of() and of where its name stands, without a copy of what is written.
template <class Read>
auto with_field(const Item& object, std::string_view name, const Read& read) {
  if (const Field* const field = find_field(object, name)) return read(field->value, field->key);
  const Item made = field_of(object, name);
  return read(made, made.key);
}

/// What a function makes of each leaf of lists and branches, side by side; that of a branch is there in that branch.
using Leaf = std::function<std::vector<Item>(const Item&)>;
std::vector<Item> spread(const Item& item, const Leaf& leaf);
/// A list of one; moved, where braces would copy.
std::vector<Item> single(Item only);

/// The first condition that the item or an element of it depends on.
std::optional<stack::ConditionId> find_choice(const Item& item);

/// The item in the worlds in which the condition is so. Elements that are absent there are left out.
Item restrict_to(const Item& item, stack::ConditionId condition, bool holds);

// Values, each with the place of its property's name.
stack::TextValue to_text(const Item& item, const Span& key);
stack::Value<bool> to_boolean(const Item& item, const Span& key);
stack::Value<std::int64_t> to_integer(const Item& item, const Span& key);
stack::Value<double> to_number(const Item& item, const Span& key);
/// Single values count as lists of one; an unknown list is a list of one unknown value.
std::vector<stack::TextValue> to_texts(const Item& item, const Span& key);
inline stack::TextValue to_text(const Item& item) {
  return to_text(item, item.key);
}
inline std::vector<stack::TextValue> to_texts(const Item& item) {
  return to_texts(item, item.key);
}
stack::Document to_document(const Item& item);

/// true, True, "true", yes, on: what CloudFormation takes for a boolean.
std::optional<bool> boolean_of(std::string_view text);

}  // namespace secretwatch::load
