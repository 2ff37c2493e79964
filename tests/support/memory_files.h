#pragma once
/// A file system in memory, so that tests of commands touch no disk and can make it fail.
#include <map>
#include <set>
#include <string>

#include "cli/io.h"
#include "support/text_bytes.h"

namespace secretwatch::testing {

class MemoryFiles : public cli::Files {
 public:
  std::map<std::string, std::string> texts;
  std::set<std::string> unreadable;
  std::set<std::string> links;
  std::string write_problem;  // what every write says; "" lets it happen

  cli::Folder list(const std::string& path) override {
    cli::Folder folder;
    if (unreadable.contains(path)) folder.problem = "Permission denied";
    std::map<std::string, cli::FolderEntry::Kind> entries;
    const std::string prefix = path == "." ? "" : path + "/";
    for (const auto& [name, text] : texts) {
      if (!name.starts_with(prefix)) continue;
      const std::string rest = name.substr(prefix.size());
      const std::size_t slash = rest.find('/');
      entries[rest.substr(0, slash)] =
          slash == std::string::npos ? cli::FolderEntry::Kind::file : cli::FolderEntry::Kind::folder;
    }
    for (const std::string& link : links)
      if (link.starts_with(prefix)) entries[link.substr(prefix.size())] = cli::FolderEntry::Kind::link;
    for (const auto& [name, kind] : entries) folder.entries.push_back({name, kind});
    return folder;
  }
  bool is_folder(const std::string& path) override {
    if (path == ".") return true;
    const auto found = texts.lower_bound(path + "/");
    return found != texts.end() && found->first.starts_with(path + "/");
  }
  std::string absolute(const std::string& path) override {
    if (path.starts_with("/")) return path;
    return path == "." ? "/home" : "/home/" + path;
  }
  cli::FileText read(const std::string& path, std::size_t most) override {
    if (unreadable.contains(path)) return {{}, "Permission denied"};
    const auto found = texts.find(path.starts_with("/home/") ? path.substr(6) : path);
    if (found == texts.end()) return {{}, "No such file or directory"};
    return {found->second.substr(0, most + 1), {}};
  }
  std::unique_ptr<events::Bytes> open(const std::string& path, std::string& problem) override {
    cli::FileText file = read(path, SIZE_MAX - 1);
    problem = file.problem;
    if (!file) return nullptr;
    return std::make_unique<TextBytes>(std::move(file.text));
  }
  bool exists(const std::string& path) override {
    const std::string name = path.starts_with("/home/") ? path.substr(6) : path;
    return texts.contains(name) || unreadable.contains(name) || is_folder(name);
  }
  std::string write(const std::vector<emit::OutputFile>& files) override {
    if (!write_problem.empty()) return write_problem;
    for (const emit::OutputFile& file : files) texts[file.path] = file.text;
    return {};
  }
};

}  // namespace secretwatch::testing
