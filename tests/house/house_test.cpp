/// The house: who may include whom. Three tellings of it must agree: the layer() calls of src/CMakeLists.txt, the table
/// in docs/architecture.md, and the #include lines themselves.
#include <filesystem>
#include <fstream>
#include <map>
#include <regex>
#include <set>
#include <sstream>

#include <gmock/gmock.h>

#include "support/spec_text.h"

namespace secretwatch {
namespace {

namespace fs = std::filesystem;
using testing::in_project;
using testing::read_text;

using Layers = std::map<std::string, std::set<std::string>>;

/// "cli: base doc …", written by CMake.
Layers declared_layers() {
  Layers layers;
  std::istringstream file(read_text(SECRETWATCH_LAYERS));
  for (std::string line; std::getline(file, line);) {
    std::istringstream words(line.substr(line.find(':') + 1));
    std::set<std::string>& uses = layers[line.substr(0, line.find(':'))];
    for (std::string word; words >> word;) uses.insert(word);
  }
  return layers;
}

/// "| plan | … | base, model |": the rows of the table whose first cell is a folder of src/.
Layers documented_layers() {
  Layers layers;
  std::istringstream file(read_text(in_project("docs/architecture.md")));
  for (std::string line; std::getline(file, line);) {
    std::smatch row;
    if (!std::regex_match(line, row, std::regex(R"(\| `(\w+)` \|.*\| ([\w, -]*) \|)"))) continue;
    std::set<std::string>& uses = layers[row[1]];
    std::string cell = row[2];
    std::replace(cell.begin(), cell.end(), ',', ' ');
    std::istringstream words(cell);
    for (std::string word; words >> word;)
      if (word != "-") uses.insert(word);
  }
  return layers;
}

TEST(House, IsBuiltAsItIsDocumented) {
  EXPECT_EQ(documented_layers(), declared_layers());
}

TEST(House, HasAFolderForEveryLayerAndNoOther) {
  std::set<std::string> folders;
  for (const auto& entry : fs::directory_iterator(in_project("src")))
    if (entry.is_directory()) folders.insert(entry.path().filename().string());
  std::set<std::string> layers;
  for (const auto& [name, uses] : declared_layers()) layers.insert(name);
  EXPECT_EQ(folders, layers);
}

TEST(House, IncludesOnlyInTheAllowedDirection) {
  const Layers layers = declared_layers();
  std::size_t includes = 0;
  for (const auto& entry : fs::recursive_directory_iterator(in_project("src"))) {
    if (!entry.is_regular_file() || entry.path().filename() == "CMakeLists.txt") continue;
    const std::string layer = fs::relative(entry.path(), in_project("src")).begin()->string();
    std::istringstream file(read_text(entry.path().string()));
    for (std::string line; std::getline(file, line);) {
      std::smatch included;
      if (!std::regex_match(line, included, std::regex(R"re(#include "(\w+)/.*)re"))) continue;
      ++includes;
      const bool allowed = included[1] == layer || layers.at(layer).contains(included[1]);
      EXPECT_TRUE(allowed) << entry.path() << ": " << line;
    }
  }
  EXPECT_GT(includes, 100U);
}

TEST(House, NamesNoMachineAndNoFileOutsideTheProject) {
  // Put together here, so that this file does not contain them itself.
  const std::vector<std::string> forbidden{std::string("/wo") + "rk/", std::string("../sha") + "red",
                                           std::string("/ro") + "ot/"};
  for (const char* folder : {"src", "tests", "docs", "schemas", "templates", "examples", "cmake"}) {
    for (auto at = fs::recursive_directory_iterator(in_project(folder)); at != fs::recursive_directory_iterator();
         ++at) {
      if (at->path().filename() == "node_modules" || at->path().filename() == "work") {
        at.disable_recursion_pending();
        continue;
      }
      if (!at->is_regular_file()) continue;
      const std::string text = read_text(at->path().string());
      for (const std::string& word : forbidden)
        EXPECT_EQ(text.find(word), std::string::npos) << at->path() << " names " << word;
    }
  }
}

}  // namespace
}  // namespace secretwatch
