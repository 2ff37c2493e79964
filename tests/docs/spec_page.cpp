#include "docs/spec_page.h"

#include <algorithm>
#include <filesystem>
#include <vector>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "model/catalog.h"
#include "support/spec_text.h"

namespace secretwatch::testing {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;

/// Inside a cell of a table.
std::string cell(std::string text) {
  for (std::size_t at = text.find('|'); at != std::string::npos; at = text.find('|', at + 2))
    text.replace(at, 1, "\\|");
  std::replace(text.begin(), text.end(), '\n', ' ');
  return text;
}

/// JSON as YAML flow style, which is what people write.
std::string flow(const Json& value) {
  if (value.is_object()) {
    std::vector<std::string> entries;
    for (const auto& [key, item] : value.items()) entries.push_back(key + ": " + flow(item));
    return fmt::format("{{{}}}", fmt::join(entries, ", "));
  }
  if (value.is_array()) {
    std::vector<std::string> items;
    for (const Json& item : value) items.push_back(flow(item));
    return fmt::format("[{}]", fmt::join(items, ", "));
  }
  if (!value.is_string()) return value.dump();
  const std::string text = value.get<std::string>();
  const bool quoted =
      text.find_first_of("*+{}[]:,#") != std::string::npos && !text.starts_with("arn:") && !text.starts_with("https:");
  return quoted ? "\"" + text + "\"" : text;
}

class Page {
 public:
  explicit Page(const Json& schema) : schema_(schema) {}

  std::string print() {
    out_ =
        "# The spec language\n\n"
        "Printed from `schemas/spec.schema.json` and the catalogue of detections; edit those, not this page.\n\n" +
        schema_["description"].get<std::string>() +
        "\n\nEditors with the YAML language server complete and explain every key when the first line of a spec is\n"
        "`# yaml-language-server: $schema=<path or URL of spec.schema.json>`.\n";
    section("A spec", schema_, "");
    detections();
    compiler_only();
    return std::move(out_);
  }

 private:
  const Json& resolve(const Json& node) const {
    if (!node.contains("$ref")) return node;
    return schema_["$defs"][node["$ref"].get<std::string>().substr(std::string("#/$defs/").size())];
  }

  std::string type_of(const Json& given) const {
    const Json& node = resolve(given);
    if (node.contains("const")) return "`" + flow(node["const"]) + "`";
    if (node.contains("enum")) {
      std::vector<std::string> words;
      for (const Json& word : node["enum"]) words.push_back("`" + flow(word) + "`");
      return words.size() > 12 ? std::string("a name") : fmt::format("{}", fmt::join(words, ", "));
    }
    for (const char* choice : {"oneOf", "anyOf"}) {
      if (!node.contains(choice) || node.contains("type")) continue;
      std::vector<std::string> kinds;
      for (const Json& option : node[choice]) {
        const std::string kind = type_of(option);
        if (std::find(kinds.begin(), kinds.end(), kind) == kinds.end()) kinds.push_back(kind);
      }
      return fmt::format("{}", fmt::join(kinds, ", or "));
    }
    const std::string type = node["type"];
    if (type == "array") return "list of " + type_of(node["items"]);
    if (type == "object")
      return node.contains("properties") && node["properties"].contains("parameter") ? "`{parameter: NAME}`"
                                                                                     : "mapping";
    if (type == "string") return "text";
    return type == "integer" ? "whole number" : type;
  }

  std::string limits_of(const Json& node) const {
    std::vector<std::string> limits;
    if (node.contains("minimum"))
      limits.push_back(fmt::format("{} to {}", flow(node["minimum"]), flow(node["maximum"])));
    if (node.contains("maxLength")) limits.push_back(fmt::format("at most {} characters", flow(node["maxLength"])));
    return limits.empty() ? std::string() : fmt::format(" ({})", fmt::join(limits, ", "));
  }

  void section(const std::string& title, const Json& given, const std::string& note) {
    const Json& object = resolve(given);
    out_ += "\n## " + title + "\n\n";
    if (!note.empty()) out_ += note + "\n\n";
    out_ += "| key | type | default | meaning | example |\n|---|---|---|---|---|\n";
    std::vector<std::pair<std::string, const Json*>> nested;
    for (const auto& [key, value] : object["properties"].items()) {
      const bool required =
          object.contains("required") &&
          std::find(object["required"].begin(), object["required"].end(), key) != object["required"].end();
      const std::string fallback = required                    ? "required"
                                   : value.contains("default") ? "`" + flow(value["default"]) + "`"
                                                               : "";
      const std::string example = value.contains("examples") ? "`" + flow(value["examples"][0]) + "`" : "";
      out_ += fmt::format("| `{}` | {} | {} | {} | {} |\n", key, cell(type_of(value) + limits_of(value)),
                          cell(fallback), cell(value["description"]), cell(example));
      collect(title == "A spec" ? key : title + "." + key, value, nested);
    }
    for (const auto& [name, value] : nested) section(name, *value, value->value("description", ""));
  }

