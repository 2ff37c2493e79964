/// What is said without the values of variables must hold whatever values they are given.
#include <algorithm>

#include <gmock/gmock.h>

#include "unit/load/module_text.h"

namespace secretwatch::load::testing {
namespace {

using Assignment = std::vector<std::pair<std::string, std::string>>;

const std::map<std::string, std::string> module_files = {{"main.tf", R"hcl(
variable "create" { type = bool }
variable "name" { type = string }
variable "extra" { type = map(string) }
variable "number" { type = number }
variable "topic" { type = string }

locals {
  enabled = var.create && var.name != ""
  prefix  = var.create ? "live-${var.name}" : "test"
  all     = merge({ fixed = "x" }, var.extra)
  topic   = var.topic == "" ? try(aws_sns_topic.own[0].arn, null) : var.topic
  count   = var.create ? 2 : var.number
}

resource "aws_sns_topic" "own" {
  count = var.topic == "" ? 1 : 0
  name  = "${local.prefix}-topic"
}

resource "aws_x" "counted" {
  count = local.enabled ? 1 : 0
  name  = local.prefix
  both  = local.enabled && var.create
  not   = !var.create
  index = count.index
}

resource "aws_x" "chain" {
  count = length(aws_x.counted)
  other = one(aws_x.counted[*].id)
}

resource "aws_x" "two" {
  count = local.count
  place = count.index
  fixed = "always"
}

resource "aws_x" "each" {
  for_each = var.extra
  key      = each.key
  fixed    = 1 + 1
}

resource "aws_x" "merged" {
  for_each = local.all
  text     = "${each.key}:${each.value}"
}

resource "aws_x" "either" {
  for_each = var.create ? { a = 1, b = 2 } : { b = 3, c = 4 }
  value    = each.value
}

resource "aws_x" "blocks" {
  dynamic "item" {
    for_each = var.create ? ["x", "y"] : ["x"]
    content {
      value = item.value
      key   = item.key
    }
  }
  value = var.number > 3 ? "large" : "small"
  list  = compact([var.name, "", "z"])
  text  = "a${var.create ? "b" : "c"}d"
  none  = var.create ? null : "n"
  len   = length([for s in ["a", "b"] : s if var.create])
}

module "m" {
  source = "./m"
  count  = var.create ? 1 : 0
  name   = local.prefix
  flag   = var.create
}

resource "aws_x" "outputs" {
  name = try(module.m[0].name, "none")
  flag = one(module.m[*].flag)
}
)hcl"},
                                                         {"m/main.tf", R"hcl(
variable "name" {}
variable "flag" {}
resource "aws_x" "inner" {
  count = var.flag ? 1 : 0
  name  = "${var.name}!"
}
resource "aws_x" "other" {
  count = var.flag ? 0 : 1
}
output "name" { value = var.name }
output "flag" { value = var.flag }
)hcl"}};

Configuration evaluate(const Assignment& variables) {
  ModuleText module{module_files};
  module.variables = variables;
  Configuration all = module.evaluate();
  EXPECT_THAT(module.out.all(), ::testing::IsEmpty());
  return all;
}

/// "a[*].b" stands for "a[0].b".
bool stands_for(std::string_view open, std::string_view given) {
  while (!open.empty() && !given.empty()) {
    if (open.starts_with("[*]") && given.front() == '[') {
      open.remove_prefix(3);
      given.remove_prefix(std::min(given.find(']'), given.size() - 1) + 1);
    } else if (open.front() != given.front()) {
      return false;
    } else {
      open.remove_prefix(1);
      given.remove_prefix(1);
    }
  }
  return open.empty() && given.empty();
}

/// Could the open value turn out to be this one?
bool allows(const hcl::Value& open, const hcl::Value& given) {
  if (open.choice() != nullptr) return allows(open.choice()->then, given) || allows(open.choice()->otherwise, given);
  if (open.has_unknown()) return !open.has_fault() || given.has_fault() || open.unknown() == nullptr;
  return hcl::print(open) == hcl::print(given);
}

void expect_allowed(const std::string& where, const EvaluatedBody& open, const EvaluatedBody& given) {
  for (const EvaluatedAttribute& attribute : given.attributes) {
    const EvaluatedAttribute* const before = open.find(attribute.name);
    ASSERT_NE(before, nullptr) << where;
    EXPECT_TRUE(allows(before->value, attribute.value))
        << where << "." << attribute.name << "\nopen  " << hcl::print(before->value) << "\ngiven "
        << hcl::print(attribute.value);
  }
  if (!open.rest.empty()) return;
  ASSERT_LE(given.blocks.size(), open.blocks.size()) << where;
  const auto must_be = std::count_if(open.blocks.begin(), open.blocks.end(),
                                     [](const EvaluatedBlock& block) { return block.presence.empty(); });
  EXPECT_GE(given.blocks.size(), static_cast<std::size_t>(must_be)) << where;
  for (std::size_t i = 0; i < given.blocks.size(); ++i)
    expect_allowed(where + "." + given.blocks[i].type, open.blocks[i].body, given.blocks[i].body);
}

class OpenVariables : public ::testing::TestWithParam<Assignment> {};

TEST_P(OpenVariables, AllowWhatTheyTurnOutToBe) {
  const Configuration open = evaluate({});
  const Configuration given = evaluate(GetParam());
  for (const Instance& instance : given.instances) {
    EXPECT_TRUE(instance.presence.empty()) << instance.address;
    bool is_allowed = false;
    for (const Instance& before : open.instances) {
      if (!stands_for(before.address, instance.address)) continue;
      is_allowed = true;
      if (before.address == instance.address || before.address.find("[*]") != std::string::npos)
        expect_allowed(before.address, before.body, instance.body);
      if (before.address == instance.address) break;
    }
    EXPECT_TRUE(is_allowed) << instance.address;
  }
  for (const Instance& before : open.instances) {
    const bool is_there = find(given, before.address) != nullptr;
    EXPECT_TRUE(is_there || !before.presence.empty()) << before.address;
  }
}

std::vector<Assignment> assignments() {
  std::vector<Assignment> all;
  for (const char* create : {"true", "false"})
    for (const char* name : {"n", ""})
      for (const char* extra : {"{}", "{k = \"v\"}"})
        for (const char* number : {"0", "5"})
          for (const char* topic : {"", "arn:aws:sns:eu-west-1:123456789012:t"})
            all.push_back({{"create", create}, {"name", name}, {"extra", extra}, {"number", number}, {"topic", topic}});
  return all;
}

INSTANTIATE_TEST_SUITE_P(AllValues, OpenVariables, ::testing::ValuesIn(assignments()));

TEST(OpenVariable, LeavesAsMuchAsCanBeKnown) {
  const Configuration open = evaluate({});
  EXPECT_EQ(value_of(open, "aws_x.two[*]", "fixed"), "\"always\"");
  EXPECT_EQ(value_of(open, "aws_x.each[*]", "fixed"), "2");
  EXPECT_THAT(value_of(open, "aws_x.merged[\"fixed\"]", "text"), ::testing::HasSubstr("\"fixed:<unknown"))
      << "the variable may have that key, too";
  EXPECT_EQ(value_of(open, "aws_x.either[\"a\"]", "value"), "1");
  EXPECT_EQ(value_of(open, "aws_x.either[\"c\"]", "value"), "4");
  EXPECT_EQ(value_of(open, "module.m[0].aws_x.other[0]", "x"), "no instance") << "inside, the flag is known to hold";
  ASSERT_NE(find(open, "module.m[0].aws_x.inner[0]"), nullptr);
  EXPECT_EQ(print(find(open, "module.m[0].aws_x.inner[0]")->presence), "var.create");
}

}  // namespace
}  // namespace secretwatch::load::testing
