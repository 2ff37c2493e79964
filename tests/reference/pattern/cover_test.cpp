/// What cover.h says of patterns, against every small message: "never", "disjoint" and "includes" must hold on all of
/// them, and each witness must be one by the slow matcher too.
///
/// The environment variable SECRETWATCH_CASES sets how many pairs of random patterns are judged (default 6,000).
#include "pattern/cover.h"

#include <algorithm>
#include <cstdlib>
#include <iostream>
#include <random>

#include <gtest/gtest.h>

#include "pattern/pattern.h"
#include "reference/pattern/slow_matcher.h"

namespace secretwatch::reference {
namespace {

using pattern::Answer;
using pattern::Filter;
using pattern::Verdict;
using OperandKind = Operand::Kind;

Step member(const std::string& name) {
  return {Step::Kind::member, name, 0};
}
const Step first{Step::Kind::index, "", 0};
const Step second{Step::Kind::index, "", 1};
const Step any_element{Step::Kind::any_in_brackets, "", 0};
const Step any_member{Step::Kind::any_after_dot, "", 0};

Condition test(const Path& path, const std::string& op, const Operand& operand = {}) {
  Condition condition;
  condition.test = {path, op, operand};
  return condition;
}

Condition group(Condition::Kind kind, std::vector<Condition> terms) {
  Condition condition;
  condition.kind = kind;
  condition.terms = std::move(terms);
  return condition;
}

/// Every test of what a path selects.
std::vector<Condition> tests_of(const Path& path) {
  std::vector<Operand> operands;
  for (const char* text : {"", "x", "y", "xy", "x*", "*x", "*x*", "x*y", "*x*y", "*xy", "*", "1", "1.0"})
    operands.push_back({OperandKind::quoted, text});
  std::vector<Operand> numbers;
  for (const char* number : {"0", "1", "1.5", "2"}) numbers.push_back({OperandKind::number, number});
  operands.insert(operands.end(), numbers.begin(), numbers.end());
  std::vector<Condition> tests;
  for (const char* op : {"IS NULL", "IS TRUE", "IS FALSE", "NOT EXISTS"}) tests.push_back(test(path, op));
  for (const char* op : {"=", "!="})
    for (const Operand& operand : operands) tests.push_back(test(path, op, operand));
  for (const char* op : {"<", ">", "<=", ">="})
    for (const Operand& operand : numbers) tests.push_back(test(path, op, operand));
  return tests;
}

std::vector<Value> scalars() {
  std::vector<Value> values = {null(), boolean(true), boolean(false)};
  for (const char* spelling : {"0", "1", "1.0", "1.5", "2", "3", "-1", "1.25", "1e309"})
    values.push_back(number(spelling));
  for (const char* characters :
       {"", "x", "y", "z", "xy", "yx", "xx", "xyx", "xxy", "xyxy", "zx", "xz", "1", "1.0", "1.5"})
    values.push_back(text(characters));
  return values;
}

/// Events with members a and b of every small kind.
std::vector<Value> small_events() {
  const std::vector<Value> few = {null(), boolean(true), number("1"), text("x"), text("xy"), object({}), array({})};
  std::vector<Value> values = scalars();
  for (const Value& value : scalars()) {
    values.push_back(array({value}));
    values.push_back(object({{"b", value}}));
    values.push_back(array({object({{"b", value}})}));
  }
  for (const Value& one : few) {
    for (const Value& other : few) {
      values.push_back(array({one, other}));
      values.push_back(object({{"b", one}, {"c", other}}));
    }
  }
  values.push_back(object({}));
  values.push_back(array({}));

  std::vector<Value> events = {object({})};
  for (const Value& value : values) {
    events.push_back(object({{"a", value}}));
    events.push_back(object({{"b", value}}));
    for (const Value& other : few) events.push_back(object({{"a", value}, {"b", other}}));
  }
  return events;
}

class Judge {
 public:
  Judge() : events_(small_events()) {
    for (const Value& event : events_) messages_.push_back(write(event));
  }
  ~Judge() {
    std::cout << pairs_ << " pairs of patterns, " << compared_ << " verdicts on messages, " << undecided_
              << " not decided, " << proven_ << " proven, " << witnesses_ << " witnesses\n";
  }
  Judge(const Judge&) = delete;
  Judge& operator=(const Judge&) = delete;

