#pragma once
/// Plan text: the JSON of a plan, with places in its file.
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/source.h"
#include "json/document.h"

namespace secretwatch::load {

using json::Token;
using OptionalToken = std::optional<Token>;

class PlanText {
 public:
  PlanText(const json::Document& document, std::string_view text, FileId file)
      : document_(document), text_(text), file_(file) {}

  Token root() const { return document_.root(); }
  json::Kind kind(Token value) const { return document_.kind(value); }
  bool is_true(OptionalToken value) const { return value && kind(*value) == json::Kind::true_value; }
  bool is(OptionalToken value, json::Kind wanted) const { return value && kind(*value) == wanted; }

  OptionalToken member(OptionalToken object, std::string_view key) const {
    return object ? document_.member(*object, key) : std::nullopt;
  }
  /// Empty: it is no string.
  std::string string(OptionalToken value) const;
  std::string_view written(Token value) const { return document_.written(value); }
  std::vector<Token> elements(OptionalToken array) const;

  struct Member {
    std::string name;
    Span key;
    Token value;
  };
  std::vector<Member> members(OptionalToken object) const;

  Span span(Token value) const;

 private:
  const json::Document& document_;
  std::string_view text_;
  FileId file_;
};

}  // namespace secretwatch::load
