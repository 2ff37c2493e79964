#pragma once
/// Baseline: findings that were known when somebody said so, so that only new ones are told.
///
/// Known by logical address, not by line: rule, file, resource and property; what belongs to no resource by its
/// message. Two findings with one address are counted.
#include <set>
#include <string>
#include <vector>

#include "base/source.h"
#include "lint/lint.h"

namespace secretwatch::lint {

struct Known {
  std::string rule;
  std::string file;
  std::string resource{};
  std::string property{};  // without a resource, the message
  std::size_t count = 1;
  Span span{};  // in the baseline's own file
};

using Baseline = std::vector<Known>;

/// All findings that are not suppressed, but what could not be read (R001): that stays told.
Baseline baseline_of(const std::vector<Finding>& findings, const Sources& sources);

/// Marks what is known. An entry that knows more than there is of a file that was judged is a finding (R006).
void apply(const Baseline& baseline, const Sources& sources, const std::set<std::string>& judged_files,
           const Selection& selection, std::vector<Finding>& findings);

}  // namespace secretwatch::lint