  struct Pattern {
    std::string text;
    Filter filter;
    std::vector<bool> selects;
  };

  Pattern pattern_of(const Condition& condition) const {
    Pattern made{write(condition), {}, {}};
    made.filter = *pattern::parse(made.text);
    made.selects.reserve(events_.size());
    for (const Value& event : events_) made.selects.push_back(holds(condition, event));
    return made;
  }

  /// `is_possible` says of a message whether it would contradict a proof that there is none.
  template <class IsPossible>
  void expect(const Answer& answer, Verdict if_there_is_one, const std::string& what, const IsPossible& is_possible) {
    if (answer.verdict == Verdict::not_decided) {
      ++undecided_;
      last_undecided_ = what;
      return;
    }
    if (answer.verdict == if_there_is_one) {
      ++witnesses_;
      return;
    }
    ++proven_;
    for (std::size_t i = 0; i < events_.size(); ++i) {
      ++compared_;
      ASSERT_FALSE(is_possible(i)) << what << " is refuted by " << messages_[i];
    }
  }

  void judge(const Pattern& p, const Pattern& q) {
    ++pairs_;
    const Answer both = can_select_both(p.filter, q.filter);
    ASSERT_NO_FATAL_FAILURE(expect(both, Verdict::yes, p.text + " disjoint from " + q.text,
                                   [&](std::size_t i) { return p.selects[i] && q.selects[i]; }));
    if (both.verdict == Verdict::yes) {
      ASSERT_TRUE(matches(p.filter, both.witness) && matches(q.filter, both.witness))
          << p.text << q.text << both.witness;
    }
    const Answer inclusion = includes(p.filter, q.filter);
    ASSERT_NO_FATAL_FAILURE(expect(inclusion, Verdict::no, p.text + " includes " + q.text,
                                   [&](std::size_t i) { return !p.selects[i] && q.selects[i]; }));
    if (inclusion.verdict == Verdict::no) {
      ASSERT_TRUE(!matches(p.filter, inclusion.witness) && matches(q.filter, inclusion.witness))
          << p.text << q.text << inclusion.witness;
    }
  }

  void judge(const Pattern& p) {
    ++pairs_;
    const Answer possible = can_select(p.filter);
    ASSERT_NO_FATAL_FAILURE(
        expect(possible, Verdict::yes, p.text + " never", [&](std::size_t i) { return p.selects[i]; }));
    if (possible.verdict == Verdict::yes) {
      ASSERT_TRUE(matches(p.filter, possible.witness)) << p.text << possible.witness;
    }
    if (possible.verdict == Verdict::no) {
      ASSERT_FALSE(possible.contradictions.empty()) << p.text;
      for (const pattern::Contradiction& c : possible.contradictions) ASSERT_FALSE(c.parts.empty()) << p.text;
    }
  }

  std::size_t undecided() const { return undecided_; }
  std::size_t compared() const { return compared_; }
  std::size_t pairs() const { return pairs_; }
  const std::string& last_undecided() const { return last_undecided_; }

