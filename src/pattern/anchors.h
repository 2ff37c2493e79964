#pragma once
/// Anchors: many texts with wildcards, asked all at once which of them a value may fit.
///
///     Anchors anchors;
///     anchors.add("db", 0);
///     anchors.add("*:secret:db-*", 1);
///     anchors.finish();
///     anchors.candidates("arn:aws:secretsmanager:eu-west-1:111122223333:secret:db-AbCdEf", out);   // 1
///
/// A text without `*` is found by hash; of every other one the longest piece is looked for, all pieces in one pass over
/// the value (the automaton of Aho and Corasick). Whoever fits is a candidate; a candidate need not fit.
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace secretwatch::pattern {

class Anchors {
 public:
  using User = std::uint32_t;

  /// Can it be told from other texts? `*` cannot.
  static bool can_hold(std::string_view text);
  void add(std::string_view text, User user);
  /// Once, after the last add().
  void finish();

  /// Appends the users, some perhaps more than once.
  void candidates(std::string_view value, std::vector<User>& out) const;

 private:
  using State = std::uint32_t;
  static constexpr State none = 0xFFFFFFFF;
  struct Node {
    State shorter = 0;           // the longest other beginning of a piece that ends here too
    State shorter_piece = none;  // the same, but a whole piece
    std::vector<User> users{};
  };
  struct TextHash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>{}(text); }
  };

  State next(State state, char c) const;
  State child(State state, char c) const;
  State add_child(State state, char c);
  void grow();

  std::unordered_map<std::string, std::vector<User>, TextHash, std::equal_to<>> whole_;
  std::vector<Node> nodes_ = std::vector<Node>(1);
  /// Open addressing: the key is state and character, 0 is free.
  struct Edge {
    std::uint64_t key = 0;
    State to = 0;
  };
  static std::uint64_t key_of(State state, char c) {
    return ((static_cast<std::uint64_t>(state) << 8) | static_cast<unsigned char>(c)) + 1;
  }
  std::size_t slot_of(std::uint64_t key) const;
  std::vector<Edge> edges_ = std::vector<Edge>(64);
  std::size_t edge_count_ = 0;
};

}  // namespace secretwatch::pattern
