/// The pattern engine against the slow matcher: every small pattern on every small message, and many random ones.
#include <algorithm>
#include <iostream>
#include <random>

#include <gtest/gtest.h>

#include "pattern/matcher.h"
#include "pattern/pattern.h"
#include "reference/pattern/slow_matcher.h"

namespace secretwatch::reference {
namespace {

/// Counts what was compared, and stops at the first difference.
class Comparison {
 public:
  ~Comparison() {
    std::cout << "compared " << count_ << " cases, " << selected_ << " of them selected\n";
    // A comparison in which one verdict hardly occurs shows little.
    EXPECT_GT(selected_ * 100, count_);
    EXPECT_LT(selected_ * 100, count_ * 99);
  }
  Comparison() = default;
  Comparison(const Comparison&) = delete;
  Comparison& operator=(const Comparison&) = delete;

  /// The pattern that the following messages are for. Judged are its text, and what print() makes of it.
  void use(const std::string& text) {
    text_ = text;
    const Expected<pattern::Filter> filter = pattern::parse(text);
    ASSERT_TRUE(filter) << text << ": " << filter.error().message;
    const std::string printed = print(*filter);
    const Expected<pattern::Filter> again = pattern::parse(printed);
    ASSERT_TRUE(again) << text << " -> " << printed << ": " << again.error().message;
    ASSERT_EQ(print(*again), printed) << text;
    ASSERT_LE(printed.size(), std::max(text.size(), pattern::max_characters)) << text;
    as_written_.emplace(*filter);
    as_printed_.emplace(*again);
  }

  void expect(const std::string& message, bool selects) {
    ++count_;
    selected_ += selects ? 1 : 0;
    ASSERT_EQ(as_written_->matches(message), selects) << text_ << " on " << message;
    ASSERT_EQ(as_printed_->matches(message), selects) << text_ << ", printed, on " << message;
  }

  void expect(const std::string& message, const std::optional<std::map<std::string, std::string>>& values) {
    ++count_;
    selected_ += values ? 1 : 0;
    const std::optional<std::vector<pattern::ExtractedValue>> extracted = as_written_->extract(message);
    ASSERT_EQ(extracted.has_value(), values.has_value()) << text_ << " on " << message;
    if (!values) return;
    std::map<std::string, std::string> by_name;
    for (const pattern::ExtractedValue& value : *extracted) by_name[value.name] = value.text;
    ASSERT_EQ(by_name, *values) << text_ << " on " << message;
  }

  std::size_t count() const { return count_; }

