#include "pattern/index.h"

#include <algorithm>
#include <string>
#include <utility>

#include "pattern/index_plan.h"

namespace secretwatch::pattern {

using json::Kind;
using json::Token;

namespace {

std::vector<const Filter*> pointers_to(const std::vector<Filter>& filters) {
  std::vector<const Filter*> all;
  for (const Filter& filter : filters) all.push_back(&filter);
  return all;
}

}  // namespace

FilterIndex::FilterIndex(const std::vector<Filter>& filters) : FilterIndex(pointers_to(filters)) {}
FilterIndex::FilterIndex(const std::vector<const Filter*>& filters) : plan_(std::make_unique<const Plan>(filters)) {}
FilterIndex::~FilterIndex() = default;

bool FilterIndex::needs_text() const {
  return !plan_->text_filters.empty();
}
bool FilterIndex::needs_json() const {
  return !plan_->groups.empty();
}

/// What is known of the message at hand.
struct FilterIndex::Judge::State {
  explicit State(const FilterIndex& index)
      : plan(*index.plan_), verdicts(plan.nodes.size()), judged(plan.condition_of.size()) {}

  struct Verdict {
    std::uint64_t message = 0;
    bool holds = false;
  };

  void select(const Message& message) {
    selected.clear();
    ++number;
    for (const Plan::TextFilter& filter : plan.text_filters)
      if (filter.matcher.matches(message.text)) selected.push_back(filter.number);
    if (message.document != nullptr && message.document->kind(message.document->root()) == Kind::object) {
      document = message.document;
      found.begin(plan.selections, *document);
      for (const Plan::Group& group : plan.groups)
        if (!group.guard || holds(*group.guard)) judge(group);
    }
    std::sort(selected.begin(), selected.end());
  }

  void judge(const Plan::Group& group) {
    for (const FilterId filter : group.unhooked)
      if (holds(plan.condition_of[filter])) selected.push_back(filter);
    candidates.clear();
    for (const Plan::Hook& hook : group.hooks)
      for (const Token value : found.values(hook.selector))
        if (const std::optional<std::string_view> text = text_of(value)) hook.anchors.candidates(*text, candidates);
    for (const FilterId filter : candidates) {
      if (std::exchange(judged[filter], number) == number) continue;
      if (holds(plan.condition_of[filter])) selected.push_back(filter);
    }
  }

  bool holds(Plan::NodeId id) {
    Verdict& verdict = verdicts[id];
    if (verdict.message == number) return verdict.holds;
    const Plan::Node& node = plan.nodes[id];
    const auto term_holds = [&](Plan::NodeId term) { return holds(term); };
    bool answer = false;
    if (node.kind == Plan::Node::Kind::all) {
      answer = std::all_of(node.terms.begin(), node.terms.end(), term_holds);
    } else if (node.kind == Plan::Node::Kind::any) {
      answer = std::any_of(node.terms.begin(), node.terms.end(), term_holds);
    } else {
      answer = holds(plan.tests[node.test]);
    }
    verdict = {number, answer};
    return answer;
  }

  bool holds(const Plan::Test& test) {
    const auto satisfies = [&](Token value) {
      const Kind kind = document->kind(value);
      if (kind == Kind::string) return test.comparand->holds_for_string(document->characters(value, scratch));
      return kind == Kind::number && test.comparand->holds_for_number(document->written(value));
    };
    if (test.kind == Plan::Test::Kind::none_equals && found.values(test.opened).empty()) return false;
    const std::vector<Token>& values = found.values(test.selector);
    switch (test.kind) {
      case Plan::Test::Kind::some_satisfies:
        return std::any_of(values.begin(), values.end(), satisfies);
      case Plan::Test::Kind::none_equals:
        return std::none_of(values.begin(), values.end(), satisfies);
      case Plan::Test::Kind::is:
        return std::any_of(values.begin(), values.end(), [&](Token value) { return is(value, test); });
      case Plan::Test::Kind::not_exists:
        break;
    }
    return values.empty();
  }

  bool is(Token value, const Plan::Test& test) {
    const Kind kind = document->kind(value);
    if (test.what == Is::What::true_value) return kind == Kind::true_value;
    if (test.what == Is::What::false_value) return kind == Kind::false_value;
    if (kind == Kind::null) return true;
    if (kind != Kind::array || test.has_wildcard) return false;
    elements.clear();
    document->children(value, elements);
    return std::any_of(elements.begin(), elements.end(), [&](Token e) { return document->kind(e) == Kind::null; });
  }

  /// What is compared with text: nothing for what is neither a string nor a number.
  std::optional<std::string_view> text_of(Token value) {
    const Kind kind = document->kind(value);
    if (kind == Kind::string) return document->characters(value, scratch);
    if (kind != Kind::number) return std::nullopt;
    scratch = text_of_json_number(document->written(value));
    return scratch;
  }

  const Plan& plan;
  const json::Document* document = nullptr;
  std::uint64_t number = 0;  // of the message
  Selections::Found found;
  std::vector<Verdict> verdicts;      // of each node
  std::vector<std::uint64_t> judged;  // the message for which a filter was looked at
  std::vector<FilterId> candidates;
  std::vector<FilterId> selected;
  std::vector<Token> elements;
  std::string scratch;
  json::Reader reader;
};

FilterIndex::Judge::Judge(const FilterIndex& index) : state_(std::make_unique<State>(index)) {}
FilterIndex::Judge::~Judge() = default;

const std::vector<FilterIndex::FilterId>& FilterIndex::Judge::select(const Message& message) {
  state_->select(message);
  return state_->selected;
}

const std::vector<FilterIndex::FilterId>& FilterIndex::Judge::select(std::string_view text) {
  const std::string padded(text);  // which ends with a zero, as the reader wants it
  const json::Document* const document = state_->plan.groups.empty() ? nullptr : state_->reader.read(padded).document;
  state_->select({padded, document});
  return state_->selected;
}

}  // namespace secretwatch::pattern
