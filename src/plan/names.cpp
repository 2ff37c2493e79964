#include "plan/names.h"

#include <algorithm>

#include <fmt/format.h>
#include <xxhash.h>

#include "base/text.h"
#include "model/values.h"

namespace secretwatch::plan {
namespace {

std::string short_hash(std::string_view text) {
  return fmt::format("{:08x}", static_cast<std::uint32_t>(XXH3_64bits(text.data(), text.size()) >> 32));
}

/// What of an address is worth reading in a label.
std::string readable_part(const model::Endpoint& endpoint) {
  if (const auto* const parameter = std::get_if<model::Parameter>(&endpoint.address)) return parameter->name;
  const std::string& address = std::get<std::string>(endpoint.address);
  switch (endpoint.protocol) {
    case model::Endpoint::Protocol::https: {
      // The path may hold a key; the host and a hash tell endpoints apart as well.
      const std::string_view rest = std::string_view(address).substr(std::string_view("https://").size());
      return fmt::format("{}-{}", model::derive_id(rest.substr(0, rest.find_first_of("/?#:"))), short_hash(address));
    }
    case model::Endpoint::Protocol::sqs:
      return model::parse_arn(address)->resource;
    case model::Endpoint::Protocol::lambda: {
      const std::string function = model::parse_arn(address)->resource;
      return function.substr(function.find(':') + 1);
    }
    default:
      return address;
  }
}

}  // namespace

std::string trail_name(const model::Spec& spec) {
  return spec.trail.name.empty() ? spec.name + "-trail" : spec.trail.name;
}

std::string log_group_name(const model::Spec& spec) {
  if (spec.trail.existing) return spec.trail.existing_log_group;
  return spec.trail.log_group.empty() ? "/secretwatch/" + spec.name : spec.trail.log_group;
}

std::string topic_name(const model::Spec& spec, const model::Channel& channel) {
  return channel.topic_name.empty() ? fmt::format("{}-{}", spec.name, channel.name) : channel.topic_name;
}

std::string watch_name(const model::Spec& spec, const model::Alert& alert, const std::string& id) {
  return id.empty() ? fmt::format("{}-{}", spec.name, alert.name) : fmt::format("{}-{}-{}", spec.name, alert.name, id);
}

std::string subscription_label(const model::Channel& channel, const model::Endpoint& endpoint) {
  const auto label_of = [&](const model::Endpoint& of) {
    return fmt::format("{}-{}-{}", channel.name, name_of(of.protocol), model::derive_id(readable_part(of)));
  };
  std::string label = label_of(endpoint);
  // Two addresses that read the same (a.b@x and a-b@x, a queue in two regions) carry a hash, both.
  const auto same =
      std::count_if(channel.endpoints.begin(), channel.endpoints.end(),
                    [&](const model::Endpoint& other) { return plain_form(label_of(other)) == plain_form(label); });
  if (same < 2) return label;
  const auto* const address = std::get_if<std::string>(&endpoint.address);
  return fmt::format("{}-{}", label, short_hash(address == nullptr ? label : *address));
}

}  // namespace secretwatch::plan
