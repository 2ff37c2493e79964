#include "chain/alarm_rule.h"

#include <algorithm>
#include <string_view>
#include <utility>

#include "base/text.h"

namespace secretwatch::chain {
namespace {

using stack::Part;
using stack::Text;

constexpr int deepest = 100;

bool is_blank(char c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/// Goes through a text whose parts are characters, or something that a template fills in.
class Cursor {
 public:
  explicit Cursor(const Text& text) : parts_(text.parts()) {}

  bool at_end() const { return part_ == parts_.size(); }
  /// The character at hand; 0: the end, or a part that is no literal.
  char peek() const { return is_literal() ? literal()[offset_] : '\0'; }
  /// What is at hand as a part of its own: one character, or a part that is no literal. Goes behind it.
  Part take() {
    if (!is_literal()) return parts_[part_++];
    const std::string one(1, literal()[offset_++]);
    if (offset_ == literal().size()) {
      ++part_;
      offset_ = 0;
    }
    return one;
  }
  void skip_blanks() {
    while (is_blank(peek())) take();
  }
  bool take_character(char wanted) {
    skip_blanks();
    if (peek() != wanted) return false;
    take();
    return true;
  }
  /// The word at hand, without going behind it.
  std::string_view word() {
    skip_blanks();
    if (!is_literal()) return {};
    const std::string_view rest = std::string_view(literal()).substr(offset_);
    const auto is_part = [](char c) { return is_digit(c) || c == '_' || (to_lower(c) >= 'a' && to_lower(c) <= 'z'); };
    const auto end = std::find_if_not(rest.begin(), rest.end(), is_part);
    return rest.substr(0, static_cast<std::size_t>(end - rest.begin()));
  }
  bool take_word(std::string_view wanted) {
    if (word() != wanted) return false;
    for (std::size_t i = 0; i < wanted.size(); ++i) take();
    return true;
  }

 private:
  bool is_literal() const { return !at_end() && std::holds_alternative<std::string>(parts_[part_]); }
  const std::string& literal() const { return *std::get_if<std::string>(&parts_[part_]); }

  const std::vector<Part>& parts_;
  std::size_t part_ = 0;
  std::size_t offset_ = 0;
};

class Parser {
 public:
  explicit Parser(const Text& text) : cursor_(text) {}

  std::optional<AlarmRule> run() {
    std::optional<AlarmRule> rule = any_of(0);
    cursor_.skip_blanks();
    return cursor_.at_end() ? rule : std::nullopt;
  }

 private:
  using Operand = std::optional<AlarmRule> (Parser::*)(int);

  /// Operands with one word between them.
  std::optional<AlarmRule> joined(AlarmRule::Kind kind, std::string_view word, Operand operand, int depth) {
    std::vector<AlarmRule> terms;
    do {
      std::optional<AlarmRule> term = (this->*operand)(depth);
      if (!term) return std::nullopt;
      terms.push_back(std::move(*term));
    } while (cursor_.take_word(word));
    if (terms.size() == 1) return std::move(terms.front());
    AlarmRule rule;
    rule.kind = kind;
    rule.terms = std::move(terms);
    return rule;
  }
  std::optional<AlarmRule> any_of(int depth) { return joined(AlarmRule::Kind::any_of, "OR", &Parser::all_of, depth); }
  std::optional<AlarmRule> all_of(int depth) {
    return joined(AlarmRule::Kind::all_of, "AND", &Parser::negation, depth);
  }

  std::optional<AlarmRule> negation(int depth) {
    if (depth > deepest) return std::nullopt;
    if (!cursor_.take_word("NOT")) return primary(depth);
    std::optional<AlarmRule> term = negation(depth + 1);
    if (!term) return std::nullopt;
    AlarmRule rule;
    rule.kind = AlarmRule::Kind::negation;
    rule.terms.push_back(std::move(*term));
    return rule;
  }

  std::optional<AlarmRule> primary(int depth) {
    if (cursor_.take_character('(')) {
      std::optional<AlarmRule> inner = any_of(depth + 1);
      return inner && cursor_.take_character(')') ? inner : std::nullopt;
    }
    AlarmRule rule;
    if (cursor_.take_word("TRUE")) return rule;
    rule.holds = false;
    if (cursor_.take_word("FALSE")) return rule;
    rule.kind = AlarmRule::Kind::state;
    for (const auto& [word, state] : {std::pair("ALARM", AlarmState::alarm), std::pair("OK", AlarmState::ok),
                                      std::pair("INSUFFICIENT_DATA", AlarmState::insufficient_data)}) {
      if (!cursor_.take_word(word)) continue;
      rule.state = state;
      std::optional<Text> name = cursor_.take_character('(') ? alarm_name() : std::nullopt;
      if (!name || !cursor_.take_character(')')) return std::nullopt;
      rule.alarm = std::move(*name);
      return rule;
    }
    return std::nullopt;
  }

  /// In quotes up to the closing one, which a backslash escapes; else up to the parenthesis.
  std::optional<Text> alarm_name() {
    Text name;
    cursor_.skip_blanks();
    if (cursor_.take_character('"')) {
      while (!cursor_.at_end() && cursor_.peek() != '"') {
        if (cursor_.peek() == '\\') cursor_.take();
        if (!cursor_.at_end()) name.append(cursor_.take());
      }
      return cursor_.take_character('"') ? std::optional(std::move(name)) : std::nullopt;
    }
    while (!cursor_.at_end() && cursor_.peek() != ')' && cursor_.peek() != '(' && !is_blank(cursor_.peek()))
      name.append(cursor_.take());
    return name.parts().empty() ? std::nullopt : std::optional(std::move(name));
  }

  Cursor cursor_;
};

}  // namespace

std::optional<AlarmRule> parse_alarm_rule(const Text& text) {
  return Parser(text).run();
}

Match evaluate(const AlarmRule& rule, const std::function<Match(const Text&, AlarmState)>& is_in) {
  Match match = Match::yes;
  switch (rule.kind) {
    case AlarmRule::Kind::constant:
      return rule.holds ? Match::yes : Match::no;
    case AlarmRule::Kind::state:
      return is_in(rule.alarm, rule.state);
    case AlarmRule::Kind::negation:
      return negation(evaluate(rule.terms.front(), is_in));
    case AlarmRule::Kind::all_of:
      for (const AlarmRule& term : rule.terms) match = both(match, evaluate(term, is_in));
      return match;
    case AlarmRule::Kind::any_of:
      match = Match::no;
      for (const AlarmRule& term : rule.terms) match = either(match, evaluate(term, is_in));
      return match;
  }
  return match;
}

void each_alarm(const AlarmRule& rule, const std::function<void(const Text&)>& visit) {
  if (rule.kind == AlarmRule::Kind::state) visit(rule.alarm);
  for (const AlarmRule& term : rule.terms) each_alarm(term, visit);
}

}  // namespace secretwatch::chain
