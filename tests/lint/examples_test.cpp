/// Every rule by its own examples: in the bad one it speaks and no other does; in the good one none does.
#include <filesystem>

#include <gmock/gmock.h>

#include "cli/files.h"
#include "lint/lint.h"
#include "support/linted.h"
#include "support/spec_text.h"

namespace secretwatch {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using testing::lint_text;
using testing::Linted;

class RuleWithBadExample : public ::testing::TestWithParam<const lint::Rule*> {};
class RuleWithGoodExample : public ::testing::TestWithParam<const lint::Rule*> {};

TEST_P(RuleWithBadExample, SpeaksAloneInIt) {
  const Linted linted = lint_text(std::string(GetParam()->bad), {std::string(GetParam()->id)});
  EXPECT_THAT(linted.ids(), ElementsAre(std::string(GetParam()->id))) << linted.out << linted.err;
}

TEST_P(RuleWithGoodExample, IsQuietInItAndSoAreTheOthers) {
  const Linted linted = lint_text(std::string(GetParam()->good));
  EXPECT_EQ(linted.report["files"], 1) << linted.err;
  EXPECT_THAT(linted.ids(), IsEmpty()) << linted.out;
}

TEST_P(RuleWithBadExample, SaysTheSameOfItFurtherDown) {
  const std::string bad(GetParam()->bad);
  const std::set<std::string> asked_for{std::string(GetParam()->id)};
  const Linted below = lint_text("# one\n# more\n" + bad, asked_for);
  const Linted as_written = lint_text(bad, asked_for);
  std::multiset<std::string> moved;
  for (const auto& finding : as_written.report["findings"])
    moved.insert(finding["id"].get<std::string>() + " " + std::to_string(finding["line"].get<int>() + 2));
  EXPECT_EQ(below.by_line(), moved);
}

std::vector<const lint::Rule*> rules_with(std::string_view lint::Rule::*example) {
  std::vector<const lint::Rule*> rules;
  for (const lint::Rule* const rule : lint::all_rules())
    if (!(rule->*example).empty()) rules.push_back(rule);
  return rules;
}

std::string id_of(const ::testing::TestParamInfo<const lint::Rule*>& each) {
  return std::string(each.param->id);
}

INSTANTIATE_TEST_SUITE_P(Rules, RuleWithBadExample, ::testing::ValuesIn(rules_with(&lint::Rule::bad)), id_of);
INSTANTIATE_TEST_SUITE_P(Rules, RuleWithGoodExample, ::testing::ValuesIn(rules_with(&lint::Rule::good)), id_of);

/// What the compiler makes, its own linter finds nothing wrong with.
TEST(Examples, AreClean) {
  cli::DiskFiles disk;
  std::istringstream in;
  std::ostringstream out;
  std::ostringstream err;
  const cli::Exit exit =
      cli::run({"lint", testing::in_project("examples"), "--format", "json"}, {disk, in, out, err}, false);
  const auto report = nlohmann::json::parse(out.str());
  EXPECT_EQ(exit, cli::Exit::yes) << out.str();
  EXPECT_GE(report["files"], 7 * 4) << "spec, two templates and an assembly of each example";
}

/// Rule and message of each finding, with the rules that are off by themselves.
std::multiset<std::string> told_of(const std::string& path, const std::vector<std::string>& place = {}) {
  cli::DiskFiles disk;
  std::istringstream in;
  std::ostringstream out;
  std::ostringstream err;
  std::vector<std::string> arguments{"lint", testing::in_project(path), "--all", "--format", "json"};
  arguments.insert(arguments.end(), place.begin(), place.end());
  cli::run(arguments, {disk, in, out, err}, false);
  const auto report = nlohmann::json::parse(out.str());
  std::multiset<std::string> told;
  for (const auto& finding : report["findings"])
    told.insert(finding["id"].get<std::string>() + " " + finding["message"].get<std::string>());
  return told;
}

/// A plan of a module tells of it what the module itself does, where it is planned for.
TEST(Plans, AreJudgedAsTheirModules) {
  const std::vector<std::string> place{"--region", "us-east-1", "--account", "123456789012"};
  std::size_t plans = 0;
  for (const auto& each : std::filesystem::directory_iterator(testing::in_project("tests/plans"))) {
    if (!each.is_directory()) continue;
    const std::string name = each.path().filename().string();
    const std::multiset<std::string> of_plan = told_of("tests/plans/" + name + "/plan.json");
    EXPECT_EQ(of_plan, told_of("examples/" + name + "/terraform", place)) << name;
    EXPECT_EQ(of_plan, told_of("examples/" + name + "/terraform-json", place)) << name;
    ++plans;
  }
  EXPECT_GE(plans, 4U);
}

}  // namespace
}  // namespace secretwatch
