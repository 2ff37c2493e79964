#include <cassert>
#include <utility>

#include "pattern/pattern.h"
#include "pattern/regex.h"

namespace secretwatch::pattern {
namespace {

Selector known_selector(std::string_view text) {
  Expected<Selector> selector = parse_selector(text);
  assert(selector);
  return std::move(*selector);
}

Expression compare(std::string_view selector, Operator op, Operand operand) {
  Comparison comparison;
  comparison.selector = known_selector(selector);
  comparison.op = op;
  comparison.operand = std::move(operand);
  return {std::move(comparison)};
}

/// Terms of the list's own kind are replaced by what they hold.
template <class List>
Expression flattened(std::vector<Expression> terms) {
  assert(!terms.empty());
  List list;
  for (Expression& term : terms) {
    if (auto* same = std::get_if<List>(&term.body))
      std::move(same->terms.begin(), same->terms.end(), std::back_inserter(list.terms));
    else
      list.terms.push_back(std::move(term));
  }
  if (list.terms.size() == 1) return std::move(list.terms.front());
  return {std::move(list)};
}

}  // namespace

Expression equals(std::string_view selector, std::string text) {
  return compare(selector, Operator::equal, Quoted{std::move(text)});
}

Expression differs(std::string_view selector, std::string text) {
  return compare(selector, Operator::not_equal, Quoted{std::move(text)});
}

Expression matches_regex(std::string_view selector, std::string regex) {
  assert(!check_regex(regex));
  return compare(selector, Operator::equal, Regex{std::move(regex)});
}

Expression not_exists(std::string_view selector) {
  return {NotExists{known_selector(selector)}};
}

Expression all_of(std::vector<Expression> terms) {
  return flattened<AllOf>(std::move(terms));
}

Expression any_of(std::vector<Expression> terms) {
  return flattened<AnyOf>(std::move(terms));
}

}  // namespace secretwatch::pattern
