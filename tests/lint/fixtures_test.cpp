/// A fixture says on each line what it wants found there:   Period: 90   # expect: A533
#include <filesystem>
#include <fstream>

#include <gmock/gmock.h>

#include "support/linted.h"
#include "support/spec_text.h"

namespace secretwatch {
namespace {

namespace fs = std::filesystem;

std::vector<std::string> fixtures() {
  std::vector<std::string> files;
  for (const auto& entry : fs::directory_iterator(testing::in_project("tests/lint/fixtures")))
    files.push_back(entry.path().filename().string());
  std::sort(files.begin(), files.end());
  return files;
}

std::multiset<std::string> expected(const std::string& text) {
  std::multiset<std::string> all;
  std::istringstream lines(text);
  int number = 0;
  for (std::string line; std::getline(lines, line);) {
    ++number;
    const std::size_t mark = line.find("# expect:");
    if (mark == std::string::npos) continue;
    std::istringstream words(line.substr(mark + 9));
    for (std::string word; words >> word;) all.insert(word + " " + std::to_string(number));
  }
  return all;
}

class Fixture : public ::testing::TestWithParam<std::string> {};

TEST_P(Fixture, HoldsWhatItsCommentsSay) {
  const std::string text = testing::read_text(testing::in_project("tests/lint/fixtures/" + GetParam()));
  std::set<std::string> asked_for;
  for (const std::string& wanted : expected(text)) asked_for.insert(wanted.substr(0, wanted.find(' ')));
  const testing::Linted linted = testing::lint_text(text, asked_for);
  EXPECT_EQ(linted.report["files"], 1) << linted.err;
  EXPECT_EQ(linted.by_line(), expected(text)) << linted.out;
}

INSTANTIATE_TEST_SUITE_P(Lint, Fixture, ::testing::ValuesIn(fixtures()), [](const auto& each) {
  std::string name = each.param.substr(0, each.param.find('.'));
  std::replace(name.begin(), name.end(), '-', '_');
  return name;
});

}  // namespace
}  // namespace secretwatch
