#include "cli/judge.h"

#include <algorithm>
#include <set>
#include <tuple>

#include <fmt/format.h>
#include <xxhash.h>

#include "cli/groups.h"
#include "cli/ignores.h"
#include "cli/spec_file.h"
#include "fix/fix.h"
#include "lint/defaults.h"
#include "lint/rules/catalogue.h"
#include "load/cycles.h"
#include "load/plan.h"
#include "load/spec_mark.h"
#include "load/terraform.h"

namespace secretwatch::cli {

using load::Format;

load::TemplateOptions template_options(const Input& input, const JudgeOptions& options) {
  load::TemplateOptions given = input.place;
  given.parameters.insert(given.parameters.end(), options.parameters.begin(), options.parameters.end());
  if (!options.region.empty()) given.region = options.region;
  if (!options.account.empty()) given.account = options.account;
  return given;
}

namespace {

/// What a tool writes is mended where the tool reads, not here.
bool is_generated(const Sources& sources, const Input& input) {
  const std::string& text = sources.text(input.file);
  return input.is_generated || !load::spec_hash_in(text).empty() || text.find("\"aws:cdk:path\"") != std::string::npos;
}

}  // namespace

void find_fixes(const Sources& sources, const Input& input, const doc::Node& root, const stack::Stack& stack,
                std::vector<lint::Finding>& findings) {
  if (input.format == Format::cloudformation && !is_generated(sources, input))
    fix::find_fixes(sources, root, stack, findings);
}

namespace {

std::optional<stack::Stack> load_stack(const Sources& sources, const Input& input, const doc::Node& root,
                                       const JudgeOptions& options, Diagnostics& out) {
  if (input.format == Format::spec) {
    CompiledSpec compiled = compile_spec(root, out);
    if (!compiled.plan) return std::nullopt;
    const std::string& text = sources.text(input.file);
    compiled.plan->stack.spec_hash = fmt::format("{:016x}", XXH3_64bits(text.data(), text.size()));
    return std::move(compiled.plan->stack);
  }
  // What was named and reads well, but is no template, is nobody's fault.
  const doc::Node* const resources = root.find("Resources");
  const bool has_resources = resources != nullptr && resources->kind == doc::Kind::mapping;
  if (input.format != Format::cloudformation && !has_resources) return std::nullopt;
  std::optional<stack::Stack> stack = load::cloudformation(root, template_options(input, options), out);
  if (stack) stack->spec_hash = load::spec_hash_in(sources.text(input.file));
  return stack;
}

/// The findings, the default values of a template's parameters weighed.
std::vector<lint::Finding> findings_of(const Sources& sources, const stack::Stack& stack, const Input& input,
                                       const doc::Node& root, const JudgeOptions& options) {
  const auto judged = [&](const stack::Stack& one) {
    std::vector<lint::Finding> findings = lint::run(one, options.lint);
    find_fixes(sources, input, root, one, findings);
    return findings;
  };
  std::vector<lint::Finding> findings = judged(stack);
  const bool has_defaults = std::any_of(stack.parameters.begin(), stack.parameters.end(),
                                        [](const stack::Parameter& each) { return each.default_value.has_value(); });
  if (input.format == Format::spec || !has_defaults || root.find("Conditions") == nullptr) return findings;
  load::TemplateOptions open = template_options(input, options);
  open.defaults_decide = false;
  Diagnostics told_before;
  const std::optional<stack::Stack> without = load::cloudformation(root, open, told_before);
  return without ? lint::weigh_defaults(stack, std::move(findings), judged(*without)) : findings;
}

}  // namespace

lint::Finding finding_of(const Diagnostic& diagnostic) {
  lint::Finding finding;
  finding.rule = &lint::rules::parse_error;
  finding.span = diagnostic.span;
  finding.message = diagnostic.message;
  finding.severity = finding.rule->severity;
  finding.effect = finding.rule->effect;
  for (const Note& note : diagnostic.notes) finding.relate(note.span, "{}", note.message);
  return finding;
}

namespace {

void add_findings(std::vector<lint::Finding> findings, const Input& input, Judged& judged) {
  for (lint::Finding& finding : findings) {
    // A planned resource that stands nowhere in its spec stands for the whole of it.
    if (finding.span.is_nowhere()) finding.span = {input.file, 0, 0};
    judged.findings.push_back(std::move(finding));
  }
}

/// Errors are findings, told once for each place; what else there is to say is for a person.
void add_diagnostics(const Diagnostics& diagnostics, Judged& judged) {
  std::set<std::tuple<FileId, std::uint32_t, std::string_view>> told;
  for (const Diagnostic& diagnostic : diagnostics.all()) {
    if (!told.emplace(diagnostic.span.file, diagnostic.span.begin, diagnostic.message).second) continue;
    if (diagnostic.code.severity != Severity::error) {
      judged.warnings.add(diagnostic.code, diagnostic.span, "{}", diagnostic.message).notes = diagnostic.notes;
      continue;
    }
    judged.is_broken = true;
    judged.findings.push_back(finding_of(diagnostic));
  }
}

/// Those that somebody writes by hand, and that lint was pointed at.
std::vector<const hcl::File*> files_to_mend(const Inputs& inputs, const Input& input) {
  std::vector<const hcl::File*> files;
  for (const load::ModuleFolder* const folder : inputs.modules.reach(input.module)) {
    const bool is_installed = folder->path.find(".terraform/") != std::string::npos;
    if (is_installed || inputs.modules.elsewhere.contains(folder->path)) continue;
    for (const load::ModuleFile& file : folder->files)
      if (file.syntax && file.spec_hash.empty()) files.push_back(&*file.syntax);
  }
  return files;
}

Judged judge_module(const Inputs& inputs, const Input& input, const JudgeOptions& options) {
  Judged judged;
  Diagnostics diagnostics;
  const load::Configuration configuration =
      load::evaluate_module(inputs.modules.at(input.module), inputs.modules.folders, options.variables, diagnostics);
  add_diagnostics(diagnostics, judged);
  const stack::Stack stack = load::to_stack(configuration, {options.region, options.account});
  const std::vector<const hcl::File*> files = files_to_mend(inputs, input);
  const auto findings_of = [&](const stack::Stack& one) {
    std::vector<lint::Finding> findings = lint::run(one, options.lint);
    fix::find_fixes(inputs.sources, files, one, findings);
    return findings;
  };
  std::vector<lint::Finding> findings = findings_of(stack);
  if (configuration.rests_on_defaults && configuration.spec_hash.empty()) {
    load::ModuleOptions open = options.variables;
    open.defaults_decide = false;
    Diagnostics told_before;
    const load::Configuration without =
        load::evaluate_module(inputs.modules.at(input.module), inputs.modules.folders, open, told_before);
    findings = lint::weigh_defaults(stack, std::move(findings),
                                    findings_of(load::to_stack(without, {options.region, options.account})),
                                    configuration.is_for_others);
  }
  add_findings(std::move(findings), input, judged);
  judged.is_judged = true;
  return judged;
}

/// Nobody writes plans by hand: there is nothing in them to ignore by comment, or to mend.
Judged judge_plan(const Inputs& inputs, const Input& input, const JudgeOptions& options) {
  Judged judged;
  Diagnostics diagnostics;
  const std::optional<load::Configuration> plan = load::read_plan(inputs.sources, input.file, diagnostics);
  add_diagnostics(diagnostics, judged);
  judged.is_judged = plan.has_value();
  if (plan)
    add_findings(lint::run(load::to_stack(*plan, {options.region, options.account}), options.lint), input, judged);
  return judged;
}

}  // namespace

Judged judge(const Inputs& inputs, const Input& input, const JudgeOptions& options) {
  if (!input.module.empty()) return judge_module(inputs, input, options);
  if (input.format == Format::plan_json) return judge_plan(inputs, input, options);
  Judged judged;
  Diagnostics diagnostics;
  const Sources& sources = inputs.sources;
  const doc::Limits limits = input.format == Format::spec ? doc::Limits{} : load::template_limits;
  const std::optional<doc::Node> root = doc::read(sources, input.file, limits, diagnostics);
  std::optional<stack::Stack> stack;
  if (root) {
    stack = load_stack(sources, input, *root, options, diagnostics);
    judged.ignores = ignores_of(sources, input.file, *root);
  }
  if (stack && input.format != Format::spec) load::find_cycles(*root, diagnostics);
  add_diagnostics(diagnostics, judged);
  if (input.format == Format::spec) judged.warnings = {};  // `compile` tells them
  judged.is_judged = stack.has_value();
  if (stack && input.format != Format::spec) judged.links = load::links_of(*stack);
  if (stack) add_findings(findings_of(sources, *stack, input, *root, options), input, judged);
  return judged;
}

std::vector<Judged> judge_all(const Inputs& inputs, const JudgeOptions& options, Crew& crew) {
  constexpr std::size_t large = 32'768;  // bytes: smaller ones are judged before another thread has begun
  std::vector<Judged> all(inputs.all.size());
  JudgeOptions each = options;
  // Threads that files leave over help with the resources of each, and begin while these are read.
  each.lint.threads = crew.size() / std::max<std::size_t>(all.size(), 1);
  each.lint.for_each = [&crew](std::size_t count, const auto& work) { crew.for_each(count, work); };
  const bool has_large = std::any_of(inputs.all.begin(), inputs.all.end(), [&](const Input& input) {
    return inputs.sources.text(input.file).size() >= large;
  });
  if (each.lint.threads > 1 && has_large) crew.gather(crew.size() - 1);
  crew.for_each(all.size(), [&](std::size_t i) { all[i] = judge(inputs, inputs.all[i], each); });
  judge_groups(inputs, options, crew, all);
  return all;
}

}  // namespace secretwatch::cli
