#include "load/given.h"

#include <algorithm>

namespace secretwatch::load {
namespace {

using Kind = Item::Kind;

/// In a branch in which nothing is given, the parameter's own default counts.
Item with_default(const Item& given, const std::optional<std::string>& otherwise) {
  if (given.is(Kind::absent))
    return otherwise ? text_item(*otherwise, given.span) : unknown_item("the parameter is not given", given.span);
  Item item = given;
  if (item.is(Kind::choice))
    for (Item& branch : item.items) branch = with_default(branch, otherwise);
  return item;
}

/// A list is given as one text with commas; names and ARNs hold none.
Item parted(const Item& given) {
  if (given.is(Kind::list)) return given;
  const auto may_hold_commas = [](const stack::Part& part) {
    return std::holds_alternative<stack::Unknown>(part) || std::holds_alternative<stack::ParameterId>(part);
  };
  const std::vector<stack::Part>& parts = given.text.parts();
  if (!given.is(Kind::text) || std::any_of(parts.begin(), parts.end(), may_hold_commas))
    return unknown_item("the list is not known", given.span);
  std::vector<Item> items;
  for (const stack::Text& piece : split_text(given.text, ",")) items.push_back(text_item(piece, given.span));
  return list_item(std::move(items), given.span);
}

/// With the parent's parameters in the place of their defaults.
Item opened(const Item& given) {
  Item item = given;
  for (Item& each : item.items) each = opened(each);
  if (item.is(Kind::text) && item.parameter && item.origin == stack::Origin::parameter_default)
    return text_item(stack::Text{*item.parameter}, item.span);
  return item;
}

}  // namespace

void take_given(const Item& given, bool is_open, ParameterState& state) {
  const Item item = is_open ? opened(given) : given;
  const std::optional<std::string> literal = item.literal();
  const std::optional<std::string> otherwise = state.value;
  state.value = literal;
  state.origin = stack::Origin::given;
  state.item.reset();
  if (!literal && state.is_list) state.item = parted(item);
  if (!literal && !state.is_list) state.item = with_default(item, otherwise);
}

}  // namespace secretwatch::load
