#pragma once
/// Report: diagnostics and findings for people, editors and machines.
///
///     report::text(report::entries(diagnostics), sources, {.colour = true})   // source line, underlined, with notes
///     report::json(report::entries(findings), sources, subject)               // the shape of `lint --format json`
///
/// Prints entries in the order given; the same entries give the same bytes. A region is never longer than one line: of
/// one over several lines the first is left. Lines and columns count from 1, columns in Unicode characters, the end is
/// exclusive.
/// Sources: SARIF 2.1.0 (OASIS); GitHub, "SARIF support for code scanning" and "Workflow commands"; the JUnit schema of
/// Jenkins' xunit plug-in.
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostic.h"
#include "base/source.h"
#include "lint/rule.h"

namespace secretwatch::report {

/// Something to say, whoever says it.
struct Entry {
  std::string_view id;
  std::string_view name;
  Severity severity = Severity::error;
  lint::Effect effect = lint::Effect::hygiene;
  lint::Precision precision = lint::Precision::proven;
  Span span{};
  std::string message{};
  std::vector<lint::Related> related{};
  std::vector<lint::Stop> chain{};  // where it breaks
  std::string resource{};           // logical id, Terraform address; empty: none
  std::string property{};
  std::optional<lint::Fix> fix{};
  std::optional<lint::Suppression> suppressed{};
  const lint::Rule* rule = nullptr;  // where it is explained; null: a diagnostic
};
using Entries = std::vector<Entry>;

Entries entries(const Diagnostics& diagnostics);
Entries entries(const std::vector<lint::Finding>& findings);

/// What a report covers.
struct Subject {
  std::size_t files = 1;
  std::size_t skipped = 0;
  std::size_t hidden = 0;                      // findings that are suppressed and not among the entries
  std::string version{};                       // of secretwatch
  std::vector<std::string> names{};            // of the files that were judged
  Severity fail_on = Severity::warning;        // what is no failure below this (JUnit)
  std::span<const lint::Rule* const> rules{};  // all that could have spoken (SARIF)
};

struct TextOptions {
  bool colour = false;
  std::size_t most = 100;  // entries; how many more there are is said
};

std::string text(const Entries& entries, const Sources& sources, const TextOptions& options);
/// `file:line:column: error A510 statistic-not-sum: message`, a line each.
std::string compact(const Entries& entries, const Sources& sources);
std::string json(const Entries& entries, const Sources& sources, const Subject& subject);
std::string sarif(const Entries& entries, const Sources& sources, const Subject& subject);
std::string junit(const Entries& entries, const Sources& sources, const Subject& subject);
/// `::error file=…,line=…::message`, a line each.
std::string github(const Entries& entries, const Sources& sources);

// --- rules ---

/// What a rule finds, why it matters, how it is decided, with its examples: as Markdown below a heading, and as text.
std::string markdown(const lint::Rule& rule);
std::string explanation(const lint::Rule& rule);
/// docs/rules.md
std::string rules_page(std::span<const lint::Rule* const> rules);
std::string rules_json(std::span<const lint::Rule* const> rules);
/// A line each: id, severity, name, summary.
std::string rules_text(std::span<const lint::Rule* const> rules);

}  // namespace secretwatch::report
