#pragma once
/// Baseline file: lint's baseline as JSON.
///
///     {"version": 1, "findings": [{"rule": "A510", "file": "t.yaml", "resource": "SecretAlarm",
///                                  "property": "statistic", "count": 1}]}
#include <optional>
#include <string>

#include "base/diagnostic.h"
#include "lint/baseline.h"

namespace secretwatch::cli {

namespace codes {
inline constexpr Code bad_baseline{"SW0017", "bad-baseline"};
}  // namespace codes

/// Nothing: it is no baseline, and why was added to out.
std::optional<lint::Baseline> read_baseline(const Sources& sources, FileId file, Diagnostics& out);

std::string print_baseline(const lint::Baseline& baseline);

}  // namespace secretwatch::cli
