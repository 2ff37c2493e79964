#include "chain/coverage.h"

#include <algorithm>
#include <utility>

#include "pattern/matcher.h"

namespace secretwatch::chain {
namespace {

Coverage judge(const std::vector<pattern::Filter>& filters, std::vector<events::Access> accesses) {
  std::vector<pattern::Matcher> matchers;
  matchers.reserve(filters.size());
  for (const pattern::Filter& filter : filters) matchers.emplace_back(filter);
  Coverage result;
  for (events::Access& access : accesses) {
    CoveredAccess covered{std::move(access), {}};
    for (std::size_t i = 0; i < matchers.size(); ++i)
      if (matchers[i].matches(covered.access.record)) covered.filters.push_back(i);
    result.accesses.push_back(std::move(covered));
  }
  return result;
}

}  // namespace

const CoveredAccess* Coverage::of(std::string_view id) const {
  const auto found = std::find_if(accesses.begin(), accesses.end(),
                                  [&](const CoveredAccess& covered) { return covered.access.id == id; });
  return found == accesses.end() ? nullptr : &*found;
}

Coverage coverage(const std::vector<pattern::Filter>& filters, const events::Secret& secret) {
  return judge(filters, events::canonical_accesses(secret));
}

Coverage coverage_of_unrelated(const std::vector<pattern::Filter>& filters) {
  return judge(filters, events::unrelated_records());
}

}  // namespace secretwatch::chain
