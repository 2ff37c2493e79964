#include <algorithm>
#include <cassert>

#include "base/source.h"
#include "base/text.h"
#include "pattern/pattern.h"
#include "pattern/utf8.h"

namespace secretwatch::pattern {
namespace {

template <class... Functions>
struct Overloaded : Functions... {
  using Functions::operator()...;
};
template <class... Functions>
Overloaded(Functions...) -> Overloaded<Functions...>;

std::string quoted(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') out += '\\';
    out += c;
  }
  return out + '"';
}

bool is_plain_name(std::string_view name) {
  for (std::size_t at = 0; at < name.size();) {
    const Character next = decode(name, at);
    if (next.bytes == 0 || !(is_letter_or_digit(next.code) || next.code == '_' || next.code == '-')) return false;
    at += next.bytes;
  }
  return !name.empty();
}

std::string print_step(const Step& step) {
  return std::visit(Overloaded{[](const Member& member) {
                                 assert(member.name.find('\'') == std::string::npos);
                                 return is_plain_name(member.name) ? "." + member.name : ".['" + member.name + "']";
                               },
                               [](const Index& index) { return "[" + std::to_string(index.position) + "]"; },
                               [](const AnyElement&) { return std::string("[*]"); },
                               [](const AnyMember&) { return std::string(".*"); }},
                    step);
}

std::string_view spelling_of(Operator op) {
  switch (op) {
    case Operator::equal:
      return "=";
    case Operator::not_equal:
      return "!=";
    case Operator::less:
      return "<";
    case Operator::greater:
      return ">";
    case Operator::less_or_equal:
      return "<=";
    case Operator::greater_or_equal:
      return ">=";
  }
  return "=";
}

std::string_view spelling_of(Is::What what) {
  switch (what) {
    case Is::What::null:
      return "NULL";
    case Is::What::true_value:
      return "TRUE";
    case Is::What::false_value:
      return "FALSE";
  }
  return "NULL";
}

std::string print_operand(const Operand& operand) {
  return std::visit(
      Overloaded{[](const Quoted& value) { return quoted(value.text); }, [](const Bare& value) { return value.text; },
                 [](const Number& value) { return value.text; },
                 [](const Regex& value) { return "%" + value.text + "%"; }},
      operand);
}

/// Writes conditions: of JSON patterns, or of a field, whose subject is its name and where parentheses stand only if
/// they must (that the service accepts them there is not recorded).
class ConditionPrinter {
 public:
  enum class Of { json, field };
  explicit ConditionPrinter(Of of) : of_(of) {}

  std::string print(const Expression& expression) const { return std::visit(*this, expression.body); }

  std::string operator()(const Comparison& test) const {
    return subject(test.selector) + " " + std::string(spelling_of(test.op)) + " " + print_operand(test.operand);
  }
  std::string operator()(const Is& test) const {
    return subject(test.selector) + " IS " + std::string(spelling_of(test.what));
  }
  std::string operator()(const NotExists& test) const { return subject(test.selector) + " NOT EXISTS"; }
  std::string operator()(const AllOf& all) const { return join(all.terms, " && ", true); }
  std::string operator()(const AnyOf& any) const { return join(any.terms, " || ", of_ == Of::json); }

 private:
  std::string subject(const Selector& selector) const {
    if (of_ == Of::json) return pattern::print(selector);
    return std::get<Member>(selector.steps.front()).name;
  }

  std::string join(const std::vector<Expression>& terms, std::string_view connective, bool parenthesize) const {
    std::string out;
    for (const Expression& term : terms) {
      const bool is_group = std::holds_alternative<AllOf>(term.body) || std::holds_alternative<AnyOf>(term.body);
      if (!out.empty()) out += connective;
      out += is_group && parenthesize ? "(" + print(term) + ")" : print(term);
    }
    return out;
  }

  Of of_;
};

std::string print_field(const Field& field) {
  if (field.kind == Field::Kind::ellipsis) return "...";
  if (field.condition.empty()) return field.name;
  return ConditionPrinter(ConditionPrinter::Of::field).print(field.condition.front());
}

std::string print_term(const Term& term) {
  const std::string sign = term.kind == Term::Kind::excluded ? "-" : term.kind == Term::Kind::optional ? "?" : "";
  return sign + (term.quoted ? quoted(term.text) : term.text);
}

std::string print_body(const TermsPattern& pattern) {
  std::string out;
  for (const Term& term : pattern.terms) out += (out.empty() ? "" : " ") + print_term(term);
  return out;
}

std::string print_body(const JsonPattern& pattern) {
  return "{ " + ConditionPrinter(ConditionPrinter::Of::json).print(pattern.condition) + " }";
}

std::string print_body(const DelimitedPattern& pattern) {
  std::string out;
  for (const Field& field : pattern.fields) {
    const std::string text = print_field(field);
    if (&field != &pattern.fields.front()) out += text.empty() ? "," : ", ";
    out += text;
  }
  return "[" + out + "]";
}

std::string print_body(const RegexPattern& pattern) {
  return "%" + pattern.regex + "%";
}

bool has_wildcard(const Selector& selector) {
  return std::any_of(selector.steps.begin(), selector.steps.end(), [](const Step& step) {
    return std::holds_alternative<AnyElement>(step) || std::holds_alternative<AnyMember>(step);
  });
}

void count(const Expression& expression, Usage& usage) {
  const auto count_selector = [&](const Selector& selector) {
    usage.wildcard_selectors += has_wildcard(selector) ? 1 : 0;
  };
  const auto count_terms = [&](const std::vector<Expression>& terms) {
    for (const Expression& term : terms) count(term, usage);
  };
  std::visit(
      Overloaded{[&](const Comparison& test) {
                   count_selector(test.selector);
                   usage.regexes += std::holds_alternative<Regex>(test.operand) ? 1 : 0;
                 },
                 [&](const Is& test) { count_selector(test.selector); },
                 [&](const NotExists& test) { count_selector(test.selector); },
                 [&](const AllOf& all) { count_terms(all.terms); }, [&](const AnyOf& any) { count_terms(any.terms); }},
      expression.body);
}

}  // namespace

std::string print(const Filter& filter) {
  return std::visit([](const auto& pattern) { return print_body(pattern); }, filter.body);
}

std::string print(const Selector& selector) {
  std::string out = "$";
  for (const Step& step : selector.steps) out += print_step(step);
  return out;
}

Usage usage_of(const Filter& filter) {
  Usage usage;
  usage.characters = count_characters(print(filter));
  if (const auto* json = std::get_if<JsonPattern>(&filter.body)) count(json->condition, usage);
  if (const auto* delimited = std::get_if<DelimitedPattern>(&filter.body))
    for (const Field& field : delimited->fields)
      for (const Expression& condition : field.condition) count(condition, usage);
  if (std::holds_alternative<RegexPattern>(filter.body)) usage.regexes = 1;
  return usage;
}

}  // namespace secretwatch::pattern
