/// What `terraform console` of Terraform 1.11.4 answers to expressions (vectors/console.mjs), and what we do.
#include <regex>
#include <set>

#include <gmock/gmock.h>
#include <nlohmann/json.hpp>

#include "hcl/evaluate.h"
#include "support/spec_text.h"
#include "unit/hcl/evaluate_text.h"

namespace secretwatch::hcl::testing {
namespace {

/// The console tells the type of a null, and writes texts of several lines as a heredoc.
std::string as_printed_here(const std::string& answer) {
  static const std::regex typed_null(R"(to\w+\(null\)( /\* of dynamic \*/)?)");
  static const std::regex heredoc("<<EOT\n([^]*)\nEOT");
  std::smatch match;
  if (std::regex_match(answer, match, heredoc)) return print(Value::text(match[1]));
  return std::regex_replace(answer, typed_null, "null");
}

/// Where we say less than Terraform: a value is not known.
const std::set<std::string> not_worked_out = {"upper(\"abc-\u00e91\")"};

TEST(Console, AgreesWithTerraform) {
  const nlohmann::json answers = nlohmann::json::parse(
      secretwatch::testing::read_text(secretwatch::testing::in_project("tests/unit/hcl/vectors/console.json")));
  EXPECT_GT(answers.size(), 500U);
  for (const auto& [expression, answer] : answers.items()) {
    Names names;
    Bounds bounds;
    Diagnostics out;
    const auto tree = parse_expression(expression, Span{}, {}, out);
    const bool is_refused = !tree || evaluate(*tree, names, bounds).has_fault();
    EXPECT_EQ(is_refused, answer.is_null()) << expression;
    if (is_refused || answer.is_null()) continue;
    const Value value = evaluate(*tree, names, bounds);
    if (not_worked_out.contains(expression) || answer == "(known after apply)")
      EXPECT_TRUE(value.has_unknown()) << expression << "\n" << print(value);
    else
      EXPECT_EQ(print(value), as_printed_here(answer)) << expression;
  }
}

}  // namespace
}  // namespace secretwatch::hcl::testing
