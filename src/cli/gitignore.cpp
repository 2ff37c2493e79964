#include "cli/gitignore.h"

#include <algorithm>

namespace secretwatch::cli {
namespace {

/// `[a-z]`, `[!a-z]`: does the character fit? Moves the pattern behind the bracket; a bracket that is not closed is
/// itself.
bool fits_bracket(std::string_view& pattern, char c) {
  const bool is_negated = pattern.size() > 1 && (pattern[1] == '!' || pattern[1] == '^');
  std::size_t at = is_negated ? 2 : 1;
  bool fits = false;
  for (bool first = true; at < pattern.size() && (first || pattern[at] != ']'); first = false) {
    if (at + 2 < pattern.size() && pattern[at + 1] == '-' && pattern[at + 2] != ']') {
      fits = fits || (pattern[at] <= c && c <= pattern[at + 2]);
      at += 3;
    } else {
      fits = fits || pattern[at] == c;
      ++at;
    }
  }
  if (at >= pattern.size()) {
    pattern.remove_prefix(1);
    return c == '[';
  }
  pattern.remove_prefix(at + 1);
  return fits != is_negated && c != '/';
}

/// One character of the path against what the pattern begins with; moves the pattern on.
bool fits_one(std::string_view& pattern, char c) {
  if (pattern.front() == '[') return fits_bracket(pattern, c);
  if (pattern.front() == '\\' && pattern.size() > 1)
    pattern.remove_prefix(1);
  else if (pattern.front() == '?') {
    pattern.remove_prefix(1);
    return c != '/';
  }
  const bool fits = pattern.front() == c;
  pattern.remove_prefix(1);
  return fits;
}

/// Where to go on when what follows a star does not fit.
struct Retry {
  std::string_view pattern;
  std::size_t at = std::string_view::npos;

  bool is_there() const { return at != std::string_view::npos; }
};

}  // namespace

/// In time of pattern times path: of the stars only the last, and the last `**`, are tried again.
bool matches_glob(std::string_view pattern, std::string_view path) {
  Retry last;
  Retry last_crossing;
  std::size_t at = 0;
  while (true) {
    if (pattern.starts_with("**/")) {
      pattern.remove_prefix(3);
      last_crossing = {pattern, at};
      last = {};
      continue;
    }
    if (pattern == "**") return true;
    if (!pattern.empty() && pattern.front() == '*') {
      while (!pattern.empty() && pattern.front() == '*') pattern.remove_prefix(1);
      last = {pattern, at};
      continue;
    }
    if (at == path.size() && pattern.empty()) return true;
    if (at < path.size() && !pattern.empty() && fits_one(pattern, path[at])) {
      ++at;
      continue;
    }
    if (last.is_there() && last.at < path.size() && path[last.at] != '/') {
      at = ++last.at;
      pattern = last.pattern;
    } else if (last_crossing.is_there()) {
      const std::size_t slash = path.find('/', last_crossing.at);
      if (slash == std::string_view::npos) return false;
      at = last_crossing.at = slash + 1;
      pattern = last_crossing.pattern;
      last = {};
    } else {
      return false;
    }
  }
}

IgnoreFile::IgnoreFile(std::string_view text) {
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    std::string_view line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    if (line.ends_with("\r")) line.remove_suffix(1);
    while (line.ends_with(" ") && !line.ends_with("\\ ")) line.remove_suffix(1);
    if (line.empty() || line.front() == '#') continue;
    Line read;
    read.keeps = line.front() == '!';
    if (read.keeps) line.remove_prefix(1);
    read.only_folders = line.ends_with("/");
    if (read.only_folders) line.remove_suffix(1);
    read.whole_path = line.find('/') != std::string_view::npos;
    if (line.starts_with("/")) line.remove_prefix(1);
    read.pattern = line;
    if (!read.pattern.empty()) lines_.push_back(std::move(read));
  }
}

std::optional<bool> IgnoreFile::decide(std::string_view path, bool is_folder) const {
  const std::string_view name = path.substr(path.rfind('/') == std::string_view::npos ? 0 : path.rfind('/') + 1);
  const auto decides = [&](const Line& line) {
    return (is_folder || !line.only_folders) && matches_glob(line.pattern, line.whole_path ? path : name);
  };
  const auto last = std::find_if(lines_.rbegin(), lines_.rend(), decides);
  if (last != lines_.rend()) return !last->keeps;
  return std::nullopt;
}

}  // namespace secretwatch::cli
