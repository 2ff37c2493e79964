#include "load/place.h"

#include <algorithm>

namespace secretwatch::load {
namespace {

using stack::Pseudo;
using stack::Text;

struct Partition {
  std::string_view prefix;  // of the region
  std::string_view name;
  std::string_view suffix;
};

/// Source: AWS SDK endpoint metadata, partitions.
constexpr Partition partitions[] = {{"cn-", "aws-cn", "amazonaws.com.cn"}, {"us-gov-", "aws-us-gov", "amazonaws.com"},
                                    {"eusc-", "aws-eusc", "amazonaws.eu"}, {"us-isob-", "aws-iso-b", "sc2s.sgov.gov"},
                                    {"us-iso-", "aws-iso", "c2s.ic.gov"},  {"", "aws", "amazonaws.com"}};

const Partition& partition_with(std::string_view region) {
  return *std::find_if(std::begin(partitions), std::end(partitions),
                       [&](const Partition& partition) { return region.starts_with(partition.prefix); });
}

}  // namespace

Text region_of(const Place& place) {
  return place.region.empty() ? Text{Pseudo::region} : Text(place.region);
}

Text account_of(const Place& place) {
  return place.account.empty() ? Text{Pseudo::account} : Text(place.account);
}

Text partition_of(const Place& place) {
  return place.region.empty() ? Text{Pseudo::partition} : Text(partition_with(place.region).name);
}

Text url_suffix_of(const Place& place) {
  return place.region.empty() ? Text{Pseudo::url_suffix} : Text(partition_with(place.region).suffix);
}

stack::Scope scope_of(const Place& place) {
  stack::Scope scope;
  scope.account = account_of(place);
  scope.region = region_of(place);
  scope.partition = partition_of(place);
  return scope;
}

}  // namespace secretwatch::load