 private:
  std::string text_;
  std::optional<pattern::Matcher> as_written_;
  std::optional<pattern::Matcher> as_printed_;
  std::size_t count_ = 0;
  std::size_t selected_ = 0;
};

/// Every text of at most `longest` of the characters.
std::vector<std::string> all_texts(const std::string& characters, std::size_t longest) {
  std::vector<std::string> all = {""};
  for (std::size_t begin = 0, length = 0; length < longest; ++length) {
    const std::size_t end = all.size();
    for (; begin < end; ++begin)
      for (const char c : characters) all.push_back(std::string(all[begin]) + c);
  }
  return all;
}

/// Every list of at most `longest` of the items.
template <class Item>
std::vector<std::vector<Item>> all_lists(const std::vector<Item>& items, std::size_t longest) {
  std::vector<std::vector<Item>> all = {{}};
  for (std::size_t begin = 0, length = 0; length < longest; ++length) {
    const std::size_t end = all.size();
    for (; begin < end; ++begin) {
      for (const Item& item : items) {
        std::vector<Item> longer = all[begin];
        longer.push_back(item);
        all.push_back(std::move(longer));
      }
    }
  }
  return all;
}

Step member(const std::string& name) {
  return {Step::Kind::member, name, 0};
}
Step element(std::size_t index) {
  return {Step::Kind::index, "", index};
}
const Step any_element{Step::Kind::any_in_brackets, "", 0};
const Step any_member{Step::Kind::any_after_dot, "", 0};

Condition test(Path path, std::string op, Operand operand = {}) {
  Condition condition;
  condition.test = {std::move(path), std::move(op), std::move(operand)};
  return condition;
}

Condition group(Condition::Kind kind, std::vector<Condition> terms) {
  Condition condition;
  condition.kind = kind;
  condition.terms = std::move(terms);
  return condition;
}

using OperandKind = Operand::Kind;

/// Every test of the values that `path` selects.
std::vector<Condition> all_tests(const Path& path) {
  std::vector<Operand> numbers;
  for (const char* number : {"0", "1", "1.0", "1e0", "+1", "-1", "1e309", "9007199254740993"})
    numbers.push_back({OperandKind::number, number});
  std::vector<Operand> operands = numbers;
  for (const char* text : {"", "1", "x", "*", "x*", "*x", "1.0", "xx", "*fin*", "true"})
    operands.push_back({OperandKind::quoted, text});
  for (const char* word : {"x", "*", "x*", "*x", "*.0", "1*", "true", "NULL"})
    operands.push_back({OperandKind::word, word});
  for (const char* regex : {"x", "^1", "^x$", "."}) operands.push_back({OperandKind::regex, regex});

  std::vector<Condition> tests;
  for (const char* op : {"IS NULL", "IS TRUE", "IS FALSE", "NOT EXISTS"}) tests.push_back(test(path, op));
  for (const char* op : {"=", "!="})
    for (const Operand& operand : operands) tests.push_back(test(path, op, operand));
  for (const char* op : {"<", ">", "<=", ">="})
    for (const Operand& operand : numbers) tests.push_back(test(path, op, operand));
  return tests;
}

/// Scalars in and out of every kind of container, and nothing at all.
std::vector<Value> small_events() {
  std::vector<Value> scalars = {null(), boolean(true), boolean(false)};
  for (const char* spelling :
       {"0", "1", "1.0", "-0.0", "1e0", "-1", "9007199254740992", "9007199254740993", "1e309", "1e-999"})
    scalars.push_back(number(spelling));
  for (const char* characters : {"", "1", "x", "xx", "ax", "1.0", "true", "x\ny"}) scalars.push_back(text(characters));
  const std::vector<Value> few = {null(), boolean(true), number("1"), text("x"), object({}), array({})};

  std::vector<Value> values = scalars;
  for (const Value& a : scalars) {
    values.push_back(array({a}));
    values.push_back(object({{"b", a}}));
    values.push_back(array({object({{"b", a}})}));
  }
  for (const Value& a : few) {
    values.push_back(array({array({a})}));
    values.push_back(object({{"b", array({a})}}));
    values.push_back(object({{"c", a}, {"b", object({{"b", a}})}}));
    for (const Value& b : few) {
      values.push_back(array({a, b}));
      values.push_back(object({{"b", a}, {"c", b}}));
      values.push_back(array({object({{"b", a}}), object({{"b", b}})}));
    }
  }

  std::vector<Value> events = {object({}), object({{"b", number("1")}}), array({}), text("x"), null()};
  for (const Value& value : values) {
    events.push_back(object({{"a", value}}));
    events.push_back(object({{"b", text("x")}, {"a", value}}));
  }
  return events;
}

TEST(EngineAgainstReference, AgreesOnEveryTestOfEverySmallJsonEvent) {
  const Path paths[] = {{member("a")},
                        {member("b")},
                        {member("a"), member("b")},
                        {member("a"), element(0)},
                        {member("a"), element(1)},
                        {member("a"), any_element},
                        {member("a"), any_member},
                        {any_member},
                        {member("a"), any_element, member("b")},
                        {member("a"), {Step::Kind::quoted_member, "b", 0}, any_element},
                        {any_member, member("b")},
                        {member("a"), element(0), member("b")}};
  const std::vector<Value> events = small_events();
  std::vector<std::string> messages;
  for (const Value& event : events) messages.push_back(write(event));

  Comparison comparison;
  for (const Path& path : paths) {
    for (const Condition& condition : all_tests(path)) {
      ASSERT_NO_FATAL_FAILURE(comparison.use(write(condition)));
      for (std::size_t i = 0; i < events.size(); ++i)
        ASSERT_NO_FATAL_FAILURE(comparison.expect(messages[i], holds(condition, events[i])));
    }
  }
  EXPECT_GT(comparison.count(), 300000U);
}

/// Every condition of `leaves` tests out of three, in every shape.
std::vector<Condition> all_conditions(std::size_t leaves) {
  std::vector<Condition> all;
  if (leaves == 1)
    for (const char* name : {"p", "q", "r"}) all.push_back(test({member(name)}, "=", {OperandKind::number, "1"}));
  for (std::size_t left = 1; left < leaves; ++left)
    for (const Condition& a : all_conditions(left))
      for (const Condition& b : all_conditions(leaves - left))
        for (const Condition::Kind kind : {Condition::Kind::all, Condition::Kind::any})
          all.push_back(group(kind, {a, b}));
  return all;
}

TEST(EngineAgainstReference, AgreesOnEveryShapeOfConditionWithAndWithoutNeedlessParentheses) {
  std::vector<Value> events;
  for (const char* p : {"0", "1"})
    for (const char* q : {"0", "1"})
      for (const char* r : {"0", "1"}) events.push_back(object({{"p", number(p)}, {"q", number(q)}, {"r", number(r)}}));

  Comparison comparison;
  for (std::size_t leaves = 1; leaves <= 4; ++leaves) {
    for (const Condition& condition : all_conditions(leaves)) {
      for (const std::size_t choice : {0U, 1U}) {
        ASSERT_NO_FATAL_FAILURE(comparison.use(write(condition, [&](std::size_t) { return choice; })));
        for (const Value& event : events)
          ASSERT_NO_FATAL_FAILURE(comparison.expect(write(event), holds(condition, event)));
      }
    }
  }
  EXPECT_GT(comparison.count(), 50000U);
}

TEST(EngineAgainstReference, AgreesOnEverySmallWildcard) {
  const std::vector<std::string> texts = all_texts("ab", 6);
  Comparison comparison;
  for (const std::string& wildcard : all_texts("ab*", 5)) {
    const Condition condition = test({member("a")}, "=", {OperandKind::quoted, wildcard});
    ASSERT_NO_FATAL_FAILURE(comparison.use(write(condition)));
    for (const std::string& characters : texts) {
      const Value event = object({{"a", text(characters)}});
      ASSERT_NO_FATAL_FAILURE(comparison.expect(write(event), holds(condition, event)));
    }
  }
  EXPECT_GT(comparison.count(), 40000U);
}

TEST(EngineAgainstReference, AgreesOnEveryPairOfNumbers) {
  std::vector<std::string> literals;
  for (const char* digits : {"0", "1", "2", "9", "10", "12", "99", "100", "1.0", "1.5", "0.1", "0.15", "9.99", "12.50"})
    for (const char* sign : {"", "-"})
      for (const char* exponent : {"", "e0", "e2", "E-2", "e+15", "e300", "e-300", "e309", "e-999"})
        literals.push_back(std::string(sign) + digits + exponent);
  for (const char* more : {"9007199254740992", "9007199254740993", "123456789012345678901234567890", "4.9e-324"})
    literals.emplace_back(more);

  Comparison comparison;
  for (const std::string& literal : literals) {
    for (const char* op : {"=", "!=", "<", ">=", "<=", ">"}) {
      const Condition condition = test({member("a")}, op, {OperandKind::number, literal});
      ASSERT_NO_FATAL_FAILURE(comparison.use(write(condition)));
      for (const std::string& spelling : literals) {
        const Value event = object({{"a", number(spelling)}});
        ASSERT_NO_FATAL_FAILURE(comparison.expect(write(event), holds(condition, event)));
      }
    }
  }
  EXPECT_GT(comparison.count(), 300000U);
}

TEST(EngineAgainstReference, AgreesOnEveryShortListOfTerms) {
  std::vector<Term> terms;
  for (const char sign : {'+', '-', '?'})
    for (const char* text : {"a", "ab", "b"})
      for (const bool quoted : {false, true}) terms.push_back({sign, text, quoted});
  terms.push_back({'+', "a b", true});
  terms.push_back({'-', " ", true});

  const std::vector<std::string> messages = all_texts("ab ", 4);
  Comparison comparison;
  for (const std::vector<Term>& list : all_lists(terms, 3)) {
    ASSERT_NO_FATAL_FAILURE(comparison.use(write(list)));
    for (const std::string& message : messages)
      ASSERT_NO_FATAL_FAILURE(comparison.expect(message, holds(list, message)));
  }
  EXPECT_GT(comparison.count(), 900000U);
}

TEST(EngineAgainstReference, AgreesOnEveryShortListOfFields) {
  const auto with = [](Condition condition) {
    Field field;
    field.condition = std::move(condition);
    return field;
  };
  const auto is = [](const char* op, OperandKind kind, const char* text) { return test({}, op, {kind, text}); };
  const std::vector<Field> kinds = {
      {Field::Kind::ellipsis},
      {Field::Kind::unnamed},
      {Field::Kind::named},
      with(is("=", OperandKind::word, "a")),
      with(is("!=", OperandKind::quoted, "1 1")),
      with(is(">", OperandKind::number, "0")),
      with(is("=", OperandKind::regex, "^1")),
      with(group(Condition::Kind::any, {is("=", OperandKind::quoted, ""), is("=", OperandKind::word, "*a"),
                                        group(Condition::Kind::all, {is("!=", OperandKind::number, "1"),
                                                                     is("<=", OperandKind::number, "11")})}))};
  const auto is_regex = [](const Field& field) {
    return field.condition && field.condition->test.operand.kind == OperandKind::regex;
  };

  const std::vector<std::string> messages = all_texts("a1 \"[]", 4);
  Comparison comparison;
  for (std::vector<Field> fields : all_lists(kinds, 3)) {
    int ellipses = 0;
    for (std::size_t i = 0; i < fields.size(); ++i) {
      ellipses += fields[i].kind == Field::Kind::ellipsis ? 1 : 0;
      if (fields[i].kind == Field::Kind::named) fields[i].name = std::string("f") + static_cast<char>('a' + i);
    }
    const bool is_written_as_none = fields.size() == 1 && fields[0].kind == Field::Kind::unnamed;
    if (ellipses > 1 || is_written_as_none || std::count_if(fields.begin(), fields.end(), is_regex) > 2) continue;
    ASSERT_NO_FATAL_FAILURE(comparison.use(write(fields)));
    for (const std::string& message : messages)
      ASSERT_NO_FATAL_FAILURE(comparison.expect(message, extract(fields, message)));
  }
  EXPECT_GT(comparison.count(), 400000U);
}

TEST(EngineAgainstReference, AgreesOnEveryShortTokenAsANumber) {
  const std::vector<std::string> tokens = all_texts("10.e-+", 5);
  Comparison comparison;
  for (const char* op : {"=", "!=", "<", ">", "<=", ">="}) {
    for (const char* literal : {"0", "1", "-1", "10", "0.1", "1e1", "11"}) {
      Field field;
      field.name = "f";
      field.condition = test({}, op, {OperandKind::number, literal});
      ASSERT_NO_FATAL_FAILURE(comparison.use(write({field})));
      for (const std::string& token : tokens)
        ASSERT_NO_FATAL_FAILURE(comparison.expect(token, extract({field}, token)));
    }
  }
  EXPECT_GT(comparison.count(), 300000U);
}

/// Patterns and events drawn from few names and values, so that they meet often.
class Draw {
 public:
  explicit Draw(unsigned seed) : random_(seed) {}

