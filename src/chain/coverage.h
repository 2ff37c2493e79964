#pragma once
/// Coverage: which of the canonical accesses to a secret do filters select? What they miss is a computed fact, with the
/// record that shows it.
///
///     const Coverage found = coverage({*pattern::parse(R"({ $.requestParameters.secretId = "db" })")}, {.name =
///     "db"}); found.of("read-by-name")->is_selected();   // true found.of("read-by-arn")->is_selected();    // false:
///     callers that type the ARN are missed
///
/// The canonical accesses are events/canonical.h; judged by pattern::Matcher. Whether an access should have been
/// selected is for the caller to say: an alert of changes need not see reads.
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "events/canonical.h"
#include "pattern/pattern.h"

namespace secretwatch::chain {

struct CoveredAccess {
  events::Access access;
  std::vector<std::size_t> filters;  // positions of the filters that select it; two count it twice

  bool is_selected() const { return !filters.empty(); }
};

struct Coverage {
  std::vector<CoveredAccess> accesses;  // in the order of canonical_accesses()

  /// Null: there is no such access.
  const CoveredAccess* of(std::string_view id) const;
};

/// A canonical access to `secret`, and which filters of a log group select it.
Coverage coverage(const std::vector<pattern::Filter>& filters, const events::Secret& secret);

/// The same of records that no filter for secrets should select (events::unrelated_records).
Coverage coverage_of_unrelated(const std::vector<pattern::Filter>& filters);

}  // namespace secretwatch::chain
