#pragma once
/// Json: a log message read as JSON, strictly and to any depth.
///
///     const std::optional<Json> json = read_json(R"({"a": {"b": 1e309}})");
///     json->member(json->root(), "a");   // 1: the object that "a" names
///
/// Reading accepts exactly RFC 8259: one value, nothing after it, UTF-8 without byte order mark, no control characters
/// in strings, escapes that make characters (a lone surrogate makes none). Numbers stay as written, because the service
/// takes ones that no double or 64-bit integer holds; hence a reader of our own instead of simdjson's, whose DOM
/// refuses those and whose depth ends at 1,024. Nothing here calls itself, so nesting is limited by memory alone.
/// Duplicate keys: the last one counts. No recording tells; it is what the JSON readers of Java do, which the service
/// appears to be written in. CloudTrail records have none.
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace secretwatch::pattern {

class Json {
 public:
  /// A value's place in the message: the root is 0, the value that follows a container is its first child.
  using Id = std::size_t;

  enum class Kind : std::uint8_t { null, false_value, true_value, number, string, array, object };

  static constexpr Id root() { return 0; }
  Kind kind(Id value) const { return nodes_[value].kind; }
  /// Of a string its characters, of a number its spelling.
  std::string_view text(Id value) const { return characters(nodes_[value].text); }

  /// Nothing if `value` is no object, or has no such member.
  std::optional<Id> member(Id value, std::string_view key) const;
  /// Nothing if `value` is no array, or too short.
  std::optional<Id> element(Id value, std::uint64_t position) const;
  /// The values of an object's members or an array's elements; empty for everything else.
  std::vector<Id> children(Id value) const;

 private:
  friend class JsonReader;
  friend class JsonForm;
  /// Where characters stand in the pool.
  struct Piece {
    std::size_t begin = 0;
    std::size_t size = 0;
  };
  struct Node {
    Kind kind = Kind::null;
    Id end = 0;  // the node after the last descendant
    Piece key{};
    Piece text{};
  };
  bool is_named(const Node& node, std::string_view key) const {
    return node.key.size == key.size() && key.compare({pool_.data() + node.key.begin, key.size()}) == 0;
  }
  std::string_view characters(const Piece& piece) const {
    return std::string_view(pool_).substr(piece.begin, piece.size);
  }

  std::vector<Node> nodes_;
  std::string pool_;  // of all keys, strings and numbers
};

/// Nothing if the text is not JSON.
std::optional<Json> read_json(std::string_view text);

}  // namespace secretwatch::pattern
