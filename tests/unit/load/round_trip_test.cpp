/// What the compiler writes, the loader reads back: the same stack from every CloudFormation back end.
#include <algorithm>
#include <filesystem>
#include <set>
#include <sstream>

#include <gtest/gtest.h>

#include "emit/emit.h"
#include "load/plan.h"
#include "load/terraform.h"
#include "support/loaded.h"
#include "support/spec_text.h"
#include "unit/load/module_text.h"

namespace secretwatch::load {
namespace {

namespace fs = std::filesystem;

std::vector<std::string> all_specs() {
  std::vector<std::string> paths;
  for (const auto& entry : fs::directory_iterator(secretwatch::testing::in_project("examples")))
    if (entry.is_directory()) paths.push_back((entry.path() / "secretwatch.yaml").string());
  for (const auto& entry : fs::directory_iterator(secretwatch::testing::in_project("tests/conformance/specs")))
    paths.push_back(entry.path().string());
  std::sort(paths.begin(), paths.end());
  return paths;
}

/// CloudFormation has no window in which a deleted secret can be restored: the emitter leaves it to the service.
stack::Stack as_cloudformation_can_say_it(const stack::Stack& planned) {
  stack::Stack sayable = planned;
  for (std::size_t i = 0; i < sayable.resources().size(); ++i)
    if (auto* const secret = std::get_if<stack::Secret>(&sayable[static_cast<stack::ResourceId>(i)].body))
      secret->recovery_window_days.reset();
  return sayable;
}

/// Terraform's module has no outputs here. It has no
/// retention, makes no secret's value, and names the trail's topic by its ARN (docs/decisions/0006).
stack::Stack as_terraform_can_say_it(const stack::Stack& planned) {
  stack::Stack sayable = planned;
  sayable.outputs.clear();
  for (std::size_t i = 0; i < sayable.resources().size(); ++i) {
    stack::Resource& resource = sayable[static_cast<stack::ResourceId>(i)];
    resource.retained = false;
    if (auto* const secret = std::get_if<stack::Secret>(&resource.body)) {
      secret->generated_length.reset();
      secret->exclude_punctuation.reset();
    }
    if (auto* const trail = std::get_if<stack::Trail>(&resource.body); trail != nullptr && trail->topic)
      if (const stack::Ref* const topic = trail->topic->ref())
        trail->topic = stack::TextValue(stack::Ref{topic->target, stack::Attribute::arn, {}});
  }
  return sayable;
}

/// What is asked for is a variable without a value, which is no part of a configuration.
std::string without_parameters(const std::string& dump) {
  std::string kept;
  std::istringstream lines(dump);
  for (std::string line; std::getline(lines, line);)
    if (!line.starts_with("parameter ")) kept += line + "\n";
  return kept;
}

class RoundTrip : public ::testing::TestWithParam<std::string> {
 protected:
  void expect_same(const std::vector<emit::OutputFile>& files, const std::string& template_path) {
    const auto file = std::find_if(files.begin(), files.end(),
                                   [&](const emit::OutputFile& each) { return each.path == template_path; });
    ASSERT_NE(file, files.end()) << template_path;
    const secretwatch::testing::Loaded loaded = secretwatch::testing::load_template(file->text);
    ASSERT_TRUE(loaded.stack) << loaded.errors();
    EXPECT_TRUE(loaded.diagnostics.all().empty());
    EXPECT_TRUE(loaded.stack->gaps.empty());
    EXPECT_EQ(stack::verify_for_emission(*loaded.stack), std::vector<std::string>());
    EXPECT_EQ(stack::dump(*loaded.stack), stack::dump(as_cloudformation_can_say_it(planned)));
  }
  void expect_same_module(const std::string& name, const std::vector<emit::OutputFile>& files) {
    testing::ModuleText module{{{name, files.at(0).text}}};
    const Configuration configuration = module.evaluate();
    EXPECT_FALSE(module.out.has_errors());
    const stack::Stack loaded = to_stack(configuration);
    EXPECT_TRUE(loaded.gaps.empty());
    EXPECT_EQ(stack::verify(loaded), std::vector<std::string>());
    EXPECT_EQ(stack::dump(loaded), without_parameters(stack::dump(as_terraform_can_say_it(planned))));
  }
  void SetUp() override {
    secretwatch::testing::Compiled compiled =
        secretwatch::testing::compile_text(secretwatch::testing::read_text(GetParam()));
    ASSERT_TRUE(compiled.plan) << compiled.errors();
    planned = compiled.plan->stack;
  }
  stack::Stack planned;
};

TEST_P(RoundTrip, ReadsYaml) {
  expect_same(emit::render_cloudformation(planned), "cloudformation/template.yaml");
}

TEST_P(RoundTrip, ReadsJson) {
  expect_same(emit::render_cloudformation_json(planned), "cloudformation/template.json");
}

TEST_P(RoundTrip, ReadsTheTemplateThatTheAssemblyNames) {
  const std::vector<emit::OutputFile> files = emit::render_cdk(planned);
  Sources sources;
  Diagnostics out;
  const FileId manifest = sources.add("manifest.json", files.at(0).text);
  EXPECT_EQ(detect("manifest.json", sources.text(manifest)), Format::assembly);
  const std::optional<doc::Node> root = doc::read_json(sources, manifest, template_limits, out);
  ASSERT_TRUE(root);
  const std::optional<Assembly> assembly = read_assembly(*root, out);
  ASSERT_TRUE(assembly);
  ASSERT_EQ(assembly->stacks.size(), 1U);
  EXPECT_EQ(assembly->stacks[0].name, planned.name);
  EXPECT_EQ(assembly->stacks[0].region, "");
  EXPECT_EQ(assembly->stacks[0].account, "");
  expect_same(files, "cdk/" + assembly->stacks[0].template_file);
}

TEST_P(RoundTrip, ReadsHcl) {
  expect_same_module("main.tf", emit::render_terraform(planned));
}

TEST_P(RoundTrip, ReadsTerraformJson) {
  expect_same_module("main.tf.json", emit::render_terraform_json(planned));
}

TEST_P(RoundTrip, IsTakenForWhatItIs) {
  const auto format_of = [](const emit::OutputFile& file) { return detect(file.path, file.text); };
  EXPECT_EQ(format_of(emit::render_cloudformation(planned).at(0)), Format::cloudformation);
  EXPECT_EQ(format_of(emit::render_cloudformation_json(planned).at(0)), Format::cloudformation);
  EXPECT_EQ(format_of(emit::render_terraform(planned).at(0)), Format::terraform);
  EXPECT_EQ(format_of(emit::render_terraform_json(planned).at(0)), Format::terraform_json);
  EXPECT_EQ(detect("secretwatch.yaml", secretwatch::testing::read_text(GetParam())), Format::spec);
}

/// A plan keeps only part of an expression whose value is not known yet: what it leaves unknown fits anything.
bool fits(std::string_view said, std::string_view meant) {
  constexpr std::string_view opening = "${unknown: ";
  const std::size_t at = said.find(opening);
  if (at == std::string_view::npos) return said == meant;
  if (!meant.starts_with(said.substr(0, at))) return false;
  meant.remove_prefix(at);
  said.remove_prefix(said.find('}', at) + 1);
  for (std::size_t skipped = 0; skipped <= meant.size(); ++skipped)
    if (fits(said, meant.substr(skipped))) return true;
  return false;
}

/// What a plan says although nobody wrote it: what the provider fills in.
std::string without_defaults(const std::string& dump) {
  const std::set<std::string> defaults = {"  actions_enabled: true", "  raw_message_delivery: false",
                                          "  fifo: false", "  organization: false"};
  std::string kept;
  std::istringstream lines(dump);
  for (std::string line; std::getline(lines, line);)
    if (!defaults.contains(line)) kept += line + "\n";
  return kept;
}

class Plans : public ::testing::TestWithParam<std::string> {};

/// The template of the same example, where the plan was made: see tests/plans/make.mjs.
TEST_P(Plans, SayWhatTheTemplateSays) {
  const std::string text =
      secretwatch::testing::read_text(secretwatch::testing::in_project("tests/plans/" + GetParam() + "/plan.json"));
  Sources sources;
  Diagnostics out;
  const std::optional<Configuration> plan = read_plan(sources, sources.add("plan.json", text), out);
  ASSERT_TRUE(plan);
  const stack::Stack loaded = to_stack(*plan);
  EXPECT_EQ(stack::verify(loaded), std::vector<std::string>());
  const secretwatch::testing::Loaded meant = secretwatch::testing::load_template(
      secretwatch::testing::read_text(
          secretwatch::testing::in_project("examples/" + GetParam() + "/cloudformation/template.json")),
      {{{"OnCallEmail", "somebody@example.com"}}, "us-east-1", "123456789012"});
  ASSERT_TRUE(meant.stack);
  std::istringstream said_lines(without_defaults(stack::dump(loaded)));
  std::istringstream meant_lines(
      without_defaults(without_parameters(stack::dump(as_terraform_can_say_it(*meant.stack)))));
  std::string wanted;
  for (std::string line; std::getline(said_lines, line);) {
    ASSERT_TRUE(std::getline(meant_lines, wanted)) << line;
    EXPECT_TRUE(fits(line, wanted)) << line << "\n" << wanted;
  }
  EXPECT_FALSE(std::getline(meant_lines, wanted)) << wanted;
}

INSTANTIATE_TEST_SUITE_P(Every, Plans, ::testing::Values("existing-trail", "minimal", "team", "trail-notices"),
                         [](const auto& tested) {
                           std::string name = tested.param;
                           std::replace(name.begin(), name.end(), '-', '_');
                           return name;
                         });

INSTANTIATE_TEST_SUITE_P(Every, RoundTrip, ::testing::ValuesIn(all_specs()), [](const auto& tested) {
  const fs::path path = tested.param;
  std::string name = (path.filename() == "secretwatch.yaml" ? path.parent_path() : path).stem().string();
  name = (path.filename() == "secretwatch.yaml" ? "example_" : "spec_") + name;
  std::replace_if(
      name.begin(), name.end(), [](char c) { return std::isalnum(static_cast<unsigned char>(c)) == 0; }, '_');
  return name;
});

}  // namespace
}  // namespace secretwatch::load
