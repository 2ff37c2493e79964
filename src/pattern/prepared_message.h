#pragma once
/// PreparedMessage: a message that many filters judge, read as JSON once.
///
///     const PreparedMessage message(record);
///     for (const Matcher& matcher : matchers) matcher.matches(message);   // as matches(record), without reading again
#include <functional>
#include <optional>
#include <string>
#include <utility>

#include "pattern/json.h"

namespace secretwatch::pattern {

class PreparedMessage {
 public:
  using WriteText = std::function<std::string()>;

  explicit PreparedMessage(std::string text) : text_(std::move(text)), json_(read_json(*text_)) {}
  /// A message that is known as JSON; its text is written when it is asked for. Not for several threads.
  PreparedMessage(Json json, WriteText write_text) : json_(std::move(json)), write_text_(std::move(write_text)) {}

  const std::string& text() const {
    if (!text_) text_ = write_text_();
    return *text_;
  }
  /// Null: the text is no JSON.
  const Json* json() const { return json_ ? &*json_ : nullptr; }

 private:
  mutable std::optional<std::string> text_;
  std::optional<Json> json_;
  WriteText write_text_;
};

}  // namespace secretwatch::pattern
