#pragma once
/// Judge: one input to its findings.
///
///     const Judged judged = judge(inputs, input, options);
///
/// Reads nothing but the sources and keeps no state, so that several inputs can be judged at once. Faults of the input
/// are findings too (R001).
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostic.h"
#include "cli/crew.h"
#include "cli/inputs.h"
#include "lint/lint.h"
#include "lint/suppress.h"
#include "load/links.h"
#include "load/modules.h"

namespace secretwatch::cli {

struct JudgeOptions {
  lint::Options lint{};
  std::vector<load::GivenParameter> parameters{};
  std::string region{};
  std::string account{};
  load::ModuleOptions variables{};
};

struct Judged {
  std::vector<lint::Finding> findings{};
  std::vector<lint::Ignore> ignores{};
  Diagnostics warnings{};              // of the reader, for a person
  bool is_judged = false;              // it was a template
  bool is_broken = false;              // it could not be read; of a module its files say that themselves
  std::optional<load::Links> links{};  // to other templates, of a template
};

/// The command line wins over what an assembly says of the place.
load::TemplateOptions template_options(const Input& input, const JudgeOptions& options);

/// What mends findings of a stack that the input was loaded into, in its text, if that is where it is mended.
void find_fixes(const Sources& sources, const Input& input, const doc::Node& root, const stack::Stack& stack,
                std::vector<lint::Finding>& findings);

Judged judge(const Inputs& inputs, const Input& input, const JudgeOptions& options);

/// All of them, in the order of the inputs, however many the crew is. Templates that belong together are judged
/// together (groups.h).
std::vector<Judged> judge_all(const Inputs& inputs, const JudgeOptions& options, Crew& crew);

/// A fault of reading, as a finding.
lint::Finding finding_of(const Diagnostic& diagnostic);

}  // namespace secretwatch::cli
