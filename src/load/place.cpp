#include "load/place.h"

#include "stack/partition.h"

namespace secretwatch::load {

using stack::Pseudo;
using stack::Text;

Text region_of(const Place& place) {
  return place.region.empty() ? Text{Pseudo::region} : Text(place.region);
}

Text account_of(const Place& place) {
  return place.account.empty() ? Text{Pseudo::account} : Text(place.account);
}

Text partition_of(const Place& place) {
  return place.region.empty() ? Text{Pseudo::partition} : Text(stack::partition_of(place.region).name);
}

Text url_suffix_of(const Place& place) {
  return place.region.empty() ? Text{Pseudo::url_suffix} : Text(stack::partition_of(place.region).url_suffix);
}

stack::Scope scope_of(const Place& place) {
  stack::Scope scope;
  scope.account = account_of(place);
  scope.region = region_of(place);
  return scope;
}

}  // namespace secretwatch::load
