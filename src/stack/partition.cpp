#include "stack/partition.h"

#include <algorithm>
#include <iterator>

namespace secretwatch::stack {
namespace {

struct Place {
  std::string_view prefix;  // of the region
  Partition partition;
};

constexpr Place places[] = {{"cn-", {"aws-cn", "amazonaws.com.cn"}}, {"us-gov-", {"aws-us-gov", "amazonaws.com"}},
                            {"eusc-", {"aws-eusc", "amazonaws.eu"}}, {"us-isob-", {"aws-iso-b", "sc2s.sgov.gov"}},
                            {"us-iso-", {"aws-iso", "c2s.ic.gov"}},  {"", {"aws", "amazonaws.com"}}};

}  // namespace

Partition partition_of(std::string_view region) {
  return std::find_if(std::begin(places), std::end(places),
                      [&](const Place& place) { return region.starts_with(place.prefix); })
      ->partition;
}

Text partition_of(const Scope& scope) {
  const auto region = scope.region.literal();
  return region ? Text(partition_of(*region).name) : Text{Pseudo::partition};
}

Text url_suffix_of(const Scope& scope) {
  const auto region = scope.region.literal();
  return region ? Text(partition_of(*region).url_suffix) : Text{Pseudo::url_suffix};
}

}  // namespace secretwatch::stack
