#include "chain/records.h"

namespace secretwatch::chain {

using events::Call;
using events::Secret;
using pattern::PreparedMessage;

const PreparedMessage& Records::of(const Secret& secret, const Call& call) const {
  std::pair key(secret, call);
  const auto known = of_.find(key);
  if (known != of_.end()) return known->second;
  return of_.emplace(std::move(key), PreparedMessage(record_of(secret, call))).first->second;
}

const PreparedMessage& Records::elsewhere(const Secret& secret, const Call& call) const {
  std::pair key(secret, call);
  key.first.name = {};  // of which it tells nothing
  const auto known = elsewhere_.find(key);
  if (known != elsewhere_.end()) return known->second;
  return elsewhere_.emplace(std::move(key), PreparedMessage(record_elsewhere(secret, call))).first->second;
}

}  // namespace secretwatch::chain
