#include "lint/rules/patterns.h"

#include <algorithm>

#include "chain/links.h"
#include "events/service_calls.h"

namespace secretwatch::lint::rules {
namespace {

using chain::World;

/// Something that only a CloudTrail record has.
bool is_of_a_record(const pattern::Leaf& leaf) {
  const std::string& selector = leaf.field;
  if (selector.starts_with("$.userIdentity.") || selector == "$.eventSource" || selector == "$.recipientAccountId")
    return true;
  const pattern::Comparison* const test = leaf.comparison();
  if (selector != "$.eventName" || test == nullptr) return false;
  const auto text = pattern::text_of(test->operand);
  if (!text) return false;
  if (!events::sources_of(*text).empty()) return true;
  const bool may_be_slip = text->find("ecret") != std::string::npos;
  return may_be_slip && !events::nearest_event(*text, {}).empty();
}

struct OfCloudTrail {
  bool is_certain = false;
};

bool asks_for_secrets(const stack::Document& pattern) {
  if (pattern.kind == stack::Document::Kind::unknown) return true;
  const stack::Document* const source = pattern.find("source");
  if (source == nullptr) return pattern.find("detail") != nullptr;
  return std::any_of(source->parts.begin(), source->parts.end(), [](const stack::Document& part) {
    return stack::literal_of(part.text).value_or("aws.secretsmanager") == "aws.secretsmanager";
  });
}

struct OtherMeans {
  explicit OtherMeans(const World& world) {
    world.stack().each<stack::EventRule>([&](const stack::Resource& resource, const stack::EventRule& rule) {
      if (!has && rule.event_pattern && asks_for_secrets(*rule.event_pattern)) has = world.is_there(resource.presence);
    });
    world.stack().each<stack::LogAlarm>([&](const stack::Resource& resource, const stack::LogAlarm&) {
      if (!has) has = world.is_there(resource.presence);
    });
  }
  bool has = false;
};

}  // namespace

Span place_in(const World& world, const FilterPattern& read, const pattern::Place& place) {
  const stack::TextValue* const value = world.at(read.filter->pattern);
  const Span whole = place_of(world, read.id, read.filter->pattern);
  if (value == nullptr || value->span.is_nowhere() || !read.text.is_literal() || place.begin >= place.end) return whole;
  // Escapes, folds and blocks make what is written longer than what it says.
  const std::size_t written = value->span.end - value->span.begin;
  const std::size_t said = read.text.text.size();
  if (written != said && written != said + 2) return whole;
  const auto begin = static_cast<std::uint32_t>(value->span.begin + (written - said) / 2 + place.begin);
  return {value->span.file, begin, begin + (place.end - place.begin)};
}

bool is_of_cloudtrail(const World& world, const FilterPattern& read) {
  const auto find = [&] {
    if (std::any_of(read.leaves.begin(), read.leaves.end(), is_of_a_record)) return OfCloudTrail{true};
    const std::vector<chain::Link> trails = chain::trails_of(world, read.id);
    return OfCloudTrail{std::any_of(trails.begin(), trails.end(),
                                    [](const chain::Link& link) { return link.match == chain::Match::yes; })};
  };
  return world.fact<OfCloudTrail>(read.id, find)->is_certain;
}

bool has_other_means(const World& world) {
  return world.table<OtherMeans>().has;
}

}  // namespace secretwatch::lint::rules
