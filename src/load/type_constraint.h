#pragma once
/// Type constraint: what a variable may hold, and how what is given becomes that.
///
///     variable "alarms" {
///       type = map(object({ threshold = number, period = optional(number, 300) }))
///     }
///
///     convert({a = {threshold = "1"}}, type)   // {a = {threshold = 1, period = 300}}, a map
///
/// Conversions are Terraform's, three-valued: what is not known stays so, what does not fit is a fault. Source:
/// Terraform language, "Type Constraints"; hashicorp/hcl, ext/typeexpr.
#include <string>
#include <utility>
#include <vector>

#include "hcl/syntax.h"
#include "hcl/value.h"

namespace secretwatch::load {

struct TypeConstraint {
  enum class Kind { any, string, number, boolean, list, set, map, object, tuple };
  struct Attribute {
    std::string name;
    bool is_optional = false;
    const hcl::Expression* standard = nullptr;  // the default of optional(type, default)
  };
  Kind kind = Kind::any;
  std::vector<TypeConstraint> inner{};  // of its items, or of each of its attributes
  std::vector<Attribute> attributes{};  // of an object

  /// Terraform takes a value on the command line literally when its variable is of such a type.
  bool is_simple() const { return kind == Kind::string || kind == Kind::number || kind == Kind::boolean; }
};

/// Of an expression that is no type, `any`. The expression must outlive it.
TypeConstraint type_of(const hcl::Expression& expression);

hcl::Value convert(const hcl::Value& value, const TypeConstraint& type, const Span& at);

/// An expression without names: a default, a value in a file of variables.
hcl::Value evaluate_literal(const hcl::Expression& expression);

}  // namespace secretwatch::load
