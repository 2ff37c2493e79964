#include "load/terraform.h"

namespace secretwatch::load {

stack::Stack to_stack(const Configuration& configuration, const Place& place) {
  stack::Stack stack;
  stack.spec_hash = configuration.spec_hash;
  stack.scopes.clear();
  for (const Provider& provider : configuration.providers) {
    stack::Scope scope;
    if (provider.name != "aws") scope.provider = provider.name;
    if (!place.region.empty()) scope.region = stack::Text(place.region);
    if (!place.account.empty()) scope.account = stack::Text(place.account);
    stack.scopes.push_back(std::move(scope));
  }
  for (const Unread& unread : configuration.unread) stack.gaps.push_back({unread.reason, unread.span});
  return stack;
}

}  // namespace secretwatch::load
