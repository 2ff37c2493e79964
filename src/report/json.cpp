#include <nlohmann/json.hpp>

#include "report/entries.h"

namespace secretwatch::report {
namespace {

using Json = nlohmann::ordered_json;

Json or_null(const std::string& text) {
  return text.empty() ? Json(nullptr) : Json(text);
}

Json related_place(const lint::Related& related, const Entry& entry, const Sources& sources) {
  Json place = Json::object();
  place["message"] = related.message;
  const Span& where = related.span.is_nowhere() ? entry.span : related.span;
  if (where.is_nowhere()) return place;
  const Position begin = sources.begin(where);
  place["file"] = sources.name(where.file);
  place["line"] = begin.line;
  place["column"] = begin.column;
  return place;
}

Json suppression(const lint::Suppression& suppressed) {
  Json object = Json::object();
  object["by"] = suppressed.by;
  object["reason"] = or_null(suppressed.reason);
  object["until"] = or_null(suppressed.until);
  return object;
}

Json broken_chain(const std::vector<lint::Stop>& chain, const Sources& sources) {
  Json object = Json::object();
  object["line"] = draw(chain);
  object["stops"] = Json::array();
  for (const lint::Stop& stop : chain) {
    Json printed = Json::object();
    printed["stage"] = stop.stage.empty() ? Json(nullptr) : Json(stop.stage);
    printed["name"] = stop.name;
    printed["reached"] = !stop.is_cut_off;
    if (!stop.span.is_nowhere()) {
      const Position begin = sources.begin(stop.span);
      printed["file"] = sources.name(stop.span.file);
      printed["line"] = begin.line;
      printed["column"] = begin.column;
    }
    object["stops"].push_back(std::move(printed));
  }
  return object;
}

Json fix(const lint::Fix& fix, const Sources& sources) {
  Json object = Json::object();
  object["title"] = fix.title;
  object["edits"] = Json::array();
  for (const lint::Edit& edit : fix.edits) {
    const Position begin = sources.begin(edit.span);
    const Position end = sources.end(edit.span);
    Json printed = Json::object();
    printed["file"] = sources.name(edit.span.file);
    printed["line"] = begin.line;
    printed["column"] = begin.column;
    printed["end_line"] = end.line;
    printed["end_column"] = end.column;
    printed["text"] = edit.text;
    object["edits"].push_back(std::move(printed));
  }
  return object;
}

Json finding(const Entry& entry, const Sources& sources) {
  Json object = Json::object();
  object["id"] = entry.id;
  object["rule"] = entry.name;
  object["severity"] = name_of(entry.severity);
  object["effect"] = lint::name_of(entry.effect);
  object["precision"] = lint::name_of(entry.precision);
  object["message"] = entry.message;
  if (entry.span.is_nowhere()) {
    for (const char* key : {"file", "line", "column", "end_line", "end_column"}) object[key] = nullptr;
  } else {
    const auto [begin, end] = region_of(entry.span, sources);
    object["file"] = sources.name(entry.span.file);
    object["line"] = begin.line;
    object["column"] = begin.column;
    object["end_line"] = end.line;
    object["end_column"] = end.column;
  }
  object["resource"] = or_null(entry.resource);
  object["related"] = Json::array();
  for (const lint::Related& related : entry.related)
    object["related"].push_back(related_place(related, entry, sources));
  object["chain"] = entry.chain.empty() ? Json(nullptr) : broken_chain(entry.chain, sources);
  object["fix"] = entry.fix ? fix(*entry.fix, sources) : Json(nullptr);
  object["suppressed"] = entry.suppressed ? suppression(*entry.suppressed) : Json(nullptr);
  return object;
}

}  // namespace

std::string json(const Entries& entries, const Sources& sources, const Subject& subject) {
  Json document = Json::object();
  document["version"] = 1;
  document["files"] = subject.files;
  document["skipped"] = subject.skipped;
  document["findings"] = Json::array();
  for (const Entry& entry : entries) document["findings"].push_back(finding(entry, sources));
  const Counts counts = count(entries);
  Json summary = Json::object();
  for (const Severity severity : {Severity::error, Severity::warning, Severity::note})
    summary[std::string(name_of(severity))] = counts.of(severity);
  summary["suppressed"] = counts.suppressed + subject.hidden;
  document["summary"] = std::move(summary);
  return document.dump(2) + "\n";
}

}  // namespace secretwatch::report
