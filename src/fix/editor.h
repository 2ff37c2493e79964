#pragma once
/// Editor: changes of a tree's text, one entry of a mapping at a time.
///
///     const Editor editor(text, root);
///     editor.replace(value, "Sum");                        // 'Average' -> 'Sum': its quotes stay
///     editor.add(mapping, "TreatMissingData", "notBreaching");
///
/// Nothing where it cannot be done without touching anything else.
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

#include "doc/doc.h"
#include "fix/change_words.h"
#include "lint/rule.h"

namespace secretwatch::fix {

class Editor {
 public:
  Editor(std::string_view text, const doc::Node& root);

  /// The value that stands there and nowhere else in the tree; null: there is none, or an alias names it.
  const doc::Node* find(const Span& span) const;
  bool is_alone(const doc::Node& node) const;

  std::optional<lint::Edit> replace(const doc::Node& value, const Scalar& scalar) const;
  /// Behind the last entry that is a scalar on one line, else before the first.
  std::optional<lint::Edit> add(const doc::Node& mapping, std::string_view name, const Scalar& scalar) const;
  /// An entry that has its line for itself, or stands between commas.
  std::optional<lint::Edit> remove(const doc::Node& mapping, const Span& value) const;

  std::string_view under(const Span& span) const;

 private:
  struct Seen {
    const doc::Node* node = nullptr;
    std::size_t times = 0;
  };
  void visit(const doc::Node& node);
  bool is_flow(const doc::Node& mapping) const;
  std::size_t line_start(std::size_t at) const;
  bool begins_line(std::size_t at) const;
  bool is_on_one_line(const doc::Node& value) const;
  std::optional<std::size_t> end_of_own_line(const doc::Node& value) const;
  std::string_view line_break() const;
  std::string spelled(const doc::Node& mapping, std::string_view name, const Scalar& scalar) const;
  lint::Edit add_to_flow(const doc::Node& mapping, const doc::Entry* behind, const std::string& entry) const;
  std::optional<lint::Edit> remove_from_flow(const doc::Node& mapping, std::size_t which) const;

  std::string_view text_;
  std::unordered_map<std::uint64_t, Seen> values_;
};

}  // namespace secretwatch::fix
