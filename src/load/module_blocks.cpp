/// Blocks within a resource, `dynamic` ones too, and what a resource waits for.
#include <algorithm>

#include "hcl/convert.h"
#include "load/module_evaluator.h"

namespace secretwatch::load {

using hcl::Value;

namespace {

/// What a block of a `dynamic` costs besides its expressions.
constexpr std::size_t steps_of_block = 50;

}  // namespace

void ModuleEvaluator::add_block(const hcl::Block& block, hcl::Resolver& names, const std::vector<Assumption>& presence,
                                hcl::Scope& scope, EvaluatedBody& into) {
  if (block.type == "dynamic" && block.labels.size() == 1) return add_dynamic(block, names, presence, scope, into);
  into.blocks.push_back({block.type, block.header, block_body(block.body, names, presence, scope)});
}

EvaluatedBody ModuleEvaluator::block_body(const hcl::Body& body, hcl::Resolver& names,
                                          const std::vector<Assumption>& presence, hcl::Scope& scope) {
  EvaluatedBody result;
  for (const hcl::Attribute& attribute : body.attributes) {
    Value value = assume_all(hcl::evaluate(attribute.value, names, bounds_, scope), presence);
    if (value.span.is_nowhere()) value.span = attribute.value.span;
    result.attributes.push_back({attribute.name, attribute.name_span, std::move(value)});
  }
  for (const hcl::Block& block : body.blocks) add_block(block, names, presence, scope, result);
  return result;
}

void ModuleEvaluator::add_dynamic(const hcl::Block& block, hcl::Resolver& names,
                                  const std::vector<Assumption>& presence, hcl::Scope& scope, EvaluatedBody& into) {
  const std::string& type = block.labels[0].text;
  const hcl::Attribute* const collection = block.body.find("for_each");
  const auto content = std::find_if(block.body.blocks.begin(), block.body.blocks.end(),
                                    [](const hcl::Block& inner) { return inner.type == "content"; });
  if (collection == nullptr || content == block.body.blocks.end()) return;
  std::string iterator = type;
  if (const hcl::Attribute* const named = block.body.find("iterator"))
    if (const auto* const variable = std::get_if<hcl::Variable>(&named->value.body)) iterator = variable->name;
  const Value over = assume_all(hcl::evaluate(collection->value, names, bounds_, scope), presence);
  const Repetition repetition = repeat_for_each(over, true, collection->value.span);
  const auto leave_out = [&](std::string reason) {
    into.rest.push_back({type, {std::move(reason), {}, false, collection->value.span}});
  };
  for (const Each& each : repetition.all) {
    if (each.is_many) {
      leave_out(hcl::why_unknown(each.value).reason);
      continue;
    }
    if (!bounds_.spend(steps_of_block * hcl::count_worlds(repetition.of)))
      return leave_out("working it out takes too many steps");
    std::vector<Assumption> inner = presence;
    inner.insert(inner.end(), each.presence.begin(), each.presence.end());
    hcl::Mapping item;
    item.entries = {{"key", each.key}, {"value", each.value}};
    scope.emplace_back(iterator, Value(std::move(item), collection->value.span));
    EvaluatedBlock made{type, block.header, block_body(content->body, names, inner, scope)};
    made.presence = each.presence;
    into.blocks.push_back(std::move(made));
    scope.pop_back();
  }
  // A collection that is a fault as a whole says nothing of the blocks either.
  if (repetition.all.empty() && repetition.of.has_fault()) into.rest.push_back({type, hcl::why_unknown(repetition.of)});
}

namespace {

/// "aws_x", "y" of `aws_x.y[0].arn`.
std::vector<std::string_view> names_of(const hcl::Expression& expression) {
  if (const auto* const variable = std::get_if<hcl::Variable>(&expression.body)) return {variable->name};
  const auto* const access = std::get_if<hcl::Access>(&expression.body);
  if (access == nullptr) return {};
  std::vector<std::string_view> names = names_of(*access->source);
  for (const hcl::Step& step : access->steps) {
    if (step.kind != hcl::Step::Kind::attribute) break;
    names.push_back(step.name);
  }
  return names;
}

/// Of all that a value refers to.
void add_references(const Value& value, std::vector<std::uint32_t>& handles) {
  if (value.reference() != nullptr) handles.push_back(value.reference()->handle);
  if (value.text() != nullptr)
    for (const hcl::TextPart& part : value.text()->parts)
      if (const auto* const reference = std::get_if<hcl::Reference>(&part)) handles.push_back(reference->handle);
  if (value.sequence() != nullptr)
    for (const Value& item : value.sequence()->items) add_references(item, handles);
  if (value.mapping() != nullptr)
    for (const auto& entry : value.mapping()->entries) add_references(entry.second, handles);
  if (value.choice() != nullptr) {
    add_references(value.choice()->then, handles);
    add_references(value.choice()->otherwise, handles);
  }
}

}  // namespace

std::vector<std::uint32_t> ModuleEvaluator::depends_on(Module& module, const Declaration& declaration) {
  std::vector<std::uint32_t> handles;
  add_depends_on(module, declaration, handles);
  // What a call waits for, all that is in the module waits for.
  for (const Module* called = &module; called->caller != nullptr; called = called->caller)
    add_depends_on(*called->caller, *called->call, handles);
  return handles;
}

void ModuleEvaluator::add_depends_on(Module& module, const Declaration& declaration,
                                     std::vector<std::uint32_t>& handles) {
  const hcl::Attribute* const attribute = declaration.find("depends_on");
  const auto* const list = attribute == nullptr ? nullptr : std::get_if<hcl::Tuple>(&attribute->value.body);
  if (list == nullptr) return;
  for (const hcl::Expression& item : list->items) {
    const std::vector<std::string_view> names = names_of(item);
    if (!names.empty() && (names[0] == "var" || names[0] == "local"))
      add_references(evaluate(item, module, nullptr), handles);
    else
      add_handles(module, names, handles);
  }
}

void ModuleEvaluator::add_handles(Module& module, std::span<const std::string_view> names,
                                  std::vector<std::uint32_t>& handles) {
  if (names.size() >= 2 && names[0] == "module") {
    const auto call = module.declared->call_places.find(names[1]);
    if (call == module.declared->call_places.end()) return;
    for (const Module* const called : expand_call(module, call->second).modules)
      for (const ExpandedResource& resource : called->resources)
        if (bounds_.spend(resource.handles.size()))
          handles.insert(handles.end(), resource.handles.begin(), resource.handles.end());
    return;
  }
  const std::size_t from = names.size() > 2 && (names[0] == "data" || names[0] == "resource") ? 1 : 0;
  if (names.size() < from + 2) return;
  const std::string key = fmt::format("{}{}.{}", names[0] == "data" ? "data." : "", names[from], names[from + 1]);
  const auto place = module.declared->resource_places.find(key);
  if (place == module.declared->resource_places.end()) return;
  const ExpandedResource& resource = expand(module, place->second);
  if (bounds_.spend(resource.handles.size()))
    handles.insert(handles.end(), resource.handles.begin(), resource.handles.end());
}

}  // namespace secretwatch::load
