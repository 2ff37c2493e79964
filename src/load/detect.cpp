#include <algorithm>
#include <map>
#include <set>
#include <string>

#include "base/blocks.h"
#include "base/text.h"
#include "load/load.h"

namespace secretwatch::load {
namespace {

using Words = std::set<std::string, std::less<>>;
/// Keys of an object, each with the character that begins its value.
using Keys = std::map<std::string, char, std::less<>>;

bool is_blank(char c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

std::size_t end_of_string(std::string_view text, std::size_t at) {
  for (std::size_t i = end_of_json_text(text, at + 1); i < text.size(); i = end_of_json_text(text, i)) {
    if (text[i] == '"') return i;
    i += text[i] == '\\' ? 2 : 1;
  }
  return text.size();
}

bool are_of_plan(const Keys& keys) {
  return keys.contains("format_version") &&
         (keys.contains("planned_values") || keys.contains("resource_changes") || keys.contains("values"));
}

bool are_of_template(const Keys& keys) {
  return keys.contains("AWSTemplateFormatVersion") && keys.contains("Resources");
}

/// The keys of the outermost object, as far as the text is JSON; of what may be large, those that say what it is.
Keys outer_json_keys(std::string_view text) {
  Keys keys;
  std::size_t depth = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (c == '{' || c == '[') ++depth;
    if ((c == '}' || c == ']') && depth > 0) --depth;
    if (c != '"') continue;
    const std::size_t end = end_of_string(text, i);
    std::size_t next = std::min(end + 1, text.size());
    while (next < text.size() && is_blank(text[next])) ++next;
    if (depth == 1 && next < text.size() && text[next] == ':') {
      do ++next;
      while (next < text.size() && is_blank(text[next]));
      keys.emplace(text.substr(i + 1, end - i - 1), next < text.size() ? text[next] : '\0');
      if (are_of_plan(keys) || are_of_template(keys)) break;
    }
    i = end;
  }
  return keys;
}

/// `key` of `key: value`, `"key": value` and `'key': value`; empty: the line begins with no key.
std::string_view key_of(std::string_view line) {
  const std::size_t colon = line.find(':');
  if (colon == std::string_view::npos) return {};
  std::string_view key = line.substr(0, colon);
  while (!key.empty() && is_blank(key.back())) key.remove_suffix(1);
  const bool quoted = key.size() > 1 && (key.front() == '"' || key.front() == '\'') && key.back() == key.front();
  return quoted ? key.substr(1, key.size() - 2) : key;
}

struct YamlMarkers {
  Words keys;          // of the outermost mapping
  bool types = false;  // Type: AWS::…
  bool lists = false;  // the Resources are a list, as in an AppSpec of CodeDeploy
};

YamlMarkers yaml_markers(std::string_view text) {
  YamlMarkers markers;
  std::optional<std::size_t> indentation;
  bool is_below_resources = false;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    std::string_view line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    const std::size_t first = line.find_first_not_of(" \t\r");
    if (first == std::string_view::npos || line[first] == '#' || line.starts_with("---") || line[0] == '%') continue;
    line.remove_prefix(first);
    if (is_below_resources && line.starts_with("- ")) markers.lists = true;
    const std::string_view key = key_of(line);
    if (!indentation && !key.empty()) indentation = first;
    const bool is_outer = first == indentation && !key.empty();
    if (is_outer) markers.keys.emplace(key);
    is_below_resources = is_outer && key == "Resources";
    if (key == "Type" && !markers.types) {
      std::string_view value = line.substr(line.find(':') + 1);
      const std::size_t begin = value.find_first_not_of(" \t'\"");
      markers.types = begin != std::string_view::npos && value.substr(begin).starts_with("AWS::");
    }
  }
  return markers;
}

Format detect_json(std::string_view text) {
  const Keys keys = outer_json_keys(text);
  if (are_of_plan(keys)) return Format::plan_json;
  const auto has = [&](std::string_view key) { return keys.contains(key); };
  if (has("version") && has("artifacts")) return Format::assembly;
  // A finding of Security Hub has a list of "Resources", a template an object.
  if (are_of_template(keys)) return Format::cloudformation;
  if (has("Resources") && keys.at("Resources") == '{' && text.find("\"AWS::") != std::string_view::npos)
    return Format::cloudformation;
  return Format::other;
}

Format detect_yaml(std::string_view text) {
  const YamlMarkers markers = yaml_markers(text);
  const auto has = [&](std::string_view key) { return markers.keys.contains(key); };
  const bool is_template = has("AWSTemplateFormatVersion") || (markers.types && !markers.lists);
  if (has("Resources") && is_template) return Format::cloudformation;
  if (has("version") && has("secrets") && has("notify")) return Format::spec;
  return Format::other;
}

}  // namespace

std::string_view name_of(Format format) {
  switch (format) {
    case Format::cloudformation:
      return "CloudFormation template";
    case Format::terraform:
      return "Terraform module";
    case Format::terraform_json:
      return "Terraform module in JSON";
    case Format::plan_json:
      return "Terraform plan";
    case Format::assembly:
      return "CDK cloud assembly";
    case Format::spec:
      return "secretwatch spec";
    case Format::other:
      return "other";
  }
  return "other";
}

bool is_for_a_tool(std::string_view text) {
  for (std::size_t at = text.find('{'); at != std::string_view::npos; at = text.find('{', at + 2)) {
    const std::string_view rest = text.substr(at, 2);
    if (rest != "{%" && rest != "{{") continue;
    const std::string_view before = text.substr(0, at);
    const std::size_t last = before.find_last_not_of(" \t");
    if (last == std::string_view::npos || before[last] == '\n') return true;
    if (before.ends_with(": ")) return true;
  }
  return false;
}

Format detect(std::string_view name, std::string_view text) {
  if (name.ends_with(".tf")) return Format::terraform;
  if (name.ends_with(".tf.json")) return Format::terraform_json;
  for (const std::string_view prose : {".md", ".markdown", ".mdx", ".rst", ".adoc"})
    if (name.ends_with(prose)) return Format::other;
  if (text.find('\0') != std::string_view::npos) return Format::other;
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  const std::size_t first = text.find_first_not_of(" \t\r\n");
  if (first == std::string_view::npos) return Format::other;
  return text[first] == '{' ? detect_json(text.substr(first)) : detect_yaml(text);
}

}  // namespace secretwatch::load
