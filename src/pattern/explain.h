#pragma once
/// Explain: which comparisons decided about a message, as they stand in the pattern.
///
///     const Explainer explainer(*parse(R"({ $.a = 1 && ($.b = 2 || $.c = 3) })"));
///     explainer.explain(R"({"a": 1, "c": 3})");   // selects, by "$.a = 1" and "$.c = 3"
///     explainer.explain(R"({"a": 2, "c": 3})");   // does not, by "$.a = 1"
///
/// Of alternatives that hold the first one decided, of alternatives that all fail every one; of conditions that must
/// all hold, the first that fails. The verdict is that of matches(). Made for people, one message at a time: slow.
#include <string>
#include <string_view>
#include <vector>

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
  Explanation explain(std::string_view message) const { return explain(PreparedMessage(std::string(message))); }
  Explanation explain(const PreparedMessage& message) const;

 private:
  /// A condition, and the matcher of a comparison.
  struct Part {
    enum class Kind { leaf, all, any };
    Kind kind = Kind::leaf;
    Place place{};
    std::vector<Matcher> matcher{};  // of a leaf: one
    std::vector<Part> terms{};
  };
  static Part leaf(Place place, const Filter& filter);
  static Part from(const Expression& expression);
  static Part from(const TermsPattern& pattern);
  static Part from(const DelimitedPattern& pattern);
  static bool judge(const Part& part, const PreparedMessage& message, std::vector<Place>& places);

  Part part_;
  Matcher whole_;
  bool wants_json_ = false;
  std::vector<Matcher> without_conditions_;  // of a delimited pattern: one
};

}  // namespace secretwatch::pattern
