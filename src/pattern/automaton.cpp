#include "pattern/automaton.h"

#include <algorithm>
#include <map>
#include <utility>

#include "pattern/utf8.h"

namespace secretwatch::pattern {
namespace {

std::u32string characters_of(std::string_view text) {
  std::u32string characters;
  for (std::size_t at = 0; at < text.size();) {
    const Character next = decode(text, at);
    characters += next.bytes == 0 ? U'\uFFFD' : next.code;
    at += std::max<std::size_t>(next.bytes, 1);
  }
  return characters;
}

std::vector<char32_t> distinct(std::u32string_view text) {
  std::vector<char32_t> characters(text.begin(), text.end());
  std::sort(characters.begin(), characters.end());
  characters.erase(std::unique(characters.begin(), characters.end()), characters.end());
  return characters;
}

/// For each beginning of the piece the length of its longest proper beginning that is also its end.
std::vector<std::size_t> borders_of(std::u32string_view piece) {
  std::vector<std::size_t> borders(piece.size() + 1, 0);
  for (std::size_t i = 1; i < piece.size(); ++i) {
    std::size_t length = borders[i];
    while (length > 0 && piece[length] != piece[i]) length = borders[length];
    borders[i + 1] = piece[length] == piece[i] ? length + 1 : 0;
  }
  return borders;
}

/// A character that none of the requirements mentions; one that reads well if there is such a one.
char32_t unmentioned(const std::vector<char32_t>& mentioned) {
  const auto is_free = [&](char32_t c) { return !std::binary_search(mentioned.begin(), mentioned.end(), c); };
  for (const char32_t c : std::u32string_view(U"xyzabcdefghijklmnopqrstuvwXYZABCDEFGHIJKLMNOPQRSTUVW0123456789"))
    if (is_free(c)) return c;
  char32_t c = U'\u00E0';
  while (!is_free(c)) ++c;
  return c;
}

using States = std::vector<Automaton::State>;

/// The states that all automata can be in together, in breadth, until a text is found.
class Product {
 public:
  Product(const std::vector<Requirement>& requirements, Budget& budget) : requirements_(requirements), budget_(budget) {
    for (const Requirement& requirement : requirements)
      alphabet_.insert(alphabet_.end(), requirement.automaton->characters().begin(),
                       requirement.automaton->characters().end());
    std::sort(alphabet_.begin(), alphabet_.end());
    alphabet_.erase(std::unique(alphabet_.begin(), alphabet_.end()), alphabet_.end());
    alphabet_.push_back(unmentioned(alphabet_));
  }

  FoundText search() {
    States first;
    for (const Requirement& requirement : requirements_) first.push_back(requirement.automaton->start());
    visit(std::move(first), 0, 0);
    for (std::size_t at = 0; at < visited_.size(); ++at) {
      if (is_wanted(*visited_[at].states)) return {Search::found, text_to(at)};
      const States states = *visited_[at].states;
      if (!budget_.spend(alphabet_.size() * (states.size() + 1))) return {Search::not_decided, {}};
      for (const char32_t c : alphabet_) advance(states, at, c);
    }
    return {Search::none, {}};
  }

 private:
  struct Visit {
    const States* states = nullptr;
    std::size_t before = 0;
    char32_t character = 0;
  };

  void advance(const States& from, std::size_t before, char32_t c) {
    States to(from.size());
    for (std::size_t i = 0; i < from.size(); ++i) to[i] = requirements_[i].automaton->step(from[i], c);
    visit(std::move(to), before, c);
  }

  void visit(States states, std::size_t before, char32_t c) {
    for (std::size_t i = 0; i < states.size(); ++i)
      if (states[i] == (requirements_[i].is_wanted ? Automaton::dead : Automaton::settled)) return;
    const auto [place, is_new] = known_.insert({std::move(states), visited_.size()});
    if (is_new) visited_.push_back({&place->first, before, c});
  }

  bool is_wanted(const States& states) const {
    for (std::size_t i = 0; i < states.size(); ++i)
      if (requirements_[i].automaton->accepts(states[i]) != requirements_[i].is_wanted) return false;
    return true;
  }

  std::string text_to(std::size_t at) const {
    std::u32string reversed;
    for (; at != 0; at = visited_[at].before) reversed += visited_[at].character;
    std::string text;
    std::reverse(reversed.begin(), reversed.end());
    for (const char32_t c : reversed) append_utf8(text, c);
    return text;
  }

