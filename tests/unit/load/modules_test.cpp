/// Modules: what Terraform would make of them.
#include "load/modules.h"

#include <gmock/gmock.h>

#include "unit/load/module_text.h"

namespace secretwatch::load::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

Configuration evaluate(const std::string& text) {
  ModuleText module{{{"main.tf", text}}};
  return module.evaluate();
}

/// The value of `value = EXPRESSION` in a resource, with whatever stands above.
std::string value_in(const std::string& above, const std::string& expression) {
  return value_of(evaluate(above + "\nresource \"aws_x\" \"this\" {\n  value = " + expression + "\n}\n"), "aws_x.this",
                  "value");
}

// --- variables ---

TEST(Variables, HaveTheirDefaultsConverted) {
  EXPECT_EQ(value_in("variable \"a\" {\n  type = number\n  default = \"5\"\n}", "var.a"), "5");
  EXPECT_EQ(value_in("variable \"a\" { default = \"5\" }", "var.a"), "\"5\"");
  EXPECT_EQ(value_in("variable \"a\" {\n  type = list(string)\n  default = [1, true]\n}", "join(\",\", var.a)"),
            "\"1,true\"");
  EXPECT_EQ(value_in("variable \"a\" {\n  type = set(string)\n  default = [\"b\", \"a\", \"b\"]\n}", "length(var.a)"),
            "2");
}

TEST(Variables, OfObjectsGetTheDefaultsOfTheirAttributes) {
  const std::string type =
      "variable \"a\" {\n  type = map(object({\n    threshold = number\n    period = optional(number, 300)\n"
      "    inner = optional(object({ x = optional(string, \"deep\") }), {})\n    none = optional(string)\n  }))\n"
      "  default = { k = { threshold = \"1\", dropped = true } }\n}\n";
  EXPECT_EQ(value_in(type, "var.a[\"k\"].threshold"), "1");
  EXPECT_EQ(value_in(type, "var.a.k.period"), "300");
  EXPECT_EQ(value_in(type, "var.a.k.inner.x"), "\"deep\"");
  EXPECT_EQ(value_in(type, "var.a.k.none == null"), "true");
  EXPECT_EQ(value_in(type, "can(var.a.k.dropped)"), "false");
}

TEST(Variables, WithoutValueAreUnknownByName) {
  const Configuration all = evaluate("variable \"a\" {}\nresource \"aws_x\" \"this\" {\n  value = var.a\n}\n");
  const hcl::Unknown* const unknown = all.instances[0].body.attributes[0].value.unknown();
  ASSERT_NE(unknown, nullptr);
  EXPECT_EQ(unknown->term, "var.a");
  EXPECT_FALSE(unknown->is_fault);
  EXPECT_THAT(unknown->reason, HasSubstr("variable 'a' has no value"));
}

TEST(Variables, ComeFromEverywhereInTerraformsOrder) {
  ModuleText module{
      {{"main.tf",
        "variable \"a\" { default = \"0\" }\nvariable \"b\" { default = \"0\" }\nvariable \"c\" { default = "
        "\"0\" }\nvariable \"d\" { default = \"0\" }\nvariable \"e\" { default = \"0\" }\n"
        "resource \"aws_x\" \"this\" {\n  value = \"${var.a}${var.b}${var.c}${var.d}${var.e}\"\n}\n"},
       {"terraform.tfvars", "b = \"2\"\nc = \"2\"\nd = \"2\"\ne = \"2\"\n"},
       {"terraform.tfvars.json", R"({"c": "3", "d": "3", "e": "3"})"},
       {"a.auto.tfvars", "d = \"4\"\ne = \"4\"\n"}}};
  module.environment = {{"a", "1"}, {"b", "1"}};
  module.variables = {{"e", "5"}, {"e", "6"}};
  EXPECT_EQ(value_of(module.evaluate(), "aws_x.this", "value"), "\"12346\"");
}

