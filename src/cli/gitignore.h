#pragma once
/// Gitignore: which files of a folder its owner does not call part of the project.
///
///     IgnoreFile ignored(".gitignore text");
///     ignored.decide("build", true)        // true: ignored; false: kept by a `!` line; nothing: not mentioned
///
/// Source: git's documentation, gitignore, "Pattern format".
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace secretwatch::cli {

/// `*` and `?` stop at a slash, `**` between slashes does not, `[a-z]` is one character, `\` quotes the next.
bool matches_glob(std::string_view pattern, std::string_view path);

class IgnoreFile {
 public:
  explicit IgnoreFile(std::string_view text);

  /// `path` is relative to the folder of the file. The last line that matches decides.
  std::optional<bool> decide(std::string_view path, bool is_folder) const;

 private:
  struct Line {
    std::string pattern;
    bool keeps = false;         // begins with !
    bool only_folders = false;  // ends with /
    bool whole_path = false;    // has a slash: matched from the folder of the file, else at any depth
  };
  std::vector<Line> lines_;
};

}  // namespace secretwatch::cli
