#include <algorithm>

#include "fix/change_words.h"
#include "fix/fix.h"

namespace secretwatch::fix {
namespace {

using doc::Entry;
using doc::Kind;
using doc::Node;
using lint::Edit;
using lint::Fix;

/// Do both want the same bytes? Texts put in at one place follow one another.
bool collide(const Span& a, const Span& b) {
  if (a.begin == a.end && b.begin == b.end) return false;
  if (a.begin == a.end) return b.begin < a.begin && a.begin < b.end;
  if (b.begin == b.end) return a.begin < b.begin && b.begin < a.end;
  return a.begin < b.end && b.begin < a.end;
}

bool is_done(const Edit& edit, const std::vector<Edit>& done) {
  return std::find(done.begin(), done.end(), edit) != done.end();
}

bool fits(const Fix& fix, FileId file, const std::vector<Edit>& done) {
  return std::all_of(fix.edits.begin(), fix.edits.end(), [&](const Edit& edit) {
    if (edit.span.file != file) return false;
    return is_done(edit, done) ||
           std::none_of(done.begin(), done.end(), [&](const Edit& other) { return collide(edit.span, other.span); });
  });
}

/// A tree as the nodes in the order of its text: what opens, what closes, and each scalar.
struct Event {
  Kind kind = Kind::null;
  bool closes = false;
  doc::Style style = doc::Style::plain;
  Span span{};
  const std::string* text = nullptr;
  const std::string* tag = nullptr;
};

void walk(const Node& node, std::vector<Event>& steps) {
  steps.push_back({node.kind, false, node.style, node.span, &node.text, &node.tag});
  for (const Node& item : node.items) walk(item, steps);
  for (const Entry& entry : node.entries) {
    walk(entry.key, steps);
    walk(entry.value, steps);
  }
  if (node.kind == Kind::sequence || node.kind == Kind::mapping)
    steps.push_back({node.kind, true, node.style, node.span, &node.text, &node.tag});
}

/// What no span touches. Containers are never touched as a whole.
std::vector<Event> untouched(const Node& root, const std::vector<Span>& spans) {
  std::vector<Event> all;
  walk(root, all);
  std::vector<Event> kept;
  for (const Event& step : all) {
    const bool is_scalar = step.kind == Kind::scalar;
    const auto touches = [&](const Span& span) { return span.begin < step.span.end && step.span.begin < span.end; };
    if (!is_scalar || std::none_of(spans.begin(), spans.end(), touches)) kept.push_back(step);
  }
  return kept;
}

}  // namespace

Mended mend(FileId file, std::string_view text, const std::vector<const Fix*>& fixes) {
  Mended mended;
  for (const Fix* const fix : fixes) {
    if (fix->edits.empty() || !fits(*fix, file, mended.edits)) continue;
    ++mended.fixes;
    for (const Edit& edit : fix->edits)
      if (!is_done(edit, mended.edits)) mended.edits.push_back(edit);
  }
  std::stable_sort(mended.edits.begin(), mended.edits.end(),
                   [](const Edit& a, const Edit& b) { return a.span.begin < b.span.begin; });
  std::size_t at = 0;
  for (const Edit& edit : mended.edits) {
    mended.text += text.substr(at, edit.span.begin - at);
    mended.text += edit.text;
    at = edit.span.end;
  }
  mended.text += text.substr(at);
  return mended;
}

bool differ_only_in(const std::vector<Edit>& edits, const Node& before, const Node& after) {
  const Touched touched = touched_by(edits);
  const std::vector<Event> old_steps = untouched(before, touched.before);
  const std::vector<Event> new_steps = untouched(after, touched.after);
  return std::equal(
      old_steps.begin(), old_steps.end(), new_steps.begin(), new_steps.end(), [](const Event& a, const Event& b) {
        return a.kind == b.kind && a.closes == b.closes && a.style == b.style && *a.text == *b.text && *a.tag == *b.tag;
      });
}

}  // namespace secretwatch::fix
