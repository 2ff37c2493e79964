#include "stack/value.h"

#include <algorithm>

namespace secretwatch::stack {
namespace {

bool is_unknown(const Part& part) {
  return std::holds_alternative<Unknown>(part);
}

/// Not known, and not even known to be the same value wherever it is written.
bool is_anything(const Part& part) {
  const auto* const unknown = std::get_if<Unknown>(&part);
  return unknown != nullptr && unknown->subject.empty();
}

bool is_same(const Part& a, const Part& b) {
  const auto* const left = std::get_if<Unknown>(&a);
  const auto* const right = std::get_if<Unknown>(&b);
  if (left == nullptr || right == nullptr) return a == b;
  return left->cause == right->cause && left->subject == right->subject && !left->subject.empty();
}

/// The literal at the front (or back) of a text, as far as it is literal.
std::string_view edge(const Text& text, bool front) {
  if (text.parts().empty()) return {};
  const auto* const literal = std::get_if<std::string>(front ? &text.parts().front() : &text.parts().back());
  return literal == nullptr ? std::string_view() : std::string_view(*literal);
}

bool is_literal(const Text& text) {
  return text.parts().empty() ||
         (text.parts().size() == 1 && std::holds_alternative<std::string>(text.parts().front()));
}

/// Can no string begin (or end) with both?
bool edges_contradict(std::string_view a, std::string_view b, bool front) {
  const std::size_t common = std::min(a.size(), b.size());
  return front ? a.substr(0, common) != b.substr(0, common)
               : a.substr(a.size() - common) != b.substr(b.size() - common);
}

/// Whatever is deployed, there is something in it.
bool is_never_empty(const Text& text) {
  return std::any_of(text.parts().begin(), text.parts().end(), [](const Part& part) {
    const auto* const ref = std::get_if<Ref>(&part);
    return std::holds_alternative<std::string>(part) || std::holds_alternative<Pseudo>(part) ||
           (ref != nullptr && ref->attribute != Attribute::other);
  });
}

}  // namespace

void Text::append(Part part) {
  auto* const literal = std::get_if<std::string>(&part);
  if (literal != nullptr) {
    if (literal->empty()) return;
    if (!parts_.empty()) {
      if (auto* const last = std::get_if<std::string>(&parts_.back())) {
        *last += *literal;
        return;
      }
    }
  }
  parts_.push_back(std::move(part));
}

Text& Text::operator+=(const Text& text) {
  for (const Part& part : text.parts()) append(part);
  return *this;
}

std::optional<std::string> Text::literal() const {
  if (parts_.empty()) return std::string();
  const auto* const only = parts_.size() == 1 ? std::get_if<std::string>(&parts_.front()) : nullptr;
  return only == nullptr ? std::nullopt : std::optional(*only);
}

bool Text::has_unknown() const {
  return std::any_of(parts_.begin(), parts_.end(), is_unknown);
}

Comparison compare(const Text& a, const Text& b) {
  const bool has_anything = std::any_of(a.parts().begin(), a.parts().end(), is_anything);
  if (!has_anything && std::equal(a.parts().begin(), a.parts().end(), b.parts().begin(), b.parts().end(), is_same))
    return Comparison::equal;
  if (is_literal(a) && is_literal(b)) return Comparison::different;  // equal ones have equal parts
  if ((a.parts().empty() && is_never_empty(b)) || (b.parts().empty() && is_never_empty(a)))
    return Comparison::different;
  const bool contradict =
      edges_contradict(edge(a, true), edge(b, true), true) || edges_contradict(edge(a, false), edge(b, false), false);
  return contradict ? Comparison::different : Comparison::undecided;
}

Value<Text> text_value(Text text, Span where) {
  if (text.parts().size() == 1) {
    if (const auto* const ref = std::get_if<Ref>(&text.parts().front())) return {*ref, where};
  }
  return {std::move(text), where};
}

std::optional<std::string> literal_of(const Value<Text>& value) {
  const Text* const text = value.get();
  return text == nullptr ? std::nullopt : text->literal();
}

}  // namespace secretwatch::stack
