#include "load/repetition.h"

#include <algorithm>
#include <functional>
#include <map>
#include <optional>

#include "hcl/convert.h"
#include "hcl/hcl.h"

namespace secretwatch::load {
namespace {

using hcl::Value;

/// When something is there: never, always, or under assumptions.
struct Presence {
  bool never = false;
  std::vector<Assumption> all{};
};

bool is_same(const std::vector<Assumption>& a, const std::vector<Assumption>& b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](const Assumption& x, const Assumption& y) {
    return x.holds == y.holds &&
           (x.condition == y.condition || (!x.condition->term.empty() && x.condition->term == y.condition->term));
  });
}

/// Over the leaves of a choice. What holds under several combinations of conditions is a condition of its own.
Presence presence_of(const Value& value, const std::function<Presence(const Value&)>& leaf) {
  const hcl::Choice* const choice = value.choice();
  if (choice == nullptr) return leaf(value);
  Presence then = presence_of(choice->then, leaf);
  Presence otherwise = presence_of(choice->otherwise, leaf);
  if (then.never && otherwise.never) return then;
  if (!then.never && !otherwise.never) {
    if (is_same(then.all, otherwise.all)) return then;
    const hcl::Condition opaque{{}, choice->condition->reason, choice->condition->where};
    return {false, {{std::make_shared<const hcl::Condition>(opaque), true}}};
  }
  Presence& there = then.never ? otherwise : then;
  there.all.insert(there.all.begin(), {choice->condition, otherwise.never});
  return there;
}

void each_leaf(const Value& value, const std::function<void(const Value&)>& visit) {
  if (value.choice() == nullptr) return visit(value);
  each_leaf(value.choice()->then, visit);
  each_leaf(value.choice()->otherwise, visit);
}

/// Why it is not known what a leaf holds, or what else it holds.
std::optional<hcl::Unknown> doubt_of(const Value& leaf) {
  if (leaf.unknown() != nullptr || leaf.reference() != nullptr) return hcl::why_unknown(leaf);
  if (leaf.sequence() != nullptr && leaf.sequence()->rest != nullptr) return *leaf.sequence()->rest;
  if (leaf.mapping() != nullptr && leaf.mapping()->rest != nullptr) return *leaf.mapping()->rest;
  return std::nullopt;
}

/// Adds the one that stands for all that nobody knows, if there is doubt in any leaf.
void add_one_for_many(Repetition& repetition, const char* key_word) {
  const Value& of = repetition.of;
  std::optional<hcl::Unknown> why;
  std::optional<Value> whole;
  each_leaf(of, [&](const Value& leaf) {
    if (why) return;
    why = doubt_of(leaf);
    if (why && leaf.reference() != nullptr) whole = leaf;
  });
  if (!why) return;
  const auto named = [&](const std::string& what) {
    hcl::Unknown unknown = *why;
    unknown.is_fault = false;
    unknown.term = why->term.empty() ? "" : what + " of (" + why->term + ")";
    return Value(std::move(unknown), of.span);
  };
  const hcl::Condition some{why->term.empty() ? "" : "some of (" + why->term + ")", why->reason, why->where};
  repetition.some = std::make_shared<const hcl::Condition>(some);
  const Presence presence = presence_of(of, [&](const Value& leaf) {
    return doubt_of(leaf) ? Presence{false, {{repetition.some, true}}} : Presence{true, {}};
  });
  repetition.all.push_back({named(key_word), whole ? *whole : named("value"), presence.all, true});
}

/// An item of a leaf, by what tells it apart from the others.
struct Slot {
  Value key;
  Value value;
};
using Slots = std::map<std::string, Slot>;

std::string place_name(std::size_t i) {
  std::string digits = std::to_string(i);
  return std::string(6 - std::min<std::size_t>(6, digits.size()), '0') + digits;
}

/// What `for_each` refuses or cannot know becomes unknown; a `dynamic` takes everything.
Value tidied(const Value& leaf, bool takes_lists, const Span& at) {
  if (leaf.is_null()) return hcl::fault(at, "what 'for_each' goes over is null");
  if (leaf.mapping() != nullptr)
    return leaf.mapping()->entries.size() > most_repetitions
               ? hcl::beyond(at, "it has more than {} entries", most_repetitions)
               : leaf;
  if (leaf.unknown() != nullptr || leaf.reference() != nullptr) return leaf;
  const hcl::Sequence* const sequence = leaf.sequence();
  if (sequence == nullptr || (!takes_lists && sequence->kind != hcl::Sequence::Kind::set))
    return hcl::fault(at, "'for_each' goes over a map or a set, not {}", hcl::kind_of(leaf));
  if (sequence->items.size() > most_repetitions) return hcl::beyond(at, "it has more than {} items", most_repetitions);
  if (takes_lists) return leaf;
  hcl::Sequence known{sequence->kind, {}, sequence->rest};
  for (const Value& item : sequence->items) {
    if (item.literal())
      known.items.push_back(item);
    else
      known.rest = std::make_shared<const hcl::Unknown>(
          item.has_unknown() ? hcl::why_unknown(item) : *hcl::fault(at, "an item is no string").unknown());
  }
  return Value(std::move(known), leaf.span);
}

