#pragma once
/// Automaton: the texts that an operand accepts, as a deterministic automaton over Unicode characters; and the search
/// for a text that some automata accept and others do not.
///
///     const Automaton prefix = Automaton::of_wildcard("s3*");
///     const Automaton name = Automaton::of_wildcard("s3.amazonaws.com");
///     find_text({{&prefix, true}, {&name, true}}, budget);    // found: "s3.amazonaws.com"
///     find_text({{&name, true}, {&prefix, false}}, budget);   // none: proven, every state was visited
///
/// A wildcard that takes first occurrences and never goes back (wildcard.h) is deterministic as it stands: the
/// automaton of Knuth, Morris and Pratt for each piece, one after the other. Over characters instead of bytes it is the
/// same, since no character's bytes occur within another's.
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "pattern/budget.h"

namespace secretwatch::pattern {

class Automaton {
 public:
  using State = std::uint32_t;
  static constexpr State dead = 0;     // accepts nothing any more
  static constexpr State settled = 1;  // accepts whatever follows

  /// `*` stands for any text, as in Wildcard.
  static Automaton of_wildcard(std::string_view text);
  static Automaton of_text(std::string_view text);
  /// Texts in which `text` occurs.
  static Automaton of_part(std::string_view text);
  /// A superset of what text_of_json_number() gives.
  static Automaton of_numbers();

  State start() const { return start_; }
  State step(State state, char32_t character) const;
  bool accepts(State state) const { return nodes_[state].accepts; }
  bool accepts_text(std::string_view text) const;

  /// The characters that it tells apart; to all others it behaves alike.
  const std::vector<char32_t>& characters() const { return characters_; }

 private:
  struct Edge {
    char32_t character = 0;
    State to = 0;
  };
  struct Node {
    std::vector<Edge> edges{};  // in the order of the characters
    State otherwise = dead;     // for every other character
    bool accepts = false;
  };

  Automaton() : nodes_{{{}, dead, false}, {{}, settled, true}} {}

  State next_state() const { return static_cast<State>(nodes_.size()); }
  /// A chain of states that leads to `next`: the piece directly, or wherever it first occurs.
  void add_piece(std::u32string_view piece, State next, bool is_anchored);
  static Automaton of_pieces(const std::vector<std::u32string>& pieces);

  std::vector<Node> nodes_;
  std::vector<char32_t> characters_;
  State start_ = dead;
};

/// One automaton and whether its texts are wanted or unwanted.
struct Requirement {
  const Automaton* automaton = nullptr;
  bool is_wanted = true;
};

/// What a search for a value comes to.
enum class Search { found, none, not_decided };

struct FoundText {
  Search result = Search::not_decided;
  std::string text{};  // a shortest one
};

FoundText find_text(const std::vector<Requirement>& requirements, Budget& budget);

}  // namespace secretwatch::pattern
