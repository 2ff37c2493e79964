#include <utility>
#include <vector>

#include <fmt/format.h>

#include "base/text.h"
#include "pattern/parsers.h"

namespace secretwatch::pattern {
namespace {

/// What has been read between two parentheses: a || b && c …
struct Group {
  std::vector<Expression> alternatives;  // complete, each followed by a `||`
  std::vector<Expression> conjuncts;     // of the alternative being read

  void end_alternative() {
    alternatives.push_back(all_of(std::move(conjuncts)));
    conjuncts.clear();
  }
  Expression whole() {
    end_alternative();
    return any_of(std::move(alternatives));
  }
};

/// What was probably meant by what stands where `&&`, `||` or the end is expected.
std::string hint_for_connective(const Cursor& cursor, std::string_view wanted) {
  Cursor ahead = cursor;
  const std::string word = lower_case(ahead.take_word());
  if (word == "and" || cursor.peek() == '&') return "write '&&'";
  if (word == "or" || cursor.peek() == '|') return "write '||'";
  if (cursor.peek() == '"') return "a quote within quotes is written \\\"";
  const std::string_view closing = ")]}";
  if (cursor.at_end() || closing.find(cursor.peek()) == std::string_view::npos) return {};
  if (cursor.peek() == ')') return "there is no '(' that it would close";
  return fmt::format("write '{}'", wanted);
}

}  // namespace

Expected<Expression> read_condition(Cursor& cursor, const ReadComparison& read_comparison) {
  std::vector<Group> groups(1);
  while (true) {
    cursor.skip_blanks();
    if (cursor.take("(")) {
      groups.emplace_back();
      continue;
    }
    Expected<Expression> comparison = read_comparison(cursor);
    if (!comparison) return comparison.error();
    groups.back().conjuncts.push_back(std::move(*comparison));
    cursor.skip_blanks();
    while (groups.size() > 1 && cursor.take(")")) {
      Expression group = groups.back().whole();
      groups.pop_back();
      groups.back().conjuncts.push_back(std::move(group));
      cursor.skip_blanks();
    }
    if (cursor.take("||"))
      groups.back().end_alternative();
    else if (!cursor.take("&&"))
      break;
  }
  if (groups.size() > 1) return expected_after_condition(cursor, ")");
  return groups.front().whole();
}

TextError expected_after_condition(const Cursor& cursor, std::string_view wanted) {
  return cursor.error(fmt::format("expected '&&', '||' or '{}', found {}", wanted, cursor.found()),
                      hint_for_connective(cursor, wanted));
}

}  // namespace secretwatch::pattern
