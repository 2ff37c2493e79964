#pragma once
/// Files on a disk.
#include "cli/io.h"

namespace secretwatch::cli {

class DiskFiles : public Files {
 public:
  Folder list(const std::string& path) override;
  bool is_folder(const std::string& path) override;
  std::string absolute(const std::string& path) override;
  FileText read(const std::string& path, std::size_t most) override;
  std::unique_ptr<events::Bytes> open(const std::string& path, std::string& problem) override;
  bool exists(const std::string& path) override;
  std::string write(const std::vector<emit::OutputFile>& files) override;
};

}  // namespace secretwatch::cli
