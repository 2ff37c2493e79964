#include "base/diagnostic.h"

#include <algorithm>
#include <cassert>
#include <iterator>
#include <tuple>

namespace secretwatch {
namespace {

[[maybe_unused]] bool is_in_house_style(std::string_view message) {
  if (message.empty() || message.back() == '.') return false;
  return !(message.front() >= 'A' && message.front() <= 'Z');
}

}  // namespace

std::string_view name_of(Severity severity) {
  switch (severity) {
    case Severity::note:
      return "note";
    case Severity::warning:
      return "warning";
    case Severity::error:
      return "error";
  }
  return "error";
}

Diagnostic& Diagnostics::add_text(const Code& code, const Span& span, std::string message) {
  // User text in a message may hold line breaks; a message has none.
  std::replace_if(
      message.begin(), message.end(), [](char c) { return c == '\n' || c == '\r'; }, ' ');
  assert(is_in_house_style(message));
  if (code.severity == Severity::error) ++errors_;
  all_.push_back({code, span, std::move(message)});
  return all_.back();
}

void Diagnostics::append(Diagnostics other) {
  errors_ += other.errors_;
  all_.insert(all_.end(), std::make_move_iterator(other.all_.begin()), std::make_move_iterator(other.all_.end()));
}

void Diagnostics::sort() {
  std::stable_sort(all_.begin(), all_.end(), [](const Diagnostic& a, const Diagnostic& b) {
    const auto place = [](const Diagnostic& d) {
      return std::tuple(d.span.is_nowhere(), d.span.file, d.span.begin, d.span.end);
    };
    return place(a) < place(b);
  });
}

}  // namespace secretwatch
