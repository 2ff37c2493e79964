#include "chain/readers.h"

#include <algorithm>
#include <iterator>
#include <set>

#include "chain/filter_set.h"
#include "chain/watch.h"

namespace secretwatch::chain {

using stack::ResourceId;

Readers::Readers(const World& world) {
  const auto& filters = world.stack().ids<stack::MetricFilter>();
  const std::size_t asked = world.asked();
  const auto& plain = world.table<JudgeOf<PlainFilters>>();
  const bool are_plain = world.asked() == asked;
  for (const ResourceId secret : world.stack().ids<stack::Secret>()) {
    const std::size_t before = world.asked();
    const events::Secret example = example_secret(world, secret);
    const bool is_plain = are_plain && world.asked() == before;
    std::set<ResourceId> may_read;  // by GetSecretValue
    std::set<ResourceId> may_read_in_batches;
    for (const ResourceId filter : filters)
      if (!is_plain || !plain.set.knows(filter)) may_read.insert(filter);
    if (is_plain)
      for (const events::Call& read : successful_reads())
        for (const ResourceId filter : plain.set.selecting(*plain.judge, record_of(example, read)))
          (read.event == "GetSecretValue" ? may_read : may_read_in_batches).insert(filter);
    for (const ResourceId filter : may_read) secrets_of_[filter].push_back(secret);
    std::vector<ResourceId>& all = filters_of_[secret];
    all.assign(may_read.begin(), may_read.end());
    std::set_difference(may_read_in_batches.begin(), may_read_in_batches.end(), may_read.begin(), may_read.end(),
                        std::back_inserter(all));
  }
}

}  // namespace secretwatch::chain