  std::size_t below(std::size_t n) { return random_() % n; }
  Choose choose() {
    return [this](std::size_t n) { return below(n); };
  }

  Condition condition(int depth) {
    if (depth == 0 || below(3) == 0) return a_test();
    std::vector<Condition> terms;
    for (std::size_t i = 0, count = 2 + below(3); i < count; ++i) terms.push_back(condition(depth - 1));
    return group(below(2) == 0 ? Condition::Kind::all : Condition::Kind::any, std::move(terms));
  }

  Value event() { return object(members(3)); }

 private:
  template <class T>
  T one_of(std::initializer_list<T> items) {
    return *(items.begin() + static_cast<std::ptrdiff_t>(below(items.size())));
  }
  std::string name() { return one_of<const char*>({"a", "b", "c-d", "é"}); }
  std::string odd_name() { return one_of<const char*>({"a", "b", "x y", "]", "\"", "漢."}); }

  Condition a_test() {
    Path path = {member(name())};
    bool may_have_wildcard = wildcards_ < 3;  // one a path, three a pattern
    for (std::size_t i = below(4); i > 0; --i) {
      const std::size_t kind = below(may_have_wildcard ? 5 : 3);
      if (kind == 0) path.push_back(member(name()));
      if (kind == 1) path.push_back({Step::Kind::quoted_member, odd_name(), 0});
      if (kind == 2) path.push_back(element(below(3)));
      if (kind <= 2) continue;
      path.push_back(kind == 3 ? any_element : any_member);
      may_have_wildcard = false;
      ++wildcards_;
    }
    const char* op =
        one_of({"=", "=", "!=", "!=", "<", ">", "<=", ">=", "IS NULL", "IS TRUE", "IS FALSE", "NOT EXISTS"});
    const bool is_order = op[0] == '<' || op[0] == '>';
    return test(std::move(path), op, is_order ? Operand{OperandKind::number, a_number()} : operand());
  }

