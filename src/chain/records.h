#pragma once
/// Records: the CloudTrail records of calls, each written and read once: filters ask for the same ones.
///
///     const auto& records = world.table<Records>();
///     matcher.matches(records.of(secret, {"GetSecretValue", events::Naming::arn}));
#include <map>

#include "chain/world.h"
#include "events/canonical.h"
#include "pattern/prepared_message.h"

namespace secretwatch::chain {

class Records {
 public:
  explicit Records(const World&) {}

  const pattern::PreparedMessage& of(const events::Secret& secret, const events::Call& call) const;
  /// That of the same caller's call of another service.
  const pattern::PreparedMessage& elsewhere(const events::Secret& secret, const events::Call& call) const;

 private:
  using Known = std::map<std::pair<events::Secret, events::Call>, pattern::PreparedMessage>;
  mutable Known of_;
  mutable Known elsewhere_;
};

}  // namespace secretwatch::chain
