/// SARIF 2.1.0 as GitHub's code scanning takes it: a place of one line for each result, related places linked from the
/// message, fingerprints that outlive a moved line, help for each rule.
#include <algorithm>
#include <map>
#include <string_view>

#include <fmt/format.h>
#include <nlohmann/json.hpp>
#include <xxhash.h>

#include "base/text.h"
#include "report/entries.h"

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

std::string sentence(std::string_view clause) {
  std::string text(clause);
  text.front() = to_upper(text.front());
  return text + ".";
}

/// Everything but unreserved characters and '/' is percent-encoded (RFC 3986); an absolute path is a file's URI.
std::string uri_of(std::string_view path) {
  std::string uri = path.starts_with("/") ? "file://" : "";
  for (const char c : path) {
    const bool plain = is_letter_or_digit(c) || std::string_view("-._~/").find(c) != std::string_view::npos;
    uri += plain ? std::string(1, c) : fmt::format("%{:02X}", static_cast<unsigned>(static_cast<unsigned char>(c)));
  }
  return uri;
}

/// In a message `[text](1)` is a link to a related place; brackets and backslashes that are none are escaped.
std::string escape(std::string_view text) {
  std::string escaped;
  for (const char c : text) {
    if (c == '[' || c == ']' || c == '\\') escaped += '\\';
    escaped += c;
  }
  return escaped;
}

Json location(const Span& span, const Sources& sources) {
  const auto [begin, end] = region_of(span, sources);
  Json physical = Json::object();
  physical["artifactLocation"]["uri"] = uri_of(sources.name(span.file));
  Json& region = physical["region"];
  region["startLine"] = begin.line;
  region["startColumn"] = begin.column;
  region["endLine"] = end.line;
  region["endColumn"] = std::max(end.column, begin.column + 1);
  Json place = Json::object();
  place["physicalLocation"] = std::move(physical);
  return place;
}

/// GitHub shows what has one as a security alert; so only what keeps reads of a secret from being told. 7.0 is high.
std::string_view security_severity(const lint::Rule& rule) {
  const bool breaks_chain = rule.effect == lint::Effect::silent || rule.effect == lint::Effect::always ||
                            rule.effect == lint::Effect::partial;
  if (!breaks_chain || rule.severity == Severity::note) return {};
  if (rule.severity == Severity::warning) return "5.0";
  return rule.effect == lint::Effect::partial ? "7.0" : "8.0";
}

Json properties_of(const lint::Rule& rule) {
  Json properties = Json::object();
  const std::string_view severity = security_severity(rule);
  properties["tags"] = Json::array();
  if (!severity.empty()) properties["tags"].push_back("security");
  properties["tags"].push_back(lint::name_of(rule.effect));
  properties["precision"] = rule.precision == lint::Precision::proven ? "very-high" : "medium";
  properties["problem.severity"] = rule.severity == Severity::note ? "recommendation" : name_of(rule.severity);
  if (!severity.empty()) properties["security-severity"] = severity;
  return properties;
}

Json rule_of(const lint::Rule& rule) {
  Json printed = Json::object();
  printed["id"] = rule.id;
  printed["name"] = rule.name;
  printed["shortDescription"]["text"] = sentence(rule.summary);
  printed["fullDescription"]["text"] = rule.finds;
  printed["help"]["text"] = explanation(rule);
  printed["help"]["markdown"] = markdown(rule);
  printed["defaultConfiguration"]["level"] = name_of(rule.severity);
  printed["properties"] = properties_of(rule);
  return printed;
}

/// Of a diagnostic, which no page explains.
Json rule_of(const Entry& entry) {
  Json printed = Json::object();
  printed["id"] = entry.id;
  printed["name"] = entry.name;
  for (const char* key : {"shortDescription", "fullDescription", "help"}) printed[key]["text"] = title_of(entry.name);
  printed["defaultConfiguration"]["level"] = name_of(entry.severity);
  return printed;
}

/// What outlives edits elsewhere in the file: rule, file, resource and property. Equal ones are numbered.
class Fingerprints {
 public:
  std::string next(const Entry& entry, const std::string& uri) {
    std::string identity = fmt::format("{}\n{}\n{}\n{}", entry.id, uri, entry.resource, entry.property);
    if (entry.resource.empty()) identity += "\n" + entry.message;
    const std::string hash = fmt::format("{:016x}", XXH3_64bits(identity.data(), identity.size()));
    return fmt::format("{}:{}", hash, ++seen_[hash]);
  }

 private:
  std::map<std::string, std::size_t> seen_;
};

Json suppression(const lint::Suppression& suppressed) {
  Json printed = Json::object();
  printed["kind"] = suppressed.by == "baseline" ? "external" : "inSource";
  if (!suppressed.reason.empty()) printed["justification"] = suppressed.reason;
  return printed;
}

/// The stops of the chain that stand in a file, each with what it is.
Json chain_steps(const std::vector<lint::Stop>& chain, const Sources& sources) {
  Json steps = Json::array();
  for (const lint::Stop& stop : chain) {
    if (stop.span.is_nowhere()) continue;
    Json step = Json::object();
    step["location"] = location(stop.span, sources);
    step["location"]["message"]["text"] =
        fmt::format("{} '{}'{}", stop.stage, stop.name, stop.is_cut_off ? ": nothing comes here" : "");
    step["importance"] = stop.is_cut_off ? "essential" : "important";
    steps.push_back(std::move(step));
  }
  return steps;
}

