#pragma once
/// Explain: which comparisons decided about a message, as they stand in the pattern.
///
///     const Explainer explainer(*parse(R"({ $.a = 1 && ($.b = 2 || $.c = 3) })"));
///     explainer.explain(R"({"a": 1, "c": 3})");   // selects, by "$.a = 1" and "$.c = 3"
///     explainer.explain(R"({"a": 2, "c": 3})");   // does not, by "$.a = 1"
///
/// Of alternatives that hold the first one decided, of alternatives that all fail every one; of conditions that must
/// all hold, the first that fails. The verdict is that of matches(). Made for people, one message at a time: slow.
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "pattern/condition_tree.h"
#include "pattern/matcher.h"
#include "pattern/pattern.h"

namespace secretwatch::pattern {

struct Explanation {
  bool selects = false;
  /// Into the text that was parsed; none if it was the message as a whole.
  std::vector<Place> places{};
  /// What there is to say beside, or instead: "the message is not a JSON object".
  std::string remark{};
};

class Explainer {
 public:
  /// The filter must come from parse().
  explicit Explainer(const Filter& filter);
  /// With the filter's matcher, which need not be prepared again.
  Explainer(const Filter& filter, std::shared_ptr<const Matcher> matcher);
  Explanation explain(std::string_view message) const { return explain(PreparedMessage(std::string(message))); }
  Explanation explain(const PreparedMessage& message) const;

 private:
  /// A term, or the condition of a field.
  struct Part {
    Place place{};
    Matcher matcher;
  };
  using Parts = ConditionTree<Part>;

  static Parts part(Place place, const Filter& filter) { return {Part{place, Matcher(filter)}}; }
  static Parts from(const TermsPattern& pattern);
  static Parts from(const DelimitedPattern& pattern);

  std::shared_ptr<const Matcher> whole_;
  bool wants_json_ = false;  // and its matcher knows its parts
  Parts parts_{Parts::All{}};
  std::optional<Matcher> without_conditions_{};  // of a delimited pattern
};

}  // namespace secretwatch::pattern
