#include "unit/load/module_text.h"

#include <algorithm>

namespace secretwatch::load::testing {

Configuration ModuleText::evaluate() {
  ModuleFolders folders;
  folders["."].path = ".";
  for (const auto& [path, text] : files) {
    const FileId id = sources.add(path, text);
    const std::size_t slash = path.rfind('/');
    ModuleFolder& folder = folders[slash == std::string::npos ? "." : path.substr(0, slash)];
    folder.path = slash == std::string::npos ? "." : path.substr(0, slash);
    ModuleFile file = read_module_file(sources, id, out);
    (path.find(".tfvars") == std::string::npos ? folder.files : folder.variable_files).push_back(std::move(file));
  }
  ModuleFolder& root = folders["."];
  root.is_whole = is_whole;
  root.modules = installed;
  ModuleOptions options;
  options.environment = environment;
  for (const auto& [name, text] : variables) options.given.push_back({name, text, nullptr});
  return evaluate_module(root, folders, options, out);
}

const Instance* find(const Configuration& all, const std::string& address) {
  const auto found = std::find_if(all.instances.begin(), all.instances.end(),
                                  [&](const Instance& instance) { return instance.address == address; });
  return found == all.instances.end() ? nullptr : &*found;
}

std::string value_of(const Configuration& all, const std::string& address, const std::string& attribute) {
  const Instance* const instance = find(all, address);
  if (instance == nullptr) return "no instance";
  for (const EvaluatedAttribute& known : instance->body.attributes)
    if (known.name == attribute) return hcl::print(known.value);
  return "no attribute";
}

std::string print(const std::vector<Assumption>& presence) {
  std::string text;
  for (const Assumption& assumption : presence)
    text += (text.empty() ? "" : " and ") + std::string(assumption.holds ? "" : "not ") + assumption.condition->term;
  return text;
}

std::vector<std::string> addresses(const Configuration& all) {
  std::vector<std::string> found;
  for (const Instance& instance : all.instances)
    found.push_back(instance.address + (instance.presence.empty() ? "" : " if " + print(instance.presence)));
  return found;
}

}  // namespace secretwatch::load::testing
