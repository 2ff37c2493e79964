#pragma once
/// What tests need to go from the text of a spec to its model and plan.
#include <fstream>
#include <iterator>
#include <optional>
#include <string>

#include <gtest/gtest.h>

#include "base/diagnostic.h"
#include "base/source.h"
#include "doc/doc.h"
#include "model/model.h"
#include "plan/plan.h"

namespace secretwatch::testing {

struct Compiled {
  Sources sources{};
  Diagnostics diagnostics{};
  std::optional<model::Spec> spec{};
  std::optional<plan::Plan> plan{};

  /// Ids of the errors, in the order of the text: "SW0101 SW0103".
  std::string errors() {
    diagnostics.sort();
    std::string ids;
    for (const Diagnostic& d : diagnostics.all())
      if (d.code.severity == Severity::error) ids += (ids.empty() ? "" : " ") + std::string(d.code.id);
    return ids;
  }

  /// "line:column message; note; note" of each diagnostic.
  std::vector<std::string> messages() {
    diagnostics.sort();
    std::vector<std::string> all;
    for (const Diagnostic& d : diagnostics.all()) {
      const Position at = sources.begin(d.span);
      std::string text = std::to_string(at.line) + ":" + std::to_string(at.column) + " " + d.message;
      for (const Note& note : d.notes) text += "; " + note.message;
      all.push_back(text);
    }
    return all;
  }
};

/// Reads, parses, checks and plans, as far as there is no error.
inline Compiled compile_text(std::string text) {
  Compiled result;
  const FileId file = result.sources.add("spec.yaml", std::move(text));
  const auto root = doc::read_yaml(result.sources, file, {}, result.diagnostics);
  if (!root) return result;
  result.spec = model::parse(*root, result.diagnostics);
  if (!result.spec) return result;
  model::check(*result.spec, result.diagnostics);
  if (!result.diagnostics.has_errors()) result.plan = plan::plan(*result.spec, result.diagnostics);
  return result;
}

/// Four lines that every spec needs, with the given secrets.
inline std::string spec_with(const std::string& secrets, const std::string& rest = "") {
  return "version: 1\nname: payments\nsecrets: " + secrets + "\nnotify: [me@example.com]\n" + rest;
}

inline std::string read_text(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  EXPECT_TRUE(file) << path << " cannot be read";
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

inline std::string in_project(const std::string& path) {
  return std::string(SECRETWATCH_ROOT) + "/" + path;
}

}  // namespace secretwatch::testing
