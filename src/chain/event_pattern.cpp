#include "chain/event_pattern.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>
#include <optional>

#include "base/text.h"
#include "json/document.h"

namespace secretwatch::chain {
namespace {

using stack::Document;
using stack::Text;
using Kind = EventValue::Kind;

constexpr int deepest = 64;

Match known(bool holds) {
  return holds ? Match::yes : Match::no;
}

std::optional<double> number_of(std::string_view text) {
  double number = 0;
  const char* const end = text.data() + text.size();
  const auto [stopped, fault] = std::from_chars(text.data(), end, number);
  return fault == std::errc() && stopped == end && !text.empty() ? std::optional(number) : std::nullopt;
}

/// The four bytes of an IPv4 address.
std::optional<std::uint32_t> address_of(std::string_view text) {
  std::uint32_t address = 0;
  for (int byte = 0; byte < 4; ++byte) {
    const std::size_t dot = byte < 3 ? text.find('.') : text.size();
    if (dot == std::string_view::npos) return std::nullopt;
    const std::optional<double> value = number_of(text.substr(0, dot));
    if (!value || *value < 0 || *value > 255) return std::nullopt;
    address = address << 8 | static_cast<std::uint32_t>(*value);
    text.remove_prefix(byte < 3 ? dot + 1 : dot);
  }
  return address;
}

Match is_in_range(std::string_view cidr, std::string_view address) {
  const std::size_t slash = cidr.find('/');
  if (slash == std::string_view::npos) return Match::maybe;
  const std::optional<std::uint32_t> network = address_of(cidr.substr(0, slash));
  const std::optional<double> bits = number_of(cidr.substr(slash + 1));
  if (!network || !bits || *bits < 0 || *bits > 32) return Match::maybe;  // version 6
  const std::optional<std::uint32_t> ip = address_of(address);
  if (!ip) return Match::no;
  const auto shift = static_cast<std::uint32_t>(32 - *bits);
  return known(shift == 32 || *network >> shift == *ip >> shift);
}

/// A text between two that may be anything; what stands in it is no wildcard.
Match fits_around(bool anything_before, const Text& middle, bool anything_after, std::string_view value,
                  bool ignore_case) {
  if (const std::optional<std::string> literal = middle.literal()) {
    const std::string wanted = ignore_case ? lower_case(*literal) : *literal;
    const std::string text = ignore_case ? lower_case(value) : std::string(value);
    if (anything_before) return known(text.ends_with(wanted));
    return known(anything_after ? text.starts_with(wanted) : text == wanted);
  }
  Text pattern;
  if (anything_before) pattern.append("*");
  pattern += middle;
  if (anything_after) pattern.append("*");
  const Match match = ignore_case ? fits_ignoring_case(pattern, Text(value)) : fits(pattern, Text(value));
  return both(match, Match::maybe);
}

class Evaluation {
 public:
  explicit Evaluation(const World& world) : world_(world) {}

  /// An object of the pattern against an object of the event; null: the event has none.
  Match object(const Document& pattern, const EventValue* event, int depth) const {
    if (depth > deepest || pattern.kind != Document::Kind::object) return Match::maybe;
    Match match = Match::yes;
    for (std::size_t i = 0; i < pattern.names.size() && match != Match::no; ++i)
      match = both(match, pattern.names[i] == "$or" ? any_of(pattern.parts[i], event, depth)
                                                    : member(pattern.names[i], pattern.parts[i], event, depth));
    return match;
  }

 private:
  Match any_of(const Document& alternatives, const EventValue* event, int depth) const {
    if (alternatives.kind != Document::Kind::list) return Match::maybe;
    Match match = Match::no;
    for (const Document& alternative : alternatives.parts) match = either(match, object(alternative, event, depth + 1));
    return match;
  }

  Match member(std::string_view name, const Document& pattern, const EventValue* event, int depth) const {
    if (event != nullptr && event->kind == Kind::not_known) return Match::maybe;
    // Of a list of objects one must fit as a whole.
    if (event != nullptr && event->kind == Kind::list) {
      Match match = Match::no;
      for (const EventValue& each : event->parts) match = either(match, member(name, pattern, &each, depth + 1));
      return match;
    }
    const EventValue* const value = event == nullptr ? nullptr : event->find(name);
    const bool may_be_there = event != nullptr && value == nullptr &&
                              (event->may_hold_more || std::find(event->may_hold.begin(), event->may_hold.end(),
                                                                 name) != event->may_hold.end());
    if (may_be_there) return Match::maybe;
    if (pattern.kind == Document::Kind::object) return object(pattern, value, depth + 1);
    if (pattern.kind != Document::Kind::list) return Match::maybe;
    return values(pattern, value);
  }

