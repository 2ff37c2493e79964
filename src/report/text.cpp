#include <algorithm>

#include <fmt/format.h>

#include "report/entries.h"

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

constexpr std::size_t widest = 160;  // characters of a line that are shown

bool is_inside_a_character(char byte) {
  return (static_cast<unsigned char>(byte) & 0xC0U) == 0x80U;
}

/// So many characters back from an offset, or on.
std::size_t back_from(std::string_view text, std::size_t at, std::size_t characters) {
  for (; at > 0 && characters > 0; --characters)
    while (--at > 0 && is_inside_a_character(text[at])) continue;
  return at;
}
std::size_t on_from(std::string_view text, std::size_t at, std::size_t characters) {
  for (; at < text.size() && characters > 0; --characters)
    while (++at < text.size() && is_inside_a_character(text[at])) continue;
  return at;
}

/// The source line with the span underlined; of a span over several lines the first, of a very long line the part
/// around the place.
std::string excerpt(const Span& span, const Sources& sources, Severity severity, const Paint& paint) {
  const auto [begin, end] = region_of(span, sources);
  const std::string_view line = sources.line(span.file, begin.line);
  const auto line_start = static_cast<std::size_t>(line.data() - sources.text(span.file).data());
  const std::size_t at = std::min<std::size_t>(span.begin - std::min<std::size_t>(line_start, span.begin), line.size());
  std::size_t from = 0;
  std::size_t to = on_from(line, 0, widest);
  if (to < line.size()) {
    from = back_from(line, at, widest / 2);
    to = on_from(line, from, widest);
  } else {
    to = line.size();
  }
  const std::string_view before = from > 0 ? "…" : "";
  std::string shown = fmt::format("{}{}{}", before, line.substr(from, to - from), to < line.size() ? "…" : "");
  std::replace(shown.begin(), shown.end(), '\t', ' ');
  const std::size_t first = count_characters(line.substr(from, at - from)) + count_characters(before);
  const std::size_t visible = count_characters(line.substr(at, to - at));
  const std::size_t length = std::min(end.column - std::min(begin.column, end.column), visible);
  const std::string number = std::to_string(begin.line);
  const std::string marks(std::max<std::size_t>(1, length), '^');
  return fmt::format(" {} | {}\n {} | {}{}\n", number, shown, std::string(number.size(), ' '), std::string(first, ' '),
                     paint.by_severity(severity, marks));
}

/// What is said below an entry, without a source line.
std::string remarks(const Entry& entry, const Sources& sources, const Paint& paint) {
  std::string out;
  const auto remark = [&](const std::string& what, const std::string& text) {
    out += fmt::format("  {}: {}\n", paint("1", what), text);
  };
  const bool is_likely = entry.precision == lint::Precision::likely;
  if (entry.rule != nullptr && !in_words(entry.effect).empty())
    remark("effect", fmt::format("{}{}", in_words(entry.effect), is_likely ? " (likely, not proven)" : ""));
  if (!entry.chain.empty()) remark("chain", draw(entry.chain));
  for (const lint::Related& related : entry.related) {
    const std::string where = place_of(related.span, sources);
    out += (where.empty() ? "  " : where + ": ") + paint("1", "note") + ": " + related.message + "\n";
  }
  if (entry.fix) remark("fix", entry.fix->title + " (--fix)");
  if (entry.suppressed) {
    std::string how = "by " + entry.suppressed->by;
    if (!entry.suppressed->until.empty()) how += " until " + entry.suppressed->until;
    if (!entry.suppressed->reason.empty()) how += ": " + entry.suppressed->reason;
    remark("suppressed", how);
  }
  return out;
}

std::string one(const Entry& entry, const Sources& sources, const Paint& paint) {
  const std::string where = place_of(entry.span, sources);
  std::string out = where.empty() ? where : where + ": ";
  out += paint.by_severity(entry.severity, std::string(name_of(entry.severity))) +
         fmt::format("[{}]: {}\n", entry.id, entry.message);
  const bool has_source = !entry.span.is_nowhere() && !sources.text(entry.span.file).empty();
  if (has_source) out += excerpt(entry.span, sources, entry.severity, paint);
  return out + remarks(entry, sources, paint);
}

}  // namespace

std::string text(const Entries& entries, const Sources& sources, const TextOptions& options) {
  const Paint paint(options.colour);
  std::string out;
  std::size_t printed = 0;
  for (const Entry& entry : entries) {
    if (printed == options.most) break;
    if (printed > 0 && entry.rule != nullptr) out += "\n";  // findings are long
    out += one(entry, sources, paint);
    ++printed;
  }
  if (printed < entries.size()) out += fmt::format("… and {} more\n", entries.size() - printed);
  return out;
}

std::string compact(const Entries& entries, const Sources& sources) {
  std::string out;
  for (const Entry& entry : entries) {
    const std::string where = place_of(entry.span, sources);
    out += fmt::format("{}{}{} {} {}: {}\n", where, where.empty() ? "" : ": ", name_of(entry.severity), entry.id,
                       entry.name, entry.message);
  }
  return out;
}

}  // namespace secretwatch::report
