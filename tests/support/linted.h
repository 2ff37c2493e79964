#pragma once
/// What tests need to go from the text of a template to what `lint` tells of it, through the command line.
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "cli/cli.h"
#include "lint/lint.h"
#include "support/memory_files.h"

namespace secretwatch::testing {

struct Linted {
  int exit = 0;
  std::string out;
  std::string err;
  nlohmann::json report{};  // when JSON was asked for

  /// "A540 26"
  std::multiset<std::string> by_line() const {
    std::multiset<std::string> all;
    for (const auto& finding : report["findings"])
      all.insert(finding["id"].get<std::string>() + " " + std::to_string(finding["line"].get<int>()));
    return all;
  }
  std::set<std::string> ids() const {
    std::set<std::string> all;
    for (const auto& finding : report["findings"]) all.insert(finding["id"]);
    return all;
  }
};

inline Linted lint(MemoryFiles& files, std::vector<std::string> arguments, const std::string& input = "") {
  arguments.insert(arguments.begin(), "lint");
  std::istringstream in(input);
  std::ostringstream out;
  std::ostringstream err;
  cli::Io io{files, in, out, err};
  io.today = "2026-06-01";
  Linted linted;
  linted.exit = static_cast<int>(cli::run(arguments, io, false));
  linted.out = out.str();
  linted.err = err.str();
  linted.report = nlohmann::json::parse(linted.out, nullptr, false);
  return linted;
}

/// As t.yaml, to JSON. Of the rules that are off, only those that are asked for speak.
inline Linted lint_text(const std::string& text, const std::set<std::string>& asked_for = {}) {
  MemoryFiles files;
  files.texts["t.yaml"] = text;
  std::string others;
  for (const lint::Rule* const rule : lint::all_rules())
    if (!rule->is_on && !asked_for.contains(std::string(rule->id)))
      others += (others.empty() ? "" : ",") + std::string(rule->id);
  std::vector<std::string> arguments{"t.yaml", "--all", "--format", "json"};
  if (!others.empty()) arguments.insert(arguments.end(), {"--ignore", others});
  return lint(files, arguments);
}

}  // namespace secretwatch::testing
