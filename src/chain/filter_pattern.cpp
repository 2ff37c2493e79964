#include "chain/filter_pattern.h"

namespace secretwatch::chain {
namespace {

std::optional<FilterPattern> read(const World& world, stack::ResourceId id, const stack::MetricFilter& filter) {
  std::optional<FilterText> text = filter_text(world, filter.pattern);
  if (!text) return std::nullopt;
  FilterPattern read{id, &filter, std::move(*text)};
  Expected<pattern::Filter> parsed = pattern::parse(read.text.text);
  if (!parsed) {
    read.error = parsed.error();
    return read;
  }
  read.pattern = std::make_unique<const pattern::Filter>(std::move(*parsed));
  read.matcher.emplace(*read.pattern);
  read.leaves = leaves_of(*read.pattern);
  read.secrets = secrets_in(*read.pattern, read.leaves);
  return read;
}

struct ReadPattern {
  static constexpr bool is_for_all_threads = true;
  std::optional<FilterPattern> pattern;
};

}  // namespace

std::shared_ptr<const FilterPattern> read_pattern(const World& world, stack::ResourceId id) {
  const auto* const filter = std::get_if<stack::MetricFilter>(&world.stack()[id].body);
  if (filter == nullptr) return nullptr;
  const auto known = world.fact<ReadPattern>(id, [&] { return ReadPattern{read(world, id, *filter)}; });
  return known->pattern ? std::shared_ptr<const FilterPattern>(known, &*known->pattern) : nullptr;
}

}  // namespace secretwatch::chain
