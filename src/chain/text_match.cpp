#include "chain/text_match.h"

#include <algorithm>
#include <vector>

#include "base/text.h"

namespace secretwatch::chain {
namespace {

using stack::Part;
using stack::Pseudo;
using stack::Text;

/// A character, a wildcard, or a part that only the deployment knows.
struct Token {
  enum class Kind { character, any_text, any_character, opaque };
  Kind kind = Kind::character;
  char character = 0;
  const Part* part = nullptr;
};

std::vector<Token> tokens_of(const Text& text, Wildcards wildcards) {
  std::vector<Token> tokens;
  for (const Part& part : text.parts()) {
    const auto* const literal = std::get_if<std::string>(&part);
    if (literal == nullptr) {
      tokens.push_back({Token::Kind::opaque, 0, &part});
      continue;
    }
    for (const char c : *literal) {
      const bool is_wildcard = wildcards == Wildcards::glob && (c == '*' || c == '?');
      tokens.push_back({!is_wildcard ? Token::Kind::character
                        : c == '*'   ? Token::Kind::any_text
                                     : Token::Kind::any_character,
                        c, nullptr});
    }
  }
  return tokens;
}

bool is_same_part(const Token& a, const Token& b) {
  return *a.part == *b.part && !std::holds_alternative<stack::Unknown>(*a.part);
}

/// Can the text of an opaque part hold this character?
bool may_hold(const Token& opaque, char c) {
  const auto* const ref = std::get_if<stack::Ref>(opaque.part);
  if (ref != nullptr && ref->attribute == stack::Attribute::name) return c != ':';  // a name that AWS makes up
  const auto* const pseudo = std::get_if<Pseudo>(opaque.part);
  if (pseudo == nullptr) return true;
  switch (*pseudo) {
    case Pseudo::account:
      return is_digit(c);
    case Pseudo::partition:
    case Pseudo::region:
      return is_digit(c) || (c >= 'a' && c <= 'z') || c == '-';
    default:
      return true;
  }
}

bool may_share(const Token& opaque, const Token& other) {
  switch (other.kind) {
    case Token::Kind::character:
      return may_hold(opaque, other.character);
    case Token::Kind::any_text:
    case Token::Kind::any_character:
    case Token::Kind::opaque:
      return true;
  }
  return true;
}

bool is_same_character(char a, char b, bool ignore_case) {
  return ignore_case ? to_lower(a) == to_lower(b) : a == b;
}

/// Match of pattern[i…] and value[j…], the strongest over all ways to align them, from the end backwards.
Match align(const std::vector<Token>& pattern, const std::vector<Token>& value, bool ignore_case) {
  const std::size_t columns = value.size() + 1;
  std::vector<Match> best((pattern.size() + 1) * columns, Match::no);
  const auto at = [&best, columns](std::size_t i, std::size_t j) -> Match& { return best[i * columns + j]; };
  for (std::size_t i = pattern.size() + 1; i-- > 0;) {
    for (std::size_t j = columns; j-- > 0;) {
      const Token* const p = i < pattern.size() ? &pattern[i] : nullptr;
      const Token* const v = j < value.size() ? &value[j] : nullptr;
      Match match = p == nullptr && v == nullptr ? Match::yes : Match::no;
      const auto go = [&match](Match certainty, Match rest) { match = either(match, both(certainty, rest)); };
      if (p != nullptr && p->kind == Token::Kind::any_text) {
        go(Match::yes, at(i + 1, j));
        if (v != nullptr) go(Match::yes, at(i, j + 1));
      }
      if (p != nullptr && p->kind == Token::Kind::any_character && v != nullptr)
        go(v->kind == Token::Kind::opaque ? Match::maybe : Match::yes, at(i + 1, j + 1));
      if (p != nullptr && v != nullptr && p->kind == Token::Kind::character && v->kind == Token::Kind::character &&
          is_same_character(p->character, v->character, ignore_case))
        go(Match::yes, at(i + 1, j + 1));
      if (p != nullptr && v != nullptr && p->kind == Token::Kind::opaque && v->kind == Token::Kind::opaque &&
          is_same_part(*p, *v))
        go(Match::yes, at(i + 1, j + 1));
      // What only the deployment knows may be any run of the other side, or nothing at all.
      if (p != nullptr && p->kind == Token::Kind::opaque) {
        go(Match::maybe, at(i + 1, j));
        if (v != nullptr && may_share(*p, *v)) go(Match::maybe, at(i, j + 1));
      }
      if (v != nullptr && v->kind == Token::Kind::opaque) {
        go(Match::maybe, at(i, j + 1));
        if (p != nullptr && may_share(*v, *p)) go(Match::maybe, at(i + 1, j));
      }
      at(i, j) = match;
    }
  }
  return at(0, 0);
}

/// Two resources never share a name or an ARN of their own, and no name is an ARN.
bool name_two_resources(const Text& a, const Text& b) {
  const auto only_reference = [](const Text& text) {
    return text.parts().size() == 1 ? std::get_if<stack::Ref>(&text.parts().front()) : nullptr;
  };
  const stack::Ref* const x = only_reference(a);
  const stack::Ref* const y = only_reference(b);
  return x != nullptr && y != nullptr && x->target != y->target && x->attribute != stack::Attribute::other &&
         y->attribute != stack::Attribute::other;
}

/// May it be any text there is?
bool is_any_text(const Text& text) {
  return text.parts().size() == 1 && std::holds_alternative<stack::Unknown>(text.parts().front());
}

Match match_texts(const Text& pattern, const Text& value, Wildcards wildcards, bool ignore_case) {
  if (name_two_resources(pattern, value)) return Match::no;
  // Most texts differ at their first or last letter, or are written the same.
  if (wildcards == Wildcards::none && !ignore_case) {
    const stack::Comparison comparison = stack::compare(pattern, value);
    if (comparison == stack::Comparison::different) return Match::no;
    if (comparison == stack::Comparison::equal && !pattern.has_unknown()) return Match::yes;
  }
  if (is_any_text(pattern) || (is_any_text(value) && wildcards == Wildcards::none)) return Match::maybe;
  constexpr std::size_t most_cells = 4'000'000;
  const std::vector<Token> p = tokens_of(pattern, wildcards);
  const std::vector<Token> v = tokens_of(value, Wildcards::none);
  if ((p.size() + 1) * (v.size() + 1) > most_cells) return Match::maybe;
  return align(p, v, ignore_case);
}

}  // namespace

Match both(Match a, Match b) {
  return std::min(a, b);
}

Match either(Match a, Match b) {
  return std::max(a, b);
}

Match negation(Match match) {
  return match == Match::yes ? Match::no : match == Match::no ? Match::yes : Match::maybe;
}

Match fits(const Text& pattern, const Text& value, Wildcards wildcards) {
  return match_texts(pattern, value, wildcards, false);
}

Match fits_ignoring_case(const Text& pattern, const Text& value, Wildcards wildcards) {
  return match_texts(pattern, value, wildcards, true);
}

}  // namespace secretwatch::chain
