#pragma once
/// Suggest: the known word that a misspelt one most likely meant.
///
///     nearest("threshhold", {"threshold", "window"})   // "threshold"
///     nearest("banana", {"threshold", "window"})       // ""
#include <string>
#include <string_view>
#include <vector>

namespace secretwatch {

/// Number of single-character insertions, deletions, replacements and swaps of neighbours between two texts.
std::size_t edit_distance(std::string_view a, std::string_view b);

/// The candidate closest to `word` (case is ignored), else the first that begins with it, or "" when none is close
/// enough to be worth saying. Of several equally close ones, the first.
std::string nearest(std::string_view word, const std::vector<std::string_view>& candidates);

}  // namespace secretwatch
