#pragma once
/// FilterSet: the metric filters of a stack, whether they are there or not, held against a record in one pass.
///
///     const auto& filters = world.table<JudgeOf<PlainFilters>>();
///     filters.set.select(*filters.judge, records, secret, call, [&](ResourceId id) { return world.is_there(id); });
///
/// It never changes and may be used by several threads, each with a judge of its own.
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
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

  const pattern::FilterIndex& index() const { return *index_; }

  /// Does one that is taken select the call of the secret, or of what its pattern says of one of that name? `judge`
  /// must be one of the index.
  bool select(pattern::FilterIndex::Judge& judge, const Records& records, const events::Secret& secret,
              const events::Call& call, const Takes& takes) const;

  /// Those whose pattern selects a record.
  std::vector<stack::ResourceId> selecting(pattern::FilterIndex::Judge& judge, std::string_view record) const;
  /// Is it one of those whose pattern can be read?
  bool knows(stack::ResourceId filter) const;

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
};

/// These are the same in all the worlds of a stack.
struct PlainFilters : FilterSet {
  static constexpr bool is_for_all_threads = true;
  explicit PlainFilters(const World& world) : FilterSet(world, false) {}
};
struct ChosenFilters : FilterSet {
  explicit ChosenFilters(const World& world) : FilterSet(world, true) {}
};

/// A set, and a judge of its index for one thread.
template <class Set>
struct JudgeOf {
  explicit JudgeOf(const World& world)
      : set(world.table<Set>()), judge(std::make_unique<pattern::FilterIndex::Judge>(set.index())) {}
  const Set& set;
  std::unique_ptr<pattern::FilterIndex::Judge> judge;
};

}  // namespace secretwatch::chain
