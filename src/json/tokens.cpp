#include "json/tokens.h"

#include <algorithm>
#include <new>

#include <simdjson.h>

namespace secretwatch::json {

using simdjson::internal::dom_parser_implementation;

struct Tokens::Finder {
  std::unique_ptr<dom_parser_implementation> parser;
};

std::string_view describe(Fault fault) {
  switch (fault) {
    case Fault::none:
      return "nothing wrong";
    case Fault::not_utf8:
      return "bytes that are not UTF-8";
    case Fault::control_character:
      return "a line break or control character in a string";
    case Fault::unclosed_string:
      return "a string without its closing quote";
    case Fault::empty:
      return "no value";
    case Fault::ended:
      return "it ends inside a value";
    case Fault::trailing:
      return "something follows the value";
    case Fault::unexpected:
      return "a character that cannot stand there";
    case Fault::number:
      return "a number that JSON does not know";
    case Fault::escape:
      return "an escape that JSON does not know";
    case Fault::depth:
      return "nested too deep";
  }
  return "";
}

Tokens::Tokens() : finder_(std::make_unique<Finder>()) {}
Tokens::~Tokens() = default;
Tokens::Tokens(Tokens&&) noexcept = default;
Tokens& Tokens::operator=(Tokens&&) noexcept = default;

void Tokens::reserve(std::size_t bytes) {
  if (bytes <= capacity_ && finder_->parser) return;
  constexpr std::size_t least = 4096;
  constexpr std::size_t no_depth = 1;  // what nests is followed by us
  const std::size_t capacity = std::max({least, bytes, capacity_ + capacity_ / 2});
  const simdjson::implementation& best = *simdjson::get_active_implementation();
  const simdjson::error_code error = finder_->parser
                                         ? finder_->parser->allocate(capacity, no_depth)
                                         : best.create_dom_parser_implementation(capacity, no_depth, finder_->parser);
  if (error != simdjson::SUCCESS) throw std::bad_alloc();
  partners_ = std::make_unique_for_overwrite<std::uint32_t[]>(capacity + 1);
  capacity_ = capacity;
}

Fault Tokens::find(std::string_view text) {
  return find(text, false);
}
Fault Tokens::find_in_part(std::string_view text) {
  return find(text, true);
}

Fault Tokens::find(std::string_view text, bool is_part) {
  reserve(text.size());
  count_ = 0;
  if (text.empty()) return Fault::empty;
  dom_parser_implementation& parser = *finder_->parser;
  parser.n_structural_indexes = 0;
  const auto mode = is_part ? simdjson::stage1_mode::streaming_partial : simdjson::stage1_mode::regular;
  simdjson::error_code error = parser.stage1(reinterpret_cast<const std::uint8_t*>(text.data()), text.size(), mode);
  // In a part these two say that no text of it is whole, or that it was cut inside a character: for its reader to see.
  if (is_part && (error == simdjson::CAPACITY || error == simdjson::UTF8_ERROR)) error = simdjson::SUCCESS;
  if (error == simdjson::UTF8_ERROR) return Fault::not_utf8;
  if (error == simdjson::UNESCAPED_CHARS) return Fault::control_character;
  if (error == simdjson::UNCLOSED_STRING) return Fault::unclosed_string;
  if (error == simdjson::EMPTY) return is_utf8(text) ? Fault::empty : Fault::not_utf8;
  if (error != simdjson::SUCCESS) return Fault::unexpected;
  count_ = parser.n_structural_indexes;
  std::uint32_t* const offsets = parser.structural_indexes.get();
  offsets[count_] = static_cast<std::uint32_t>(text.size());
  offsets[count_ + 1] = static_cast<std::uint32_t>(text.size());
  return Fault::none;
}

const std::uint32_t* Tokens::offsets() const {
  return finder_->parser->structural_indexes.get();
}

bool is_utf8(std::string_view text) {
  return simdjson::validate_utf8(text);
}

}  // namespace secretwatch::json
