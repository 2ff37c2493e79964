#include <algorithm>
#include <unordered_map>

#include <fmt/format.h>

#include "base/text.h"
#include "pattern/pattern.h"
#include "plan/builder.h"

namespace secretwatch::plan {
namespace {

using stack::Resource;

void check_filters(const Builder& b) {
  if (b.plan.filters.size() > pattern::max_filters_of_group) {
    Diagnostic& diagnostic =
        b.out.add(codes::too_many_filters, b.spec.secrets_span,
                  "the log group would have {} metric filters, more than the {} that CloudWatch Logs allows",
                  b.plan.filters.size(), pattern::max_filters_of_group);
    for (const FilterNeed& need : b.needs)
      diagnostic.note_at(need.alert->span, "alert '{}' needs {} for {} secret{}", need.alert->name, need.filters,
                         need.secrets, need.secrets == 1 ? "" : "s");
    diagnostic.note("the quota cannot be raised; a prefix watches many secrets with one filter");
  }
  if (b.regex_filters > pattern::max_regex_filters_of_group) {
    b.out
        .add(codes::too_many_regexes, b.last_regex_span,
             "the log group would have {} filters with a regular expression, more than {}", b.regex_filters,
             pattern::max_regex_filters_of_group)
        .note("they stand in where a secret has more siblings (name-…) than a pattern can leave out");
  }
}

/// The name that AWS knows a resource by, where two of one kind must differ.
std::optional<std::string> physical_name(const stack::Body& body) {
  if (const auto* const topic = std::get_if<stack::Topic>(&body)) return stack::literal_of(*topic->name);
  if (const auto* const alarm = std::get_if<stack::Alarm>(&body)) return stack::literal_of(*alarm->name);
  if (const auto* const filter = std::get_if<stack::MetricFilter>(&body)) return stack::literal_of(*filter->name);
  if (const auto* const secret = std::get_if<stack::Secret>(&body)) return stack::literal_of(*secret->name);
  return std::nullopt;
}

/// Finds two resources with one physical name, and two that a language could not tell apart.
class ClashFinder {
 public:
  explicit ClashFinder(Diagnostics& out) : out_(out) {}

  void add(const Resource& resource) {
    const std::size_t kind = resource.body.index();
    if (note(identifiers_, fmt::format("{} {}", kind, plain_form(resource.label)), resource, resource.label)) return;
    if (const auto name = physical_name(resource.body))
      note(names_, fmt::format("{} {}", kind, *name), resource, *name);
  }

 private:
  using Seen = std::unordered_map<std::string, const Resource*>;

  bool note(Seen& seen, const std::string& key, const Resource& resource, const std::string& name) {
    const auto [first, is_new] = seen.emplace(key, &resource);
    if (is_new) return false;
    const Resource& other = *first->second;
    Diagnostic& diagnostic = out_.add(codes::resource_name_clash, resource.span, "two {}s would be called '{}'",
                                      stack::kind_of(resource.body), name);
    if (other.label != resource.label) diagnostic.note("'{}' is the same without case and punctuation", other.label);
    diagnostic.note_at(other.span, "the other comes from here");
    return true;
  }

  Diagnostics& out_;
  Seen identifiers_;
  Seen names_;
};

/// CloudFormation keeps parameters and resources in one space of names.
void check_parameter_names(const Builder& b) {
  if (b.plan.stack.parameters.empty()) return;
  std::unordered_map<std::string, const Resource*> identifiers;
  for (const Resource& resource : b.plan.stack.resources())
    if (!std::holds_alternative<stack::External>(resource.body))
      identifiers.emplace(plain_form(resource.label) + plain_form(stack::identifier_suffix(resource.body)), &resource);
  for (const stack::Parameter& parameter : b.plan.stack.parameters) {
    const auto found = identifiers.find(plain_form(parameter.name));
    if (found == identifiers.end()) continue;
    b.out
        .add(codes::resource_name_clash, parameter.span, "parameter '{}' would have the name of a resource",
             parameter.name)
        .note_at(found->second->span, "the {} comes from here", stack::kind_of(found->second->body));
  }
}

void check_names(const Builder& b) {
  ClashFinder finder(b.out);
  for (const Resource& resource : b.plan.stack.resources())
    if (!std::holds_alternative<stack::External>(resource.body)) finder.add(resource);
  check_parameter_names(b);
}

std::size_t count_resources(const stack::Stack& stack) {
  return static_cast<std::size_t>(
      std::count_if(stack.resources().begin(), stack.resources().end(),
                    [](const Resource& resource) { return !std::holds_alternative<stack::External>(resource.body); }));
}

}  // namespace

void check_quotas(Builder& b) {
  check_filters(b);
  for (const model::Alert& alert : b.spec.alerts) {
    const std::size_t actions = model::notified_channels(b.spec, alert).size();
    if (actions <= max_actions_of_alarm) continue;
    b.out
        .add(codes::too_many_actions, alert.notify.empty() ? alert.span : alert.notify.front().span,
             "alert '{}' tells {} channels, more than the {} actions of an alarm", alert.name, actions,
             max_actions_of_alarm)
        .note("name at most {} channels under 'notify'", max_actions_of_alarm);
  }
  const auto check_count = [&b](const Code& code, std::string_view what, std::size_t count, std::size_t most) {
    if (count > most)
      b.out.add(code, b.spec.name_span, "the stack would have {} {}, more than the {} of a template", count, what,
                most);
  };
  // Too many filters are reported already, and are the reason for too many resources.
  if (b.plan.filters.size() <= pattern::max_filters_of_group)
    check_count(codes::too_many_resources, "resources", count_resources(b.stack()), max_resources);
  check_count(codes::too_many_outputs, "outputs", b.stack().outputs.size(), max_outputs);
  check_count(codes::too_many_parameters, "parameters", b.stack().parameters.size(), max_parameters);
  check_names(b);
}

}  // namespace secretwatch::plan
