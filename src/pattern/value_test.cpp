#include "pattern/value_test.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <utility>

#include "pattern/decimal.h"

namespace secretwatch::pattern {
namespace {

constexpr std::size_t most_digits = 400;  // of an integer that is tried; more than any double has

/// Does the wish ask that the value equals the operand?
bool wants_equal(const Wish& wish) {
  return (wish.test->op() == Operator::equal && wish.holds) || (wish.test->op() == Operator::not_equal && !wish.holds);
}

bool is_equality(const ValueTest& test) {
  return test.op() == Operator::equal || test.op() == Operator::not_equal;
}

template <class Judge>
bool fulfils(const std::vector<Wish>& wishes, const Judge& judge) {
  return std::all_of(wishes.begin(), wishes.end(), [&](const Wish& wish) { return judge(*wish.test) == wish.holds; });
}

bool fulfils_as_string(const std::vector<Wish>& wishes, std::string_view text) {
  return fulfils(wishes, [&](const ValueTest& test) { return test.holds_for_string(text); });
}
bool fulfils_as_number(const std::vector<Wish>& wishes, std::string_view token) {
  return fulfils(wishes, [&](const ValueTest& test) { return test.holds_for_number(token); });
}
bool fulfils_as_field(const std::vector<Wish>& wishes, std::string_view token) {
  return fulfils(wishes, [&](const ValueTest& test) { return test.holds_for_field(token); });
}

FoundText found_if(bool is_found, std::string text) {
  return is_found ? FoundText{Search::found, std::move(text)} : FoundText{Search::none, {}};
}

/// The operand's text, where some wish leaves no other.
const std::string* only_text(const std::vector<Wish>& wishes, bool counts_numbers) {
  for (const Wish& wish : wishes)
    if (wants_equal(wish) && wish.test->only_text() && (counts_numbers || !wish.test->number()))
      return &*wish.test->only_text();
  return nullptr;
}

/// Of regular expressions only this is known: what one finds is not what it does not find.
bool regexes_clash(const std::vector<Wish>& wishes) {
  for (const Wish& a : wishes)
    for (const Wish& b : wishes)
      if (a.test->regex() && a.test->regex() == b.test->regex() && wants_equal(a) && !wants_equal(b)) return true;
  return false;
}

/// What the wishes say about text. Numbers are texts only for JSON strings.
std::vector<Requirement> text_requirements(const std::vector<Wish>& wishes, bool counts_numbers) {
  std::vector<Requirement> requirements;
  for (const Wish& wish : wishes)
    if (is_equality(*wish.test) && wish.test->texts() != nullptr && (counts_numbers || !wish.test->number()))
      requirements.push_back({wish.test->texts(), wants_equal(wish)});
  return requirements;
}

/// A bound of the numbers that fulfil the wishes.
struct Bound {
  Decimal value;
  bool is_strict = false;
};

/// True: no finite number is on the right side of every number that the wishes name.
bool bounds_exclude_all(const std::vector<Wish>& wishes) {
  std::optional<Bound> lower;
  std::optional<Bound> upper;
  const auto raise = [&](const Decimal& value, bool is_strict) {
    if (!lower || value > lower->value || (value == lower->value && is_strict)) lower = {value, is_strict};
  };
  const auto sink = [&](const Decimal& value, bool is_strict) {
    if (!upper || value < upper->value || (value == upper->value && is_strict)) upper = {value, is_strict};
  };
  std::vector<const Decimal*> others;
  for (const Wish& wish : wishes) {
    if (!wish.test->value()) continue;
    const Decimal& value = *wish.test->value();
    const Operator op = wish.test->op();
    const bool is_strict = op == Operator::greater || op == Operator::less;
    if (wants_equal(wish)) {
      raise(value, false);
      sink(value, false);
    } else if (is_equality(*wish.test)) {
      others.push_back(&value);
    } else if ((op == Operator::greater || op == Operator::greater_or_equal) == wish.holds) {
      raise(value, is_strict == wish.holds);
    } else {
      sink(value, is_strict == wish.holds);
    }
  }
  if (!lower || !upper) return false;
  if (lower->value != upper->value) return lower->value > upper->value;
  if (lower->is_strict || upper->is_strict) return true;
  return std::any_of(others.begin(), others.end(), [&](const Decimal* other) { return *other == lower->value; });
}

/// A token that is no integer, as short as it goes.
std::string double_token(double value) {
  std::array<char, 32> buffer{};
  const std::to_chars_result end =
      std::to_chars(buffer.data(), buffer.data() + buffer.size(), value, std::chars_format::scientific);
  return text_of_json_number({buffer.data(), static_cast<std::size_t>(end.ptr - buffer.data())});
}

std::optional<double> nearest_double(std::string_view number) {
  if (number.front() == '+') number.remove_prefix(1);
  double value = 0;
  const std::from_chars_result read = std::from_chars(number.data(), number.data() + number.size(), value);
  if (read.ec != std::errc()) return std::nullopt;
  return value;
}

/// JSON numbers of exactly the value: every text that such a number can have is among them, unless it is an integer
/// too long to be tried.
std::vector<std::string> tokens_of(const ValueTest& test) {
  std::vector<std::string> tokens;
  if (const std::optional<std::string> integer = test.value()->integer(most_digits)) tokens.push_back(*integer);
  if (const std::optional<double> value = nearest_double(*test.number())) {
    tokens.push_back(double_token(*value));
    if (*value == 0) tokens.insert(tokens.end(), {"0.0", "-0.0"});
  }
  return tokens;
}

bool are_all_tokens_tried(const Decimal& value) {
  return !value.is_integer() || value.integer(most_digits);
}

/// Numbers at, next to and between those that the wishes name, and some others.
std::vector<std::string> numbers_to_try(const std::vector<Wish>& wishes) {
  std::vector<std::string> tokens = {"1", "0", "-1"};
  std::vector<double> values;
  for (const Wish& wish : wishes) {
    if (!wish.test->number()) continue;
    for (std::string& token : tokens_of(*wish.test)) tokens.push_back(std::move(token));
    if (const std::optional<double> value = nearest_double(*wish.test->number())) values.push_back(*value);
  }
  std::sort(values.begin(), values.end());
  for (std::size_t i = 1; i < values.size(); ++i) tokens.push_back(double_token(values[i - 1] / 2 + values[i] / 2));
  for (const double value : values) {
    constexpr double largest_exact = 9007199254740992.0;
    if (std::abs(value) < largest_exact / 2)
      for (const double near : {std::floor(value) + 1, std::ceil(value) - 1})
        tokens.push_back(std::to_string(static_cast<std::int64_t>(near)));
    for (const double near :
         {value + 1, value - 1, value * 2, std::nextafter(value, INFINITY), std::nextafter(value, -INFINITY)})
      if (std::isfinite(near)) tokens.push_back(double_token(near));
  }
  return tokens;
}

bool is_json_number(std::string_view text) {
  if (!is_number(text) || text.front() == '+') return false;
  const std::string_view digits = text.substr(text.front() == '-' ? 1 : 0);
  return digits.size() == 1 || digits.front() != '0' || !(digits[1] >= '0' && digits[1] <= '9');
}

/// The JSON number whose text this is, if there is one. All such numbers have one value.
std::optional<std::string> token_with_text(const std::string& text) {
  if (text == "Infinity") return "1e309";
  if (text == "-Infinity") return "-1e309";
  if (!is_json_number(text) || text_of_json_number(text) != text) return std::nullopt;
  return text;
}

const Automaton& number_texts() {
  static const Automaton texts = Automaton::of_numbers();
  return texts;
}

/// Where the texts decide: none, or the one that was found. Where they do not: not decided.
FoundText find_number_by_text(const std::vector<Wish>& wishes, Budget& budget) {
  std::vector<Requirement> requirements = text_requirements(wishes, false);
  if (requirements.empty()) return {Search::not_decided, {}};
  requirements.push_back({&number_texts(), true});
  FoundText text = find_text(requirements, budget);
  if (text.result != Search::found) return text;
  const std::optional<std::string> token = token_with_text(text.text);
  if (token && fulfils_as_number(wishes, *token)) return {Search::found, *token};
  return {Search::not_decided, {}};
}

}  // namespace

ValueTest::ValueTest(Operator op, const Operand& operand) : op_(op), comparand_(std::in_place, op, operand) {
  if (const auto* number = std::get_if<Number>(&operand)) {
    number_ = number->text;
    value_ = Decimal::parse(number->text);
    only_text_ = number->text;
    texts_ = Automaton::of_text(number->text);
    return;
  }
  if (const auto* regex = std::get_if<Regex>(&operand)) {
    regex_ = regex->text;
    return;
  }
  const auto* quoted = std::get_if<Quoted>(&operand);
  const std::string& text = quoted != nullptr ? quoted->text : std::get<Bare>(operand).text;
  texts_ = Automaton::of_wildcard(text);
  if (text.find('*') == std::string::npos) only_text_ = text;
}

ValueTest ValueTest::part(const std::string& text) {
  ValueTest test;
  test.texts_ = Automaton::of_part(text);
  return test;
}

bool ValueTest::holds_for_string(std::string_view text) const {
  return comparand_ ? comparand_->holds_for_string(text) : texts_->accepts_text(text);
}

FoundText find_string(const std::vector<Wish>& wishes, Budget& budget) {
  if (const std::string* only = only_text(wishes, true)) return found_if(fulfils_as_string(wishes, *only), *only);
  if (regexes_clash(wishes)) return {Search::none, {}};
  // Strings have no order.
  const auto orders = [](const Wish& wish) { return !is_equality(*wish.test) && wish.holds; };
  if (std::any_of(wishes.begin(), wishes.end(), orders)) return {Search::none, {}};
  FoundText text = find_text(text_requirements(wishes, true), budget);
  if (text.result == Search::found && !fulfils_as_string(wishes, text.text)) return {Search::not_decided, {}};
  return text;
}

FoundText find_number(const std::vector<Wish>& wishes, Budget& budget) {
  if (const std::string* only = only_text(wishes, false)) {
    const std::optional<std::string> token = token_with_text(*only);
    return found_if(token && fulfils_as_number(wishes, *token), token.value_or(""));
  }
  if (regexes_clash(wishes)) return {Search::none, {}};
  for (const std::string& token : numbers_to_try(wishes))
    if (fulfils_as_number(wishes, token)) return {Search::found, token};
  for (const char* infinity : {"1e309", "-1e309"})
    if (fulfils_as_number(wishes, infinity)) return {Search::found, infinity};
  // What is left is finite, and its value decides what satisfies a comparison with a number.
  if (bounds_exclude_all(wishes)) return {Search::none, {}};
  for (const Wish& wish : wishes)
    if (wish.test->value() && wants_equal(wish) && are_all_tokens_tried(*wish.test->value())) return {Search::none, {}};
  return find_number_by_text(wishes, budget);
}

FoundText find_field(const std::vector<Wish>& wishes, Budget& budget) {
  if (const std::string* only = only_text(wishes, false)) return found_if(fulfils_as_field(wishes, *only), *only);
  if (regexes_clash(wishes)) return {Search::none, {}};
  // A token that is no number satisfies `!=` with one, and no other comparison with one.
  const auto asks_number = [](const Wish& wish) {
    return wish.test->number() && wish.holds != (wish.test->op() == Operator::not_equal);
  };
  const bool needs_number = std::any_of(wishes.begin(), wishes.end(), asks_number);
  if (needs_number && bounds_exclude_all(wishes)) return {Search::none, {}};
  FoundText text = find_text(text_requirements(wishes, false), budget);
  if (text.result != Search::found || fulfils_as_field(wishes, text.text)) return text;
  for (const std::string& token : numbers_to_try(wishes))
    for (const char* before : {"", "+", "0"})
      if (fulfils_as_field(wishes, before + token)) return {Search::found, before + token};
  return {Search::not_decided, {}};
}

}  // namespace secretwatch::pattern
