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
  std::string write_problem;  // what every write says; "" lets it happen

  cli::FileText read(const std::string& path, std::size_t most) override {
    if (unreadable.contains(path)) return {{}, "Permission denied"};
    const auto found = texts.find(path);
    if (found == texts.end()) return {{}, "No such file or directory"};
    return {found->second.substr(0, most + 1), {}};
  }
  std::unique_ptr<events::Bytes> open(const std::string& path, std::string& problem) override {
    cli::FileText file = read(path, SIZE_MAX - 1);
    problem = file.problem;
    if (!file) return nullptr;
    return std::make_unique<TextBytes>(std::move(file.text));
  }
  bool exists(const std::string& path) override { return texts.contains(path) || unreadable.contains(path); }
  std::string write(const std::vector<emit::OutputFile>& files) override {
    if (!write_problem.empty()) return write_problem;
    for (const emit::OutputFile& file : files) texts[file.path] = file.text;
    return {};
  }
};

}  // namespace secretwatch::testing
