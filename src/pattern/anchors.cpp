#include "pattern/anchors.h"

#include <algorithm>
#include <utility>

namespace secretwatch::pattern {
namespace {

std::string_view longest_piece(std::string_view text) {
  std::string_view longest;
  for (std::size_t begin = 0; begin <= text.size();) {
    const std::size_t end = std::min(text.find('*', begin), text.size());
    if (end - begin > longest.size()) longest = text.substr(begin, end - begin);
    begin = end + 1;
  }
  return longest;
}

}  // namespace

bool Anchors::can_hold(std::string_view text) {
  return text.find('*') == std::string_view::npos || !longest_piece(text).empty();
}

void Anchors::add(std::string_view text, User user) {
  if (text.find('*') == std::string_view::npos) {
    whole_[std::string(text)].push_back(user);
    return;
  }
  State state = 0;
  for (const char c : longest_piece(text)) {
    const State known = child(state, c);
    state = known != none ? known : add_child(state, c);
  }
  nodes_[state].users.push_back(user);
}

/// Breadth first, so that what is shorter is finished before.
void Anchors::finish() {
  std::vector<std::vector<std::pair<char, State>>> children(nodes_.size());
  for (const Edge& edge : edges_)
    if (edge.key != 0) children[(edge.key - 1) >> 8].emplace_back(static_cast<char>((edge.key - 1) & 0xFF), edge.to);
  std::vector<State> queue = {0};
  for (std::size_t i = 0; i < queue.size(); ++i) {
    const State parent = queue[i];
    for (const auto& [c, state] : children[parent]) {
      const State shorter = parent == 0 ? 0 : next(nodes_[parent].shorter, c);
      nodes_[state].shorter = shorter;
      nodes_[state].shorter_piece = nodes_[shorter].users.empty() ? nodes_[shorter].shorter_piece : shorter;
      queue.push_back(state);
    }
  }
}

void Anchors::candidates(std::string_view value, std::vector<User>& out) const {
  if (const auto found = whole_.find(value); found != whole_.end())
    out.insert(out.end(), found->second.begin(), found->second.end());
  if (nodes_.size() == 1) return;
  State state = 0;
  for (const char c : value) {
    state = next(state, c);
    State piece = nodes_[state].users.empty() ? nodes_[state].shorter_piece : state;
    for (; piece != none; piece = nodes_[piece].shorter_piece)
      out.insert(out.end(), nodes_[piece].users.begin(), nodes_[piece].users.end());
  }
}

Anchors::State Anchors::next(State state, char c) const {
  for (;;) {
    const State longer = child(state, c);
    if (longer != none) return longer;
    if (state == 0) return 0;
    state = nodes_[state].shorter;
  }
}

/// Where the key is, or would be.
std::size_t Anchors::slot_of(std::uint64_t key) const {
  const std::size_t mask = edges_.size() - 1;
  std::size_t slot = static_cast<std::size_t>((key * 0x9E3779B97F4A7C15U) >> 20) & mask;
  while (edges_[slot].key != key && edges_[slot].key != 0) slot = (slot + 1) & mask;
  return slot;
}

Anchors::State Anchors::child(State state, char c) const {
  const Edge& edge = edges_[slot_of(key_of(state, c))];
  return edge.key == 0 ? none : edge.to;
}

Anchors::State Anchors::add_child(State state, char c) {
  if (2 * ++edge_count_ > edges_.size()) grow();
  const auto to = static_cast<State>(nodes_.size());
  nodes_.emplace_back();
  const std::uint64_t key = key_of(state, c);
  edges_[slot_of(key)] = {key, to};
  return to;
}

void Anchors::grow() {
  const std::vector<Edge> old = std::exchange(edges_, std::vector<Edge>(edges_.size() * 2));
  for (const Edge& edge : old)
    if (edge.key != 0) edges_[slot_of(edge.key)] = edge;
}

}  // namespace secretwatch::pattern
