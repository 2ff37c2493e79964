#include <fmt/format.h>

#include "report/entries.h"

namespace secretwatch::report {
namespace {

/// In the text of a workflow command three characters have a meaning; in its properties five.
std::string escape(std::string_view text, bool is_property) {
  std::string escaped;
  for (const char c : text) {
    switch (c) {
      case '%':
        escaped += "%25";
        break;
      case '\r':
        escaped += "%0D";
        break;
      case '\n':
        escaped += "%0A";
        break;
      case ':':
        escaped += is_property ? "%3A" : ":";
        break;
      case ',':
        escaped += is_property ? "%2C" : ",";
        break;
      default:
        escaped += c;
    }
  }
  return escaped;
}

}  // namespace

std::string github(const Entries& entries, const Sources& sources) {
  std::string out;
  for (const Entry& entry : entries) {
    std::string properties;
    if (!entry.span.is_nowhere()) {
      const auto [begin, end] = region_of(entry.span, sources);
      properties = fmt::format("file={},line={},col={},endColumn={},", escape(sources.name(entry.span.file), true),
                               begin.line, begin.column, end.column);
    }
    std::string message = entry.message;
    if (entry.rule != nullptr && !in_words(entry.effect).empty())
      message += fmt::format("\neffect: {}", in_words(entry.effect));
    for (const lint::Related& related : entry.related) {
      const std::string where = place_of(related.span, sources);
      message += "\n" + (where.empty() || entry.rule == nullptr ? "" : where + ": ") + related.message;
    }
    const std::string_view command = entry.severity == Severity::note ? "notice" : name_of(entry.severity);
    out += fmt::format("::{} {}title={}::{}\n", command, properties,
                       escape(fmt::format("{} {}", entry.id, entry.name), true), escape(message, false));
  }
  return out;
}

}  // namespace secretwatch::report
