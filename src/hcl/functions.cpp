#include "hcl/functions.h"

#include <algorithm>
#include <array>
#include <unordered_map>

#include "hcl/operators.h"

namespace secretwatch::hcl {
namespace {

using Table = std::unordered_map<std::string_view, const Function*>;

Table make_table() {
  Table table;
  for (const std::vector<Function>* functions :
       {&text_functions, &format_functions, &collection_functions, &set_functions, &map_functions, &number_functions,
        &encoding_functions, &type_functions, &network_functions, &hash_functions})
    for (const Function& function : *functions) table.emplace(function.name, &function);
  return table;
}

constexpr std::array<std::pair<std::string_view, std::string_view>, 39> left_out{{
    {"dirname", "is not worked out"},
    {"file", "reads a file"},
    {"filebase64", "reads a file"},
    {"filebase64sha256", "reads a file"},
    {"filebase64sha512", "reads a file"},
    {"fileexists", "reads a file"},
    {"filemd5", "reads a file"},
    {"fileset", "reads a folder"},
    {"filesha1", "reads a file"},
    {"filesha256", "reads a file"},
    {"filesha512", "reads a file"},
    {"templatefile", "reads a file"},
    {"templatestring", "evaluates a template that is a value"},
    {"abspath", "depends on where Terraform runs"},
    {"pathexpand", "depends on where Terraform runs"},
    {"timestamp", "depends on the time"},
    {"plantimestamp", "depends on the time"},
    {"formatdate", "is not worked out"},
    {"timeadd", "is not worked out"},
    {"timecmp", "is not worked out"},
    {"uuid", "is random"},
    {"uuidv5", "is not worked out"},
    {"bcrypt", "is random"},
    {"rsadecrypt", "decrypts"},
    {"yamldecode", "is not worked out"},
    {"yamlencode", "is not worked out"},
    {"base64gzip", "is not worked out"},
    {"textdecodebase64", "is not worked out"},
    {"textencodebase64", "is not worked out"},
    {"base64sha512", "is not worked out"},
    {"sha512", "is not worked out"},
    {"ephemeralasnull", "is not worked out"},
    {"encode_tfvars", "is not worked out"},
    {"decode_tfvars", "is not worked out"},
    {"encode_expr", "is not worked out"},
    {"terraform::applying", "is not worked out"},
    {"core::file", "reads a file"},
    {"core::templatefile", "reads a file"},
    {"core::timestamp", "depends on the time"},
}};

}  // namespace

const Function* find_function(std::string_view name) {
  static const Table table = make_table();
  if (name.substr(0, 6) == "core::") name.remove_prefix(6);
  const auto found = table.find(name);
  return found == table.end() ? nullptr : found->second;
}

std::string_view why_not_worked_out(std::string_view name) {
  if (name.substr(0, 10) == "provider::") return "belongs to a provider";
  for (const auto& [left, why] : left_out)
    if (left == name) return why;
  return {};
}

namespace {

/// `substr(terraform.workspace, 5, 4)`: what the call of a function is, of which some argument is not known. Empty: an
/// argument has no name, or all are too long a name.
std::string term_of_call(std::string_view name, const std::vector<Value>& arguments) {
  constexpr std::size_t longest = 300;
  const auto is_known = [](const Value& each) { return !each.has_unknown() && each.reference() == nullptr; };
  if (std::all_of(arguments.begin(), arguments.end(), is_known)) return {};
  std::string term = std::string(name) + "(";
  for (const Value& argument : arguments) {
    const std::string one = term_of(argument);
    if (one.empty() || one.size() > longest || argument.has_choice()) return {};
    term += (term.back() == '(' ? "" : ", ") + one;
  }
  return term.size() > longest ? std::string() : term + ")";
}

/// Of one name, when it is not known and has none.
Value named(Value value, std::string term) {
  if (value.unknown() == nullptr || value.unknown()->is_fault || !value.unknown()->term.empty()) return value;
  Unknown why = *value.unknown();
  why.term = std::move(term);
  return Value(std::move(why), value.span);
}

}  // namespace

Value call_function(const Function& function, std::vector<Value> arguments, const Span& at, Bounds& bounds) {
  if (arguments.size() < function.least || arguments.size() > function.most)
    return fault(at, "{} does not take {} arguments", function.name, arguments.size());
  std::size_t size = 0;
  for (const Value& argument : arguments) size += argument.size();
  if (!bounds.spend(size)) return beyond(at, "working it out takes too many steps");
  return for_each_world(std::move(arguments), function.looks_inside, at, [&](std::vector<Value>& values) {
    for (const Value& value : values)
      if (value.has_fault())
        return Value(why_unknown(value).is_fault ? why_unknown(value) : Unknown{"it holds a fault", {}, true, at}, at);
    std::string term = term_of_call(function.name, values);
    if (!function.is_lenient)
      for (const Value& value : values)
        if (value.unknown() != nullptr) return Value(Unknown{value.unknown()->reason, std::move(term), false, at}, at);
    Arguments call(function.name, at, bounds, std::move(values));
    return named(limited(function.work(call)), std::move(term));
  });
}

Unknown Arguments::why(const Value& value) const {
  Unknown result = why_unknown(value);
  result.term.clear();
  result.where = at;
  return result;
}

std::optional<std::string> Arguments::text(std::size_t i) {
  const Value value = to_text(values[i], at);
  if (auto literal = value.literal()) return literal;
  return fail(value.is_null() ? refuse("a string is needed, not null") : not_known(value));
}

std::optional<Number> Arguments::number(std::size_t i) {
  const Value value = to_number(values[i], at);
  if (value.number() != nullptr) return *value.number();
  return fail(value.is_null() ? refuse("a number is needed, not null") : not_known(value));
}

std::optional<std::int64_t> Arguments::integer(std::size_t i) {
  const auto whole = number(i);
  if (!whole) return std::nullopt;
  if (const auto integer = whole->integer()) return integer;
  return fail(refuse("{} is not a whole number", whole->print().substr(0, 40)));
}

std::optional<bool> Arguments::boolean(std::size_t i) {
  const Value value = to_boolean(values[i], at);
  if (value.boolean() != nullptr) return *value.boolean();
  return fail(value.is_null() ? refuse("a bool is needed, not null") : not_known(value));
}

const Value* Arguments::container(std::size_t i, bool wants_mapping, bool open) {
  const Value& value = values[i];
  const bool fits = wants_mapping ? value.mapping() != nullptr : value.sequence() != nullptr;
  if (!fits) {
    if (value.unknown() != nullptr || value.reference() != nullptr)
      fail(not_known(value));
    else
      fail(refuse("{} is needed, not {}", wants_mapping ? "a map" : "a list", kind_of(value)));
    return nullptr;
  }
  const auto& rest = wants_mapping ? value.mapping()->rest : value.sequence()->rest;
  if (!open && rest != nullptr) {
    fail(not_known(Value(*rest)));
    return nullptr;
  }
  return &value;
}

const Sequence* Arguments::sequence(std::size_t i) {
  const Value* value = container(i, false, false);
  return value == nullptr ? nullptr : value->sequence();
}
const Sequence* Arguments::open_sequence(std::size_t i) {
  const Value* value = container(i, false, true);
  return value == nullptr ? nullptr : value->sequence();
}
const Mapping* Arguments::mapping(std::size_t i) {
  const Value* value = container(i, true, false);
  return value == nullptr ? nullptr : value->mapping();
}
const Mapping* Arguments::open_mapping(std::size_t i) {
  const Value* value = container(i, true, true);
  return value == nullptr ? nullptr : value->mapping();
}

std::optional<std::vector<std::string>> Arguments::texts(std::size_t i) {
  const Sequence* list = sequence(i);
  if (list == nullptr) return std::nullopt;
  std::vector<std::string> result;
  for (const Value& item : list->items) {
    const Value text = to_text(item, at);
    const auto literal = text.literal();
    if (!literal) return fail(item.is_null() ? refuse("an item is null") : not_known(text));
    result.push_back(*literal);
  }
  return result;
}

}  // namespace secretwatch::hcl
