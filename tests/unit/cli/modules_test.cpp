/// `lint` of Terraform: which folders are modules, what they are given, what is ignored.
#include "cli/modules.h"

#include <algorithm>

#include <gmock/gmock.h>

#include "cli/ignores.h"
#include "support/linted.h"

namespace secretwatch::cli {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using testing::Linted;
using ::testing::Not;

class TerraformModules : public ::testing::Test {
 protected:
  testing::MemoryFiles files;

  Linted run(const std::vector<std::string>& arguments) { return testing::lint(files, arguments); }
  Linted json(std::vector<std::string> arguments) {
    arguments.insert(arguments.end(), {"--format", "json"});
    return run(arguments);
  }

  /// Of the folders, as if named on the command line.
  Modules modules_of(const std::vector<std::string>& paths) {
    std::istringstream in;
    std::ostringstream out;
    Io io{files, in, out, out};
    sources = {};
    faults = {};
    Crew crew(2);
    ModuleReader reader(sources, io, crew);
    for (const std::string& path : paths)
      if (files.is_folder(path)) reader.add_named_folder(path);
    for (const FoundFile& file : walk(paths, files).files)
      if (ModuleReader::takes(file.path)) reader.add_file(file);
    return reader.read(faults);
  }
  static std::vector<std::string> paths_of(const std::vector<const load::ModuleFolder*>& folders) {
    std::vector<std::string> paths;
    for (const load::ModuleFolder* const folder : folders) paths.push_back(folder->path);
    return paths;
  }
  static std::vector<std::string> names_of(const load::ModuleFolder& folder) {
    std::vector<std::string> names;
    for (const load::ModuleFile& file : folder.files) names.push_back(file.name);
    return names;
  }

