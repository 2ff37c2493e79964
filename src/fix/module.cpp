/// Fixes of Terraform modules, in HCL and in JSON: the syntax trees know the place of every literal in either.
#include <algorithm>
#include <optional>

#include <fmt/format.h>

#include "fix/change_words.h"
#include "fix/fix.h"
#include "fix/properties.h"

namespace secretwatch::fix {
namespace {

using hcl::Attribute;
using hcl::Block;
using hcl::Body;
using hcl::Expression;
using lint::Change;
using lint::Edit;
using lint::Finding;
using lint::Fix;

std::uint32_t narrow(std::size_t offset) {
  return static_cast<std::uint32_t>(offset);
}

/// Nothing in it is worked out.
bool is_literal(const Expression& expression) {
  if (std::holds_alternative<hcl::NumberLiteral>(expression.body) ||
      std::holds_alternative<hcl::BooleanLiteral>(expression.body))
    return true;
  const auto* const text = std::get_if<hcl::Template>(&expression.body);
  if (text == nullptr || text->form == hcl::Template::Form::heredoc ||
      text->form == hcl::Template::Form::indented_heredoc)
    return false;
  return std::all_of(text->parts.begin(), text->parts.end(), [](const hcl::TemplatePart& part) {
    return std::holds_alternative<hcl::TemplateText>(part.body);
  });
}

/// The literal that stands there, alone or as the branch of a condition; null: there is none.
const Expression* literal_at(const Expression& expression, const Span& span) {
  if (expression.span == span) return is_literal(expression) ? &expression : nullptr;
  if (const auto* const inner = std::get_if<hcl::Parenthesised>(&expression.body))
    return literal_at(*inner->inner, span);
  const auto* const choice = std::get_if<hcl::Conditional>(&expression.body);
  if (choice == nullptr) return nullptr;
  const Expression* const then = literal_at(*choice->then, span);
  return then != nullptr ? then : literal_at(*choice->otherwise, span);
}

const Block* find_block(const Body& body, const Span& header) {
  for (const Block& block : body.blocks) {
    if (block.header == header) return &block;
    if (const Block* const inner = find_block(block.body, header)) return inner;
  }
  return nullptr;
}

/// An argument: an attribute of a block, or an entry of the object that in JSON may be a block.
struct Argument {
  std::string_view name;
  Span span;  // from the name to the end of the value
  const Expression* value;
};

std::optional<Argument> find_argument(const Expression& expression, const Span& name) {
  if (const auto* const list = std::get_if<hcl::Tuple>(&expression.body)) {
    for (const Expression& item : list->items)
      if (const std::optional<Argument> inner = find_argument(item, name)) return inner;
  }
  const auto* const object = std::get_if<hcl::Object>(&expression.body);
  if (object == nullptr) return std::nullopt;
  for (const hcl::ObjectEntry& entry : object->entries) {
    // Values of objects are known by their own place, not by that of their key.
    if (entry.value.span == name && entry.key == nullptr)
      return Argument{entry.name, {name.file, entry.key_span.begin, entry.value.span.end}, &entry.value};
    if (const std::optional<Argument> inner = find_argument(entry.value, name)) return inner;
  }
  return std::nullopt;
}

/// The argument with that name, here or in a block inside.
std::optional<Argument> find_argument(const Body& body, const Span& name) {
  for (const Attribute& attribute : body.attributes) {
    if (attribute.name_span == name) return Argument{attribute.name, attribute.span, &attribute.value};
    if (const std::optional<Argument> inner = find_argument(attribute.value, name)) return inner;
  }
  for (const Block& block : body.blocks)
    if (const std::optional<Argument> inner = find_argument(block.body, name)) return inner;
  return std::nullopt;
}

/// A resource of a module, and the text it stands in.
class Resource {
 public:
  Resource(std::string_view text, const Body& body) : text_(text), body_(body) {}

