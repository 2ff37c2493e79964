#include "report/entries.h"

#include <algorithm>

#include <fmt/format.h>

namespace secretwatch::report {

Entries entries(const Diagnostics& diagnostics) {
  Entries all;
  for (const Diagnostic& diagnostic : diagnostics.all()) {
    Entry& entry = all.emplace_back();
    entry.id = diagnostic.code.id;
    entry.name = diagnostic.code.name;
    entry.severity = diagnostic.code.severity;
    entry.effect = entry.severity == Severity::error ? lint::Effect::rejected : lint::Effect::hygiene;
    entry.span = diagnostic.span;
    entry.message = diagnostic.message;
    for (const Note& note : diagnostic.notes) entry.related.push_back({note.message, note.span});
  }
  return all;
}

Entries entries(const std::vector<lint::Finding>& findings) {
  Entries all;
  for (const lint::Finding& finding : findings) {
    Entry& entry = all.emplace_back();
    entry.id = finding.rule->id;
    entry.name = finding.rule->name;
    entry.severity = finding.severity;
    entry.effect = finding.effect;
    entry.precision = finding.precision;
    entry.span = finding.span;
    entry.message = finding.message;
    entry.related = finding.related;
    entry.chain = finding.chain;
    entry.resource = finding.address;
    entry.property = finding.property;
    entry.fix = finding.fix;
    entry.suppressed = finding.suppressed;
    entry.rule = finding.rule;
  }
  return all;
}

Region region_of(const Span& span, const Sources& sources) {
  // Only the region is searched for the end of its first line, which may be that of a file of many megabytes.
  const std::string_view text = std::string_view(sources.text(span.file)).substr(0, span.end);
  const std::size_t begin = std::min<std::size_t>(span.begin, text.size());
  std::size_t end = std::min(text.find('\n', begin), text.size());
  // What is left of a region over several lines ends at the last letter of the first.
  if (end < span.end)
    while (end > begin && (text[end - 1] == ' ' || text[end - 1] == '\r' || text[end - 1] == '\t')) --end;
  const Span line{span.file, span.begin, static_cast<std::uint32_t>(end)};
  return {sources.begin(line), sources.end(line)};
}

std::string_view in_words(lint::Effect effect) {
  switch (effect) {
    case lint::Effect::silent:
      return "no message arrives";
    case lint::Effect::partial:
      return "some reads are missed";
    case lint::Effect::always:
      return "the alarm never rests, so that it can tell nothing";
    case lint::Effect::rejected:
      return "AWS refuses the deployment";
    case lint::Effect::noisy:
      return "messages arrive without cause";
    case lint::Effect::hygiene:
      return "";
  }
  return "";
}

std::string draw(const std::vector<lint::Stop>& chain) {
  std::string line;
  for (const lint::Stop& stop : chain) {
    if (!line.empty()) line += stop.is_cut_off ? " ✗ " : " → ";
    line += stop.name;
  }
  return line;
}

std::string place_of(const Span& span, const Sources& sources) {
  if (span.is_nowhere()) return {};
  const Position begin = sources.begin(span);
  return fmt::format("{}:{}:{}", sources.name(span.file), begin.line, begin.column);
}

Counts count(const Entries& entries) {
  Counts counts;
  for (const Entry& entry : entries)
    entry.suppressed ? ++counts.suppressed : ++counts.by_severity[static_cast<std::size_t>(entry.severity)];
  return counts;
}

}  // namespace secretwatch::report
