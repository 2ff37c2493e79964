#pragma once
/// Evaluation of an expression written in a test.
#include <string>

#include "hcl/evaluate.h"
#include "hcl/hcl.h"

namespace secretwatch::hcl::testing {

/// Names of the tests: `var.NAME` is not known, and called so; `local.NAME` is what the test says; `aws_…` are
/// resources; anything else does not exist.
class Names : public Resolver {
 public:
  Scope locals;
  Answer resolve(std::span<const std::string_view> names, const Span& where) override;
};

Value evaluate_text(const std::string& expression);
Value evaluate_text(const std::string& expression, Names& names);
Value evaluate_text(const std::string& expression, Names& names, Bounds& bounds);

}  // namespace secretwatch::hcl::testing
