#include "cli/files.h"

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <memory>
#include <system_error>

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

namespace secretwatch::cli {
namespace {

namespace fs = std::filesystem;

struct CloseFile {
  void operator()(std::FILE* file) const { std::fclose(file); }
};
using OpenFile = std::unique_ptr<std::FILE, CloseFile>;

std::string reason(int error) {
  return std::generic_category().message(error);
}

/// A text under a name that nobody else uses, beside the file that it will become.
class TemporaryFile {
 public:
  explicit TemporaryFile(fs::path target) : target_(std::move(target)) {}
  TemporaryFile(TemporaryFile&& other) noexcept
      : target_(std::move(other.target_)), path_(std::exchange(other.path_, {})) {}
  TemporaryFile& operator=(TemporaryFile&&) = delete;
  TemporaryFile(const TemporaryFile&) = delete;
  TemporaryFile& operator=(const TemporaryFile&) = delete;
  ~TemporaryFile() {
    std::error_code ignored;
    if (!path_.empty()) fs::remove(path_, ignored);
  }

  /// "" or why not.
  std::string write(const std::string& text) {
    std::string name = (target_.parent_path() / ("." + target_.filename().string() + ".XXXXXX")).string();
    const int descriptor = ::mkstemp(name.data());
    if (descriptor < 0) return reason(errno);
    path_ = name;
    // What a new file would get, or what the old one has.
    struct stat old {};
    const mode_t mask = ::umask(0);
    ::umask(mask);
    const mode_t mode = ::stat(target_.c_str(), &old) == 0 ? old.st_mode & 07777 : 0666 & ~mask;
    std::string problem;
    std::size_t written = 0;
    while (written < text.size() && problem.empty()) {
      const ssize_t count = ::write(descriptor, text.data() + written, text.size() - written);
      if (count < 0 && errno != EINTR) problem = reason(errno);
      if (count > 0) written += static_cast<std::size_t>(count);
    }
    if (::fchmod(descriptor, mode) != 0 && problem.empty()) problem = reason(errno);
    if (::close(descriptor) != 0 && problem.empty()) problem = reason(errno);
    return problem;
  }

  std::string become_target() {
    std::error_code error;
    fs::rename(path_, target_, error);
    if (error) return error.message();
    path_.clear();
    return {};
  }

 private:
  fs::path target_;
  fs::path path_;
};

/// A link is followed, so that the file behind it is replaced and not the link.
fs::path resolve(const std::string& path) {
  std::error_code error;
  const fs::path resolved = fs::is_symlink(path, error) ? fs::weakly_canonical(path, error) : fs::path(path);
  return error ? fs::path(path) : resolved;
}

FolderEntry::Kind kind_of(const fs::directory_entry& entry) {
  std::error_code error;
  if (entry.is_symlink(error)) return FolderEntry::Kind::link;
  if (entry.is_directory(error)) return FolderEntry::Kind::folder;
  return entry.is_regular_file(error) ? FolderEntry::Kind::file : FolderEntry::Kind::other;
}

}  // namespace

Folder DiskFiles::list(const std::string& path) {
  Folder folder;
  std::error_code error;
  for (fs::directory_iterator at(path, error); !error && at != fs::directory_iterator(); at.increment(error))
    folder.entries.push_back({at->path().filename().string(), kind_of(*at)});
  if (error) folder.problem = error.message();
  std::sort(folder.entries.begin(), folder.entries.end(),
            [](const FolderEntry& a, const FolderEntry& b) { return a.name < b.name; });
  return folder;
}

bool DiskFiles::is_folder(const std::string& path) {
  std::error_code error;
  return fs::is_directory(path, error);
}

std::string DiskFiles::absolute(const std::string& path) {
  std::error_code error;
  const fs::path found = fs::weakly_canonical(fs::absolute(path, error), error);
  return error ? path : found.string();
}

FileText DiskFiles::read(const std::string& path, std::size_t most) {
  std::error_code error;
  if (fs::is_directory(path, error)) return {{}, "it is a folder"};
  const OpenFile file(std::fopen(path.c_str(), "rb"));
  if (!file) return {{}, reason(errno)};
  FileText result;
  struct stat status {};
  if (::fstat(fileno(file.get()), &status) == 0 && status.st_size > 0)
    result.text.reserve(std::min(static_cast<std::size_t>(status.st_size), most) + 1);
  while (result.text.size() <= most) {
    char chunk[64 * 1024];
    const std::size_t count = std::fread(chunk, 1, std::min(sizeof chunk, most + 1 - result.text.size()), file.get());
    result.text.append(chunk, count);
    if (count == 0) break;
  }
  if (std::ferror(file.get()) != 0) return {{}, reason(errno)};
  return result;
}

namespace {

class FileBytes : public events::Bytes {
 public:
  explicit FileBytes(int descriptor) : descriptor_(descriptor) {}
  ~FileBytes() override { ::close(descriptor_); }
  FileBytes(const FileBytes&) = delete;
  FileBytes& operator=(const FileBytes&) = delete;

  std::size_t read(char* to, std::size_t most) override {
    for (;;) {
      const ssize_t count = ::read(descriptor_, to, most);
      if (count >= 0) return static_cast<std::size_t>(count);
      if (errno == EINTR) continue;
      problem_ = reason(errno);
      return 0;
    }
  }
  std::string problem() const override { return problem_; }

 private:
  int descriptor_;
  std::string problem_;
};

}  // namespace

std::unique_ptr<events::Bytes> DiskFiles::open(const std::string& path, std::string& problem) {
  std::error_code error;
  const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor < 0) {
    problem = reason(errno);
  } else if (fs::is_directory(path, error)) {
    problem = "it is a folder";
    ::close(descriptor);
  } else {
    return std::make_unique<FileBytes>(descriptor);
  }
  return nullptr;
}

bool DiskFiles::exists(const std::string& path) {
  std::error_code error;
  return fs::exists(fs::symlink_status(path, error));
}

std::string DiskFiles::write(const std::vector<emit::OutputFile>& files) {
  std::vector<TemporaryFile> written;
  written.reserve(files.size());
  for (const emit::OutputFile& file : files) {
    const fs::path target = resolve(file.path);
    std::error_code unknown;  // a target that is not there yet is no folder either
    if (fs::is_directory(target, unknown)) return fmt::format("cannot write '{}': it is a folder", file.path);
    std::error_code error;
    if (target.has_parent_path()) fs::create_directories(target.parent_path(), error);
    if (error) return fmt::format("cannot make folder '{}': {}", target.parent_path().string(), error.message());
    TemporaryFile& temporary = written.emplace_back(target);
    if (const std::string problem = temporary.write(file.text); !problem.empty())
      return fmt::format("cannot write '{}': {}", file.path, problem);
  }
  for (std::size_t i = 0; i < files.size(); ++i) {
    if (const std::string problem = written[i].become_target(); !problem.empty())
      return fmt::format("cannot write '{}': {}", files[i].path, problem);
  }
  return {};
}

}  // namespace secretwatch::cli
