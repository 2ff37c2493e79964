#pragma once
/// What tests of rules for patterns need: a template with nothing but filters of these patterns, and what is found.
#include <algorithm>
#include <string>
#include <vector>

#include "lint/lint.h"
#include "support/loaded.h"

namespace secretwatch::testing {

struct Judged {
  Loaded loaded{};
  std::vector<lint::Finding> findings{};

  /// All but the notes that something is undecided.
  std::vector<std::string> ids() const {
    std::vector<std::string> all;
    for (const lint::Finding& finding : findings)
      if (finding.rule->id != "R004") all.emplace_back(finding.rule->id);
    return all;
  }
  std::vector<std::string> errors() const {
    std::vector<std::string> all;
    for (const lint::Finding& finding : findings)
      if (finding.severity == Severity::error) all.emplace_back(finding.rule->id);
    return all;
  }
  std::vector<std::string> messages() const {
    std::vector<std::string> all;
    for (const lint::Finding& finding : findings) all.push_back(finding.message);
    return all;
  }
  /// Of the first finding of a rule; empty: there is none.
  std::string message(const std::string& id) const {
    for (const lint::Finding& finding : findings)
      if (finding.rule->id == id) return finding.message;
    return {};
  }
  /// What the findings of a rule point at.
  std::vector<std::string> of(const std::string& id) const {
    std::vector<std::string> all;
    for (const lint::Finding& finding : findings)
      if (finding.rule->id == id) all.push_back(loaded.under(finding.span));
    return all;
  }
};

inline Judged judge_template(const std::string& text, const lint::Options& options = {}) {
  Judged judged{load_template(text), {}};
  EXPECT_EQ(judged.loaded.errors(), "") << text;
  if (judged.loaded.stack) judged.findings = lint::run(*judged.loaded.stack, options);
  return judged;
}

/// Each pattern in single quotes, of a filter of its own; `${Pattern}` is a parameter without a default, `${Db}` a
/// secret named prod/db, `${Role}` a role. The findings of one rule are told alphabetically.
inline Judged judge_patterns(const std::vector<std::string>& patterns) {
  std::string text =
      "Parameters:\n  Pattern: {Type: String}\n  Event: {Type: String}\nResources:\n"
      "  Db: {Type: AWS::SecretsManager::Secret, Properties: {Name: prod/db}}\n"
      "  Role: {Type: AWS::IAM::Role, Properties: {AssumeRolePolicyDocument: {Statement: []}}}\n";
  int number = 0;
  for (const std::string& pattern : patterns) {
    const bool has_hole = pattern.find("${") != std::string::npos;
    const std::string name = "Filter" + std::to_string(++number);
    text += "  " + name + ":\n    Type: AWS::Logs::MetricFilter\n    Properties:\n      LogGroupName: cloudtrail\n" +
            "      FilterPattern: " + (has_hole ? "!Sub '" : "'") + pattern + "'\n" +
            "      MetricTransformations: [{MetricNamespace: Security, MetricName: " + name + ", MetricValue: '1'}]\n";
  }
  return judge_template(text);
}
inline Judged judge_pattern(const std::string& pattern) {
  return judge_patterns({pattern});
}

}  // namespace secretwatch::testing
