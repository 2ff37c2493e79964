#include "load/type_constraint.h"

#include <algorithm>

#include "hcl/convert.h"
#include "hcl/evaluate.h"
#include "load/module_files.h"

namespace secretwatch::load {
namespace {

using Kind = TypeConstraint::Kind;
using hcl::Value;

class NoNames : public hcl::Resolver {
 public:
  Answer resolve(std::span<const std::string_view> names, const Span& where) override {
    return {hcl::fault(where, "a name such as '{}' has no meaning here", names.front()), names.size()};
  }
};

Kind kind_named(std::string_view name) {
  static constexpr std::pair<std::string_view, Kind> kinds[] = {
      {"string", Kind::string}, {"number", Kind::number}, {"bool", Kind::boolean},  {"list", Kind::list},
      {"set", Kind::set},       {"map", Kind::map},       {"object", Kind::object}, {"tuple", Kind::tuple}};
  for (const auto& [known, kind] : kinds)
    if (known == name) return kind;
  return Kind::any;
}

void read_attributes(const hcl::Object& object, TypeConstraint& type) {
  for (const hcl::ObjectEntry& entry : object.entries) {
    TypeConstraint::Attribute attribute;
    attribute.name = entry.key == nullptr ? entry.name : literal_of(*entry.key).value_or("");
    const hcl::Expression* of = &entry.value;
    if (const auto* const call = std::get_if<hcl::Call>(&of->body);
        call != nullptr && call->name == "optional" && !call->arguments.empty()) {
      attribute.is_optional = true;
      if (call->arguments.size() > 1) attribute.standard = &call->arguments[1];
      of = &call->arguments[0];
    }
    type.inner.push_back(type_of(*of));
    type.attributes.push_back(std::move(attribute));
  }
}

/// Defaults can make a large value of a small one.
class Size {
 public:
  bool exceeds(const Value& next) {
    total_ += next.size();
    return total_ > hcl::greatest_size;
  }
  static Value too_large(const Span& at) { return hcl::beyond(at, "the value is too large to be worked out"); }

