#include <algorithm>

#include <fmt/format.h>

#include "report/report.h"

namespace secretwatch::report {
namespace {

/// Escape sequences, or nothing.
class Paint {
 public:
  explicit Paint(bool on) : on_(on) {}
  std::string operator()(const char* code, const std::string& text) const {
    return on_ ? fmt::format("\x1B[{}m{}\x1B[0m", code, text) : text;
  }
  std::string by_severity(Severity severity, const std::string& text) const {
    return (*this)(severity == Severity::error ? "1;31" : severity == Severity::warning ? "1;33" : "1;36", text);
  }

 private:
  bool on_;
};

std::string place(const Span& span, const Sources& sources) {
  if (span.is_nowhere()) return {};
  const Position begin = sources.begin(span);
  return fmt::format("{}:{}:{}: ", sources.name(span.file), begin.line, begin.column);
}

/// The source line with the span underlined; of a span over several lines the first.
std::string excerpt(const Span& span, const Sources& sources, Severity severity, const Paint& paint) {
  const Position begin = sources.begin(span);
  const Position end = sources.end(span);
  std::string line(sources.line(span.file, begin.line));
  std::replace(line.begin(), line.end(), '\t', ' ');
  const std::size_t line_length = count_characters(line);
  const std::size_t stop = end.line == begin.line ? end.column : line_length + 1;
  std::size_t first = begin.column - 1;
  const std::size_t length = std::max<std::size_t>(1, std::min(stop, line_length + 2) - std::min(begin.column, stop));
  // Of a very long line the part around the place.
  constexpr std::size_t widest = 160;
  if (line_length > widest && line_length == line.size()) {
    const std::size_t cut = first > widest / 2 ? first - widest / 2 : 0;
    line = (cut > 0 ? "…" : "") + line.substr(cut, widest) + (cut + widest < line_length ? "…" : "");
    first = first - cut + (cut > 0 ? 1 : 0);
  }
  const std::string number = std::to_string(begin.line);
  const std::string marks(std::min(length, widest), '^');
  return fmt::format(" {} | {}\n {} | {}{}\n", number, line, std::string(number.size(), ' '), std::string(first, ' '),
                     paint.by_severity(severity, marks));
}

std::string one(const Diagnostic& d, const Sources& sources, const Paint& paint) {
  std::string out = place(d.span, sources) + paint.by_severity(d.code.severity, std::string(name_of(d.code.severity))) +
                    fmt::format("[{}]: {}\n", d.code.id, d.message);
  const bool has_source = !d.span.is_nowhere() && !sources.text(d.span.file).empty();
  if (has_source) out += excerpt(d.span, sources, d.code.severity, paint);
  for (const Note& note : d.notes) {
    const std::string where = note.span.is_nowhere() ? "  " : place(note.span, sources);
    out += where + paint("1", "note") + ": " + note.message + "\n";
  }
  return out;
}

}  // namespace

std::string text(const Diagnostics& diagnostics, const Sources& sources, const TextOptions& options) {
  const Paint paint(options.colour);
  std::string out;
  std::size_t printed = 0;
  for (const Diagnostic& diagnostic : diagnostics.all()) {
    if (printed == options.most) break;
    out += one(diagnostic, sources, paint);
    ++printed;
  }
  if (printed < diagnostics.all().size()) out += fmt::format("… and {} more\n", diagnostics.all().size() - printed);
  return out;
}

}  // namespace secretwatch::report