  std::optional<Step> write(const Change& change, const stack::Body& kind) const {
    if (change.value.is_nowhere()) return add(change, kind);
    const std::optional<Argument> argument = find_argument(body_, change.key);
    const Expression* const value = argument ? literal_at(*argument->value, change.value) : nullptr;
    if (value == nullptr) return std::nullopt;
    if (std::holds_alternative<std::monostate>(change.setting)) return remove(*argument, *value);
    const Scalar scalar = scalar_of(change.setting);
    if (!is_simple(scalar.text)) return std::nullopt;
    const bool has_quotes = text_[value->span.begin] == '"';
    return Step{{value->span, has_quotes || scalar.is_text ? quoted(scalar.text) : scalar.text},
                fmt::format("set {} to {}", argument->name, scalar.text)};
  }

 private:
  static std::string quoted(std::string_view text) { return fmt::format("\"{}\"", text); }
  bool is_json(const Span& argument) const { return text_[argument.begin] == '"'; }

  std::size_t line_start(std::size_t at) const {
    const std::size_t before = at == 0 ? std::string_view::npos : text_.rfind('\n', at - 1);
    return before == std::string_view::npos ? 0 : before + 1;
  }
  std::string_view line_break() const {
    const std::size_t first = text_.find('\n');
    return first != std::string_view::npos && first > 0 && text_[first - 1] == '\r' ? "\r\n" : "\n";
  }
  /// What stands before it on its line; nothing: more than blanks.
  std::optional<std::string_view> margin(std::size_t at) const {
    const std::string_view before = text_.substr(line_start(at), at - line_start(at));
    if (before.find_first_not_of(" \t") != std::string_view::npos) return std::nullopt;
    return before;
  }
  bool is_on_one_line(const Span& argument) const {
    return text_.substr(argument.begin, argument.end - argument.begin).find('\n') == std::string_view::npos;
  }
  /// The place of the line break; nothing: something else than a comment stands behind.
  std::optional<std::size_t> end_of_own_line(std::size_t at) const {
    std::size_t end = std::min(text_.find('\n', at), text_.size());
    if (end > at && text_[end - 1] == '\r') --end;
    const std::size_t first = text_.find_first_not_of(" \t", at);
    const bool is_comment = first < end && (text_[first] == '#' || text_.compare(first, 2, "//") == 0);
    return first >= end || is_comment ? std::optional(end) : std::nullopt;
  }

  std::optional<Step> add(const Change& change, const stack::Body& kind) const {
    const PropertyName* const name = find_property(kind, change.property);
    const Scalar scalar = scalar_of(change.setting);
    if (name == nullptr || !is_simple(scalar.text) || body_.find(name->terraform) != nullptr) return std::nullopt;
    const std::string value = scalar.is_text ? quoted(scalar.text) : scalar.text;
    for (std::size_t i = body_.attributes.size(); i-- > 0;) {
      const Attribute& behind = body_.attributes[i];
      if (!is_on_one_line(behind.span)) continue;
      const std::optional<Edit> edit =
          is_json(behind.span) ? add_to_json(behind, name->terraform, value) : add_line(behind, name->terraform, value);
      if (edit) return Step{*edit, fmt::format("add {} = {}", name->terraform, scalar.text)};
    }
    return std::nullopt;
  }

  /// With its `=` below that of the line above.
  std::optional<Edit> add_line(const Attribute& behind, std::string_view name, const std::string& value) const {
    const std::optional<std::string_view> indentation = margin(behind.span.begin);
    const std::optional<std::size_t> end = end_of_own_line(behind.span.end);
    const std::size_t equals = text_.find('=', behind.name_span.end);
    if (!indentation || !end || equals == std::string_view::npos) return std::nullopt;
    const std::size_t width = equals - behind.span.begin;
    const Span place{behind.span.file, narrow(*end), narrow(*end)};
    return Edit{place,
                fmt::format("{}{}{:<{}}= {}", line_break(), *indentation, fmt::format("{} ", name), width, value)};
  }