 private:
  std::size_t total_ = 0;
};

Value convert_items(const Value& value, const TypeConstraint& type, const Span& at) {
  const auto kind = type.kind == Kind::set ? hcl::Sequence::Kind::set : hcl::Sequence::Kind::list;
  const hcl::Sequence* const given = value.sequence();
  if (given == nullptr) return hcl::to_sequence(value, kind, at);
  if (type.inner.empty() || type.inner.front().kind == Kind::any) return hcl::to_sequence(value, kind, at);
  std::vector<Value> items;
  items.reserve(given->items.size());
  Size size;
  for (const Value& item : given->items) {
    items.push_back(convert(item, type.inner.front(), at));
    if (size.exceeds(items.back())) return size.too_large(at);
  }
  if (kind == hcl::Sequence::Kind::set) return hcl::make_set(std::move(items), given->rest, value.span);
  return hcl::limited(Value(hcl::Sequence{kind, std::move(items), given->rest}, value.span));
}

Value convert_map(const Value& value, const TypeConstraint& type, const Span& at) {
  const hcl::Mapping* const given = value.mapping();
  if (given == nullptr || type.inner.empty() || type.inner.front().kind == Kind::any) return hcl::to_map(value, at);
  hcl::Mapping result{hcl::Mapping::Kind::map, {}, given->rest};
  Size size;
  for (const auto& [key, item] : given->entries) {
    result.entries.emplace_back(key, convert(item, type.inner.front(), at));
    if (size.exceeds(result.entries.back().second)) return size.too_large(at);
  }
  return hcl::limited(Value(std::move(result), value.span));
}

Value attribute_of_object(const hcl::Mapping& given, const TypeConstraint& type, std::size_t i, const Span& at) {
  const TypeConstraint::Attribute& attribute = type.attributes[i];
  const Value* const found = given.find(attribute.name);
  if (found != nullptr && !(found->is_null() && attribute.standard != nullptr))
    return convert(*found, type.inner[i], at);
  if (found == nullptr && given.rest != nullptr) return Value(*given.rest, at);
  if (attribute.standard != nullptr) return convert(evaluate_literal(*attribute.standard), type.inner[i], at);
  if (attribute.is_optional) return {};
  return hcl::fault(at, "attribute '{}' is missing", attribute.name);
}

Value convert_object(const Value& value, const TypeConstraint& type, const Span& at) {
  const hcl::Mapping* const given = value.mapping();
  if (given == nullptr) return hcl::fault(at, "an object is needed here, not {}", hcl::kind_of(value));
  hcl::Mapping result;
  for (std::size_t i = 0; i < type.attributes.size(); ++i) {
    Value attribute = attribute_of_object(*given, type, i, at);
    if (attribute.unknown() != nullptr && attribute.has_fault()) return attribute;
    result.entries.emplace_back(type.attributes[i].name, std::move(attribute));
  }
  std::sort(result.entries.begin(), result.entries.end(),
            [](const auto& a, const auto& b) { return a.first < b.first; });
  return hcl::limited(Value(std::move(result), value.span));
}

Value convert_tuple(const Value& value, const TypeConstraint& type, const Span& at) {
  const hcl::Sequence* const given = value.sequence();
  if (given == nullptr) return hcl::fault(at, "a tuple is needed here, not {}", hcl::kind_of(value));
  if (given->rest != nullptr) return Value(*given->rest, at);
  if (given->items.size() != type.inner.size())
    return hcl::fault(at, "a tuple of {} items is needed here, not of {}", type.inner.size(), given->items.size());
  hcl::Sequence result;
  for (std::size_t i = 0; i < type.inner.size(); ++i)
    result.items.push_back(convert(given->items[i], type.inner[i], at));
  return Value(std::move(result), value.span);
}

}  // namespace

TypeConstraint type_of(const hcl::Expression& expression) {
  TypeConstraint type;
  if (const auto* const variable = std::get_if<hcl::Variable>(&expression.body)) {
    type.kind = kind_named(variable->name);
  } else if (const auto text = literal_of(expression)) {
    type.kind = kind_named(*text);  // as before Terraform 0.12
  } else if (const auto* const call = std::get_if<hcl::Call>(&expression.body);
             call != nullptr && call->arguments.size() == 1) {
    const hcl::Expression& argument = call->arguments.front();
    const Kind kind = kind_named(call->name);
    if (const auto* const object = std::get_if<hcl::Object>(&argument.body);
        object != nullptr && kind == Kind::object) {
      type.kind = kind;
      read_attributes(*object, type);
    } else if (const auto* const tuple = std::get_if<hcl::Tuple>(&argument.body);
               tuple != nullptr && kind == Kind::tuple) {
      type.kind = kind;
      for (const hcl::Expression& item : tuple->items) type.inner.push_back(type_of(item));
    } else if (kind == Kind::list || kind == Kind::set || kind == Kind::map) {
      type.kind = kind;
      type.inner.push_back(type_of(argument));
    }
  }
  return type;
}

Value convert(const Value& value, const TypeConstraint& type, const Span& at) {
  if (value.is_null() || value.unknown() != nullptr || value.reference() != nullptr) return value;
  if (value.choice() != nullptr)
    return hcl::for_each_world(value, [&](const Value& one) { return convert(one, type, at); });
  switch (type.kind) {
    case Kind::any:
      return value;
    case Kind::string:
      return hcl::to_text(value, at);
    case Kind::number:
      return hcl::to_number(value, at);
    case Kind::boolean:
      return hcl::to_boolean(value, at);
    case Kind::list:
    case Kind::set:
      return convert_items(value, type, at);
    case Kind::map:
      return convert_map(value, type, at);
    case Kind::object:
      return convert_object(value, type, at);
    case Kind::tuple:
      return convert_tuple(value, type, at);
  }
  return value;
}

Value evaluate_literal(const hcl::Expression& expression) {
  NoNames names;
  hcl::Bounds bounds;
  return hcl::evaluate(expression, names, bounds);
}

}  // namespace secretwatch::load
