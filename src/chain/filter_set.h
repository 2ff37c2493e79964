#pragma once
/// FilterSet: the metric filters of a stack, whether they are there or not, held against a record in one pass.
///
///     const auto& filters = world.table<PlainFilters>();
///     filters.select(records, secret, call, [&](ResourceId id) { return world.is_there(id); });
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "chain/filter_pattern.h"
#include "chain/records.h"
#include "pattern/index.h"

namespace secretwatch::chain {

class FilterSet {
 public:
  using Takes = std::function<bool(stack::ResourceId)>;

  /// Those whose pattern is, or is not, chosen by a condition.
  FilterSet(const World& world, bool is_chosen);

  /// Does one that is taken select the call of the secret, or of what its pattern says of one of that name?
  bool select(const Records& records, const events::Secret& secret, const events::Call& call, const Takes& takes) const;

  /// Why it is not known what one that is taken selects; nothing: of all it is.
  std::optional<std::string> why_open(const World& world, const Takes& takes) const;

 private:
  struct Known {
    std::size_t filter;
    const events::Secret* secret;  // in what was read of the filter
  };

  std::vector<std::shared_ptr<const FilterPattern>> readable_;
  std::multimap<std::string, Known> known_;  // by the secret's name
  std::vector<stack::ResourceId> unknown_;
  std::vector<std::size_t> with_holes_;
  std::unique_ptr<pattern::FilterIndex> index_;
  std::unique_ptr<pattern::FilterIndex::Judge> judge_;
};

/// These are the same in all the worlds of a stack.
struct PlainFilters : FilterSet {
  explicit PlainFilters(const World& world) : FilterSet(world, false) {}
};
struct ChosenFilters : FilterSet {
  explicit ChosenFilters(const World& world) : FilterSet(world, true) {}
};

}  // namespace secretwatch::chain
