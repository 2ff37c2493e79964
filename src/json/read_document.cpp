#include <cstring>

#include "base/text.h"
#include "json/document.h"

namespace secretwatch::json {
namespace {

bool ends_scalar(const char* at, const char* end) {
  const char c = *at;
  return c == ',' || c == '}' || c == ']' || c == ' ' || c == '\n' || c == '\r' || c == '\t' || at == end;
}

/// Each comparison happens only if the one before held, so nothing is read past a text's end.
bool is_literal(const char* at, const char* end) {
  if (at[0] == 't') return at[1] == 'r' && at[2] == 'u' && at[3] == 'e' && ends_scalar(at + 4, end);
  if (at[0] == 'n') return at[1] == 'u' && at[2] == 'l' && at[3] == 'l' && ends_scalar(at + 4, end);
  return at[0] == 'f' && at[1] == 'a' && at[2] == 'l' && at[3] == 's' && at[4] == 'e' && ends_scalar(at + 5, end);
}

bool skip_digits(const char*& at) {
  const char* const begin = at;
  while (is_digit(*at)) ++at;
  return at != begin;
}

bool is_number(const char* at, const char* end) {
  if (*at == '-') ++at;
  if (*at == '0') {
    ++at;
  } else if (!skip_digits(at)) {
    return false;
  }
  if (*at == '.' && !skip_digits(++at)) return false;
  if (*at == 'e' || *at == 'E') {
    ++at;
    if (*at == '+' || *at == '-') ++at;
    if (!skip_digits(at)) return false;
  }
  return ends_scalar(at, end);
}

/// `end` is where the text ends, and is no part of any token.
Fault check_scalar(const char* at, const char* end) {
  if (*at == 't' || *at == 'n' || *at == 'f') return is_literal(at, end) ? Fault::none : Fault::unexpected;
  if (*at != '-' && !is_digit(*at)) return Fault::unexpected;
  return is_number(at, end) ? Fault::none : Fault::number;
}

std::optional<unsigned> four_hex_digits(std::string_view text) {
  if (text.size() < 4) return std::nullopt;
  unsigned code = 0;
  for (const char c : text.substr(0, 4)) {
    const char lower = to_lower(c);
    if (is_digit(c)) {
      code = code * 16 + static_cast<unsigned>(c - '0');
    } else if (lower >= 'a' && lower <= 'f') {
      code = code * 16 + static_cast<unsigned>(lower - 'a' + 10);
    } else {
      return std::nullopt;
    }
  }
  return code;
}

bool is_high_surrogate(unsigned code) {
  return code >= 0xD800 && code < 0xDC00;
}
bool is_low_surrogate(unsigned code) {
  return code >= 0xDC00 && code < 0xE000;
}

struct Escape {
  std::size_t length = 0;  // from the backslash on; 0: it makes no character
  char32_t code = 0;
};

/// What `text`, which begins with a backslash, makes.
Escape read_escape(std::string_view text) {
  constexpr std::string_view names = "\"\\/bfnrt";
  constexpr std::string_view meanings = "\"\\/\b\f\n\r\t";
  if (text.size() < 2) return {};
  if (text[1] != 'u') {
    const std::size_t which = names.find(text[1]);
    if (which == std::string_view::npos) return {};
    return {2, static_cast<char32_t>(meanings[which])};
  }
  const std::optional<unsigned> first = four_hex_digits(text.substr(2));
  if (!first || is_low_surrogate(*first)) return {};
  if (!is_high_surrogate(*first)) return {6, *first};
  if (text.substr(6, 2) != "\\u") return {};
  const std::optional<unsigned> second = four_hex_digits(text.substr(8));
  if (!second || !is_low_surrogate(*second)) return {};
  return {12, 0x10000 + ((static_cast<char32_t>(*first) - 0xD800) << 10) + (*second - 0xDC00)};
}

/// All escapes of a text that holds some. Outside strings the grammar allows no backslash.
bool are_escapes_right(std::string_view text) {
  for (std::size_t at = text.find('\\'); at != std::string_view::npos; at = text.find('\\', at)) {
    const Escape escape = read_escape(text.substr(at, 12));
    if (escape.length == 0) return false;
    at += escape.length;
  }
  return true;
}

void append_utf8(char32_t code, std::string& out) {
  const auto continuation = [](char32_t bits) { return static_cast<char>(0x80 | (bits & 0x3F)); };
  if (code < 0x80) {
    out += static_cast<char>(code);
    return;
  }
  if (code < 0x800) {
    out += static_cast<char>(0xC0 | code >> 6);
  } else {
    if (code < 0x10000) {
      out += static_cast<char>(0xE0 | code >> 12);
    } else {
      out += static_cast<char>(0xF0 | code >> 18);
      out += continuation(code >> 12);
    }
    out += continuation(code >> 6);
  }
  out += continuation(code);
}

}  // namespace

void append_characters(std::string_view written, std::string& out) {
  for (std::size_t at = 0; at < written.size();) {
    const std::size_t backslash = std::min(written.find('\\', at), written.size());
    out.append(written, at, backslash - at);
    at = backslash;
    if (at == written.size()) return;
    const Escape escape = read_escape(written.substr(at, 12));
    append_utf8(escape.code, out);
    at += escape.length;
  }
}

/// The grammar, token by token. A container that is opened past the end stops it, so a text that is not whole is not
/// continued far into the next one.
struct ReadOne {
  std::string_view text;
  const std::uint32_t* offsets;
  std::uint32_t* partners;
  const Bounds& bounds;
  std::vector<Token>& stack;
  Token at;

