#include "json/document.h"

#include <algorithm>
#include <unordered_set>

namespace secretwatch::json {
namespace {

bool is_blank(char c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

}  // namespace

Kind Document::kind(Token value) const {
  switch (first_byte(value)) {
    case '{':
      return Kind::object;
    case '[':
      return Kind::array;
    case '"':
      return Kind::string;
    case 'n':
      return Kind::null;
    case 't':
      return Kind::true_value;
    case 'f':
      return Kind::false_value;
    default:
      return Kind::number;
  }
}

std::string_view Document::written(Token value) const {
  const Token last = after(value) - 1;
  const char* const begin = text_ + offsets_[value];
  if (last != value) return {begin, offsets_[last] + 1 - offsets_[value]};
  const char c = *begin;
  const char* end = begin + 1;
  if (c == '"') {
    for (; *end != '"'; ++end)
      if (*end == '\\') ++end;
    ++end;
  } else {
    while (!is_blank(*end) && *end != ',' && *end != ']' && *end != '}' && *end != '\0') ++end;
  }
  return {begin, static_cast<std::size_t>(end - begin)};
}

std::string_view Document::characters(Token string, std::string& scratch) const {
  std::string_view inner;
  if (string == last_) {  // a string that is a whole text has no token after it
    inner = written(string);
    inner = inner.substr(1, inner.size() - 2);
  } else {
    inner = written_key(string);
  }
  if (!has_escapes_ || inner.find('\\') == std::string_view::npos) return inner;
  scratch.clear();
  append_characters(inner, scratch);
  return scratch;
}

std::optional<Token> Document::member(Token value, std::string_view key) const {
  std::optional<Token> found;
  if (first_byte(value) != '{') return found;
  std::string scratch;
  for (Token at = value + 1; first_byte(at) == '"';) {
    std::string_view name = written_key(at);
    if (has_escapes_ && name.find('\\') != std::string_view::npos) name = characters(at, scratch);
    if (name == key) found = at + 2;
    at = after(at + 2);
    if (first_byte(at) == ',') ++at;
  }
  return found;
}

std::optional<Token> Document::element(Token value, std::uint64_t position) const {
  if (first_byte(value) != '[' || partners_[value] == value + 1) return std::nullopt;
  for (Token at = value + 1;; ++at, --position) {
    if (position == 0) return at;
    at = after(at);
    if (first_byte(at) != ',') return std::nullopt;
  }
}

void Document::children(Token value, std::vector<Token>& out) const {
  const char opening = first_byte(value);
  if ((opening != '{' && opening != '[') || partners_[value] == value + 1) return;
  const std::size_t begin = out.size();
  const Token to_value = opening == '{' ? 2 : 0;
  for (Token at = value + 1;; ++at) {
    at += to_value;
    out.push_back(at);
    at = after(at);
    if (first_byte(at) != ',') break;
  }
  if (opening == '[' || out.size() == begin + 1) return;
  std::unordered_set<std::string> seen;  // from the back, so that of equal keys the last one is kept
  std::string scratch;
  const auto is_overridden = [&](Token child) { return !seen.emplace(characters(child - 2, scratch)).second; };
  const auto kept = std::remove_if(out.rbegin(), out.rend() - static_cast<std::ptrdiff_t>(begin), is_overridden);
  out.erase(out.begin() + static_cast<std::ptrdiff_t>(begin), kept.base());
}

bool Document::is_compact() const {
  for (Token at = first_ + 1; at <= last_; ++at)
    if (is_blank(text_[offsets_[at] - 1])) return false;
  return true;
}

void Document::append_compact(std::string& out) const {
  for (Token at = first_; at <= last_; ++at) {
    const char* const begin = text_ + offsets_[at];
    std::size_t length = 0;
    if (at == last_) {
      length = first_ == last_ ? written().size() : 1;
    } else {
      length = offsets_[at + 1] - offsets_[at];
      while (is_blank(begin[length - 1])) --length;
    }
    out.append(begin, length);
  }
}

Reader::Answer Reader::read(std::string_view text, std::size_t most_depth) {
  if (const Fault fault = tokens_.find(text); fault != Fault::none) return {fault, nullptr};
  const Read read = read_document(text, tokens_, {0, text.size(), most_depth}, stack_, document_);
  if (read.fault != Fault::none) return {read.fault, nullptr};
  if (read.next != tokens_.count()) return {Fault::trailing, nullptr};
  return {Fault::none, &document_};
}

}  // namespace secretwatch::json
