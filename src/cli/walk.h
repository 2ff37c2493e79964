#pragma once
/// Walk: from the paths of a command line to the files behind them.
///
///     Walk found = walk({"infra", "extra.yaml"}, files);
///     found.files   // {"infra/a.yaml", …, "extra.yaml"}, each once, in the order of paths and names
///
/// Folders are walked without `.git`, `.terraform`, `node_modules` and the asset folders of CDK assemblies, and without
/// what their `.gitignore` files leave out. Links in folders are not followed, so that a walk always ends; a path that
/// is given by name may be one.
#include <cstddef>
#include <string>
#include <vector>

#include "cli/io.h"

namespace secretwatch::cli {

struct FoundFile {
  std::string path;       // as given or found, with `/`, without `./`
  bool is_named = false;  // on the command line
};

struct UnreadableFolder {
  std::string path;
  std::string problem;
};

struct Walk {
  std::vector<FoundFile> files;
  std::vector<UnreadableFolder> unreadable;
  std::size_t links = 0;  // that were not followed
};

/// A path that leads nowhere counts as a file, which its reader will not find.
Walk walk(const std::vector<std::string>& paths, Files& files);

/// "./a//b/../c" is "a/c"; an empty one is ".".
std::string tidy(const std::string& path);
/// "folder/name"
std::string join(const std::string& folder, const std::string& name);
/// The folder of a file: "." for "a.yaml".
std::string folder_of(const std::string& path);

}  // namespace secretwatch::cli
