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

}  // namespace

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