TEST(Variables, OfTheCommandLineAreExpressionsWhereTheirTypeAsksForOne) {
  ModuleText module{{{"main.tf",
                      "variable \"list\" { type = list(number) }\nvariable \"text\" { type = string }\n"
                      "resource \"aws_x\" \"this\" {\n  value = var.list\n  text = var.text\n}\n"}}};
  module.variables = {{"list", "[1, 2]"}, {"text", "[1, 2]"}};
  const Configuration all = module.evaluate();
  EXPECT_EQ(value_of(all, "aws_x.this", "text"), "\"[1, 2]\"");
  EXPECT_THAT(value_of(all, "aws_x.this", "value"), HasSubstr("tolist(["));
}

TEST(Variables, ThatAreSensitiveAreNotSpokenOf) {
  const std::string text =
      "variable \"password\" {\n  sensitive = true\n  default = \"hunter2\"\n}\nvariable \"none\" {\n  sensitive = "
      "true\n"
      "  default = null\n}\n";
  EXPECT_THAT(value_in(text, "var.password"), Not(HasSubstr("hunter2")));
  EXPECT_THAT(value_in(text, "{ x = 1 }[var.password]"), Not(HasSubstr("hunter2")));
  EXPECT_EQ(value_in(text, "var.none == null"), "true");
}

TEST(Variables, ThatAreNotNullableTakeTheirDefault) {
  const std::string child =
      "variable \"a\" {\n  default = \"d\"\n  nullable = false\n}\nvariable \"b\" { default = \"d\" }\n"
      "resource \"aws_x\" \"this\" {\n  a = var.a\n  b = var.b == null\n}\n";
  ModuleText module{
      {{"main.tf", "module \"m\" {\n  source = \"./m\"\n  a = null\n  b = null\n}\n"}, {"m/main.tf", child}}};
  const Configuration all = module.evaluate();
  EXPECT_EQ(value_of(all, "module.m.aws_x.this", "a"), "\"d\"");
  EXPECT_EQ(value_of(all, "module.m.aws_x.this", "b"), "true");
}

// --- locals ---

TEST(Locals, AreWorkedOutWhereverTheyStand) {
  EXPECT_EQ(value_in("locals {\n  a = \"${local.b}!\"\n  b = upper(local.c)\n}\nlocals {\n  c = \"x\"\n}", "local.a"),
            "\"X!\"");
}

TEST(Locals, ThatRestOnThemselvesAreFaults) {
  EXPECT_EQ(value_in("locals {\n  a = local.b\n  b = [local.a]\n}", "can(local.a)"), "false");
  EXPECT_THAT(value_in("locals {\n  a = local.a\n}", "local.a"), HasSubstr("rests on itself"));
}

