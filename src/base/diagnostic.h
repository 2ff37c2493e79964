#pragma once
/// Diagnostics: what a stage has to say to the person who wrote the input, as data with places.
///
///     out.add(codes::unknown_key, key.span, "unknown key '{}'", key.text).note("did you mean '{}'?", nearest);
///
/// Message style (asserted): begins with a lower-case letter or a quote, says what is, quotes the user's text in '…',
/// no full stop at the end, no line break, no advice; advice is a note. Whole documents are read to the end, so that
/// one run shows every fault. A stage that returns no value has added at least one error. Not here: how a message is
/// printed (report/).
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "base/source.h"

namespace secretwatch {

enum class Severity { note, warning, error };

std::string_view name_of(Severity severity);

/// Identity of one kind of message; ids are never reused and never renumbered.
/// SW00xx reading, SW01xx spec, SW02xx templates, SW03xx patterns, SW04xx events.
struct Code {
  std::string_view id;
  std::string_view name;
  Severity severity = Severity::error;
};

struct Note {
  std::string message;
  Span span{};  // nowhere: about the finding as a whole
};

struct Diagnostic {
  Code code;
  Span span;
  std::string message;
  std::vector<Note> notes{};

  template <class... Args>
  Diagnostic& note(fmt::format_string<Args...> text, Args&&... args) {
    notes.push_back({fmt::format(text, std::forward<Args>(args)...), Span{}});
    return *this;
  }
  template <class... Args>
  Diagnostic& note_at(const Span& where, fmt::format_string<Args...> text, Args&&... args) {
    notes.push_back({fmt::format(text, std::forward<Args>(args)...), where});
    return *this;
  }
};

class Diagnostics {
 public:
  template <class... Args>
  Diagnostic& add(const Code& code, const Span& span, fmt::format_string<Args...> text, Args&&... args) {
    return add_text(code, span, fmt::format(text, std::forward<Args>(args)...));
  }

  /// What another reader said, behind what was said here.
  void append(Diagnostics other);

  /// The one added last, to hang a note on; requires that there is one.
  Diagnostic* last() { return &all_.back(); }

  bool has_errors() const { return errors_ > 0; }
  std::size_t error_count() const { return errors_; }
  const std::vector<Diagnostic>& all() const { return all_; }

  /// In the order of the source; messages without a place come last, as they were added.
  void sort();

 private:
  Diagnostic& add_text(const Code& code, const Span& span, std::string message);

  std::vector<Diagnostic> all_;
  std::size_t errors_ = 0;
};

}  // namespace secretwatch