Slots slots_of(const Value& leaf) {
  Slots slots;
  if (const hcl::Mapping* const mapping = leaf.mapping()) {
    for (const auto& [key, value] : mapping->entries) slots[key] = {Value::text(key, value.span), value};
  } else if (const hcl::Sequence* const sequence = leaf.sequence()) {
    for (std::size_t i = 0; i < sequence->items.size(); ++i) {
      const Value& item = sequence->items[i];
      const bool is_set = sequence->kind == hcl::Sequence::Kind::set;
      const Value place = sequence->rest == nullptr ? Value(hcl::Number(static_cast<std::int64_t>(i)), item.span)
                                                    : Value(*sequence->rest, item.span);
      slots[is_set && item.literal() ? *item.literal() : place_name(i)] = {is_set ? item : place, item};
    }
  }
  return slots;
}

/// Of each leaf of a value that stays where it is.
using LeafSlots = std::map<const Value*, Slots>;

Value slot_value(const Value& of, const LeafSlots& leaves, const std::string& name, Value Slot::*part, const Span& at) {
  return hcl::for_each_world(of, [&](const Value& leaf) {
    const Slots& slots = leaves.at(&leaf);
    const auto found = slots.find(name);
    return found == slots.end() ? hcl::fault(at, "there is no such item") : found->second.*part;
  });
}

std::optional<std::size_t> size_of_count(const Value& leaf) {
  const auto number = leaf.number() == nullptr ? std::nullopt : leaf.number()->integer();
  return number && *number >= 0 ? std::optional(static_cast<std::size_t>(*number)) : std::nullopt;
}

}  // namespace

std::string Repetition::suffix(std::size_t i) const {
  if (kind == Kind::once) return {};
  if (all[i].is_many) return "[*]";
  if (kind == Kind::count) return "[" + all[i].key.number()->print() + "]";
  return "[" + hcl::quote(all[i].key.literal().value_or("")) + "]";
}

Repetition once() {
  return {Repetition::Kind::once, {}, {Each{}}, {}};
}

Repetition repeat_count(const Value& count, const Span& at) {
  Repetition result{Repetition::Kind::count, {}, {}, {}};
  std::size_t most = 0;
  result.of = hcl::for_each_world(count, [&](const Value& leaf) {
    Value number = hcl::to_number(leaf, at);
    if (number.is_null()) return hcl::fault(at, "'count' is null");
    if (number.number() == nullptr) return number;
    const std::optional<std::size_t> size = size_of_count(number);
    if (!size) return hcl::fault(at, "'count' is no whole number from 0 on");
    if (*size > most_repetitions) return hcl::beyond(at, "'count' is greater than {}", most_repetitions);
    most = std::max(most, *size);
    return number;
  });
  for (std::size_t i = 0; i < most; ++i) {
    Each each{Value(hcl::Number(static_cast<std::int64_t>(i)), at), {}, {}, false};
    each.presence = presence_of(result.of, [&](const Value& leaf) {
                      return Presence{size_of_count(leaf).value_or(0) <= i, {}};
                    }).all;
    result.all.push_back(std::move(each));
  }
  add_one_for_many(result, "index");
  return result;
}

Repetition repeat_for_each(const Value& collection, bool takes_lists, const Span& at) {
  Repetition result{Repetition::Kind::for_each, {}, {}, {}};
  result.of = hcl::for_each_world(collection, [&](const Value& leaf) { return tidied(leaf, takes_lists, at); });
  LeafSlots leaves;
  each_leaf(result.of, [&](const Value& leaf) { leaves[&leaf] = slots_of(leaf); });
  Slots all;
  for (const auto& entry : leaves) all.insert(entry.second.begin(), entry.second.end());
  for (auto& [name, slot] : all) {
    Each each{slot.key, slot.value, {}, false};
    if (result.of.choice() != nullptr) {
      each.presence = presence_of(result.of, [&, &key = name](const Value& leaf) {
                        return Presence{!leaves.at(&leaf).contains(key), {}};
                      }).all;
      each.key = assume_all(slot_value(result.of, leaves, name, &Slot::key, at), each.presence);
      each.value = assume_all(slot_value(result.of, leaves, name, &Slot::value, at), each.presence);
    }
    result.all.push_back(std::move(each));
  }
  add_one_for_many(result, "key");
  return result;
}

Value value_of(const Repetition& repetition, const std::vector<Value>& each, const Span& at) {
  if (repetition.kind == Repetition::Kind::once) return each.front();
  const bool is_count = repetition.kind == Repetition::Kind::count;
  const Value none = is_count ? Value(hcl::Sequence{}, at) : Value(hcl::Mapping{}, at);
  return hcl::for_each_world(repetition.of, [&](const Value& leaf) {
    const std::optional<hcl::Unknown> doubt = doubt_of(leaf);
    if (leaf.unknown() != nullptr || leaf.reference() != nullptr) {
      if (leaf.has_fault()) return leaf;
      return hcl::choose(repetition.some, each.back(), none, at);
    }
    if (is_count) {
      const auto size = static_cast<std::ptrdiff_t>(size_of_count(leaf).value_or(0));
      return hcl::limited(Value(hcl::Sequence{hcl::Sequence::Kind::tuple, {each.begin(), each.begin() + size}}, at));
    }
    const Slots slots = slots_of(leaf);
    hcl::Mapping result;
    for (std::size_t i = 0; i < each.size(); ++i) {
      const auto name = repetition.all[i].is_many ? std::nullopt : repetition.all[i].key.literal();
      if (name && slots.contains(*name)) result.entries.emplace_back(*name, each[i]);
    }
    if (doubt) result.rest = std::make_shared<const hcl::Unknown>(*doubt);
    return hcl::limited(Value(std::move(result), at));
  });
}

Value assume_all(Value value, const std::vector<Assumption>& presence) {
  for (const Assumption& assumption : presence) value = hcl::assume(value, *assumption.condition, assumption.holds);
  return value;
}

}  // namespace secretwatch::load
