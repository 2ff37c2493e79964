#pragma once
/// JsonMatcher: a JSON pattern made ready to judge messages.
///
/// A selector selects values: a name a member of an object, an index an element of an array, `[*]` and `.*` alike every
/// member and every element. A comparison holds if a selected value satisfies it, and only text and numbers do; so
/// `$.a != "x"` is false where `a` is missing, null, true, an object or an array. The one exception: after a wildcard
/// `!=` says that no selected value is equal, provided that what the wildcard opens is there at all.
/// IS NULL also holds for an array with a null in it, unless the selector has a wildcard. NOT EXISTS: nothing is
/// selected. The message as a whole must be a JSON object. (All recorded from the live TestMetricFilter API.)
#include <string_view>
#include <variant>
#include <vector>

#include "pattern/comparand.h"
#include "pattern/condition_tree.h"
#include "pattern/json.h"
#include "pattern/pattern.h"

namespace secretwatch::pattern {

class JsonMatcher {
 public:
  explicit JsonMatcher(const JsonPattern& pattern);

  bool matches(std::string_view message) const;
  bool matches(const Json& message) const;

  /// As matches(); adds where the comparisons stand that decided it.
  bool explain(const Json& message, std::vector<Place>& places) const;

 private:
  struct SomeSatisfies {
    Selector selector;
    Comparand comparand;
    Place place;
  };
  struct NoneEquals {
    Selector selector;
    Selector opened;  // up to the wildcard
    Comparand equal;
    Place place;
  };
  using Leaf = std::variant<SomeSatisfies, NoneEquals, Is, NotExists>;

  static Leaf prepare(const Expression& leaf);
  static bool holds(const Leaf& leaf, const Json& message);

  ConditionTree<Leaf> condition_;
};

}  // namespace secretwatch::pattern
