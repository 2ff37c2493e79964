#include "unit/hcl/evaluate_text.h"

#include <gmock/gmock.h>

namespace secretwatch::hcl::testing {

Resolver::Answer Names::resolve(std::span<const std::string_view> names, const Span& where) {
  const std::string name =
      names.size() > 1 ? std::string(names[0]) + "." + std::string(names[1]) : std::string(names[0]);
  if (names[0] == "var")
    return {Value(Unknown{"variable '" + std::string(names[1]) + "' has no value", name}, where), 2};
  if (names[0] == "local") {
    for (const auto& [local, value] : locals)
      if (local == names[1]) return {value, 2};
  }
  if (names[0].starts_with("aws_")) return {Value(Reference{name, 7, {}}, where), 2};
  return {Value(Unknown{"there is no '" + name + "'", {}, true, where}, where), names.size()};
}

Value evaluate_text(const std::string& expression) {
  Names names;
  return evaluate_text(expression, names);
}

Value evaluate_text(const std::string& expression, Names& names) {
  Bounds bounds;
  return evaluate_text(expression, names, bounds);
}

Value evaluate_text(const std::string& expression, Names& names, Bounds& bounds) {
  Diagnostics out;
  const auto tree = parse_expression(expression, Span{}, {}, out);
  if (!tree) {
    ADD_FAILURE() << "does not parse: " << expression << "\n" << out.all().front().message;
    return {};
  }
  return evaluate(*tree, names, bounds);
}

}  // namespace secretwatch::hcl::testing
