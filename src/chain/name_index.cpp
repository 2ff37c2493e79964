#include "chain/name_index.h"

#include <algorithm>
#include <iterator>

namespace secretwatch::chain {

using stack::ResourceId;

void NameIndex::add(ResourceId id, const std::vector<Name>& names) {
  all_.push_back(id);
  if (std::find(names.begin(), names.end(), std::nullopt) != names.end()) {
    open_.push_back(id);
    return;
  }
  for (const Name& name : names)
    if (std::vector<ResourceId>& same = by_name_[*name]; same.empty() || same.back() != id) same.push_back(id);
}

std::vector<ResourceId> NameIndex::candidates(const Name& name) const {
  if (!name) return all_;
  const auto named = by_name_.find(*name);
  if (named == by_name_.end()) return open_;
  std::vector<ResourceId> found;
  std::merge(named->second.begin(), named->second.end(), open_.begin(), open_.end(), std::back_inserter(found));
  return found;
}

}  // namespace secretwatch::chain
