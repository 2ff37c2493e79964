#pragma once
/// PreparedMessage: a message that many filters judge, read as JSON once.
///
///     const PreparedMessage message(record);
///     for (const Matcher& matcher : matchers) matcher.matches(message);   // as matches(record), without reading again
#include <optional>
#include <string>
#include <utility>

#include "pattern/json.h"

namespace secretwatch::pattern {

class PreparedMessage {
 public:
  explicit PreparedMessage(std::string text) : text_(std::move(text)), json_(read_json(text_)) {}

  const std::string& text() const { return text_; }
  /// Null: the text is no JSON.
  const Json* json() const { return json_ ? &*json_ : nullptr; }

 private:
  std::string text_;
  std::optional<Json> json_;
};

}  // namespace secretwatch::pattern
