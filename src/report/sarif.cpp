#include <map>
#include <string_view>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "base/text.h"
#include "report/report.h"

namespace secretwatch::report {
namespace {

using Json = nlohmann::ordered_json;

/// "duplicate-key" as a sentence.
std::string title_of(std::string_view name) {
  std::string title(name);
  for (char& c : title)
    if (c == '-') c = ' ';
  title.front() = to_upper(title.front());
  return title + ".";
}

/// A relative URI: everything but unreserved characters and '/' is percent-encoded (RFC 3986).
std::string uri_of(std::string_view path) {
  std::string uri;
  for (const char c : path) {
    const bool plain = is_letter_or_digit(c) || std::string_view("-._~/").find(c) != std::string_view::npos;
    uri += plain ? std::string(1, c) : fmt::format("%{:02X}", static_cast<unsigned>(static_cast<unsigned char>(c)));
  }
  return uri;
}

Json location(const Span& span, const Sources& sources) {
  const Position begin = sources.begin(span);
  const Position end = sources.end(span);
  Json physical = Json::object();
  physical["artifactLocation"]["uri"] = uri_of(sources.name(span.file));
  Json& region = physical["region"];
  region["startLine"] = begin.line;
  region["startColumn"] = begin.column;
  // One line: code scanning shows a region at its first line only.
  if (end.line == begin.line && end.column > begin.column) region["endColumn"] = end.column;
  Json place = Json::object();
  place["physicalLocation"] = std::move(physical);
  return place;
}

std::string_view level_of(Severity severity) {
  return name_of(severity);
}

Json rule(const Code& code) {
  Json printed = Json::object();
  printed["id"] = code.id;
  printed["name"] = code.name;
  printed["shortDescription"]["text"] = title_of(code.name);
  printed["defaultConfiguration"]["level"] = level_of(code.severity);
  return printed;
}

Json result(const Diagnostic& d, std::size_t rule_index, const Sources& sources) {
  Json printed = Json::object();
  printed["ruleId"] = d.code.id;
  printed["ruleIndex"] = rule_index;
  printed["level"] = level_of(d.code.severity);
  std::string message = d.message;
  for (const Note& note : d.notes)
    if (note.span.is_nowhere()) message += "; " + note.message;
  printed["message"]["text"] = message;
  if (!d.span.is_nowhere()) printed["locations"] = Json::array({location(d.span, sources)});
  for (const Note& note : d.notes) {
    if (note.span.is_nowhere()) continue;
    Json related = location(note.span, sources);
    related["id"] = printed.contains("relatedLocations") ? printed["relatedLocations"].size() + 1 : 1;
    related["message"]["text"] = note.message;
    printed["relatedLocations"].push_back(std::move(related));
  }
  return printed;
}

}  // namespace

std::string sarif(const Diagnostics& diagnostics, const Sources& sources, const Subject& subject) {
  std::map<std::string_view, Code> codes;
  for (const Diagnostic& d : diagnostics.all()) codes.emplace(d.code.id, d.code);
  Json rules = Json::array();
  std::map<std::string_view, std::size_t> index;
  for (const auto& [id, code] : codes) {
    index.emplace(id, rules.size());
    rules.push_back(rule(code));
  }
  Json results = Json::array();
  for (const Diagnostic& d : diagnostics.all()) results.push_back(result(d, index.at(d.code.id), sources));
  Json driver = Json::object();
  driver["name"] = "secretwatch";
  driver["semanticVersion"] = subject.version;
  driver["rules"] = std::move(rules);
  Json run = Json::object();
  run["tool"]["driver"] = std::move(driver);
  run["columnKind"] = "unicodeCodePoints";
  run["results"] = std::move(results);
  Json log = Json::object();
  log["$schema"] = "https://json.schemastore.org/sarif-2.1.0.json";
  log["version"] = "2.1.0";
  log["runs"] = Json::array();
  log["runs"].push_back(std::move(run));
  return log.dump(2) + "\n";
}

}  // namespace secretwatch::report
