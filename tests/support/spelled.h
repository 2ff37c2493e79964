#pragma once
/// A template of YAML in other spellings that mean the same; and patches, applied by the book.
#include <string>
#include <vector>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "base/source.h"
#include "doc/doc.h"
#include "load/load.h"

namespace secretwatch::testing {

/// Short functions in the long form: `!Ref X` is {"Ref": X}, `!GetAtt A.B` is {"Fn::GetAtt": [A, B]}.
inline nlohmann::ordered_json json_of(const doc::Node& node) {
  using Json = nlohmann::ordered_json;
  Json value;
  if (node.kind == doc::Kind::sequence) {
    value = Json::array();
    for (const doc::Node& item : node.items) value.push_back(json_of(item));
  } else if (node.kind == doc::Kind::mapping) {
    value = Json::object();
    for (const doc::Entry& entry : node.entries) value[entry.key.text] = json_of(entry.value);
  } else if (node.kind == doc::Kind::scalar) {
    const doc::ScalarType type = node.tag.empty() ? doc::type_of(node) : doc::ScalarType::text;
    const bool is_bare = type == doc::ScalarType::boolean || type == doc::ScalarType::integer;
    value = is_bare ? Json::parse(node.text, nullptr, false) : Json(node.text);
    if (value.is_discarded()) value = node.text;
  }
  if (node.tag.empty() || node.tag.front() != '!') return value;
  const std::string name = node.tag.substr(1);
  if (name == "GetAtt" && node.kind == doc::Kind::scalar) {
    const std::size_t dot = node.text.find('.');
    value = Json::array();
    value.push_back(node.text.substr(0, dot));
    value.push_back(node.text.substr(dot + 1));
  }
  Json call = Json::object();
  call[name == "Ref" || name == "Condition" ? name : "Fn::" + name] = std::move(value);
  return call;
}

inline nlohmann::ordered_json json_of(const std::string& yaml) {
  Sources sources;
  Diagnostics out;
  const FileId file = sources.add("template", yaml);
  const std::optional<doc::Node> root = doc::read(sources, file, load::template_limits, out);
  if (!root) ADD_FAILURE() << "not YAML: " << yaml;
  return root ? json_of(*root) : nlohmann::ordered_json();
}

inline std::string as_json(const std::string& yaml, int indentation) {
  return json_of(yaml).dump(indentation) + "\n";
}

/// Braces and brackets, names without quotes, a comment that JSON cannot have.
inline std::string flow_text(const nlohmann::ordered_json& value) {
  if (value.is_object()) {
    std::string out;
    for (const auto& [name, each] : value.items()) {
      const bool is_plain = name.find_first_of(":.-/ ") == std::string::npos;
      out += (out.empty() ? "" : ", ") + (is_plain ? name : "'" + name + "'") + ": " + flow_text(each);
    }
    return "{" + out + "}";
  }
  if (value.is_array()) {
    std::string out;
    for (const auto& each : value) out += (out.empty() ? "" : ", ") + flow_text(each);
    return "[" + out + "]";
  }
  return value.dump();
}

/// Block style with the short forms of functions where YAML has them: `!Ref X`, `!Sub '…'`, `!GetAtt A.B`.
inline std::string short_yaml(const nlohmann::ordered_json& value, int indentation = 0) {
  const std::string margin(static_cast<std::size_t>(indentation), ' ');
  if (value.is_object() && value.size() == 1 && !value.front().is_object()) {
    const std::string& name = value.begin().key();
    const nlohmann::ordered_json& argument = value.front();
    const bool is_text = argument.is_string();
    if (name == "Ref" && is_text) return " !Ref " + argument.dump() + "\n";
    if (name == "Fn::Sub" && is_text) return " !Sub " + argument.dump() + "\n";
    if (name == "Fn::GetAtt" && argument.is_array() && argument.size() == 2 && argument[1].is_string())
      return " !GetAtt " + argument[0].get<std::string>() + "." + argument[1].get<std::string>() + "\n";
  }
  if ((value.is_object() || value.is_array()) && value.empty()) return value.is_object() ? " {}\n" : " []\n";
  std::string out = indentation == 0 ? "" : "\n";
  if (value.is_object()) {
    for (const auto& [name, each] : value.items())
      out += margin + nlohmann::ordered_json(name).dump() + ":" + short_yaml(each, indentation + 2);
  } else if (value.is_array()) {
    for (const auto& each : value) out += margin + "-" + short_yaml(each, indentation + 2);
  } else {
    return " " + value.dump() + "\n";
  }
  return out;
}

inline std::string as_flow_yaml(const std::string& yaml) {
  const nlohmann::ordered_json root = json_of(yaml);
  std::string out = "# one resource a line\nAWSTemplateFormatVersion: '2010-09-09'\nResources:\n";
  for (const auto& [name, resource] : root["Resources"].items()) out += "  " + name + ": " + flow_text(resource) + "\n";
  return out;
}

/// The text with a unified diff of one file applied, as `patch` does it; fails when the diff is of another text.
inline std::string patched(const std::string& text, const std::string& difference) {
  const auto lines_of = [](const std::string& all) {
    std::vector<std::string> lines;
    for (std::size_t at = 0; at < all.size();) {
      const std::size_t end = std::min(all.find('\n', at), all.size() - 1) + 1;
      lines.push_back(all.substr(at, end - at));
      at = end;
    }
    return lines;
  };
  const std::vector<std::string> old_lines = lines_of(text);
  std::vector<std::string> steps = lines_of(difference);
  std::string out;
  std::size_t at = 0;
  for (std::size_t i = 2; i < steps.size(); ++i) {
    if (steps[i].starts_with("@@ -")) {
      const std::size_t first = std::stoul(steps[i].substr(4));
      const bool is_empty = steps[i].find(",0 +") != std::string::npos;
      for (const std::size_t begin = is_empty ? first : first - 1; at < begin; ++at) out += old_lines.at(at);
      continue;
    }
    std::string line = steps[i].substr(1);
    if (i + 1 < steps.size() && steps[i + 1].starts_with("\\")) line.pop_back();
    if (steps[i].front() == '\\') continue;
    if (steps[i].front() != '+') {
      EXPECT_EQ(line, old_lines.at(at)) << "the diff is of another text";
      ++at;
    }
    if (steps[i].front() != '-') out += line;
  }
  for (; at < old_lines.size(); ++at) out += old_lines[at];
  return out;
}

}  // namespace secretwatch::testing
