#include "chain/filter_set.h"

#include <algorithm>

#include <fmt/format.h>

namespace secretwatch::chain {

using stack::ResourceId;

FilterSet::FilterSet(const World& world, bool is_chosen) {
  std::vector<const pattern::Filter*> patterns;
  for (const ResourceId id : world.stack().ids<stack::MetricFilter>()) {
    const auto& filter = std::get<stack::MetricFilter>(world.stack()[id].body);
    if ((filter.pattern.choice() != nullptr) != is_chosen) continue;
    std::shared_ptr<const FilterPattern> read = read_pattern(world, id);
    if (read == nullptr) unknown_.push_back(id);
    if (read == nullptr || !read->pattern) continue;
    for (const NamedSecret& named : read->secrets)
      known_.emplace(named.secret.name, Known{readable_.size(), &named.secret});
    if (read->text.open() != nullptr) with_holes_.push_back(readable_.size());
    patterns.push_back(read->pattern.get());
    readable_.push_back(std::move(read));
  }
  index_ = std::make_unique<pattern::FilterIndex>(patterns);
}

bool FilterSet::select(pattern::FilterIndex::Judge& judge, const Records& records, const events::Secret& secret,
                       const events::Call& call, const Takes& takes) const {
  if (readable_.empty()) return false;
  for (const pattern::FilterIndex::FilterId found : judge.select(records.of(secret, call).text()))
    if (takes(readable_[found]->id)) return true;
  const auto [begin, end] = known_.equal_range(secret.name);
  return std::any_of(begin, end, [&](const auto& known) {
    const FilterPattern& filter = *readable_[known.second.filter];
    return *known.second.secret != secret && filter.matcher->matches(records.of(*known.second.secret, call)) &&
           takes(filter.id);
  });
}

std::vector<ResourceId> FilterSet::selecting(pattern::FilterIndex::Judge& judge, std::string_view record) const {
  std::vector<ResourceId> all;
  for (const pattern::FilterIndex::FilterId found : judge.select(record)) all.push_back(readable_[found]->id);
  return all;
}

bool FilterSet::knows(ResourceId filter) const {
  const auto is_before = [](const std::shared_ptr<const FilterPattern>& read, ResourceId id) { return read->id < id; };
  const auto at = std::lower_bound(readable_.begin(), readable_.end(), filter, is_before);
  return at != readable_.end() && (*at)->id == filter;
}

std::optional<std::string> FilterSet::why_open(const World& world, const Takes& takes) const {
  for (const ResourceId id : unknown_)
    if (takes(id)) return fmt::format("the pattern of filter '{}' is not known", world.stack()[id].address);
  for (const std::size_t number : with_holes_)
    if (takes(readable_[number]->id))
      return fmt::format("another filter may select it: {}", readable_[number]->text.open()->reason);
  return std::nullopt;
}

}  // namespace secretwatch::chain