  /// The mappings below a key that have keys of their own.
  void collect(const std::string& name, const Json& given,
               std::vector<std::pair<std::string, const Json*>>& nested) const {
    const Json& value = resolve(given);
    if (value.contains("properties")) {
      const bool parameter = value["properties"].contains("parameter");
      if (!parameter) nested.emplace_back(name, &value);
      return;
    }
    for (const char* choice : {"oneOf", "anyOf"}) {
      if (!value.contains(choice)) continue;
      std::size_t number = 0;
      for (const Json& option : value[choice]) {
        std::vector<std::pair<std::string, const Json*>> found;
        collect(name, option, found);
        for (auto& [found_name, found_value] : found) {
          const std::string first =
              found_value->contains("properties") ? (*found_value)["properties"].begin().key() : "";
          nested.emplace_back(found_name + (found_name == name && !first.empty() ? " with " + first : ""), found_value);
        }
        ++number;
      }
    }
    if (value.contains("items")) collect(name + "[]", value["items"], nested);
    if (value.contains("additionalProperties") && value["additionalProperties"].is_object())
      collect(name + ".<name>", value["additionalProperties"], nested);
  }

  void detections() {
    out_ += "\n## Detections\n\n| detection | events | why |\n|---|---|---|\n";
    for (const model::Detection& detection : model::all_detections()) {
      out_ += fmt::format("| `{}` | {}{} | {} |\n", detection.name, fmt::join(detection.events, ", "),
                          detection.refused ? ", when they are refused" : "", detection.why);
    }
    out_ +=
        "\nThe events that `detect: {events: [...]}` takes, and where a record of each names its secret:\n\n| event | "
        "names its secret in |\n|---|---|\n";
    for (const model::Event& event : model::all_events())
      out_ += fmt::format("| `{}` | {} |\n", event.name, place_of(event.named_by));
  }

  static std::string_view place_of(model::NamedBy named_by) {
    switch (named_by) {
      case model::NamedBy::secret_id:
        return "`requestParameters.secretId`; refused calls in `errorMessage`";
      case model::NamedBy::secret_id_list:
        return "`requestParameters.secretIdList`; refused calls in `errorMessage`";
      case model::NamedBy::name:
        return "`requestParameters.name`";
      case model::NamedBy::additional_event_data:
        return "`additionalEventData.SecretId`";
      case model::NamedBy::nothing:
        return "nothing: counts only with `per: alert` over all secrets";
    }
    return "";
  }

  void compiler_only() {
    out_ +=
        "\n## What only the compiler refuses\n\nWhat the schema refuses, the compiler refuses. Besides, the compiler "
        "alone refuses:\n\n"
        "| code | what |\n|---|---|\n";
    std::vector<std::string> rows;
    for (const auto& entry : fs::directory_iterator(in_project("tests/unit/model/compiler_only"))) {
      const std::string text = read_text(entry.path().string());
      const std::size_t code = text.find(": ") + 2;
      const std::size_t rule = text.find("# ", code) + 2;
      rows.push_back(
          fmt::format("| {} | {} |\n", text.substr(code, 6), cell(text.substr(rule, text.find('\n', rule) - rule))));
    }
    std::sort(rows.begin(), rows.end());
    for (const std::string& row : rows) out_ += row;
    out_ +=
        "\nA file of more than 1,000,000 bytes, text that is not UTF-8, control characters (SW0001 to SW0004) and "
        "lists or mappings nested\n"
        "some 400 levels deep (SW0010) are refused before anything is read; a template of more than 1,000,000 bytes "
        "(SW0158) after\n"
        "everything is compiled.\n";
  }

  const Json& schema_;
  std::string out_;
};

}  // namespace

std::string spec_page() {
  const Json schema = Json::parse(read_text(in_project("schemas/spec.schema.json")));
  return Page(schema).print();
}

}  // namespace secretwatch::testing
