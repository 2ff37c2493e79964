#pragma once
/// Io: everything outside the process, handed in. Tests pass memory, main passes the real thing; no other stage reads
/// or writes anything.
#include <cstddef>
#include <iosfwd>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "emit/emit.h"
#include "events/bytes.h"

namespace secretwatch::cli {

/// As grep, diff and ruff have them.
enum class Exit : int {
  yes = 0,      // the answer is good: compiled, valid, unchanged
  no = 1,       // the answer is bad: files differ
  trouble = 2,  // there is no answer: invalid input, wrong usage, cannot write
  bug = 70,     // a fault of secretwatch itself
};

/// The text of a file, or why there is none ("No such file or directory").
struct FileText {
  std::string text;
  std::string problem;
  explicit operator bool() const { return problem.empty(); }
};

struct FolderEntry {
  enum class Kind { file, folder, link, other };
  std::string name;
  Kind kind = Kind::file;  // a link is not followed
};

/// What is in a folder, by name, or why that is not known.
struct Folder {
  std::vector<FolderEntry> entries;
  std::string problem;
  explicit operator bool() const { return problem.empty(); }
};

class Files {
 public:
  virtual ~Files() = default;

  virtual Folder list(const std::string& path) = 0;
  /// Is it a folder, or a link to one?
  virtual bool is_folder(const std::string& path) = 0;
  /// From the root, without `.`, `..` and links.
  virtual std::string absolute(const std::string& path) = 0;

  /// At most `most` bytes and one more, so that a caller can tell a file that is too large from one that just fits.
  virtual FileText read(const std::string& path, std::size_t most) = 0;
  /// To be read piece by piece. Null, and why in `problem`, if it cannot be.
  virtual std::unique_ptr<events::Bytes> open(const std::string& path, std::string& problem) = 0;
  virtual bool exists(const std::string& path) = 0;

  /// All or nothing as far as a file system allows: every text is written whole to a temporary name before the first is
  /// renamed. Makes missing folders. "" or what went wrong, with the path.
  virtual std::string write(const std::vector<emit::OutputFile>& files) = 0;
};

/// A path as messages name it: '-' is standard input.
inline std::string shown_path(const std::string& path) {
  return path == "-" ? "<stdin>" : path;
}

struct Io {
  Files& files;
  std::istream& in;
  std::ostream& out;
  std::ostream& err;
  bool colour = false;      // on err
  bool out_colour = false;  // on out
  std::string today = "1970-01-01";
  std::vector<std::pair<std::string, std::string>> terraform_variables{};  // TF_VAR_name=value, without TF_VAR_
};

}  // namespace secretwatch::cli
