#include "lint/baseline.h"

#include <map>
#include <tuple>

#include "lint/rules/catalogue.h"

namespace secretwatch::lint {
namespace {

using Address = std::tuple<std::string, std::string, std::string, std::string>;

Address key_of(const Known& known) {
  return {known.rule, known.file, known.resource, known.property};
}

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
  std::map<Address, std::size_t> positions;
  for (const Finding& finding : findings) {
    if (finding.suppressed || finding.rule == &rules::parse_error) continue;
    Known known = address_of(finding, sources);
    const auto [position, is_new] = positions.try_emplace(key_of(known), baseline.size());
    if (is_new) {
      baseline.push_back(std::move(known));
    } else {
      ++baseline[position->second].count;
    }
  }
  return baseline;
}

void apply(const Baseline& baseline, const Sources& sources, const std::set<std::string>& judged_files,
           const Selection& selection, std::vector<Finding>& findings) {
  std::vector<std::size_t> left;
  std::map<Address, std::size_t> positions;  // of entries with one address, the first stands for all
  for (const Known& known : baseline) {
    const std::size_t position = positions.try_emplace(key_of(known), left.size()).first->second;
    left.push_back(0);
    left[position] += known.count;
  }
  for (Finding& finding : findings) {
    if (finding.suppressed || finding.rule == &rules::parse_error) continue;
    const auto position = positions.find(key_of(address_of(finding, sources)));
    if (position == positions.end() || left[position->second] == 0) continue;
    --left[position->second];
    finding.suppressed = {"baseline", {}, {}};
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
