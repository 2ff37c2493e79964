#pragma once
/// NameIndex: resources by the names that they have. Most names are literal, and so need not be compared one by one.
///
///     NameIndex index;
///     index.add(alarm, {"prod-reads"});
///     index.add(other, {std::nullopt});     // a name that is not literal
///     index.candidates("prod-reads");       // both; of "dev-reads" the other
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "stack/stack.h"

namespace secretwatch::chain {

class NameIndex {
 public:
  using Name = std::optional<std::string>;  // nothing: it is not literal

  /// In the order of the resources, each once.
  void add(stack::ResourceId id, const std::vector<Name>& names);

  /// Those that may have the name, in order.
  std::vector<stack::ResourceId> candidates(const Name& name) const;

 private:
  std::map<std::string, std::vector<stack::ResourceId>, std::less<>> by_name_;
  std::vector<stack::ResourceId> open_;
  std::vector<stack::ResourceId> all_;
};

}  // namespace secretwatch::chain
