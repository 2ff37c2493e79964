#include <fmt/format.h>

#include "report/report.h"

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

std::string github(const Diagnostics& diagnostics, const Sources& sources) {
  std::string out;
  for (const Diagnostic& d : diagnostics.all()) {
    std::string properties;
    if (!d.span.is_nowhere()) {
      const Position begin = sources.begin(d.span);
      const Position end = sources.end(d.span);
      properties =
          fmt::format("file={},line={},col={}", escape(sources.name(d.span.file), true), begin.line, begin.column);
      if (end.line == begin.line) properties += fmt::format(",endColumn={}", end.column);
      properties += ",";
    }
    std::string message = d.message;
    for (const Note& note : d.notes) message += "\n" + note.message;
    const std::string_view command = d.code.severity == Severity::note ? "notice" : name_of(d.code.severity);
    out += fmt::format("::{} {}title={}::{}\n", command, properties,
                       escape(fmt::format("{} {}", d.code.id, d.code.name), true), escape(message, false));
  }
  return out;
}

}  // namespace secretwatch::report
