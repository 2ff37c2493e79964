#include "hcl/value.h"

#include <algorithm>

namespace secretwatch::hcl {

std::string print(const Reference& reference) {
  std::string text = reference.address;
  for (const std::string& step : reference.path) text += (step.front() == '[' ? "" : ".") + step;
  return text;
}

void Text::append(TextPart part) {
  if (auto* literal = std::get_if<std::string>(&part)) {
    if (literal->empty()) return;
    if (auto* last = parts.empty() ? nullptr : std::get_if<std::string>(&parts.back())) {
      *last += *literal;
      return;
    }
  }
  // Two unknown texts without names in a row are one.
  const auto* beyond = std::get_if<Unknown>(&part);
  const auto* before = parts.empty() ? nullptr : std::get_if<Unknown>(&parts.back());
  if (beyond != nullptr && before != nullptr && beyond->term.empty() && before->term.empty() && !beyond->is_fault)
    return;
  parts.push_back(std::move(part));
}

void Text::append(const Text& text) {
  for (const TextPart& part : text.parts) append(part);
}

std::optional<std::string> Text::literal() const {
  if (parts.empty()) return std::string();
  const auto* literal = std::get_if<std::string>(&parts.front());
  if (parts.size() > 1 || literal == nullptr) return std::nullopt;
  return *literal;
}

const Value* Mapping::find(std::string_view key) const {
  const auto at = std::lower_bound(entries.begin(), entries.end(), key,
                                   [](const auto& entry, std::string_view wanted) { return entry.first < wanted; });
  return at == entries.end() || at->first != key ? nullptr : &at->second;
}

void Value::Measure::add(const Value& value) {
  size = std::min(size + value.size(), 2 * greatest_size);
  height = std::max(height, value.height() + 1);
  has_unknown = has_unknown || value.has_unknown();
  has_choice = has_choice || value.has_choice();
  has_fault = has_fault || value.has_fault();
  may_have_fault = may_have_fault || value.may_have_fault();
}

Value::Value(Sequence value, Span at) : span(at) {
  Measure measure;
  for (const Value& item : value.items) measure.add(item);
  if (value.rest != nullptr) measure.add(Value(*value.rest));
  state_ = Shared<Sequence>{std::make_shared<const Sequence>(std::move(value)), measure};
}

Value::Value(Mapping value, Span at) : span(at) {
  Measure measure;
  for (const auto& entry : value.entries) measure.add(entry.second);
  if (value.rest != nullptr) measure.add(Value(*value.rest));
  state_ = Shared<Mapping>{std::make_shared<const Mapping>(std::move(value)), measure};
}

Value::Value(Choice value, Span at) : span(at) {
  Measure measure;
  measure.add(value.then);
  measure.add(value.otherwise);
  measure.has_choice = measure.has_unknown = true;
  measure.has_fault = value.then.has_fault() && value.otherwise.has_fault();
  state_ = Shared<Choice>{std::make_shared<const Choice>(std::move(value)), measure};
}

const Value::Measure* Value::measure() const {
  if (const auto* shared = std::get_if<Shared<Sequence>>(&state_)) return &shared->measure;
  if (const auto* shared = std::get_if<Shared<Mapping>>(&state_)) return &shared->measure;
  if (const auto* shared = std::get_if<Shared<Choice>>(&state_)) return &shared->measure;
  return nullptr;
}

std::uint32_t Value::size() const {
  if (const Text* string = text()) {
    std::size_t bytes = 0;
    for (const TextPart& part : string->parts)
      if (const auto* literal = std::get_if<std::string>(&part)) bytes += literal->size();
    return static_cast<std::uint32_t>(1 + string->parts.size() + bytes / 64);
  }
  return measure() == nullptr ? 1 : measure()->size;
}

std::uint32_t Value::height() const {
  return measure() == nullptr ? 1 : measure()->height;
}

bool Value::has_unknown() const {
  if (unknown() != nullptr || reference() != nullptr) return true;
  if (text() != nullptr) return !text()->literal();
  return measure() != nullptr && measure()->has_unknown;
}

bool Value::has_choice() const {
  return measure() != nullptr && measure()->has_choice;
}

bool Value::has_fault() const {
  if (unknown() != nullptr) return unknown()->is_fault;
  if (text() != nullptr)
    return std::any_of(text()->parts.begin(), text()->parts.end(), [](const TextPart& part) {
      const auto* beyond = std::get_if<Unknown>(&part);
      return beyond != nullptr && beyond->is_fault;
    });
  return measure() != nullptr && measure()->has_fault;
}

bool Value::may_have_fault() const {
  return measure() == nullptr ? has_fault() : measure()->may_have_fault;
}

Value limited(Value value) {
  const auto too_large = [&](const char* reason) { return Value(Unknown{reason, {}, false, value.span}, value.span); };
  if (value.size() > greatest_size) return too_large("the value is too large to be worked out");
  if (value.height() > greatest_height) return too_large("the value is nested too deeply to be worked out");
  if (value.number() != nullptr && value.number()->is_too_large())
    return too_large("the number is too large to be worked out");
  if (const Text* string = value.text()) {
    std::size_t bytes = 0;
    for (const TextPart& part : string->parts)
      if (const auto* literal = std::get_if<std::string>(&part)) bytes += literal->size();
    if (bytes > greatest_text) return too_large("the text is too long to be worked out");
  }
  return value;
}

namespace {

bool is_same(const Condition& a, const Condition& b) {
  return &a == &b || (!a.term.empty() && a.term == b.term);
}

Equality both(Equality a, Equality b) {
  if (a == Equality::different || b == Equality::different) return Equality::different;
  return a == Equality::equal && b == Equality::equal ? Equality::equal : Equality::undecided;
}

Equality compare(const Sequence& a, const Sequence& b) {
  if (a.kind != b.kind) return Equality::different;
  const bool is_open = a.rest != nullptr || b.rest != nullptr;
  if (is_open) return Equality::undecided;
  if (a.items.size() != b.items.size()) {
    // Items of a set that are not known may turn out to be the same.
    const auto holds_unknown = [](const Value& item) { return item.has_unknown(); };
    const bool may_shrink =
        a.kind == Sequence::Kind::set && (std::any_of(a.items.begin(), a.items.end(), holds_unknown) ||
                                          std::any_of(b.items.begin(), b.items.end(), holds_unknown));
    return may_shrink ? Equality::undecided : Equality::different;
  }
  Equality result = Equality::equal;
  for (std::size_t i = 0; i < a.items.size(); ++i) result = both(result, hcl::compare(a.items[i], b.items[i]));
  return result == Equality::different && a.kind == Sequence::Kind::set &&
                 (Value(a).has_unknown() || Value(b).has_unknown())
             ? Equality::undecided
             : result;
}

Equality compare(const Mapping& a, const Mapping& b) {
  if (a.kind != b.kind) return Equality::different;
  Equality result = a.rest == nullptr && b.rest == nullptr ? Equality::equal : Equality::undecided;
  const auto is_missing = [](const Mapping& from, const std::string& key) {
    return from.rest == nullptr && from.find(key) == nullptr;
  };
  for (const auto& [key, value] : a.entries) {
    if (is_missing(b, key)) return Equality::different;
    if (const Value* other = b.find(key)) result = both(result, hcl::compare(value, *other));
  }
  for (const auto& entry : b.entries)
    if (is_missing(a, entry.first)) return Equality::different;
  return result;
}

/// What certainly begins (or ends) a text.
std::string_view literal_end(const Text& text, bool at_start) {
  if (text.parts.empty()) return {};
  const auto* literal = std::get_if<std::string>(at_start ? &text.parts.front() : &text.parts.back());
  return literal == nullptr ? std::string_view() : std::string_view(*literal);
}

Equality compare(const Text& a, const Text& b) {
  const auto left = a.literal();
  const auto right = b.literal();
  if (left && right) return *left == *right ? Equality::equal : Equality::different;
  const std::string_view start_a = literal_end(a, true);
  const std::string_view start_b = literal_end(b, true);
  const std::size_t start = std::min(start_a.size(), start_b.size());
  if (start_a.substr(0, start) != start_b.substr(0, start)) return Equality::different;
  const std::string_view end_a = literal_end(a, false);
  const std::string_view end_b = literal_end(b, false);
  const std::size_t end = std::min(end_a.size(), end_b.size());
  if (end_a.substr(end_a.size() - end) != end_b.substr(end_b.size() - end)) return Equality::different;
  const bool is_same_parts =
      a.parts.size() == b.parts.size() &&
      std::equal(a.parts.begin(), a.parts.end(), b.parts.begin(), [](const TextPart& x, const TextPart& y) {
        if (x.index() != y.index()) return false;
        if (const auto* beyond = std::get_if<Unknown>(&x))
          return !beyond->term.empty() && beyond->term == std::get_if<Unknown>(&y)->term;
        if (const auto* reference = std::get_if<Reference>(&x)) return *reference == *std::get_if<Reference>(&y);
        return std::get<std::string>(x) == std::get<std::string>(y);
      });
  return is_same_parts ? Equality::equal : Equality::undecided;
}

}  // namespace

Equality compare(const Value& a, const Value& b) {
  if (a.unknown() != nullptr || b.unknown() != nullptr) {
    const bool is_one = a.unknown() != nullptr && b.unknown() != nullptr && !a.unknown()->term.empty() &&
                        a.unknown()->term == b.unknown()->term;
    return is_one ? Equality::equal : Equality::undecided;
  }
  for (const auto& [one, other] : {std::pair(&a, &b), std::pair(&b, &a)}) {
    if (const Choice* choice = one->choice()) {
      const Equality then = compare(choice->then, *other);
      return then == compare(choice->otherwise, *other) ? then : Equality::undecided;
    }
  }
  if (a.reference() != nullptr && b.reference() != nullptr)
    return *a.reference() == *b.reference() ? Equality::equal : Equality::undecided;
  for (const auto& [one, other] : {std::pair(&a, &b), std::pair(&b, &a)}) {
    if (one->reference() == nullptr) continue;
    const bool is_nothing = other->is_null() || (other->text() != nullptr && other->text()->parts.empty());
    return is_nothing ? Equality::different : Equality::undecided;
  }
  if (a.is_null() || b.is_null()) return a.is_null() && b.is_null() ? Equality::equal : Equality::different;
  const auto known = [](bool equal) { return equal ? Equality::equal : Equality::different; };
  if (a.boolean() != nullptr && b.boolean() != nullptr) return known(*a.boolean() == *b.boolean());
  if (a.number() != nullptr && b.number() != nullptr) return known(*a.number() == *b.number());
  if (a.text() != nullptr && b.text() != nullptr) return compare(*a.text(), *b.text());
  if (a.sequence() != nullptr && b.sequence() != nullptr) return compare(*a.sequence(), *b.sequence());
  if (a.mapping() != nullptr && b.mapping() != nullptr) return compare(*a.mapping(), *b.mapping());
  return Equality::different;
}

Value choose(const std::shared_ptr<const Condition>& condition, Value then, Value otherwise, Span at) {
  if (const Choice* choice = then.choice(); choice != nullptr && is_same(*choice->condition, *condition))
    then = Value(choice->then);
  if (const Choice* choice = otherwise.choice(); choice != nullptr && is_same(*choice->condition, *condition))
    otherwise = Value(choice->otherwise);
  if (!then.has_unknown() && compare(then, otherwise) == Equality::equal) return then;
  if (count_worlds(then) + count_worlds(otherwise) > greatest_worlds)
    return Value(Unknown{"it depends on too many conditions", {}, false, at}, at);
  return limited(Value(Choice{condition, std::move(then), std::move(otherwise)}, at));
}

std::size_t count_worlds(const Value& value) {
  const Choice* choice = value.choice();
  return choice == nullptr ? 1 : count_worlds(choice->then) + count_worlds(choice->otherwise);
}

std::shared_ptr<const Condition> first_condition(const Value& value) {
  if (!value.has_choice()) return nullptr;
  if (value.choice() != nullptr) return value.choice()->condition;
  if (value.sequence() != nullptr) {
    for (const Value& item : value.sequence()->items)
      if (item.has_choice()) return first_condition(item);
  } else if (value.mapping() != nullptr) {
    for (const auto& entry : value.mapping()->entries)
      if (entry.second.has_choice()) return first_condition(entry.second);
  }
  return nullptr;
}

Value assume(const Value& value, const Condition& condition, bool holds) {
  if (!value.has_choice()) return value;
  if (const Choice* choice = value.choice()) {
    if (is_same(*choice->condition, condition))
      return assume(holds ? choice->then : choice->otherwise, condition, holds);
    return choose(choice->condition, assume(choice->then, condition, holds),
                  assume(choice->otherwise, condition, holds), value.span);
  }
  if (const Sequence* sequence = value.sequence()) {
    Sequence result{sequence->kind, {}, sequence->rest};
    for (const Value& item : sequence->items) result.items.push_back(assume(item, condition, holds));
    return Value(std::move(result), value.span);
  }
  Mapping result{value.mapping()->kind, {}, value.mapping()->rest};
  for (const auto& [key, item] : value.mapping()->entries)
    result.entries.emplace_back(key, assume(item, condition, holds));
  return Value(std::move(result), value.span);
}

}  // namespace secretwatch::hcl
