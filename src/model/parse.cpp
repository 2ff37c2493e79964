#include <string>

#include "base/text.h"
#include "model/codes.h"
#include "model/model.h"
#include "model/parts.h"
#include "model/reader.h"
#include "model/values.h"

namespace secretwatch::model {
namespace {

constexpr std::size_t most_tags = 50;  // of a resource (AWS General Reference, "Tag naming limits and requirements")

std::vector<Tag> parse_tags(const doc::Node& node, Diagnostics& out) {
  std::vector<Tag> tags;
  if (node.kind != doc::Kind::mapping) {
    out.add(codes::wrong_type, node.span, "{} stands where tags are wanted, a mapping", describe(node));
    return tags;
  }
  if (node.entries.size() > most_tags) {
    out.add(codes::too_long, node.span, "{} tags are more than a resource can carry, {}", node.entries.size(),
            most_tags);
  }
  for (const doc::Entry& entry : node.entries) {
    if (!check_key_text(entry.key, out)) continue;
    if (const std::string problem = problem_with_tag_key(entry.key.text); !problem.empty())
      report_problem(entry.key, problem, out);
    const std::optional<std::string> value = read_text(entry.value, out);
    if (!value) continue;
    if (value->empty()) {
      out.add(codes::empty, entry.value.span, "tag '{}' has no value", shown(entry.key.text))
          .note("CloudFormation refuses an alarm with an empty tag");
    }
    if (const std::size_t length = count_characters(*value); length > 256)
      out.add(codes::too_long, entry.value.span, "the value has {} characters, more than 256", length);
    for (const doc::Node* part : {&entry.key, &entry.value}) {
      if (!has_unusual_tag_characters(part->text)) continue;
      out.add(codes::tag_characters, part->span, "most AWS services refuse a tag with these characters")
          .note("letters, digits, blanks and +-=._:/@ are taken everywhere");
    }
    tags.push_back({entry.key.text, *value, entry.key.span});
  }
  return tags;
}

Metrics parse_metrics(const doc::Node& node, Diagnostics& out) {
  Metrics metrics;
  const Fields fields(node, "metrics", {"namespace", "zero_fill"}, out);
  if (const doc::Node* found = fields.get("namespace"))
    metrics.name_space = read_text(*found, problem_with_namespace, out).value_or(metrics.name_space);
  if (const doc::Node* found = fields.get("zero_fill")) metrics.zero_fill = read_boolean(*found, out).value_or(false);
  return metrics;
}

/// CloudFormation replaces `{{resolve:secretsmanager:…}}` in any text, and would put the secret into the mail.
void report_dynamic_references(const doc::Node& node, Diagnostics& out) {
  if (node.kind == doc::Kind::scalar && node.text.find("{{resolve:") != std::string::npos) {
    out.add(codes::dynamic_reference, node.span, "the text holds '{{{{resolve:'")
        .note("CloudFormation would put the secret's value in its place");
  }
  for (const doc::Node& item : node.items) report_dynamic_references(item, out);
  for (const doc::Entry& entry : node.entries) {
    report_dynamic_references(entry.key, out);
    report_dynamic_references(entry.value, out);
  }
}

void parse_version(const Fields& fields, Diagnostics& out) {
  const doc::Node* const node = fields.require("version");
  if (node == nullptr) return;
  const bool is_one =
      node->kind == doc::Kind::scalar && doc::type_of(*node) == doc::ScalarType::integer && node->text == "1";
  if (is_one) return;
  out.add(codes::unknown_choice, node->span, "{} is no version of the spec language", describe(*node))
      .note("there is one version so far: write version: 1");
}

void parse_head(const Fields& fields, Spec& spec, Diagnostics& out) {
  parse_version(fields, out);
  if (const doc::Node* node = fields.require("name")) {
    spec.name = read_text(*node, problem_with_spec_name, out).value_or("");
    spec.name_span = node->span;
  }
  if (const doc::Node* node = fields.get("description")) {
    spec.description = read_free_text(*node, 1024, out).value_or("");
    if (spec.description.size() > 1024)  // the limit of a template's Description is in bytes
      out.add(codes::too_long, node->span, "the text has {} bytes, more than 1024", spec.description.size());
  }
  if (const doc::Node* node = fields.get("tags")) spec.tags = parse_tags(*node, out);
}

}  // namespace

std::optional<Spec> parse(const doc::Node& root, Diagnostics& out) {
  if (root.kind == doc::Kind::null) {
    out.add(codes::empty, root.span, "the spec is empty").note("secretwatch init writes one to begin with");
    return std::nullopt;
  }
  const Fields fields(root, "a spec",
                      {"version", "name", "description", "tags", "secrets", "notify", "alerts", "trail", "metrics"},
                      out);
  if (!fields.is_mapping()) return std::nullopt;
  report_dynamic_references(root, out);
  Spec spec;
  parse_head(fields, spec, out);
  if (const doc::Node* node = fields.require("secrets")) {
    spec.secrets = parse_secrets(*node, out);
    spec.secrets_span = fields.key_span("secrets");
  }
  if (const doc::Node* node = fields.require("notify")) spec.channels = parse_channels(*node, out);
  const doc::Node* const alerts = fields.get("alerts");
  spec.alerts = alerts == nullptr ? default_alerts() : parse_alerts(*alerts, out);
  if (const doc::Node* node = fields.get("trail")) spec.trail = parse_trail(*node, out);
  if (const doc::Node* node = fields.get("metrics")) spec.metrics = parse_metrics(*node, out);
  return spec;
}

std::vector<Selection> parse_selections(const doc::Node& node, Diagnostics& out) {
  std::vector<Selection> selections;
  const std::vector<doc::Node>* const items = read_list(node, out);
  if (items == nullptr) return selections;
  for (const doc::Node& item : *items) {
    const std::optional<std::string> text = read_text(item, out);
    if (!text) continue;
    if (text->empty()) {
      out.add(codes::empty, item.span, "the text is empty");
    } else {
      selections.push_back({*text, item.span});
    }
  }
  return selections;
}

}  // namespace secretwatch::model
