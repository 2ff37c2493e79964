#pragma once
/// Filter pattern: what the pattern of a metric filter says, read once for all that ask.
///
///     const auto read = read_pattern(world, filter_id);
///     if (read != nullptr && read->pattern) …read->leaves…
#include <memory>
#include <optional>
#include <vector>

#include "base/expected.h"
#include "chain/named_secrets.h"
#include "pattern/leaves.h"
#include "pattern/matcher.h"

namespace secretwatch::chain {

struct FilterPattern {
  stack::ResourceId id{};
  const stack::MetricFilter* filter = nullptr;
  FilterText text{};
  std::unique_ptr<const pattern::Filter> pattern{};  // null: it cannot be parsed
  std::optional<pattern::Matcher> matcher{};
  std::vector<pattern::Leaf> leaves{};
  std::vector<NamedSecret> secrets{};  // that the pattern names
  std::optional<TextError> error{};
};

/// Null: the resource is no metric filter, or nothing of its pattern is known.
std::shared_ptr<const FilterPattern> read_pattern(const World& world, stack::ResourceId id);

}  // namespace secretwatch::chain
