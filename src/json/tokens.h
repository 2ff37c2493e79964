#pragma once
/// Tokens: where the tokens of JSON text begin, found by simdjson at many bytes a cycle.
///
///     Tokens tokens;
///     tokens.find(R"({"a": [1]})");   // Fault::none
///     tokens.count();                 // 7: the braces, the brackets, "a", the colon, 1
///
/// A string is one token, which begins with its opening quote. What lies between a token's end and the next one is
/// blank. Several texts may stand one after the other, as events one a line do: no string that is found goes past the
/// end of a line, since a line break in a string is a fault. That strings are closed, hold no control characters and
/// that all is UTF-8 is known afterwards; grammar, numbers and escapes are read_document()'s to judge (document.h).
/// simdjson's own readers refuse numbers that JSON allows (1e309, forty digits); therefore only its first stage is
/// used, which knows nothing of numbers.
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string_view>

namespace secretwatch::json {

/// Why a text is not JSON.
enum class Fault : std::uint8_t {
  none,
  not_utf8,
  control_character,  // in a string: an unclosed one that meets the end of its line, most often
  unclosed_string,
  empty,
  ended,       // the text ends inside a value
  trailing,    // something follows the value
  unexpected,  // a token that cannot stand there
  number,
  escape,
  depth,
};

/// "a number that JSON does not know": completes "not JSON: ".
std::string_view describe(Fault fault);

class Tokens {
 public:
  Tokens();
  ~Tokens();
  Tokens(Tokens&&) noexcept;
  Tokens& operator=(Tokens&&) noexcept;

  /// Requires less than 4 GB, and that the byte after the text may be read and can begin no token: a line break, say,
  /// or the zero after a string. After a fault there are no tokens.
  Fault find(std::string_view text);

  /// The same for a text that may end anywhere, begins with a token, and is not known to be UTF-8 afterwards. Tokens
  /// after the last one that is whole may be left out, even whole ones.
  Fault find_in_part(std::string_view text);

  /// Bytes from the text's first; after the last one there are two more entries, the length of the text.
  const std::uint32_t* offsets() const;
  std::size_t count() const { return count_; }

  /// For each token that opens a container the number of the one that closes it; written by read_document().
  std::uint32_t* partners() { return partners_.get(); }

 private:
  Fault find(std::string_view text, bool is_part);
  void reserve(std::size_t bytes);

  struct Finder;
  std::unique_ptr<Finder> finder_;
  std::unique_ptr<std::uint32_t[]> partners_;
  std::size_t capacity_ = 0;
  std::size_t count_ = 0;
};

/// Strictly: no overlong forms, no surrogates.
bool is_utf8(std::string_view text);

}  // namespace secretwatch::json