  char byte(Token token) const { return text.data()[offsets[token]]; }

  /// `at` is the first token of a value, or the end of it if there is a fault.
  Fault value() {
    for (;;) {
      const char c = byte(at);
      bool closes = false;
      if (c == '{' || c == '[') {
        if (stack.size() >= bounds.most_depth) return Fault::depth;
        if (offsets[at] >= bounds.end) return Fault::ended;
        stack.push_back(at);
        closes = byte(++at) == (c == '{' ? '}' : ']');
        if (!closes) {
          if (c == '{' && !key()) return Fault::unexpected;
          continue;
        }
      } else if (c != '"') {
        if (const Fault fault = check_scalar(text.data() + offsets[at], text.data() + text.size());
            fault != Fault::none)
          return fault;
      }
      if (!closes) {
        if (stack.empty()) return Fault::none;
        ++at;
      }
      if (const Fault fault = close_or_go_on(); fault != Fault::none) return fault;
      if (stack.empty()) return Fault::none;
    }
  }

  /// `at` follows a value in a container: closes containers, then goes to the next value.
  Fault close_or_go_on() {
    for (;;) {
      const Token open = stack.back();
      const bool is_object = byte(open) == '{';
      const char c = byte(at);
      if (c == ',') {
        ++at;
        return !is_object || key() ? Fault::none : Fault::unexpected;
      }
      if (c != (is_object ? '}' : ']')) return Fault::unexpected;
      partners[open] = at;
      stack.pop_back();
      if (stack.empty()) return Fault::none;
      ++at;
    }
  }

  /// `at` is a key: goes on to its value.
  bool key() {
    if (byte(at) != '"' || byte(at + 1) != ':') return false;
    at += 2;
    return true;
  }

  Fault read(Document& out) {
    stack.clear();
    at = bounds.first;
    const Fault fault = value();
    if (fault == Fault::unexpected && offsets[at] >= bounds.end) return Fault::ended;
    if (fault != Fault::none) return fault;
    if (offsets[at] >= bounds.end) return Fault::ended;
    const std::size_t begin = offsets[bounds.first];
    const std::size_t length = (at == bounds.first ? bounds.end : offsets[at] + 1) - begin;
    out.has_escapes_ = std::memchr(text.data() + begin, '\\', length) != nullptr;
    if (out.has_escapes_ && !are_escapes_right(text.substr(begin, length))) return Fault::escape;
    out.text_ = text.data();
    out.offsets_ = offsets;
    out.partners_ = partners;
    out.first_ = bounds.first;
    out.last_ = at;
    return Fault::none;
  }
};

Read read_document(std::string_view text, Tokens& tokens, const Bounds& bounds, std::vector<Token>& stack,
                   Document& out) {
  if (bounds.first >= tokens.count()) return {Fault::empty, bounds.first};
  ReadOne one{text, tokens.offsets(), tokens.partners(), bounds, stack, bounds.first};
  const Fault fault = one.read(out);
  return {fault, one.at + 1};
}

}  // namespace secretwatch::json
