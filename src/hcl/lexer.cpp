#include "hcl/lexer.h"

#include <algorithm>

#include "base/text.h"
#include "hcl/unicode.h"

namespace secretwatch::hcl {

using Kind = Token::Kind;

std::string_view describe(Kind kind) {
  static constexpr std::string_view names[] = {"the end of the text",
                                               "the end of the line",
                                               "a name",
                                               "a number",
                                               "'\"'",
                                               "a heredoc",
                                               "'{'",
                                               "'}'",
                                               "'~}'",
                                               "'['",
                                               "']'",
                                               "'('",
                                               "')'",
                                               "'='",
                                               "':'",
                                               "'::'",
                                               "','",
                                               "'.'",
                                               "'...'",
                                               "'?'",
                                               "'=>'",
                                               "'!'",
                                               "'+'",
                                               "'-'",
                                               "'*'",
                                               "'/'",
                                               "'%'",
                                               "'&&'",
                                               "'||'",
                                               "'=='",
                                               "'!='",
                                               "'<'",
                                               "'<='",
                                               "'>'",
                                               "'>='",
                                               "a comment that is not closed",
                                               "a character that has no meaning here"};
  return names[static_cast<std::size_t>(kind)];
}

std::size_t Lexer::skip_blanks(std::size_t at_, bool& unclosed) {
  while (at_ < text_.size()) {
    const char c = text_[at_];
    const bool is_line_break = c == '\n' || (c == '\r' && at(at_ + 1) == '\n');
    if (c == ' ' || c == '\t' || (is_line_break && !newlines_matter_)) {
      at_ += c == '\r' ? 2 : 1;
      continue;
    }
    std::size_t end = 0;
    if (c == '#' || (c == '/' && at(at_ + 1) == '/')) {
      end = std::min(text_.find('\n', at_), text_.size());
    } else if (c == '/' && at(at_ + 1) == '*') {
      end = text_.find("*/", at_ + 2);
      unclosed = end == std::string_view::npos;
      if (unclosed) return at_;
      end += 2;
    } else {
      break;
    }
    // The same comment may be passed twice, when what matters changes after a peek.
    if (comments_.empty() || comments_.back().begin < at_) comments_.push_back({at_, end});
    at_ = end;
  }
  return at_;
}

Token Lexer::lex(std::size_t from) {
  bool unclosed = false;
  const std::size_t begin = skip_blanks(from, unclosed);
  if (unclosed) return {Kind::unclosed_comment, begin, text_.size()};
  if (begin >= text_.size()) return {Kind::end, text_.size(), text_.size()};
  const char c = text_[begin];
  if (c == '\n') return {Kind::newline, begin, begin + 1};
  if (c == '\r' && at(begin + 1) == '\n') return {Kind::newline, begin, begin + 2};
  if (is_digit(c)) return number(begin);
  if (static_cast<unsigned char>(c) >= 0x80 || is_letter(c) || c == '_') return identifier(begin);
  return symbol(begin);
}

Token Lexer::identifier(std::size_t begin) const {
  std::size_t end = begin;
  while (end < text_.size()) {
    const char c = text_[end];
    if (static_cast<unsigned char>(c) < 0x80) {
      if (!is_letter(c) && c != '_' && (end == begin || (!is_digit(c) && c != '-'))) break;
      ++end;
      continue;
    }
    const Decoded decoded = decode(text_.substr(end));
    const bool fits = end == begin ? starts_identifier(decoded.character) : continues_identifier(decoded.character);
    if (!fits) break;
    end += decoded.length;
  }
  if (end > begin) return {Kind::identifier, begin, end};
  return {Kind::unknown, begin, begin + std::max<std::size_t>(1, decode(text_.substr(begin)).length)};
}

/// Digits, dots and exponents, as the reference reads them: the last character is not a dot (`a.0.b`, `1...`).
Token Lexer::number(std::size_t begin) const {
  std::size_t end = begin + 1;
  for (std::size_t next = end; next < text_.size();) {
    const char c = text_[next];
    if (is_digit(c)) {
      end = ++next;
    } else if (c == '.') {
      ++next;
    } else if ((c == 'e' || c == 'E') && is_digit(at(next + 1))) {
      end = next += 2;
    } else if ((c == 'e' || c == 'E') && (at(next + 1) == '+' || at(next + 1) == '-') && is_digit(at(next + 2))) {
      end = next += 3;
    } else {
      break;
    }
  }
  return {Kind::number, begin, end};
}

Token Lexer::symbol(std::size_t begin) const {
  const auto make = [&](Kind kind, std::size_t length) { return Token{kind, begin, begin + length}; };
  const char next = at(begin + 1);
  switch (text_[begin]) {
    case '"':
      return make(Kind::quote, 1);
    case '{':
      return make(Kind::open_brace, 1);
    case '}':
      return make(Kind::close_brace, 1);
    case '~':
      return next == '}' ? make(Kind::strip_close_brace, 2) : make(Kind::unknown, 1);
    case '[':
      return make(Kind::open_bracket, 1);
    case ']':
      return make(Kind::close_bracket, 1);
    case '(':
      return make(Kind::open_parenthesis, 1);
    case ')':
      return make(Kind::close_parenthesis, 1);
    case '=':
      return next == '=' ? make(Kind::equal_equal, 2) : next == '>' ? make(Kind::fat_arrow, 2) : make(Kind::equal, 1);
    case ':':
      return next == ':' ? make(Kind::double_colon, 2) : make(Kind::colon, 1);
    case ',':
      return make(Kind::comma, 1);
    case '.':
      return next == '.' && at(begin + 2) == '.' ? make(Kind::ellipsis, 3) : make(Kind::dot, 1);
    case '?':
      return make(Kind::question, 1);
    case '!':
      return next == '=' ? make(Kind::not_equal, 2) : make(Kind::bang, 1);
    case '+':
      return make(Kind::plus, 1);
    case '-':
      return make(Kind::minus, 1);
    case '*':
      return make(Kind::star, 1);
    case '/':
      return make(Kind::slash, 1);
    case '%':
      return make(Kind::percent, 1);
    case '&':
      return next == '&' ? make(Kind::logical_and, 2) : make(Kind::unknown, 1);
    case '|':
      return next == '|' ? make(Kind::logical_or, 2) : make(Kind::unknown, 1);
    case '>':
      return next == '=' ? make(Kind::greater_or_equal, 2) : make(Kind::greater, 1);
    case '<': {
      if (next == '=') return make(Kind::less_or_equal, 2);
      if (next != '<') return make(Kind::less, 1);
      const std::size_t name = begin + (at(begin + 2) == '-' ? 3 : 2);
      const Token marker = name < text_.size() ? identifier(name) : Token{Kind::unknown, name, name};
      const std::size_t after = marker.end + (at(marker.end) == '\r' ? 1 : 0);
      if (marker.kind == Kind::identifier && at(after) == '\n') return make(Kind::heredoc, after + 1 - begin);
      return make(Kind::unknown, 2);
    }
    default:
      return make(Kind::unknown, 1);
  }
}

}  // namespace secretwatch::hcl