Json replacement(const lint::Edit& edit, const Sources& sources) {
  const Position begin = sources.begin(edit.span);
  const Position end = sources.end(edit.span);
  Json printed = Json::object();
  printed["deletedRegion"] = {
      {"startLine", begin.line}, {"startColumn", begin.column}, {"endLine", end.line}, {"endColumn", end.column}};
  printed["insertedContent"]["text"] = edit.text;
  return printed;
}

Json fix(const lint::Fix& fix, const Sources& sources) {
  Json printed = Json::object();
  printed["description"]["text"] = fix.title;
  Json changes = Json::array();
  for (const lint::Edit& edit : fix.edits) {
    const std::string uri = uri_of(sources.name(edit.span.file));
    const auto known = std::find_if(changes.begin(), changes.end(),
                                    [&](const Json& change) { return change["artifactLocation"]["uri"] == uri; });
    if (known != changes.end()) {
      (*known)["replacements"].push_back(replacement(edit, sources));
      continue;
    }
    Json change = Json::object();
    change["artifactLocation"]["uri"] = uri;
    change["replacements"] = Json::array();
    change["replacements"].push_back(replacement(edit, sources));
    changes.push_back(std::move(change));
  }
  printed["artifactChanges"] = std::move(changes);
  return printed;
}

/// Results need a place: what is about no file is about the first that was judged.
Json first_location(const Entry& entry, const Sources& sources, const Subject& subject) {
  if (!entry.span.is_nowhere()) return location(entry.span, sources);
  Json place = Json::object();
  Json& physical = place["physicalLocation"];
  physical["artifactLocation"]["uri"] = uri_of(subject.names.empty() ? "." : subject.names.front());
  physical["region"] = {{"startLine", 1}, {"startColumn", 1}, {"endLine", 1}, {"endColumn", 2}};
  return place;
}

Json result(const Entry& entry, std::size_t rule_index, const Sources& sources, const Subject& subject) {
  Json printed = Json::object();
  printed["ruleId"] = entry.id;
  printed["ruleIndex"] = rule_index;
  printed["level"] = name_of(entry.severity);
  std::string message = escape(entry.message);
  Json related_locations = Json::array();
  for (const lint::Related& related : entry.related) {
    if (related.span.is_nowhere()) {
      message += "; " + escape(related.message);
      continue;
    }
    Json place = location(related.span, sources);
    const std::size_t id = related_locations.size() + 1;
    place["id"] = id;
    place["message"]["text"] = related.message;
    message += fmt::format("; [{}]({})", escape(related.message), id);
    related_locations.push_back(std::move(place));
  }
  printed["message"]["text"] = message;
  printed["locations"] = Json::array();
  printed["locations"].push_back(first_location(entry, sources, subject));
  if (!related_locations.empty()) printed["relatedLocations"] = std::move(related_locations);
  if (Json steps = chain_steps(entry.chain, sources); !steps.empty()) {
    Json flow = Json::object();
    flow["message"]["text"] = draw(entry.chain);
    flow["threadFlows"] = Json::array();
    Json thread = Json::object();
    thread["locations"] = std::move(steps);
    flow["threadFlows"].push_back(std::move(thread));
    printed["codeFlows"] = Json::array();
    printed["codeFlows"].push_back(std::move(flow));
  }
  if (entry.fix) {
    printed["fixes"] = Json::array();
    printed["fixes"].push_back(fix(*entry.fix, sources));
  }
  if (entry.suppressed) {
    printed["suppressions"] = Json::array();
    printed["suppressions"].push_back(suppression(*entry.suppressed));
  }
  return printed;
}

/// The rules of a run and where each stands in it.
class Rules {
 public:
  Rules(const Entries& entries, const Subject& subject) {
    for (const lint::Rule* rule : subject.rules)
      if (is_new(rule->id)) printed_.push_back(rule_of(*rule));
    for (const Entry& entry : entries)
      if (is_new(entry.id)) printed_.push_back(entry.rule == nullptr ? rule_of(entry) : rule_of(*entry.rule));
  }
  std::size_t index_of(std::string_view id) const { return index_.at(id); }
  Json take() { return std::move(printed_); }

 private:
  /// Not printed before; it is then the next to be.
  bool is_new(std::string_view id) { return index_.emplace(id, printed_.size()).second; }

  Json printed_ = Json::array();
  std::map<std::string_view, std::size_t> index_;
};

}  // namespace

std::string sarif(const Entries& entries, const Sources& sources, const Subject& subject) {
  Rules rules(entries, subject);
  Fingerprints fingerprints;
  Json results = Json::array();
  for (const Entry& entry : entries) {
    Json printed = result(entry, rules.index_of(entry.id), sources, subject);
    const Json& place = printed["locations"][0]["physicalLocation"]["artifactLocation"]["uri"];
    printed["partialFingerprints"]["primaryLocationLineHash"] = fingerprints.next(entry, place.get<std::string>());
    results.push_back(std::move(printed));
  }
  Json driver = Json::object();
  driver["name"] = "secretwatch";
  driver["informationUri"] = "https://github.com/secretwatch/secretwatch";
  driver["semanticVersion"] = subject.version;
  driver["rules"] = rules.take();
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
