#include "chain/records.h"

#include <algorithm>
#include <functional>
#include <string_view>
#include <utility>

#include "pattern/utf8.h"

namespace secretwatch::chain {

using events::Call;
using events::Secret;
using pattern::PreparedMessage;

/// Calls of one secret differ in little.
std::size_t Records::Hash::operator()(const Asked& asked) const {
  const Call& call = asked.call;
  std::size_t hash = std::hash<std::string_view>()(asked.secret.name) + call.event.size();
  for (const int part : {static_cast<int>(call.naming), static_cast<int>(call.caller), static_cast<int>(call.client),
                         static_cast<int>(call.is_refused)})
    hash = hash * 31 + static_cast<std::size_t>(part);
  return hash;
}

const PreparedMessage& Records::keep(Known& known, Key key, PreparedMessage record) {
  constexpr std::size_t most = 64;
  if (known.size() == most) known.clear();
  return known.emplace(std::move(key), std::move(record)).first->second;
}

pattern::Json Records::fill(const events::RecordParts& parts) const {
  // What is no text is written as replacement characters.
  if (!std::all_of(parts.values.begin(), parts.values.end(), pattern::is_utf8))
    return *pattern::read_json(parts.form->fill(parts.values));
  auto form = forms_.find(parts.form);
  if (form == forms_.end())
    form = forms_.emplace(parts.form, pattern::JsonForm(parts.form->text(), parts.form->marks())).first;
  return form->second.fill(parts.values);
}

PreparedMessage Records::prepare(events::RecordParts parts) const {
  pattern::Json json = fill(parts);
  return {std::move(json), [parts = std::move(parts)] { return parts.form->fill(parts.values); }};
}

const PreparedMessage& Records::of(const Secret& secret, const Call& call) const {
  if (const auto known = of_.find(Asked{secret, call}); known != of_.end()) return known->second;
  return keep(of_, {secret, call}, prepare(parts_of_record(secret, call)));
}

const PreparedMessage& Records::elsewhere(const Secret& secret, const Call& call) const {
  Key key{secret, call};
  key.secret.name = {};  // of which it tells nothing
  if (const auto known = elsewhere_.find(key); known != elsewhere_.end()) return known->second;
  PreparedMessage record = prepare(parts_of_record_elsewhere(key.secret, call));
  return keep(elsewhere_, std::move(key), std::move(record));
}

}  // namespace secretwatch::chain
