/// Functions of sets, and products.
#include <algorithm>

#include "hcl/functions.h"

namespace secretwatch::hcl {
namespace {

/// The arguments as sets; nothing when one is not wholly known, since what is in both is then not known.
std::optional<std::vector<Value>> known_sets(Arguments& call) {
  std::vector<Value> sets;
  for (std::size_t i = 0; i < call.count(); ++i) {
    if (call.sequence(i) == nullptr) return std::nullopt;
    sets.push_back(to_sequence(call.values[i], Sequence::Kind::set, call.at));
  }
  return sets;
}

/// Is the value in the set? Undecided where something is not known.
Equality is_in(const Value& value, const Sequence& set) {
  Equality result = Equality::different;
  for (const Value& item : set.items) {
    const Equality equality = compare(value, item);
    if (equality == Equality::equal) return equality;
    if (equality == Equality::undecided) result = equality;
  }
  return result;
}

Value set_union(Arguments& call) {
  std::vector<Value> items;
  std::shared_ptr<const Unknown> rest;
  for (std::size_t i = 0; i < call.count(); ++i) {
    const Sequence* set = call.open_sequence(i);
    if (set == nullptr) return call.failure();
    items.insert(items.end(), set->items.begin(), set->items.end());
    if (set->rest != nullptr) rest = set->rest;
  }
  return make_set(std::move(items), std::move(rest), call.at);
}

/// Items of the first set that are in all others, or in none of them.
template <bool in_others>
Value filtered(Arguments& call) {
  const auto sets = known_sets(call);
  if (!sets) return call.failure();
  std::vector<Value> items;
  std::shared_ptr<const Unknown> rest;
  for (const Value& item : (*sets)[0].sequence()->items) {
    bool stays = true;
    for (std::size_t i = 1; i < sets->size() && stays; ++i) {
      const Equality found = is_in(item, *(*sets)[i].sequence());
      if (found == Equality::undecided)
        rest = std::make_shared<const Unknown>(why_unknown(item.has_unknown() ? item : (*sets)[i]));
      stays = found == (in_others ? Equality::equal : Equality::different);
    }
    if (stays) items.push_back(item);
  }
  return make_set(std::move(items), std::move(rest), call.at);
}

Value set_product(Arguments& call) {
  std::vector<std::vector<Value>> rows{{}};
  bool is_set = true;
  std::size_t size = 1;
  for (std::size_t i = 0; i < call.count(); ++i) {
    const Sequence* list = call.sequence(i);
    if (list == nullptr) return call.failure();
    is_set = is_set && list->kind == Sequence::Kind::set;
    size *= std::max<std::size_t>(1, list->items.size());
    if (size > greatest_size / 8 || !call.bounds.spend(size))
      return beyond(call.at, "the value is too large to be worked out");
    std::vector<std::vector<Value>> longer;
    for (const std::vector<Value>& row : rows)
      for (const Value& item : list->items) {
        longer.push_back(row);
        longer.back().push_back(item);
      }
    rows = std::move(longer);
  }
  std::vector<Value> items;
  for (std::vector<Value>& row : rows)
    items.emplace_back(Sequence{Sequence::Kind::tuple, std::move(row), nullptr}, call.at);
  const auto kind = is_set ? Sequence::Kind::set : Sequence::Kind::list;
  return limited(Value(Sequence{kind, std::move(items), nullptr}, call.at));
}

}  // namespace

const std::vector<Function> set_functions = {
    {"setintersection", 1, any_number, filtered<true>},
    {"setproduct", 2, any_number, set_product},
    {"setsubtract", 2, 2, filtered<false>},
    {"setunion", 1, any_number, set_union},
};

}  // namespace secretwatch::hcl
