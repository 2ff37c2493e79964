#pragma once
/// Modules: the Terraform modules among what lint was pointed at, with the local modules that they call.
///
///     ModuleReader reader(sources, io, crew);
///     reader.add_file({"infra/main.tf", false});
///     const Modules modules = reader.read(out);      // modules.roots: {"infra"}
///
/// A folder with `.tf` or `.tf.json` files is one module. Its files are read once, whoever calls it, also where
/// `.gitignore` leaves some of them out and where they are links: Terraform reads them too. Files of variables are read
/// as far as the walk found them, since what is kept out of git may be a secret. A file given by name is a module of
/// which nothing else is known, unless all files of its folder are named. Local modules are read wherever they lie;
/// those of `.terraform/modules` as far as they are installed. A module that another one calls is judged through its
/// callers, unless it is named itself.
#include <map>
#include <set>
#include <string>
#include <vector>

#include "base/diagnostic.h"
#include "base/source.h"
#include "cli/crew.h"
#include "cli/io.h"
#include "cli/walk.h"
#include "load/module_files.h"

namespace secretwatch::cli {

struct Modules {
  load::ModuleFolders folders;
  std::vector<std::string> roots;   // paths of those that are judged by themselves
  std::set<std::string> elsewhere;  // paths of those that were read only because they are called

  const load::ModuleFolder& at(const std::string& path) const { return folders.find(path)->second; }
  /// The folders that a module leads to, itself first.
  std::vector<const load::ModuleFolder*> reach(const std::string& root) const;
};

class ModuleReader {
 public:
  ModuleReader(Sources& sources, Io& io, Crew& crew) : sources_(sources), io_(io), crew_(crew) {}

  /// Is it a file of a module, or of its variables?
  static bool takes(const std::string& path);
  void add_file(const FoundFile& found);
  /// A folder of the command line.
  void add_named_folder(const std::string& path) { named_.insert(path); }

  /// Requires that all were added. What cannot be read or has faults is told in `out`.
  Modules read(Diagnostics& out);
  /// Files of variables without a module, and those of which a tool makes files of a module.
  std::size_t left_over() const { return left_over_; }

 private:
  struct Pending {
    std::string folder;
    FileId file;
    bool is_variables;
  };

  void read_found();
  void read_folder(const std::string& path, bool is_asked_for);
  void read_named(const std::string& folder, const std::set<std::string>& names);
  void read_file(const std::string& folder, const std::string& name, bool is_variables);
  void parse();
  bool is_for_a_tool(const Pending& pending) const;
  void follow();
  void follow_installed(load::ModuleFolder& folder);
  void choose_roots();

  Sources& sources_;
  Io& io_;
  Crew& crew_;
  Diagnostics* out_ = nullptr;
  Modules modules_;
  std::set<std::string> named_;
  std::map<std::string, std::set<std::string>> found_files_;     // folder -> names
  std::map<std::string, std::set<std::string>> named_files_;     // folder -> names
  std::map<std::string, std::set<std::string>> variable_files_;  // folder -> names
  std::set<std::string> read_;                                   // paths of files
  std::vector<Pending> pending_;
  std::vector<std::string> unfollowed_;  // folders whose calls were not looked at
  std::size_t left_over_ = 0;
};

}  // namespace secretwatch::cli
