/// Expressions: operators by precedence, terms, and the steps that follow a term.
#include <algorithm>
#include <optional>

#include "hcl/parser.h"

namespace secretwatch::hcl {
namespace {

struct BinaryForm {
  BinaryOperator op;
  int strength;  // of the same strength: from left to right
};

std::optional<BinaryForm> binary_form(Token::Kind kind) {
  using Kind = Token::Kind;
  switch (kind) {
    case Kind::logical_or:
      return BinaryForm{BinaryOperator::logical_or, 1};
    case Kind::logical_and:
      return BinaryForm{BinaryOperator::logical_and, 2};
    case Kind::equal_equal:
      return BinaryForm{BinaryOperator::equal, 3};
    case Kind::not_equal:
      return BinaryForm{BinaryOperator::not_equal, 3};
    case Kind::less:
      return BinaryForm{BinaryOperator::less, 4};
    case Kind::less_or_equal:
      return BinaryForm{BinaryOperator::less_or_equal, 4};
    case Kind::greater:
      return BinaryForm{BinaryOperator::greater, 4};
    case Kind::greater_or_equal:
      return BinaryForm{BinaryOperator::greater_or_equal, 4};
    case Kind::plus:
      return BinaryForm{BinaryOperator::add, 5};
    case Kind::minus:
      return BinaryForm{BinaryOperator::subtract, 5};
    case Kind::star:
      return BinaryForm{BinaryOperator::multiply, 6};
    case Kind::slash:
      return BinaryForm{BinaryOperator::divide, 6};
    case Kind::percent:
      return BinaryForm{BinaryOperator::modulo, 6};
    default:
      return std::nullopt;
  }
}

std::uint32_t height_of_steps(const Access& access) {
  std::uint32_t height = access.source->height;
  for (const Step& step : access.steps)
    if (step.index != nullptr) height = std::max(height, step.index->height);
  return height +
         static_cast<std::uint32_t>(std::count_if(access.steps.begin(), access.steps.end(), [](const Step& step) {
           return step.kind == Step::Kind::splat || step.kind == Step::Kind::attribute_splat;
         }));  // evaluation recurses at a splat
}

/// `.*` reaches up to the next bracket.
bool is_in_attribute_splat(const std::vector<Step>& steps) {
  const auto last = std::find_if(steps.rbegin(), steps.rend(), [](const Step& step) {
    return step.kind != Step::Kind::attribute && step.kind != Step::Kind::legacy_index;
  });
  return last != steps.rend() && last->kind == Step::Kind::attribute_splat;
}

}  // namespace

Expression Parser::whole_expression() {
  const NewlinesMatter newlines(lexer_, false);
  Expression result = expression();
  if (!is_failing_ && !is_next(Kind::end)) unexpected(lexer_.peek(), "the end of the expression");
  return result;
}

Expression Parser::expression() {
  const Nesting nesting(*this);
  const std::size_t begin = lexer_.peek().begin;
  Expression condition = binary(1);
  if (is_failing_ || !accept(Kind::question)) return condition;
  Expression then = expression();
  if (is_failing_ || !expect(Kind::colon, "':' and the other value of the conditional")) return condition;
  Expression otherwise = expression();
  if (is_failing_) return condition;
  const std::uint32_t height = std::max({condition.height, then.height, otherwise.height});
  return make(span_from(begin), height,
              Conditional{boxed(std::move(condition)), boxed(std::move(then)), boxed(std::move(otherwise))});
}

/// Operators of at least the strength `weakest`.
Expression Parser::binary(int weakest) {
  const std::size_t begin = lexer_.peek().begin;
  Expression left = with_steps();
  while (!is_failing_) {
    const auto form = binary_form(lexer_.peek().kind);
    if (!form || form->strength < weakest) break;
    lexer_.take();
    Expression right = binary(form->strength + 1);
    if (is_failing_) break;
    const std::uint32_t height = std::max(left.height, right.height);
    left = make(span_from(begin), height, Binary{form->op, boxed(std::move(left)), boxed(std::move(right))});
  }
  return left;
}

Expression Parser::with_steps() {
  return add_steps(term());
}

Expression Parser::add_steps(Expression source) {
  Access access;
  const std::size_t begin = lexer_.position() - (source.span.end - source.span.begin);
  while (!is_failing_ && step(access.steps)) {
  }
  if (is_failing_ || access.steps.empty()) return source;
  access.source = boxed(std::move(source));
  const std::uint32_t height = height_of_steps(access);
  return make(span_from(begin), height, std::move(access));
}

bool Parser::step(std::vector<Step>& steps) {
  if (is_next(Kind::dot)) return dot_step(steps);
  if (is_next(Kind::open_bracket)) return bracket_step(steps);
  return false;
}

bool Parser::dot_step(std::vector<Step>& steps) {
  const Token dot = lexer_.take();
  const Token name = lexer_.peek();
  if (name.kind == Kind::identifier) {
    lexer_.take();
    steps.push_back({Step::Kind::attribute, std::string(lexer_.text_of(name)), nullptr, span_from(dot.begin)});
    return true;
  }
  if (name.kind == Kind::star && !is_in_attribute_splat(steps)) {
    lexer_.take();
    steps.push_back({Step::Kind::attribute_splat, {}, nullptr, span_from(dot.begin)});
    return true;
  }
  if (name.kind != Kind::number) {
    unexpected(name, "the name of an attribute");
    return false;
  }
  const std::string_view digits = lexer_.text_of(name);
  if (const std::size_t point = digits.find('.'); point != std::string_view::npos) {
    fault(codes::unexpected_token, span(name), "two indexes in a row are written as [{}][{}]", digits.substr(0, point),
          digits.substr(point + 1));
    return false;
  }
  lexer_.take();
  Expression index{span(name), 1, NumberLiteral{std::string(digits)}};
  steps.push_back({Step::Kind::legacy_index, {}, boxed(std::move(index)), span_from(dot.begin)});
  return true;
}

bool Parser::bracket_step(std::vector<Step>& steps) {
  const Token open = lexer_.take();
  if (accept(Kind::star)) {
    if (!expect(Kind::close_bracket, "']'")) return false;
    steps.push_back({Step::Kind::splat, {}, nullptr, span_from(open.begin)});
    return true;
  }
  Expression index;
  {
    const NewlinesMatter newlines(lexer_, false);
    index = expression();
    if (is_failing_ || !expect(Kind::close_bracket, "']'")) return false;
  }
  steps.push_back({Step::Kind::index, {}, boxed(std::move(index)), span_from(open.begin)});
  return true;
}

Expression Parser::term() {
  const Token start = lexer_.peek();
  if (is_failing_) return {span(start), 1, NullLiteral{}};  // nested too deeply
  switch (start.kind) {
    case Kind::open_parenthesis:
      return parenthesised();
    case Kind::number: {
      lexer_.take();
      const std::string_view text = lexer_.text_of(start);
      const bool is_number = std::count(text.begin(), text.end(), '.') <= 1 &&
                             text.find("..") == std::string_view::npos &&
                             text.find_first_of("eE") == text.find_last_of("eE") &&
                             (text.find('.') == std::string_view::npos ||
                              text.find('.') < std::min(text.find_first_of("eE"), text.size()));
      if (!is_number) fault(codes::unexpected_token, span(start), "'{}' is not a number", text);
      return {span(start), 1, NumberLiteral{std::string(text)}};
    }
    case Kind::identifier:
      return word();
    case Kind::quote:
      return quoted_template();
    case Kind::heredoc:
      return heredoc();
    case Kind::minus:
    case Kind::bang:
      return unary();
    case Kind::open_bracket:
      return tuple();
    case Kind::open_brace:
      return object();
    default:
      unexpected(start, "an expression");
      return {span(start), 1, NullLiteral{}};
  }
}

/// Binds stronger than every binary operator, weaker than steps: -a.b + c is (-(a.b)) + c.
Expression Parser::unary() {
  const Nesting nesting(*this);
  const Token mark = lexer_.take();
  if (is_failing_) return {span(mark), 1, NullLiteral{}};
  Expression operand = with_steps();
  if (is_failing_) return operand;
  const std::uint32_t height = operand.height;
  const UnaryOperator op = mark.kind == Kind::minus ? UnaryOperator::negate : UnaryOperator::logical_not;
  return make(span_from(mark.begin), height, Unary{op, boxed(std::move(operand))});
}

Expression Parser::parenthesised() {
  const Token open = lexer_.take();
  Expression inner;
  {
    const NewlinesMatter newlines(lexer_, false);
    inner = expression();
    if (is_failing_) return inner;
    if (is_next(Kind::end)) {
      fault(codes::unclosed, span(open), "this parenthesis is not closed");
      return inner;
    }
    if (!expect(Kind::close_parenthesis, "')'")) return inner;
  }
  const std::uint32_t height = inner.height;
  return make(span_from(open.begin), height, Parenthesised{boxed(std::move(inner))});
}

Expression Parser::word() {
  const Token name = lexer_.take();
  if (is_next(Kind::open_parenthesis) || is_next(Kind::double_colon)) return call(name);
  const std::string_view text = lexer_.text_of(name);
  if (text == "true" || text == "false") return {span(name), 1, BooleanLiteral{text == "true"}};
  if (text == "null") return {span(name), 1, NullLiteral{}};
  return {span(name), 1, Variable{std::string(text)}};
}

}  // namespace secretwatch::hcl
