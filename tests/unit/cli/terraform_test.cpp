/// `lint` of Terraform as people write it: what modules in the field made it say, or die of.
#include <gmock/gmock.h>

#include "support/linted.h"

namespace secretwatch::cli {
namespace {

using ::testing::IsEmpty;
using testing::Linted;

/// Of one file.
Linted lint_module(const std::string& text) {
  testing::MemoryFiles files;
  files.texts["a/main.tf"] = text;
  return testing::lint(files, {"a", "--format", "json"});
}

// --- providers ---

TEST(Providers, MayAskOtherProvidersForTheirAccount) {
  const Linted linted = lint_module(R"(
provider "aws" {
  region = "eu-west-2"
  assume_role {
    role_arn = "arn:aws:iam::${data.aws_caller_identity.session.account_id}:role/member"
  }
}
provider "aws" {
  alias = "session"
  region = data.aws_region.here.name
}
data "aws_caller_identity" "session" {
  provider = aws.session
}
data "aws_region" "here" {}
resource "aws_sns_topic" "alerts" {}
)");
  EXPECT_EQ(linted.exit, 0) << linted.err;
  EXPECT_THAT(linted.ids(), IsEmpty());
}

}  // namespace
}  // namespace secretwatch::cli
