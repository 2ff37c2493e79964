#include "pattern/search.h"

#include <algorithm>
#include <optional>
#include <utility>

namespace secretwatch::pattern {
namespace {

constexpr std::size_t most_contradictions = 8;

using Reasons = std::vector<std::uint32_t>;  // sorted, each once

void tidy(Reasons& reasons) {
  std::sort(reasons.begin(), reasons.end());
  reasons.erase(std::unique(reasons.begin(), reasons.end()), reasons.end());
}

bool intersect(const Reasons& a, const Reasons& b) {
  return std::any_of(a.begin(), a.end(), [&](std::uint32_t id) { return std::binary_search(b.begin(), b.end(), id); });
}

/// What has been asked for so far.
struct Asked {
  Shape shape{};
  std::vector<const Formula*> demands{};
  std::vector<const Formula*> open{};  // alternatives of which one must be true
  Reasons clash{};                     // a comparison and its contrary; empty: none
};

class Searcher {
 public:
  Searcher(const Domain& domain, const std::function<bool(const std::string&)>& is_right, Budget& budget)
      : domain_(domain), is_right_(is_right), budget_(budget) {}

  Outcome run(const Formula& formula) {
    Asked asked;
    ask(asked, formula);
    const FoundMessage found = explore(asked);
    if (found.result == Search::none) return {Search::none, {}, contradictions_};
    return {found.result, found.text, {}};
  }

 private:
  static void ask(Asked& asked, const Formula& formula) {
    if (formula.kind == Formula::Kind::any) {
      asked.open.push_back(&formula);
    } else if (formula.kind == Formula::Kind::all) {
      for (const Formula& term : formula.terms) ask(asked, term);
    } else {
      for (const Formula* other : asked.demands)
        if (other->leaf == formula.leaf && other->holds != formula.holds) asked.clash = {other->id, formula.id};
      merge(asked.shape, formula.demand);
      asked.demands.push_back(&formula);
    }
  }

  /// The ids that come with the term: of its demands, and of the alternatives it opens.
  static void collect(const Formula& term, Reasons& ids) {
    ids.push_back(term.id);
    if (term.kind == Formula::Kind::all)
      for (const Formula& inner : term.terms) collect(inner, ids);
  }

  FoundMessage message_of(const Asked& asked) {
    if (!asked.clash.empty()) return {Search::none, {}, asked.clash};
    return message_of(asked.shape);
  }
  FoundMessage message_of(const Shape& shape) {
    if (domain_.kind == Domain::Kind::json) return find_json(shape, budget_);
    if (domain_.kind == Domain::Kind::text) return find_text_message(shape, budget_);
    return find_delimited(shape, domain_.fields, budget_);
  }

  FoundMessage explore(Asked& asked) {
    if (!budget_.spend(10 + 10 * asked.demands.size())) return {};
    FoundMessage found = message_of(asked);
    if (found.result == Search::none) {
      tidy(found.reasons);
      keep(asked, found.reasons);
      return found;
    }
    if (budget_.is_spent()) return {};
    if (found.result == Search::found && is_right_(found.text)) return found;
    const Formula* alternatives = choose(asked, found);
    if (alternatives == nullptr) return {};
    return explore_each(asked, *alternatives);
  }

  /// One after the other. `asked` no longer has the alternatives among those that are open.
  FoundMessage explore_each(const Asked& asked, const Formula& alternatives) {
    Reasons all = {alternatives.id};
    bool is_decided = true;
    for (const Formula& term : alternatives.terms) {
      Asked more = asked;
      ask(more, term);
      FoundMessage found = explore(more);
      if (found.result == Search::found) return found;
      if (found.result == Search::not_decided) {
        is_decided = false;
        if (budget_.is_spent()) return found;
        continue;
      }
      Reasons own;
      collect(term, own);
      tidy(own);
      if (!intersect(found.reasons, own)) return found;  // the other alternatives would fail for the same reasons
      for (const std::uint32_t reason : found.reasons)
        if (!std::binary_search(own.begin(), own.end(), reason)) all.push_back(reason);
    }
    if (!is_decided) return {};
    tidy(all);
    return {Search::none, {}, std::move(all)};
  }

  /// Takes the shortest list of alternatives, if it can of those that the message found so far does not meet: what is
  /// met by itself need not be tried out.
  static const Formula* choose(Asked& asked, const FoundMessage& found) {
    if (asked.open.empty()) return nullptr;
    const std::optional<Json> message = found.result == Search::found ? read_json(found.text) : std::nullopt;
    const auto cost = [&](const Formula* alternatives) {
      const bool is_met = message && is_surely_true(*alternatives, *message);
      return std::pair(is_met, alternatives->terms.size());
    };
    auto best = asked.open.begin();
    for (auto other = best + 1; other != asked.open.end(); ++other)
      if (cost(*other) < cost(*best)) best = other;
    const Formula* chosen = *best;
    asked.open.erase(best);
    return chosen;
  }

  /// Remembers a contradiction, without what it does not need.
  void keep(const Asked& asked, const Reasons& reasons) {
    if (contradictions_.size() == most_contradictions) return;
    std::vector<const Formula*> needed;
    for (const Formula* demand : asked.demands)
      if (std::binary_search(reasons.begin(), reasons.end(), demand->id)) needed.push_back(demand);
    if (asked.clash.empty()) {
      for (std::size_t i = needed.size(); i-- > 0;) {
        Shape rest;
        for (std::size_t j = 0; j < needed.size(); ++j)
          if (j != i) merge(rest, needed[j]->demand);
        if (message_of(rest).result == Search::none) needed.erase(needed.begin() + static_cast<std::ptrdiff_t>(i));
      }
    }
    Reasons ids;
    for (const Formula* demand : needed) ids.push_back(demand->id);
    tidy(ids);
    if (std::find(contradictions_.begin(), contradictions_.end(), ids) == contradictions_.end())
      contradictions_.push_back(std::move(ids));
  }

  const Domain& domain_;
  const std::function<bool(const std::string&)>& is_right_;
  Budget& budget_;
  std::vector<Reasons> contradictions_;
};

}  // namespace

Outcome search(const Formula& asked, const Domain& domain, const std::function<bool(const std::string&)>& is_right,
               Budget& budget) {
  return Searcher(domain, is_right, budget).run(asked);
}

}  // namespace secretwatch::pattern
