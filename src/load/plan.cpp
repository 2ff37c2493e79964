#include "load/plan.h"

#include <algorithm>

#include "doc/doc.h"
#include "load/load.h"
#include "load/plan_reader.h"
#include "load/words.h"

namespace secretwatch::load {
namespace {

/// As deep as documents may be anywhere here.
constexpr std::size_t deepest = 400;

/// What else is looked into, besides resources that the stack has a struct for.
bool is_looked_into(const Instance& instance) {
  if (instance.is_data) return instance.type == "aws_iam_policy_document";
  return find_words(instance.type) != nullptr || !type_of_cloud_control(instance.type).empty() ||
         instance.type == "aws_iam_policy";
}

}  // namespace

std::string PlanText::string(OptionalToken value) const {
  if (!is(value, json::Kind::string)) return {};
  std::string scratch;
  return std::string(document_.characters(*value, scratch));
}

std::vector<Token> PlanText::elements(OptionalToken array) const {
  std::vector<Token> all;
  if (is(array, json::Kind::array)) document_.children(*array, all);
  return all;
}

std::vector<PlanText::Member> PlanText::members(OptionalToken object) const {
  std::vector<Member> all;
  if (!is(object, json::Kind::object) || document_.first_byte(*object + 1) == '}') return all;
  for (Token key = *object + 1;; key = document_.after(key + 2) + 1) {
    all.push_back({string(key), span(key), key + 2});
    if (document_.first_byte(document_.after(key + 2)) != ',') return all;
  }
}

Span PlanText::span(Token value) const {
  const std::string_view written = document_.written(value);
  const auto begin = static_cast<std::uint32_t>(written.data() - text_.data());
  return {file_, begin, begin + static_cast<std::uint32_t>(written.size())};
}

std::vector<std::string> steps_of(std::string_view reference) {
  std::vector<std::string> steps(1);
  bool is_quoted = false;
  bool is_index = false;
  for (std::size_t i = 0; i < reference.size(); ++i) {
    const char c = reference[i];
    if (is_quoted && c == '\\' && i + 1 < reference.size()) steps.back() += reference[i++];
    if (c == '"') is_quoted = !is_quoted;
    if (!is_quoted && c == '[') {
      steps.emplace_back();
      is_index = true;
    }
    if (!is_index && c == '.') {
      steps.emplace_back();
    } else {
      steps.back() += reference[i];
    }
    if (!is_quoted && c == ']') is_index = false;
  }
  return steps;
}

std::string without_indexes(std::string_view address) {
  if (address.find('[') == std::string_view::npos) return std::string(address);
  std::string plain;
  for (const std::string& step : steps_of(address))
    if (!step.starts_with('[')) plain += (plain.empty() ? "" : ".") + step;
  return plain;
}

Configuration PlanReader::run() {
  if (text_.is(text_.member(text_.root(), "complete"), json::Kind::false_value))
    result_.unread.push_back(
        {"the plan does not plan everything", text_.span(*text_.member(text_.root(), "complete"))});
  index_changes();
  index_configuration();
  read_providers();
  place_accounts();
  add_instances();
  for (std::size_t i = 0; i < resources_.size(); ++i) fill(i);
  return std::move(result_);
}

void PlanReader::index_changes() {
  for (const Token change : text_.elements(text_.member(text_.root(), "resource_changes")))
    if (const OptionalToken unknown = text_.member(text_.member(change, "change"), "after_unknown"))
      unknowns_.emplace(text_.string(text_.member(change, "address")), *unknown);
}

void PlanReader::index_configuration() {
  const OptionalToken root = text_.member(text_.member(text_.root(), "configuration"), "root_module");
  std::vector<std::pair<std::string, Token>> pending;
  if (root) pending.emplace_back("", *root);
  while (!pending.empty()) {
    const auto [prefix, module] = std::move(pending.back());
    pending.pop_back();
    modules_.emplace(prefix, module);
    for (const Token resource : text_.elements(text_.member(module, "resources")))
      written_.emplace(prefix + text_.string(text_.member(resource, "address")), resource);
    for (const PlanText::Member& call : text_.members(text_.member(module, "module_calls"))) {
      const std::string path = prefix + "module." + call.name + ".";
      calls_.emplace(path, call.value);
      if (const OptionalToken called = text_.member(call.value, "module")) pending.emplace_back(path, *called);
    }
  }
}

// --- instances ---

void PlanReader::add_instances() {
  OptionalToken planned = text_.member(text_.root(), "planned_values");
  if (!planned) planned = text_.member(text_.root(), "values");
  std::vector<Token> pending;
  if (const OptionalToken root = text_.member(planned, "root_module")) pending.push_back(*root);
  while (!pending.empty()) {
    const Token module = pending.back();
    pending.pop_back();
    std::string prefix = text_.string(text_.member(module, "address"));
    if (!prefix.empty()) prefix += ".";
    for (const Token resource : text_.elements(text_.member(module, "resources"))) add_instance(resource, prefix);
    std::vector<Token> children = text_.elements(text_.member(module, "child_modules"));
    pending.insert(pending.end(), children.rbegin(), children.rend());
  }
}

void PlanReader::add_instance(Token resource, const std::string& prefix) {
  const OptionalToken address = text_.member(resource, "address");
  Instance instance;
  instance.address = text_.string(address);
  instance.type = text_.string(text_.member(resource, "type"));
  instance.name = text_.string(text_.member(resource, "name"));
  instance.is_data = text_.string(text_.member(resource, "mode")) == "data";
  instance.span = text_.span(address.value_or(resource));
  instance.provider = provider_of(instance.address);
  prefixes_.push_back(prefix);
  handles_.emplace(instance.address, static_cast<std::uint32_t>(resources_.size()));
  resources_.push_back(resource);
  result_.instances.push_back(std::move(instance));
}

void PlanReader::fill(std::size_t handle) {
  Instance& instance = result_.instances[handle];
  fill_dependencies(instance);
  if (!is_looked_into(instance)) return;
  const Where where{prefixes_[handle], 0};
  const auto changed = unknowns_.find(instance.address);
  const OptionalToken unknown = changed == unknowns_.end() ? OptionalToken() : changed->second;
  const auto written = written_.find(without_indexes(instance.address));
  const OptionalToken expressions =
      written == written_.end() ? OptionalToken() : text_.member(written->second, "expressions");
  const OptionalToken sensitive = text_.member(resources_[handle], "sensitive_values");
  for (const PlanText::Member& each : text_.members(text_.member(resources_[handle], "values"))) {
    const Said said{each.value, text_.member(unknown, each.name), text_.member(sensitive, each.name),
                    text_.member(expressions, each.name)};
    if (!text_.is_true(said.unknown))
      instance.body.attributes.push_back({each.name, each.key, value(said, each.name, where)});
  }
  for (const PlanText::Member& each : text_.members(expressions)) {
    if (!text_.is_true(text_.member(unknown, each.name))) continue;
    instance.body.attributes.push_back({each.name, each.key, expected(each.value, each.name, where)});
  }
}

void PlanReader::fill_dependencies(Instance& instance) {
  const auto written = written_.find(without_indexes(instance.address));
  if (written == written_.end()) return;
  const std::string prefix = prefixes_[handles_.at(instance.address)];
  for (const Token each : text_.elements(text_.member(written->second, "depends_on"))) {
    const auto found = handles_.find(prefix + text_.string(each));
    if (found != handles_.end()) instance.depends_on.push_back(found->second);
  }
}

// --- providers ---

void PlanReader::read_providers() {
  const OptionalToken all = text_.member(text_.member(text_.root(), "configuration"), "provider_config");
  for (const PlanText::Member& each : text_.members(all)) {
    if (text_.string(text_.member(each.value, "name")) != "aws") continue;
    const OptionalToken expressions = text_.member(each.value, "expressions");
    Provider provider;
    provider.name = each.name;
    std::replace(provider.name.begin(), provider.name.end(), ':', '.');
    provider.region = setting(text_.member(expressions, "region"));
    const hcl::Value allowed = setting(text_.member(expressions, "allowed_account_ids"));
    if (allowed.sequence() != nullptr && allowed.sequence()->items.size() == 1)
      provider.account = allowed.sequence()->items.front();
    provider.span = each.key;
    providers_.emplace(each.name, each.name == "aws" ? 0 : result_.providers.size());
    if (each.name == "aws") {
      result_.providers.front() = std::move(provider);
    } else {
      result_.providers.push_back(std::move(provider));
    }
  }
}

/// A constant, or a variable of the root, whose value a plan holds.
hcl::Value PlanReader::setting(OptionalToken expression) {
  if (!expression) return {};
  if (const OptionalToken constant = text_.member(expression, "constant_value"))
    return value({constant, {}, {}, {}}, "", {});
  const std::vector<std::string> names = references(expression);
  constexpr std::string_view prefix = "var.";
  if (names.size() == 1 && names.front().starts_with(prefix)) {
    const OptionalToken variable =
        text_.member(text_.member(text_.root(), "variables"), std::string_view(names.front()).substr(prefix.size()));
    if (const OptionalToken known = text_.member(variable, "value")) return value({known, {}, {}, {}}, "", {});
  }
  return resolve(names.empty() ? "?" : names.front(), {}, text_.span(*expression));
}

std::size_t PlanReader::provider_of(const std::string& address) const {
  const auto written = written_.find(without_indexes(address));
  if (written == written_.end()) return 0;
  const auto found = providers_.find(text_.string(text_.member(written->second, "provider_config_key")));
  return found == providers_.end() ? 0 : found->second;
}

/// What aws_caller_identity and aws_region answered while it was planned.
void PlanReader::place_accounts() {
  const OptionalToken prior = text_.member(text_.member(text_.root(), "prior_state"), "values");
  std::vector<Token> pending;
  if (const OptionalToken root = text_.member(prior, "root_module")) pending.push_back(*root);
  while (!pending.empty()) {
    const Token module = pending.back();
    pending.pop_back();
    const std::vector<Token> children = text_.elements(text_.member(module, "child_modules"));
    pending.insert(pending.end(), children.begin(), children.end());
    for (const Token resource : text_.elements(text_.member(module, "resources"))) {
      const std::string type = text_.string(text_.member(resource, "type"));
      const bool is_account = type == "aws_caller_identity";
      if (!is_account && type != "aws_region") continue;
      Provider& provider = result_.providers[provider_of(text_.string(text_.member(resource, "address")))];
      hcl::Value& place = is_account ? provider.account : provider.region;
      const std::string known =
          text_.string(text_.member(text_.member(resource, "values"), is_account ? "account_id" : "id"));
      if (!place.literal() && !known.empty()) place = hcl::Value::text(known, text_.span(resource));
    }
  }
}

std::optional<Configuration> read_plan(const Sources& sources, FileId file, Diagnostics& out) {
  const std::string& text = sources.text(file);
  json::Reader reader;
  const json::Reader::Answer answer = reader.read(text, deepest);
  if (answer.document == nullptr) {
    // The reader of templates knows the place of a fault.
    const std::size_t before = out.error_count();
    doc::read_json(sources, file, plan_limits, out);
    if (out.error_count() == before)
      out.add(codes::bad_plan, {file, 0, 0}, "the plan is not JSON: {}", json::describe(answer.fault));
    return std::nullopt;
  }
  const PlanText plan(*answer.document, text, file);
  if (!plan.is(plan.root(), json::Kind::object)) {
    out.add(codes::bad_plan, {file, 0, 0}, "the plan is not an object");
    return std::nullopt;
  }
  return PlanReader(plan).run();
}

}  // namespace secretwatch::load
