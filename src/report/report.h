#pragma once
/// Report: diagnostics for people, editors and machines.
///
///     report::text(diagnostics, sources, {.colour = true})   // source line, underlined, with its notes
///     report::json(diagnostics, sources)                     // the shape of `lint --format json`
///
/// Requires sorted diagnostics; prints in their order, so that the same faults give the same bytes.
/// Sources: SARIF 2.1.0 (OASIS); GitHub, "SARIF support for code scanning" and "Workflow commands".
#include <string>

#include "base/diagnostic.h"
#include "base/source.h"

namespace secretwatch::report {

struct TextOptions {
  bool colour = false;
  std::size_t most = 100;  // diagnostics; how many more there are is said
};

std::string text(const Diagnostics& diagnostics, const Sources& sources, const TextOptions& options);

/// What a machine-readable report covers.
struct Subject {
  std::size_t files = 1;
  std::size_t skipped = 0;
  std::string version{};  // of secretwatch
};

std::string json(const Diagnostics& diagnostics, const Sources& sources, const Subject& subject);
std::string sarif(const Diagnostics& diagnostics, const Sources& sources, const Subject& subject);
/// `::error file=…,line=…::message`, a line each.
std::string github(const Diagnostics& diagnostics, const Sources& sources);

}  // namespace secretwatch::report
