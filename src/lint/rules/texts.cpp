#include "lint/rules/texts.h"

#include <algorithm>
#include <array>

#include "stack/properties.h"

namespace secretwatch::lint::rules {
namespace {

using stack::TextValue;

/// Visits properties and the parts of which they consist.
class Collector {
 public:
  std::vector<Told> told;

  void operator()(std::string_view name, const TextValue& value) { branches(name, value, value); }
  void operator()(std::string_view name, const stack::OptionalText& value) {
    if (value) (*this)(name, *value);
  }
  void operator()(std::string_view name, const std::vector<TextValue>& values) {
    for (const TextValue& value : values) (*this)(name, value);
  }
  void operator()(std::string_view, const std::vector<stack::Tag>& tags) {
    for (const stack::Tag& tag : tags) (*this)("tags", tag.value);
  }
  void operator()(std::string_view name, const std::vector<stack::Dimension>& dimensions) {
    for (const stack::Dimension& dimension : dimensions) (*this)(name, dimension.value);
  }
  void operator()(std::string_view, const stack::Policy& policy) {
    for (const stack::Statement& statement : policy.statements) {
      presence_.push_back(&statement.presence);
      for (const stack::Principal& principal : statement.principals) (*this)("policy", principal.names);
      (*this)("policy", statement.actions);
      (*this)("policy", statement.resources);
      for (const stack::PolicyCondition& condition : statement.conditions) (*this)("policy", condition.values);
      presence_.pop_back();
    }
  }
  void operator()(std::string_view, const std::vector<stack::MetricQuery>& queries) { parts(queries); }
  void operator()(std::string_view, const std::vector<stack::EventTarget>& targets) { parts(targets); }
  /// Numbers, documents, and what else holds no text that is looked at.
  template <class Rest>
  void operator()(std::string_view, const Rest&) {}

  void visit(const stack::Body& body) {
    const auto* const role = std::get_if<stack::Role>(&body);
    if (role == nullptr) {
      std::visit([this](const auto& kind) { visit_properties(kind, *this); }, body);
      return;
    }
    (*this)("policy", role->trust);
    for (const stack::InlinePolicy& policy : role->policies) {
      presence_.push_back(&policy.presence);
      (*this)("policy", policy.policy);
      presence_.pop_back();
    }
    (*this)("managed_policies", role->managed_policies);
    (*this)("tags", role->tags);
  }

 private:
  template <class Part>
  void parts(const std::vector<Part>& all) {
    for (const Part& part : all) {
      presence_.push_back(&part.presence);
      visit_properties(part, *this);
      presence_.pop_back();
    }
  }

  void branches(std::string_view name, const TextValue& value, const TextValue& whole) {
    if (const auto* const choice = value.choice()) {
      for (const TextValue& branch : choice->branches) branches(name, branch, whole);
    } else if (!value.is_absent()) {
      told.push_back({name, &value, &whole, presence_});
    }
  }

  std::vector<const stack::Presence*> presence_;
};

}  // namespace

Span Told::span() const {
  return stack::whole(*value);
}

std::vector<Told> texts_of(const stack::Body& body) {
  Collector collector;
  collector.visit(body);
  return std::move(collector.told);
}

bool is_so(const chain::World& world, const Told& told) {
  return std::all_of(told.presence.begin(), told.presence.end(),
                     [&world](const stack::Presence* presence) { return world.is_there(*presence); }) &&
         world.at(*told.whole) == told.value;
}

bool is_link(std::string_view property) {
  static constexpr std::array<std::string_view, 26> links = {"bucket",
                                                             "log_group",
                                                             "log_role",
                                                             "kms_key",
                                                             "topic",
                                                             "topics",
                                                             "alarm_actions",
                                                             "ok_actions",
                                                             "arn",
                                                             "endpoint",
                                                             "function",
                                                             "source_arn",
                                                             "dead_letter_queue",
                                                             "key",
                                                             "queues",
                                                             "metric_name",
                                                             "destination",
                                                             "role",
                                                             "log_groups",
                                                             "suppressor",
                                                             "secret",
                                                             "insufficient_data_actions",
                                                             "metric_namespace",
                                                             "managed_policies",
                                                             "alarms",
                                                             "access_logs_bucket"};
  return std::find(links.begin(), links.end(), property) != links.end();
}

}  // namespace secretwatch::lint::rules
