/// The functions that make texts and lists. Each evaluates its arguments, and then its own work in every world that
/// they depend on.
#include <algorithm>
#include <charconv>

#include <fmt/format.h>

#include "base/text.h"
#include "load/evaluator.h"

namespace secretwatch::load {

using stack::Cause;
using stack::Part;
using stack::Pseudo;
using stack::Text;
using stack::Unknown;

namespace {

using Kind = Item::Kind;

constexpr std::size_t most_worlds = 64;

/// Calls `work` on the arguments of each world; their choices become one choice above the results.
template <class Work>
Item in_every_world(const std::vector<Item>& arguments, const Span& span, std::size_t& worlds, const Work& work) {
  std::optional<stack::ConditionId> condition;
  for (const Item& argument : arguments) {
    condition = find_choice(argument);
    if (condition) break;
  }
  if (worlds == 0) return unknown_item("depends on too many conditions", span);
  if (!condition) {
    --worlds;
    return work(arguments);
  }
  Item branches[2];
  for (const bool holds : {true, false}) {
    std::vector<Item> restricted;
    restricted.reserve(arguments.size());
    for (const Item& argument : arguments) restricted.push_back(restrict_to(argument, *condition, holds));
    branches[holds ? 0 : 1] = in_every_world(restricted, span, worlds, work);
  }
  return choice_item(*condition, std::move(branches[0]), std::move(branches[1]), span);
}

template <class Work>
Item in_every_world(const std::vector<Item>& arguments, const Span& span, const Work& work) {
  std::size_t worlds = most_worlds;
  return in_every_world(arguments, span, worlds, work);
}

void take_origin(Item& to, const Item& from) {
  if (to.origin != stack::Origin::literal || from.origin == stack::Origin::literal) return;
  to.origin = from.origin;
  to.parameter = from.parameter;
}

void append(Item& to, const Item& from) {
  take_origin(to, from);
  if (from.is(Kind::text)) {
    to.text += from.text;
  } else if (from.is(Kind::unknown)) {
    to.text.append(from.unknown);
  } else if (from.is(Kind::list)) {
    for (std::size_t i = 0; i < from.items.size(); ++i) {
      if (i > 0) to.text.append(",");
      append(to, from.items[i]);
    }
  } else if (from.is(Kind::object)) {
    to.text.append(Unknown{"an object stands inside a text"});
  }
}

std::string spelled(const Item& item) {
  if (item.is(Kind::text)) return load::spelled(item.text);
  return item.is(Kind::unknown) ? item.unknown.subject : std::string();
}

/// An expression that two places can share without anyone knowing its value.
Item computed(std::string reason, std::string_view function, std::initializer_list<std::string> arguments,
              const Span& span) {
  std::string subject(function);
  for (const std::string& argument : arguments) {
    if (argument.empty()) return unknown_item(std::move(reason), span);
    subject += "|" + argument;
  }
  return unknown_item({std::move(reason), Cause::computed, std::move(subject)}, span);
}

bool is_delimiter_outside_names(std::string_view delimiter) {
  return std::none_of(delimiter.begin(), delimiter.end(),
                      [](char c) { return is_letter_or_digit(c) || c == '-' || c == '.'; });
}

/// Region, account and partition hold neither blanks nor colons, so that they are never split inside.
bool can_be_split(const Text& text, std::string_view delimiter) {
  return std::all_of(text.parts().begin(), text.parts().end(), [&](const Part& part) {
    if (std::holds_alternative<std::string>(part)) return true;
    const auto* const pseudo = std::get_if<Pseudo>(&part);
    return pseudo != nullptr && *pseudo != Pseudo::stack_id && is_delimiter_outside_names(delimiter);
  });
}

void append_quoted(Text& to, std::string_view literal) {
  std::string quoted;
  for (const char c : literal) {
    if (c == '"' || c == '\\') quoted += '\\';
    if (c == '\n') {
      quoted += "\\n";
    } else {
      quoted += c;
    }
  }
  to.append(std::move(quoted));
}

void append_json(Text& to, const Item& item) {
  if (item.is(Kind::object)) {
    to.append("{");
    for (std::size_t i = 0; i < item.fields.size(); ++i) {
      to.append(i == 0 ? "\"" : ",\"");
      append_quoted(to, item.fields[i].name);
      to.append("\":");
      append_json(to, item.fields[i].value);
    }
    to.append("}");
  } else if (item.is(Kind::list)) {
    to.append("[");
    for (std::size_t i = 0; i < item.items.size(); ++i) {
      if (i > 0) to.append(",");
      append_json(to, item.items[i]);
    }
    to.append("]");
  } else if (item.is(Kind::text)) {
    to.append("\"");
    for (const Part& part : item.text.parts()) {
      if (const auto* const literal = std::get_if<std::string>(&part)) {
        append_quoted(to, *literal);
      } else {
        to.append(part);
      }
    }
    to.append("\"");
  } else {
    to.append(Unknown{"a part of the document is not known"});
  }
}

}  // namespace

std::vector<Text> split_text(const Text& text, std::string_view delimiter) {
  std::vector<Text> pieces(1);
  for (const Part& part : text.parts()) {
    const auto* const literal = std::get_if<std::string>(&part);
    if (literal == nullptr) {
      pieces.back().append(part);
      continue;
    }
    std::string_view rest = *literal;
    for (std::size_t at = rest.find(delimiter); at != std::string_view::npos; at = rest.find(delimiter)) {
      pieces.back().append(std::string(rest.substr(0, at)));
      pieces.emplace_back();
      rest.remove_prefix(at + delimiter.size());
    }
    pieces.back().append(std::string(rest));
  }
  return pieces;
}

std::string spelled(const Text& text) {
  std::string all;
  for (const Part& part : text.parts()) {
    if (const auto* const literal = std::get_if<std::string>(&part)) {
      all += *literal;
    } else if (const auto* const pseudo = std::get_if<Pseudo>(&part)) {
      all += fmt::format("${{pseudo {}}}", static_cast<int>(*pseudo));
    } else if (const auto* const parameter = std::get_if<stack::ParameterId>(&part)) {
      all += fmt::format("${{parameter {}}}", static_cast<std::uint32_t>(*parameter));
    } else if (const auto* const ref = std::get_if<stack::Ref>(&part)) {
      all += fmt::format("${{resource {} {} {}}}", static_cast<std::uint32_t>(ref->target),
                         static_cast<int>(ref->attribute), ref->written);
    } else {
      const Unknown& unknown = std::get<Unknown>(part);
      if (unknown.subject.empty()) return {};
      all += fmt::format("${{{} {}}}", static_cast<int>(unknown.cause), unknown.subject);
    }
  }
  return all;
}

Text without_dynamic_references(const Text& text) {
  static constexpr std::string_view opening = "{{resolve:";
  const bool has_one = std::any_of(text.parts().begin(), text.parts().end(), [](const Part& part) {
    const auto* const literal = std::get_if<std::string>(&part);
    return literal != nullptr && literal->find(opening) != std::string::npos;
  });
  if (!has_one) return text;
  Text result;
  std::optional<Text> inside;  // of a reference that is not closed yet
  for (const Part& part : text.parts()) {
    const auto* const literal = std::get_if<std::string>(&part);
    if (literal == nullptr) {
      (inside ? *inside : result).append(part);
      continue;
    }
    std::string_view rest = *literal;
    while (!rest.empty()) {
      const std::size_t at = rest.find(inside ? "}}" : opening);
      (inside ? *inside : result).append(std::string(rest.substr(0, at)));
      if (at == std::string_view::npos) break;
      if (inside) {
        const std::string subject = load::spelled(*inside);
        result.append(Unknown{fmt::format("{{{{resolve:{}}}}} is filled in at deployment", shown(subject)),
                              Cause::dynamic_reference, subject});
        inside.reset();
        rest.remove_prefix(at + 2);
      } else {
        inside = Text();
        rest.remove_prefix(at + opening.size());
      }
    }
  }
  if (inside) {
    result.append(std::string(opening));
    result += *inside;
  }
  return result;
}

Item Evaluator::placeholder(std::string_view name, const Variables& variables, const Span& span) {
  if (const auto variable = variables.find(std::string(name)); variable != variables.end()) return variable->second;
  const std::size_t dot = name.find('.');
  if (dot == std::string_view::npos) return reference(std::string(name), span);
  return attribute(std::string(name.substr(0, dot)), std::string(name.substr(dot + 1)), span);
}

Item Evaluator::sub(const doc::Node& argument, const Span& span) {
  const doc::Node* text = &argument;
  Variables variables;
  if (argument.kind == doc::Kind::sequence && !argument.items.empty()) {
    text = &argument.items.front();
    if (argument.items.size() > 1) {
      for (const doc::Entry& entry : argument.items[1].entries)
        variables.insert_or_assign(entry.key.text, evaluate(entry.value));
    }
  }
  if (text->kind != doc::Kind::scalar || !is_own_text(*text, "Fn::Sub"))
    return unknown_item("Fn::Sub is not given a text", span);
  // Literals and placeholders in turn.
  std::vector<Item> pieces;
  std::string literal;
  std::string_view rest = text->text;
  for (std::size_t at = rest.find("${"); at != std::string_view::npos; at = rest.find("${")) {
    const std::size_t end = rest.find('}', at);
    if (end == std::string_view::npos) break;
    literal += rest.substr(0, at);
    std::string_view name = rest.substr(at + 2, end - at - 2);
    rest.remove_prefix(end + 1);
    if (name.starts_with('!')) {
      literal += fmt::format("${{{}}}", name.substr(1));
      continue;
    }
    while (!name.empty() && name.front() == ' ') name.remove_prefix(1);
    while (!name.empty() && name.back() == ' ') name.remove_suffix(1);
    pieces.push_back(text_item(literal, span));
    literal.clear();
    pieces.push_back(placeholder(name, variables, span));
  }
  pieces.push_back(text_item(literal + std::string(rest), span));
  return in_every_world(pieces, span, [&](const std::vector<Item>& parts) {
    Item result = text_item({}, span);
    for (const Item& part : parts) append(result, part);
    result.text = without_dynamic_references(result.text);
    return result;
  });
}

std::vector<Item> Evaluator::evaluate_first(const doc::Node& list, std::size_t count) {
  std::vector<Item> all;
  for (std::size_t i = 0; i < count; ++i) all.push_back(evaluate(list.items[i]));
  return all;
}

Item Evaluator::join(const doc::Node& argument, const Span& span) {
  if (argument.kind != doc::Kind::sequence || argument.items.size() != 2)
    return unknown_item("Fn::Join is not given a delimiter and a list", span);
  return in_every_world(evaluate_first(argument, 2), span, [&](const std::vector<Item>& arguments) {
    const Item& list = arguments[1];
    if (!list.is(Kind::list))
      return list.is(Kind::unknown)
                 ? computed(list.unknown.reason, "join", {spelled(arguments[0]), spelled(list)}, span)
                 : unknown_item("Fn::Join is not given a list", span);
    Item result = text_item({}, span);
    for (std::size_t i = 0; i < list.items.size(); ++i) {
      if (i > 0) append(result, arguments[0]);
      append(result, list.items[i]);
    }
    result.text = without_dynamic_references(result.text);
    return result;
  });
}

Item Evaluator::select(const doc::Node& argument, const Span& span) {
  if (argument.kind != doc::Kind::sequence || argument.items.size() != 2)
    return unknown_item("Fn::Select is not given an index and a list", span);
  return in_every_world(evaluate_first(argument, 2), span, [&](const std::vector<Item>& arguments) {
    const Item& list = arguments[1];
    if (list.is(Kind::unknown))
      return computed(list.unknown.reason, "select", {spelled(arguments[0]), spelled(list)}, span);
    const std::string index_text = arguments[0].literal().value_or("");
    std::size_t index = 0;
    const auto [end, fault] = std::from_chars(index_text.data(), index_text.data() + index_text.size(), index);
    if (fault != std::errc() || end != index_text.data() + index_text.size() || !list.is(Kind::list))
      return unknown_item("Fn::Select is not given an index and a list", span);
    if (index >= list.items.size()) return unknown_item(fmt::format("the list has no item {}", index), span);
    return list.items[index];
  });
}

Item Evaluator::split(const doc::Node& argument, const Span& span) {
  if (argument.kind != doc::Kind::sequence || argument.items.size() != 2)
    return unknown_item("Fn::Split is not given a delimiter and a text", span);
  return in_every_world(evaluate_first(argument, 2), span, [&](const std::vector<Item>& arguments) {
    const std::string delimiter = arguments[0].literal().value_or("");
    const Item& text = arguments[1];
    if (!text.is(Kind::text) || delimiter.empty() || !can_be_split(text.text, delimiter))
      return computed("the text to split is not known", "split", {delimiter, spelled(text)}, span);
    std::vector<Item> items;
    for (Text& piece : split_text(text.text, delimiter)) {
      items.push_back(text_item(std::move(piece), span));
      take_origin(items.back(), text);
    }
    return list_item(std::move(items), span);
  });
}

Item Evaluator::find_in_map(const doc::Node& argument, const Span& span) {
  if (argument.kind != doc::Kind::sequence || argument.items.size() < 3)
    return unknown_item("Fn::FindInMap is not given a map and two keys", span);
  std::vector<Item> arguments = evaluate_first(argument, 3);
  const doc::Node* const fallback = argument.items.size() > 3 ? argument.items[3].find("DefaultValue") : nullptr;
  arguments.push_back(fallback == nullptr ? absent_item(span) : evaluate(*fallback));
  return in_every_world(arguments, span, [&](const std::vector<Item>& known) {
    return look_up(known[0], known[1], known[2], known[3], span);
  });
}

Item Evaluator::look_up(const Item& map, const Item& first, const Item& second, const Item& fallback,
                        const Span& span) {
  const std::optional<std::string> names[] = {map.literal(), first.literal(), second.literal()};
  const auto unknown = [&] {
    return computed("a key of Fn::FindInMap is not known", "find", {spelled(map), spelled(first), spelled(second)},
                    span);
  };
  if (!names[0] || !names[2]) return unknown();
  const auto rows = names_.mappings.find(*names[0]);
  if (rows == names_.mappings.end())
    return fallback.is(Kind::absent) ? unknown_item(fmt::format("there is no mapping '{}'", shown(*names[0])), span)
                                     : fallback;
  const doc::Node* found = nullptr;
  if (names[1]) {
    const auto row = rows->second.find(*names[1]);
    found = row == rows->second.end() ? nullptr : row->second->find(*names[2]);
    if (found == nullptr && fallback.is(Kind::absent))
      return unknown_item(
          fmt::format("mapping '{}' has no '{}' of '{}'", shown(*names[0]), shown(*names[2]), shown(*names[1])), span);
    if (found == nullptr) return fallback;
  } else {
    // The same in every row: the row does not matter.
    for (const auto& [key, row] : rows->second) {
      const doc::Node* const value = row->find(*names[2]);
      const bool fits = value != nullptr && value->kind == doc::Kind::scalar;
      if (!fits || (found != nullptr && found->text != value->text)) return unknown();
      found = value;
    }
    if (found == nullptr || !fallback.is(Kind::absent)) return unknown();
  }
  copied_ += found->text.size();
  for (const doc::Node& each : found->items) copied_ += each.text.size();
  Item value = evaluate(*found);
  value.span = span;
  take_origin(value, first);
  take_origin(value, second);
  return value;
}

Item Evaluator::import_value(const doc::Node& argument, const Span& span) {
  Item name = is_own_text(argument, "Fn::ImportValue") ? text_item(argument.text, span)
                                                       : evaluate_argument(argument, "Fn::ImportValue");
  return in_every_world(single(std::move(name)), span, [&](const std::vector<Item>& arguments) {
    const std::string subject = spelled(arguments.front());
    if (names_.neighbours.exported && !subject.empty())
      if (const std::optional<Item> exported = names_.neighbours.exported(subject)) return given_item(*exported, span);
    const std::optional<std::string> literal = arguments.front().literal();
    std::string reason = literal ? fmt::format("Fn::ImportValue of '{}'", shown(*literal))
                                 : std::string("Fn::ImportValue of a name that is not known");
    return unknown_item({std::move(reason), Cause::imported, subject}, span);
  });
}

Item Evaluator::to_json_string(const doc::Node& argument, const Span& span) {
  return in_every_world(single(evaluate_argument(argument, "Fn::ToJsonString")), span,
                        [&](const std::vector<Item>& arguments) {
                          Item result = text_item({}, span);
                          append_json(result.text, arguments.front());
                          return result;
                        });
}

Item Evaluator::length(const doc::Node& argument, const Span& span) {
  return in_every_world(single(evaluate_argument(argument, "Fn::Length")), span,
                        [&](const std::vector<Item>& arguments) {
                          const Item& counted = arguments.front();
                          if (!counted.is(Kind::list))
                            return unknown_item("Fn::Length is given what is not a known list", span);
                          return text_item(std::to_string(counted.items.size()), span);
                        });
}

}  // namespace secretwatch::load
