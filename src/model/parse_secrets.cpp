#include "base/text.h"
#include "model/codes.h"
#include "model/parts.h"
#include "model/reader.h"
#include "model/values.h"

namespace secretwatch::model {
namespace {

constexpr std::string_view example_arn = "arn:aws:secretsmanager:us-east-2:123456789012:secret:NAME-AbCdEf";

/// An ARN's last hyphen and the six random characters behind it, which Secrets Manager adds to every name.
bool has_random_suffix(std::string_view name) {
  if (name.size() < 8 || name[name.size() - 7] != '-') return false;
  for (const char c : name.substr(name.size() - 6))
    if (!is_letter_or_digit(c)) return false;
  return true;
}

/// Letters of both cases and digits, changing often: a random suffix, hardly a word.
bool looks_random(std::string_view suffix) {
  const auto kind = [](char c) { return is_digit(c) ? 0 : is_upper(c) ? 1 : 2; };
  int changes = 0;
  for (std::size_t i = 1; i < suffix.size(); ++i) changes += kind(suffix[i]) != kind(suffix[i - 1]) ? 1 : 0;
  return changes >= 4;
}

std::string problem_with_secret_arn(std::string_view text) {
  std::string problem = problem_with_arn(text, "secretsmanager", "secret:", example_arn);
  if (!problem.empty()) return problem;
  return problem_with_secret_name(parse_arn(text)->resource.substr(std::string_view("secret:").size()));
}

bool read_arn(const doc::Node& node, Secret& secret, Diagnostics& out) {
  const std::optional<std::string> text = read_text(node, problem_with_secret_arn, out);
  if (!text) return false;
  const Arn arn = *parse_arn(*text);
  const std::string full_name = arn.resource.substr(std::string_view("secret:").size());
  if (!has_random_suffix(full_name)) {
    out.add(codes::arn_without_suffix, node.span, "the ARN does not end in '-' and six random characters")
        .note("to watch the secret by name, write {}", full_name);
    return false;
  }
  secret.naming = Secret::Naming::arn;
  secret.written = *text;
  secret.name = full_name.substr(0, full_name.size() - 7);
  secret.region = arn.region;
  return true;
}

bool read_name(const doc::Node& node, Secret& secret, Diagnostics& out) {
  const std::optional<std::string> text = read_text(node, out);
  if (!text) return false;
  if (text->empty()) {
    out.add(codes::empty, node.span, "the name is empty");
    return false;
  }
  if (const std::string problem = problem_with_secret_name(*text); !problem.empty()) {
    report_problem(node, problem, out);
    Diagnostic* const last = out.last();
    if (text->ends_with('*'))
      last->note("to watch every secret below a path, write {{prefix: {}}}", text->substr(0, text->find('*')));
    if (text->starts_with("arn:")) last->note("an ARN is written {{arn: …}}");
    return false;
  }
  if (has_random_suffix(*text) && looks_random(std::string_view(*text).substr(text->size() - 6))) {
    out.add(codes::looks_like_arn_suffix, node.span, "'{}' ends like an ARN, in a hyphen and six random characters",
            *text)
        .note("if the secret is called '{}', write that: reads by its name would not count",
              text->substr(0, text->size() - 7));
  }
  secret.naming = Secret::Naming::name;
  secret.written = secret.name = *text;
  return true;
}

bool read_prefix(const doc::Node& node, Secret& secret, Diagnostics& out) {
  const std::optional<std::string> text = read_text(node, out);
  if (!text) return false;
  if (text->empty()) {
    out.add(codes::empty, node.span, "the prefix is empty");
    return false;
  }
  if (const std::string problem = problem_with_secret_name(*text); !problem.empty()) {
    report_problem(node, problem, out);
    if (text->ends_with('*')) out.last()->note("a prefix is written without the '*'");
    return false;
  }
  secret.naming = Secret::Naming::prefix;
  secret.written = secret.name = *text;
  return true;
}

Creation parse_creation(const doc::Node& node, Diagnostics& out) {
  Creation creation;
  creation.span = node.span;
  const Fields fields(node, "create", {"description", "generate", "kms_key"}, out);
  if (const doc::Node* found = fields.get("description"))
    creation.description = read_free_text(*found, 2048, out).value_or("");
  if (const doc::Node* found = fields.get("kms_key"))
    creation.kms_key = read_text(*found, problem_with_kms_key, out).value_or("");
  if (const doc::Node* found = fields.get("generate")) {
    Creation::Generate generate;
    const Fields generated(*found, "generate", {"length", "exclude_punctuation"}, out);
    if (const doc::Node* length = generated.get("length"))
      generate.length = read_integer(*length, 1, 4096, out).value_or(generate.length);
    if (const doc::Node* exclude = generated.get("exclude_punctuation"))
      generate.exclude_punctuation = read_boolean(*exclude, out).value_or(false);
    creation.generate = generate;
  }
  return creation;
}

/// Which of name, arn and prefix is written; more or fewer than one is an error.
std::string_view naming_key(const doc::Node& node, const Fields& fields, Diagnostics& out) {
  std::string_view found;
  for (const std::string_view key : {"name", "arn", "prefix"}) {
    if (!fields.has(key)) continue;
    if (!found.empty()) {
      out.add(codes::key_not_allowed_here, fields.key_span(key), "'{}' stands beside '{}'", key, found)
          .note("a secret is named in one way: name, arn or prefix");
      return {};
    }
    found = key;
  }
  if (found.empty()) out.add(codes::missing_key, node.span, "a secret has no 'name', 'arn' or 'prefix'");
  return found;
}

void read_region(const doc::Node& node, Secret& secret, Diagnostics& out) {
  const std::optional<std::string> region = read_text(node, problem_with_region, out);
  if (!region) return;
  if (secret.naming == Secret::Naming::arn && !secret.region.empty() && *region != secret.region) {
    out.add(codes::region_conflict, node.span, "region '{}' is not the region of the ARN, '{}'", *region,
            secret.region);
    return;
  }
  secret.region = *region;
}

bool read_mapping(const doc::Node& node, Secret& secret, Diagnostics& out) {
  const Fields fields(node, "a secret", {"name", "arn", "prefix", "id", "region", "create"}, out);
  if (!fields.is_mapping()) return false;
  const std::string_view key = naming_key(node, fields, out);
  bool named = false;
  if (key == "name") named = read_name(*fields.get("name"), secret, out);
  if (key == "arn") named = read_arn(*fields.get("arn"), secret, out);
  if (key == "prefix") named = read_prefix(*fields.get("prefix"), secret, out);
  if (const doc::Node* id = fields.get("id")) secret.id = read_text(*id, problem_with_id, out).value_or("");
  if (const doc::Node* region = fields.get("region")) read_region(*region, secret, out);
  if (const doc::Node* create = fields.get("create")) {
    if (key == "arn" || key == "prefix") {
      out.add(codes::key_not_allowed_here, fields.key_span("create"), "'create' stands beside '{}'", key)
          .note("only a secret watched by name can be created");
    }
    secret.create = parse_creation(*create, out);
  }
  return named;
}

}  // namespace

std::vector<Secret> parse_secrets(const doc::Node& node, Diagnostics& out) {
  std::vector<Secret> secrets;
  const std::vector<doc::Node>* const items = read_list(node, out);
  if (items == nullptr) return secrets;
  secrets.reserve(items->size());
  for (const doc::Node& item : *items) {
    Secret secret;
    secret.span = item.span;
    bool named = false;
    if (item.kind == doc::Kind::mapping) {
      named = read_mapping(item, secret, out);
    } else {
      named = item.text.starts_with("arn:") ? read_arn(item, secret, out) : read_name(item, secret, out);
    }
    if (named && secret.id.empty()) {
      secret.id = derive_id(secret.name);
      if (secret.id.empty()) {
        out.add(codes::id_needed, item.span, "'{}' has no letter or digit to make an id of", secret.name)
            .note("give it one: {{name: …, id: …}}");
        named = false;
      }
    }
    // A secret that could not be read keeps its place, so that nothing else complains about it.
    if (!named) secret.id.clear();
    secrets.push_back(std::move(secret));
  }
  return secrets;
}

}  // namespace secretwatch::model
