#pragma once
/// Pattern: the filter patterns of CloudWatch Logs, read, written, evaluated.
///
///     const Expected<Filter> filter = parse(R"({ $.eventName = "GetSecretValue" })");
///     matches(*filter, R"({"eventName": "GetSecretValue"})");   // true
///     print(*filter);                                           // { $.eventName = "GetSecretValue" }
///
/// The first character that is not blank decides the kind: `{` JSON, `[` space-delimited, `%` a regular expression over
/// the whole message, anything else terms; a blank pattern matches everything. `print(*parse(p))` is a fixed point and
/// means the same as p. Semantics follow the answers of the live TestMetricFilter API where such are known, else the
/// CloudWatch Logs user guide, "Filter pattern syntax". What neither tells and we had to decide:
///   - in quotes `\"` stands for `"` and `\\` for `\`, any other backslash for itself;
///   - unquoted values may hold `-` (quote them to be safe), names of fields letters of any script;
///   - a selector's index ends at 2147483647, like the exponents of numbers, for which that is recorded;
///   - parentheses may stand in the condition of a delimited field.
/// Not here: one filter on many messages (matcher.h), many patterns at once (index.h), what a pattern can and cannot
/// match (cover.h).
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/expected.h"

namespace secretwatch::pattern {

/// Limits of the service (CloudWatch Logs quotas; "Filter pattern syntax").
inline constexpr std::size_t max_characters = 1024;           // Unicode characters of a pattern
inline constexpr std::size_t max_wildcard_selectors = 3;      // selectors with [*] or .* in a pattern
inline constexpr std::size_t max_regexes = 2;                 // %…% in a JSON or space-delimited pattern
inline constexpr std::size_t max_regex_filters_of_group = 5;  // filters with a regex on one log group
inline constexpr std::size_t max_filters_of_group = 100;      // metric filters on one log group

/// Where in the pattern's text something was written; both 0 for what was built rather than parsed.
struct Place {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
};

/// `$.a.b[0].['x.y'][*]`, a step each; at most one of them is a wildcard, the first one is a Member or AnyMember.
struct Member {
  std::string name;
  friend bool operator==(const Member&, const Member&) = default;
};
struct Index {
  std::uint64_t position = 0;
  friend bool operator==(const Index&, const Index&) = default;
};
struct AnyElement {
  friend bool operator==(const AnyElement&, const AnyElement&) = default;
};  // [*]
struct AnyMember {
  friend bool operator==(const AnyMember&, const AnyMember&) = default;
};  // .*
using Step = std::variant<Member, Index, AnyElement, AnyMember>;

struct Selector {
  std::vector<Step> steps;
  friend bool operator==(const Selector&, const Selector&) = default;
};

bool is_wildcard(const Step& step);
bool has_wildcard(const Selector& selector);

enum class Operator { equal, not_equal, less, greater, less_or_equal, greater_or_equal };

/// What a field is compared with. A `*` in Quoted and Bare stands for any text (see wildcard.h; unwise in the middle).
/// Only a Number can be compared by order.
struct Quoted {
  std::string text;
  friend bool operator==(const Quoted&, const Quoted&) = default;
};
struct Bare {
  std::string text;
  friend bool operator==(const Bare&, const Bare&) = default;
};
struct Number {
  std::string text;
  friend bool operator==(const Number&, const Number&) = default;
};  // as written
struct Regex {
  std::string text;
  friend bool operator==(const Regex&, const Regex&) = default;
};  // without the %
using Operand = std::variant<Quoted, Bare, Number, Regex>;

struct Comparison {
  Selector selector;
  Operator op = Operator::equal;
  Operand operand;
  Place place{};
};
struct Is {
  enum class What { null, true_value, false_value };
  Selector selector;
  What what = What::null;
  Place place{};
};
struct NotExists {
  Selector selector;
  Place place{};
};
struct Expression;
struct AllOf {
  std::vector<Expression> terms;
};
struct AnyOf {
  std::vector<Expression> terms;
};

/// A JSON pattern's condition. AllOf and AnyOf hold at least two terms, none of their own kind.
struct Expression {
  std::variant<Comparison, Is, NotExists, AllOf, AnyOf> body;
};

/// What plan/ builds its patterns with; equality of the fields of a CloudTrail record, as text. A `*` in `text` is a
/// wildcard, nothing escapes it.
/// `selector` must be one that parse() accepts, such as "$.requestParameters.secretId"; so must `regex`.
Expression equals(std::string_view selector, std::string text);
Expression differs(std::string_view selector, std::string text);
Expression matches_regex(std::string_view selector, std::string regex);
Expression not_exists(std::string_view selector);
/// Flattened; a list of one is that one. There must be one.
Expression all_of(std::vector<Expression> terms);
Expression any_of(std::vector<Expression> terms);

struct JsonPattern {
  Expression condition;
};

struct Term {
  enum class Kind { required, excluded, optional };
  Kind kind = Kind::required;
  std::string text;  // without quotes
  bool quoted = false;
  Place place{};  // `a-b` is two terms without a blank between them, seldom what was meant
};
struct TermsPattern {
  std::vector<Term> terms;
};  // none: everything matches

struct RegexPattern {
  std::string regex;
};  // over the whole message, without the %

/// One field of `[ip, user, status = 4*, ...]`; conditions are those of JSON patterns with a selector of one Member,
/// the field's own name.
struct Field {
  enum class Kind { named, unnamed, ellipsis };
  Kind kind = Kind::named;
  std::string name;
  std::vector<Expression> condition;  // none or one
  Place place{};
};
struct DelimitedPattern {
  std::vector<Field> fields;  // none: `[]`, which numbers every token, as `[...]` does
};

struct Filter {
  std::variant<TermsPattern, JsonPattern, DelimitedPattern, RegexPattern> body;
};

/// Reads a pattern. Errors carry the offset, what was found there, and a hint what would be right (`==` -> `=`).
Expected<Filter> parse(std::string_view text);

/// Reads a selector alone, as it stands in the value of a metric.
Expected<Selector> parse_selector(std::string_view text);

/// The canonical spelling: one blank around operators, parentheses where kinds of operators mix (in delimited fields
/// only where they are needed).
///     { $.a = "x" && ($.b = "y" || $.c NOT EXISTS) }
/// Where that has more than max_characters: the same without any blank or parenthesis that may be left out, which is
/// never longer than what was parsed.
std::string print(const Filter& filter);
std::string print(const Selector& selector);
/// A condition as it stands in a pattern, however long: $.a = "x"
std::string print(const Expression& condition);

/// Does the filter select the log message? Slow and exact: each call prepares the filter and reads the message anew.
bool matches(const Filter& filter, std::string_view message);

/// How much of the service's limits a pattern uses in its canonical spelling. (print() leaves blanks out rather than
/// pass the limit of characters, so that what was parsed can always be written.)
struct Usage {
  std::size_t characters = 0;
  std::size_t wildcard_selectors = 0;
  std::size_t regexes = 0;
};
Usage usage_of(const Filter& filter);

}  // namespace secretwatch::pattern
