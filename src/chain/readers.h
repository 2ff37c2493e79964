#pragma once
/// Readers: which filters of a stack may select reads of which of its secrets, found in one pass instead of by trying
/// each with each.
///
///     for (const ResourceId filter : world.table<Readers>().filters_of(secret))
///       if (world.is_there(filter) && Watch(world, filter).read_of(example_secret(world, secret))) …
///
/// Whoever is not named selects none. Whether one that is named does, must be tried: it may rest on conditions.
#include <map>
#include <vector>

#include "chain/world.h"

namespace secretwatch::chain {

class Readers {
 public:
  static constexpr bool is_for_all_threads = true;

  explicit Readers(const World& world);

  /// In their order, but those that only count batches behind the others.
  const std::vector<stack::ResourceId>& filters_of(stack::ResourceId secret) const {
    return found(filters_of_, secret);
  }
  /// By GetSecretValue: a filter that counts every BatchGetSecretValue reads all of them so.
  const std::vector<stack::ResourceId>& secrets_of(stack::ResourceId filter) const {
    return found(secrets_of_, filter);
  }

 private:
  using Named = std::map<stack::ResourceId, std::vector<stack::ResourceId>>;
  const std::vector<stack::ResourceId>& found(const Named& named, stack::ResourceId id) const {
    const auto of = named.find(id);
    return of == named.end() ? none_ : of->second;
  }

  Named filters_of_;
  Named secrets_of_;
  std::vector<stack::ResourceId> none_;
};

}  // namespace secretwatch::chain
