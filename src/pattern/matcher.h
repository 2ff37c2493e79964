#pragma once
/// Matcher: a filter made ready to judge many messages; what it prepares (regular expressions above all) is prepared
/// once.
///
///     const Matcher matcher(*parse("[ip, user, ..., status = 4*, bytes]"));
///     matcher.matches("127.0.0.1 frank GET 404 1534");   // true
///     matcher.extract("127.0.0.1 frank GET 404 1534");   // $ip 127.0.0.1, $user frank, $3 GET, $status 404, $bytes
///     1534
///
/// The filter must come from parse() or the builders of pattern.h. A Matcher keeps no reference to it, never changes
/// and may be used by several threads at once. Messages may hold any bytes; what a JSON pattern finds no JSON in, it
/// does not select.
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "pattern/pattern.h"
#include "pattern/prepared_message.h"

namespace secretwatch::pattern {

/// What the service calls an extracted value: the name as a metric value would write it ("$status", "$3"), and the
/// text.
struct ExtractedValue {
  std::string name;
  std::string text;
  friend bool operator==(const ExtractedValue&, const ExtractedValue&) = default;
};

class Matcher {
 public:
  explicit Matcher(const Filter& filter);
  ~Matcher();
  Matcher(Matcher&&) noexcept;
  Matcher& operator=(Matcher&&) noexcept;

  bool matches(std::string_view message) const;
  bool matches(const PreparedMessage& message) const;

  /// Of a JSON pattern: where the comparisons stand that decide about the message (explain.h); none if it is no object,
  /// or the pattern of another kind.
  std::vector<Place> decisive_places(const PreparedMessage& message) const;

  /// The fields of a delimited pattern in the order of the message; none for the other kinds of pattern, as in the
  /// answers of TestMetricFilter. Nothing if the filter does not select the message.
  std::optional<std::vector<ExtractedValue>> extract(std::string_view message) const;

 private:
  struct Prepared;
  std::unique_ptr<const Prepared> prepared_;
};

/// As Matcher::extract(), for a filter that judges one message only.
std::optional<std::vector<ExtractedValue>> extract(const Filter& filter, std::string_view message);

}  // namespace secretwatch::pattern
