/// Texts of which `terraform fmt` of Terraform 1.11.4 has said whether they are HCL (vectors/syntax.mjs).
#include <gmock/gmock.h>
#include <nlohmann/json.hpp>

#include "support/spec_text.h"
#include "unit/hcl/describe.h"

namespace secretwatch::hcl::testing {
namespace {

nlohmann::json vectors() {
  return nlohmann::json::parse(
      secretwatch::testing::read_text(secretwatch::testing::in_project("tests/unit/hcl/vectors/syntax.json")));
}

TEST(SyntaxVectors, AreAcceptedWhereTerraformAccepts) {
  const nlohmann::json all = vectors();
  EXPECT_GT(all["accepted"].size(), 300U);
  for (const std::string text : all["accepted"]) EXPECT_EQ(faults_of(text), "") << text;
}

TEST(SyntaxVectors, AreRefusedWhereTerraformRefuses) {
  const nlohmann::json all = vectors();
  EXPECT_GT(all["refused"].size(), 300U);
  for (const std::string text : all["refused"]) EXPECT_NE(faults_of(text), "") << text;
}

TEST(SyntaxVectors, PrintToTheSameTree) {
  const nlohmann::json all = vectors();
  for (const std::string text : all["accepted"]) {
    const File file = parse_text(text);
    const std::string printed = print(file.body);
    EXPECT_EQ(describe(parse_text(printed).body), describe(file.body)) << text << "\n" << printed;
  }
}

}  // namespace
}  // namespace secretwatch::hcl::testing
