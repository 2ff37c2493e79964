#include "lint/baseline.h"

#include <algorithm>

#include "lint/rules/catalogue.h"

namespace secretwatch::lint {
namespace {

Known address_of(const Finding& finding, const Sources& sources) {
  Known known;
  known.rule = finding.rule->id;
  known.file = finding.span.is_nowhere() ? "" : sources.name(finding.span.file);
  known.resource = finding.address;
  known.property = finding.address.empty() ? finding.message : finding.property;
  return known;
}

}  // namespace

Baseline baseline_of(const std::vector<Finding>& findings, const Sources& sources) {
  Baseline baseline;
  for (const Finding& finding : findings) {
    if (finding.suppressed || finding.rule == &rules::parse_error) continue;
    const Known address = address_of(finding, sources);
    const auto known = std::find(baseline.begin(), baseline.end(), address);
    if (known == baseline.end()) {
      baseline.push_back(address);
    } else {
      ++known->count;
    }
  }
  return baseline;
}

void apply(const Baseline& baseline, const Sources& sources, const std::set<std::string>& judged_files,
           const Selection& selection, std::vector<Finding>& findings) {
  std::vector<std::size_t> left;
  for (const Known& known : baseline) left.push_back(known.count);
  for (Finding& finding : findings) {
    if (finding.suppressed || finding.rule == &rules::parse_error) continue;
    const Known address = address_of(finding, sources);
    for (std::size_t i = 0; i < baseline.size(); ++i) {
      if (left[i] == 0 || !(baseline[i] == address)) continue;
      --left[i];
      finding.suppressed = {"baseline", {}, {}};
      break;
    }
  }
  for (std::size_t i = 0; i < baseline.size(); ++i) {
    const Known& known = baseline[i];
    const Rule* const rule = find_rule(known.rule);
    const bool could_speak = rule == nullptr || is_selected(*rule, selection);
    if (left[i] == 0 || !could_speak || !judged_files.contains(known.file)) continue;
    if (!is_selected(rules::stale_suppression, selection)) continue;
    Finding finding;
    finding.rule = &rules::stale_suppression;
    finding.severity = finding.rule->severity;
    finding.effect = finding.rule->effect;
    finding.span = known.span;
    finding.message =
        fmt::format("there is no {} {} '{}' any more", known.rule, known.resource.empty() ? "in" : "about",
                    known.resource.empty() ? known.file : known.resource);
    findings.push_back(std::move(finding));
  }
  sort(findings);
}

}  // namespace secretwatch::lint
