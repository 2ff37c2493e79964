#include "load/values.h"

#include <algorithm>

#include <fmt/format.h>

#include "base/text.h"
#include "hcl/json_text.h"

namespace secretwatch::load {

using stack::Cause;
using stack::Text;

namespace {

using Kind = Item::Kind;

/// "topic" of `var.topic`; empty: it is a part of it, or something else.
std::string variable_in(const std::string& term) {
  constexpr std::string_view prefix = "var.";
  if (!term.starts_with(prefix)) return {};
  const std::string name = term.substr(prefix.size());
  const bool is_whole =
      std::all_of(name.begin(), name.end(), [](char c) { return is_letter_or_digit(c) || c == '_' || c == '-'; });
  return is_whole ? name : std::string();
}

/// What is not a text within a text.
void append_other(Text& to, const Item& part) {
  switch (part.kind) {
    case Kind::text:
      to += part.text;
      return;
    case Kind::unknown:
      to.append(part.unknown);
      return;
    case Kind::absent:
      return;
    case Kind::choice:
      to.append(stack::Unknown{"depends on a condition"});
      return;
    case Kind::list:
    case Kind::object:
      to.append(stack::Unknown{"a list or an object stands inside a text"});
      return;
  }
}

}  // namespace

stack::Unknown to_unknown(const hcl::Unknown& unknown) {
  if (std::string name = variable_in(unknown.term); !name.empty() && !unknown.is_fault)
    return {unknown.reason, Cause::parameter, std::move(name)};
  return {unknown.reason, unknown.term.empty() ? Cause::other : Cause::computed, unknown.term};
}

Item Values::item(const hcl::Value& value) {
  if (value.is_null()) return absent_item(value.span);
  if (const bool* const boolean = value.boolean()) return text_item(*boolean ? "true" : "false", value.span);
  if (value.number() != nullptr) return text_item(value.number()->print(), value.span);
  if (value.text() != nullptr) return text(*value.text(), value.span);
  if (value.reference() != nullptr) return references_.resolve(*value.reference(), value.span);
  if (value.unknown() != nullptr) return unknown_item(to_unknown(*value.unknown()), value.span);
  if (value.sequence() != nullptr) return sequence(*value.sequence(), value.span);
  if (value.mapping() != nullptr) return mapping(*value.mapping(), value.span);
  const hcl::Choice& choice = *value.choice();
  const stack::ConditionId decides = condition(*choice.condition);
  Item then = item(choice.then);
  Item otherwise = item(choice.otherwise);
  return choice_item(decides, std::move(then), std::move(otherwise), value.span);
}

Item Values::text(const hcl::Text& text, const Span& span) {
  if (text.parts.size() == 1)
    if (const auto* const reference = std::get_if<hcl::Reference>(&text.parts.front()))
      return references_.resolve(*reference, span);
  Item result = text_item({}, span);
  for (const hcl::TextPart& part : text.parts) {
    if (const auto* const literal = std::get_if<std::string>(&part)) {
      result.text.append(*literal);
    } else if (const auto* const reference = std::get_if<hcl::Reference>(&part)) {
      append_other(result.text, references_.resolve(*reference, span));
    } else {
      result.text.append(to_unknown(std::get<hcl::Unknown>(part)));
    }
  }
  if (text.json != nullptr) result.document = std::make_shared<const Item>(item(*text.json));
  return result;
}

Item Values::sequence(const hcl::Sequence& sequence, const Span& span) {
  std::vector<Item> items;
  items.reserve(sequence.items.size() + 1);
  for (const hcl::Value& each : sequence.items) items.push_back(item(each));
  if (sequence.rest != nullptr) items.push_back(unknown_item(to_unknown(*sequence.rest), span));
  return list_item(std::move(items), span);
}

Item Values::mapping(const hcl::Mapping& mapping, const Span& span) {
  std::vector<Field> fields;
  fields.reserve(mapping.entries.size());
  for (const auto& [key, value] : mapping.entries) fields.push_back({key, value.span, item(value)});
  Item object = object_item(std::move(fields), span);
  object.is_open = mapping.rest != nullptr;
  if (object.is_open) object.unknown = to_unknown(*mapping.rest);
  return object;
}

Item Values::block(const EvaluatedBlock& block) {
  Item object = item(block.body, block.span);
  const stack::Presence there = presence(block.presence);
  if (!there) return object;
  return choice_item(*there, std::move(object), absent_item(block.span), block.span);
}

Item Values::item(const EvaluatedBody& body, const Span& span) {
  std::vector<Field> fields;
  fields.reserve(body.attributes.size() + body.blocks.size());
  for (const EvaluatedAttribute& attribute : body.attributes)
    fields.push_back({attribute.name, attribute.key, item(attribute.value)});
  const std::size_t attributes = fields.size();
  const auto blocks_of = [&](const std::string& type, const Span& at) -> std::vector<Item>& {
    const auto known = std::find_if(fields.begin() + static_cast<std::ptrdiff_t>(attributes), fields.end(),
                                    [&](const Field& field) { return field.name == type; });
    if (known != fields.end()) return known->value.items;
    fields.push_back({type, at, list_item({}, at)});
    return fields.back().value.items;
  };
  for (const EvaluatedBlock& each : body.blocks) {
    Item made = block(each);
    blocks_of(each.type, each.span).push_back(std::move(made));
  }
  for (const UnknownBlocks& more : body.rest)
    blocks_of(more.type, more.why.where).push_back(unknown_item(to_unknown(more.why), more.why.where));
  return object_item(std::move(fields), span);
}

stack::ConditionId Values::condition(const hcl::Condition& written) {
  const auto add = [&] {
    stack::Condition condition;
    condition.name = written.term.empty() ? written.reason : written.term;
    condition.reason = written.reason;
    condition.span = written.where;
    return stack_.add(std::move(condition));
  };
  if (written.term.empty()) {
    const auto [known, is_new] = by_place_.emplace(&written, stack::ConditionId{});
    if (is_new) known->second = add();
    return known->second;
  }
  const auto [known, is_new] = by_term_.emplace(written.term, stack::ConditionId{});
  if (is_new) known->second = add();
  return known->second;
}

stack::Presence Values::presence(const std::vector<Assumption>& assumptions) {
  stack::Presence all;
  for (const Assumption& assumption : assumptions) {
    const stack::ConditionId one = condition(*assumption.condition);
    all = conditions_.both(all, assumption.holds ? one : conditions_.negation_of(one));
  }
  return all;
}

// --- documents in texts ---

namespace {

/// Stand for a part of a text while it is read as JSON: characters of Unicode's private use area.
constexpr std::string_view opening = "\xEE\x80\x80";
constexpr std::string_view closing = "\xEE\x80\x81";

/// JSON with a mark in place of every part that is not literal; one between the strings is a string of its own.
std::string marked(const Text& text) {
  std::string json;
  bool is_inside = false;  // of a string
  for (std::size_t i = 0; i < text.parts().size(); ++i) {
    const auto* const literal = std::get_if<std::string>(&text.parts()[i]);
    if (literal == nullptr) {
      const char* const quote = is_inside ? "" : "\"";
      json += fmt::format("{0}{1}{2}{3}{0}", quote, opening, i, closing);
      continue;
    }
    for (std::size_t at = 0; at < literal->size(); ++at) {
      if ((*literal)[at] == '\\') {
        ++at;
      } else if ((*literal)[at] == '"') {
        is_inside = !is_inside;
      }
    }
    json += *literal;
  }
  return json;
}

Text unmarked(std::string_view text, const Text& original) {
  Text result;
  for (std::size_t at = text.find(opening); at != std::string_view::npos; at = text.find(opening)) {
    const std::size_t end = text.find(closing, at);
    if (end == std::string_view::npos) break;
    result.append(std::string(text.substr(0, at)));
    std::size_t number = 0;
    for (const char c : text.substr(at + opening.size(), end - at - opening.size()))
      number = number * 10 + static_cast<std::size_t>(c - '0');
    if (number < original.parts().size()) result.append(original.parts()[number]);
    text.remove_prefix(end + closing.size());
  }
  result.append(std::string(text));
  return result;
}

/// Of JSON, in which nothing is unknown.
Item document_item(const hcl::Value& value, const Text& original, const Span& span) {
  if (const hcl::Sequence* const sequence = value.sequence()) {
    std::vector<Item> items;
    items.reserve(sequence->items.size());
    for (const hcl::Value& each : sequence->items) items.push_back(document_item(each, original, span));
    return list_item(std::move(items), span);
  }
  if (const hcl::Mapping* const mapping = value.mapping()) {
    std::vector<Field> fields;
    fields.reserve(mapping->entries.size());
    for (const auto& [key, each] : mapping->entries) {
      const Text name = unmarked(key, original);
      fields.push_back({name.literal().value_or("?"), span, document_item(each, original, span)});
    }
    return object_item(std::move(fields), span);
  }
  if (value.is_null()) return absent_item(span);
  if (value.boolean() != nullptr) return text_item(*value.boolean() ? "true" : "false", span);
  if (value.number() != nullptr) return text_item(value.number()->print(), span);
  Text text = unmarked(value.literal().value_or(""), original);
  if (text.parts().size() == 1)
    if (const auto* const unknown = std::get_if<stack::Unknown>(&text.parts().front()))
      return unknown_item(*unknown, span);
  return text_item(std::move(text), span);
}

}  // namespace

Item document_of(const Item& text) {
  if (text.is(Kind::choice)) {
    Item choice = choice_item(text.condition, document_of(text.items[0]), document_of(text.items[1]), text.span);
    choice.key = text.key;
    return choice;
  }
  if (!text.is(Kind::text)) return text;
  Item document;
  if (text.document != nullptr) {
    document = *text.document;
  } else if (text.text.literal() == "") {
    document = absent_item(text.span);
  } else if (text.text.parts().size() == 1 && !text.text.literal()) {
    const auto* const unknown = std::get_if<stack::Unknown>(&text.text.parts().front());
    document = unknown != nullptr ? unknown_item(*unknown, text.span)
                                  : unknown_item("the document is that of another resource", text.span);
  } else if (const std::optional<hcl::Value> json = hcl::value_of_json(marked(text.text), text.span)) {
    document = document_item(*json, text.text, text.span);
  } else {
    document = unknown_item("the text is not JSON", text.span);
  }
  document.span = text.span;
  document.key = text.key;
  return document;
}

}  // namespace secretwatch::load
