#include "unit/pattern/describe.h"

namespace secretwatch::pattern {
namespace {

std::string join(const std::vector<std::string>& parts) {
  std::string out;
  for (const std::string& part : parts) out += (out.empty() ? "" : ", ") + part;
  return out;
}

std::string describe(const Step& step) {
  if (const auto* member = std::get_if<Member>(&step)) return "." + member->name;
  if (const auto* index = std::get_if<Index>(&step)) return "[" + std::to_string(index->position) + "]";
  return std::holds_alternative<AnyElement>(step) ? "[*]" : ".*";
}

std::string describe(const Selector& selector) {
  std::string out;
  for (const Step& step : selector.steps) out += describe(step);
  return out.substr(1);
}

std::string describe(const Operand& operand) {
  if (const auto* quoted = std::get_if<Quoted>(&operand)) return "quoted " + quoted->text;
  if (const auto* bare = std::get_if<Bare>(&operand)) return "bare " + bare->text;
  if (const auto* number = std::get_if<Number>(&operand)) return "num " + number->text;
  return "regex " + std::get<Regex>(operand).text;
}

std::string name_of(Operator op) {
  constexpr const char* names[] = {"eq", "ne", "lt", "gt", "le", "ge"};
  return names[static_cast<int>(op)];
}

std::string describe(const Expression& expression, bool with_subject) {
  const auto list = [&](const std::vector<Expression>& terms) {
    std::vector<std::string> parts;
    parts.reserve(terms.size());
    for (const Expression& term : terms) parts.push_back(describe(term, with_subject));
    return "(" + join(parts) + ")";
  };
  if (const auto* all = std::get_if<AllOf>(&expression.body)) return "all" + list(all->terms);
  if (const auto* any = std::get_if<AnyOf>(&expression.body)) return "any" + list(any->terms);
  if (const auto* test = std::get_if<NotExists>(&expression.body)) return "missing(" + describe(test->selector) + ")";
  if (const auto* test = std::get_if<Is>(&expression.body)) {
    constexpr const char* names[] = {"null", "true", "false"};
    return std::string(names[static_cast<int>(test->what)]) + "(" + describe(test->selector) + ")";
  }
  const auto& test = std::get<Comparison>(expression.body);
  const std::string subject = with_subject ? describe(test.selector) + ", " : "";
  return name_of(test.op) + "(" + subject + describe(test.operand) + ")";
}

std::string describe(const Field& field) {
  if (field.kind == Field::Kind::ellipsis) return "...";
  if (field.kind == Field::Kind::unnamed) return "_";
  return field.condition.empty() ? field.name : field.name + ": " + describe(field.condition.front(), false);
}

std::string describe(const Term& term) {
  const std::string sign = term.kind == Term::Kind::required ? "+" : term.kind == Term::Kind::excluded ? "-" : "?";
  return sign + (term.quoted ? "\"" + term.text + "\"" : term.text);
}

template <class Parts>
std::string describe_each(const Parts& parts) {
  std::vector<std::string> described;
  for (const auto& part : parts) described.push_back(describe(part));
  return join(described);
}

}  // namespace

std::string describe(const Filter& filter) {
  if (const auto* terms = std::get_if<TermsPattern>(&filter.body)) return "terms(" + describe_each(terms->terms) + ")";
  if (const auto* json = std::get_if<JsonPattern>(&filter.body)) return "json(" + describe(json->condition, true) + ")";
  if (const auto* delimited = std::get_if<DelimitedPattern>(&filter.body))
    return "fields(" + describe_each(delimited->fields) + ")";
  return "regex(" + std::get<RegexPattern>(filter.body).regex + ")";
}

}  // namespace secretwatch::pattern
