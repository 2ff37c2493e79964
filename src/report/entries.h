#pragma once
/// Entries: what the formats share in telling of them.
#include <string>
#include <string_view>

#include "report/report.h"

namespace secretwatch::report {

/// A place in a file; `end` is on the same line.
struct Region {
  Position begin{};
  Position end{};
};

/// Requires a span that is somewhere.
Region region_of(const Span& span, const Sources& sources);

/// "no message arrives"; empty when there is nothing to say.
std::string_view in_words(lint::Effect effect);

/// "AuditTrail → TrailLogs → ReadFilter ✗ ReadAlarm → Topic"
std::string draw(const std::vector<lint::Stop>& chain);

/// "file:line:column"; empty: nowhere.
std::string place_of(const Span& span, const Sources& sources);

/// How many entries there are of each severity; those that are suppressed are counted apart.
struct Counts {
  std::size_t by_severity[3] = {0, 0, 0};
  std::size_t suppressed = 0;
  std::size_t of(Severity severity) const { return by_severity[static_cast<std::size_t>(severity)]; }
};
Counts count(const Entries& entries);

}  // namespace secretwatch::report
