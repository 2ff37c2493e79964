#include "pattern/shape.h"

#include <algorithm>
#include <optional>
#include <utility>

#include <fmt/format.h>

#include "pattern/cursor.h"

namespace secretwatch::pattern {
namespace {

constexpr std::uint64_t longest_array = 64;

bool may_be(const Shape& shape, Form form) {
  return (shape.forms & only(form)) != 0;
}

/// Nothing in the shape asks for the value to be there.
bool may_be_missing(const Shape& shape) {
  const auto member_may = [](const auto& entry) { return may_be_missing(entry.second); };
  return may_be(shape, Form::missing) && shape.some.empty() &&
         std::all_of(shape.members.begin(), shape.members.end(), member_may) &&
         std::all_of(shape.elements.begin(), shape.elements.end(), member_may);
}

/// The value has nothing below it.
bool may_be_leaf(const Shape& shape) {
  const auto below_may = [](const auto& entry) { return may_be_missing(entry.second); };
  return shape.some.empty() && std::all_of(shape.members.begin(), shape.members.end(), below_may) &&
         std::all_of(shape.elements.begin(), shape.elements.end(), below_may);
}

void collect_reasons(const Shape& shape, std::vector<std::uint32_t>& reasons) {
  reasons.insert(reasons.end(), shape.reasons.begin(), shape.reasons.end());
  for (const auto& [name, member] : shape.members) collect_reasons(member, reasons);
  for (const auto& [position, element] : shape.elements) collect_reasons(element, reasons);
  for (const Shape& some : shape.some) collect_reasons(some, reasons);
  for (const Shape& every : shape.every) collect_reasons(every, reasons);
}

std::vector<std::uint32_t> reasons_of(const Shape& shape) {
  std::vector<std::uint32_t> reasons;
  collect_reasons(shape, reasons);
  return reasons;
}

std::string json_string(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\')
      out += {'\\', c};
    else if (static_cast<unsigned char>(c) < 0x20)
      out += fmt::format("\\u{:04x}", static_cast<unsigned>(c));
    else
      out += c;
  }
  return out + '"';
}

/// A value that has the shape. Empty text: it is missing.
struct Value {
  Search result = Search::none;
  std::string text{};
};

Value worse(const Value& a, const Value& b) {
  return a.result == Search::not_decided ? a : b;
}

class Builder {
 public:
  explicit Builder(Budget& budget) : budget_(budget) {}

  /// In the order of what reads best as an example.
  Value build(const Shape& shape) {
    if (!budget_.spend(4 + 4 * shape.members.size())) return {Search::not_decided, {}};
    if (may_be_missing(shape)) return {Search::found, ""};
    Value value = build_scalar(shape);
    if (value.result != Search::found && may_be(shape, Form::object)) value = better(value, build_object(shape));
    if (value.result != Search::found && may_be(shape, Form::array)) value = better(value, build_array(shape));
    return value;
  }

  Value build_object(const Shape& shape) {
    for (const auto& [position, element] : shape.elements)
      if (!may_be_missing(element)) return {};
    std::string text;
    Value all{Search::found, {}};
    const auto add = [&](const std::string& name, const Value& value) {
      if (value.result != Search::found) all = worse(all, value);
      if (!value.text.empty()) text += (text.empty() ? "" : ",") + json_string(name) + ":" + value.text;
      return value.result != Search::none;
    };
    for (const auto& [name, member] : shape.members)
      if (!add(name, build(with_every(shape, member)))) return {};
    std::size_t number = 0;
    for (const Shape& some : shape.some)
      if (!add(free_name(shape, number), build(present(with_every(shape, some))))) return {};
    if (all.result == Search::found) all.text = "{" + text + "}";
    return all;
  }

 private:
  static Value better(const Value& a, const Value& b) { return b.result == Search::none ? a : b; }

  Value build_scalar(const Shape& shape) {
    if (!may_be_leaf(shape)) return {};
    Value value;
    if (may_be(shape, Form::string)) {
      const FoundText string = find_string(shape.wishes, budget_);
      if (string.result == Search::found) return {Search::found, json_string(string.text)};
      value.result = string.result;
    }
    // A comparison that holds has left no other forms than those of strings and numbers.
    if (may_be(shape, Form::null)) return {Search::found, "null"};
    if (may_be(shape, Form::true_value)) return {Search::found, "true"};
    if (may_be(shape, Form::false_value)) return {Search::found, "false"};
    if (may_be(shape, Form::number)) {
      const FoundText number = find_number(shape.wishes, budget_);
      value = better(value, {number.result, number.text});
    }
    return value;
  }

