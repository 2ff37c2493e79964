#include "pattern/explain.h"

#include <utility>

namespace secretwatch::pattern {
namespace {

DelimitedPattern bare(DelimitedPattern pattern) {
  for (Field& field : pattern.fields) field.condition.clear();
  return pattern;
}

}  // namespace

/// Optional terms are alternatives where they are alone, and mean nothing elsewhere.
Explainer::Parts Explainer::from(const TermsPattern& pattern) {
  Parts::All all;
  Parts::Any any;
  for (const Term& term : pattern.terms)
    (term.kind == Term::Kind::optional ? any.terms : all.terms)
        .push_back(part(term.place, Filter{TermsPattern{{term}}}));
  if (all.terms.empty() && !any.terms.empty()) return {std::move(any)};
  return {std::move(all)};
}

/// For each condition the pattern with no other one: what fails then, fails by it.
Explainer::Parts Explainer::from(const DelimitedPattern& pattern) {
  Parts::All all;
  for (std::size_t i = 0; i < pattern.fields.size(); ++i) {
    if (pattern.fields[i].condition.empty()) continue;
    DelimitedPattern one = bare(pattern);
    one.fields[i].condition = pattern.fields[i].condition;
    all.terms.push_back(part(pattern.fields[i].place, Filter{one}));
  }
  return {std::move(all)};
}

Explainer::Explainer(const Filter& filter) : Explainer(filter, std::make_shared<const Matcher>(filter)) {}

Explainer::Explainer(const Filter& filter, std::shared_ptr<const Matcher> matcher)
    : whole_(std::move(matcher)), wants_json_(std::holds_alternative<JsonPattern>(filter.body)) {
  if (const auto* terms = std::get_if<TermsPattern>(&filter.body)) parts_ = from(*terms);
  if (const auto* delimited = std::get_if<DelimitedPattern>(&filter.body)) {
    parts_ = from(*delimited);
    without_conditions_.emplace(Filter{bare(*delimited)});
  }
}

Explanation Explainer::explain(const PreparedMessage& message) const {
  Explanation explanation;
  explanation.selects = whole_->matches(message);
  if (wants_json_ && (message.json() == nullptr || message.json()->kind(Json::root()) != Json::Kind::object)) {
    explanation.remark = "the message is not a JSON object";
    return explanation;
  }
  if (wants_json_) {
    explanation.places = whole_->decisive_places(message);
    return explanation;
  }
  if (without_conditions_ && !without_conditions_->matches(message)) {
    explanation.remark = "the message has too few fields";
    return explanation;
  }
  std::vector<const Part*> decisive;
  parts_.decide([&](const Part& part) { return part.matcher.matches(message); }, decisive);
  for (const Part* const part : decisive) explanation.places.push_back(part->place);
  return explanation;
}

}  // namespace secretwatch::pattern
