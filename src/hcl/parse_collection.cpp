/// Function calls, tuples, objects, and `for`.
#include <algorithm>

#include "base/text.h"
#include "hcl/parser.h"

namespace secretwatch::hcl {

Expression Parser::call(const Token& name) {
  Call result;
  result.name = lexer_.text_of(name);
  while (!is_failing_ && accept(Kind::double_colon)) {
    const Token next = lexer_.peek();
    if (!expect(Kind::identifier, "the name of a function")) break;
    result.name += "::";
    result.name += lexer_.text_of(next);
  }
  result.name_span = span_from(name.begin);
  if (is_failing_ || !is_next(Kind::open_parenthesis)) {
    unexpected(lexer_.peek(), "'(' and the arguments of the function");
    return {span(name), 1, NullLiteral{}};
  }
  if (!argument_list(result, name.begin)) return {span(name), 1, NullLiteral{}};
  const std::uint32_t height = height_of(result.arguments);
  return make(span_from(name.begin), height, std::move(result));
}

bool Parser::argument_list(Call& call, std::size_t begin) {
  lexer_.take();  // the parenthesis
  const std::size_t head_end = lexer_.position();
  const NewlinesMatter newlines(lexer_, false);
  while (!accept(Kind::close_parenthesis)) {
    if (is_next(Kind::end)) {
      fault(codes::unclosed, span(begin, head_end), "the arguments of this function are not closed");
      return false;
    }
    call.arguments.push_back(expression());
    if (is_failing_) return false;
    if (accept(Kind::ellipsis)) {
      call.expands_last = true;
      return expect(Kind::close_parenthesis, "')'");
    }
    if (!accept(Kind::comma) && !is_next(Kind::close_parenthesis) && !is_next(Kind::end)) {
      unexpected(lexer_.peek(), "',' or ')'");
      return false;
    }
  }
  return true;
}

Expression Parser::tuple() {
  const Token open = lexer_.take();
  Tuple result;
  {
    const NewlinesMatter newlines(lexer_, false);
    if (is_next_word("for")) return for_expression(open);
    while (!accept(Kind::close_bracket)) {
      if (is_next(Kind::end)) {
        fault(codes::unclosed, span(open), "this bracket is not closed");
        return {span(open), 1, NullLiteral{}};
      }
      result.items.push_back(expression());
      if (!is_failing_ && !accept(Kind::comma) && !is_next(Kind::close_bracket) && !is_next(Kind::end))
        unexpected(lexer_.peek(), "',' or ']'");
      if (is_failing_) return {span(open), 1, NullLiteral{}};
    }
  }
  const std::uint32_t height = height_of(result.items);
  return make(span_from(open.begin), height, std::move(result));
}

Expression Parser::object() {
  const Token open = lexer_.take();
  {
    const NewlinesMatter newlines(lexer_, false);
    if (is_next_word("for")) return for_expression(open);
  }
  Object result;
  {
    const NewlinesMatter newlines(lexer_, true);
    while (!accept(Kind::close_brace)) {
      if (accept(Kind::newline)) continue;
      if (is_next(Kind::end)) {
        fault(codes::unclosed, span(open), "this brace is not closed");
        return {span(open), 1, NullLiteral{}};
      }
      if (!object_entry(result)) return {span(open), 1, NullLiteral{}};
    }
  }
  std::uint32_t height = 0;
  for (const ObjectEntry& entry : result.entries)
    height = std::max({height, entry.value.height, entry.key == nullptr ? 0 : entry.key->height});
  return make(span_from(open.begin), height, std::move(result));
}

bool Parser::object_entry(Object& object) {
  const std::size_t begin = lexer_.peek().begin;
  Expression key = expression();
  if (is_failing_) return false;
  ObjectEntry entry{{}, nullptr, span_from(begin), {}};
  if (const auto* variable = std::get_if<Variable>(&key.body))
    entry.name = variable->name;
  else if (std::holds_alternative<NullLiteral>(key.body))
    entry.name = "null";
  else if (const auto* boolean = std::get_if<BooleanLiteral>(&key.body))
    entry.name = boolean->value ? "true" : "false";
  else
    entry.key = boxed(std::move(key));
  if (!accept(Kind::equal) && !accept(Kind::colon)) {
    unexpected(lexer_.peek(), "'=' and the value of the key");
    return false;
  }
  entry.value = expression();
  if (is_failing_) return false;
  object.entries.push_back(std::move(entry));
  if (accept(Kind::comma) || accept(Kind::newline) || is_next(Kind::close_brace) || is_next(Kind::end)) return true;
  unexpected(lexer_.peek(), "',', a new line or '}'");
  return false;
}

/// `for key, value in collection`, after the word `for`; in an expression and in a directive.
bool Parser::for_header(std::string& key, std::string& value, ExpressionPtr& collection, std::string_view what) {
  const auto name = [&](std::string& into) {
    const Token next = lexer_.peek();
    if (next.kind != Kind::identifier) {
      fault(codes::bad_for, span(next), "{} names a variable here, not {}", what, describe(next.kind));
      return false;
    }
    into = lexer_.text_of(lexer_.take());
    return true;
  };
  if (!name(value)) return false;
  if (accept(Kind::comma)) {
    key = std::move(value);
    if (!name(value)) return false;
  }
  if (!is_next_word("in")) {
    fault(codes::bad_for, span(lexer_.peek()), "{} has the word 'in' after its variables", what);
    return false;
  }
  lexer_.take();
  collection = boxed(expression());
  return !is_failing_;
}

Expression Parser::for_expression(const Token& open) {
  For result;
  result.makes_object = open.kind == Kind::open_brace;
  Expression failed{span(open), 1, NullLiteral{}};
  {
    const NewlinesMatter newlines(lexer_, false);
    lexer_.take();  // for
    if (!for_header(result.key, result.value, result.collection, "a 'for'")) return failed;
    if (!expect(Kind::colon, "':' after the collection")) return failed;
    result.result = boxed(expression());
    if (is_failing_) return failed;
    if (accept(Kind::fat_arrow)) {
      result.result_key = std::move(result.result);
      result.result = boxed(expression());
      if (is_failing_) return failed;
    }
    result.groups = accept(Kind::ellipsis);
    if (is_next_word("if")) {
      lexer_.take();
      result.condition = boxed(expression());
      if (is_failing_) return failed;
    }
    if (!expect(result.makes_object ? Kind::close_brace : Kind::close_bracket, "the end of the 'for'")) return failed;
  }
  check_for(result, open.begin);
  std::uint32_t height = std::max(result.collection->height, result.result->height);
  if (result.result_key != nullptr) height = std::max(height, result.result_key->height);
  if (result.condition != nullptr) height = std::max(height, result.condition->height);
  return make(span_from(open.begin), height, std::move(result));
}

void Parser::check_for(const For& loop, std::size_t begin) {
  if (loop.makes_object && loop.result_key == nullptr)
    fault(codes::bad_for, span_from(begin), "a 'for' in braces makes an object and needs '=>' after its key");
  if (!loop.makes_object && loop.result_key != nullptr)
    fault(codes::bad_for, loop.result_key->span, "a 'for' in brackets makes a tuple and has no key");
  if (!loop.makes_object && loop.groups)
    fault(codes::bad_for, span_from(begin), "'...' groups by key, and a 'for' in brackets has none");
}

}  // namespace secretwatch::hcl
