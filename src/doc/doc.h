#pragma once
/// Doc: YAML or JSON text -> one tree in which every node knows its place.
///
///     Sources sources;
///     const FileId file = sources.add("spec.yaml", "name: payments\n");
///     Diagnostics out;
///     const std::optional<Node> root = doc::read_yaml(sources, file, {}, out);
///     root->find("name")->text;    // "payments", with root->find("name")->span on the word
///
/// What is refused, each with its place: text that is not UTF-8, control characters, a second document, keys that are
/// not scalars, anchors that contain themselves or expand past the budget, nesting deeper than some 400 levels. A text
/// of our own language (Dialect::spec) must also have no duplicate keys and no tabs as indentation. Of a template it is
/// asked no more than what its cloud asks: a key may come twice, and then the last counts; `<<` merges mappings.
/// Aliases are expanded. Scalars stay text: whether `010` is a number is the reader's question (type_of), never a
/// library's guess. A byte order mark is skipped.
#include <cstddef>
#include <cstdint>
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
inline constexpr Code json_syntax{"SW0011", "json-syntax"};
inline constexpr Code repeated_key{"SW0012", "repeated-key", Severity::warning};
inline constexpr Code bad_merge{"SW0013", "bad-merge"};
}  // namespace codes

enum class Kind : std::uint8_t { null, scalar, sequence, mapping };
enum class Style : std::uint8_t { plain, quoted, block };

struct Entry;

struct Node {
  Kind kind = Kind::null;
  Style style = Style::plain;  // of a scalar
  Span span;
  std::string text{};  // of a scalar, decoded
  std::string tag{};   // "!Ref", "tag:yaml.org,2002:str"; empty: none written
  std::vector<Node> items{};
  std::vector<Entry> entries;  // in the order of the text

  /// The value of a key of this mapping, of one written twice the last; null: no such key, or no mapping.
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

/// Whose text is it? See above.
enum class Dialect { spec, template_language };

struct Limits {
  std::size_t bytes = 1'000'000;
  std::size_t expanded_nodes = 100'000;  // nodes made by aliases
  Dialect dialect = Dialect::spec;
};

/// The document's root, or nothing and at least one error. An empty document is a null node.
std::optional<Node> read_yaml(const Sources& sources, FileId file, const Limits& limits, Diagnostics& out);

/// As read_yaml, for RFC 8259. Strings are quoted scalars; numbers, true and false are plain ones; an empty document is
/// an error.
std::optional<Node> read_json(const Sources& sources, FileId file, const Limits& limits, Diagnostics& out);

/// One of the two: JSON when the text begins with `{` or `[` and is JSON throughout, as YAML's flow style looks alike.
std::optional<Node> read(const Sources& sources, FileId file, const Limits& limits, Diagnostics& out);

/// `# text` to the end of its line, in the order of the text.
struct Comment {
  Span span;
  std::string_view text;  // with the `#`; lives as long as the sources
  bool own_line = false;  // nothing but blanks before it
};

/// The comments of a YAML document; `#` inside a scalar is none. Requires the root that was read from the file.
std::vector<Comment> comments_of(const Sources& sources, FileId file, const Node& root);

}  // namespace secretwatch::doc
