#include "plan/forms.h"

#include <string_view>

namespace secretwatch::plan {
namespace {

using model::NamedBy;
using model::Watched;
using pattern::Expression;

constexpr std::string_view secret_id = "$.requestParameters.secretId";
constexpr std::string_view secret_id_list = "$.requestParameters.secretIdList";
constexpr std::string_view secret_id_list_elements = "$.requestParameters.secretIdList[*]";
constexpr std::string_view request_name = "$.requestParameters.name";
constexpr std::string_view error_message = "$.errorMessage";
constexpr std::string_view service_secret_id = "$.additionalEventData.SecretId";

/// A name, or the beginning of names.
struct Target {
  std::string name;
  bool is_prefix = false;
  std::vector<std::string> siblings{};
};

/// `"*:secret:N-*"`, less the siblings that begin like it. `ends` are what may stand behind a sibling's name: nothing,
/// its own suffix, in a message also a blank.
Expression arn_with_suffix(std::string_view selector, const Target& target, const std::vector<std::string_view>& ends) {
  std::vector<Expression> terms{pattern::equals(selector, "*:secret:" + target.name + "-*")};
  for (const std::string& sibling : target.siblings) {
    if (sibling.ends_with('*')) {
      terms.push_back(pattern::differs(selector, "*:secret:" + sibling));
      continue;
    }
    for (const std::string_view end : ends)
      terms.push_back(pattern::differs(selector, "*:secret:" + sibling + std::string(end)));
  }
  return pattern::all_of(std::move(terms));
}

/// The name in a regular expression: '.' and '+' are the only operators that a secret's name can hold.
std::string quote_for_regex(std::string_view name) {
  std::string quoted;
  for (const char c : name) {
    if (c == '.' || c == '+') quoted += '\\';
    quoted += c;
  }
  return quoted;
}

Expression suffix_regex(std::string_view selector, const Target& target, std::string_view end) {
  return pattern::matches_regex(selector,
                                ":secret:" + quote_for_regex(target.name) + "-[a-zA-Z0-9]{6}" + std::string(end));
}

/// ARN forms alone, with siblings left out.
void add_arn_forms(std::string_view selector, const Target& target, Field& field) {
  if (target.is_prefix) {
    field.forms.push_back(pattern::equals(selector, "*:secret:" + target.name + "*"));
    return;
  }
  field.forms.push_back(pattern::equals(selector, "*:secret:" + target.name));
  field.forms.push_back(arn_with_suffix(selector, target, {"", "-*"}));
  if (!target.siblings.empty()) field.regex_forms = {suffix_regex(selector, target, "$")};
}

/// What a caller may type: the name or one of the ARNs.
void add_typed_forms(std::string_view selector, const Target& target, Field& field) {
  field.forms.push_back(pattern::equals(selector, target.name + (target.is_prefix ? "*" : "")));
  add_arn_forms(selector, target, field);
}

/// In a list siblings are not left out: `!=` over a wildcard would lose the batch that reads both.
void add_list_forms(const Target& target, Field& field) {
  const Target alone{target.name, target.is_prefix};
  add_typed_forms(secret_id_list_elements, alone, field);
}

/// "User … is not authorized to perform: secretsmanager:GetSecretValue on resource: N because …"
void add_message_forms(const Target& target, Field& field) {
  if (target.is_prefix) {
    field.forms.push_back(pattern::equals(error_message, "*resource: " + target.name + "*"));
    field.forms.push_back(pattern::equals(error_message, "*:secret:" + target.name + "*"));
    return;
  }
  field.forms.push_back(pattern::equals(error_message, "*resource: " + target.name));
  field.forms.push_back(pattern::equals(error_message, "*resource: " + target.name + " *"));
  field.forms.push_back(pattern::equals(error_message, "*:secret:" + target.name));
  field.forms.push_back(pattern::equals(error_message, "*:secret:" + target.name + " *"));
  field.forms.push_back(arn_with_suffix(error_message, target, {"", " *", "-*"}));
  if (!target.siblings.empty())
    field.regex_forms = {suffix_regex(error_message, target, " "), suffix_regex(error_message, target, "$")};
}

/// Events of the alert with one way of naming; counting every call includes the refused ones.
std::vector<Watched> events_named_by(const model::Alert& alert, NamedBy named_by) {
  std::vector<Watched> events;
  for (const Watched& watched : alert.watched) {
    if (watched.event->named_by != named_by) continue;
    const bool same_event_stands_before = !events.empty() && events.back().event == watched.event;
    if (!same_event_stands_before) {
      events.push_back(watched);
    } else if (!watched.refused) {
      events.back() = watched;
    }
  }
  return events;
}

std::vector<Watched> refused_events(const model::Alert& alert) {
  std::vector<Watched> events;
  for (const Watched& watched : alert.watched)
    if (watched.refused) events.push_back(watched);
  return events;
}

}  // namespace

std::vector<Field> fields_of(const model::Alert& alert, const model::Secret& secret,
                             const std::vector<std::string>& siblings) {
  const Target target{secret.name, secret.naming == model::Secret::Naming::prefix, siblings};
  std::vector<Field> fields;
  const auto add = [&](std::string suffix, std::vector<Watched> events) -> Field* {
    if (events.empty()) return nullptr;
    fields.push_back({std::move(suffix), std::move(events), {}, {}, {}});
    return &fields.back();
  };
  if (Field* field = add("", events_named_by(alert, NamedBy::secret_id))) add_typed_forms(secret_id, target, *field);
  if (Field* field = add("create", events_named_by(alert, NamedBy::name)))
    field->forms = {pattern::equals(request_name, target.name + (target.is_prefix ? "*" : ""))};
  if (Field* field = add("list", events_named_by(alert, NamedBy::secret_id_list))) add_list_forms(target, *field);
  if (Field* field = add("refused", refused_events(alert))) {
    field->guards = {pattern::not_exists(secret_id), pattern::not_exists(secret_id_list)};
    add_message_forms(target, *field);
  }
  if (Field* field = add("service", events_named_by(alert, NamedBy::additional_event_data)))
    add_arn_forms(service_secret_id, target, *field);
  return fields;
}

std::vector<Field> fields_without_secret(const model::Alert& alert) {
  std::vector<Field> fields;
  std::vector<Watched> nameless = events_named_by(alert, NamedBy::nothing);
  if (!nameless.empty()) fields.push_back({"", std::move(nameless), {}, {}, {}});
  for (const Watched& watched : alert.watched) {
    if (watched.event->named_by != NamedBy::secret_id_list) continue;
    Field field{watched.refused ? "refused" : "filters", {watched}, {pattern::not_exists(secret_id_list)}, {}, {}};
    if (watched.refused) {
      // A message that names a resource belongs to that secret's own filter, or to a secret that nobody watches.
      field.guards.push_back(pattern::any_of(
          {pattern::not_exists(error_message), pattern::all_of({pattern::differs(error_message, "*resource: *"),
                                                                pattern::differs(error_message, "*:secret:*")})}));
    } else {
      field.guards.push_back(pattern::not_exists("$.errorCode"));
    }
    fields.push_back(std::move(field));
  }
  return fields;
}

}  // namespace secretwatch::plan
