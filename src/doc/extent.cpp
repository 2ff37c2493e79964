#include "doc/extent.h"

#include <algorithm>

namespace secretwatch::doc {
namespace {

bool is_blank(char c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

std::size_t skip_blanks(std::string_view text, std::size_t at) {
  while (at < text.size() && is_blank(text[at])) ++at;
  return at;
}

std::size_t skip_properties(std::string_view text, std::size_t at) {
  while (at < text.size() && (text[at] == '!' || text[at] == '&')) {
    while (at < text.size() && !is_blank(text[at])) ++at;
    at = skip_blanks(text, at);
  }
  return at;
}

std::size_t end_of_quoted(std::string_view text, std::size_t at) {
  const char quote = text[at];
  for (std::size_t i = at + 1; i < text.size(); ++i) {
    if (quote == '"' && text[i] == '\\') {
      ++i;
    } else if (text[i] == quote) {
      if (quote == '\'' && i + 1 < text.size() && text[i + 1] == '\'') {
        ++i;
      } else {
        return i + 1;
      }
    }
  }
  return text.size();
}

std::size_t end_of_line(std::string_view text, std::size_t at) {
  return std::min(text.find_first_of("\r\n", at), text.size());
}

std::size_t next_line(std::string_view text, std::size_t at) {
  const std::size_t end = text.find('\n', at);
  return end == std::string_view::npos ? text.size() : end + 1;
}

/// A block scalar goes on while lines are blank or indented at least as far as its first line of text.
std::size_t stop_of_block(std::string_view text, std::size_t header) {
  std::size_t indentation = 0;
  for (std::size_t line = next_line(text, header); line < text.size(); line = next_line(text, line)) {
    const std::size_t first = text.find_first_not_of(' ', line);
    if (first == std::string_view::npos) return text.size();
    const bool blank = text[first] == '\n' || text[first] == '\r';
    if (blank) continue;
    if (indentation == 0) indentation = first - line;
    if (indentation == 0 || first - line < indentation) return line;
  }
  return text.size();
}

}  // namespace

Extent extent_of_scalar(std::string_view text, std::size_t at, std::string_view value) {
  const std::size_t begin = skip_properties(text, std::min(at, text.size()));
  if (begin >= text.size()) return {at, at, at, Style::plain};
  const char first = text[begin];
  if (first == '"' || first == '\'') {
    const std::size_t end = end_of_quoted(text, begin);
    return {begin, end, end, Style::quoted};
  }
  if (first == '|' || first == '>') {
    const std::size_t header_end = end_of_line(text, begin);
    return {begin, header_end, stop_of_block(text, begin), Style::block};
  }
  if (text.substr(begin, value.size()) == value)
    return {begin, begin + value.size(), begin + value.size(), Style::plain};
  // A plain scalar over several lines: underline the first, and skip as many words as the value has.
  std::size_t stop = begin;
  for (const char c : value) {
    if (is_blank(c)) {
      stop = skip_blanks(text, stop);
    } else {
      stop = std::min(stop + 1, text.size());
    }
  }
  return {begin, end_of_line(text, begin), stop, Style::plain};
}

}  // namespace secretwatch::doc
