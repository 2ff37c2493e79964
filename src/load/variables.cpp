#include "load/variables.h"

#include <algorithm>

#include "hcl/convert.h"
#include "hcl/hcl.h"

namespace secretwatch::load {
namespace {

/// The order in which Terraform reads them.
int rank_of(std::string_view name) {
  if (name == "terraform.tfvars") return 0;
  if (name == "terraform.tfvars.json") return 1;
  return 2;
}

}  // namespace

void VariableValues::add_text(std::string name, std::string text) {
  all_[std::move(name)] = {std::move(text), nullptr};
}

void VariableValues::add_file(const ModuleFile& file) {
  if (!file.syntax) {
    has_gap_ = true;
    return;
  }
  for (const hcl::Attribute& attribute : file.syntax->body.attributes)
    all_[attribute.name] = {std::nullopt, &attribute};
}

void VariableValues::add_files_of(const ModuleFolder& folder) {
  std::vector<const ModuleFile*> files;
  for (const ModuleFile& file : folder.variable_files) files.push_back(&file);
  std::sort(files.begin(), files.end(), [](const ModuleFile* a, const ModuleFile* b) {
    return std::pair(rank_of(a->name), std::string_view(a->name)) <
           std::pair(rank_of(b->name), std::string_view(b->name));
  });
  for (const ModuleFile* const file : files) add_file(*file);
}

std::optional<hcl::Value> VariableValues::find(std::string_view name, const hcl::Attribute* type) const {
  const auto found = all_.find(name);
  if (found == all_.end()) return std::nullopt;
  if (!found->second.text) return evaluate_literal(found->second.attribute->value);
  const std::string& text = *found->second.text;
  if (type == nullptr || type_of(type->value).is_simple()) return hcl::Value::text(text);
  Diagnostics unread;
  const std::optional<hcl::Expression> expression = hcl::parse_expression(text, Span{}, {}, unread);
  if (!expression) return hcl::fault(Span{}, "what variable '{}' is given is no expression", name);
  return evaluate_literal(*expression);
}

std::optional<std::pair<std::string, std::string>> read_variable(std::string_view text) {
  const std::size_t equals = text.find('=');
  if (equals == 0 || equals == std::string_view::npos) return std::nullopt;
  return std::pair(std::string(text.substr(0, equals)), std::string(text.substr(equals + 1)));
}

bool is_variable_file(std::string_view name) {
  return name == "terraform.tfvars" || name == "terraform.tfvars.json" || name.ends_with(".auto.tfvars") ||
         name.ends_with(".auto.tfvars.json");
}

}  // namespace secretwatch::load
