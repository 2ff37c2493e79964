#include "load/evaluator.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "base/text.h"
#include "load/place.h"

namespace secretwatch::load {

using stack::Attribute;
using stack::Cause;
using stack::Pseudo;
using stack::Ref;
using stack::Text;

namespace {

/// What parameters and mappings may add to a template before it is called too large.
constexpr std::size_t copy_budget = 64'000'000;
constexpr std::size_t cost_of_item = 100;

/// More than a stack can hold are not looked through for whom SAM may have made something.
constexpr std::size_t most_sam_resources = 500;

/// Written without quotes, a number in an old or another notation: 0123 is 83 to YAML 1.1 and 123 to YAML 1.2.
bool is_read_differently(const doc::Node& node) {
  const std::string_view text = node.text;
  const std::size_t sign = !text.empty() && (text[0] == '-' || text[0] == '+') ? 1 : 0;
  const std::string_view digits = text.substr(sign);
  const bool octal = digits.size() > 1 && digits[0] == '0' &&
                     std::all_of(digits.begin(), digits.end(), [](char c) { return c >= '0' && c <= '7'; });
  if (octal) return true;
  // A date stands for itself; an old word for a boolean is read as CloudFormation reads it.
  const bool old_number = !digits.empty() && is_digit(digits[0]) && text.find('-', sign) == std::string_view::npos;
  return doc::type_of(node) == doc::ScalarType::ambiguous && old_number;
}

bool is_plain(const doc::Node& node) {
  return node.style == doc::Style::plain && !node.tag.starts_with("tag:yaml.org,2002:str");
}

}  // namespace

std::string function_of_tag(std::string_view tag) {
  if (tag.size() < 2 || tag[0] != '!' || tag[1] == '!') return {};
  const std::string_view name = tag.substr(1);
  if (name == "Ref" || name == "Condition") return std::string(name);
  return name.starts_with("Fn::") ? std::string(name) : "Fn::" + std::string(name);
}

bool is_own_text(const doc::Node& argument, std::string_view function) {
  if (argument.kind != doc::Kind::scalar) return false;
  const std::string inner = function_of_tag(argument.tag);
  return inner.empty() || inner == function;
}

Evaluator::Function Evaluator::find_function(std::string_view name) {
  struct Entry {
    std::string_view name;
    Function function;
  };
  static constexpr Entry functions[] = {
      {"Ref", &Evaluator::ref},
      {"Fn::GetAtt", &Evaluator::get_att},
      {"Fn::Sub", &Evaluator::sub},
      {"Fn::Join", &Evaluator::join},
      {"Fn::Select", &Evaluator::select},
      {"Fn::Split", &Evaluator::split},
      {"Fn::If", &Evaluator::choose},
      {"Fn::FindInMap", &Evaluator::find_in_map},
      {"Fn::ImportValue", &Evaluator::import_value},
      {"Fn::ToJsonString", &Evaluator::to_json_string},
      {"Fn::Length", &Evaluator::length},
  };
  const auto* const found =
      std::find_if(std::begin(functions), std::end(functions), [&](const Entry& entry) { return entry.name == name; });
  return found == std::end(functions) ? nullptr : found->function;
}

Item Evaluator::evaluate(const doc::Node& node) {
  if (const std::string function = function_of_tag(node.tag); !function.empty()) return call(function, node, node.span);
  return untagged(node);
}

Item Evaluator::evaluate_argument(const doc::Node& argument, std::string_view function) {
  return function_of_tag(argument.tag) == function ? untagged(argument) : evaluate(argument);
}

Item Evaluator::untagged(const doc::Node& node) {
  switch (node.kind) {
    case doc::Kind::null:
      return absent_item(node.span);
    case doc::Kind::scalar:
      return scalar(node);
    case doc::Kind::sequence:
      return sequence(node);
    case doc::Kind::mapping:
      return mapping(node);
  }
  return absent_item(node.span);
}

Item Evaluator::call(std::string_view name, const doc::Node& argument, const Span& span) {
  if (const Function function = find_function(name)) return (this->*function)(argument, span);
  return unknown_item(fmt::format("{} is not evaluated", name), span);
}

Item Evaluator::scalar(const doc::Node& node) {
  if (!is_plain(node)) return text_item(without_dynamic_references(node.text), node.span);
  if (is_read_differently(node))
    return unknown_item(fmt::format("'{}' without quotes is not the same number to every reader", node.text),
                        node.span);
  const bool is_word = !node.text.empty() && is_letter(node.text[0]) && node.text.size() <= 5;
  if (const auto boolean = is_word ? boolean_of(node.text) : std::nullopt)
    return text_item(*boolean ? "true" : "false", node.span);
  return text_item(without_dynamic_references(node.text), node.span);
}

Item Evaluator::sequence(const doc::Node& node) {
  std::vector<Item> items;
  items.reserve(node.items.size());
  for (const doc::Node& each : node.items)
    if (Item item = evaluate(each); !item.is(Item::Kind::absent)) items.push_back(std::move(item));
  return list_item(std::move(items), node.span);
}

Item Evaluator::mapping(const doc::Node& node) {
  if (node.entries.size() == 1) {
    const doc::Entry& only = node.entries.front();
    if (only.key.text == "Ref" || only.key.text.starts_with("Fn::")) return call(only.key.text, only.value, node.span);
  }
  Item object;
  object.kind = Item::Kind::object;
  object.span = node.span;
  object.fields.reserve(node.entries.size());
  for (const doc::Entry& entry : node.entries) {
    if (entry.key.text == "Fn::Transform") return unknown_item("Fn::Transform adds to this object", node.span);
    Item value = evaluate(entry.value);
    if (!value.is(Item::Kind::absent)) object.fields.push_back({entry.key.text, entry.key.span, std::move(value)});
  }
  return object;
}

// --- references ---

std::optional<std::string> Evaluator::name_in(const doc::Node& argument, std::string_view function) {
  return is_own_text(argument, function) ? std::optional(argument.text)
                                         : evaluate_argument(argument, function).literal();
}

Item Evaluator::ref(const doc::Node& argument, const Span& span) {
  const std::optional<std::string> name = name_in(argument, "Ref");
  return name ? reference(*name, span) : unknown_item("Ref is not given a name", span);
}

Item Evaluator::get_att(const doc::Node& argument, const Span& span) {
  std::optional<std::string> name;
  std::optional<std::string> written;
  if (argument.kind == doc::Kind::scalar) {
    const std::string text = name_in(argument, "Fn::GetAtt").value_or("");
    const std::size_t dot = text.find('.');
    if (dot != std::string::npos) {
      name = text.substr(0, dot);
      written = text.substr(dot + 1);
    }
  } else if (argument.kind == doc::Kind::sequence && argument.items.size() >= 2) {
    name = evaluate(argument.items[0]).literal();
    written = evaluate(argument.items[1]).literal();
    for (std::size_t i = 2; i < argument.items.size() && written; ++i) {  // !GetAtt [Stack, Outputs, Name]
      const std::optional<std::string> more = evaluate(argument.items[i]).literal();
      written = more ? std::optional(*written + "." + *more) : std::nullopt;
    }
  }
  if (!name || !written) return unknown_item("Fn::GetAtt is not given a resource and an attribute", span);
  return attribute(*name, *written, span);
}

Item Evaluator::reference(const std::string& name, const Span& span) {
  if (const auto parameter_found = names_.parameters.find(name); parameter_found != names_.parameters.end())
    return parameter(parameter_found->second, span);
  if (const auto resource = names_.resources.find(name); resource != names_.resources.end()) {
    const stack::Body& body = stack_[resource->second].body;
    return text_item(Text{Ref{resource->second, attribute_of_ref(body)}}, span);
  }
  if (std::optional<Item> pseudo = pseudo_parameter(name, span)) return *std::move(pseudo);
  return nothing(name, span);
}

Item Evaluator::attribute(const std::string& name, const std::string& written, const Span& span) {
  const auto resource = names_.resources.find(name);
  if (resource == names_.resources.end()) return nothing(name, span);
  constexpr std::string_view outputs = "Outputs.";
  if (names_.neighbours.output_of && written.starts_with(outputs) &&
      std::holds_alternative<stack::NestedStack>(stack_[resource->second].body)) {
    const std::optional<Item> output = names_.neighbours.output_of(resource->second, written.substr(outputs.size()));
    if (output) return given_item(*output, span);
  }
  const stack::Body& body = stack_[resource->second].body;
  Ref ref{resource->second, attribute_of_get_att(body, written)};
  if (ref.attribute == Attribute::other) ref.written = written;
  // Of a log group alone, the ARN ends in `:*`.
  if (std::holds_alternative<stack::LogGroup>(body) && ref.attribute == Attribute::arn)
    return text_item(Text{std::move(ref), ":*"}, span);
  return text_item(Text{std::move(ref)}, span);
}

Item Evaluator::nothing(const std::string& name, const Span& span) {
  if (names_.left_out.contains(name))
    return unknown_item({fmt::format("'{}' is not there under its condition", name), Cause::nothing_there, name}, span);
  if (names_.sam && names_.resources.size() <= most_sam_resources) {
    const bool made_by_sam = std::any_of(names_.resources.begin(), names_.resources.end(), [&](const auto& resource) {
      return name.size() > resource.first.size() && name.starts_with(resource.first);
    });
    if (made_by_sam || name.starts_with("Serverless"))
      return unknown_item({fmt::format("'{}' is made by the SAM transform", name), Cause::computed, name}, span);
  }
  miss(name);
  return unknown_item({fmt::format("nothing here is called '{}'", shown(name)), Cause::nothing_there, name}, span);
}

void Evaluator::miss(const std::string& name) {
  if (missing_.size() <= most_slips) missing_.insert(name);
}

Item Evaluator::parameter(const ParameterState& state, const Span& span) {
  const bool may_be_shown = !state.is_secret || reveals_secrets_;
  const std::string& name = stack_[state.id].name;
  if (state.value && may_be_shown) copied_ += state.value->size();
  if (copied_ > copy_budget) return unknown_item("the template's parameters unfold to too much text", span);
  if (state.item && may_be_shown) return given_item(*state.item, span);
  if (!state.value || !may_be_shown) {
    if (state.is_list)
      return unknown_item({fmt::format("parameter '{}' has no known value", name), Cause::parameter, name}, span);
    Item item = text_item(Text{state.id}, span);
    item.unknown = {fmt::format("parameter '{}' has no known value", name), Cause::parameter, name};
    return item;
  }
  const auto known = [&](std::string_view value) {
    Item item = text_item(without_dynamic_references(value), span);
    item.origin = state.origin;
    item.parameter = state.id;
    return item;
  };
  if (!state.is_list) return known(*state.value);
  std::vector<Item> items;
  copied_ += cost_of_item * static_cast<std::size_t>(std::count(state.value->begin(), state.value->end(), ','));
  std::string_view rest = *state.value;
  while (!rest.empty()) {
    const std::size_t comma = std::min(rest.find(','), rest.size());
    std::string_view one = rest.substr(0, comma);
    while (!one.empty() && one.front() == ' ') one.remove_prefix(1);
    while (!one.empty() && one.back() == ' ') one.remove_suffix(1);
    items.push_back(known(one));
    rest.remove_prefix(std::min(comma + 1, rest.size()));
  }
  return list_item(std::move(items), span);
}

Item Evaluator::given_item(const Item& given, const Span& span) {
  for (const stack::Part& part : given.text.parts())
    if (const auto* const literal = std::get_if<std::string>(&part)) copied_ += literal->size();
  copied_ += cost_of_item;
  if (copied_ > copy_budget) return unknown_item("the template's parameters unfold to too much text", span);
  Item item = given;
  item.span = span;
  for (Item& each : item.items) each = given_item(each, span);
  return item;
}

/// Among other templates, a parameter that only the deployment knows: no two stacks have the same name.
stack::Part Evaluator::own(Pseudo pseudo, std::string_view name) {
  if (!names_.is_joined) return pseudo;
  const auto [known, is_new] = own_.emplace(name, stack::ParameterId{});
  if (is_new) known->second = stack_.add(stack::Parameter{.name = std::string(name)});
  return known->second;
}

std::optional<Item> Evaluator::pseudo_parameter(std::string_view name, const Span& span) {
  if (!name.starts_with("AWS::")) return std::nullopt;
  const auto given = [&](std::string_view value) {
    Item item = text_item(value, span);
    item.origin = stack::Origin::given;
    return item;
  };
  if (name == "AWS::NoValue") return absent_item(span);
  const Place place{names_.region, names_.account};
  const auto known = [&](const Text& value) {
    return value.literal() ? given(*value.literal()) : text_item(value, span);
  };
  if (name == "AWS::AccountId") return known(account_of(place));
  if (name == "AWS::Region") return known(region_of(place));
  if (name == "AWS::Partition") return known(partition_of(place));
  if (name == "AWS::URLSuffix") return known(url_suffix_of(place));
  if (name == "AWS::StackName") return text_item(Text{own(Pseudo::stack_name, "AWS::StackName")}, span);
  if (name == "AWS::StackId") return text_item(Text{own(Pseudo::stack_id, "AWS::StackId")}, span);
  if (name == "AWS::NotificationARNs") return unknown_item("AWS::NotificationARNs is given at deployment", span);
  return std::nullopt;
}

stack::Attribute attribute_of_ref(const stack::Body& body) {
  if (std::holds_alternative<stack::Topic>(body) || std::holds_alternative<stack::Secret>(body) ||
      std::holds_alternative<stack::Subscription>(body))
    return Attribute::arn;
  if (std::holds_alternative<stack::Key>(body) || std::holds_alternative<stack::Queue>(body)) return Attribute::id;
  return Attribute::name;
}

stack::Attribute attribute_of_get_att(const stack::Body& body, std::string_view written) {
  if (written == "Arn") return Attribute::arn;
  if (std::holds_alternative<stack::Topic>(body)) {
    if (written == "TopicArn") return Attribute::arn;
    if (written == "TopicName") return Attribute::name;
  }
  if (std::holds_alternative<stack::Secret>(body) && written == "Id") return Attribute::arn;
  if (std::holds_alternative<stack::Key>(body) && written == "KeyId") return Attribute::id;
  if (std::holds_alternative<stack::Queue>(body)) {
    if (written == "QueueName") return Attribute::name;
    if (written == "QueueUrl") return Attribute::id;
  }
  return Attribute::other;
}

}  // namespace secretwatch::load
