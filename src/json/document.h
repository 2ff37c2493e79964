#pragma once
/// Document: one JSON value that has been read to its end and found right, looked into without a tree being built.
///
///     Reader reader;
///     const Document* event = reader.read(R"({"a": {"b": "x"}})").document;
///     const auto a = event->member(event->root(), "a");
///     event->member(*a, "b");   // the token of "x"
///
/// Accepted is exactly RFC 8259: one value, UTF-8 without byte order mark, no control characters in strings, escapes
/// that make characters (a lone surrogate makes none), numbers of any size. Of duplicate keys the last one counts. A
/// value is named by its first token. Nothing is copied: the text must outlive the Document, and a Document is good
/// until its Tokens find others. Nothing here calls itself.
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "json/tokens.h"

namespace secretwatch::json {

enum class Kind : std::uint8_t { null, false_value, true_value, number, string, array, object };

/// The number of a token.
using Token = std::uint32_t;

class Document {
 public:
  Token root() const { return first_; }
  /// One of its values as a document of its own.
  Document at(Token value) const {
    Document part = *this;
    part.first_ = value;
    part.last_ = after(value) - 1;
    return part;
  }
  /// The token after the value's last.
  Token after(Token value) const {
    const char c = first_byte(value);
    return c == '{' || c == '[' ? partners_[value] + 1 : value + 1;
  }

  Kind kind(Token value) const;
  /// As it is written, quotes and brackets included.
  std::string_view written(Token value) const;
  std::string_view written() const { return written(first_); }
  /// The characters of a string; `scratch` holds them where there are escapes to resolve.
  std::string_view characters(Token string, std::string& scratch) const;

  /// Nothing if `value` is no object, or has no such member.
  std::optional<Token> member(Token value, std::string_view key) const;
  /// Nothing if `value` is no array, or too short.
  std::optional<Token> element(Token value, std::uint64_t position) const;
  /// The values of an object's members or an array's elements, one for each key; none for everything else.
  void children(Token value, std::vector<Token>& out) const;

  /// For those that go through the members themselves: the key at `key` as it is written, without quotes, and whether
  /// it may hold escapes. A member's value is the second token after its key, the first key follows the brace, and
  /// `after` of a value is a comma before the next key or the closing brace.
  std::string_view written_key(Token key) const {
    const char* const begin = text_ + offsets_[key] + 1;
    const char* end = text_ + offsets_[key + 1] - 1;
    while (*end != '"') --end;
    return {begin, static_cast<std::size_t>(end - begin)};
  }
  bool has_escapes() const { return has_escapes_; }
  char first_byte(Token token) const { return text_[offsets_[token]]; }

  /// The value without the blanks between its tokens, appended; where there are none it is written() as it is.
  bool is_compact() const;
  void append_compact(std::string& out) const;

 private:
  friend struct ReadOne;

  const char* text_ = nullptr;
  const std::uint32_t* offsets_ = nullptr;
  const std::uint32_t* partners_ = nullptr;
  Token first_ = 0;
  Token last_ = 0;
  bool has_escapes_ = false;
};

/// One value out of a text whose tokens are found. `first` is its first token, `end` where it must have ended, `next`
/// (if it was read) the token after it. What is between the value's end and `end` is not looked at. The stack is kept
/// by the caller only so that it need not be made anew.
struct Read {
  Fault fault = Fault::none;
  Token next = 0;
};
struct Bounds {
  Token first = 0;
  std::size_t end = 0;
  std::size_t most_depth = SIZE_MAX;
};
Read read_document(std::string_view text, Tokens& tokens, const Bounds& bounds, std::vector<Token>& stack,
                   Document& out);

/// Reads single texts.
class Reader {
 public:
  struct Answer {
    Fault fault = Fault::none;
    const Document* document = nullptr;  // good until the next read(); null after a fault
  };
  /// The byte after `text` must be readable, and none that can begin a token.
  Answer read(std::string_view text, std::size_t most_depth = SIZE_MAX);

 private:
  Tokens tokens_;
  std::vector<Token> stack_;
  Document document_;
};

/// Resolves the escapes of a string that is known to be right.
void append_characters(std::string_view written, std::string& out);

}  // namespace secretwatch::json
