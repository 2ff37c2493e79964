#pragma once
/// Doc: YAML text -> one tree in which every node knows its place.
///
///     Sources sources;
///     const FileId file = sources.add("spec.yaml", "name: payments\n");
///     Diagnostics out;
///     const std::optional<Node> root = doc::read_yaml(sources, file, {}, out);
///     root->find("name")->text;    // "payments", with root->find("name")->span on the word
///
/// What is refused, each with its place: text that is not UTF-8, control characters, tabs as indentation, a second
/// document, duplicate keys, keys that are not scalars, anchors that contain themselves or expand past the budget,
/// nesting deeper than yaml-cpp allows (some 400 levels). Aliases are expanded; `<<` is a key like any other.
/// Scalars stay text: whether `010` is a number is the reader's question (type_of), never a library's guess.
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostic.h"
#include "base/source.h"

namespace secretwatch::doc {

namespace codes {
inline constexpr Code not_utf8{"SW0001", "not-utf8"};
inline constexpr Code control_character{"SW0002", "control-character"};
inline constexpr Code too_large{"SW0003", "too-large"};
inline constexpr Code yaml_syntax{"SW0004", "yaml-syntax"};
inline constexpr Code tab_indentation{"SW0005", "tab-indentation"};
inline constexpr Code second_document{"SW0006", "second-document"};
inline constexpr Code duplicate_key{"SW0007", "duplicate-key"};
inline constexpr Code key_not_scalar{"SW0008", "key-not-scalar"};
inline constexpr Code anchor_expansion{"SW0009", "anchor-expansion"};
inline constexpr Code nested_too_deeply{"SW0010", "nested-too-deeply"};
}  // namespace codes

enum class Kind { null, scalar, sequence, mapping };
enum class Style { plain, quoted, block };

struct Entry;

struct Node {
  Kind kind = Kind::null;
  Style style = Style::plain;  // of a scalar
  Span span;
  std::string text{};  // of a scalar, decoded
  std::string tag{};   // "!Ref", "tag:yaml.org,2002:str"; empty: none written
  std::vector<Node> items{};
  std::vector<Entry> entries;  // in the order of the text

  /// The value of a key of this mapping; null: no such key, or no mapping.
  const Node* find(std::string_view key) const;
};

struct Entry {
  Node key;  // always a scalar
  Node value;
};

/// What an unquoted scalar is. `ambiguous`: YAML 1.1 and YAML 1.2 readers disagree (yes, 2024-01-31, 1_000, 12:30), so
/// that no two tools see the same value; quoting settles it.
enum class ScalarType { null, boolean, integer, real, text, ambiguous };
ScalarType type_of(const Node& node);

struct Limits {
  std::size_t bytes = 1'000'000;
  std::size_t expanded_nodes = 100'000;  // nodes made by aliases
};

/// The document's root, or nothing and at least one error. An empty document is a null node.
std::optional<Node> read_yaml(const Sources& sources, FileId file, const Limits& limits, Diagnostics& out);

}  // namespace secretwatch::doc
