#include "emit/lines.h"

#include <algorithm>

namespace secretwatch::emit {

std::vector<std::string> lines_of(std::string_view text) {
  std::vector<std::string> lines{""};
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\n' || text[i] == '\r') {
      const bool crlf = text[i] == '\r' && i + 1 < text.size() && text[i + 1] == '\n';
      if (!crlf) lines.emplace_back();
    } else {
      lines.back() += text[i];
    }
  }
  return lines;
}

std::vector<std::string> section_comment(const stack::Section& section) {
  constexpr std::size_t ruler = 76;
  const std::size_t rest = section.title.size() + 5 < ruler ? ruler - section.title.size() - 5 : 3;
  std::vector<std::string> lines{"--- " + section.title + " " + std::string(rest, '-')};
  for (std::string& line : lines_of(section.explanation))
    if (!line.empty()) lines.push_back(std::move(line));
  return lines;
}

}  // namespace secretwatch::emit
