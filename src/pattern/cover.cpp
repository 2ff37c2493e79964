#include "pattern/cover.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <utility>

#include "pattern/leaves.h"
#include "pattern/search.h"

namespace secretwatch::pattern {
namespace {

constexpr std::size_t steps_of_question = 1'000'000;

Answer answer_of(const Outcome& outcome, Verdict if_found) {
  const Verdict if_none = if_found == Verdict::yes ? Verdict::no : Verdict::yes;
  switch (outcome.result) {
    case Search::found:
      return {if_found, outcome.message, {}};
    case Search::none:
      return {if_none, {}, {}};
    case Search::not_decided:
      break;
  }
  return {};
}

Answer decided(Verdict verdict, std::string witness = {}) {
  return {verdict, std::move(witness), {}};
}

/// Filters that read messages in the same way, so that one message's parts are the parts of both.
bool are_comparable(const Domain& a, const Domain& b) {
  return a == b && !a.is_open;
}

bool selects_everything(const Filter& filter) {
  const auto* terms = std::get_if<TermsPattern>(&filter.body);
  const auto* fields = std::get_if<DelimitedPattern>(&filter.body);
  const bool is_ellipsis =
      fields != nullptr && fields->fields.size() == 1 && fields->fields.front().kind == Field::Kind::ellipsis;
  return (terms != nullptr && terms->terms.empty()) || (fields != nullptr && fields->fields.empty()) || is_ellipsis;
}

std::vector<Contradiction> contradictions_of(const Outcome& outcome, const Formulas& formulas) {
  std::vector<Contradiction> contradictions;
  for (const std::vector<std::uint32_t>& ids : outcome.contradictions) {
    Contradiction contradiction;
    for (const std::uint32_t id : ids)
      if (const Formulas::Leaf* leaf = formulas.leaf_of(id)) contradiction.parts.push_back({leaf->place, leaf->text});
    contradictions.push_back(std::move(contradiction));
  }
  return contradictions;
}

/// A message that `a` selects and `b` selects or not, for filters of one domain.
Outcome search_pair(const Filter& a, const Filter& b, bool b_selects) {
  Formulas formulas;
  std::vector<Formula> both;
  both.push_back(formulas.of(a, true));
  both.push_back(formulas.of(b, b_selects));
  const Formula asked = formulas.all(std::move(both));
  const Matcher is_a(a);
  const Matcher is_b(b);
  Budget budget{steps_of_question};
  return search(
      asked, domain_of(a),
      [&](const std::string& message) { return is_a.matches(message) && is_b.matches(message) == b_selects; }, budget);
}

/// A JSON message with one more member, which holds the text.
std::string with_text(std::string json, const std::string& text) {
  std::string member = json == "{}" ? "\"note\":\"" : ",\"note\":\"";
  for (const char c : text) {
    if (c == '"' || c == '\\' || static_cast<unsigned char>(c) < 0x20) return json;
    member += c;
  }
  return json.insert(json.size() - 1, member + '"');
}

/// Of filters that read messages in different ways nothing is proven but what one message shows.
Answer try_witnesses(const Filter& a, const Filter& b, const Answer& of_a, const Answer& of_b) {
  std::vector<std::string> messages = {of_a.witness, of_b.witness};
  if (domain_of(a).kind == Domain::Kind::json) messages.push_back(with_text(of_a.witness, of_b.witness));
  if (domain_of(b).kind == Domain::Kind::json) messages.push_back(with_text(of_b.witness, of_a.witness));
  for (std::string& message : messages)
    if (matches(a, message) && matches(b, message)) return decided(Verdict::yes, std::move(message));
  return {};
}

constexpr std::array fields_of_every_record = {"eventVersion", "eventTime", "eventSource",
                                               "eventName",    "awsRegion", "sourceIPAddress"};

/// `$.f != "one text"`, where every record has f. (`!= "*"` no value satisfies.)
const Comparison* misses_one_text(const Expression& expression) {
  const auto* test = std::get_if<Comparison>(&expression.body);
  if (test == nullptr || test->op != Operator::not_equal || test->selector.steps.size() != 1) return nullptr;
  const auto* member = std::get_if<Member>(&test->selector.steps.front());
  if (member == nullptr || std::find(fields_of_every_record.begin(), fields_of_every_record.end(), member->name) ==
                               fields_of_every_record.end())
    return nullptr;
  const auto* quoted = std::get_if<Quoted>(&test->operand);
  const auto* bare = std::get_if<Bare>(&test->operand);
  if (quoted == nullptr && bare == nullptr) return nullptr;
  const std::string& text = quoted != nullptr ? quoted->text : bare->text;
  return text.find('*') == std::string::npos ? test : nullptr;
}

/// Collects the comparisons that let nearly every record through; false: something does not.
bool lets_nearly_all_through(const Expression& expression, std::vector<Contradiction::Part>& causes) {
  if (const auto* all = std::get_if<AllOf>(&expression.body))
    return std::all_of(all->terms.begin(), all->terms.end(),
                       [&](const Expression& term) { return lets_nearly_all_through(term, causes); });
  if (const auto* any = std::get_if<AnyOf>(&expression.body)) {
    bool some = false;
    for (const Expression& term : any->terms) {
      std::vector<Contradiction::Part> found;
      if (!lets_nearly_all_through(term, found)) continue;
      some = true;
      causes.insert(causes.end(), found.begin(), found.end());
    }
    return some;
  }
  if (const Comparison* test = misses_one_text(expression)) {
    const std::string text = print(Filter{JsonPattern{expression}});
    causes.push_back({test->place, text.substr(2, text.size() - 4)});
    return true;
  }
  return includes(Filter{JsonPattern{expression}}, every_record()).verdict == Verdict::yes;
}

}  // namespace

Answer can_select(const Filter& filter) {
  Formulas formulas;
  const Formula asked = formulas.of(filter, true);
  const Matcher matcher(filter);
  Budget budget{steps_of_question};
  const Outcome outcome = search(
      asked, domain_of(filter), [&](const std::string& message) { return matcher.matches(message); }, budget);
  Answer answer = answer_of(outcome, Verdict::yes);
  answer.contradictions = contradictions_of(outcome, formulas);
  return answer;
}

Answer can_select_both(const Filter& a, const Filter& b) {
  if (are_comparable(domain_of(a), domain_of(b))) return answer_of(search_pair(a, b, true), Verdict::yes);
  const Answer of_a = can_select(a);
  const Answer of_b = can_select(b);
  if (of_a.verdict == Verdict::no || of_b.verdict == Verdict::no) return decided(Verdict::no);
  if (of_a.verdict == Verdict::not_decided || of_b.verdict == Verdict::not_decided) return {};
  return try_witnesses(a, b, of_a, of_b);
}

Answer includes(const Filter& outer, const Filter& inner) {
  if (selects_everything(outer)) return decided(Verdict::yes);
  if (are_comparable(domain_of(inner), domain_of(outer)))
    return answer_of(search_pair(inner, outer, false), Verdict::no);
  const Answer of_inner = can_select(inner);
  if (of_inner.verdict == Verdict::no) return decided(Verdict::yes);
  if (of_inner.verdict == Verdict::yes && !matches(outer, of_inner.witness))
    return decided(Verdict::no, of_inner.witness);
  return {};
}

const Filter& every_record() {
  static const Filter filter = [] {
    std::vector<Expression> terms;
    for (const char* field : fields_of_every_record) terms.push_back(equals(std::string("$.") + field, "*"));
    return Filter{JsonPattern{all_of(std::move(terms))}};
  }();
  return filter;
}

namespace {

constexpr std::string_view rare_text = "a text that nobody asks for";

/// A record with a rare text in each field.
const PreparedMessage& rare_record() {
  static const PreparedMessage message([] {
    std::string text;
    for (const char* field : fields_of_every_record) {
      text += text.empty() ? "{" : ",";
      text += "\"" + std::string(field) + "\":\"" + std::string(rare_text) + "\"";
    }
    return text + "}";
  }());
  return message;
}

bool asks_for_rare_text(const Filter& filter) {
  const std::vector<Leaf> leaves = leaves_of(filter);
  return std::any_of(leaves.begin(), leaves.end(), [](const Leaf& leaf) {
    const auto has_it = [](const auto& operand) { return operand.text.find(rare_text) != std::string::npos; };
    return leaf.comparison() != nullptr && std::visit(has_it, leaf.comparison()->operand);
  });
}

}  // namespace

Reach reach(const Filter& filter) {
  return reach(filter, Matcher(filter));
}

Reach reach(const Filter& filter, const Matcher& matcher) {
  // What does not select the rare record selects neither all nor nearly all; most filters do not.
  const bool is_json = std::holds_alternative<JsonPattern>(filter.body);
  if (is_json && !matcher.matches(rare_record()) && !asks_for_rare_text(filter))
    return {Breadth::not_every_record, rare_record().text(), {}};
  const Answer every = includes(filter, every_record());
  if (every.verdict == Verdict::yes) return {Breadth::every_record, {}, {}};
  if (every.verdict == Verdict::not_decided) return {};
  const auto* json = std::get_if<JsonPattern>(&filter.body);
  Reach result{Breadth::not_every_record, every.witness, {}};
  if (json == nullptr) return result;
  std::vector<Contradiction::Part> causes;
  if (lets_nearly_all_through(json->condition, causes)) {
    result.breadth = Breadth::nearly_every_record;
    result.causes = std::move(causes);
  }
  return result;
}

}  // namespace secretwatch::pattern
