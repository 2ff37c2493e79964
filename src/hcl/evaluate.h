#pragma once
/// Evaluate: an expression's value, as far as it can be known.
///
///     class Names : public hcl::Resolver { Answer resolve(names, where) override { … } };
///     hcl::Bounds bounds;
///     const hcl::Value value = hcl::evaluate(attribute.value, names, bounds);
///     value.literal();                        // "prod-alerts"
///     hcl::evaluate(…).text()->parts;         // reference, "/*"
///
/// Semantics of Terraform 1.11, where a value that is not known takes nothing down that does not depend on it: a
/// template keeps its other parts, an object its other keys, a conditional both branches (a choice, carried through
/// functions and templates, up to 64 worlds). What Terraform refuses is Unknown with `is_fault`, so that `try` and
/// `can` are right. Assumed: an attribute of a resource is neither null nor empty. Bounded: by the steps and the depth
/// of Bounds, which the caller shares among all evaluations of a run; past them a value is Unknown. Nothing is read
/// from disk, no clock, no environment: such functions are Unknown. Not here: what names mean (the resolver), count,
/// for_each and dynamic (load/).
#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/source.h"
#include "hcl/syntax.h"
#include "hcl/value.h"

namespace secretwatch::hcl {

class Resolver {
 public:
  virtual ~Resolver() = default;

  struct Answer {
    Value value;
    std::size_t used = 1;  // how many of the names it took; what is left is applied to the value
  };
  /// `names` is the first name and the attributes that follow it without an index between: var.x.y -> "var", "x", "y".
  ///     var.x                  the value of the variable, used 2; Unknown{…, "var.x"} when it has none
  ///     aws_sns_topic.t.arn    Reference{"aws_sns_topic.t"}, used 2: the evaluator adds ".arn"; a tuple or an object
  ///     of
  ///                            references where the resource has a count or a for_each that is known
  ///     each.key, path.module  the same way; a name that does not exist: Unknown with is_fault
  virtual Answer resolve(std::span<const std::string_view> names, const Span& where) = 0;
};

/// What a run may cost.
struct Bounds {
  std::size_t steps = 2'000'000;
  std::size_t depth = 600;  // of evaluations within each other, through the resolver too

  /// False when they are used up.
  bool spend(std::size_t count) {
    steps = count < steps ? steps - count : 0;
    return steps > 0;
  }
};

/// Names that are known besides those of the resolver, such as the iterator of a `dynamic` block; the last one counts.
using Scope = std::vector<std::pair<std::string, Value>>;

Value evaluate(const Expression& expression, Resolver& resolver, Bounds& bounds, const Scope& scope = {});

/// The value's attribute or element, as `.name` and `[key]` give it.
Value attribute_of(const Value& value, std::string_view name, const Span& at);
Value element_of(const Value& value, const Value& key, const Span& at);

}  // namespace secretwatch::hcl
