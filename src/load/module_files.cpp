#include "load/module_files.h"

#include <algorithm>
#include <filesystem>
#include <set>

#include "base/text.h"
#include "doc/doc.h"
#include "hcl/hcl.h"
#include "load/load.h"
#include "load/spec_mark.h"
#include "load/terraform_json.h"

namespace secretwatch::load {
namespace {

void read_json(const Sources& sources, ModuleFile& file, bool is_variables, Diagnostics& out) {
  const std::optional<doc::Node> root = doc::read_json(sources, file.file, template_limits, out);
  if (!root) return;
  if (const doc::Node* const comment = root->find("//")) file.spec_hash = spec_hash_in(comment->text);
  if (!is_variables) {
    file.syntax = read_terraform_json(*root, out);
    return;
  }
  if (root->kind != doc::Kind::mapping) {
    out.add(codes::bad_terraform_json, root->span, "values of variables are an object");
    return;
  }
  hcl::File values;
  for (const doc::Entry& entry : root->entries) {
    std::optional<hcl::Expression> value = literal_expression(entry.value, out);
    if (!value) return;
    values.body.attributes.push_back({entry.key.text, entry.key.span, *std::move(value), entry.key.span});
  }
  file.syntax = std::move(values);
}

bool is_override(std::string_view name) {
  for (const std::string_view ending : {".tf.json", ".tf"}) {
    if (!name.ends_with(ending)) continue;
    name.remove_suffix(ending.size());
    return name == "override" || name.ends_with("_override");
  }
  return false;
}

std::string key_of(const hcl::Block& block) {
  std::string key = block.type == "data" ? "data." : "";
  for (const hcl::Label& label : block.labels) key += (key.empty() || key.ends_with(".") ? "" : ".") + label.text;
  return key;
}

/// Collects what files declare; files of override after all others.
class Collector {
 public:
  Collector(Declarations& into, Diagnostics& out) : all_(into), out_(out) {}

  void add(const ModuleFile& file) {
    for (const hcl::Block& block : file.syntax->body.blocks) {
      if ((block.type == "resource" || block.type == "data") && block.labels.size() == 2) {
        add_resource(block);
      } else if (block.type == "module" && block.labels.size() == 1) {
        if (all_.call_places.emplace(block.labels[0].text, all_.calls.size()).second)
          all_.calls.push_back({{&block}});
        else
          twice(block);
      } else if ((block.type == "variable" || block.type == "output") && block.labels.size() == 1) {
        auto& known = block.type == "variable" ? all_.variables : all_.outputs;
        if (!known.emplace(block.labels[0].text, Declaration{{&block}}).second) twice(block);
      } else if (block.type == "locals") {
        for (const hcl::Attribute& local : block.body.attributes)
          if (!all_.locals.emplace(local.name, &local).second) twice(block, local);
      } else if (block.type == "provider" && block.labels.size() == 1) {
        all_.providers.push_back({{&block}});
      } else if (block.type == "terraform") {
        add_required(block);
      }
    }
  }

  void override_with(const ModuleFile& file) {
    for (const hcl::Block& block : file.syntax->body.blocks) {
      if (block.type == "locals") {
        for (const hcl::Attribute& local : block.body.attributes) all_.locals[local.name] = &local;
      } else if (Declaration* const base = find(block)) {
        base->blocks.push_back(&block);
      }
    }
  }

 private:
  void add_resource(const hcl::Block& block) {
    if (!all_.resource_places.emplace(key_of(block), all_.resources.size()).second) return twice(block);
    ResourceDeclaration resource;
    resource.blocks = {&block};
    resource.type = block.labels[0].text;
    resource.name = block.labels[1].text;
    resource.is_data = block.type == "data";
    all_.resources.push_back(std::move(resource));
  }

  void add_required(const hcl::Block& block) {
    for (const hcl::Block& inner : block.body.blocks)
      if (inner.type == "required_providers")
        for (const hcl::Attribute& provider : inner.body.attributes) all_.required_providers.push_back(&provider);
  }

  /// What Terraform refuses; the first counts.
  void twice(const hcl::Block& block) {
    out_.add(codes::declared_twice, block.header, "{} '{}' is declared twice", block.type, shown(key_of(block)));
    all_.unread.push_back({"something is declared twice", block.header});
  }
  void twice(const hcl::Block&, const hcl::Attribute& local) {
    out_.add(codes::declared_twice, local.name_span, "local '{}' is declared twice", shown(local.name));
    all_.unread.push_back({"something is declared twice", local.name_span});
  }

  Declaration* find(const hcl::Block& block) {
    const auto in = [&](auto& known) -> Declaration* {
      const auto found = known.find(block.labels[0].text);
      return found == known.end() ? nullptr : &found->second;
    };
    if (block.labels.size() == 2) {
      const auto found = all_.resource_places.find(key_of(block));
      return found == all_.resource_places.end() ? nullptr : &all_.resources[found->second];
    }
    if (block.labels.size() != 1) return nullptr;
    if (block.type == "variable") return in(all_.variables);
    if (block.type == "output") return in(all_.outputs);
    if (block.type == "module") {
      const auto found = all_.call_places.find(block.labels[0].text);
      return found == all_.call_places.end() ? nullptr : &all_.calls[found->second];
    }
    return block.type == "provider" ? find_provider(block) : nullptr;
  }

