#pragma once
/// Specs of the repository, compiled to every form in memory, as `compile` does it.
#include <algorithm>
#include <filesystem>
#include <sstream>
#include <string>
#include <vector>

#include "cli/cli.h"
#include "support/memory_files.h"
#include "support/spec_text.h"

namespace secretwatch::testing {

/// Of every example and of the matrix of the conformance checks.
inline std::vector<std::string> all_specs() {
  namespace fs = std::filesystem;
  std::vector<std::string> specs;
  for (const auto& entry : fs::directory_iterator(in_project("examples")))
    if (entry.is_directory()) specs.push_back("examples/" + entry.path().filename().string() + "/secretwatch.yaml");
  for (const auto& entry : fs::directory_iterator(in_project("tests/conformance/specs")))
    specs.push_back("tests/conformance/specs/" + entry.path().filename().string());
  std::sort(specs.begin(), specs.end());
  return specs;
}

/// "examples/db-secret/secretwatch.yaml" as a word of a test's name: examples_db_secret.
inline std::string word_of(const std::string& spec) {
  std::string word = spec.substr(0, spec.rfind('.'));
  if (const std::size_t end = word.rfind("/secretwatch"); end != std::string::npos) word.resize(end);
  std::replace_if(
      word.begin(), word.end(), [](char c) { return c == '/' || c == '-'; }, '_');
  return word;
}

/// spec.yaml, and below out/ each form in its folder.
inline MemoryFiles compiled_forms(const std::string& spec, const std::string& targets = "all") {
  MemoryFiles files;
  files.texts["spec.yaml"] = read_text(in_project(spec));
  std::istringstream in;
  std::ostringstream out;
  std::ostringstream err;
  const cli::Exit exit =
      cli::run({"compile", "spec.yaml", "--to", targets, "-o", "out"}, cli::Io{files, in, out, err}, false);
  EXPECT_EQ(exit, cli::Exit::yes) << spec << ": " << err.str();
  return files;
}

}  // namespace secretwatch::testing