  /// A field against the values that it may have; null: it is not there. AWS takes no empty list: what stood in this
  /// one was not read.
  Match values(const Document& wanted, const EventValue* value) const {
    if (wanted.parts.empty()) return Match::maybe;
    if (value == nullptr) return absent(wanted);
    if (value->kind == Kind::object) return Match::maybe;  // operators work on values, not on objects
    if (value->kind == Kind::list) {
      if (value->parts.empty()) return Match::maybe;
      Match match = Match::no;
      for (const EventValue& each : value->parts) match = either(match, values(wanted, &each));
      return match;
    }
    Match match = Match::no;
    for (const Document& one : wanted.parts) match = either(match, one_value(one, *value));
    return match;
  }

  /// Only `{"exists": false}` asks for what is not there.
  Match absent(const Document& wanted) const {
    Match match = Match::no;
    for (const Document& one : wanted.parts) {
      if (one.kind == Document::Kind::unknown) match = either(match, Match::maybe);
      if (const Document* const exists = one.find("exists")) match = either(match, negation(asks_to_exist(*exists)));
    }
    return match;
  }

  Match asks_to_exist(const Document& exists) const {
    const std::optional<std::string> literal = world_.literal(exists.text);
    return !literal ? Match::maybe : known(lower_case(*literal) == "true");
  }

  Match one_value(const Document& wanted, const EventValue& value) const {
    if (value.kind == Kind::not_known) return Match::maybe;
    switch (wanted.kind) {
      case Document::Kind::null:
        return known(value.kind == Kind::null);
      case Document::Kind::scalar:
        return equal(wanted.text, value);
      case Document::Kind::object:
        return wanted.names.size() == 1 ? operation(wanted.names.front(), wanted.parts.front(), value) : Match::maybe;
      case Document::Kind::list:
      case Document::Kind::unknown:
        return Match::maybe;
    }
    return Match::maybe;
  }

  Match equal(const stack::TextValue& wanted, const EventValue& value) const {
    if (world_.at(wanted) == nullptr) return Match::no;
    if (value.kind == Kind::null) return Match::no;
    const Text text = world_.text(wanted);
    if (!value.is_known) return Match::maybe;
    if (value.kind == Kind::number)
      if (const std::optional<std::string> literal = text.literal())
        return known(number_of(*literal) && number_of(*literal) == number_of(value.text));
    if (value.kind == Kind::boolean && text.literal()) return known(lower_case(*text.literal()) == value.text);
    return fits(text, Text(value.text), Wildcards::none);
  }

  Match operation(std::string_view name, const Document& operand, const EventValue& value) const {
    if (name == "exists") return asks_to_exist(operand);
    if (name == "anything-but") return anything_but(operand, value);
    if (name == "numeric") return numeric(operand, value);
    constexpr std::array<std::string_view, 5> of_texts = {"prefix", "suffix", "wildcard", "equals-ignore-case", "cidr"};
    if (std::find(of_texts.begin(), of_texts.end(), name) == of_texts.end()) return Match::maybe;
    if (value.kind != Kind::text) return Match::no;
    return of_text(name, operand, value);
  }

  Match of_text(std::string_view name, const Document& operand, const EventValue& value) const {
    const bool ignore_case = name == "equals-ignore-case" || operand.kind == Document::Kind::object;
    const Document* const inner =
        operand.kind == Document::Kind::object ? operand.find("equals-ignore-case") : &operand;
    if (inner == nullptr || inner->kind != Document::Kind::scalar || !value.is_known) return Match::maybe;
    const Text text = world_.text(inner->text);
    if (name == "prefix") return fits_around(false, text, true, value.text, ignore_case);
    if (name == "suffix") return fits_around(true, text, false, value.text, ignore_case);
    if (name == "equals-ignore-case") return fits_around(false, text, false, value.text, ignore_case);
    const std::optional<std::string> literal = text.literal();
    if (name == "cidr") return literal ? is_in_range(*literal, value.text) : Match::maybe;
    // Only the star is a wildcard here, and a backslash takes its meaning from it.
    if (!literal || literal->find_first_of("?\\") != std::string::npos)
      return both(fits(text, Text(value.text)), Match::maybe);
    return fits(text, Text(value.text));
  }

