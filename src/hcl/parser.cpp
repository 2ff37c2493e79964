#include "hcl/parser.h"

#include <algorithm>

#include "base/text.h"
#include "hcl/unicode.h"

namespace secretwatch::hcl {

Span Parser::span(std::size_t begin, std::size_t end) const {
  // Within a text whose characters do not lie one to one in the file, only the whole is a true place.
  if (where_.end - where_.begin != lexer_.text().size()) return where_;
  return {where_.file, where_.begin + static_cast<std::uint32_t>(begin),
          where_.begin + static_cast<std::uint32_t>(end)};
}

Expression Parser::make(const Span& at, std::uint32_t height_below, ExpressionBody body) {
  if (height_below + 1 > 2 * limits_.nesting) {
    fault(codes::too_deep, at, "this expression is nested too deeply");
    return Expression{at, 1, NullLiteral{}};
  }
  return Expression{at, height_below + 1, std::move(body)};
}

void Parser::note(const Span& at, std::string_view message) {
  if (out_.has_errors()) out_.last()->note_at(at, "{}", message);
}

void Parser::count_fault() {
  if (++faults_ < limits_.faults) return;
  out_.add(codes::too_many_faults, where_, "this text has more faults, which are not shown");
  is_given_up_ = true;
}

void Parser::unexpected(const Token& token, std::string_view wanted) {
  if (token.kind == Kind::unclosed_comment)
    return fault(codes::unclosed, span(token.begin, token.begin + 2), "this comment is not closed");
  if (token.kind == Kind::unknown || token.kind == Kind::identifier || token.kind == Kind::number)
    return fault(codes::unexpected_token, span(token), "{} is expected here, not '{}'", wanted,
                 shown(lexer_.text_of(token)));
  fault(codes::unexpected_token, span(token), "{} is expected here, not {}", wanted, describe(token.kind));
}

bool Parser::accept(Kind kind) {
  if (!is_next(kind)) return false;
  lexer_.take();
  return true;
}

bool Parser::expect(Kind kind, std::string_view wanted) {
  if (accept(kind)) return true;
  unexpected(lexer_.peek(), wanted);
  return false;
}

bool Parser::is_next_word(std::string_view word) {
  return is_next(Kind::identifier) && lexer_.text_of(lexer_.peek()) == word;
}

Parser::Nesting::Nesting(Parser& parser) : parser_(parser) {
  if (++parser_.depth_ <= parser_.limits_.nesting) return;
  parser_.fault(codes::too_deep, parser_.span(parser_.lexer_.peek()), "this is nested too deeply");
}

void Parser::skip_byte_order_mark() {
  if (lexer_.text().substr(0, 3) == "\xEF\xBB\xBF") lexer_.move_to(3);
}

std::vector<Comment> Parser::comments() const {
  std::vector<Comment> result;
  result.reserve(lexer_.comments().size());
  for (const Lexer::Comment& comment : lexer_.comments()) {
    std::string_view text = lexer_.text().substr(comment.begin, comment.end - comment.begin);
    if (text.substr(0, 2) == "/*") text.remove_suffix(2);
    text.remove_prefix(text.front() == '#' ? 1 : 2);
    if (!text.empty() && text.back() == '\r') text.remove_suffix(1);
    result.push_back({std::string(text), span(comment.begin, comment.end)});
  }
  return result;
}

std::uint32_t height_of(const std::vector<Expression>& expressions) {
  std::uint32_t height = 0;
  for (const Expression& expression : expressions) height = std::max(height, expression.height);
  return height;
}

namespace {

struct PartHeight {
  std::uint32_t operator()(const TemplateText&) const { return 1; }
  std::uint32_t operator()(const Interpolation& part) const { return part.expression->height; }
  std::uint32_t operator()(const TemplateIf& part) const {
    return 1 + std::max({part.condition->height, height_of(part.then), height_of(part.otherwise)});
  }
  std::uint32_t operator()(const TemplateFor& part) const {
    return 1 + std::max(part.collection->height, height_of(part.body));
  }
};

bool is_readable(std::string_view text, const Span& where, const Limits& limits, Diagnostics& out) {
  if (text.size() > limits.bytes) {
    out.add(codes::text_fault, {where.file, where.begin, where.begin}, "this text has {} bytes, more than {}",
            text.size(), limits.bytes);
    return false;
  }
  if (const auto broken = find_broken_utf8(text)) {
    const auto at = where.begin + static_cast<std::uint32_t>(*broken);
    out.add(codes::text_fault, at < where.end ? Span{where.file, at, at + 1} : where, "this text is not UTF-8");
    return false;
  }
  return true;
}

}  // namespace

std::uint32_t height_of(const std::vector<TemplatePart>& parts) {
  std::uint32_t height = 0;
  for (const TemplatePart& part : parts) height = std::max(height, std::visit(PartHeight{}, part.body));
  return height;
}

std::optional<File> parse(const Sources& sources, FileId file, const Limits& limits, Diagnostics& out) {
  const std::string_view text = sources.text(file);
  const Span where{file, 0, static_cast<std::uint32_t>(text.size())};
  if (!is_readable(text, where, limits, out)) return std::nullopt;
  const std::size_t before = out.error_count();
  Parser parser(text, where, limits, out);
  parser.skip_byte_order_mark();
  File result{parser.file_body(), {}};
  if (out.error_count() > before) return std::nullopt;
  result.comments = parser.comments();
  return result;
}

std::optional<Expression> parse_template(std::string_view text, const Span& where, const Limits& limits,
                                         Diagnostics& out) {
  if (!is_readable(text, where, limits, out)) return std::nullopt;
  const std::size_t before = out.error_count();
  Expression result = Parser(text, where, limits, out).whole_template();
  if (out.error_count() > before) return std::nullopt;
  return result;
}

std::optional<Expression> parse_expression(std::string_view text, const Span& where, const Limits& limits,
                                           Diagnostics& out) {
  if (!is_readable(text, where, limits, out)) return std::nullopt;
  const std::size_t before = out.error_count();
  Expression result = Parser(text, where, limits, out).whole_expression();
  if (out.error_count() > before) return std::nullopt;
  return result;
}

}  // namespace secretwatch::hcl