  Operand operand() {
    const std::size_t kind = below(regexes_ < 2 ? 4 : 3);
    if (kind == 0) return {OperandKind::number, a_number()};
    if (kind == 1)
      return {OperandKind::quoted, one_of<const char*>({"x", "", "x y", "\"", "\\", "x*", "*\\\"", "10", "é*"})};
    if (kind == 2) return {OperandKind::word, one_of<const char*>({"x", "*", "x*", "*y", "x*y", "1*", "é"})};
    ++regexes_;
    return {OperandKind::regex, one_of<const char*>({"x", "^x", "y$", "x.y", "^[0-9]+$", "x|y", "^$"})};
  }

  std::string a_number() { return one_of<const char*>({"0", "1", "10", "1e1", "-1.5", "0.1", "2", "1e-1"}); }

  std::vector<std::pair<std::string, Value>> members(int depth) {
    std::vector<std::pair<std::string, Value>> drawn;
    for (const char* key : {"a", "b", "c-d", "é", "x y", "]", "\"", "漢."})
      if (below(2) == 0) drawn.emplace_back(key, value(depth));
    return drawn;
  }

  Value value(int depth) {
    const std::size_t kind = below(depth == 0 ? 4 : 8);
    if (kind == 0) return null();
    if (kind == 1) return boolean(below(2) == 0);
    if (kind == 2) return number(a_number());
    if (kind == 3)
      return text(one_of<const char*>({"x", "", "x y", "xy", "\"", "\\", "y", "10", "1", "é", "x\ny", "\\\"", "xyxy"}));
    if (kind > 5) return object(members(depth - 1));
    std::vector<Value> elements;
    for (std::size_t i = below(4); i > 0; --i) elements.push_back(value(depth - 1));
    return array(std::move(elements));
  }

  std::mt19937 random_;
  int wildcards_ = 0;
  int regexes_ = 0;
};

TEST(EngineAgainstReference, AgreesOnRandomPatternsAndEvents) {
  Comparison comparison;
  for (unsigned seed = 0; seed < 4000; ++seed) {
    Draw draw(seed);
    const Condition condition = draw.condition(3);
    const std::string text = write(condition, draw.choose());
    if (text.size() > pattern::max_characters) continue;
    ASSERT_NO_FATAL_FAILURE(comparison.use(text)) << "seed " << seed;
    for (int i = 0; i < 50; ++i) {
      const Value event = draw.event();
      ASSERT_NO_FATAL_FAILURE(comparison.expect(write(event, draw.choose()), holds(condition, event)))
          << "seed " << seed;
    }
  }
  EXPECT_GT(comparison.count(), 150000U);
}

}  // namespace
}  // namespace secretwatch::reference