  /// Neither this, nor one of these, nor what an operator selects. A field that is not there does not fit.
  Match anything_but(const Document& operand, const EventValue& value) const {
    if (operand.kind == Document::Kind::object)
      return operand.names.size() != 1 ? Match::maybe
                                       : negation(each_operand(operand.names.front(), operand.parts.front(), value));
    if (operand.kind == Document::Kind::scalar) return negation(equal(operand.text, value));
    if (operand.kind != Document::Kind::list) return Match::maybe;
    Match match = Match::no;
    for (const Document& one : operand.parts) match = either(match, one_value(one, value));
    return negation(match);
  }

  /// `{"prefix": ["a", "b"]}`
  Match each_operand(std::string_view name, const Document& operand, const EventValue& value) const {
    if (operand.kind != Document::Kind::list) return operation(name, operand, value);
    Match match = Match::no;
    for (const Document& one : operand.parts) match = either(match, operation(name, one, value));
    return match;
  }

  /// [">", 0, "<=", 5]
  Match numeric(const Document& operand, const EventValue& value) const {
    if (value.kind == Kind::text && value.is_known && !number_of(value.text)) return Match::no;
    if (value.kind == Kind::null || value.kind == Kind::boolean) return Match::no;
    const std::optional<double> number = value.kind == Kind::number ? number_of(value.text) : std::nullopt;
    if (!number || operand.kind != Document::Kind::list || operand.parts.size() % 2 != 0) return Match::maybe;
    Match match = Match::yes;
    for (std::size_t i = 0; i < operand.parts.size(); i += 2) {
      const std::optional<std::string> sign = world_.literal(operand.parts[i].text);
      const std::optional<std::string> bound_text = world_.literal(operand.parts[i + 1].text);
      const std::optional<double> bound = bound_text ? number_of(*bound_text) : std::nullopt;
      if (!sign || !bound) return Match::maybe;
      const bool holds = *sign == "="    ? *number == *bound
                         : *sign == ">"  ? *number > *bound
                         : *sign == "<"  ? *number < *bound
                         : *sign == ">=" ? *number >= *bound
                                         : *number <= *bound;
      match = both(match, known(holds));
    }
    return match;
  }

  const World& world_;
};

EventValue value_of(const json::Document& document, json::Token token, int depth) {
  EventValue value;
  if (depth > deepest) return value;
  switch (document.kind(token)) {
    case json::Kind::null:
      value.kind = Kind::null;
      break;
    case json::Kind::false_value:
    case json::Kind::true_value:
    case json::Kind::number:
      value.kind = document.kind(token) == json::Kind::number ? Kind::number : Kind::boolean;
      value.text = document.written(token);
      break;
    case json::Kind::string: {
      std::string scratch;
      value.kind = Kind::text;
      value.text = document.characters(token, scratch);
      break;
    }
    case json::Kind::array:
    case json::Kind::object: {
      const bool is_object = document.kind(token) == json::Kind::object;
      value.kind = is_object ? Kind::object : Kind::list;
      std::vector<json::Token> children;
      document.children(token, children);
      for (const json::Token child : children) {
        if (is_object) {
          value.names.emplace_back();
          json::append_characters(document.written_key(child - 2), value.names.back());
        }
        value.parts.push_back(value_of(document, child, depth + 1));
      }
      break;
    }
  }
  return value;
}

}  // namespace

const EventValue* EventValue::find(std::string_view name) const {
  for (std::size_t i = 0; i < names.size(); ++i)
    if (names[i] == name) return &parts[i];
  return nullptr;
}

EventValue read_event(std::string_view json) {
  const std::string text(json);
  json::Reader reader;
  const json::Document* const document = reader.read(text).document;
  return document == nullptr ? EventValue() : value_of(*document, document->root(), 0);
}

Match fits_event(const World& world, const stack::Document& pattern, const EventValue& event) {
  return Evaluation(world).object(pattern, &event, 0);
}

}  // namespace secretwatch::chain
