#include <utility>

#include <fmt/format.h>

#include "base/text.h"
#include "pattern/parsers.h"

namespace secretwatch::pattern {
namespace {

/// After `IS`.
Expected<Is::What> read_what(Cursor& cursor) {
  const std::size_t begin = cursor.offset();
  const std::string word = lower_case(cursor.take_word());
  if (word == "null") return Is::What::null;
  if (word == "true") return Is::What::true_value;
  if (word == "false") return Is::What::false_value;
  cursor.go_to(begin);
  return cursor.error("expected NULL, TRUE or FALSE after 'IS', found " + cursor.found(),
                      word == "not" ? "there is no 'IS NOT': for a field that holds text or a number write '= *'" : "");
}

/// After a selector, where a word stands: IS, NOT EXISTS, or what is none of both.
Expected<Expression> read_keywords(Cursor& cursor, Selector selector) {
  const std::size_t begin = cursor.offset();
  const std::string word = lower_case(cursor.take_word());
  cursor.skip_blanks();
  if (word == "is") {
    const Expected<Is::What> what = read_what(cursor);
    if (!what) return what.error();
    return Expression{Is{std::move(selector), *what}};
  }
  if (word == "not") {
    const std::size_t second = cursor.offset();
    if (lower_case(cursor.take_word()) == "exists") return Expression{NotExists{std::move(selector)}};
    cursor.go_to(second);
    return cursor.error("expected EXISTS after 'NOT', found " + cursor.found());
  }
  cursor.go_to(begin);
  if (word == "exists")
    return cursor.error(cursor.found() + " stands without 'NOT'",
                        "for a field that holds text or a number write '= *'");
  return cursor.error("expected an operator such as '=', found " + cursor.found());
}

class JsonComparisons {
 public:
  Expected<Expression> operator()(Cursor& cursor) {
    const std::size_t begin = cursor.offset();
    Expected<Selector> selector = read_selector(cursor);
    if (!selector) return selector.error();
    if (has_wildcard(*selector) && ++counts_.wildcard_selectors > max_wildcard_selectors)
      return TextError{begin,
                       fmt::format("pattern has more than {} selectors with a wildcard", max_wildcard_selectors)};
    if (is_letter(cursor.peek()))
      return cursor.error("found " + cursor.found() + " directly after a selector", "separate them with a blank");
    cursor.skip_blanks();
    Expected<Expression> read = is_letter(cursor.peek()) ? read_keywords(cursor, std::move(*selector))
                                                         : read_comparison(cursor, std::move(*selector));
    if (!read) return read;
    const Place place = cursor.place_since(begin);
    if (auto* comparison = std::get_if<Comparison>(&read->body)) comparison->place = place;
    if (auto* is = std::get_if<Is>(&read->body)) is->place = place;
    if (auto* not_exists = std::get_if<NotExists>(&read->body)) not_exists->place = place;
    return read;
  }

 private:
  Expected<Expression> read_comparison(Cursor& cursor, Selector selector) {
    Expected<Relation> relation = read_relation(cursor, ")}&|", counts_);
    if (!relation) return relation.error();
    return Expression{Comparison{std::move(selector), relation->op, std::move(relation->operand)}};
  }

  Counts counts_;
};

}  // namespace

Expected<JsonPattern> read_json(Cursor& cursor) {
  cursor.take("{");
  JsonComparisons comparisons;
  Expected<Expression> condition = read_condition(cursor, std::ref(comparisons));
  if (!condition) return condition.error();
  if (!cursor.take("}")) return expected_after_condition(cursor, "}");
  return JsonPattern{std::move(*condition)};
}

}  // namespace secretwatch::pattern
