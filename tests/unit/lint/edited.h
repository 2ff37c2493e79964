#pragma once
/// A well-made template, edited, and what the rules make of it.
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

#include "lint/examples.h"
#include "lint/lint.h"
#include "support/loaded.h"

namespace secretwatch::lint::testing {

struct Replacement {
  std::string_view before;
  std::string_view after;
};

/// Each text must stand in the template exactly once.
inline std::string edit(std::string text, const std::vector<Replacement>& replacements) {
  for (const Replacement& each : replacements) {
    const std::size_t at = text.find(each.before);
    if (at == std::string::npos || text.find(each.before, at + 1) != std::string::npos) {
      ADD_FAILURE() << "not there exactly once: " << each.before;
      return text;
    }
    text.replace(at, each.before.size(), each.after);
  }
  return text;
}

inline std::vector<Finding> findings(const std::string& text, const load::TemplateOptions& options = {}) {
  const secretwatch::testing::Loaded loaded = secretwatch::testing::load_template(text, options);
  if (!loaded.stack) {
    ADD_FAILURE() << loaded.errors();
    return {};
  }
  return run(*loaded.stack, {});
}

/// "T201 error"
inline std::vector<std::string> told(const std::string& text, const load::TemplateOptions& options = {}) {
  std::vector<std::string> lines;
  for (const Finding& finding : findings(text, options))
    lines.push_back(fmt::format("{} {}", finding.rule->id, name_of(finding.severity)));
  return lines;
}

inline std::vector<std::string> told_of_good(const std::vector<Replacement>& replacements,
                                             const load::TemplateOptions& options = {}) {
  return told(edit(std::string(examples::good), replacements), options);
}

}  // namespace secretwatch::lint::testing
