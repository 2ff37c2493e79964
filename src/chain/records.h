#pragma once
/// Records: the CloudTrail records of calls, of which the last ones are kept: a filter asks for the same ones again and
/// again.
///
///     const auto& records = world.table<Records>();
///     matcher.matches(records.of(secret, {"GetSecretValue", events::Naming::arn}));
#include <cstddef>
#include <map>
#include <memory>
#include <unordered_map>

#include "chain/world.h"
#include "events/canonical.h"
#include "pattern/json_form.h"
#include "pattern/prepared_message.h"

namespace secretwatch::chain {

class Records {
 public:
  explicit Records(const World&) {}

  /// Good until the next call.
  const pattern::PreparedMessage& of(const events::Secret& secret, const events::Call& call) const;
  /// That of the same caller's call of another service. Good until the next call.
  const pattern::PreparedMessage& elsewhere(const events::Secret& secret, const events::Call& call) const;

 private:
  struct Key {
    events::Secret secret;
    events::Call call;
  };
  /// A key that is looked for.
  struct Asked {
    const events::Secret& secret;
    const events::Call& call;
  };
  struct Hash {
    using is_transparent = void;
    std::size_t operator()(const Asked& asked) const;
    std::size_t operator()(const Key& key) const { return (*this)(Asked{key.secret, key.call}); }
  };
  struct Equal {
    using is_transparent = void;
    template <class A, class B>
    bool operator()(const A& a, const B& b) const {
      return a.call == b.call && a.secret == b.secret;
    }
  };
  using Known = std::unordered_map<Key, pattern::PreparedMessage, Hash, Equal>;

  static const pattern::PreparedMessage& keep(Known& known, Key key, pattern::PreparedMessage record);
  pattern::Json fill(const events::RecordParts& parts) const;
  pattern::PreparedMessage prepare(events::RecordParts parts) const;

  mutable std::map<std::shared_ptr<const events::RecordForm>, pattern::JsonForm> forms_;
  mutable Known of_;
  mutable Known elsewhere_;
};

}  // namespace secretwatch::chain
