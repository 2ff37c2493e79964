/// The examples, compiled: what stands beside each spec is what the program makes of it now.
#include <filesystem>
#include <sstream>

#include <gtest/gtest.h>

#include "cli/cli.h"
#include "support/golden.h"
#include "support/memory_files.h"

namespace secretwatch {
namespace {

namespace fs = std::filesystem;

std::vector<std::string> example_names() {
  std::vector<std::string> names;
  for (const auto& entry : fs::directory_iterator(testing::in_project("examples")))
    if (entry.is_directory()) names.push_back(entry.path().filename().string());
  std::sort(names.begin(), names.end());
  return names;
}

class Example : public ::testing::TestWithParam<std::string> {
 protected:
  std::string folder = testing::in_project("examples/" + GetParam());
  testing::MemoryFiles files;
  std::ostringstream out;
  std::ostringstream err;

  cli::Exit run(const std::vector<std::string>& arguments) {
    std::istringstream in;
    return cli::run(arguments, {files, in, out, err}, false);
  }
  void SetUp() override { files.texts["secretwatch.yaml"] = testing::read_text(folder + "/secretwatch.yaml"); }
};

TEST_P(Example, CompilesToWhatStandsBesideIt) {
  ASSERT_EQ(run({"compile", "--to", "all", "-o", "out"}), cli::Exit::yes) << err.str();
  std::istringstream listed(out.str());
  for (std::string path; std::getline(listed, path);)
    testing::expect_golden(folder + "/" + path.substr(std::string("out/").size()), files.texts[path]);
}

TEST_P(Example, HasNoWarning) {
  EXPECT_EQ(run({"validate"}), cli::Exit::yes);
  EXPECT_EQ(err.str().find("warning["), std::string::npos) << err.str();
  EXPECT_EQ(err.str().find("error["), std::string::npos) << err.str();
}

TEST_P(Example, HasTwoLinesThatSayWhatItShows) {
  const std::string readme = testing::read_text(folder + "/README.md");
  EXPECT_EQ(std::count(readme.begin(), readme.end(), '\n'), 2) << readme;
}

INSTANTIATE_TEST_SUITE_P(Every, Example, ::testing::ValuesIn(example_names()), [](const auto& tested) {
  std::string name = tested.param;
  std::replace(name.begin(), name.end(), '-', '_');
  return name;
});

}  // namespace
}  // namespace secretwatch
