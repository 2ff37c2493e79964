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

/// A backslash is doubled only where it would be read as an escape. So most text is written as it is, which is right
/// whether or not the service knows escapes (no recording tells), and nothing is longer than the user wrote it.
std::string quoted(std::string_view text) {
  std::string out = "\"";
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool looks_like_escape =
        text[i] == '\\' && (i + 1 == text.size() || text[i + 1] == '\\' || text[i + 1] == '"');
    if (text[i] == '"' || looks_like_escape) out += '\\';
    out += text[i];
  }
  return out + '"';
}

bool is_plain_name(std::string_view name) {
  const auto is_plain = [](char c) { return is_letter_or_digit(c) || c == '_' || c == '-'; };
  if (std::all_of(name.begin(), name.end(), is_plain)) return !name.empty();
  for (std::size_t at = 0; at < name.size();) {
    const Character next = decode(name, at);
    if (next.bytes == 0 || !(is_unicode_letter_or_digit(next.code) || next.code == '_' || next.code == '-'))
      return false;
    at += next.bytes;
  }
  return !name.empty();
}

std::string print_member(const std::string& name) {
  assert(name.find('\'') == std::string::npos);
  return is_plain_name(name) ? "." + name : ".['" + name + "']";
}

std::string print_step(const Step& step) {
  return std::visit(Overloaded{[](const Member& member) { return print_member(member.name); },
                               [](const Index& index) { return "[" + std::to_string(index.position) + "]"; },
                               [](const AnyElement&) { return std::string("[*]"); },
                               [](const AnyMember&) { return std::string(".*"); }},
                    step);
}

std::string print_operand(const Operand& operand) {
  return std::visit(
      Overloaded{[](const Quoted& value) { return quoted(value.text); }, [](const Bare& value) { return value.text; },
                 [](const Number& value) { return value.text; },
                 [](const Regex& value) { return "%" + value.text + "%"; }},
      operand);
}

std::string spelling_of(Operator op) {
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

std::string spelling_of(Is::What what) {
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

/// Writes patterns: in the canonical spelling, or with nothing in them that could be left out.
class Printer {
 public:
  enum class Spelling { canonical, compact };
  explicit Printer(Spelling spelling) : gap_(spelling == Spelling::canonical ? " " : "") {}

  std::string operator()(const TermsPattern& pattern) const {
    std::string out;
    for (const Term& term : pattern.terms) {
      const bool has_sign = term.kind != Term::Kind::required;
      if (!out.empty()) out += has_sign ? gap_ : " ";
      if (has_sign) out += term.kind == Term::Kind::excluded ? '-' : '?';
      out += term.quoted ? quoted(term.text) : term.text;
    }
    return out;
  }

  std::string operator()(const JsonPattern& pattern) const {
    return "{" + gap_ + condition(pattern.condition, Subject::selector) + gap_ + "}";
  }

  std::string operator()(const DelimitedPattern& pattern) const {
    std::string out;
    for (const Field& each : pattern.fields) {
      const std::string text = field(each);
      if (&each != &pattern.fields.front()) out += text.empty() ? "," : "," + gap_;
      out += text;
    }
    return "[" + out + "]";
  }

  std::string operator()(const RegexPattern& pattern) const { return "%" + pattern.regex + "%"; }

  std::string operator()(const Expression& expression) const { return condition(expression, Subject::selector); }

 private:
  /// What comparisons begin with: a selector, or in a field of a delimited pattern its name. There parentheses stand
  /// only where they must, since no recording tells that the service accepts them.
  enum class Subject { selector, field_name };

  std::string field(const Field& field) const {
    if (field.kind == Field::Kind::ellipsis) return "...";
    return field.condition.empty() ? field.name : condition(field.condition.front(), Subject::field_name);
  }

  std::string condition(const Expression& expression, Subject subject) const {
    const bool is_sparing = gap_.empty() || subject == Subject::field_name;
    return std::visit(
        Overloaded{[&](const AllOf& all) { return join(all.terms, gap_ + "&&" + gap_, subject, true); },
                   [&](const AnyOf& any) { return join(any.terms, gap_ + "||" + gap_, subject, !is_sparing); },
                   [&](const Is& test) { return print(test.selector) + " IS " + spelling_of(test.what); },
                   [&](const NotExists& test) { return print(test.selector) + " NOT EXISTS"; },
                   [&](const Comparison& test) {
                     const bool is_name = subject == Subject::field_name;
                     return (is_name ? std::get<Member>(test.selector.steps.front()).name : print(test.selector)) +
                            gap_ + spelling_of(test.op) + gap_ + print_operand(test.operand);
                   }},
        expression.body);
  }

  std::string join(const std::vector<Expression>& terms, const std::string& connective, Subject subject,
                   bool parenthesize_groups) const {
    std::string out;
    for (const Expression& term : terms) {
      const bool is_group = std::holds_alternative<AllOf>(term.body) || std::holds_alternative<AnyOf>(term.body);
      const std::string text = condition(term, subject);
      if (!out.empty()) out += connective;
      out += is_group && parenthesize_groups ? "(" + text + ")" : text;
    }
    return out;
  }

  std::string gap_;  // a blank that may be left out
};

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
  std::string canonical = std::visit(Printer(Printer::Spelling::canonical), filter.body);
  if (count_characters(canonical) <= max_characters) return canonical;
  return std::visit(Printer(Printer::Spelling::compact), filter.body);
}

std::string print(const Selector& selector) {
  std::string out = "$";
  for (const Step& step : selector.steps) out += print_step(step);
  return out;
}

std::string print(const Expression& condition) {
  return Printer(Printer::Spelling::canonical)(condition);
}

Usage usage_of(const Filter& filter) {
  Usage usage;
  usage.characters = count_characters(std::visit(Printer(Printer::Spelling::canonical), filter.body));
  if (const auto* json = std::get_if<JsonPattern>(&filter.body)) count(json->condition, usage);
  if (const auto* delimited = std::get_if<DelimitedPattern>(&filter.body))
    for (const Field& field : delimited->fields)
      for (const Expression& condition : field.condition) count(condition, usage);
  if (std::holds_alternative<RegexPattern>(filter.body)) usage.regexes = 1;
  return usage;
}

}  // namespace secretwatch::pattern
