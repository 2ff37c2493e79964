/// Templates: first a flat list of pieces with blanks taken off, then the tree that the directives make of it.
#include <algorithm>

#include "base/text.h"
#include "hcl/parser.h"
#include "hcl/unicode.h"

namespace secretwatch::hcl {
namespace {

void strip_right(std::string& text) {
  std::size_t end = 0;
  for (std::size_t at = 0; at < text.size();) {
    const Decoded c = decode(std::string_view(text).substr(at));
    at += std::max<std::size_t>(1, c.length);
    if (!is_space(c.character)) end = at;
  }
  text.resize(end);
}

/// How many bytes of white space a text begins with, of at most so many characters.
std::size_t leading_space(std::string_view text, std::size_t characters = std::string_view::npos) {
  std::size_t at = 0;
  for (; at < text.size() && characters > 0; --characters) {
    const Decoded c = decode(text.substr(at));
    if (c.length == 0 || !is_space(c.character)) break;
    at += c.length;
  }
  return at;
}

}  // namespace

bool Template::is_interpolation_alone() const {
  return parts.size() == 1 && std::holds_alternative<Interpolation>(parts.front().body);
}

void Parser::add_text(Pieces& pieces, std::size_t begin, std::string text) {
  if (pieces.strip_next) text.erase(0, leading_space(text));
  pieces.strip_next = false;
  Piece piece;
  piece.span = span_from(begin);
  piece.text = std::move(text);
  pieces.all.push_back(std::move(piece));
}

Expression Parser::quoted_template() {
  const Token open = lexer_.take();
  const std::string_view text = lexer_.text();
  Pieces pieces;
  while (!is_failing_) {
    const std::size_t at = lexer_.position();
    const char c = at < text.size() ? text[at] : '\n';
    if (c == '"') {
      lexer_.move_to(at + 1);
      return make_template(open.begin, Template::Form::quoted, std::move(pieces));
    }
    if (c == '\n' || c == '\r')
      fault(codes::unclosed, span(open.begin, at), "this string is not closed on its line");
    else if ((c == '$' || c == '%') && text.substr(at + 1, 1) == "{")
      sequence(pieces);
    else
      quoted_text(pieces);
  }
  return {span(open), 1, NullLiteral{}};
}

void Parser::quoted_text(Pieces& pieces) {
  const std::string_view text = lexer_.text();
  const std::size_t begin = lexer_.position();
  std::string decoded;
  while (!is_failing_ && lexer_.position() < text.size()) {
    const std::size_t at = lexer_.position();
    const std::size_t plain = std::min(text.find_first_of("\"\\$%\r\n", at), text.size());
    decoded.append(text, at, plain - at);
    lexer_.move_to(plain);
    if (plain == text.size() || text[plain] == '"' || text[plain] == '\n' || text[plain] == '\r') break;
    if (text[plain] == '\\') {
      if (!escape(decoded)) return;
    } else if (!doubled_mark(decoded)) {
      break;
    }
  }
  add_text(pieces, begin, std::move(decoded));
}

/// At a `$` or `%`: false when a sequence begins here, else its text is taken: `$${` stands for `${`.
bool Parser::doubled_mark(std::string& into) {
  const std::string_view text = lexer_.text();
  const std::size_t at = lexer_.position();
  const char mark = text[at];
  if (text.substr(at + 1, 1) == "{") return false;
  into += mark;
  if (text.substr(at + 1, 1) == std::string_view(&mark, 1) && text.substr(at + 2, 1) == "{") {
    into += '{';
    lexer_.move_to(at + 3);
  } else {
    lexer_.move_to(at + 1);
  }
  return true;
}

bool Parser::escape(std::string& into) {
  const std::string_view text = lexer_.text();
  const std::size_t at = lexer_.position();
  const char c = at + 1 < text.size() ? text[at + 1] : '\n';
  static constexpr std::string_view letters = "nrt\"\\";
  static constexpr std::string_view meanings = "\n\r\t\"\\";
  if (c == 'u') return unicode_escape(into, 4);
  if (c == 'U') return unicode_escape(into, 8);
  if (const std::size_t which = letters.find(c); which != std::string_view::npos) {
    into += meanings[which];
    lexer_.move_to(at + 2);
    return true;
  }
  const std::size_t length = c == '\n' || c == '\r' ? 0 : decode(text.substr(at + 1)).length;
  fault(codes::bad_escape, span(at, at + 1 + length), "a backslash followed by '{}' is not an escape",
        text.substr(at + 1, length));
  return false;
}

bool Parser::unicode_escape(std::string& into, std::size_t digits) {
  const std::size_t at = lexer_.position();
  const std::string_view hex = lexer_.text().substr(at + 2, digits);
  char32_t c = 0;
  std::size_t read = 0;
  for (; read < hex.size(); ++read) {
    const char digit = to_lower(hex[read]);
    if (!is_digit(digit) && (digit < 'a' || digit > 'f')) break;
    c = c * 16 + static_cast<char32_t>(is_digit(digit) ? digit - '0' : digit - 'a' + 10);
  }
  if (read != digits || c > 0x10FFFF || (c >= 0xD800 && c <= 0xDFFF)) {
    fault(codes::bad_escape, span(at, at + 2 + read), "'\\{}' is followed by {} hexadecimal digits of a character",
          digits == 4 ? "u" : "U", digits);
    return false;
  }
  append_utf8(into, c);
  lexer_.move_to(at + 2 + digits);
  return true;
}

/// Text up to a sequence, or to the end of the line, which belongs to it.
void Parser::template_line(Pieces& pieces, bool whole_lines) {
  const std::string_view text = lexer_.text();
  const std::size_t begin = lexer_.position();
  std::string decoded;
  while (lexer_.position() < text.size()) {
    const std::size_t at = lexer_.position();
    const std::size_t plain = text.find_first_of(whole_lines ? "$%\n" : "$%", at);
    const bool is_line_end = plain != std::string_view::npos && text[plain] == '\n';
    const std::size_t end = plain == std::string_view::npos ? text.size() : plain + (is_line_end ? 1 : 0);
    decoded.append(text, at, end - at);
    lexer_.move_to(end);
    if (is_line_end || end == text.size() || !doubled_mark(decoded)) break;
  }
  add_text(pieces, begin, std::move(decoded));
}

Expression Parser::whole_template() {
  const std::string_view text = lexer_.text();
  Pieces pieces;
  while (!is_failing_ && lexer_.position() < text.size()) {
    const std::size_t at = lexer_.position();
    if ((text[at] == '$' || text[at] == '%') && text.substr(at + 1, 1) == "{")
      sequence(pieces);
    else
      template_line(pieces, true);
  }
  return make_template(0, Template::Form::bare, std::move(pieces));
}

/// At the start of a line: is it the marker alone? Then up to its end is taken, without the line break.
bool Parser::is_heredoc_end(std::string_view marker) {
  const std::string_view text = lexer_.text();
  const std::size_t line_end = text.find('\n', lexer_.position());
  if (line_end == std::string_view::npos) return false;
  std::string_view line = text.substr(lexer_.position(), line_end - lexer_.position());
  const std::size_t before = leading_space(line);
  if (line.substr(before, marker.size()) != marker) return false;
  const std::string_view after = line.substr(before + marker.size());
  if (leading_space(after) != after.size()) return false;
  lexer_.move_to(line_end - (!line.empty() && line.back() == '\r' ? 1 : 0));
  return true;
}

Expression Parser::heredoc() {
  const Token open = lexer_.take();
  const std::string_view text = lexer_.text();
  std::string_view marker = lexer_.text_of(open).substr(2);
  const auto form = marker.front() == '-' ? Template::Form::indented_heredoc : Template::Form::heredoc;
  if (marker.front() == '-') marker.remove_prefix(1);
  marker = marker.substr(0, marker.find_first_of("\r\n"));
  Pieces pieces;
  bool at_line_start = true;
  while (!is_failing_ && lexer_.position() < text.size()) {
    const std::size_t at = lexer_.position();
    if (at_line_start && is_heredoc_end(marker)) return make_template(open.begin, form, std::move(pieces));
    if ((text[at] == '$' || text[at] == '%') && text.substr(at + 1, 1) == "{")
      sequence(pieces);
    else
      template_line(pieces, true);
    at_line_start =
        lexer_.position() > at && text[lexer_.position() - 1] == '\n' && pieces.all.back().kind == Piece::Kind::text;
  }
  fault(codes::unclosed, span(open.begin, open.begin + 2), "this heredoc has no line '{}' that ends it", shown(marker));
  return {span(open), 1, NullLiteral{}};
}

/// `${…}` or `%{…}`, with `~` taking blanks off the neighbouring texts.
void Parser::sequence(Pieces& pieces) {
  const std::string_view text = lexer_.text();
  const std::size_t begin = lexer_.position();
  const bool is_directive = text[begin] == '%';
  const bool strips = text.substr(begin + 2, 1) == "~";
  if (strips && !pieces.all.empty() && pieces.all.back().kind == Piece::Kind::text) strip_right(pieces.all.back().text);
  lexer_.move_to(begin + (strips ? 3 : 2));
  const NewlinesMatter newlines(lexer_, false);
  Piece piece;
  if (is_directive) {
    directive(pieces, std::move(piece));
  } else {
    piece.kind = Piece::Kind::interpolation;
    piece.expression = boxed(expression());
    pieces.all.push_back(std::move(piece));
  }
  if (is_failing_) return;
  if (is_next(Kind::end)) return fault(codes::unclosed, span(begin, begin + 2), "this sequence is not closed");
  const Token close = lexer_.peek();
  if (close.kind != Kind::close_brace && close.kind != Kind::strip_close_brace) {
    unexpected(close, "'}'");
    return note(span(begin, begin + 2), "in the sequence that begins here");
  }
  lexer_.take();
  pieces.strip_next = close.kind == Kind::strip_close_brace;
  pieces.all.back().span = span_from(begin);
}

void Parser::directive(Pieces& pieces, Piece piece) {
  const Token word = lexer_.peek();
  if (!expect(Kind::identifier, "'if', 'else', 'endif', 'for' or 'endfor'")) return;
  const std::string_view name = lexer_.text_of(word);
  if (name == "if") {
    piece.kind = Piece::Kind::if_start;
    piece.expression = boxed(expression());
  } else if (name == "else") {
    piece.kind = Piece::Kind::if_else;
  } else if (name == "endif") {
    piece.kind = Piece::Kind::if_end;
  } else if (name == "for") {
    piece.kind = Piece::Kind::for_start;
    for_header(piece.text, piece.value, piece.expression, "a 'for'");
  } else if (name == "endfor") {
    piece.kind = Piece::Kind::for_end;
  } else {
    fault(codes::bad_template, span(word), "'{}' is not a directive of templates", shown(name));
  }
  pieces.all.push_back(std::move(piece));
}

}  // namespace secretwatch::hcl
