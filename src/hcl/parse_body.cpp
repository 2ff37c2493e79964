/// Bodies: arguments and blocks, and how reading goes on after a fault.
#include <algorithm>
#include <unordered_map>

#include "base/text.h"
#include "hcl/parser.h"
#include "hcl/unicode.h"

namespace secretwatch::hcl {

const Attribute* Body::find(std::string_view name) const {
  for (const Attribute& attribute : attributes)
    if (attribute.name == name) return &attribute;
  return nullptr;
}

Body Parser::file_body() {
  return body(Until::end, Token{});
}

/// Up to the end of the text, or to the brace that closes the block, which is taken.
Body Parser::body(Until until, const Token& opener) {
  const Nesting nesting(*this);
  const NewlinesMatter newlines(lexer_, true);
  Body result;
  const std::size_t begin = lexer_.position();
  std::unordered_map<std::string_view, Span> names;
  while (!is_failing_) {
    const Token next = lexer_.peek();
    if (next.kind == Kind::newline) {
      lexer_.take();
    } else if (next.kind == Kind::end && until == Until::end) {
      break;
    } else if (next.kind == Kind::close_brace && until == Until::close_brace) {
      lexer_.take();
      break;
    } else if (next.kind == Kind::end) {
      fault(codes::unclosed, span(opener), "this block is not closed");
    } else {
      const std::size_t attributes_before = result.attributes.size();
      body_item(result);
      if (result.attributes.size() > attributes_before) {
        const Attribute& added = result.attributes.back();
        // The key points into the text, not into the vector, which moves.
        const auto [first, is_new] =
            names.emplace(lexer_.text().substr(next.begin, next.end - next.begin), added.name_span);
        if (!is_new && !is_failing_) {
          fault(codes::duplicate_attribute, added.name_span, "argument '{}' is given twice", shown(added.name));
          note(first->second, "first given here");
          is_failing_ = false;  // reading can go on
        }
      }
      if (is_failing_) recover(next.begin);
    }
  }
  result.span = span_from(begin);
  return result;
}

void Parser::body_item(Body& into) {
  const Token first = lexer_.peek();
  if (first.kind == Kind::quote)
    return fault(codes::unexpected_token, span(first), "the name of an argument is written without quotes");
  if (first.kind != Kind::identifier) return unexpected(first, "an argument or a block");
  lexer_.take();
  switch (lexer_.peek().kind) {
    case Kind::equal:
      attribute(into, first);
      return end_of_item("an argument");
    case Kind::quote:
    case Kind::open_brace:
    case Kind::identifier:
      return block(into, first);
    default:
      unexpected(lexer_.peek(), "'=' or a block");
  }
}

void Parser::attribute(Body& into, const Token& name) {
  lexer_.take();  // the equals sign
  Expression value = expression();
  if (is_failing_) return;
  const Span whole = span_from(name.begin);
  into.attributes.push_back({std::string(lexer_.text_of(name)), span(name), std::move(value), whole});
}

void Parser::end_of_item(std::string_view what) {
  if (is_failing_ || is_next(Kind::end) || accept(Kind::newline)) return;
  const Token next = lexer_.peek();
  if (next.kind == Kind::unclosed_comment) return unexpected(next, "");
  fault(codes::unexpected_token, span(next), "{} ends with its line, but {} follows", what, describe(next.kind));
}

bool Parser::block_labels(Block& block) {
  while (true) {
    const Token next = lexer_.peek();
    if (next.kind == Kind::open_brace) return true;
    if (next.kind == Kind::identifier) {
      lexer_.take();
      block.labels.push_back({std::string(lexer_.text_of(next)), span(next)});
    } else if (next.kind == Kind::quote) {
      block.labels.push_back(quoted_label());
      if (is_failing_) return false;
    } else {
      if (next.kind == Kind::equal)
        fault(codes::bad_block, span(next), "a block is opened by a brace without an equals sign");
      else if (next.kind == Kind::newline)
        fault(codes::bad_block, block.type_span, "the brace that opens a block stands on the line of its type");
      else
        unexpected(next, "a label or '{'");
      return false;
    }
  }
}

/// A string without interpolation.
Label Parser::quoted_label() {
  const Token open = lexer_.peek();
  const Expression label = quoted_template();
  if (is_failing_) return {};
  const Template& text = std::get<Template>(label.body);
  Label result{{}, span_from(open.begin)};
  for (const TemplatePart& part : text.parts) {
    const auto* literal = std::get_if<TemplateText>(&part.body);
    if (literal == nullptr) {
      fault(codes::bad_block, part.span, "a label is a plain text, without interpolation");
      return {};
    }
    result.text += literal->text;
  }
  return result;
}

void Parser::block(Body& into, const Token& type) {
  Block result;
  result.type = lexer_.text_of(type);
  result.type_span = span(type);
  if (!block_labels(result)) return;
  result.header = span_from(type.begin);
  const Token open = lexer_.take();
  const Kind next = lexer_.peek().kind;
  if (next == Kind::newline || next == Kind::end || next == Kind::close_brace)
    result.body = body(Until::close_brace, open);
  else
    one_line_body(result);
  if (is_failing_) return;
  result.span = span_from(type.begin);
  end_of_item("a block");
  into.blocks.push_back(std::move(result));
}

/// `{ name = value }`
void Parser::one_line_body(Block& block) {
  const std::size_t begin = lexer_.position();
  const Token name = lexer_.peek();
  if (!expect(Kind::identifier, "an argument")) return;
  if (!is_next(Kind::equal)) {
    if (is_next(Kind::open_brace) || is_next(Kind::quote) || is_next(Kind::identifier))
      return fault(codes::bad_block, span(name), "a block on one line can hold one argument, not another block");
    return unexpected(lexer_.peek(), "'='");
  }
  attribute(block.body, name);
  if (is_failing_) return;
  block.body.span = span_from(begin);
  const Token close = lexer_.peek();
  if (close.kind == Kind::comma || close.kind == Kind::identifier)
    return fault(codes::bad_block, span(close), "a block on one line can hold one argument only");
  if (close.kind == Kind::newline)
    return fault(codes::bad_block, span(name), "an argument on the line of the brace is closed on that line too");
  expect(Kind::close_brace, "'}'");
}

std::size_t Parser::indentation_of(std::size_t position) const {
  const std::string_view text = lexer_.text();
  const std::size_t line_break = position == 0 ? std::string_view::npos : text.rfind('\n', position - 1);
  const std::size_t line = line_break == std::string_view::npos ? 0 : line_break + 1;
  return std::min(text.find_first_not_of(" \t", line), text.size()) - line;
}

/// To the next line, not further right than the item that has the fault, which begins with a name, or which closes the
/// block around it. People and `terraform fmt` indent, brackets are what was broken.
void Parser::recover(std::size_t item_begin) {
  const std::string_view text = lexer_.text();
  const std::size_t indentation = indentation_of(item_begin);
  std::size_t at = std::max(lexer_.position(), item_begin);
  if (is_given_up_) {
    lexer_.move_to(text.size());
    return;  // still failing: every body ends
  }
  while (true) {
    at = text.find('\n', at);
    if (at == std::string_view::npos) break;
    ++at;
    const std::size_t first = text.find_first_not_of(" \t", at);
    if (first == std::string_view::npos) break;
    const std::size_t column = first - at;
    const bool begins_item = column <= indentation && starts_identifier(decode(text.substr(first)).character);
    const bool closes_block = column < indentation && text[first] == '}';
    if (!begins_item && !closes_block) continue;
    lexer_.move_to(first);
    is_failing_ = false;
    return;
  }
  lexer_.move_to(text.size());  // still failing: whether the blocks around are closed is not known
}

}  // namespace secretwatch::hcl