 private:
  std::vector<Value> events_;
  std::vector<std::string> messages_;
  std::size_t pairs_ = 0;
  std::size_t compared_ = 0;
  std::size_t undecided_ = 0;
  std::size_t proven_ = 0;
  std::size_t witnesses_ = 0;
  std::string last_undecided_;
};

std::vector<Path> paths() {
  return {{member("a")},
          {member("b")},
          {member("a"), member("b")},
          {member("a"), first},
          {member("a"), second},
          {member("a"), any_element},
          {any_member},
          {member("a"), any_element, member("b")},
          {any_member, member("b")}};
}

std::vector<Condition> all_tests() {
  std::vector<Condition> tests;
  for (const Path& path : paths())
    for (Condition& condition : tests_of(path)) tests.push_back(std::move(condition));
  return tests;
}

std::size_t cases() {
  const char* given = std::getenv("SECRETWATCH_CASES");
  return given != nullptr ? std::stoul(given) : 6000;
}

TEST(CoverAgainstEnumeration, HoldsForEveryPairOfTestsOfOneField) {
  Judge judge;
  std::vector<Judge::Pattern> patterns;
  for (const Condition& condition : tests_of({member("a")})) patterns.push_back(judge.pattern_of(condition));
  for (const Judge::Pattern& p : patterns) {
    ASSERT_NO_FATAL_FAILURE(judge.judge(p));
    for (const Judge::Pattern& q : patterns) ASSERT_NO_FATAL_FAILURE(judge.judge(p, q));
  }
  EXPECT_EQ(judge.undecided(), 0U) << judge.last_undecided();
  EXPECT_GT(judge.compared(), 500'000U);
}

TEST(CoverAgainstEnumeration, HoldsForPairsOfTestsOfAnyFields) {
  std::mt19937 random(20261121);
  Judge judge;
  std::vector<Judge::Pattern> patterns;
  for (const Condition& condition : all_tests()) patterns.push_back(judge.pattern_of(condition));
  for (const Judge::Pattern& p : patterns) ASSERT_NO_FATAL_FAILURE(judge.judge(p));
  for (std::size_t i = 0; i < cases(); ++i)
    ASSERT_NO_FATAL_FAILURE(judge.judge(patterns[random() % patterns.size()], patterns[random() % patterns.size()]));
  EXPECT_LT(judge.undecided() * 200, judge.pairs()) << judge.last_undecided();
}

/// At most three selectors with a wildcard fit into a pattern.
std::size_t wildcards_of(const Condition& condition) {
  std::size_t count = 0;
  for (const Condition& term : condition.terms) count += wildcards_of(term);
  for (const Step& step : condition.test.path)
    count += step.kind == Step::Kind::any_in_brackets || step.kind == Step::Kind::any_after_dot ? 1 : 0;
  return count;
}

Condition random_condition(std::mt19937& random, const std::vector<Condition>& tests, std::size_t leaves) {
  if (leaves == 1) return tests[random() % tests.size()];
  const std::size_t left = 1 + random() % (leaves - 1);
  const Condition::Kind kind = random() % 3 == 0 ? Condition::Kind::any : Condition::Kind::all;
  return group(kind, {random_condition(random, tests, left), random_condition(random, tests, leaves - left)});
}

TEST(CoverAgainstEnumeration, HoldsForRandomConditions) {
  std::mt19937 random(3);
  Judge judge;
  // Of few fields, so that tests meet; of one field most often.
  std::vector<std::vector<Condition>> worlds = {tests_of({member("a")}), all_tests()};
  worlds.push_back(tests_of({member("a")}));
  for (const Path& path : {Path{member("a"), any_element}, Path{member("a"), first}})
    for (Condition& condition : tests_of(path)) worlds.back().push_back(std::move(condition));
  for (std::size_t i = 0; i < cases(); ++i) {
    const std::vector<Condition>& world = worlds[random() % worlds.size()];
    const Condition a = random_condition(random, world, 1 + random() % 5);
    const Condition b = random_condition(random, world, 1 + random() % 4);
    if (wildcards_of(a) > 3 || wildcards_of(b) > 3) continue;
    const Judge::Pattern p = judge.pattern_of(a);
    ASSERT_NO_FATAL_FAILURE(judge.judge(p));
    ASSERT_NO_FATAL_FAILURE(judge.judge(p, judge.pattern_of(b)));
  }
  EXPECT_LT(judge.undecided() * 100, judge.pairs()) << judge.last_undecided();
}

}  // namespace
}  // namespace secretwatch::reference
