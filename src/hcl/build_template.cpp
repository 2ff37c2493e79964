/// The tree of a template from its pieces.
#include <algorithm>
#include <functional>

#include "hcl/parser.h"
#include "hcl/unicode.h"

namespace secretwatch::hcl {
namespace {

/// Characters of white space a text begins with, and how many bytes the first so many are.
struct Indentation {
  std::size_t characters = 0;
  std::size_t bytes = 0;
};
Indentation indentation_of(std::string_view text, std::size_t at_most) {
  Indentation result;
  while (result.bytes < text.size() && result.characters < at_most) {
    const Decoded c = decode(text.substr(result.bytes));
    if (c.length == 0 || !is_space(c.character)) break;
    ++result.characters;
    result.bytes += c.length;
  }
  return result;
}

constexpr std::size_t any = static_cast<std::size_t>(-1);

bool is_blank_line(std::string_view text) {
  return !text.empty() && text.back() == '\n' && indentation_of(text, any).bytes == text.size();
}

/// Takes off every line as much as the least indented line has; blank lines neither count nor change. `texts` are the
/// pieces in their order, null for what is not a text.
void take_off_indentation(const std::vector<std::string*>& texts) {
  std::size_t least = any;
  std::vector<std::string*> first_of_line;
  bool is_line_start = true;
  for (std::string* text : texts) {
    if (is_line_start) {
      if (text == nullptr) {
        least = 0;
      } else if (!is_blank_line(*text)) {
        least = std::min(least, indentation_of(*text, any).characters);
        first_of_line.push_back(text);
      }
    }
    is_line_start = text != nullptr && !text->empty() && text->back() == '\n';
  }
  for (std::string* text : first_of_line) text->erase(0, indentation_of(*text, least).bytes);
}

/// Neighbouring texts become one; empty ones go, but not the last thing beside a lone interpolation: `" ${~ x}"` is a
/// string.
void join_texts(std::vector<TemplatePart>& parts) {
  std::vector<TemplatePart> joined;
  for (TemplatePart& part : parts) {
    const auto* text = std::get_if<TemplateText>(&part.body);
    auto* before = joined.empty() ? nullptr : std::get_if<TemplateText>(&joined.back().body);
    if (text != nullptr && before != nullptr) {
      before->text += text->text;
      joined.back().span.end = std::max(joined.back().span.end, part.span.end);
    } else {
      joined.push_back(std::move(part));
    }
  }
  const auto is_empty = [](const TemplatePart& part) {
    const auto* text = std::get_if<TemplateText>(&part.body);
    return text != nullptr && text->text.empty();
  };
  const auto full = static_cast<std::size_t>(std::count_if(joined.begin(), joined.end(), std::not_fn(is_empty)));
  const bool is_string_of_one =
      full == 1 && joined.size() > 1 && std::any_of(joined.begin(), joined.end(), [](const TemplatePart& part) {
        return std::holds_alternative<Interpolation>(part.body);
      });
  if (!is_string_of_one) {
    joined.erase(std::remove_if(joined.begin(), joined.end(), is_empty), joined.end());
  } else if (joined.size() == 3) {
    joined.pop_back();
  } else if (!is_empty(joined.front())) {
    std::swap(joined[0], joined[1]);
  }
  parts = std::move(joined);
}

}  // namespace

Expression Parser::make_template(std::size_t begin, Template::Form form, Pieces pieces) {
  if (is_failing_) return {span_from(begin), 1, NullLiteral{}};
  if (form == Template::Form::indented_heredoc) {
    std::vector<std::string*> texts;
    for (Piece& piece : pieces.all) texts.push_back(piece.kind == Piece::Kind::text ? &piece.text : nullptr);
    take_off_indentation(texts);
  }
  Template result{form, {}};
  result.parts = build_parts(pieces, nullptr);
  join_texts(result.parts);
  const std::uint32_t height = height_of(result.parts);
  return make(span_from(begin), height, std::move(result));
}

/// Up to the end of the pieces, or to the piece that ends or divides the directive `inside`, which stays.
std::vector<TemplatePart> Parser::build_parts(Pieces& pieces, const Piece* inside) {
  const Nesting nesting(*this);
  std::vector<TemplatePart> parts;
  while (!is_failing_ && pieces.next < pieces.all.size()) {
    Piece& piece = pieces.all[pieces.next];
    switch (piece.kind) {
      case Piece::Kind::text:
        parts.push_back({piece.span, TemplateText{std::move(piece.text)}});
        ++pieces.next;
        break;
      case Piece::Kind::interpolation:
        parts.push_back({piece.span, Interpolation{std::move(piece.expression)}});
        ++pieces.next;
        break;
      case Piece::Kind::if_start:
      case Piece::Kind::for_start:
        ++pieces.next;
        parts.push_back(build_directive(pieces, piece));
        break;
      default:
        if (inside != nullptr) return parts;
        fault(codes::bad_template, piece.span, "no directive is open here that this one could end");
    }
  }
  if (inside != nullptr) fault(codes::unclosed, inside->span, "this directive is not ended");
  return parts;
}

TemplatePart Parser::build_directive(Pieces& pieces, Piece& start) {
  const auto take_parts = [&] {
    std::vector<TemplatePart> parts = build_parts(pieces, &start);
    if (!is_failing_) join_texts(parts);
    return parts;
  };
  const auto take_end = [&](Piece::Kind wanted) {
    if (is_failing_) return;
    const Piece& end = pieces.all[pieces.next++];
    if (end.kind == wanted) return;
    fault(codes::bad_template, end.span, "this directive does not end the one that is open");
    note(start.span, "opened here");
  };
  TemplatePart result{start.span, TemplateText{}};
  if (start.kind == Piece::Kind::for_start) {
    TemplateFor loop{std::move(start.text), std::move(start.value), std::move(start.expression), {}};
    loop.body = take_parts();
    take_end(Piece::Kind::for_end);
    result.body = std::move(loop);
  } else {
    TemplateIf choice{std::move(start.expression), {}, {}};
    choice.then = take_parts();
    if (!is_failing_ && pieces.all[pieces.next].kind == Piece::Kind::if_else) {
      ++pieces.next;
      choice.otherwise = take_parts();
    }
    take_end(Piece::Kind::if_end);
    result.body = std::move(choice);
  }
  if (!is_failing_) result.span.end = std::max(result.span.end, pieces.all[pieces.next - 1].span.end);
  return result;
}

}  // namespace secretwatch::hcl
