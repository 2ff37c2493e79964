#include "lint/defaults.h"

#include <algorithm>
#include <map>
#include <set>
#include <string_view>
#include <tuple>

namespace secretwatch::lint {
namespace {

/// What makes two findings the same one, whatever values they speak of.
auto key_of(const Finding& finding) {
  return std::tuple(finding.rule, std::string_view(finding.address), finding.span.file, finding.span.begin);
}

}  // namespace

std::vector<Finding> weigh_defaults(const stack::Stack& stack, std::vector<Finding> findings,
                                    std::vector<Finding> without_defaults, bool is_for_others) {
  std::map<decltype(key_of(findings.front())), const Finding*> open;
  for (const Finding& finding : without_defaults) {
    const Finding*& known = open[key_of(finding)];
    if (known == nullptr || known->severity < finding.severity) known = &finding;
  }
  for (Finding& finding : findings) {
    if (finding.severity == Severity::note) continue;
    const auto found = open.find(key_of(finding));
    if (found == open.end()) {
      finding.likely();
      if (is_for_others) finding.lower(Severity::note);
      finding.note("it rests on a default value: another may be given");
    } else if (found->second->severity < finding.severity || found->second->precision == Precision::likely) {
      const bool was_likely = finding.precision == Precision::likely;
      finding = *found->second;
      if (!was_likely) finding.note("with the default values it is so");
    }
  }
  std::set<std::string_view> in_sight;
  for (const stack::Resource& resource : stack.resources()) in_sight.insert(resource.address);
  std::vector<Finding> hidden;
  for (Finding& finding : without_defaults) {
    if (finding.severity == Severity::note || finding.precision != Precision::proven) continue;
    if (!finding.resource || in_sight.contains(finding.address)) continue;
    finding.note("with the default values, '{}' is not there", finding.address);
    hidden.push_back(std::move(finding));
  }
  std::move(hidden.begin(), hidden.end(), std::back_inserter(findings));
  sort(findings);
  return findings;
}

}  // namespace secretwatch::lint
