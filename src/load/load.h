#pragma once
/// Load: what teams already have -> the same stack that the compiler makes.
///
///     const std::optional<doc::Node> root = doc::read(sources, file, load::template_limits, out);
///     const std::optional<stack::Stack> stack = load::cloudformation(*root, {.parameters = given}, out);
///
/// CloudFormation in YAML and JSON, with the SAM transform and the language extensions. What cannot be read is an error
/// with its place. What cannot be evaluated becomes Unknown with a reason, never an error and never a guess: values of
/// parameters without default, imports, macros. Conditions are decided where the parameters decide them, else they stay
/// in the stack. Nothing is normalised: a group's ARN with `:*` behind it keeps it. Values of secret parameters
/// (NoEcho) are used to decide conditions and stand nowhere in the stack. The result passes stack::verify(). Not here:
/// reading files (cli/), whether the template is wise (lint/).
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostic.h"
#include "doc/doc.h"
#include "stack/stack.h"

namespace secretwatch::load {

namespace codes {
inline constexpr Code not_a_template{"SW0201", "not-a-template"};
inline constexpr Code bad_section{"SW0202", "bad-section"};
inline constexpr Code bad_resource{"SW0203", "bad-resource"};
inline constexpr Code bad_parameter_file{"SW0204", "bad-parameter-file"};
inline constexpr Code unknown_parameter{"SW0205", "unknown-parameter", Severity::warning};
inline constexpr Code bad_assembly{"SW0206", "bad-assembly"};
inline constexpr Code bad_plan{"SW0207", "bad-plan"};
inline constexpr Code circular{"SW0208", "circular"};
inline constexpr Code bad_terraform_json{"SW0220", "bad-terraform-json"};
inline constexpr Code declared_twice{"SW0221", "declared-twice", Severity::warning};
inline constexpr Code unknown_variable{"SW0222", "unknown-variable", Severity::warning};
}  // namespace codes

/// CloudFormation takes 1 MB; what a tool writes before it is minified can be some times larger.
inline constexpr doc::Limits template_limits{5'000'000, 200'000, doc::Dialect::template_language};
/// Of a Terraform plan.
inline constexpr doc::Limits plan_limits{256'000'000, 200'000, doc::Dialect::template_language};

// --- what is this? ---

enum class Format { cloudformation, terraform, terraform_json, plan_json, assembly, spec, other };

std::string_view name_of(Format format);

/// Tells formats apart by content, and .tf from everything else by name; reads no more than it must, and does not
/// parse. A file that only looks a bit like a template is `other`, and so is a text that quotes one (.md, .rst, …).
Format detect(std::string_view name, std::string_view text);

/// `{% if prod %}` and `Name: {{ name }}`, of Jinja and the like: a tool makes a template of it.
bool is_for_a_tool(std::string_view text);

// --- CloudFormation ---

/// A parameter's value as the user of the template gives it; of a list, with commas.
struct GivenParameter {
  std::string name;
  std::string value;
  Span span{};
};

struct TemplateOptions {
  std::vector<GivenParameter> parameters{};  // of one given twice, the last counts
  std::string region{};                      // empty: not known
  std::string account{};
  bool defaults_decide = true;  // else a parameter that a condition looks at is not known unless it is given
};

std::optional<stack::Stack> cloudformation(const doc::Node& root, const TemplateOptions& options, Diagnostics& out);

/// [{"ParameterKey": K, "ParameterValue": V}] (AWS CLI), {"Parameters": {K: V}} (CodePipeline), {K: V} (SAM, CDK and
/// others), ["K=V"] (deploy --parameter-overrides). A value may be a list. UsePreviousValue gives nothing.
std::optional<std::vector<GivenParameter>> read_parameters(const doc::Node& root, Diagnostics& out);

/// "K=V", as on a command line; nothing: there is no `=` behind a name.
std::optional<GivenParameter> read_parameter(std::string_view text);

// --- CDK ---

/// A stack of a cloud assembly: which template, and where it will be deployed.
struct AssemblyStack {
  std::string name;
  std::string template_file;  // relative to the manifest
  std::string region{};       // empty: not known
  std::string account{};
  std::vector<GivenParameter> parameters{};
  Span span{};
};

struct Assembly {
  std::vector<AssemblyStack> stacks;
  std::vector<std::string> nested;  // folders, relative to the manifest, that hold a manifest of their own
};

/// Reads manifest.json. A path that leaves the folder of the manifest is an error.
std::optional<Assembly> read_assembly(const doc::Node& root, Diagnostics& out);

}  // namespace secretwatch::load
