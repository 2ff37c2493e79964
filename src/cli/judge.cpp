#include "cli/judge.h"

#include <fmt/format.h>
#include <xxhash.h>

#include "cli/groups.h"
#include "cli/ignores.h"
#include "cli/parallel.h"
#include "cli/spec_file.h"
#include "fix/fix.h"
#include "lint/rules/catalogue.h"

namespace secretwatch::cli {
namespace {

using load::Format;

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
  if (input.format != Format::cloudformation && root.find("Resources") == nullptr) return std::nullopt;
  return load::cloudformation(root, template_options(input, options), out);
}

/// What a tool writes is mended where the tool reads, not here.
bool is_generated(const Sources& sources, const Input& input) {
  return input.is_generated || sources.text(input.file).find("\"aws:cdk:path\"") != std::string::npos;
}

}  // namespace

void find_fixes(const Sources& sources, const Input& input, const doc::Node& root, const stack::Stack& stack,
                std::vector<lint::Finding>& findings) {
  if (input.format == Format::cloudformation && !is_generated(sources, input))
    fix::find_fixes(sources, root, stack, findings);
}

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

load::TemplateOptions template_options(const Input& input, const JudgeOptions& options) {
  load::TemplateOptions given = input.place;
  given.parameters.insert(given.parameters.end(), options.parameters.begin(), options.parameters.end());
  if (!options.region.empty()) given.region = options.region;
  if (!options.account.empty()) given.account = options.account;
  return given;
}

Judged judge(const Sources& sources, const Input& input, const JudgeOptions& options) {
  Judged judged;
  Diagnostics diagnostics;
  const doc::Limits limits = input.format == Format::spec ? doc::Limits{} : load::template_limits;
  const std::optional<doc::Node> root = doc::read(sources, input.file, limits, diagnostics);
  std::optional<stack::Stack> stack;
  if (root) {
    stack = load_stack(sources, input, *root, options, diagnostics);
    judged.ignores = ignores_of(sources, input.file, *root);
  }
  judged.is_broken = diagnostics.has_errors();
  judged.is_judged = stack.has_value();
  for (const Diagnostic& diagnostic : diagnostics.all()) {
    if (diagnostic.code.severity == Severity::error) {
      judged.findings.push_back(finding_of(diagnostic));
    } else if (input.format != Format::spec) {
      Diagnostic& kept = judged.warnings.add(diagnostic.code, diagnostic.span, "{}", diagnostic.message);
      kept.notes = diagnostic.notes;
    }
  }
  if (stack) {
    if (input.format != Format::spec) judged.links = load::links_of(*stack);
    std::vector<lint::Finding> findings = lint::run(*stack, options.lint);
    find_fixes(sources, input, *root, *stack, findings);
    for (lint::Finding& finding : findings) {
      // A planned resource that stands nowhere in its spec stands for the whole of it.
      if (finding.span.is_nowhere()) finding.span = {input.file, 0, 0};
      judged.findings.push_back(std::move(finding));
    }
  }
  return judged;
}

std::vector<Judged> judge_all(const Inputs& inputs, const JudgeOptions& options, std::size_t threads) {
  std::vector<Judged> all(inputs.all.size());
  in_parallel(all.size(), threads, [&](std::size_t i) { all[i] = judge(inputs.sources, inputs.all[i], options); });
  judge_groups(inputs, options, threads, all);
  return all;
}

}  // namespace secretwatch::cli
