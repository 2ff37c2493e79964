#include "base/suggest.h"

#include <algorithm>
#include <limits>

#include "base/text.h"

namespace secretwatch {

std::size_t edit_distance(std::string_view a, std::string_view b) {
  std::vector<std::vector<std::size_t>> cost(a.size() + 1, std::vector<std::size_t>(b.size() + 1));
  for (std::size_t i = 0; i <= a.size(); ++i) cost[i][0] = i;
  for (std::size_t j = 0; j <= b.size(); ++j) cost[0][j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t replace = cost[i - 1][j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
      cost[i][j] = std::min({cost[i - 1][j] + 1, cost[i][j - 1] + 1, replace});
      const bool swapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
      if (swapped) cost[i][j] = std::min(cost[i][j], cost[i - 2][j - 2] + 1);
    }
  }
  return cost[a.size()][b.size()];
}

std::string nearest(std::string_view word, const std::vector<std::string_view>& candidates) {
  if (word.empty() || word.size() > 100) return {};
  std::size_t best = std::numeric_limits<std::size_t>::max();
  std::string_view found;
  for (const std::string_view candidate : candidates) {
    const std::size_t limit = std::max<std::size_t>(1, std::min(word.size(), candidate.size()) / 3);
    const std::size_t missing = std::max(word.size(), candidate.size()) - std::min(word.size(), candidate.size());
    if (missing > limit) continue;
    const std::size_t distance = edit_distance(lower_case(word), lower_case(candidate));
    if (distance <= limit && distance < best) {
      best = distance;
      found = candidate;
    }
  }
  if (!found.empty() || word.size() < 4) return std::string(found);
  const auto continued = std::find_if(candidates.begin(), candidates.end(), [&](std::string_view candidate) {
    return lower_case(candidate).starts_with(lower_case(word));
  });
  return continued == candidates.end() ? std::string() : std::string(*continued);
}

}  // namespace secretwatch
