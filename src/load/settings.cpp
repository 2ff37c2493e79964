#include "load/settings.h"

#include <algorithm>

#include "load/evaluator.h"
#include "load/properties.h"

namespace secretwatch::load {
namespace {

using Kind = Item::Kind;

std::string key_of(std::string_view type, const stack::Text& name) {
  const std::string text = spelled(name);
  return text.empty() ? std::string() : std::string(type) + " " + text;
}

/// Where the setting is there it counts, elsewhere what was there before.
Item overridden(Item before, Item by, const stack::Presence& presence) {
  if (!presence) return by;
  const Span span = by.span;
  return choice_item(*presence, std::move(by), std::move(before), span);
}

}  // namespace

void Owners::add(std::string_view type, const Item& name, stack::ResourceId id) {
  types_.emplace(static_cast<std::uint32_t>(id), type);
  if (!name.is(Kind::text)) return;
  if (std::string key = key_of(type, name.text); !key.empty()) by_name_.emplace(std::move(key), id);
}

std::vector<Owners::Answer> Owners::find(std::string_view type, const Item& names, Conditions& conditions,
                                         bool& is_whole) const {
  std::vector<Answer> all;
  is_whole = true;
  for (const Element& each : elements_of(names, conditions)) {
    if (!each.item->is(Kind::text)) {
      is_whole = false;
      continue;
    }
    const std::vector<stack::Part>& parts = each.item->text.parts();
    const auto* const ref = parts.size() == 1 ? std::get_if<stack::Ref>(&parts.front()) : nullptr;
    if (ref != nullptr) {
      const auto known = types_.find(static_cast<std::uint32_t>(ref->target));
      if (known != types_.end() && known->second == type) all.push_back({each.presence, ref->target});
      continue;
    }
    const auto named = by_name_.find(key_of(type, each.item->text));
    if (named != by_name_.end()) {
      all.push_back({each.presence, named->second});
    } else if (!each.item->literal()) {
      is_whole = false;
    }
  }
  return all;
}

void add_fields(Item& owner, const Item& setting, const stack::Presence& presence) {
  for (const Field& field : setting.fields) {
    const auto known = std::find_if(owner.fields.begin(), owner.fields.end(),
                                    [&](const Field& each) { return each.name == field.name; });
    const bool is_list = field.name == "Policies" || field.name == "ManagedPolicyArns" || field.name == "Targets";
    Item nothing = absent_item(field.value.span);
    if (known == owner.fields.end()) {
      owner.fields.push_back({field.name, field.key, overridden(std::move(nothing), field.value, presence)});
    } else if (is_list) {
      std::vector<Item> both;
      both.push_back(std::move(known->value));
      both.push_back(overridden(std::move(nothing), field.value, presence));
      const Span span = field.value.span;
      known->value = list_item(std::move(both), span);
    } else {
      known->value = overridden(std::move(known->value), field.value, presence);
    }
  }
}

}  // namespace secretwatch::load
