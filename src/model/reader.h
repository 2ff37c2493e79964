#pragma once
/// Reader: typed access to a located tree; each question that is answered with nothing has added its error.
///
///     Fields fields(node, "the alert", {"detect", "secrets"}, out);    // reports unknown keys
///     if (const doc::Node* runbook = fields.get("runbook")) alert.runbook = read_text(*runbook, out).value_or("");
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostic.h"
#include "doc/doc.h"

namespace secretwatch::model {

/// The keys of one mapping.
class Fields {
 public:
  /// `what` names the mapping in messages ("a secret"). Reports a node that is no mapping, and every key not in
  /// `known`.
  Fields(const doc::Node& node, std::string_view what, std::vector<std::string_view> known, Diagnostics& out);

  bool is_mapping() const { return node_.kind == doc::Kind::mapping; }
  bool has(std::string_view key) const { return find(key) != nullptr; }

  /// The value; null: the key is not written.
  const doc::Node* get(std::string_view key) const;
  /// The value; a missing key is an error.
  const doc::Node* require(std::string_view key) const;
  /// Where the key itself stands; the mapping, if it is not written.
  Span key_span(std::string_view key) const;

 private:
  const doc::Entry* find(std::string_view key) const;

  const doc::Node& node_;
  std::string what_;
  Diagnostics& out_;
};

/// Text that AWS is to see as text: an unquoted number, boolean or null is an error, and so is what YAML versions read
/// differently.
std::optional<std::string> read_text(const doc::Node& node, Diagnostics& out);
/// The same for the key of an entry.
bool check_key_text(const doc::Node& key, Diagnostics& out);

/// Text for which `problem(text)` is "". An empty text is a fault of its own.
std::optional<std::string> read_text(const doc::Node& node, std::string (*problem)(std::string_view), Diagnostics& out);
/// Text of at most so many characters, for people: any character.
std::optional<std::string> read_free_text(const doc::Node& node, std::size_t most, Diagnostics& out);

std::optional<bool> read_boolean(const doc::Node& node, Diagnostics& out);
std::optional<std::uint32_t> read_integer(const doc::Node& node, std::uint32_t least, std::uint32_t most,
                                          Diagnostics& out);
/// The index of one of the words.
std::optional<std::size_t> read_choice(const doc::Node& node, const std::vector<std::string_view>& words,
                                       Diagnostics& out);

/// Duration in whole days, at least one.
std::optional<std::uint32_t> read_days(const doc::Node& node, Diagnostics& out);

/// The items of a list that has at least one; scalars that stand there twice are reported.
const std::vector<doc::Node>* read_list(const doc::Node& node, Diagnostics& out);

/// "a list", "the number 3", … for messages.
std::string describe(const doc::Node& node);

/// Adds "'{text}' {problem}" for a text that is not fine.
void report_problem(const doc::Node& node, std::string_view problem, Diagnostics& out);

}  // namespace secretwatch::model