  std::optional<Edit> add_to_json(const Attribute& behind, std::string_view name, const std::string& value) const {
    if (!is_literal(behind.value)) return std::nullopt;
    const std::optional<std::string_view> indentation = margin(behind.span.begin);
    const std::string separator = indentation ? fmt::format("{}{}", line_break(), *indentation) : " ";
    const Span place{behind.span.file, behind.value.span.end, behind.value.span.end};
    return Edit{place, fmt::format(",{}{}: {}", separator, quoted(name), value)};
  }

  std::optional<Step> remove(const Argument& argument, const Expression& value) const {
    if (!(value.span == argument.value->span) || !is_on_one_line(argument.span)) return std::nullopt;
    const std::optional<Span> span = is_json(argument.span) ? with_comma(argument.span) : whole_line(argument.span);
    if (!span) return std::nullopt;
    return Step{{*span, {}}, fmt::format("remove {}", argument.name)};
  }

  /// A comment behind it would have nothing left to speak of.
  std::optional<Span> whole_line(const Span& argument) const {
    const std::size_t end = std::min(text_.find('\n', argument.end), text_.size() - 1) + 1;
    const std::size_t rest = text_.find_first_not_of(" \t\r\n", argument.end);
    if (!margin(argument.begin) || rest < end) return std::nullopt;
    return Span{argument.file, narrow(line_start(argument.begin)), narrow(end)};
  }
  std::optional<Span> with_comma(const Span& span) const {
    constexpr std::string_view blanks = " \t\r\n";
    const std::size_t after = text_.find_first_not_of(blanks, span.end);
    if (after != std::string_view::npos && text_[after] == ',') {
      const std::size_t next = std::min(text_.find_first_not_of(blanks, after + 1), text_.size());
      return Span{span.file, span.begin, narrow(next)};
    }
    const std::size_t before = text_.find_last_not_of(blanks, span.begin - 1);
    if (before == std::string_view::npos || text_[before] != ',') return std::nullopt;
    return Span{span.file, narrow(before), span.end};
  }

  std::string_view text_;
  const Body& body_;
};

std::optional<Fix> fix_of(const Sources& sources, const std::vector<const hcl::File*>& files, const stack::Stack& stack,
                          const std::vector<Change>& changes) {
  Fix fix;
  for (const Change& change : changes) {
    const stack::Resource& resource = stack[change.resource];
    const auto file = std::find_if(files.begin(), files.end(),
                                   [&](const hcl::File* each) { return each->body.span.file == resource.span.file; });
    const Block* const block = file == files.end() ? nullptr : find_block((*file)->body, resource.span);
    if (block == nullptr) return std::nullopt;
    const Resource written(sources.text(resource.span.file), block->body);
    const std::optional<Step> step = written.write(change, resource.body);
    if (!step) return std::nullopt;
    add(*step, fix);
  }
  return fix;
}

/// What there is, in the order of the text, but for what a span touches.
void list(const Body& body, const std::vector<Span>& touched, std::vector<std::string>& names) {
  const auto is_touched = [&](const Span& span) {
    return std::any_of(touched.begin(), touched.end(),
                       [&](const Span& each) { return each.begin < span.end && span.begin < each.end; });
  };
  for (const Attribute& attribute : body.attributes)
    if (!is_touched(attribute.span)) names.push_back(attribute.name);
  for (const Block& block : body.blocks) {
    names.push_back(block.type + " {");
    for (const hcl::Label& label : block.labels) names.push_back(label.text);
    list(block.body, touched, names);
    names.emplace_back("}");
  }
}

}  // namespace

void find_fixes(const Sources& sources, const std::vector<const hcl::File*>& files, const stack::Stack& stack,
                std::vector<Finding>& findings) {
  for (Finding& finding : findings)
    if (!finding.changes.empty()) finding.fix = fix_of(sources, files, stack, finding.changes);
}

bool differ_only_in(const std::vector<Edit>& edits, const Body& before, const Body& after) {
  const Touched touched = touched_by(edits);
  std::vector<std::string> old_names;
  std::vector<std::string> new_names;
  list(before, touched.before, old_names);
  list(after, touched.after, new_names);
  return old_names == new_names;
}

}  // namespace secretwatch::fix
