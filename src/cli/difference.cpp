#include "cli/difference.h"

#include <algorithm>
#include <vector>

#include <fmt/format.h>

namespace secretwatch::cli {
namespace {

constexpr std::size_t most_lines = 8;

std::vector<std::string_view> split(std::string_view text) {
  std::vector<std::string_view> lines;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    lines.push_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return lines;
}

std::string print(char mark, const std::vector<std::string_view>& lines, std::size_t begin, std::size_t end) {
  std::string out;
  const std::size_t shown = std::min(end, begin + most_lines);
  for (std::size_t i = begin; i < shown; ++i) out += fmt::format("{}{}\n", mark, lines[i]);
  if (shown < end) out += fmt::format("{}… {} more lines\n", mark, end - shown);
  return out;
}

/// So many lines of each text, from here on, are not in the other.
struct Gap {
  std::size_t before = 0;
  std::size_t after = 0;
};

/// The shortest way to where both texts go on alike. Changes are small; of large ones not the smallest is found.
Gap gap_at(const std::vector<std::string_view>& before, const std::vector<std::string_view>& after, std::size_t i,
           std::size_t j) {
  constexpr std::size_t farthest = 200;
  const std::size_t old_left = before.size() - i;
  const std::size_t new_left = after.size() - j;
  for (std::size_t both = 1; both <= std::min(farthest, old_left + new_left); ++both) {
    for (std::size_t a = 0; a <= both; ++a) {
      const std::size_t b = both - a;
      if (a > old_left || b > new_left) continue;
      const bool is_end = a == old_left && b == new_left;
      if (is_end || (a < old_left && b < new_left && before[i + a] == after[j + b])) return {a, b};
    }
  }
  return {old_left, new_left};
}

/// Lines with their breaks, so that what has none at its end differs from what has one.
std::vector<std::string_view> whole_lines(std::string_view text) {
  std::vector<std::string_view> lines;
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    const std::size_t length = end == std::string_view::npos ? text.size() : end + 1;
    lines.push_back(text.substr(0, length));
    text.remove_prefix(length);
  }
  return lines;
}

struct Line {
  char mark = ' ';
  std::string_view text;
};

std::string print(const Line& line) {
  std::string out = fmt::format("{}{}", line.mark, line.text);
  if (!line.text.ends_with('\n')) out += "\n\\ No newline at end of file\n";
  return out;
}

std::vector<Line> aligned(const std::vector<std::string_view>& before, const std::vector<std::string_view>& after) {
  std::vector<Line> lines;
  std::size_t i = 0;
  std::size_t j = 0;
  while (i < before.size() || j < after.size()) {
    if (i < before.size() && j < after.size() && before[i] == after[j]) {
      lines.push_back({' ', before[i]});
      ++i;
      ++j;
      continue;
    }
    const Gap gap = gap_at(before, after, i, j);
    for (std::size_t a = 0; a < gap.before; ++a) lines.push_back({'-', before[i + a]});
    for (std::size_t b = 0; b < gap.after; ++b) lines.push_back({'+', after[j + b]});
    i += gap.before;
    j += gap.after;
  }
  return lines;
}

/// "12,7": where a hunk begins and how many lines it has; of none, the line before.
std::string range(std::size_t first, std::size_t count) {
  return count == 1 ? std::to_string(first + 1) : fmt::format("{},{}", count == 0 ? first : first + 1, count);
}

}  // namespace

std::string unified_difference(const std::string& path, std::string_view old_text, std::string_view new_text) {
  if (old_text == new_text) return {};
  constexpr std::size_t around = 3;
  const std::vector<Line> lines = aligned(whole_lines(old_text), whole_lines(new_text));
  std::string out = fmt::format("--- {}\n+++ {}\n", path, path);
  std::size_t old_line = 0;
  std::size_t new_line = 0;
  for (std::size_t at = 0; at < lines.size();) {
    std::size_t first = at;  // of the next change
    while (first < lines.size() && lines[first].mark == ' ') ++first;
    if (first == lines.size()) break;
    const std::size_t begin = first - std::min(first - at, around);
    old_line += begin - at;
    new_line += begin - at;
    std::size_t last = first;  // of the hunk's changes
    for (std::size_t i = first; i < lines.size() && i <= last + 2 * around + 1; ++i)
      if (lines[i].mark != ' ') last = i;
    const std::size_t end = std::min(lines.size(), last + around + 1);
    std::size_t counts[2] = {0, 0};
    std::string body;
    for (std::size_t i = begin; i < end; ++i) {
      counts[0] += lines[i].mark == '+' ? 0 : 1;
      counts[1] += lines[i].mark == '-' ? 0 : 1;
      body += print(lines[i]);
    }
    out += fmt::format("@@ -{} +{} @@\n{}", range(old_line, counts[0]), range(new_line, counts[1]), body);
    old_line += counts[0];
    new_line += counts[1];
    at = end;
  }
  return out;
}

std::string first_difference(const std::string& path, std::string_view old_text, std::string_view new_text) {
  if (old_text == new_text) return {};
  const std::vector<std::string_view> before = split(old_text);
  const std::vector<std::string_view> after = split(new_text);
  std::size_t begin = 0;
  while (begin < before.size() && begin < after.size() && before[begin] == after[begin]) ++begin;
  std::size_t before_end = before.size();
  std::size_t after_end = after.size();
  while (before_end > begin && after_end > begin && before[before_end - 1] == after[after_end - 1]) {
    --before_end;
    --after_end;
  }
  return fmt::format("--- {}\n+++ {} (as compiled now)\n@@ line {} @@\n{}{}", path, path, begin + 1,
                     print('-', before, begin, before_end), print('+', after, begin, after_end));
}

}  // namespace secretwatch::cli
