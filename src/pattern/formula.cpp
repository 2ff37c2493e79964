#include "pattern/formula.h"

#include <algorithm>
#include <utility>

namespace secretwatch::pattern {
namespace {

/// Puts the demand on what the selector selects; `shape` is laid on the value there.
/// With a wildcard: on some value that is selected, or on every one.
Shape at(std::vector<Step> steps, Shape shape, bool on_some) {
  std::reverse(steps.begin(), steps.end());  // from the inside out
  for (const Step& step : steps) {
    Shape outer;
    if (const auto* member = std::get_if<Member>(&step))
      outer.members[member->name] = std::move(shape);
    else if (const auto* index = std::get_if<Index>(&step))
      outer.elements[index->position] = std::move(shape);
    else
      (on_some ? outer.some : outer.every).push_back(std::move(shape));
    shape = std::move(outer);
  }
  return shape;
}

/// Every value that the demand speaks of knows who asked.
void sign(Shape& shape, std::uint32_t id) {
  shape.reasons.push_back(id);
  for (auto& [name, member] : shape.members) sign(member, id);
  for (auto& [position, element] : shape.elements) sign(element, id);
  for (Shape& some : shape.some) sign(some, id);
  for (Shape& every : shape.every) sign(every, id);
}

Shape of_form(Forms forms) {
  Shape shape;
  shape.forms = forms;
  return shape;
}

/// The value satisfies the comparison, or does not.
Shape satisfying(const ValueTest* test, bool holds) {
  Shape shape = of_form(holds ? static_cast<Forms>(only(Form::string) | only(Form::number)) : any_form);
  shape.wishes.push_back({test, holds});
  return shape;
}

Shape being(Is::What what, bool has_wildcard, bool holds) {
  const Form form = what == Is::What::null         ? Form::null
                    : what == Is::What::true_value ? Form::true_value
                                                   : Form::false_value;
  Shape shape = of_form(holds ? only(form) : but(form));
  if (what != Is::What::null || has_wildcard) return shape;
  if (holds) shape.forms |= only(Form::array);
  (holds ? shape.array_holds_null : shape.array_holds_no_null) = true;
  return shape;
}

template <class Pattern>
std::string spelled(Pattern pattern) {
  const std::string text = print(Filter{std::move(pattern)});
  return text.substr(1, text.size() - 2);
}

std::string without_blanks_around(const std::string& text) {
  const std::size_t begin = text.find_first_not_of(' ');
  return text.substr(begin, text.find_last_not_of(' ') + 1 - begin);
}

}  // namespace

bool is_surely_true(const Formula& formula, const Json& message) {
  const auto is_true = [&](const Formula& term) { return is_surely_true(term, message); };
  switch (formula.kind) {
    case Formula::Kind::demand:
      return formula.judge != nullptr && formula.judge->matches(message) == formula.holds;
    case Formula::Kind::all:
      return std::all_of(formula.terms.begin(), formula.terms.end(), is_true);
    case Formula::Kind::any:
      return std::any_of(formula.terms.begin(), formula.terms.end(), is_true);
  }
  return false;
}

Domain domain_of(const Filter& filter) {
  if (std::holds_alternative<JsonPattern>(filter.body)) return {Domain::Kind::json, 0, false};
  const auto* delimited = std::get_if<DelimitedPattern>(&filter.body);
  if (delimited == nullptr) return {Domain::Kind::text, 0, false};
  const auto is_ellipsis = [](const Field& field) { return field.kind == Field::Kind::ellipsis; };
  const auto ellipses = std::count_if(delimited->fields.begin(), delimited->fields.end(), is_ellipsis);
  return {Domain::Kind::fields, delimited->fields.size() - static_cast<std::size_t>(ellipses),
          ellipses > 0 || delimited->fields.empty()};
}

Formula Formulas::of(const Filter& filter, bool selects) {
  if (const auto* json = std::get_if<JsonPattern>(&filter.body)) return of_expression(json->condition, selects);
  if (const auto* delimited = std::get_if<DelimitedPattern>(&filter.body)) return of_fields(*delimited, selects);
  if (const auto* terms = std::get_if<TermsPattern>(&filter.body)) return of_terms(*terms, selects);
  const std::string& regex = std::get<RegexPattern>(filter.body).regex;
  const ValueTest* test = prepare(std::make_unique<const ValueTest>(Operator::equal, Regex{regex}));
  Shape shape;
  shape.wishes.push_back({test, selects});
  return demand(std::move(shape), {{}, "%" + regex + "%"}, selects);
}

Formula Formulas::all(std::vector<Formula> terms) {
  return group(Formula::Kind::all, std::move(terms));
}

const Formulas::Leaf* Formulas::leaf_of(std::uint32_t id) const {
  const auto found = leaves_.find(id);
  return found == leaves_.end() ? nullptr : &found->second;
}

Formula Formulas::group(Formula::Kind kind, std::vector<Formula> terms) {
  Formula formula;
  formula.kind = kind;
  formula.id = next_id_++;
  formula.terms = std::move(terms);
  return formula;
}

Formula Formulas::demand(Shape shape, const Leaf& leaf, bool holds) {
  Formula formula;
  formula.kind = Formula::Kind::demand;
  formula.id = next_id_++;
  formula.leaf = leaf_numbers_.insert({leaf.text, static_cast<std::uint32_t>(leaf_numbers_.size())}).first->second;
  formula.holds = holds;
  sign(shape, formula.id);
  formula.demand = std::move(shape);
  leaves_[formula.id] = leaf;
  return formula;
}

Formula Formulas::of_expression(const Expression& expression, bool holds) {
  const auto* all = std::get_if<AllOf>(&expression.body);
  const auto* any = std::get_if<AnyOf>(&expression.body);
  if (all == nullptr && any == nullptr) return of_leaf(expression, holds);
  std::vector<Formula> terms;
  for (const Expression& term : all != nullptr ? all->terms : any->terms) terms.push_back(of_expression(term, holds));
  return group((all != nullptr) == holds ? Formula::Kind::all : Formula::Kind::any, std::move(terms));
}

Formula Formulas::of_leaf(const Expression& expression, bool holds) {
  Formula formula = of_one_leaf(expression, holds);
  if (formula.kind == Formula::Kind::demand)
    formula.judge = std::make_shared<const JsonMatcher>(JsonPattern{expression});
  return formula;
}

Formula Formulas::of_one_leaf(const Expression& expression, bool holds) {
  Leaf leaf{{}, without_blanks_around(spelled(JsonPattern{expression}))};
  if (const auto* test = std::get_if<NotExists>(&expression.body)) {
    leaf.place = test->place;
    const bool is_wild = has_wildcard(test->selector);
    Shape missing = of_form(holds ? only(Form::missing) : but(Form::missing));
    return demand(at(test->selector.steps, std::move(missing), is_wild && !holds), leaf, holds);
  }
  if (const auto* test = std::get_if<Is>(&expression.body)) {
    leaf.place = test->place;
    const bool is_wild = has_wildcard(test->selector);
    return demand(at(test->selector.steps, being(test->what, is_wild, holds), is_wild && holds), leaf, holds);
  }
  const auto& test = std::get<Comparison>(expression.body);
  leaf.place = test.place;
  const bool is_wild = has_wildcard(test.selector);
  if (is_wild && test.op == Operator::not_equal) return of_none_equals(test, leaf, holds);
  const ValueTest* prepared = prepare(std::make_unique<const ValueTest>(test.op, test.operand));
  return demand(at(test.selector.steps, satisfying(prepared, holds), is_wild && holds), leaf, holds);
}

/// `$.a[*] != x`: what the wildcard opens is there, and no selected value equals.
Formula Formulas::of_none_equals(const Comparison& test, const Leaf& leaf, bool holds) {
  const std::vector<Step>& steps = test.selector.steps;
  const std::vector<Step> opened(steps.begin(), std::find_if(steps.begin(), steps.end(), is_wildcard));
  const ValueTest* equal = prepare(std::make_unique<const ValueTest>(Operator::equal, test.operand));
  Shape is_open = at(opened, of_form(holds ? but(Form::missing) : only(Form::missing)), false);
  Shape equals = at(steps, satisfying(equal, !holds), !holds);
  if (holds) {
    merge(is_open, equals);
    return demand(std::move(is_open), leaf, true);
  }
  // The contrary has two parts; neither alone is the contrary of the comparison.
  std::vector<Formula> parts;
  parts.push_back(demand(std::move(is_open), {leaf.place, leaf.text + " (nothing to open)"}, true));
  parts.push_back(demand(std::move(equals), {leaf.place, leaf.text + " (some equals)"}, true));
  return group(Formula::Kind::any, std::move(parts));
}

Formula Formulas::of_terms(const TermsPattern& pattern, bool selects) {
  std::vector<Formula> needed;
  std::vector<Formula> optional;
  for (const Term& term : pattern.terms) {
    const ValueTest* test = prepare(std::make_unique<const ValueTest>(ValueTest::part(term.text)));
    const bool occurs = (term.kind != Term::Kind::excluded) == selects;
    Shape shape;
    shape.wishes.push_back({test, occurs});
    const std::string text = print(Filter{TermsPattern{{Term{Term::Kind::required, term.text, term.quoted, {}}}}});
    Formula asked = demand(std::move(shape), {term.place, text}, occurs);
    (term.kind == Term::Kind::optional ? optional : needed).push_back(std::move(asked));
  }
  if (needed.empty() && !optional.empty())
    return group(selects ? Formula::Kind::any : Formula::Kind::all, std::move(optional));
  return group(selects ? Formula::Kind::all : Formula::Kind::any, std::move(needed));
}

Formula Formulas::of_fields(const DelimitedPattern& pattern, bool selects) {
  std::vector<Formula> terms;
  std::size_t position = 0;
  for (const Field& field : pattern.fields) {
    if (field.kind == Field::Kind::ellipsis) continue;
    for (const Expression& condition : field.condition)
      terms.push_back(of_field(condition, std::to_string(position), selects));
    ++position;
  }
  return group(selects ? Formula::Kind::all : Formula::Kind::any, std::move(terms));
}

Formula Formulas::of_field(const Expression& condition, const std::string& position, bool holds) {
  const auto* all = std::get_if<AllOf>(&condition.body);
  const auto* any = std::get_if<AnyOf>(&condition.body);
  if (all != nullptr || any != nullptr) {
    std::vector<Formula> terms;
    for (const Expression& term : all != nullptr ? all->terms : any->terms)
      terms.push_back(of_field(term, position, holds));
    return group((all != nullptr) == holds ? Formula::Kind::all : Formula::Kind::any, std::move(terms));
  }
  const auto& test = std::get<Comparison>(condition.body);
  Shape shape;
  shape.forms = only(Form::field);
  shape.wishes.push_back({prepare(std::make_unique<const ValueTest>(test.op, test.operand)), holds});
  Comparison nameless = test;
  nameless.selector = Selector{{Member{position}}};  // fields of two patterns are the same by position, not by name
  Leaf leaf{test.place, without_blanks_around(spelled(JsonPattern{{std::move(nameless)}}))};
  Formula asked = demand(at({Member{position}}, std::move(shape), false), leaf, holds);
  Comparison named = test;
  leaves_[asked.id].text = without_blanks_around(spelled(JsonPattern{{std::move(named)}})).substr(2);
  return asked;
}

const ValueTest* Formulas::prepare(std::unique_ptr<const ValueTest> test) {
  tests_.push_back(std::move(test));
  return tests_.back().get();
}

}  // namespace secretwatch::pattern
