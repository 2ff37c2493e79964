#pragma once
/// Mending: files as `lint --fix` would leave them, before any of them is written.
///
///     Mending mending(disk);
///     while (mending.apply(inputs.sources, findings)) …read and judge again, through mending.files()…
///     mending.write();                          // all files or none
///
/// One fix may bring to light what another hid, so that files are judged again until there is nothing left to do.
/// Read through here, a file is as it was mended last; nothing is written before write().
#include <map>
#include <set>
#include <string>
#include <vector>

#include "base/source.h"
#include "cli/io.h"
#include "lint/rule.h"

namespace secretwatch::cli {

class Mending {
 public:
  explicit Mending(Files& disk) : disk_(disk), mended_(disk) {}

  Files& files() { return mended_; }

  /// Does the fixes of findings that nobody asked to be left alone; false: nothing was left to do.
  bool apply(const Sources& sources, const std::vector<lint::Finding>& findings);

  std::size_t fixes() const { return fixes_; }
  std::size_t changed_files() const { return mended_.texts.size(); }
  /// Unified diffs of all files.
  std::string difference() const;
  /// "" or what went wrong; then nothing is changed.
  std::string write();

 private:
  /// The disk, and over it the texts of the files that were mended.
  class Overlay : public Files {
   public:
    explicit Overlay(Files& disk) : disk_(disk) {}
    Folder list(const std::string& path) override { return disk_.list(path); }
    bool is_folder(const std::string& path) override { return disk_.is_folder(path); }
    std::string absolute(const std::string& path) override { return disk_.absolute(path); }
    FileText read(const std::string& path, std::size_t most) override;
    std::unique_ptr<events::Bytes> open(const std::string& path, std::string& problem) override {
      return disk_.open(path, problem);
    }
    bool exists(const std::string& path) override { return disk_.exists(path); }
    std::string write(const std::vector<emit::OutputFile>& files) override { return disk_.write(files); }

    std::map<std::string, std::string> texts;

   private:
    Files& disk_;
  };

  bool apply(const Sources& sources, FileId file, const std::vector<const lint::Fix*>& fixes);

  Files& disk_;
  Overlay mended_;
  std::map<std::string, std::string> originals_;
  std::set<std::string> left_alone_;  // a mended text that does not read as it should is never written
  std::size_t fixes_ = 0;
  int rounds_ = 0;
};

}  // namespace secretwatch::cli
