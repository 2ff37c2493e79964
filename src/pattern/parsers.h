#pragma once
/// Parsers: the parts of parse(), one for each kind of pattern and of piece. Each reads from a cursor on, which it
/// leaves after what was read, and fails with the one thing that was wrong.
///
///     pattern    := terms | '{' condition '}' | '[' field (',' field)* ']' | '%' regex '%'
///     condition  := both ('||' both)*
///     both       := part ('&&' part)*
///     part       := '(' condition ')' | comparison
///     comparison := subject operator operand | selector IS (NULL | TRUE | FALSE) | selector NOT EXISTS
///     operand    := '"' text '"' | '%' regex '%' | number | word
///
/// The subject of a comparison is a selector in a JSON pattern and the field's name in a delimited one.
#include <functional>

#include "base/expected.h"
#include "pattern/cursor.h"
#include "pattern/pattern.h"

namespace secretwatch::pattern {

/// What counts towards the service's limits, over a whole pattern.
struct Counts {
  std::size_t wildcard_selectors = 0;
  std::size_t regexes = 0;
};

Expected<TermsPattern> read_terms(Cursor& cursor);
Expected<JsonPattern> read_json(Cursor& cursor);
Expected<DelimitedPattern> read_delimited(Cursor& cursor);

/// A condition of comparisons that `read_comparison` knows to read. Reads iteratively, however deep the parentheses.
/// Ends before the first thing that does not continue the condition; expected_after_condition() says what is wrong with
/// it.
using ReadComparison = std::function<Expected<Expression>(Cursor&)>;
Expected<Expression> read_condition(Cursor& cursor, const ReadComparison& read_comparison);
TextError expected_after_condition(const Cursor& cursor, std::string_view wanted);

Expected<Selector> read_selector(Cursor& cursor);

/// Operator and operand. `stops` are the characters that may follow an unquoted operand directly.
struct Relation {
  Operator op = Operator::equal;
  Operand operand;
};
Expected<Relation> read_relation(Cursor& cursor, std::string_view stops, Counts& counts);

/// "text" at the cursor.
Expected<std::string> read_quoted(Cursor& cursor);
/// %regex% at the cursor, checked.
Expected<std::string> read_regex(Cursor& cursor);

}  // namespace secretwatch::pattern
