#include "plan/plan.h"

#include <cassert>

#include <fmt/format.h>

#include "plan/builder.h"
#include "plan/names.h"

namespace secretwatch::plan {

using stack::Attribute;
using stack::Ref;
using stack::Resource;
using stack::ResourceId;
using stack::TextValue;

void Builder::begin_section(std::string title, std::string explanation) {
  stack().sections.push_back({std::move(title), std::move(explanation)});
}

ResourceId Builder::add(std::string label, stack::Body body, const Span& span) {
  Resource resource;
  resource.label = std::move(label);
  resource.body = std::move(body);
  resource.span = span;
  resource.section = stack().sections.size() - 1;
  return stack().add(std::move(resource));
}

ResourceId Builder::add_retained(std::string label, stack::Body body, const Span& span) {
  const ResourceId id = add(std::move(label), std::move(body), span);
  stack()[id].retained = true;
  return id;
}

stack::OptionalText Builder::key_arn() const {
  if (!key) return std::nullopt;
  return TextValue(Ref{*key, Attribute::arn});
}

void add_outputs(Builder& b) {
  const auto say = [&b](std::string label, std::string description, TextValue value) {
    b.stack().outputs.push_back({std::move(label), std::move(description), {std::move(value)}});
  };
  if (b.trail) say("trail-arn", "The trail", Ref{*b.trail, Attribute::arn});
  say("log-group-name", "The log group that the metric filters read", Ref{*b.log_group, Attribute::name});
  for (std::size_t i = 0; i < b.topics.size(); ++i)
    say(b.spec.channels[i].name + "-topic-arn", fmt::format("The topic of channel {}", b.spec.channels[i].name),
        Ref{b.topics[i], Attribute::arn});
  stack::Output alarms{"alarm-names", "The alarms", {}, true};
  for (std::size_t i = 0; i < b.stack().resources().size(); ++i) {
    if (std::holds_alternative<stack::Alarm>(b.stack().resources()[i].body))
      alarms.values.emplace_back(Ref{static_cast<ResourceId>(i), Attribute::name});
  }
  if (!alarms.values.empty()) b.stack().outputs.push_back(std::move(alarms));
  for (stack::Output& output : b.queue_outputs) b.stack().outputs.push_back(std::move(output));
}

std::optional<Plan> plan(const model::Spec& spec, Diagnostics& out) {
  const std::size_t errors_before = out.error_count();
  Builder builder(spec, out);
  stack::Stack& stack = builder.stack();
  stack.name = spec.name;
  stack.description = spec.description;
  for (const model::Tag& tag : spec.tags) stack.tags.push_back({tag.key, TextValue(stack::Text(tag.value), tag.span)});
  builder.plan.log_group = log_group_name(spec);
  builder.plan.metric_namespace = spec.metrics.name_space;
  add_key(builder);
  add_trail(builder);
  add_channels(builder);
  deliver_notices(builder);
  add_secrets(builder);
  add_alerts(builder);
  add_outputs(builder);
  check_quotas(builder);
  if (out.error_count() > errors_before) return std::nullopt;
  assert(stack::verify_for_emission(stack).empty());
  return std::move(builder.plan);
}

}  // namespace secretwatch::plan
