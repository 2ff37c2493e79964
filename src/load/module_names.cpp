/// What names mean: variables, locals, outputs of modules, resources.
#include <filesystem>
#include <functional>

#include "base/text.h"
#include "hcl/convert.h"
#include "load/load.h"
#include "load/module_evaluator.h"
#include "load/tested_variables.h"

namespace secretwatch::load {
namespace {

using hcl::Value;
using Answer = hcl::Resolver::Answer;

Value unknown(std::string reason, std::string term, const Span& at) {
  return Value(hcl::Unknown{std::move(reason), std::move(term), false, at}, at);
}

/// Only a literal counts: Terraform asks for one.
bool is_set(const Declaration& declaration, std::string_view name, bool wanted) {
  const hcl::Attribute* const attribute = declaration.find(name);
  if (attribute == nullptr) return false;
  const Value value = evaluate_literal(attribute->value);
  return value.boolean() != nullptr && *value.boolean() == wanted;
}

/// What is not there hides nothing.
bool is_empty(const Value& value) {
  if (value.sequence() != nullptr) return value.sequence()->items.empty() && value.sequence()->rest == nullptr;
  if (value.mapping() != nullptr) return value.mapping()->entries.empty() && value.mapping()->rest == nullptr;
  return value.is_null() || (value.text() != nullptr && value.text()->parts.empty());
}

}  // namespace

// --- values that are worked out once ---

Value ModuleEvaluator::remembered(Memo& memo, const std::string& name, const Span& at,
                                  const std::function<Value()>& work_out) {
  if (memo.state == Memo::State::working) {
    out_.add(codes::circular, at, "'{}' rests on itself", shown(name));
    return hcl::fault(at, "'{}' rests on itself", shown(name));
  }
  if (memo.state == Memo::State::none) {
    memo.state = Memo::State::working;
    memo.value = work_out();
    memo.state = Memo::State::done;
  }
  return memo.value;
}

Value ModuleEvaluator::not_there(const Module& module, const std::string& name, const Span& at) const {
  const bool is_whole = module.folder->is_whole && module.declared->unread.empty();
  if (is_whole)
    return Value(hcl::Unknown{fmt::format("there is no '{}'", shown(name)), module.prefix + name, true, at}, at);
  return unknown("'" + shown(name) + "' is not in what was read", module.prefix + name, at);
}

Value ModuleEvaluator::variable(Module& module, std::string_view name, const Span& at) {
  const auto found = module.declared->variables.find(name);
  if (found == module.declared->variables.end()) {
    if (module.caller == nullptr && !module.folder->is_whole)
      if (std::optional<Value> given = values_.find(name, nullptr)) return *std::move(given);
    return not_there(module, "var." + std::string(name), at);
  }
  return remembered(module.variables[found->first], "var." + std::string(name), at,
                    [&] { return variable_value(module, name, found->second); });
}

Value ModuleEvaluator::variable_value(Module& module, std::string_view name, const Declaration& declaration) {
  const hcl::Attribute* const type = declaration.find("type");
  const hcl::Attribute* const standard = declaration.find("default");
  std::optional<Value> given;
  Span at = declaration.span();
  if (module.caller == nullptr) {
    given = values_.find(name, type);
  } else if (const hcl::Attribute* const argument = module.call->find(name)) {
    given = assume_all(evaluate(argument->value, *module.caller, &module.each), module.presence);
    at = argument->value.span;
  }
  if (given && given->is_null() && is_set(declaration, "nullable", false)) given.reset();
  const std::string term = fmt::format("{}var.{}", module.prefix, name);
  if (!given && module.caller == nullptr && values_.has_gap())
    return unknown("a file of variables has faults", term, declaration.span());
  if (!given && standard != nullptr) {
    given = evaluate_literal(standard->value);
    if (module.caller == nullptr && is_there_to_be_given(name, *given)) {
      result_.rests_on_defaults = true;
      if (!options_.defaults_decide)
        return unknown(fmt::format("variable '{}' may be given another value than its default", name), term,
                       declaration.span());
    }
  }
  if (!given) return unknown(fmt::format("variable '{}' has no value", name), term, declaration.span());
  Value value = type == nullptr ? *std::move(given) : convert(*given, type_of(type->value), at);
  if (is_set(declaration, "sensitive", true) && !is_empty(value) && value.unknown() == nullptr)
    return unknown(fmt::format("variable '{}' is sensitive", name), term, declaration.span());
  if (value.span.is_nowhere()) value.span = declaration.span();
  return value;
}

bool ModuleEvaluator::is_there_to_be_given(std::string_view name, const Value& standard) {
  if (is_empty(standard) || standard.boolean() != nullptr) return true;
  if (standard.text() == nullptr && standard.number() == nullptr) return false;
  if (!tested_variables_) tested_variables_ = tested_variables(root_);
  return tested_variables_->contains(name);
}

Value ModuleEvaluator::local(Module& module, std::string_view name, const Span& at) {
  const auto found = module.declared->locals.find(name);
  if (found == module.declared->locals.end()) return not_there(module, "local." + std::string(name), at);
  return remembered(module.locals[found->first], "local." + std::string(name), at, [&] {
    Value value = evaluate(found->second->value, module, nullptr);
    if (value.unknown() == nullptr || !value.unknown()->term.empty()) return value;
    // Wherever it is used, it is the same.
    hcl::Unknown why = *value.unknown();
    why.term = fmt::format("{}local.{}", module.prefix, name);
    return Value(std::move(why), value.span);
  });
}

Value ModuleEvaluator::output(Module& module, std::string_view name, const Span& at) {
  const auto found = module.declared->outputs.find(name);
  if (found == module.declared->outputs.end()) return not_there(module, "output." + std::string(name), at);
  return remembered(module.outputs[found->first], "output." + std::string(name), at, [&] {
    const hcl::Attribute* const value = found->second.find("value");
    return value == nullptr ? hcl::fault(at, "output '{}' has no value", name)
                            : evaluate(value->value, module, nullptr);
  });
}

Value ModuleEvaluator::outputs(Module& module, const Span& at) {
  hcl::Mapping all;
  for (const auto& entry : module.declared->outputs)
    all.entries.emplace_back(entry.first, output(module, entry.first, at));
  if (!module.declared->unread.empty())
    all.rest =
        std::make_shared<const hcl::Unknown>(hcl::Unknown{module.declared->unread.front().reason, {}, false, at});
  return hcl::limited(Value(std::move(all), at));
}

Value ModuleEvaluator::resource(Module& module, std::size_t which, const Span& at) {
  const ExpandedResource& expanded = expand(module, which);
  const ResourceDeclaration& declared = module.declared->resources[which];
  if (expanded.state == ExpandedResource::State::working)
    return hcl::fault(at, "'{}.{}' rests on itself", declared.type, declared.name);
  std::vector<Value> each;
  for (const std::uint32_t handle : expanded.handles)
    each.emplace_back(hcl::Reference{result_.instances[handle].address, handle, {}}, at);
  bounds_.spend(each.size());
  return assume_all(value_of(expanded.repetition, each, at), module.presence);
}

// --- names ---

Answer ModuleNames::resolve(std::span<const std::string_view> names, const Span& where) {
  const std::string_view first = names.front();
  if (first == "each" || first == "count") return of_each(names, where);
  if (first == "path" || first == "terraform") return of_path(names, where);
  if (first == "self") {
    if (self_ != nullptr) return {*self_, 1};
    return {hcl::fault(where, "there is no 'self' here"), names.size()};
  }
  if (names.size() > 1) {
    if (first == "var") return {run_.variable(module_, names[1], where), 2};
    if (first == "local") return {run_.local(module_, names[1], where), 2};
    if (first == "module") return of_module(names, where);
    if (first == "ephemeral") return {unknown("ephemeral values are known to Terraform only", {}, where), names.size()};
    if ((first == "data" || first == "resource") && names.size() > 2) return of_resource(names, 3, where);
    if (first != "data") return of_resource(names, 2, where);
  }
  return {hcl::fault(where, "there is no '{}'", shown(first)), names.size()};
}

Answer ModuleNames::of_each(std::span<const std::string_view> names, const Span& where) const {
  if (each_ != nullptr && names.size() > 1) {
    const bool has_keys = !each_->key.is_null();
    if (has_keys && names[0] == "count" && names[1] == "index") return {each_->key, 2};
    if (has_keys && names[0] == "each" && names[1] == "key") return {each_->key, 2};
    if (has_keys && names[0] == "each" && names[1] == "value") return {each_->value, 2};
  }
  return {hcl::fault(where, "there is no '{}' here", names[0]), names.size()};
}

Answer ModuleNames::of_path(std::span<const std::string_view> names, const Span& where) const {
  const std::string_view name = names.size() > 1 ? names[1] : std::string_view();
  if (names[0] == "terraform")
    return {unknown("it is known when Terraform runs", "terraform." + std::string(name), where), 2};
  if (name == "root") return {Value::text(".", where), 2};
  if (name == "module") {
    const std::filesystem::path relative =
        std::filesystem::path(module_.folder->path).lexically_relative(run_.root_.path);
    return {Value::text(relative.empty() ? module_.folder->path : relative.generic_string(), where), 2};
  }
  return {unknown("it is known when Terraform runs", "path." + std::string(name), where), 2};
}

Answer ModuleNames::of_module(std::span<const std::string_view> names, const Span& where) {
  const std::string address = "module." + std::string(names[1]);
  const auto call = module_.declared->call_places.find(names[1]);
  if (call == module_.declared->call_places.end()) return {run_.not_there(module_, address, where), names.size()};
  const ExpandedCall& expanded = run_.expand_call(module_, call->second);
  if (expanded.state == ExpandedCall::State::working)
    return {hcl::fault(where, "'{}' rests on itself", shown(address)), names.size()};
  if (!expanded.unread.empty()) return {unknown(expanded.unread, module_.prefix + address, where), 2};
  if (expanded.repetition.kind == Repetition::Kind::once && names.size() > 2)
    return {assume_all(run_.output(*expanded.modules.front(), names[2], where), module_.presence), 3};
  std::vector<Value> each;
  for (std::size_t i = 0; i < expanded.modules.size(); ++i)
    each.push_back(expanded.repetition.all[i].is_many
                       ? unknown("it is not known which '" + shown(address) + "' there are", {}, where)
                       : run_.outputs(*expanded.modules[i], where));
  return {assume_all(value_of(expanded.repetition, each, where), module_.presence), 2};
}

Answer ModuleNames::of_resource(std::span<const std::string_view> names, std::size_t used, const Span& where) {
  const std::string key = fmt::format("{}{}.{}", names[0] == "data" ? "data." : "", names[used - 2], names[used - 1]);
  const auto place = module_.declared->resource_places.find(key);
  if (place == module_.declared->resource_places.end()) return {run_.not_there(module_, key, where), names.size()};
  return {run_.resource(module_, place->second, where), used};
}

}  // namespace secretwatch::load
