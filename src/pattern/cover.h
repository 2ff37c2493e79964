#pragma once
/// Cover: what a pattern can and cannot select, and how two patterns stand to each other.
///
///     can_select(*parse(R"({ $.a = "x" && $.a = "y" })"));     // no: $.a = "x" and $.a = "y" contradict each other
///     includes(*parse(R"({ $.a = "Get*" })"), *parse(R"({ $.a = "GetSecretValue" })"));    // yes
///     can_select_both(*parse("{ $.a = 1 }"), *parse("{ $.a > 0 }"));                       // yes, such as {"a":1}
///
/// Yes and no are proven, over all messages of any length: yes or no by a message that matches() confirms, the contrary
/// by exhaustion (automata of the texts, bounds of the numbers, forms of the values). Where the proof is beyond us or
/// takes too many steps, the answer is not_decided, never a guess. Open are above all: patterns of different kinds, two
/// space-delimited patterns of which one has a `...`, regular expressions that are not the same, contrived numbers.
/// Not here: which accesses to a secret a pattern selects (chain/coverage.h).
#include <string>
#include <vector>

#include "pattern/matcher.h"
#include "pattern/pattern.h"

namespace secretwatch::pattern {

enum class Verdict { no, yes, not_decided };

/// Comparisons that no message satisfies together; leave one out, and some message does. In the order of the pattern.
struct Contradiction {
  struct Part {
    Place place{};       // in the text of the pattern
    std::string text{};  // canonical spelling, as in `$.a = "x"`
  };
  std::vector<Part> parts{};
};

struct Answer {
  Verdict verdict = Verdict::not_decided;
  /// A message that shows it, where one can: confirmed by matches(). Else empty, which is also a message, that of a
  /// pattern of terms which selects everything.
  std::string witness{};
  /// can_select() with the verdict no: why each way to satisfy the pattern fails, at most eight of them.
  std::vector<Contradiction> contradictions{};
};

/// Is there a message that the filter selects? Yes: the witness is one.
Answer can_select(const Filter& filter);

/// Is there a message that both select? Yes: the witness is one. No: they are disjoint.
Answer can_select_both(const Filter& a, const Filter& b);

/// Does `outer` select every message that `inner` selects? No: the witness is one that only `inner` selects.
Answer includes(const Filter& outer, const Filter& inner);

/// A pattern that selects every CloudTrail record, by the fields that none lacks (CloudTrail record contents,
/// "Optional: False", and always text).
const Filter& every_record();

/// How much of a trail's log group a pattern selects.
enum class Breadth {
  every_record,         // each CloudTrail record: proven
  nearly_every_record,  // each one but those with one particular text in a field that every record has: proven
  not_every_record,     // neither of these
  not_decided,
};
struct Reach {
  Breadth breadth = Breadth::not_decided;
  std::string exception{};                    // a record that is not selected: only the fields that matter
  std::vector<Contradiction::Part> causes{};  // nearly_every_record: the comparisons that nearly every record satisfies
};
Reach reach(const Filter& filter);
/// With the filter's matcher, which need not be prepared again.
Reach reach(const Filter& filter, const Matcher& matcher);

}  // namespace secretwatch::pattern
