#pragma once
/// Callers: who is left out (`except`) or alone counted (`only`), as conditions on a record's userIdentity.
#include <string>
#include <string_view>
#include <vector>

#include "model/model.h"
#include "pattern/pattern.h"

namespace secretwatch::plan {

/// Entries that are compared with one field.
struct CallerField {
  std::string_view selector;
  std::vector<std::string> entries;
};

/// In the order roles by name, roles by ARN, users by name, users by ARN, services, root.
std::vector<CallerField> caller_fields(const model::Callers& callers);

/// For each field `(F NOT EXISTS || (F != "a" && F != "b"))`: a caller without the field is still counted.
std::vector<pattern::Expression> exclude(const std::vector<CallerField>& fields);

/// `F = "a" || F = "b" || G = "c"`, one expression an entry.
std::vector<pattern::Expression> include(const std::vector<CallerField>& fields);

}  // namespace secretwatch::plan
