#include <algorithm>
#include <utility>

#include "doc/doc.h"
#include "doc/extent.h"

namespace secretwatch::doc {
namespace {

struct Range {
  std::size_t begin = 0;
  std::size_t end = 0;
};

/// Where the scalars of a tree stand. A block scalar begins behind its header, whose line may end in a comment.
void collect_scalars(std::string_view text, const Node& node, std::vector<Range>& scalars) {
  if (node.kind == Kind::scalar) {
    const Extent extent = extent_of_scalar(text, node.span.begin, node.text);
    const std::size_t begin =
        extent.style == Style::block ? std::min(text.find('\n', extent.begin), text.size()) : extent.begin;
    scalars.push_back({begin, extent.stop});
  }
  for (const Node& item : node.items) collect_scalars(text, item, scalars);
  for (const Entry& entry : node.entries) {
    collect_scalars(text, entry.key, scalars);
    collect_scalars(text, entry.value, scalars);
  }
}

bool is_own_line(std::string_view text, std::size_t at) {
  while (at > 0 && (text[at - 1] == ' ' || text[at - 1] == '\t')) --at;
  return at == 0 || text[at - 1] == '\n' || text[at - 1] == '\r';
}

}  // namespace

std::vector<Comment> comments_of(const Sources& sources, FileId file, const Node& root) {
  const std::string_view text = sources.text(file);
  std::vector<Comment> comments;
  if (text.find('#') == std::string_view::npos) return comments;
  std::vector<Range> scalars;
  collect_scalars(text, root, scalars);
  std::sort(scalars.begin(), scalars.end(), [](const Range& a, const Range& b) { return a.begin < b.begin; });
  std::size_t next = 0;
  for (std::size_t at = text.find('#'); at != std::string_view::npos; at = text.find('#', at)) {
    // Aliases make the same scalar come again; those that end before here are done with.
    while (next < scalars.size() && scalars[next].end <= at) ++next;
    if (next < scalars.size() && scalars[next].begin <= at) {
      at = scalars[next].end;
      continue;
    }
    const bool after_blank =
        at == 0 || text[at - 1] == ' ' || text[at - 1] == '\t' || text[at - 1] == '\n' || text[at - 1] == '\r';
    if (!after_blank) {
      ++at;
      continue;
    }
    const std::size_t end = std::min(text.find_first_of("\r\n", at), text.size());
    comments.push_back({{file, static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(end)},
                        text.substr(at, end - at),
                        is_own_line(text, at)});
    at = end;
  }
  return comments;
}

}  // namespace secretwatch::doc
