#include "load/module_evaluator.h"

#include <algorithm>

#include "base/text.h"
#include "hcl/convert.h"
#include "load/load.h"
#include "load/provider_version.h"

namespace secretwatch::load {
namespace {

using hcl::Value;

constexpr std::size_t most_instances = 20'000;
constexpr std::size_t most_modules = 2'000;
constexpr std::size_t deepest_module = 30;
/// Besides those that every byte of the files may cost.
constexpr std::size_t most_steps = 2'000'000;
constexpr std::size_t steps_of_byte = 2;
/// What an instance costs besides its expressions.
constexpr std::size_t steps_of_instance = 50;

std::size_t bytes_of(const ModuleFolder& folder) {
  std::size_t bytes = 0;
  for (const ModuleFile& file : folder.files) bytes += file.syntax ? file.syntax->body.span.end : 0;
  return bytes;
}

}  // namespace

Configuration evaluate_module(const ModuleFolder& root, const ModuleFolders& folders, const ModuleOptions& options,
                              Diagnostics& out) {
  return ModuleEvaluator(root, folders, options, out).run();
}

ModuleEvaluator::ModuleEvaluator(const ModuleFolder& root, const ModuleFolders& folders, const ModuleOptions& options,
                                 Diagnostics& out)
    : root_(root), folders_(folders), options_(options), out_(out) {
  bounds_.steps = most_steps;
  for (const auto& [name, text] : options.environment) values_.add_text(name, text);
  values_.add_files_of(root);
  for (const ModuleOptions::Given& given : options.given) {
    if (given.file != nullptr)
      values_.add_file(*given.file);
    else
      values_.add_text(given.name, given.text);
  }
}

Configuration ModuleEvaluator::run() {
  Module& root = modules_.emplace_back();
  root.folder = &root_;
  root.declared = &declarations(root_);
  root.resources.resize(root.declared->resources.size());
  root.calls.resize(root.declared->calls.size());
  if (!root_.is_whole) result_.unread.push_back({"only some files of the module were given", {}});
  for (const ModuleFile& file : root_.files)
    if (result_.spec_hash.empty()) result_.spec_hash = file.spec_hash;
  if (root_.is_whole && root.declared->unread.empty()) check_given(*root.declared);
  result_.is_for_others = root.declared->providers.empty() && root_.variable_files.empty() && options_.given.empty();
  read_providers(root);
  expand_all(root);
  // Filling a body expands nothing that is not expanded.
  for (std::size_t i = 0; i < result_.instances.size(); ++i) fill(i);
  return std::move(result_);
}

/// Terraform refuses values of the command line for variables that nobody declares.
void ModuleEvaluator::check_given(const Declarations& declared) {
  std::set<std::string> told;
  for (const ModuleOptions::Given& given : options_.given)
    if (given.file == nullptr && !declared.variables.contains(given.name) && told.insert(given.name).second)
      out_.add(codes::unknown_variable, Span{}, "there is no variable '{}'", shown(given.name));
}

const Declarations& ModuleEvaluator::declarations(const ModuleFolder& folder) {
  const auto known = declarations_.find(&folder);
  if (known != declarations_.end()) return known->second;
  const Declarations& declared = declarations_.emplace(&folder, declarations_of(folder, out_)).first->second;
  result_.has_old_provider = result_.has_old_provider || takes_old_provider(declared);
  bounds_.steps += steps_of_byte * bytes_of(folder);
  result_.unread.insert(result_.unread.end(), declared.unread.begin(), declared.unread.end());
  return declared;
}

void ModuleEvaluator::expand_all(Module& module) {
  for (std::size_t i = 0; i < module.resources.size(); ++i) expand(module, i);
  for (std::size_t i = 0; i < module.calls.size(); ++i)
    for (Module* const called : expand_call(module, i).modules) expand_all(*called);
}

Repetition ModuleEvaluator::repetition_of(Module& module, const Declaration& declaration) {
  Repetition repetition = once();
  if (const hcl::Attribute* const count = declaration.find("count"))
    repetition = repeat_count(assume_all(evaluate(count->value, module, nullptr), module.presence), count->value.span);
  else if (const hcl::Attribute* const each = declaration.find("for_each"))
    repetition =
        repeat_for_each(assume_all(evaluate(each->value, module, nullptr), module.presence), false, each->value.span);
  if (!bounds_.spend(steps_of_instance * repetition.all.size() * hcl::count_worlds(repetition.of)))
    return repeat_count(hcl::beyond(declaration.span(), "working it out takes too many steps"), declaration.span());
  return repetition;
}

namespace {

/// `aws sns subscribe`, for what Terraform cannot do itself.
bool runs_a_subscription(const Declaration& resource) {
  const auto says_so = [](const hcl::TemplatePart& part) {
    const auto* const text = std::get_if<hcl::TemplateText>(&part.body);
    return text != nullptr && text->text.find("sns subscribe") != std::string::npos;
  };
  for (const hcl::Block* const block : resource.nested()) {
    const hcl::Attribute* const command = block->type == "provisioner" ? block->body.find("command") : nullptr;
    const auto* const text = command == nullptr ? nullptr : std::get_if<hcl::Template>(&command->value.body);
    if (text != nullptr && std::any_of(text->parts.begin(), text->parts.end(), says_so)) return true;
  }
  return false;
}

}  // namespace

ExpandedResource& ModuleEvaluator::expand(Module& module, std::size_t which) {
  ExpandedResource& expanded = module.resources[which];
  if (expanded.state != ExpandedResource::State::none) return expanded;
  expanded.state = ExpandedResource::State::working;
  const ResourceDeclaration& resource = module.declared->resources[which];
  if (runs_a_subscription(resource)) result_.unread.push_back({"a script subscribes to topics", resource.span()});
  expanded.repetition = repetition_of(module, resource);
  if (result_.instances.size() + expanded.repetition.all.size() > most_instances)
    expanded.repetition =
        repeat_count(hcl::beyond(resource.span(), "there are more than {} resources", most_instances), resource.span());
  const std::string address =
      fmt::format("{}{}{}.{}", module.prefix, resource.is_data ? "data." : "", resource.type, resource.name);
  for (std::size_t i = 0; i < expanded.repetition.all.size(); ++i) {
    Instance instance;
    instance.address = address + expanded.repetition.suffix(i);
    instance.type = resource.type;
    instance.name = resource.name;
    instance.is_data = resource.is_data;
    instance.presence = module.presence;
    const std::vector<Assumption>& own = expanded.repetition.all[i].presence;
    instance.presence.insert(instance.presence.end(), own.begin(), own.end());
    instance.span = resource.span();
    expanded.handles.push_back(static_cast<std::uint32_t>(result_.instances.size()));
    result_.instances.push_back(std::move(instance));
    origins_.push_back({&module, &resource, expanded.repetition.all[i]});
  }
  expanded.state = ExpandedResource::State::done;
  return expanded;
}

const ModuleFolder* ModuleEvaluator::folder_of_call(const Module& module, const Declaration& call, std::string& why) {
  const std::string& name = call.block().labels[0].text;
  const hcl::Attribute* const source = call.find("source");
  const std::string text = source == nullptr ? "" : literal_of(source->value).value_or("");
  std::string path = is_local_source(text) ? path_of_source(module.folder->path, text) : "";
  if (path.empty()) {
    const std::string key = module.key.empty() ? name : module.key + "." + name;
    if (const auto installed = root_.modules.find(key); installed != root_.modules.end()) path = installed->second;
  }
  const auto found = folders_.find(path);
  if (path.empty() || found == folders_.end() || found->second.files.empty()) {
    why = text.empty() ? fmt::format("module '{}' has no source", shown(name))
                       : fmt::format("module '{}' comes from '{}', which was not read", shown(name), shown(text));
    return nullptr;
  }
  for (const Module* above = &module; above != nullptr; above = above->caller) {
    if (above->folder != &found->second) continue;
    why = fmt::format("module '{}' calls itself", shown(name));
    out_.add(codes::circular, call.span(), "{}", why);
    return nullptr;
  }
  if (module.depth >= deepest_module) {
    why = "modules call each other too deeply";
    return nullptr;
  }
  return &found->second;
}

ExpandedCall& ModuleEvaluator::expand_call(Module& module, std::size_t which) {
  ExpandedCall& expanded = module.calls[which];
  if (expanded.state != ExpandedCall::State::none) return expanded;
  expanded.state = ExpandedCall::State::working;
  const Declaration& call = module.declared->calls[which];
  const ModuleFolder* folder = folder_of_call(module, call, expanded.unread);
  if (folder != nullptr) {
    expanded.repetition = repetition_of(module, call);
    if (modules_.size() + expanded.repetition.all.size() > most_modules) {
      expanded.unread = fmt::format("there are more than {} calls of modules", most_modules);
      folder = nullptr;
    }
  }
  if (folder == nullptr) {
    const bool is_new = told_.emplace(call.span().file, call.span().begin).second;
    if (is_new) result_.unread.push_back({expanded.unread, call.span()});
  } else {
    for (std::size_t i = 0; i < expanded.repetition.all.size(); ++i)
      expanded.modules.push_back(&add_module(module, which, *folder, expanded.repetition, i));
  }
  expanded.state = ExpandedCall::State::done;
  return expanded;
}

Module& ModuleEvaluator::add_module(Module& caller, std::size_t call, const ModuleFolder& folder,
                                    const Repetition& repetition, std::size_t i) {
  const Declarations& declared = declarations(folder);
  Module& module = modules_.emplace_back();
  module.folder = &folder;
  module.declared = &declared;
  module.call = &caller.declared->calls[call];
  const std::string& name = module.call->block().labels[0].text;
  module.prefix = fmt::format("{}module.{}{}.", caller.prefix, name, repetition.suffix(i));
  module.key = caller.key.empty() ? name : caller.key + "." + name;
  module.caller = &caller;
  module.each = repetition.all[i];
  module.depth = caller.depth + 1;
  module.presence = caller.presence;
  module.presence.insert(module.presence.end(), module.each.presence.begin(), module.each.presence.end());
  module.resources.resize(declared.resources.size());
  module.calls.resize(declared.calls.size());
  pass_providers(module);
  read_providers(module);
  return module;
}

Value ModuleEvaluator::evaluate(const hcl::Expression& expression, Module& module, const Each* each,
                                const hcl::Scope& scope, const Value* self) {
  ModuleNames names(*this, module, each, self);
  return hcl::evaluate(expression, names, bounds_, scope);
}

void ModuleEvaluator::fill(std::size_t instance) {
  const Origin origin = origins_[instance];
  const Value self(hcl::Reference{result_.instances[instance].address, static_cast<std::uint32_t>(instance), {}},
                   origin.resource->span());
  ModuleNames names(*this, *origin.module, &origin.each, &self);
  const std::vector<Assumption> presence = result_.instances[instance].presence;
  EvaluatedBody body;
  for (const hcl::Attribute* const attribute : origin.resource->attributes()) {
    const std::string& name = attribute->name;
    if (name == "count" || name == "for_each" || name == "depends_on" || name == "provider" || name == "lifecycle" ||
        name == "provisioner" || name == "connection")
      continue;
    Value value = assume_all(hcl::evaluate(attribute->value, names, bounds_), presence);
    if (value.span.is_nowhere()) value.span = attribute->value.span;
    body.attributes.push_back({name, attribute->name_span, std::move(value)});
  }
  hcl::Scope scope;
  for (const hcl::Block* const block : origin.resource->nested())
    if (block->type != "lifecycle" && block->type != "provisioner" && block->type != "connection")
      add_block(*block, names, presence, scope, body);
  std::vector<std::uint32_t> before = depends_on(*origin.module, *origin.resource);
  const std::size_t provider = provider_of(*origin.module, *origin.resource);
  Instance& filled = result_.instances[instance];
  filled.body = std::move(body);
  filled.depends_on = std::move(before);
  filled.provider = provider;
}

}  // namespace secretwatch::load