  Declaration* find_provider(const hcl::Block& block) {
    const auto alias = [](const hcl::Block& of) {
      const hcl::Attribute* const attribute = of.body.find("alias");
      return attribute == nullptr ? std::string() : literal_of(attribute->value).value_or("");
    };
    for (Declaration& provider : all_.providers)
      if (provider.block().labels[0].text == block.labels[0].text && alias(provider.block()) == alias(block))
        return &provider;
    return nullptr;
  }

  Declarations& all_;
  Diagnostics& out_;
};

}  // namespace

namespace {

ModuleFile read_file(const Sources& sources, FileId file, bool is_variables, Diagnostics& out) {
  const std::string& path = sources.name(file);
  ModuleFile read;
  read.name = path.substr(path.rfind('/') + 1);
  read.file = file;
  if (path.ends_with(".json")) {
    read_json(sources, read, is_variables, out);
  } else {
    read.syntax = hcl::parse(sources, file, {}, out);
    if (read.syntax && !read.syntax->comments.empty())
      read.spec_hash = spec_hash_in(read.syntax->comments.front().text);
  }
  return read;
}

}  // namespace

ModuleFile read_module_file(const Sources& sources, FileId file, Diagnostics& out) {
  const std::string& path = sources.name(file);
  return read_file(sources, file, path.ends_with(".tfvars") || path.ends_with(".tfvars.json"), out);
}

ModuleFile read_variable_file(const Sources& sources, FileId file, Diagnostics& out) {
  return read_file(sources, file, true, out);
}

const hcl::Attribute* Declaration::find(std::string_view name) const {
  const hcl::Attribute* last = nullptr;
  for (const hcl::Block* const block : blocks)
    if (const hcl::Attribute* const attribute = block->body.find(name)) last = attribute;
  return last;
}

std::vector<const hcl::Attribute*> Declaration::attributes() const {
  std::vector<const hcl::Attribute*> all;
  for (const hcl::Attribute& attribute : block().body.attributes)
    all.push_back(blocks.size() == 1 ? &attribute : find(attribute.name));
  for (std::size_t i = 1; i < blocks.size(); ++i)
    for (const hcl::Attribute& attribute : blocks[i]->body.attributes)
      if (std::find(all.begin(), all.end(), find(attribute.name)) == all.end()) all.push_back(find(attribute.name));
  return all;
}

std::vector<const hcl::Block*> Declaration::nested() const {
  const auto type_of = [](const hcl::Block& block) -> std::string_view {
    return block.type == "dynamic" && block.labels.size() == 1 ? block.labels[0].text : block.type;
  };
  std::vector<const hcl::Block*> all;
  for (const hcl::Block* const block : blocks) {
    if (block != blocks.front()) {
      std::set<std::string_view> replaced;
      for (const hcl::Block& inner : block->body.blocks) replaced.insert(type_of(inner));
      std::erase_if(all, [&](const hcl::Block* inner) { return replaced.contains(type_of(*inner)); });
    }
    for (const hcl::Block& inner : block->body.blocks) all.push_back(&inner);
  }
  return all;
}

Declarations declarations_of(const ModuleFolder& folder, Diagnostics& out) {
  Declarations all;
  Collector collector(all, out);
  for (const bool overrides : {false, true}) {
    for (const ModuleFile& file : folder.files) {
      if (is_override(file.name) != overrides) continue;
      if (!file.syntax)
        all.unread.push_back({"'" + shown(file.name) + "' has faults", {file.file, 0, 0}});
      else if (overrides)
        collector.override_with(file);
      else
        collector.add(file);
    }
  }
  return all;
}

std::optional<std::string> literal_of(const hcl::Expression& expression) {
  const auto* const text = std::get_if<hcl::Template>(&expression.body);
  if (text == nullptr || text->parts.size() > 1) return std::nullopt;
  if (text->parts.empty()) return "";
  const auto* const literal = std::get_if<hcl::TemplateText>(&text->parts.front().body);
  return literal == nullptr ? std::nullopt : std::optional(literal->text);
}

bool is_local_source(std::string_view source) {
  return source.starts_with("./") || source.starts_with("../") || source == "." || source == "..";
}

std::string path_of_source(std::string_view folder, std::string_view source) {
  std::string path = (std::filesystem::path(folder) / source).lexically_normal().generic_string();
  while (path.size() > 1 && path.ends_with("/")) path.pop_back();
  return path.empty() ? "." : path;
}

std::vector<std::string> local_sources(const ModuleFile& file) {
  std::vector<std::string> sources;
  if (!file.syntax) return sources;
  for (const hcl::Block& block : file.syntax->body.blocks) {
    const hcl::Attribute* const source = block.type == "module" ? block.body.find("source") : nullptr;
    std::string text = source == nullptr ? "" : literal_of(source->value).value_or("");
    if (is_local_source(text)) sources.push_back(std::move(text));
  }
  return sources;
}

}  // namespace secretwatch::load
