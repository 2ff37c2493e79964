#pragma once
/// Modules: a Terraform module with all the modules that it calls, evaluated.
///
///     ModuleFolders folders;                                  // the root and every local module, by path
///     const Configuration all = evaluate_module(folders.at("infra"), folders, options, out);
///
/// count, for_each, dynamic blocks and calls of local modules are expanded; what cannot be known is Unknown with its
/// reason; references to resources and data sources stay references. Never fails: what Terraform would refuse is an
/// Unknown that is a fault. A module that was not read, from a registry or a folder that is not there, has unknown
/// outputs and is an Unread. Bounded: in steps, in instances, in how deep modules call each other; a value that rests
/// on itself is a fault. Values of sensitive variables are unknown. Not here: reading files (cli/), what resources mean
/// (the stack).
#include <string>
#include <utility>
#include <vector>

#include "base/diagnostic.h"
#include "load/configuration.h"
#include "load/module_files.h"

namespace secretwatch::load {

struct ModuleOptions {
  /// One of the command line: a value, or a file of them.
  struct Given {
    std::string name{};
    std::string text{};
    const ModuleFile* file = nullptr;
  };
  std::vector<std::pair<std::string, std::string>> environment{};  // of TF_VAR_…, without these words
  std::vector<Given> given{};
  /// False: a variable of the root that is there to be given is open, whatever its default: one whose default says
  /// nothing (null, "", [], {}), a yes or no, one that a condition of the module looks at.
  bool defaults_decide = true;
};

/// Warnings only. The configuration does not point into the folders.
Configuration evaluate_module(const ModuleFolder& root, const ModuleFolders& folders, const ModuleOptions& options,
                              Diagnostics& out);

}  // namespace secretwatch::load
