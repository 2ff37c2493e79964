#include "cli/walk.h"

#include <filesystem>
#include <set>
#include <string_view>

#include "cli/gitignore.h"

namespace secretwatch::cli {
namespace {

constexpr std::size_t largest_ignore_file = 1'000'000;
constexpr std::size_t deepest = 500;  // folders in folders; no project comes near

bool is_skipped(std::string_view folder) {
  return folder == ".git" || folder == ".terraform" || folder == "node_modules" || folder.starts_with("asset.");
}

/// A .gitignore and the folder that it speaks of.
struct Ignores {
  std::string folder;  // absolute
  IgnoreFile file;
};

class Walker {
 public:
  explicit Walker(Files& files) : files_(files) {}

  void add(const std::string& given) {
    const std::string path = tidy(given);
    if (!files_.is_folder(path)) return add_file(path, true);
    const std::string absolute = files_.absolute(path);
    read_ignores_above(absolute);
    enter(path, absolute, 0);
    ignores_.clear();
  }

  Walk take() { return std::move(walk_); }

 private:
  void add_file(const std::string& path, bool is_named) {
    if (seen_.insert(path).second) walk_.files.push_back({path, is_named});
  }

  void read_ignores(const std::string& folder) {
    const FileText text = files_.read(join(folder, ".gitignore"), largest_ignore_file);
    if (text) ignores_.push_back({folder, IgnoreFile(text.text)});
  }

  /// Those of the folders above, up to the one that git keeps its own folder in; none when there is no such.
  void read_ignores_above(const std::string& folder) {
    std::vector<std::string> above;
    for (std::filesystem::path at(folder); !files_.exists(join(at.string(), ".git")); at = at.parent_path()) {
      if (!at.has_parent_path() || at == at.parent_path()) return;
      above.push_back(at.parent_path().string());
    }
    for (auto at = above.rbegin(); at != above.rend(); ++at) read_ignores(*at);
  }

  bool is_ignored(const std::string& absolute, bool is_folder) const {
    for (auto at = ignores_.rbegin(); at != ignores_.rend(); ++at) {
      const std::size_t from = at->folder == "/" ? 1 : at->folder.size() + 1;
      if (absolute.size() <= from) continue;
      if (const std::optional<bool> decided = at->file.decide(std::string_view(absolute).substr(from), is_folder))
        return *decided;
    }
    return false;
  }

  void enter(const std::string& path, const std::string& absolute, std::size_t depth) {
    if (depth > deepest) {
      walk_.unreadable.push_back({path, "it lies too deep"});
      return;
    }
    const Folder folder = files_.list(path);
    if (!folder) {
      walk_.unreadable.push_back({path, folder.problem});
      return;
    }
    const std::size_t outer = ignores_.size();
    read_ignores(absolute);
    for (const FolderEntry& entry : folder.entries) {
      const bool is_folder = entry.kind == FolderEntry::Kind::folder;
      const std::string inside = join(absolute, entry.name);
      if ((is_folder && is_skipped(entry.name)) || is_ignored(inside, is_folder)) continue;
      if (is_folder) enter(join(path, entry.name), inside, depth + 1);
      if (entry.kind == FolderEntry::Kind::file) add_file(join(path, entry.name), false);
      if (entry.kind == FolderEntry::Kind::link) ++walk_.links;
    }
    ignores_.erase(ignores_.begin() + static_cast<std::ptrdiff_t>(outer), ignores_.end());
  }

  Files& files_;
  Walk walk_;
  std::set<std::string> seen_;
  std::vector<Ignores> ignores_;  // outermost first
};

}  // namespace

Walk walk(const std::vector<std::string>& paths, Files& files) {
  Walker walker(files);
  for (const std::string& path : paths) walker.add(path);
  return walker.take();
}

std::string tidy(const std::string& path) {
  std::string tidied = std::filesystem::path(path).lexically_normal().generic_string();
  while (tidied.size() > 1 && tidied.ends_with("/")) tidied.pop_back();
  return tidied.empty() ? "." : tidied;
}

std::string join(const std::string& folder, const std::string& name) {
  if (folder == ".") return name;
  return folder.ends_with("/") ? folder + name : folder + "/" + name;
}

std::string folder_of(const std::string& path) {
  const std::size_t slash = path.rfind('/');
  if (slash == std::string::npos) return ".";
  return slash == 0 ? "/" : path.substr(0, slash);
}

}  // namespace secretwatch::cli
