#include "plan/callers.h"

namespace secretwatch::plan {
namespace {

// CloudTrail record contents, "userIdentity element".
constexpr std::string_view issuer_name = "$.userIdentity.sessionContext.sessionIssuer.userName";
constexpr std::string_view issuer_arn = "$.userIdentity.sessionContext.sessionIssuer.arn";
constexpr std::string_view user_name = "$.userIdentity.userName";
constexpr std::string_view user_arn = "$.userIdentity.arn";
constexpr std::string_view invoked_by = "$.userIdentity.invokedBy";
constexpr std::string_view identity_type = "$.userIdentity.type";

/// Names go with one field, ARNs with another.
void add(const std::vector<std::string>& callers, std::string_view by_name, std::string_view by_arn,
         std::vector<CallerField>& fields) {
  CallerField names{by_name, {}};
  CallerField arns{by_arn, {}};
  for (const std::string& caller : callers) (caller.starts_with("arn:") ? arns : names).entries.push_back(caller);
  if (!names.entries.empty()) fields.push_back(std::move(names));
  if (!arns.entries.empty()) fields.push_back(std::move(arns));
}

}  // namespace

std::vector<CallerField> caller_fields(const model::Callers& callers) {
  std::vector<CallerField> fields;
  add(callers.roles, issuer_name, issuer_arn, fields);
  add(callers.users, user_name, user_arn, fields);
  if (!callers.services.empty()) fields.push_back({invoked_by, callers.services});
  if (callers.root) fields.push_back({identity_type, {"Root"}});
  return fields;
}

std::vector<pattern::Expression> exclude(const std::vector<CallerField>& fields) {
  std::vector<pattern::Expression> conditions;
  for (const CallerField& field : fields) {
    std::vector<pattern::Expression> others;
    for (const std::string& entry : field.entries) others.push_back(pattern::differs(field.selector, entry));
    conditions.push_back(pattern::any_of({pattern::not_exists(field.selector), pattern::all_of(std::move(others))}));
  }
  return conditions;
}

std::vector<pattern::Expression> include(const std::vector<CallerField>& fields) {
  std::vector<pattern::Expression> conditions;
  for (const CallerField& field : fields)
    for (const std::string& entry : field.entries) conditions.push_back(pattern::equals(field.selector, entry));
  return conditions;
}

}  // namespace secretwatch::plan
