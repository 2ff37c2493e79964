/// Which provider's configuration a resource is made with: where it lives.
#include "hcl/convert.h"
#include "load/module_evaluator.h"

namespace secretwatch::load {
namespace {

using hcl::Value;

/// "aws.virginia" of `aws.virginia`, "aws" of `aws`; empty: it is none.
std::string provider_name(const hcl::Expression& expression) {
  if (const auto* const variable = std::get_if<hcl::Variable>(&expression.body)) return variable->name;
  if (const auto text = literal_of(expression)) return *text;  // as before Terraform 0.12
  const auto* const access = std::get_if<hcl::Access>(&expression.body);
  const auto* const variable = access == nullptr ? nullptr : std::get_if<hcl::Variable>(&access->source->body);
  if (variable == nullptr || access->steps.front().kind != hcl::Step::Kind::attribute) return {};
  return variable->name + "." + access->steps.front().name;
}

/// The fifth field of an ARN; null: it is none.
Value account_of_arn(const Value& arn) {
  if (arn.choice() != nullptr) return hcl::for_each_world(arn, account_of_arn);
  if (arn.unknown() != nullptr || arn.reference() != nullptr)
    return Value(hcl::Unknown{hcl::why_unknown(arn).reason, {}, false, arn.span}, arn.span);
  if (arn.text() == nullptr) return {};
  hcl::Text account;
  std::size_t colons = 0;
  for (const hcl::TextPart& part : arn.text()->parts) {
    const auto* const literal = std::get_if<std::string>(&part);
    if (literal == nullptr) {
      if (colons == 4) account.append(part);
      continue;
    }
    std::string field;
    for (const char c : *literal) {
      if (c == ':')
        ++colons;
      else if (colons == 4)
        field += c;
    }
    account.append(std::move(field));
  }
  if (colons < 5) return {};
  return Value(std::move(account), arn.span);
}

}  // namespace

void ModuleEvaluator::read_providers(Module& module) {
  for (const Declaration& declaration : module.declared->providers) {
    const std::string& type = declaration.block().labels[0].text;
    if (type != "aws") continue;
    Provider provider{type, {}, {}, declaration.span()};
    if (const hcl::Attribute* const alias = declaration.find("alias"))
      provider.name += "." + literal_of(alias->value).value_or("?");
    const std::string name = provider.name;
    provider.name = module.prefix + name;
    const auto value = [&](const hcl::Attribute* attribute) {
      return attribute == nullptr ? Value() : assume_all(evaluate(attribute->value, module, nullptr), module.presence);
    };
    provider.region = value(declaration.find("region"));
    const Value allowed = value(declaration.find("allowed_account_ids"));
    if (allowed.sequence() != nullptr && allowed.sequence()->items.size() == 1 && allowed.sequence()->rest == nullptr)
      provider.account = hcl::to_text(allowed.sequence()->items.front(), allowed.span);
    if (provider.account.is_null())
      for (const hcl::Block* const block : declaration.nested())
        if (block->type == "assume_role") provider.account = account_of_arn(value(block->body.find("role_arn")));
    const bool is_first = module.caller == nullptr && name == "aws";
    module.providers[name] = is_first ? 0 : result_.providers.size();
    if (is_first)
      result_.providers.front() = std::move(provider);
    else
      result_.providers.push_back(std::move(provider));
  }
}

void ModuleEvaluator::pass_providers(Module& module) {
  for (const auto& [name, place] : module.caller->providers)
    if (name.find('.') == std::string::npos) module.providers[name] = place;
  const hcl::Attribute* const passed = module.call->find("providers");
  const auto* const object = passed == nullptr ? nullptr : std::get_if<hcl::Object>(&passed->value.body);
  if (object == nullptr) return;
  for (const hcl::ObjectEntry& entry : object->entries) {
    const std::string inside = entry.key == nullptr ? entry.name : provider_name(*entry.key);
    const std::string outside = provider_name(entry.value);
    if (!inside.empty() && !outside.empty())
      module.providers[inside] = find_provider(*module.caller, outside, entry.key_span);
  }
}

std::size_t ModuleEvaluator::find_provider(Module& module, const std::string& name, const Span& at) {
  if (const auto found = module.providers.find(name); found != module.providers.end()) return found->second;
  if (!name.starts_with("aws.")) return 0;
  // Who calls the module passes it, and nobody does here.
  const std::string full = module.prefix + name;
  const Value region(hcl::Unknown{"provider '" + name + "' is not configured here", full + ".region", false, at}, at);
  const Value account(hcl::Unknown{"provider '" + name + "' is not configured here", full + ".account", false, at}, at);
  module.providers[name] = result_.providers.size();
  result_.providers.push_back({full, region, account, at});
  return module.providers[name];
}

std::size_t ModuleEvaluator::provider_of(Module& module, const ResourceDeclaration& resource) {
  const hcl::Attribute* const attribute = resource.find("provider");
  const std::string name = attribute == nullptr ? "aws" : provider_name(attribute->value);
  return find_provider(module, name, attribute == nullptr ? resource.span() : attribute->value.span);
}

}  // namespace secretwatch::load
