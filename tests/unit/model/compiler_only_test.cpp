/// What the JSON Schema of the spec cannot see and the compiler refuses alone: one small spec for each entry of the
/// table in docs/spec.md. (That the schema accepts each is checked by `make conformance`.)
#include <filesystem>

#include <gmock/gmock.h>

#include "support/spec_text.h"

namespace secretwatch {
namespace {

using testing::compile_text;
using testing::in_project;
using testing::read_text;

std::vector<std::string> files() {
  std::vector<std::string> all;
  for (const auto& entry : std::filesystem::directory_iterator(in_project("tests/unit/model/compiler_only")))
    all.push_back(entry.path().string());
  std::sort(all.begin(), all.end());
  return all;
}

class CompilerOnly : public ::testing::TestWithParam<std::string> {};

TEST_P(CompilerOnly, IsRefusedForThatReasonAlone) {
  const std::string text = read_text(GetParam());
  const std::string mark = "# expect: ";
  ASSERT_TRUE(text.starts_with(mark));
  const std::string expected = text.substr(mark.size(), text.find('\n') - mark.size());
  std::string errors = compile_text(text).errors();
  const std::string first = errors.substr(0, errors.find(' '));
  while (errors.find(first + " " + first) != std::string::npos) errors.erase(0, first.size() + 1);
  EXPECT_EQ(errors, expected) << GetParam();
}

INSTANTIATE_TEST_SUITE_P(Table, CompilerOnly, ::testing::ValuesIn(files()), [](const auto& tested) {
  std::string name = std::filesystem::path(tested.param).stem().string();
  std::replace(name.begin(), name.end(), '-', '_');
  return name;
});

}  // namespace
}  // namespace secretwatch
