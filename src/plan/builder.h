#pragma once
/// Builder: the plan while it grows. Each part of the stack has its function; plan() calls them in order, and what one
/// part needs of another stands here.
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "model/model.h"
#include "plan/filters.h"
#include "plan/plan.h"
#include "stack/stack.h"

namespace secretwatch::plan {

/// How many filters an alert came to.
struct FilterNeed {
  const model::Alert* alert = nullptr;
  std::size_t filters = 0;
  std::size_t secrets = 0;
};

struct Builder {
  Builder(const model::Spec& spec_, Diagnostics& out_) : spec(spec_), out(out_), names(spec_) {}

  const model::Spec& spec;
  Diagnostics& out;
  SecretNames names;
  Plan plan;

  std::optional<stack::ResourceId> key;
  std::optional<stack::ResourceId> log_group;
  std::optional<stack::ResourceId> trail;
  std::optional<stack::ResourceId> notices_policy;  // of the topic that takes the trail's notices, when it is ours
  std::vector<stack::ResourceId> topics;            // of each channel
  std::unordered_map<std::string, stack::ParameterId> parameters;
  std::vector<stack::Output> queue_outputs;
  std::vector<FilterNeed> needs;
  std::size_t regex_filters = 0;
  Span last_regex_span;

  stack::Stack& stack() { return plan.stack; }

  /// What is added from here on belongs to this part of the stack.
  void begin_section(std::string title, std::string explanation);
  stack::ResourceId add(std::string label, stack::Body body, const Span& span);
  stack::ResourceId add_retained(std::string label, stack::Body body, const Span& span);
  /// The ARN of the key, when there is one.
  stack::OptionalText key_arn() const;
};

/// In this order.
void add_key(Builder& builder);
void add_trail(Builder& builder);
void add_channels(Builder& builder);
void deliver_notices(Builder& builder);
void add_secrets(Builder& builder);
void add_alerts(Builder& builder);
void add_outputs(Builder& builder);
void check_quotas(Builder& builder);

}  // namespace secretwatch::plan
