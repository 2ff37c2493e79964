#pragma once
/// DelimitedMatcher: a space-delimited pattern made ready to judge messages.
///
///     [level = ERROR, rest]    ERROR out of disk              $level ERROR, $rest "out of disk"
///     [ip, ..., size > 1000]   10.0.0.1 [x y] "GET /" 1534    $ip 10.0.0.1, $2 "x y", $3 "GET /", $size 1534
///
/// A message is split at blanks; "…" and […] at the beginning of a token are one token, without the signs, and what
/// follows the closing sign begins a new one; a sign that is never closed is ordinary text. Without `...` the last
/// field takes the rest of the line as it is, or, if that is one token, the token. With `...` the fields before it are
/// the first tokens, the fields after it the last ones, and what lies between is numbered. `[]` numbers all. (All
/// recorded from the live TestMetricFilter API; that line breaks separate like blanks is inferred.)
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "pattern/comparand.h"
#include "pattern/condition_tree.h"
#include "pattern/matcher.h"
#include "pattern/pattern.h"

namespace secretwatch::pattern {

class DelimitedMatcher {
 public:
  explicit DelimitedMatcher(const DelimitedPattern& pattern);

  bool matches(std::string_view message) const { return bind(message).has_value(); }
  std::optional<std::vector<ExtractedValue>> extract(std::string_view message) const;

 private:
  struct PreparedField {
    std::string name;  // empty: unnamed
    std::optional<ConditionTree<Comparand>> condition;
  };
  static PreparedField prepare(const Field& field);

  /// The tokens, if there are enough of them and all conditions hold.
  std::optional<std::vector<std::string_view>> bind(std::string_view message) const;
  /// The field that the token at `position` of `count` belongs to; null: it lies under the `...`.
  const PreparedField* field_of(std::size_t position, std::size_t count) const;

  std::vector<PreparedField> first_;  // all of them, if there is no `...`
  std::vector<PreparedField> last_;   // after the `...`
  bool is_open_ = false;              // has a `...`, or is `[]`
};

}  // namespace secretwatch::pattern
