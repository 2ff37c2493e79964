#pragma once
/// Wildcard: text with `*`, as the service reads it: each piece is looked for once, at its first occurrence.
///
///     Wildcard("*Event").matches("PutEvent")   // true
///     Wildcard("*db").matches("db/db")         // false: the first "db" does not end the text, and nothing goes back
///
/// `*` stands for any number of characters, none included. The text before the first `*` must begin the value; every
/// later piece is taken where it first occurs after the one before; the piece after the last `*` must, there, end the
/// value. AWS publishes no rule for a `*` in the middle; this one reproduces 87 answers of the live TestMetricFilter
/// API, among them that "*111.111.111" does not match 111.111.111.111. Without a `*` it is plain equality.
#include <string>
#include <string_view>
#include <vector>

namespace secretwatch::pattern {

class Wildcard {
 public:
  explicit Wildcard(std::string_view text);
  bool matches(std::string_view value) const;

 private:
  std::vector<std::string> pieces_;  // between the `*`; at least one, any may be empty
};

}  // namespace secretwatch::pattern
