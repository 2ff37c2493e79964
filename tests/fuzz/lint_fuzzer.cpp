/// Arbitrary bytes as a template, judged by every rule and told in every format: no crash, no hang, and what is told
/// stands where it says.
#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <vector>

#include "cli/judge.h"
#include "lint/lint.h"
#include "report/report.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace secretwatch;
  cli::Inputs inputs;
  const Sources& sources = inputs.sources;
  const FileId file = inputs.sources.add("template", std::string(reinterpret_cast<const char*>(data), size));
  cli::JudgeOptions options;
  options.lint.selection.all = true;
  cli::Judged judged =
      cli::judge(inputs, {.file = file, .format = load::Format::cloudformation, .is_named = true}, options);
  if (!judged.is_judged && !judged.is_broken) std::abort();
  for (const lint::Finding& finding : judged.findings) {
    if (finding.rule == nullptr || finding.message.empty()) std::abort();
    if (!finding.span.is_nowhere() && (finding.span.begin > finding.span.end || finding.span.end > size)) std::abort();
  }
  lint::apply(judged.ignores, {"2026-06-01", options.lint.selection, {}}, judged.findings);
  const report::Entries entries = report::entries(judged.findings);
  // A report in SARIF explains all rules that it is given, in the same words each time: no more than these.
  std::vector<const lint::Rule*> rules;
  for (const lint::Finding& finding : judged.findings)
    if (std::find(rules.begin(), rules.end(), finding.rule) == rules.end()) rules.push_back(finding.rule);
  const report::Subject subject{.names = {"template"}, .rules = rules};
  report::text(entries, sources, {.colour = true});
  report::compact(entries, sources);
  report::json(entries, sources, subject);
  report::sarif(entries, sources, subject);
  report::junit(entries, sources, subject);
  report::github(entries, sources);
  return 0;
}
