#include "fix/editor.h"

#include <algorithm>

#include <fmt/format.h>

#include "base/text.h"

namespace secretwatch::fix {
namespace {

using doc::Entry;
using doc::Kind;
using doc::Node;
using doc::Style;
using lint::Edit;

std::uint64_t key_of(const Span& span) {
  return static_cast<std::uint64_t>(span.begin) << 32U | span.end;
}

/// Would a text without quotes be taken for something else?
bool needs_quotes(const std::string& text) {
  Node node;
  node.kind = Kind::scalar;
  node.text = text;
  return type_of(node) != doc::ScalarType::text;
}

bool is_blank(char c) {
  return c == ' ' || c == '\t';
}

std::uint32_t narrow(std::size_t offset) {
  return static_cast<std::uint32_t>(offset);
}

}  // namespace

Editor::Editor(std::string_view text, const Node& root) : text_(text) {
  visit(root);
}

void Editor::visit(const Node& node) {
  Seen& seen = values_[key_of(node.span)];
  seen.node = &node;
  ++seen.times;
  for (const Node& item : node.items) visit(item);
  for (const Entry& entry : node.entries) visit(entry.value);
}

const Node* Editor::find(const Span& span) const {
  const auto found = values_.find(key_of(span));
  return found == values_.end() || found->second.times != 1 ? nullptr : found->second.node;
}

bool Editor::is_alone(const Node& node) const {
  return find(node.span) == &node;
}

std::string_view Editor::under(const Span& span) const {
  return text_.substr(span.begin, span.end - span.begin);
}

bool Editor::is_flow(const Node& mapping) const {
  std::size_t at = mapping.span.begin;
  while (at < text_.size() && (text_[at] == '&' || text_[at] == '!')) {
    at = std::min(text_.find_first_of(" \t\r\n", at), text_.size());
    at = std::min(text_.find_first_not_of(" \t\r\n", at), text_.size());
  }
  return at < text_.size() && text_[at] == '{';
}

std::size_t Editor::line_start(std::size_t at) const {
  const std::size_t before = at == 0 ? std::string_view::npos : text_.rfind('\n', at - 1);
  return before == std::string_view::npos ? 0 : before + 1;
}

bool Editor::begins_line(std::size_t at) const {
  const std::size_t start = line_start(at);
  return std::all_of(text_.begin() + static_cast<std::ptrdiff_t>(start),
                     text_.begin() + static_cast<std::ptrdiff_t>(at), is_blank);
}

/// A scalar whose span is all of it: of block scalars and plain ones over several lines it is not.
bool Editor::is_on_one_line(const Node& value) const {
  if (value.kind != Kind::scalar || value.style == Style::block) return false;
  const std::string_view written = under(value.span);
  if (value.style == Style::plain) return written == value.text;
  return written.size() >= 2 && written.back() == written.front() && written.find('\n') == std::string_view::npos;
}

/// The place of the line break; nothing: something else than a comment stands behind the value.
std::optional<std::size_t> Editor::end_of_own_line(const Node& value) const {
  std::size_t end = std::min(text_.find('\n', value.span.end), text_.size());
  if (end > value.span.end && text_[end - 1] == '\r') --end;
  const std::string_view rest = text_.substr(value.span.end, end - value.span.end);
  const std::size_t first = rest.find_first_not_of(" \t");
  if (first != std::string_view::npos && (rest[first] != '#' || first == 0)) return std::nullopt;
  return end;
}

std::string_view Editor::line_break() const {
  const std::size_t first = text_.find('\n');
  return first != std::string_view::npos && first > 0 && text_[first - 1] == '\r' ? "\r\n" : "\n";
}

std::optional<Edit> Editor::replace(const Node& value, const Scalar& scalar) const {
  if (!is_simple(scalar.text) || !value.tag.empty() || !is_on_one_line(value)) return std::nullopt;
  const char quote = value.style == Style::quoted ? text_[value.span.begin] : '\0';
  if (quote != '\0' && quote != '"' && quote != '\'') return std::nullopt;
  return Edit{value.span, quote == '\0' ? scalar.text : fmt::format("{}{}{}", quote, scalar.text, quote)};
}

/// In the manner of the first entry: with quotes around its name, or without.
std::string Editor::spelled(const Node& mapping, std::string_view name, const Scalar& scalar) const {
  const char first = text_[mapping.entries.front().key.span.begin];
  const bool quotes_names = first == '"';
  const auto quoted = [](std::string_view text, char quote) { return fmt::format("{}{}{}", quote, text, quote); };
  std::string value = scalar.text;
  if (scalar.is_text && quotes_names) value = quoted(value, '"');
  if (scalar.is_text && !quotes_names && needs_quotes(value)) value = quoted(value, '\'');
  return fmt::format("{}: {}", quotes_names ? quoted(name, '"') : std::string(name), value);
}

Edit Editor::add_to_flow(const Node& mapping, const Entry* behind, const std::string& entry) const {
  const std::size_t key = behind == nullptr ? mapping.entries.front().key.span.begin : behind->key.span.begin;
  std::string separator = " ";
  if (begins_line(key)) {
    const std::size_t start = line_start(key);
    separator = fmt::format("{}{}", line_break(), text_.substr(start, key - start));
  }
  const FileId file = mapping.span.file;
  if (behind == nullptr) return {{file, narrow(key), narrow(key)}, fmt::format("{},{}", entry, separator)};
  const std::uint32_t end = behind->value.span.end;
  return {{file, end, end}, fmt::format(",{}{}", separator, entry)};
}

std::optional<Edit> Editor::add(const Node& mapping, std::string_view name, const Scalar& scalar) const {
  if (mapping.kind != Kind::mapping || mapping.entries.empty() || mapping.find(name) != nullptr) return std::nullopt;
  if (!is_simple(scalar.text) || !is_alone(mapping)) return std::nullopt;
  const bool flow = is_flow(mapping);
  const std::string entry = spelled(mapping, name, scalar);
  const Entry* behind = nullptr;
  for (const Entry& each : mapping.entries) {
    const bool is_own = each.key.span.begin >= mapping.span.begin && is_alone(each.value);
    if (is_own && is_on_one_line(each.value) && (flow || end_of_own_line(each.value))) behind = &each;
  }
  if (flow) return add_to_flow(mapping, behind, entry);
  const std::size_t first = mapping.entries.front().key.span.begin;
  if (!begins_line(first)) return std::nullopt;
  const std::size_t start = line_start(first);
  const std::string_view indentation = text_.substr(start, first - start);
  const FileId file = mapping.span.file;
  if (behind == nullptr)
    return Edit{{file, narrow(first), narrow(first)}, fmt::format("{}{}{}", entry, line_break(), indentation)};
  const std::uint32_t end = narrow(*end_of_own_line(behind->value));
  return Edit{{file, end, end}, fmt::format("{}{}{}", line_break(), indentation, entry)};
}

std::optional<Edit> Editor::remove_from_flow(const Node& mapping, std::size_t which) const {
  const Entry& entry = mapping.entries[which];
  std::size_t begin = entry.key.span.begin;
  std::size_t end = entry.value.span.end;
  if (which + 1 < mapping.entries.size()) {
    end = mapping.entries[which + 1].key.span.begin;
  } else {
    begin = text_.find_last_not_of(" \t\r\n", begin - 1);
    if (begin == std::string_view::npos || text_[begin] != ',') return std::nullopt;
  }
  const Span span{mapping.span.file, narrow(begin), narrow(end)};
  if (under(span).find('#') != std::string_view::npos) return std::nullopt;
  return Edit{span, {}};
}

std::optional<Edit> Editor::remove(const Node& mapping, const Span& value) const {
  if (mapping.kind != Kind::mapping || mapping.entries.size() < 2 || !is_alone(mapping)) return std::nullopt;
  const auto found = std::find_if(mapping.entries.begin(), mapping.entries.end(),
                                  [&](const Entry& entry) { return entry.value.span == value; });
  if (found == mapping.entries.end() || !found->value.tag.empty() || !is_on_one_line(found->value) ||
      !is_alone(found->value))
    return std::nullopt;
  if (is_flow(mapping)) return remove_from_flow(mapping, static_cast<std::size_t>(found - mapping.entries.begin()));
  const std::optional<std::size_t> end = end_of_own_line(found->value);
  if (!begins_line(found->key.span.begin) || !end) return std::nullopt;
  // A comment behind it would have nothing left to speak of.
  const Span line{mapping.span.file, narrow(line_start(found->key.span.begin)),
                  narrow(std::min(text_.find('\n', *end), text_.size() - 1) + 1)};
  if (under(line).find('#') != std::string_view::npos) return std::nullopt;
  return Edit{line, {}};
}

}  // namespace secretwatch::fix
