#include "pattern/explain.h"

#include <algorithm>
#include <cassert>

namespace secretwatch::pattern {
namespace {

DelimitedPattern bare(DelimitedPattern pattern) {
  for (Field& field : pattern.fields) field.condition.clear();
  return pattern;
}

}  // namespace

Explainer::Part Explainer::leaf(Place place, const Filter& filter) {
  Part part;
  part.place = place;
  part.matcher.emplace_back(filter);
  return part;
}

Explainer::Part Explainer::from(const Expression& expression) {
  const auto* all = std::get_if<AllOf>(&expression.body);
  const auto* any = std::get_if<AnyOf>(&expression.body);
  if (all != nullptr || any != nullptr) {
    Part part;
    part.kind = all != nullptr ? Part::Kind::all : Part::Kind::any;
    for (const Expression& term : all != nullptr ? all->terms : any->terms) part.terms.push_back(from(term));
    return part;
  }
  Place place;
  if (const auto* comparison = std::get_if<Comparison>(&expression.body)) place = comparison->place;
  if (const auto* is = std::get_if<Is>(&expression.body)) place = is->place;
  if (const auto* not_exists = std::get_if<NotExists>(&expression.body)) place = not_exists->place;
  return leaf(place, Filter{JsonPattern{expression}});
}

/// Optional terms are alternatives where they are alone, and mean nothing elsewhere.
Explainer::Part Explainer::from(const TermsPattern& pattern) {
  Part all;
  all.kind = Part::Kind::all;
  Part any;
  any.kind = Part::Kind::any;
  for (const Term& term : pattern.terms) {
    Part part = leaf(term.place, Filter{TermsPattern{{term}}});
    (term.kind == Term::Kind::optional ? any : all).terms.push_back(std::move(part));
  }
  return all.terms.empty() && !any.terms.empty() ? std::move(any) : std::move(all);
}

/// For each condition the pattern with no other one: what fails then, fails by it.
Explainer::Part Explainer::from(const DelimitedPattern& pattern) {
  Part all;
  all.kind = Part::Kind::all;
  for (std::size_t i = 0; i < pattern.fields.size(); ++i) {
    if (pattern.fields[i].condition.empty()) continue;
    DelimitedPattern one = bare(pattern);
    one.fields[i].condition = pattern.fields[i].condition;
    all.terms.push_back(leaf(pattern.fields[i].place, Filter{one}));
  }
  return all;
}

Explainer::Explainer(const Filter& filter) : whole_(filter) {
  if (const auto* json = std::get_if<JsonPattern>(&filter.body)) {
    part_ = from(json->condition);
    wants_json_ = true;
  } else if (const auto* terms = std::get_if<TermsPattern>(&filter.body)) {
    part_ = from(*terms);
  } else if (const auto* delimited = std::get_if<DelimitedPattern>(&filter.body)) {
    part_ = from(*delimited);
    without_conditions_.emplace_back(Filter{bare(*delimited)});
  } else {
    part_.kind = Part::Kind::all;
  }
}

bool Explainer::judge(const Part& part, const PreparedMessage& message, std::vector<Place>& places) {
  if (part.kind == Part::Kind::leaf) {
    places.push_back(part.place);
    return part.matcher.front().matches(message);
  }
  // The verdict of one term settles an `any` that holds and an `all` that fails; otherwise all of them decided.
  const bool settles = part.kind == Part::Kind::any;
  std::vector<Place> gathered;
  for (const Part& term : part.terms) {
    std::vector<Place> of_term;
    const bool holds = judge(term, message, of_term);
    if (holds == settles) {
      places.insert(places.end(), of_term.begin(), of_term.end());
      return holds;
    }
    gathered.insert(gathered.end(), of_term.begin(), of_term.end());
  }
  places.insert(places.end(), gathered.begin(), gathered.end());
  return !settles;
}

Explanation Explainer::explain(const PreparedMessage& message) const {
  Explanation explanation;
  explanation.selects = whole_.matches(message);
  if (wants_json_ && (message.json() == nullptr || message.json()->kind(Json::root()) != Json::Kind::object)) {
    explanation.remark = "the message is not a JSON object";
    return explanation;
  }
  if (!without_conditions_.empty() && !without_conditions_.front().matches(message)) {
    explanation.remark = "the message has too few fields";
    return explanation;
  }
  judge(part_, message, explanation.places);
  return explanation;
}

}  // namespace secretwatch::pattern
