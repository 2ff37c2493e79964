#include "cli/baseline_file.h"

#include <charconv>

#include <nlohmann/json.hpp>

#include "doc/doc.h"

namespace secretwatch::cli {
namespace {

constexpr doc::Limits limits{.bytes = 50'000'000};

std::string text_of(const doc::Node& mapping, std::string_view key) {
  const doc::Node* const value = mapping.find(key);
  return value == nullptr ? std::string() : value->text;
}

std::size_t count_of(const doc::Node& mapping) {
  const std::string text = text_of(mapping, "count");
  std::size_t count = 1;
  std::from_chars(text.data(), text.data() + text.size(), count);
  return count;
}

}  // namespace

std::optional<lint::Baseline> read_baseline(const Sources& sources, FileId file, Diagnostics& out) {
  const std::optional<doc::Node> root = doc::read_json(sources, file, limits, out);
  if (!root) return std::nullopt;
  const doc::Node* const findings = root->find("findings");
  if (text_of(*root, "version") != "1" || findings == nullptr || findings->kind != doc::Kind::sequence) {
    out.add(codes::bad_baseline, root->span, "this is no baseline: it has no 'version' 1 and no list of 'findings'");
    return std::nullopt;
  }
  lint::Baseline baseline;
  for (const doc::Node& entry : findings->items) {
    lint::Known& known = baseline.emplace_back();
    known.rule = text_of(entry, "rule");
    known.file = text_of(entry, "file");
    known.resource = text_of(entry, "resource");
    known.property = text_of(entry, "property");
    known.count = count_of(entry);
    known.span = entry.span;
  }
  return baseline;
}

std::string print_baseline(const lint::Baseline& baseline) {
  using Json = nlohmann::ordered_json;
  Json document = Json::object();
  document["version"] = 1;
  document["findings"] = Json::array();
  for (const lint::Known& known : baseline) {
    Json entry = Json::object();
    entry["rule"] = known.rule;
    entry["file"] = known.file;
    entry["resource"] = known.resource;
    entry["property"] = known.property;
    entry["count"] = known.count;
    document["findings"].push_back(std::move(entry));
  }
  return document.dump(2) + "\n";
}

}  // namespace secretwatch::cli