TEST(Locals, InALongChainEnd) {
  std::string text = "locals {\n  a0 = \"x\"\n";
  for (int i = 1; i < 20'000; ++i) text += fmt::format("  a{} = local.a{}\n", i, i - 1);
  EXPECT_THAT(value_in(text + "}\n", "local.a19999"), HasSubstr("too deeply"));
}

// --- count and for_each ---

TEST(Count, MakesInstances) {
  const Configuration all = evaluate(
      "resource \"aws_x\" \"this\" {\n  count = 2\n  name = \"n-${count.index}\"\n}\n"
      "resource \"aws_y\" \"all\" {\n  names = aws_x.this[*].arn\n  one = aws_x.this[1].arn\n}\n");
  EXPECT_THAT(addresses(all), ElementsAre("aws_x.this[0]", "aws_x.this[1]", "aws_y.all"));
  EXPECT_EQ(value_of(all, "aws_x.this[1]", "name"), "\"n-1\"");
  EXPECT_EQ(value_of(all, "aws_y.all", "one"), "<aws_x.this[1].arn>");
  EXPECT_EQ(value_of(all, "aws_y.all", "names"), "[\n  <aws_x.this[0].arn>,\n  <aws_x.this[1].arn>,\n]");
}

TEST(Count, ThatIsOpenIsAPresence) {
  const Configuration all = evaluate(
      "variable \"create\" {}\nresource \"aws_x\" \"this\" {\n  count = var.create ? 1 : 0\n}\n"
      "resource \"aws_y\" \"this\" {\n  count = var.create ? 0 : 1\n}\n"
      "resource \"aws_z\" \"this\" {\n  count = var.create ? 1 : 0\n  arn = aws_x.this[0].arn\n  other = "
      "try(aws_y.this[0].arn, "
      "\"none\")\n}\nresource \"aws_z\" \"free\" {\n  arn = try(aws_x.this[0].arn, \"none\")\n}\n");
  EXPECT_THAT(addresses(all), ElementsAre("aws_x.this[0] if var.create", "aws_y.this[0] if not var.create",
                                          "aws_z.this[0] if var.create", "aws_z.free"));
  EXPECT_EQ(value_of(all, "aws_z.this[0]", "arn"), "<aws_x.this[0].arn>") << "where it is there, so is the other";
  EXPECT_EQ(value_of(all, "aws_z.this[0]", "other"), "\"none\"");
  EXPECT_THAT(value_of(all, "aws_z.free", "arn"), HasSubstr("none"));
}

TEST(Count, ThatIsNotKnownIsOneForAll) {
  const Configuration all = evaluate(
      "variable \"n\" {}\nresource \"aws_x\" \"this\" {\n  count = var.n\n  name = \"a\"\n}\n"
      "resource \"aws_y\" \"this\" {\n  arn = aws_x.this[0].arn\n}\n");
  EXPECT_THAT(addresses(all), ElementsAre("aws_x.this[*] if some of (var.n)", "aws_y.this"));
  EXPECT_EQ(value_of(all, "aws_x.this[*]", "name"), "\"a\"");
  const hcl::Choice* const arn = find(all, "aws_y.this")->body.find("arn")->value.choice();
  ASSERT_NE(arn, nullptr);
  EXPECT_EQ(hcl::print(arn->then), "<aws_x.this[*][0].arn>");
  EXPECT_TRUE(arn->otherwise.has_fault()) << "where there are none";
}

TEST(Count, IsBounded) {
  EXPECT_THAT(addresses(evaluate("resource \"aws_x\" \"this\" {\n  count = 1000000000\n}\n")),
              ElementsAre(HasSubstr("[*]")));
  for (const char* refused : {"-1", "null", "1.5", "\"x\"", "[]", "1 / 0"})
    EXPECT_THAT(addresses(evaluate(std::string("resource \"aws_x\" \"this\" {\n  count = ") + refused + "\n}\n")),
                ElementsAre(HasSubstr("[*]")))
        << refused;
}

TEST(ForEach, GoesOverMapsAndSets) {
  const Configuration all = evaluate(
      "resource \"aws_x\" \"this\" {\n  for_each = { b = 1, a = 2 }\n  v = \"${each.key}${each.value}\"\n}\n"
      "resource \"aws_y\" \"this\" {\n  for_each = toset([\"q\", \"p\"])\n  v = each.value\n  arn = "
      "aws_x.this[\"a\"].arn\n}\n"
      "resource \"aws_z\" \"this\" {\n  for_each = aws_x.this\n  v = each.value.arn\n}\n");
  EXPECT_THAT(addresses(all), ElementsAre("aws_x.this[\"a\"]", "aws_x.this[\"b\"]", "aws_y.this[\"p\"]",
                                          "aws_y.this[\"q\"]", "aws_z.this[\"a\"]", "aws_z.this[\"b\"]"));
  EXPECT_EQ(value_of(all, "aws_x.this[\"a\"]", "v"), "\"a2\"");
  EXPECT_EQ(value_of(all, "aws_y.this[\"p\"]", "v"), "\"p\"");
  EXPECT_EQ(value_of(all, "aws_y.this[\"p\"]", "arn"), "<aws_x.this[\"a\"].arn>");
  EXPECT_EQ(value_of(all, "aws_z.this[\"b\"]", "v"), "<aws_x.this[\"b\"].arn>");
}

TEST(ForEach, OverTheSameUnknownMakesPairs) {
  const Configuration all = evaluate(
      "variable \"m\" {}\nresource \"aws_x\" \"this\" {\n  for_each = var.m\n  name = each.key\n}\n"
      "resource \"aws_y\" \"this\" {\n  for_each = var.m\n  name = each.key\n  arn = aws_x.this[each.key].arn\n}\n");
  EXPECT_THAT(addresses(all), ElementsAre("aws_x.this[*] if some of (var.m)", "aws_y.this[*] if some of (var.m)"));
  EXPECT_EQ(value_of(all, "aws_y.this[*]", "arn"), "<aws_x.this[*][key of (var.m)].arn>");
  const auto name = [&](std::size_t i) { return all.instances[i].body.attributes[0].value; };
  EXPECT_EQ(hcl::compare(name(0), name(1)), hcl::Equality::equal);
}

TEST(ForEach, ThatIsAChoiceMakesInstancesOfBothBranches) {
  const Configuration all = evaluate(
      "variable \"c\" {}\nresource \"aws_x\" \"this\" {\n  for_each = var.c ? { a = 1, b = 2 } : { a = 3 }\n  v = "
      "each.value\n}\n");
  EXPECT_THAT(addresses(all), ElementsAre("aws_x.this[\"a\"]", "aws_x.this[\"b\"] if var.c"));
  EXPECT_EQ(value_of(all, "aws_x.this[\"b\"]", "v"), "2");
  EXPECT_NE(all.instances[0].body.attributes[0].value.choice(), nullptr);
}

TEST(Resources, ThatRestOnThemselvesEnd) {
  const Configuration all = evaluate(
      "resource \"aws_x\" \"a\" {\n  count = length(aws_x.b)\n}\n"
      "resource \"aws_x\" \"b\" {\n  count = length(aws_x.a)\n}\n");
  EXPECT_EQ(all.instances.size(), 2U);
}

// --- dynamic blocks ---

TEST(Dynamic, MakesBlocks) {
  const Configuration all = evaluate(
      "resource \"aws_x\" \"this\" {\n  query {\n    id = \"first\"\n  }\n  dynamic \"query\" {\n    for_each = "
      "[\"a\", \"b\"]\n"
      "    iterator = it\n    content {\n      id = \"${it.key}${it.value}\"\n      dynamic \"inner\" {\n        "
      "for_each = { x = it.value }\n"
      "        content {\n          v = \"${inner.key}${inner.value}${it.key}\"\n        }\n      }\n    }\n  }\n}\n");
  const EvaluatedBody& body = all.instances[0].body;
  ASSERT_EQ(body.blocks.size(), 3U);
  EXPECT_EQ(body.blocks[2].type, "query");
  EXPECT_EQ(hcl::print(body.blocks[2].body.attributes[0].value), "\"1b\"");
  EXPECT_EQ(hcl::print(body.blocks[2].body.blocks[0].body.attributes[0].value), "\"xb1\"");
}

TEST(Dynamic, OverWhatIsNotKnownLeavesAGap) {
  const Configuration all = evaluate(
      "variable \"q\" {}\nresource \"aws_x\" \"this\" {\n  dynamic \"query\" {\n"
      "    for_each = var.q\n    content {}\n  }\n}\n");
  ASSERT_EQ(all.instances[0].body.rest.size(), 1U);
  EXPECT_THAT(all.instances[0].body.rest[0].why.reason, HasSubstr("'q' has no value"));
}

TEST(Dynamic, ThatIsOpenHasAPresence) {
  const Configuration all = evaluate(
      "variable \"q\" {}\nresource \"aws_x\" \"this\" {\n  dynamic \"query\" {\n"
      "    for_each = var.q ? [1] : []\n    content {\n      id = query.value\n    }\n  }\n}\n");
  ASSERT_EQ(all.instances[0].body.blocks.size(), 1U);
  EXPECT_EQ(print(all.instances[0].body.blocks[0].presence), "var.q");
  EXPECT_EQ(hcl::print(all.instances[0].body.blocks[0].body.attributes[0].value), "1");
}

// --- modules ---

const char* const child =
    "variable \"name\" { type = string }\nresource \"aws_x\" \"this\" {\n  name = \"${var.name}-x\"\n  path = "
    "path.module\n}\n"
    "output \"arn\" { value = aws_x.this.arn }\noutput \"name\" { value = var.name }\n";

TEST(Modules, AreEvaluatedWithTheirInputs) {
  ModuleText module{
      {{"main.tf",
        "module \"m\" {\n  source = \"./modules/m\"\n  name = \"a\"\n}\nresource \"aws_y\" \"this\" {\n  arn = "
        "module.m.arn\n  name = module.m.name\n}\n"},
       {"modules/m/main.tf", child}}};
  const Configuration all = module.evaluate();
  EXPECT_EQ(value_of(all, "module.m.aws_x.this", "name"), "\"a-x\"");
  EXPECT_EQ(value_of(all, "module.m.aws_x.this", "path"), "\"modules/m\"");
  EXPECT_EQ(value_of(all, "aws_y.this", "arn"), "<module.m.aws_x.this.arn>");
  EXPECT_EQ(value_of(all, "aws_y.this", "name"), "\"a\"");
  EXPECT_THAT(all.unread, IsEmpty());
}

TEST(Modules, RepeatLikeResources) {
  ModuleText module{
      {{"main.tf",
        "variable \"c\" {}\nmodule \"m\" {\n  source = \"./m\"\n  for_each = toset([\"a\", \"b\"])\n  name = "
        "each.key\n}\n"
        "module \"n\" {\n  source = \"./m\"\n  count = var.c ? 1 : 0\n  name = \"n\"\n}\n"
        "resource \"aws_y\" \"this\" {\n  arn = module.m[\"b\"].arn\n  all = [for m in module.m : m.name]\n"
        "  n = one(module.n[*].arn)\n}\n"},
       {"m/main.tf", child}}};
  const Configuration all = module.evaluate();
  EXPECT_EQ(value_of(all, "aws_y.this", "arn"), "<module.m[\"b\"].aws_x.this.arn>");
  EXPECT_EQ(value_of(all, "aws_y.this", "all"), "[\n  \"a\",\n  \"b\",\n]");
  ASSERT_NE(find(all, "module.n[0].aws_x.this"), nullptr);
  EXPECT_EQ(print(find(all, "module.n[0].aws_x.this")->presence), "var.c");
  EXPECT_THAT(value_of(all, "aws_y.this", "n"), HasSubstr("<module.n[0].aws_x.this.arn>"));
}

TEST(Modules, ThatWereNotReadHaveUnknownOutputs) {
  const Configuration all = evaluate(
      "module \"m\" {\n  source = \"terraform-aws-modules/sns/aws\"\n}\n"
      "resource \"aws_y\" \"this\" {\n  arn = module.m.topic_arn\n}\n");
  const hcl::Unknown* const unknown = all.instances[0].body.attributes[0].value.unknown();
  ASSERT_NE(unknown, nullptr);
  EXPECT_FALSE(unknown->is_fault);
  EXPECT_EQ(unknown->term, "module.m.topic_arn");
  ASSERT_EQ(all.unread.size(), 1U);
  EXPECT_THAT(all.unread[0].reason, HasSubstr("'terraform-aws-modules/sns/aws', which was not read"));
}

TEST(Modules, ThatAreInstalledAreRead) {
  ModuleText module{{{"main.tf", "module \"m\" {\n  source = \"x/m/aws\"\n  name = \"a\"\n}\n"},
                     {".terraform/modules/m/main.tf", child}}};
  module.installed = {{"m", ".terraform/modules/m"}};
  const Configuration all = module.evaluate();
  EXPECT_EQ(value_of(all, "module.m.aws_x.this", "name"), "\"a-x\"");
  EXPECT_THAT(all.unread, IsEmpty());
}

TEST(Modules, ThatCallThemselvesEnd) {
  ModuleText module{
      {{"main.tf", "module \"m\" {\n  source = \"./m\"\n}\n"},
       {"m/main.tf", "module \"again\" {\n  source = \"../m\"\n}\nmodule \"root\" {\n  source = \"../\"\n}\n"}}};
  const Configuration all = module.evaluate();
  ASSERT_EQ(all.unread.size(), 2U);
  EXPECT_THAT(all.unread[0].reason, HasSubstr("calls itself"));
  EXPECT_THAT(all.unread[1].reason, HasSubstr("calls itself"));
}

TEST(Modules, ThatMultiplyEnd) {
  ModuleText module;
  for (int i = 0; i < 25; ++i)
    module.files[i == 0 ? "main.tf" : fmt::format("m{}/main.tf", i)] = fmt::format(
        "module \"a\" {{\n  source = \"{0}\"\n}}\nmodule \"b\" {{\n  source = \"{0}\"\n}}\nresource \"aws_x\" \"x\" "
        "{{}}\n",
        i == 0 ? "./m1" : fmt::format("../m{}", i + 1));
  EXPECT_LT(module.evaluate().instances.size(), 3'000U);
}

// --- bounds ---

TEST(Bounded, IsWhatMultipliesWithoutEnd) {
  std::string doubling = "locals {\n  a0 = [\"x\"]\n  t0 = \"xxxxxxxxxx\"\n";
  for (int i = 1; i < 100; ++i)
    doubling +=
        fmt::format("  a{0} = [local.a{1}, local.a{1}]\n  t{0} = \"${{local.t{1}}}${{local.t{1}}}\"\n", i, i - 1);
  doubling += "}\nresource \"aws_x\" \"this\" {\n  a = local.a99\n  t = local.t99\n}\n";
  const Configuration doubled = evaluate(doubling);
  for (const EvaluatedAttribute& attribute : doubled.instances[0].body.attributes)
    EXPECT_TRUE(attribute.value.has_unknown()) << attribute.name;

  std::string nested = "resource \"aws_x\" \"this\" {\n";
  for (int i = 0; i < 20; ++i) nested += fmt::format("dynamic \"a{}\" {{\nfor_each = range(1000)\ncontent {{\n", i);
  for (int i = 0; i < 40; ++i) nested += "}\n";
  EXPECT_FALSE(evaluate(nested + "}\n").instances[0].body.rest.empty());

  std::string counted;
  for (int i = 0; i < 100; ++i) counted += fmt::format("resource \"aws_x\" \"r{}\" {{\n  count = 1000\n}}\n", i);
  EXPECT_LE(evaluate(counted).instances.size(), 20'100U);

  const Configuration loops = evaluate(
      "resource \"aws_x\" \"this\" {\n  v = [for a in range(1000) : [for b in range(1000) : [for c in range(1000) : "
      "a]]]\n}\n");
  EXPECT_TRUE(loops.instances[0].body.attributes[0].value.has_unknown());
}

// --- conditions ---

/// Two resources that are there where one question has one answer are there together.
TEST(Conditions, AreOneWhereTheyAskTheSame) {
  const std::string asked = "substr(terraform.workspace, 4, length(terraform.workspace)) == \"live\"";
  const Configuration all = evaluate(
      "locals {\n  live = " + asked + "\n  odd = sum([1, local.size])\n  size = length(data.aws_x.x.ids)\n}\n" +
      "data \"aws_x\" \"x\" {}\n" + "resource \"aws_x\" \"a\" {\n  count = local.live ? 1 : 0\n}\n" +
      "resource \"aws_x\" \"b\" {\n  count = " + asked + " ? 1 : 0\n}\n" +
      "resource \"aws_x\" \"c\" {\n  count = local.odd == 1 ? 1 : 0\n}\n" +
      "resource \"aws_x\" \"d\" {\n  count = local.odd == 1 ? 1 : 0\n}\n" +
      "resource \"aws_x\" \"e\" {\n  count = var.missing ? 1 : 0\n}\n" +
      "resource \"aws_x\" \"f\" {\n  count = var.missing ? 1 : 0\n}\n");
  const auto term = [&](const std::string& address) { return find(all, address)->presence.at(0).condition->term; };
  for (const char* address : {"aws_x.a[0]", "aws_x.c[0]", "aws_x.e[*]"}) EXPECT_NE(term(address), "") << address;
  EXPECT_EQ(term("aws_x.a[0]"), term("aws_x.b[0]"));
  EXPECT_EQ(term("aws_x.c[0]"), term("aws_x.d[0]"));
  EXPECT_EQ(term("aws_x.e[*]"), term("aws_x.f[*]"));
  EXPECT_NE(term("aws_x.a[0]"), term("aws_x.c[0]"));
}

// --- providers ---

TEST(Providers, ArePassedDown) {
  ModuleText module{
      {{"main.tf",
        "provider \"aws\" {\n  region = \"eu-west-1\"\n}\nprovider \"aws\" {\n  alias = \"us\"\n  region = "
        "\"us-east-1\"\n"
        "  assume_role {\n    role_arn = \"arn:aws:iam::123456789012:role/x\"\n  }\n}\n"
        "resource \"aws_x\" \"here\" {}\nresource \"aws_x\" \"there\" {\n  provider = aws.us\n}\n"
        "module \"m\" {\n  source = \"./m\"\n  providers = {\n    aws = aws.us\n    aws.other = aws\n  }\n}\n"
        "module \"n\" {\n  source = \"./m\"\n}\n"},
       {"m/main.tf", "resource \"aws_x\" \"this\" {}\nresource \"aws_x\" \"other\" {\n  provider = aws.other\n}\n"}}};
  const Configuration all = module.evaluate();
  const auto region = [&](const std::string& address) {
    return hcl::print(all.providers[find(all, address)->provider].region);
  };
  EXPECT_EQ(region("aws_x.here"), "\"eu-west-1\"");
  EXPECT_EQ(region("aws_x.there"), "\"us-east-1\"");
  EXPECT_EQ(hcl::print(all.providers[find(all, "aws_x.there")->provider].account), "\"123456789012\"");
  EXPECT_EQ(region("module.m.aws_x.this"), "\"us-east-1\"");
  EXPECT_EQ(region("module.m.aws_x.other"), "\"eu-west-1\"");
  EXPECT_EQ(region("module.n.aws_x.this"), "\"eu-west-1\"");
  EXPECT_THAT(region("module.n.aws_x.other"), HasSubstr("not configured here"));
}

// --- files ---

TEST(Files, OverrideOneAnother) {
  ModuleText module{{{"main.tf",
                      "variable \"v\" { default = \"old\" }\nlocals {\n  l = \"old\"\n}\nresource \"aws_x\" \"this\" "
                      "{\n  a = \"old\"\n  b = \"old\"\n"
                      "  v = var.v\n  l = local.l\n  block {\n    id = 1\n  }\n  kept {}\n}\n"},
                     {"x_override.tf",
                      "variable \"v\" { default = \"new\" }\nlocals {\n  l = \"new\"\n}\nresource \"aws_x\" \"this\" "
                      "{\n  b = \"new\"\n  c = \"new\"\n"
                      "  block {\n    id = 2\n  }\n}\n"}}};
  const Configuration all = module.evaluate();
  EXPECT_THAT(addresses(all), ElementsAre("aws_x.this"));
  for (const char* attribute : {"b", "c", "v", "l"}) EXPECT_EQ(value_of(all, "aws_x.this", attribute), "\"new\"");
  EXPECT_EQ(value_of(all, "aws_x.this", "a"), "\"old\"");
  ASSERT_EQ(all.instances[0].body.blocks.size(), 2U);
  EXPECT_EQ(all.instances[0].body.blocks[0].type, "kept");
  EXPECT_EQ(hcl::print(all.instances[0].body.blocks[1].body.attributes[0].value), "2");
}

TEST(Files, InJsonSayTheSame) {
  ModuleText module{{{"main.tf.json", R"json({
    "//": "Generated by secretwatch from spec 0123456789abcdef; edit the spec, not this file.",
    "variable": {"name": {"type": "list(string)", "default": ["${not}"]}},
    "locals": {"a": "x-${var.name[0]}"},
    "resource": [{"aws_x": {"this": [{"//": "why", "count": 2, "name": "${local.a}-${count.index}", "n": 5,
      "depends_on": ["aws_y.other"], "dynamic": {"q": {"for_each": ["p"], "content": {"id": "${q.value}!"}}}}]}},
      {"aws_y": {"other": {"provider": "aws.us", "tags": {"//": "kept", "${local.a}": "v"}}}}],
    "module": {"m": {"source": "./m", "name": "${aws_y.other.arn}"}},
    "provider": {"aws": [{"region": "eu-west-1"}, {"alias": "us", "region": "us-east-1"}]}
  })json"},
                     {"m/main.tf", child}}};
  const Configuration all = module.evaluate();
  EXPECT_THAT(module.out.all(), IsEmpty());
  EXPECT_EQ(all.spec_hash, "0123456789abcdef");
  EXPECT_EQ(value_of(all, "aws_x.this[1]", "name"), "\"x-${not}-1\"");
  EXPECT_EQ(value_of(all, "aws_x.this[1]", "n"), "5");
  EXPECT_EQ(value_of(all, "aws_x.this[1]", "//"), "no attribute");
  ASSERT_EQ(find(all, "aws_x.this[0]")->depends_on.size(), 1U);
  EXPECT_EQ(all.instances[find(all, "aws_x.this[0]")->depends_on[0]].address, "aws_y.other");
  ASSERT_EQ(find(all, "aws_x.this[0]")->body.blocks.size(), 1U);
  EXPECT_EQ(hcl::print(find(all, "aws_x.this[0]")->body.blocks[0].body.attributes[0].value), "\"p!\"");
  EXPECT_EQ(hcl::print(all.providers[find(all, "aws_y.other")->provider].region), "\"us-east-1\"");
  EXPECT_THAT(value_of(all, "aws_y.other", "tags"), HasSubstr("\"//\" = \"kept\""));
  EXPECT_EQ(value_of(all, "module.m.aws_x.this", "name"), "\"<aws_y.other.arn>-x\"");
}

TEST(Files, SayWhatMadeThem) {
  EXPECT_EQ(
      evaluate("# Generated by secretwatch from spec 0123456789abcdef; edit the spec, not this file.\n").spec_hash,
      "0123456789abcdef");
  EXPECT_EQ(evaluate("# Generated by secretwatch from spec 0123; edit\n").spec_hash, "");
}

TEST(Files, ThatAreNotAllLeaveNamesUnknown) {
  ModuleText module{
      {{"main.tf", "resource \"aws_x\" \"this\" {\n  a = var.a\n  b = aws_y.other.arn\n  c = local.c\n}\n"}}};
  module.is_whole = false;
  const Configuration part = module.evaluate();
  EXPECT_EQ(part.unread.size(), 1U);
  for (const EvaluatedAttribute& attribute : part.instances[0].body.attributes) {
    ASSERT_NE(attribute.value.unknown(), nullptr) << attribute.name;
    EXPECT_FALSE(attribute.value.unknown()->is_fault) << attribute.name;
  }
  module.out = {};
  module.is_whole = true;
  const Configuration whole = module.evaluate();
  for (const EvaluatedAttribute& attribute : whole.instances[0].body.attributes)
    EXPECT_TRUE(attribute.value.has_fault()) << attribute.name;
}

TEST(Files, WithFaultsLeaveTheOthers) {
  ModuleText module{{{"bad.tf", "resource \"aws_y\" {{{\n"},
                     {"main.tf", "resource \"aws_x\" \"this\" {\n  a = aws_y.other.arn\n}\n"}}};
  const Configuration all = module.evaluate();
  EXPECT_TRUE(module.out.has_errors());
  EXPECT_THAT(addresses(all), ElementsAre("aws_x.this"));
  ASSERT_EQ(all.unread.size(), 1U);
  EXPECT_FALSE(all.instances[0].body.attributes[0].value.has_fault());
}

TEST(Files, NestedTooDeeplyAreErrors) {
  for (const std::string& opener : {std::string("["), std::string("{\"a\":")}) {
    std::string text = "{\"locals\": {\"a\": ";
    for (int i = 0; i < 100'000; ++i) text += opener;
    ModuleText module{{{"main.tf.json", text}}};
    EXPECT_THAT(addresses(module.evaluate()), IsEmpty());
    EXPECT_TRUE(module.out.has_errors());
  }
  std::string text = "{\"locals\": {\"a\": " + std::string(300, '[') + std::string(300, ']') + "}}";
  ModuleText module{{{"main.tf.json", text}}};
  module.evaluate();
  EXPECT_TRUE(module.out.has_errors());
}

TEST(Files, ThatDeclareSomethingTwiceSaySo) {
  ModuleText module{
      {{"main.tf", "resource \"aws_x\" \"this\" {\n  a = 1\n}\nresource \"aws_x\" \"this\" {\n  a = 2\n}\n"}}};
  const Configuration all = module.evaluate();
  EXPECT_THAT(addresses(all), ElementsAre("aws_x.this"));
  EXPECT_EQ(all.unread.size(), 1U);
  ASSERT_EQ(module.out.all().size(), 1U);
  EXPECT_EQ(module.out.all()[0].code.id, "SW0221");
}

}  // namespace
}  // namespace secretwatch::load::testing