  Sources sources;
  Diagnostics faults;
};

const char* const call_m = "module \"m\" {\n  source = \"../modules/m\"\n}\n";

TEST_F(TerraformModules, AreFoldersThatNobodyCalls) {
  files.texts = {
      {"a/live/main.tf", call_m}, {"a/modules/m/main.tf", ""}, {"a/other/x.tf.json", "{}"}, {"a/b.yaml", ""}};
  const Modules modules = modules_of({"a"});
  EXPECT_THAT(modules.roots, ElementsAre("a/live", "a/other"));
  EXPECT_THAT(paths_of(modules.reach("a/live")), ElementsAre("a/live", "a/modules/m"));
}

TEST_F(TerraformModules, ThatAreNamedAreJudgedBesides) {
  files.texts = {{"a/live/main.tf", call_m}, {"a/modules/m/main.tf", ""}};
  EXPECT_THAT(modules_of({"a", "a/modules/m"}).roots, ElementsAre("a/live", "a/modules/m"));
}

TEST_F(TerraformModules, AreReadWhereverTheyLie) {
  files.texts = {{"a/live/main.tf", call_m}, {"a/modules/m/main.tf", ""}};
  const Modules modules = modules_of({"a/live"});
  EXPECT_THAT(modules.roots, ElementsAre("a/live"));
  EXPECT_THAT(names_of(modules.at("a/modules/m")), ElementsAre("main.tf"));
  EXPECT_TRUE(modules.elsewhere.contains("a/modules/m"));
}

TEST_F(TerraformModules, ThatCallEachOtherAreJudgedOnce) {
  files.texts = {{"a/x/main.tf", "module \"y\" {\n  source = \"../y\"\n}\n"},
                 {"a/y/main.tf", "module \"x\" {\n  source = \"../x\"\n}\n"}};
  EXPECT_THAT(modules_of({"a"}).roots, ElementsAre("a/x"));
}

TEST_F(TerraformModules, AreFragmentsWhenOnlyFilesAreNamed) {
  files.texts = {{"a/main.tf", ""}, {"a/other.tf", ""}};
  EXPECT_FALSE(modules_of({"a/main.tf"}).at("a").is_whole);
  EXPECT_THAT(names_of(modules_of({"a/main.tf"}).at("a")), ElementsAre("main.tf"));
  EXPECT_TRUE(modules_of({"a/main.tf", "a/other.tf"}).at("a").is_whole);
  EXPECT_TRUE(modules_of({"a"}).at("a").is_whole);
}

TEST_F(TerraformModules, HaveFilesThatGitDoesNotAndLinks) {
  files.texts = {{"a/.git/x", ""},
                 {"a/.gitignore", "local.tf\n*.tfvars\n"},
                 {"a/main.tf", ""},
                 {"a/local.tf", ""},
                 {"a/terraform.tfvars", ""},
                 {"a/common.tf", "locals {}\n"},
                 {"a/prod.auto.tfvars.json", "{}"}};
  files.links = {"a/common.tf"};
  const Modules modules = modules_of({"a"});
  EXPECT_THAT(names_of(modules.at("a")), ElementsAre("common.tf", "local.tf", "main.tf"));
  ASSERT_EQ(modules.at("a").variable_files.size(), 1U) << "what is kept out of git may be a secret";
  EXPECT_EQ(modules.at("a").variable_files[0].name, "prod.auto.tfvars.json");
}

TEST_F(TerraformModules, AreReadWhereInitPutThem) {
  files.texts = {{"a/main.tf", "module \"m\" {\n  source = \"x/m/aws\"\n}\n"},
                 {"a/.terraform/modules/modules.json",
                  R"({"Modules": [{"Key": "", "Dir": "."}, {"Key": "m", "Dir": ".terraform/modules/m"}]})"},
                 {"a/.terraform/modules/m/main.tf", ""}};
  const Modules modules = modules_of({"a"});
  EXPECT_EQ(modules.at("a").modules.at("m"), "a/.terraform/modules/m");
  EXPECT_THAT(modules.roots, ElementsAre("a"));
  EXPECT_EQ(modules.at("a/.terraform/modules/m").files.size(), 1U);
}

TEST_F(TerraformModules, TellEveryFaultOnceAndAtItsPlace) {
  files.texts = {{"a/live/main.tf", call_m},
                 {"a/live/again.tf", "module \"n\" {\n  source = \"../modules/m\"\n}\n"},
                 {"a/modules/m/main.tf", "resource \"aws_x\" \"y\" {\n  a =\n}\n"}};
  const Linted linted = json({"a"});
  EXPECT_EQ(linted.exit, 2);
  ASSERT_EQ(linted.report["findings"].size(), 1U);
  EXPECT_EQ(linted.report["findings"][0]["id"], "R001");
  EXPECT_EQ(linted.report["findings"][0]["file"], "a/modules/m/main.tf");
  EXPECT_EQ(linted.report["files"], 2);
}

TEST_F(TerraformModules, SayWhatCannotBeOpened) {
  files.texts = {{"a/main.tf", ""}, {"a/locked.tf", ""}};
  files.unreadable = {"a/locked.tf"};
  const Linted linted = json({"a"});
  EXPECT_EQ(linted.exit, 2);
  EXPECT_THAT(linted.out, HasSubstr("'a/locked.tf' cannot be read: Permission denied"));
}

TEST_F(TerraformModules, AreCountedByTheirFiles) {
  files.texts = {{"a/main.tf", ""}, {"a/b.tf", ""}, {"a/c/terraform.tfvars", ""}};
  const Linted linted = json({"a"});
  EXPECT_EQ(linted.exit, 0);
  EXPECT_EQ(linted.report["files"], 2);
  EXPECT_EQ(linted.report["skipped"], 1);
}

// --- what is ignored ---

/// Rules of the ignores that cover a place: the text that stands there.
std::vector<std::string> ignored_at(const std::vector<lint::Ignore>& ignores, const Sources& sources, FileId file,
                                    const std::string& text) {
  const auto at = static_cast<std::uint32_t>(sources.text(file).find(text));
  std::vector<std::string> rules;
  for (const lint::Ignore& ignore : ignores)
    if (ignore.covers.file == file && ignore.covers.begin <= at && at < ignore.covers.end)
      rules.insert(rules.end(), ignore.rules.begin(), ignore.rules.end());
  std::sort(rules.begin(), rules.end());
  return rules;
}

TEST_F(TerraformModules, IgnoreByCommentsAboveLinesAndBlocks) {
  files.texts = {
      {"a/main.tf",
       "# secretwatch:ignore A510 -- block\nresource \"aws_x\" \"one\" {\nfirst = 1\n"
       "  // secretwatch:ignore A540 -- line\n  second = 2\n  third = 3 /* secretwatch:ignore A541 -- here */\n"
       "  nested { # secretwatch:ignore A542 -- inner\nfourth = 4\n  }\n}\nresource \"aws_x\" \"two\" {\n  fifth = "
       "5\n}\n"}};
  const Modules modules = modules_of({"a"});
  ASSERT_THAT(faults.all(), IsEmpty());
  const std::vector<lint::Ignore> ignores = ignores_of(sources, modules, modules.at("a"));
  const auto at = [&](const std::string& text) {
    return ignored_at(ignores, sources, modules.at("a").files[0].file, text);
  };
  EXPECT_THAT(at("\"one\""), ElementsAre("A510"));
  EXPECT_THAT(at("first"), ElementsAre("A510")) << "whatever its indentation";
  EXPECT_THAT(at("second ="), ElementsAre("A510", "A540"));
  EXPECT_THAT(at("third ="), ElementsAre("A510", "A541"));
  EXPECT_THAT(at("fourth"), ElementsAre("A510", "A542"));
  EXPECT_THAT(at("fifth"), IsEmpty());
}

TEST_F(TerraformModules, IgnoreByKeysOfJson) {
  files.texts = {{"a/main.tf.json",
                  R"json({"//": ["secretwatch:ignore O -- all", "other"], "resource": {"aws_x": {
    "one": {"//": "secretwatch:ignore A510 until 2027-01-01 -- one", "first": 1}, "two": {"second": 2}}}})json"}};
  const Modules modules = modules_of({"a"});
  const std::vector<lint::Ignore> ignores = ignores_of(sources, modules, modules.at("a"));
  const auto at = [&](const std::string& text) {
    return ignored_at(ignores, sources, modules.at("a").files[0].file, text);
  };
  EXPECT_THAT(at("\"one\": "), ElementsAre("A510", "O"));
  EXPECT_THAT(at("first"), ElementsAre("A510", "O"));
  EXPECT_THAT(at("second"), ElementsAre("O"));
}

