#include "cli/modules.h"

#include <algorithm>
#include <deque>

#include <fmt/format.h>

#include "base/text.h"
#include "cli/spec_file.h"
#include "doc/doc.h"
#include "load/load.h"
#include "load/variables.h"

namespace secretwatch::cli {
namespace {

bool is_module_file(std::string_view name) {
  return name.ends_with(".tf") || name.ends_with(".tf.json");
}

std::string name_of(const std::string& path) {
  return path.substr(path.rfind('/') + 1);
}

}  // namespace

std::vector<const load::ModuleFolder*> Modules::reach(const std::string& root) const {
  std::vector<const load::ModuleFolder*> reached;
  std::set<std::string> seen{root};
  std::deque<std::string> next{root};
  while (!next.empty()) {
    const auto found = folders.find(next.front());
    next.pop_front();
    if (found == folders.end()) continue;
    const load::ModuleFolder& folder = found->second;
    reached.push_back(&folder);
    const auto go = [&](const std::string& path) {
      if (seen.insert(path).second) next.push_back(path);
    };
    for (const load::ModuleFile& file : folder.files)
      for (const std::string& source : load::local_sources(file)) go(load::path_of_source(folder.path, source));
    if (folder.path == root)
      for (const auto& installed : folder.modules) go(installed.second);
  }
  return reached;
}

bool ModuleReader::takes(const std::string& path) {
  const std::string name = name_of(path);
  return is_module_file(name) || load::is_variable_file(name);
}

void ModuleReader::add_file(const FoundFile& found) {
  const std::string name = name_of(found.path);
  auto& group = load::is_variable_file(name) ? variable_files_ : found.is_named ? named_files_ : found_files_;
  group[folder_of(found.path)].insert(name);
}

Modules ModuleReader::read(Diagnostics& out) {
  out_ = &out;
  read_found();
  while (!pending_.empty()) {
    parse();
    follow();
  }
  choose_roots();
  return std::move(modules_);
}

void ModuleReader::read_found() {
  for (const auto& entry : found_files_) read_folder(entry.first, true);
  for (const auto& [folder, names] : named_files_)
    if (!found_files_.contains(folder)) read_named(folder, names);
  for (const auto& [folder, names] : variable_files_)
    if (!found_files_.contains(folder)) left_over_ += names.size();
}

/// All files of a folder are a module, some are not.
void ModuleReader::read_named(const std::string& folder, const std::set<std::string>& names) {
  named_.insert(folder);
  const Folder listed = io_.files.list(folder);
  const bool is_whole =
      listed && std::none_of(listed.entries.begin(), listed.entries.end(), [&](const FolderEntry& entry) {
        return is_module_file(entry.name) && !names.contains(entry.name);
      });
  if (is_whole) return read_folder(folder, true);
  modules_.folders[folder].path = folder;
  modules_.folders[folder].is_whole = false;
  unfollowed_.push_back(folder);
  for (const std::string& name : names) read_file(folder, name, false);
}

void ModuleReader::read_folder(const std::string& path, bool is_asked_for) {
  load::ModuleFolder& folder = modules_.folders[path];
  folder.path = path;
  folder.is_whole = true;
  if (is_asked_for)
    modules_.elsewhere.erase(path);
  else
    modules_.elsewhere.insert(path);
  unfollowed_.push_back(path);
  std::set<std::string> names;
  if (const auto found = found_files_.find(path); found != found_files_.end()) names = found->second;
  for (const FolderEntry& entry : io_.files.list(path).entries)
    if (is_module_file(entry.name) && entry.kind != FolderEntry::Kind::folder) names.insert(entry.name);
  for (const std::string& name : names) read_file(path, name, false);
  if (const auto found = variable_files_.find(path); found != variable_files_.end())
    for (const std::string& name : found->second) read_file(path, name, true);
}

void ModuleReader::read_file(const std::string& folder, const std::string& name, bool is_variables) {
  const std::string path = join(folder, name);
  if (!read_.insert(path).second) return;
  const std::size_t most = load::template_limits.bytes;
  FileText text = io_.files.read(path, most);
  if (text && text.text.size() > most) text = {{}, fmt::format("it has more than {} bytes", most)};
  const FileId file = sources_.add(path, std::move(text.text));
  if (text) {
    pending_.push_back({folder, file, is_variables});
    return;
  }
  out_->add(codes::unreadable, {file, 0, 0}, "'{}' cannot be read: {}", path, text.problem);
  load::ModuleFolder& module = modules_.folders[folder];
  (is_variables ? module.variable_files : module.files).push_back({name, file});
}

void ModuleReader::parse() {
  std::vector<load::ModuleFile> files(pending_.size());
  std::vector<Diagnostics> faults(pending_.size());
  crew_.for_each(pending_.size(),
                 [&](std::size_t i) { files[i] = load::read_module_file(sources_, pending_[i].file, faults[i]); });
  for (std::size_t i = 0; i < files.size(); ++i) {
    load::ModuleFolder& folder = modules_.folders[pending_[i].folder];
    (pending_[i].is_variables ? folder.variable_files : folder.files).push_back(std::move(files[i]));
    if (faults[i].has_errors() && is_for_a_tool(pending_[i]))
      ++left_over_;
    else
      out_->append(std::move(faults[i]));
  }
  pending_.clear();
}

/// What was named is read as it is.
bool ModuleReader::is_for_a_tool(const Pending& pending) const {
  const auto named = named_files_.find(pending.folder);
  const bool is_named = named != named_files_.end() && named->second.contains(name_of(sources_.name(pending.file)));
  return !is_named && load::is_for_a_tool(sources_.text(pending.file));
}

void ModuleReader::follow() {
  std::vector<std::string> folders;
  std::swap(folders, unfollowed_);
  for (const std::string& path : folders) {
    load::ModuleFolder& folder = modules_.folders[path];
    std::sort(folder.files.begin(), folder.files.end(),
              [](const load::ModuleFile& a, const load::ModuleFile& b) { return a.name < b.name; });
    for (const load::ModuleFile& file : folder.files) {
      for (const std::string& source : load::local_sources(file)) {
        const std::string target = load::path_of_source(path, source);
        const auto known = modules_.folders.find(target);
        if (known == modules_.folders.end() || !known->second.is_whole)
          read_folder(target, known != modules_.folders.end());
      }
    }
    follow_installed(folder);
  }
}

/// modules.json is Terraform's own note of what `init` fetched; without it, or with another one, nothing was fetched.
void ModuleReader::follow_installed(load::ModuleFolder& folder) {
  const bool calls = std::any_of(folder.files.begin(), folder.files.end(), [](const load::ModuleFile& file) {
    return file.syntax && std::any_of(file.syntax->body.blocks.begin(), file.syntax->body.blocks.end(),
                                      [](const hcl::Block& block) { return block.type == "module"; });
  });
  if (!calls || modules_.elsewhere.contains(folder.path)) return;
  FileText text = io_.files.read(join(folder.path, ".terraform/modules/modules.json"), load::template_limits.bytes);
  if (!text) return;
  Sources notes;
  Diagnostics faults;
  const FileId file = notes.add("modules.json", std::move(text.text));
  const std::optional<doc::Node> root = doc::read_json(notes, file, load::template_limits, faults);
  const doc::Node* const modules = root ? root->find("Modules") : nullptr;
  if (modules == nullptr) return;
  for (const doc::Node& module : modules->items) {
    const doc::Node* const key = module.find("Key");
    const doc::Node* const place = module.find("Dir");
    if (key == nullptr || place == nullptr || key->text.empty()) continue;
    const std::string path = load::path_of_source(folder.path, place->text);
    folder.modules[key->text] = path;
    if (!modules_.folders.contains(path)) read_folder(path, false);
  }
}

void ModuleReader::choose_roots() {
  std::set<std::string> called;
  for (const auto& [path, folder] : modules_.folders)
    for (const load::ModuleFile& file : folder.files)
      for (const std::string& source : load::local_sources(file)) called.insert(load::path_of_source(path, source));
  std::set<std::string> reached;
  const auto judge = [&](const std::string& path) {
    modules_.roots.push_back(path);
    for (const load::ModuleFolder* const folder : modules_.reach(path)) reached.insert(folder->path);
  };
  const auto is_ours = [&](const auto& entry) {
    return !modules_.elsewhere.contains(entry.first) && !entry.second.files.empty();
  };
  for (const auto& entry : modules_.folders)
    if (is_ours(entry) && (named_.contains(entry.first) || !called.contains(entry.first))) judge(entry.first);
  // Of modules that call each other in a circle, the first is as good as any.
  for (const auto& entry : modules_.folders)
    if (is_ours(entry) && !reached.contains(entry.first)) judge(entry.first);
}

}  // namespace secretwatch::cli
