#pragma once
/// Recipients: where an alarm that watches a log, or an event rule for secrets, sends what it has to tell.
#include <memory>
#include <string_view>
#include <vector>

#include "chain/reach.h"

namespace secretwatch::lint::rules {

struct Recipient {
  stack::Text arn;
  Span place;                 // where that is said
  chain::Sender sender;       // to a topic or queue
  chain::Sender caller;       // of a function
  std::string_view who;       // alarm, rule
  bool has_own_role = false;  // it sends with a role of the account
};

/// None of anything else. What is not known is left out. Worked out once.
std::shared_ptr<const std::vector<Recipient>> recipients_of(const chain::World& world, stack::ResourceId sender);

}  // namespace secretwatch::lint::rules
