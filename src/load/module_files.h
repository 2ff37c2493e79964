#pragma once
/// Module files: the files of a Terraform module, read; and what they declare together.
///
///     ModuleFolder folder{"infra"};
///     folder.files.push_back(read_module_file(sources, file, out));
///     const Declarations declared = declarations_of(folder, out);
///     declared.resources[0].find("name")->value;
///
/// Override files (`override.tf`, `…_override.tf`) are merged as Terraform merges them: an argument replaces that of
/// the declaration it overrides, and nested blocks of a type replace all of that type. A folder is read once, whoever
/// calls it. Not here: reading from disk (cli/), what expressions mean (modules.h).
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostic.h"
#include "base/source.h"
#include "hcl/syntax.h"
#include "load/configuration.h"

namespace secretwatch::load {

/// One file, or that it could not be read.
struct ModuleFile {
  std::string name;  // main.tf, without its folder
  FileId file = FileId::none;
  std::optional<hcl::File> syntax{};  // nothing: it has faults
  std::string spec_hash{};            // of one that secretwatch wrote
};

/// By the name of the source: `.tf`, `.tf.json`; also `.tfvars` and `.tfvars.json`, whose body has attributes only.
ModuleFile read_module_file(const Sources& sources, FileId file, Diagnostics& out);
/// A file of variables, whatever its name; JSON when that ends in `.json`.
ModuleFile read_variable_file(const Sources& sources, FileId file, Diagnostics& out);

/// A folder of which some files or all were read.
struct ModuleFolder {
  std::string path;                              // as the command line knows it: "infra/modules/m"
  std::vector<ModuleFile> files{};               // by name
  std::vector<ModuleFile> variable_files{};      // terraform.tfvars and *.auto.tfvars, for when it is a root
  std::map<std::string, std::string> modules{};  // the installed ones: "vpc.subnets" -> ".terraform/modules/vpc"
  bool is_whole = true;                          // false: there are files that were not asked for
};

/// By path.
using ModuleFolders = std::map<std::string, ModuleFolder, std::less<>>;

/// A block, with those of override files behind it.
struct Declaration {
  std::vector<const hcl::Block*> blocks{};

  const hcl::Block& block() const { return *blocks.front(); }
  const Span& span() const { return block().header; }
  const hcl::Attribute* find(std::string_view name) const;
  /// All of them, each name once, in the order of the text.
  std::vector<const hcl::Attribute*> attributes() const;
  std::vector<const hcl::Block*> nested() const;
};

struct ResourceDeclaration : Declaration {
  std::string_view type;
  std::string_view name;
  bool is_data = false;
};

/// Lives as long as the folder.
struct Declarations {
  std::vector<ResourceDeclaration> resources;
  std::vector<Declaration> calls;  // of modules
  std::vector<Declaration> providers;
  std::map<std::string_view, Declaration> variables;
  std::map<std::string_view, Declaration> outputs;
  std::map<std::string_view, const hcl::Attribute*> locals;
  std::vector<const hcl::Attribute*> required_providers;
  std::map<std::string, std::size_t, std::less<>> resource_places;  // "aws_x.y", "data.aws_x.y" -> in `resources`
  std::map<std::string_view, std::size_t> call_places;
  std::vector<Unread> unread;  // files with faults, declarations that come twice
};

Declarations declarations_of(const ModuleFolder& folder, Diagnostics& out);

/// Does a module call with this source lead to a local folder? "./x" and "../x" do.
bool is_local_source(std::string_view source);
/// "infra" and "../modules/m" is "modules/m".
std::string path_of_source(std::string_view folder, std::string_view source);
/// The local ones of all module calls of the file.
std::vector<std::string> local_sources(const ModuleFile& file);

/// The text that an expression is without any evaluation; nothing: it is none.
std::optional<std::string> literal_of(const hcl::Expression& expression);

}  // namespace secretwatch::load
