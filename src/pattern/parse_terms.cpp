#include <utility>

#include "pattern/parsers.h"

namespace secretwatch::pattern {
namespace {

/// What a term may be followed by: nothing, a blank, or the sign of the next term.
bool is_end_of_term(const Cursor& cursor) {
  return cursor.at_end() || is_blank(cursor.peek()) || cursor.peek() == '-' || cursor.peek() == '?';
}

/// The character at the cursor may not stand outside quotes.
TextError not_allowed_unquoted(const Cursor& cursor, std::string_view term_so_far) {
  const std::string message = cursor.found() + " is not allowed in a term without quotes";
  switch (cursor.peek()) {
    case '*':
      return cursor.error(message, "leave it out: a term is found anywhere in a message, within words too");
    case '$':
      return cursor.error(message, "a condition on JSON stands in braces: { $.field = \"value\" }");
    case '%':
      return cursor.error(message, "a regular expression must be the whole pattern");
    case '&':
      return cursor.error(message, "leave it out: a message must hold all terms");
    case '|':
      return cursor.error(message, "for one of several terms write ?first ?second");
    case '"':
      return cursor.error("quotes begin in the middle of a term", "separate the terms with a blank");
    default:
      return cursor.error(message,
                          "write \"" + displayed(std::string(term_so_far) + std::string(cursor.piece("\""))) + "\"");
  }
}

Expected<Term> read_term(Cursor& cursor) {
  Term term;
  const std::size_t begin = cursor.offset();
  if (cursor.take("-")) {
    term.kind = Term::Kind::excluded;
    cursor.skip_blanks();  // the user guide of 2018 shows `"ERROR" - "Exiting"`
  } else if (cursor.take("?")) {
    term.kind = Term::Kind::optional;
  }
  if (is_end_of_term(cursor))
    return cursor.error("expected a term after " + shown(cursor.since(begin).substr(0, 1)) + ", found " +
                        cursor.found());
  if (cursor.peek() == '"') {
    const std::size_t quote = cursor.offset();
    Expected<std::string> text = read_quoted(cursor);
    if (!text) return text.error();
    if (text->empty()) return TextError{quote, "nothing stands between the quotes"};
    term.quoted = true;
    term.text = std::move(*text);
    if (!is_end_of_term(cursor))
      return cursor.error("found " + cursor.found() + " directly after a quote", "separate the terms with a blank");
  } else {
    const std::string_view word = cursor.take_word(".");
    if (!is_end_of_term(cursor)) return not_allowed_unquoted(cursor, word);
    term.text = word;
  }
  term.place = cursor.place_since(begin);
  return term;
}

}  // namespace

Expected<TermsPattern> read_terms(Cursor& cursor) {
  TermsPattern pattern;
  for (cursor.skip_blanks(); !cursor.at_end(); cursor.skip_blanks()) {
    Expected<Term> term = read_term(cursor);
    if (!term) return term.error();
    pattern.terms.push_back(std::move(*term));
  }
  return pattern;
}

}  // namespace secretwatch::pattern