  const std::vector<Requirement>& requirements_;
  Budget& budget_;
  std::vector<char32_t> alphabet_;
  std::map<States, std::size_t> known_;  // keeps its keys in place
  std::vector<Visit> visited_;
};

}  // namespace

Automaton::State Automaton::step(State state, char32_t character) const {
  const Node& node = nodes_[state];
  const auto edge = std::lower_bound(node.edges.begin(), node.edges.end(), character,
                                     [](const Edge& e, char32_t c) { return e.character < c; });
  return edge != node.edges.end() && edge->character == character ? edge->to : node.otherwise;
}

bool Automaton::accepts_text(std::string_view text) const {
  State state = start_;
  for (const char32_t c : characters_of(text)) state = step(state, c);
  return accepts(state);
}

void Automaton::add_piece(std::u32string_view piece, State next, bool is_anchored) {
  const std::vector<std::size_t> borders = borders_of(piece);
  const std::vector<char32_t> characters = distinct(piece);
  const State first = next_state();
  for (std::size_t matched = 0; matched < piece.size(); ++matched) {
    Node node;
    if (!is_anchored) node.otherwise = first;
    for (const char32_t c : characters) {
      std::size_t length = matched;
      while (!is_anchored && length > 0 && piece[length] != c) length = borders[length];
      if (piece[length] != c) continue;
      const State to = length + 1 == piece.size() ? next : first + static_cast<State>(length) + 1;
      node.edges.push_back({c, to});
    }
    nodes_.push_back(std::move(node));
  }
}

/// What stands between the `*`; one piece: no `*`.
Automaton Automaton::of_pieces(const std::vector<std::u32string>& pieces) {
  Automaton automaton;
  std::u32string all;
  for (const std::u32string& piece : pieces) all += piece;
  automaton.characters_ = distinct(all);

  // From the back: `next` is where the text goes on after the piece. The end of the text accepts nothing more.
  State next = settled;
  const bool ends_exactly = pieces.size() == 1 || !pieces.back().empty();
  if (ends_exactly) {
    next = automaton.next_state();
    automaton.nodes_.push_back({{}, dead, true});
  }
  for (std::size_t i = pieces.size(); i-- > 0;) {
    if (pieces[i].empty()) continue;
    const State first = automaton.next_state();
    automaton.add_piece(pieces[i], next, i == 0);
    next = first;
  }
  automaton.start_ = next;
  return automaton;
}

Automaton Automaton::of_wildcard(std::string_view text) {
  std::vector<std::u32string> pieces(1);
  for (const char32_t c : characters_of(text)) {
    if (c == U'*')
      pieces.emplace_back();
    else
      pieces.back() += c;
  }
  return of_pieces(pieces);
}

Automaton Automaton::of_text(std::string_view text) {
  return of_pieces({characters_of(text)});
}

Automaton Automaton::of_part(std::string_view text) {
  return of_pieces({{}, characters_of(text), {}});
}

/// [-] digits [. digits [E [-] digits]], or [-]Infinity.
Automaton Automaton::of_numbers() {
  Automaton automaton;
  constexpr std::u32string_view digits = U"0123456789";
  automaton.characters_ = distinct(U"0123456789-.EInfinty");
  enum : State { begin = 2, sign, whole, dot, fraction, exponent, exponent_sign, power };
  automaton.nodes_.resize(power + 1);
  const auto edge = [&](State from, char32_t c, State to) { automaton.nodes_[from].edges.push_back({c, to}); };
  const auto on_digits = [&](State from, State to) {
    for (const char32_t c : digits) edge(from, c, to);
  };
  edge(begin, U'-', sign);
  edge(exponent, U'-', exponent_sign);
  edge(whole, U'.', dot);
  on_digits(begin, whole);
  on_digits(sign, whole);
  on_digits(whole, whole);
  on_digits(dot, fraction);
  on_digits(fraction, fraction);
  edge(fraction, U'E', exponent);
  on_digits(exponent, power);
  on_digits(exponent_sign, power);
  on_digits(power, power);
  for (const State end : {whole, fraction, power}) automaton.nodes_[end].accepts = true;

  const State end = automaton.next_state();
  automaton.nodes_.push_back({{}, dead, true});
  const State infinity = automaton.next_state();
  automaton.add_piece(U"Infinity", end, true);
  const State nfinity = infinity + 1;
  edge(begin, U'I', nfinity);
  edge(sign, U'I', nfinity);
  automaton.start_ = begin;
  return automaton;
}

/// A product of many automata has many states, and most demands are met by chance: those that are not join one by one.
FoundText find_text(const std::vector<Requirement>& requirements, Budget& budget) {
  std::vector<Requirement> joined;
  std::vector<Requirement> left;
  for (const Requirement& requirement : requirements) (requirement.is_wanted ? joined : left).push_back(requirement);
  while (true) {
    FoundText found = Product(joined, budget).search();
    if (found.result != Search::found) return found;
    const auto unmet = std::find_if(left.begin(), left.end(), [&](const Requirement& requirement) {
      return requirement.automaton->accepts_text(found.text) != requirement.is_wanted;
    });
    if (unmet == left.end()) return found;
    joined.push_back(*unmet);
    left.erase(unmet);
  }
}

}  // namespace secretwatch::pattern
