/// Every command in the documentation is run: the `sh` blocks and the `run:` lines of workflows, in a folder of their
/// own with secretwatch on the path. `make` targets are checked without being made. Blocks marked `console` need an AWS
/// account and are only looked at: what they name must exist.
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

#include <gtest/gtest.h>

#include "support/golden.h"
#include "support/spec_text.h"

namespace secretwatch {
namespace {

namespace fs = std::filesystem;
using testing::in_project;
using testing::read_text;

struct Block {
  std::string language;
  std::string text;
};

std::vector<Block> blocks_of(const std::string& markdown) {
  std::vector<Block> blocks;
  std::istringstream lines(markdown);
  bool inside = false;
  for (std::string line; std::getline(lines, line);) {
    if (line.starts_with("```")) {
      if (!inside) blocks.push_back({line.substr(3), ""});
      inside = !inside;
    } else if (inside) {
      blocks.back().text += line + "\n";
    }
  }
  return blocks;
}

/// The commands of a workflow: what stands behind `run:`.
std::string run_lines(const std::string& yaml) {
  std::string commands;
  std::istringstream lines(yaml);
  for (std::string line; std::getline(lines, line);)
    if (const std::size_t at = line.find("run: "); at != std::string::npos) commands += line.substr(at + 5) + "\n";
  return commands;
}

std::string quoted(const std::string& text) {
  return "'" + text + "'";
}

class Commands : public ::testing::Test {
 protected:
  void SetUp() override {
    std::string pattern = (fs::temp_directory_path() / "secretwatch-docs-XXXXXX").string();
    ASSERT_NE(mkdtemp(pattern.data()), nullptr);
    folder = pattern;
    fs::copy(in_project("examples"), folder / "examples", fs::copy_options::recursive);
    fs::create_directories(folder / "docs");
    fs::copy(in_project("docs/lint"), folder / "docs/lint", fs::copy_options::recursive);
  }
  void TearDown() override { fs::remove_all(folder); }

  /// Runs a script as a user would, and gives what it said when it failed.
  void run(const std::string& script, const std::string& where) const {
    const fs::path file = folder / "script.sh";
    std::ofstream(file) << "set -eu\nPATH=" << quoted(fs::path(SECRETWATCH_PROGRAM).parent_path().string())
                        << ":$PATH\ncd " << quoted(folder.string()) << "\n"
                        << script;
    const std::string command = "sh " + quoted(file.string()) + " >" + quoted((folder / "said").string()) + " 2>&1";
    EXPECT_EQ(std::system(command.c_str()), 0) << where << ":\n" << script << read_text((folder / "said").string());
  }

  fs::path folder;
};

TEST_F(Commands, OfTheReadmeRun) {
  const std::string readme = read_text(in_project("README.md"));
  std::string spec;
  std::size_t ran = 0;
  for (const Block& block : blocks_of(readme)) {
    if (block.language == "yaml" && block.text.starts_with("version: 1")) spec = block.text;
    if (block.language != "sh") continue;
    std::istringstream lines(block.text);
    std::string script;
    for (std::string line; std::getline(lines, line);) {
      ++ran;
      if (line.starts_with("make ")) {
        const std::string target = line.substr(5, line.find(' ', 5) - 5);
        script += "make -C " + quoted(in_project(".")) + " -n " + target + "\n";
      } else {
        script += line + "\n";
      }
    }
    run(script, "README.md");
  }
  EXPECT_GE(ran, 7U);
  EXPECT_EQ(spec, read_text(in_project("examples/minimal/secretwatch.yaml"))) << "the six lines are the example";
}

TEST_F(Commands, OfTheCommandLinePageRun) {
  std::size_t blocks = 0;
  for (const Block& block : blocks_of(read_text(in_project("docs/command-line.md")))) {
    if (block.language != "sh") continue;
    ++blocks;
    run(block.text, "docs/command-line.md");
  }
  EXPECT_EQ(blocks, 1U);
}

TEST_F(Commands, OfTheWorkflowRun) {
  std::ofstream(folder / "secretwatch.yaml") << read_text(in_project("examples/minimal/secretwatch.yaml"));
  run("secretwatch compile --to terraform -o infra\n", "before the workflow");
  std::size_t workflows = 0;
  for (const Block& block : blocks_of(read_text(in_project("README.md")))) {
    const std::string commands = run_lines(block.text);
    if (block.language != "yaml" || commands.empty()) continue;
    ++workflows;
    run(commands, "the workflow in README.md");
  }
  EXPECT_EQ(workflows, 1U);
}

TEST_F(Commands, OfThePageOnFilterPatternsRun) {
  for (const Block& block : blocks_of(read_text(in_project("docs/filter-patterns.md"))))
    if (block.language == "sh") run(block.text, "docs/filter-patterns.md");
}

/// `$ command` and what it says on both streams; SECRETWATCH_UPDATE_GOLDENS=1 writes down what it says now.
TEST_F(Commands, OfThePageOnLintRunAndSayWhatItSays) {
  std::string page = read_text(in_project("docs/lint.md"));
  std::size_t shown = 0;
  for (const Block& block : blocks_of(page)) {
    if (block.language == "sh") run(block.text, "docs/lint.md");
    if (block.language != "console") continue;
    ++shown;
    ASSERT_TRUE(block.text.starts_with("$ secretwatch ")) << block.text;
    const std::string command = block.text.substr(2, block.text.find('\n') - 2);
    run(command + " || test $? = 1\n", "docs/lint.md");
    const std::string said = "$ " + command + "\n" + read_text((folder / "said").string());
    const std::size_t at = page.find("```console\n" + block.text);
    ASSERT_NE(at, std::string::npos);
    page.replace(at + 11, block.text.size(), said);
  }
  EXPECT_EQ(shown, 2U);
  testing::expect_golden(in_project("docs/lint.md"), page);
}

TEST_F(Commands, OfTheExamplesRun) {
  for (const auto& entry : fs::directory_iterator(folder / "examples")) {
    if (!entry.is_directory()) continue;
    const std::string readme = read_text((entry.path() / "README.md").string());
    const std::size_t begin = readme.find('`', readme.find("Compile: ")) + 1;
    run(readme.substr(begin, readme.find('`', begin) - begin) + "\n", entry.path().string());
  }
}

TEST_F(Commands, OfTheDemoRun) {
  run("sh " + quoted(in_project("examples/demo.sh")) + " " + quoted(SECRETWATCH_PROGRAM) + "\n", "examples/demo.sh");
}

TEST_F(Commands, LinksOfThePagesLeadSomewhere) {
  for (const char* page : {"README.md", "CONTRIBUTING.md", "docs/architecture.md", "docs/filters.md",
                           "docs/filter-patterns.md", "docs/command-line.md", "docs/lint.md"}) {
    const std::string text = read_text(in_project(page));
    for (std::size_t at = text.find("]("); at != std::string::npos; at = text.find("](", at + 2)) {
      std::string target = text.substr(at + 2, text.find(')', at) - at - 2);
      target = target.substr(0, target.find('#'));
      if (target.starts_with("https://")) continue;
      EXPECT_TRUE(fs::exists(fs::path(in_project(page)).parent_path() / target)) << page << " links to " << target;
    }
  }
}

}  // namespace
}  // namespace secretwatch