TEST_F(TerraformModules, IgnoreWhatACallMakes) {
  files.texts = {{"a/live/main.tf", std::string("# secretwatch:ignore A510 -- as bought\n") + call_m +
                                        "module \"n\" {\n  source = \"../modules/m\"\n}\n"},
                 {"a/modules/m/main.tf", "locals {}\n"}};
  const Modules modules = modules_of({"a"});
  const std::vector<lint::Ignore> ignores = ignores_of(sources, modules, modules.at("a/live"));
  ASSERT_EQ(ignores.size(), 1U);
  EXPECT_EQ(ignores[0].through, "module.m");
  EXPECT_THAT(ignores[0].files, ElementsAre(modules.at("a/modules/m").files[0].file));
}

// --- what rests on itself ---

TEST_F(TerraformModules, ThatRestOnThemselvesAreToldWithTheirPlace) {
  const std::string topic = "resource \"aws_sns_topic\" \"t\" {\n  name = local.a\n}\n";
  files.texts = {{"a/main.tf", "locals {\n  a = local.b\n  b = local.a\n}\n" + topic},
                 {"b/main.tf", "module \"m\" {\n  source = \"./\"\n}\n"},
                 {"c/main.tf", "locals {\n  a = \"a\"\n}\n" + topic}};
  const Linted linted = run({"a", "b", "c", "--format", "compact"});
  EXPECT_EQ(linted.exit, 2);
  EXPECT_THAT(linted.out, HasSubstr("a/main.tf:3:7"));
  EXPECT_THAT(linted.out, HasSubstr("'local.a' rests on itself"));
  EXPECT_THAT(linted.out, HasSubstr("b/main.tf:1:1"));
  EXPECT_THAT(linted.out, HasSubstr("module 'm' calls itself"));
  EXPECT_EQ(run({"c"}).exit, 0);
}

// --- variables ---

TEST_F(TerraformModules, AreGivenValuesOnTheCommandLine) {
  files.texts = {
      {"a/main.tf", "variable \"x\" {}\n"}, {"b/main.tf", ""}, {"v.tfvars", "x = 1\n"}, {"bad.tfvars", "x = \n"}};
  EXPECT_THAT(run({"a", "b", "--var", "x=1", "--var-file", "v.tfvars", "--var", "x=2"}).err, Not(HasSubstr("SW02")));
  EXPECT_THAT(run({"a", "b", "--var", "y=1"}).err, HasSubstr("there is no variable 'y'"));
  EXPECT_EQ(run({"a", "--var", "secret"}).exit, 2);
  EXPECT_THAT(run({"a", "--var", "secret"}).err, Not(HasSubstr("secret'"))) << "it may be a value";
  EXPECT_EQ(run({"a", "--var-file", "none.tfvars"}).exit, 2);
  EXPECT_EQ(run({"a", "--var-file", "bad.tfvars"}).exit, 2);
  files.texts[".secretwatch.yaml"] = "variables: {y: 1}\n";
  EXPECT_THAT(run({"a"}).err, HasSubstr("there is no variable 'y'"));
}

}  // namespace
}  // namespace secretwatch::cli
