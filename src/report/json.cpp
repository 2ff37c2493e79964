#include <nlohmann/json.hpp>

#include "report/report.h"

namespace secretwatch::report {
namespace {

using Json = nlohmann::ordered_json;

/// 1-based, columns in characters, the end exclusive.
void set_region(Json& object, const Span& span, const Sources& sources) {
  const Position begin = sources.begin(span);
  const Position end = sources.end(span);
  object["line"] = begin.line;
  object["column"] = begin.column;
  object["end_line"] = end.line;
  object["end_column"] = end.column;
}

Json finding(const Diagnostic& d, const Sources& sources) {
  Json object = Json::object();
  object["id"] = d.code.id;
  object["rule"] = d.code.name;
  object["severity"] = name_of(d.code.severity);
  object["effect"] = d.code.severity == Severity::error ? "rejected" : "hygiene";
  object["precision"] = "proven";
  object["message"] = d.message;
  if (d.span.is_nowhere()) {
    for (const char* key : {"file", "line", "column", "end_line", "end_column"}) object[key] = nullptr;
  } else {
    object["file"] = sources.name(d.span.file);
    set_region(object, d.span, sources);
  }
  object["resource"] = nullptr;
  object["related"] = Json::array();
  for (const Note& note : d.notes) {
    Json related = Json::object();
    related["message"] = note.message;
    const Span& where = note.span.is_nowhere() ? d.span : note.span;
    if (!where.is_nowhere()) {
      const Position begin = sources.begin(where);
      related["file"] = sources.name(where.file);
      related["line"] = begin.line;
      related["column"] = begin.column;
    }
    object["related"].push_back(std::move(related));
  }
  object["fix"] = nullptr;
  object["suppressed"] = nullptr;
  return object;
}

}  // namespace

std::string json(const Diagnostics& diagnostics, const Sources& sources, const Subject& subject) {
  Json document = Json::object();
  document["version"] = 1;
  document["files"] = subject.files;
  document["skipped"] = subject.skipped;
  document["findings"] = Json::array();
  std::size_t count[3] = {0, 0, 0};
  for (const Diagnostic& d : diagnostics.all()) {
    document["findings"].push_back(finding(d, sources));
    ++count[static_cast<std::size_t>(d.code.severity)];
  }
  document["summary"] = {{"error", count[static_cast<std::size_t>(Severity::error)]},
                         {"warning", count[static_cast<std::size_t>(Severity::warning)]},
                         {"note", count[static_cast<std::size_t>(Severity::note)]},
                         {"suppressed", 0}};
  return document.dump(2) + "\n";
}

}  // namespace secretwatch::report