  Value build_array(const Shape& given) {
    Shape shape = given;
    if (shape.array_holds_null) {
      Shape null;
      null.forms = only(Form::null);
      shape.some.push_back(null);
    }
    if (shape.array_holds_no_null) {
      Shape no_null;
      no_null.forms = but(Form::null);
      if (shape.every.empty()) shape.every.emplace_back();
      merge(shape.every.front(), no_null);
    }
    for (const auto& [name, member] : shape.members)
      if (!may_be_missing(member)) return {};
    for (const Shape& some : shape.some)
      if (build(present(with_every(shape, some))).result == Search::none) return {};
    std::uint64_t length = 0;
    for (const auto& [position, element] : shape.elements)
      if (!may_be_missing(element)) length = position + 1;
    if (length > longest_array) return {Search::not_decided, {}};

    std::string text;
    for (std::uint64_t i = 0; i < length; ++i) {
      Value element = build(element_of(shape, i));
      if (element.result != Search::found) return element;
      text += (i == 0 ? "" : ",") + element.text;
    }
    // One more element each. If they do not fit at the end, they might fit elsewhere.
    for (const Shape& some : shape.some) {
      Shape wanted = element_of(shape, length);
      merge(wanted, some);
      const Value element = build(wanted);
      if (element.result != Search::found) return {Search::not_decided, {}};
      text += (length == 0 ? "" : ",") + element.text;
      ++length;
    }
    return {Search::found, "[" + text + "]"};
  }

  static Shape element_of(const Shape& array, std::uint64_t position) {
    const auto element = array.elements.find(position);
    return present(with_every(array, element == array.elements.end() ? Shape() : element->second));
  }

  static Shape with_every(const Shape& container, const Shape& child) {
    Shape both = child;
    for (const Shape& every : container.every) merge(both, every);
    return both;
  }

  static Shape present(Shape shape) {
    shape.forms &= but(Form::missing);
    return shape;
  }

  static std::string free_name(const Shape& object, std::size_t& number) {
    std::string name;
    do {
      name = "other" + (number == 0 ? std::string() : std::to_string(number));
      ++number;
    } while (object.members.contains(name));
    return name;
  }

  Budget& budget_;
};

/// How a delimited message writes a token, so that it is read back as one.
std::string spelled_field(const std::string& token) {
  const bool has_blank = std::any_of(token.begin(), token.end(), is_blank);
  if (!has_blank && !token.empty() && token.front() != '"' && token.front() != '[') return token;
  return token.find('"') == std::string::npos ? '"' + token + '"' : '[' + token + ']';
}

}  // namespace

void merge(Shape& into, const Shape& from) {
  into.forms &= from.forms;
  into.wishes.insert(into.wishes.end(), from.wishes.begin(), from.wishes.end());
  into.array_holds_null = into.array_holds_null || from.array_holds_null;
  into.array_holds_no_null = into.array_holds_no_null || from.array_holds_no_null;
  for (const auto& [name, member] : from.members) merge(into.members[name], member);
  for (const auto& [position, element] : from.elements) merge(into.elements[position], element);
  into.some.insert(into.some.end(), from.some.begin(), from.some.end());
  if (into.every.empty())
    into.every = from.every;
  else
    for (const Shape& every : from.every) merge(into.every.front(), every);
  into.reasons.insert(into.reasons.end(), from.reasons.begin(), from.reasons.end());
}

FoundMessage find_json(const Shape& root, Budget& budget) {
  Builder builder(budget);
  const Value value = may_be(root, Form::object) ? builder.build_object(root) : Value{};
  if (value.result != Search::none) return {value.result, value.text, {}};
  // One member is enough to fail; what the others ask for has nothing to do with it.
  for (const auto& [name, member] : root.members) {
    Shape alone;
    alone.members[name] = member;
    alone.every = root.every;
    if (builder.build_object(alone).result == Search::none) return {Search::none, {}, reasons_of(alone)};
  }
  return {Search::none, {}, reasons_of(root)};
}

FoundMessage find_text_message(const Shape& root, Budget& budget) {
  const FoundText text = find_string(root.wishes, budget);
  if (text.result == Search::none) return {Search::none, {}, reasons_of(root)};
  return {text.result, text.text, {}};
}

FoundMessage find_delimited(const Shape& root, std::size_t fields, Budget& budget) {
  FoundMessage message{Search::found, {}, {}};
  for (std::size_t i = 0; i < fields; ++i) {
    const auto field = root.members.find(std::to_string(i));
    FoundText token{Search::found, "x"};
    if (field != root.members.end()) token = find_field(field->second.wishes, budget);
    if (token.result == Search::none) return {Search::none, {}, reasons_of(field->second)};
    if (token.result == Search::not_decided) message.result = Search::not_decided;
    message.text += (i == 0 ? "" : " ") + spelled_field(token.text);
  }
  return message;
}

}  // namespace secretwatch::pattern
