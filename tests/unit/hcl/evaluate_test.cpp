/// Evaluation where not everything is known: what is known stays known, and nothing is guessed.
#include <gmock/gmock.h>

#include "unit/hcl/evaluate_text.h"

namespace secretwatch::hcl::testing {
namespace {

using ::testing::HasSubstr;

std::string value_of(const std::string& expression) {
  return print(evaluate_text(expression));
}

TEST(Evaluate, KeepsReferencesInStrings) {
  const Value value = evaluate_text("\"${aws_sns_topic.t.arn}/*\"");
  ASSERT_NE(value.text(), nullptr);
  ASSERT_EQ(value.text()->parts.size(), 2U);
  const auto& reference = std::get<Reference>(value.text()->parts[0]);
  EXPECT_EQ(reference.address, "aws_sns_topic.t");
  EXPECT_EQ(reference.handle, 7U);
  EXPECT_EQ(reference.path, std::vector<std::string>{"arn"});
  EXPECT_EQ(std::get<std::string>(value.text()->parts[1]), "/*");
  EXPECT_EQ(value_of("aws_x.y[0].z[\"k\"].w"), "<aws_x.y[0].z[\"k\"].w>");
  EXPECT_EQ(value_of("format(\"%s:%s\", aws_x.y.arn, \"a\")"), "\"<aws_x.y.arn>:a\"");
  EXPECT_EQ(value_of("join(\",\", [aws_x.y.arn, \"a\"])"), "\"<aws_x.y.arn>,a\"");
  EXPECT_EQ(value_of("formatlist(\"%s:*\", [aws_x.y.arn])"), "tolist([\n  \"<aws_x.y.arn>:*\",\n])");
  EXPECT_EQ(value_of("tostring(aws_x.y.arn)"), "<aws_x.y.arn>");
}

TEST(Evaluate, KeepsReferencesInLists) {
  EXPECT_EQ(value_of("element(concat([aws_x.y.arn], [\"\"]), 0)"), "<aws_x.y.arn>");
  EXPECT_EQ(value_of("compact([aws_x.y.arn, \"\", null])"), "tolist([\n  <aws_x.y.arn>,\n])");
  EXPECT_EQ(value_of("one(aws_x.y[*].arn)"), "<aws_x.y.arn>");
  EXPECT_EQ(value_of("join(\"\", aws_x.y.*.arn)"), "\"<aws_x.y.arn>\"");
  EXPECT_EQ(value_of("try(aws_x.y.arn, \"\")"), "<aws_x.y.arn>");
  EXPECT_EQ(value_of("toset([aws_x.y.arn, aws_x.y.arn])"), "toset([\n  <aws_x.y.arn>,\n])");
  EXPECT_EQ(value_of("coalesce(aws_x.y.arn, \"b\")"), "<aws_x.y.arn>");
}

TEST(Evaluate, KeepsWhatIsKnownBesideWhatIsNot) {
  EXPECT_EQ(value_of("{ a = 1, b = var.x }.a"), "1");
  EXPECT_EQ(value_of("[var.x, 2][1]"), "2");
  EXPECT_EQ(value_of("merge(var.tags, { Name = \"n\" }).Name"), "\"n\"");
  EXPECT_EQ(value_of("merge({ Name = \"n\" }, var.tags).Name"), "<unknown: variable 'tags' has no value>");
  EXPECT_EQ(value_of("merge(var.tags, { Name = \"n\" }).Other"), "<unknown: variable 'tags' has no value>");
  EXPECT_EQ(value_of("\"a-${var.x}\""), "\"a-<unknown: variable 'x' has no value>\"");
  EXPECT_EQ(value_of("contains(concat(var.x, [\"a\"]), \"a\")"), "true");
  EXPECT_EQ(value_of("contains(concat(var.x, [\"a\"]), \"b\")"), "<unknown: variable 'x' has no value>");
  EXPECT_EQ(value_of("length(concat(var.x, [\"a\"]))"), "<unknown: variable 'x' has no value>");
  EXPECT_EQ(value_of("length([var.x, var.y])"), "2");
  EXPECT_EQ(value_of("keys({ a = var.x })"), "[\n  \"a\",\n]");
  EXPECT_EQ(value_of("{ for k in [\"a\", \"b\"] : k => var.x }[\"a\"]"), "<unknown: variable 'x' has no value>");
  EXPECT_EQ(value_of("{ for k, v in { a = 1, b = var.x } : k => v }.a"), "1");
  EXPECT_EQ(value_of("startswith(\"arn:${var.x}\", \"arn:\")"), "true");
  EXPECT_EQ(value_of("startswith(\"arn:${var.x}\", \"b\")"), "false");
}

TEST(Evaluate, DecidesWhatOneOperandDecides) {
  EXPECT_EQ(value_of("false && var.x"), "false");
  EXPECT_EQ(value_of("var.x || true"), "true");
  EXPECT_EQ(value_of("\"a-${var.x}\" == \"b-c\""), "false");
  EXPECT_EQ(value_of("\"${var.x}-a\" != \"c-b\""), "true");
  EXPECT_EQ(value_of("aws_x.y.arn == aws_x.y.arn"), "true");
  EXPECT_EQ(value_of("aws_x.y.arn == null"), "false");
  EXPECT_EQ(value_of("aws_x.y.arn != \"\""), "true");
  EXPECT_EQ(value_of("var.x == var.x"), "true");
  EXPECT_EQ(value_of("[1, var.x] == [2, var.x]"), "false");
  EXPECT_EQ(value_of("var.x == null ? 1 : 1"), "1");
  EXPECT_THAT(value_of("var.x == 1"), HasSubstr("unknown"));
}

TEST(Evaluate, KeepsBothBranchesOfAChoice) {
  EXPECT_EQ(value_of("var.c ? \"a\" : \"b\""), "<if var.c: \"a\", else: \"b\">");
  EXPECT_EQ(value_of("!var.c ? \"a\" : \"b\""), "<if var.c: \"b\", else: \"a\">");
  EXPECT_EQ(value_of("\"x-${var.c ? \"a\" : \"b\"}\""), "<if var.c: \"x-a\", else: \"x-b\">");
  EXPECT_EQ(value_of("upper(var.c ? \"a\" : \"b\")"), "<if var.c: \"A\", else: \"B\">");
  EXPECT_EQ(value_of("(var.c ? [1] : [])[0]"), "<if var.c: 1, else: <fault: there is no item 0: it has 0>>");
  EXPECT_EQ(value_of("try((var.c ? [1] : [])[0], 2)"), "<if var.c: 1, else: 2>");
  EXPECT_EQ(value_of("length(var.c ? [1] : [])"), "<if var.c: 1, else: 0>");
  EXPECT_EQ(value_of("join(\",\", [\"x\", var.c ? \"a\" : \"b\"])"), "<if var.c: \"x,a\", else: \"x,b\">");
  EXPECT_EQ(value_of("[for v in var.c ? [1, 2] : [] : v * 2]"), "<if var.c: [\n  2,\n  4,\n], else: []>");
  EXPECT_EQ(value_of("{ a = var.c ? 1 : 2, b = 3 }.b"), "3");
  EXPECT_EQ(value_of("\"%{ if var.c }a%{ else }b%{ endif }\""), "<if var.c: \"a\", else: \"b\">");
}

TEST(Evaluate, KeepsAFaultToItsWorld) {
  const std::string first = "(var.c ? [1] : [])[0]";
  EXPECT_EQ(value_of("merge({ a = " + first + " }, { b = 2 }).b"), "2");
  EXPECT_EQ(value_of("try([" + first + "], \"none\")"), "<if var.c: [\n  1,\n], else: \"none\">");
  EXPECT_EQ(value_of("can(" + first + ")"), "<if var.c: true, else: false>");
  EXPECT_EQ(value_of("var.c ? " + first + " : 0"), "<if var.c: 1, else: 0>");
  EXPECT_EQ(value_of("\"${var.c ? " + first + " : 0}-x\""), "<if var.c: \"1-x\", else: \"0-x\">");
  EXPECT_TRUE(evaluate_text("merge({ a = var.c ? 1 / 0 : {}.b }, {})").has_fault());
}

TEST(Evaluate, DecidesAConditionOnce) {
  EXPECT_EQ(value_of("(var.c ? 1 : 2) + (var.c ? 10 : 20)"), "<if var.c: 11, else: 22>");
  EXPECT_EQ(value_of("var.c ? (var.c ? 1 : 2) : 3"), "<if var.c: 1, else: 3>");
  EXPECT_EQ(value_of("(var.c ? 1 : 2) == (var.c ? 1 : 2)"), "true");
  EXPECT_EQ(value_of("var.c ? 5 : 5"), "5");
  EXPECT_EQ(value_of("(var.x == \"a\" ? 1 : 2) - (var.x == \"a\" ? 1 : 2)"), "0");
}

TEST(Evaluate, KnowsTheJsonThatATextIsMadeOf) {
  const Value value = evaluate_text("jsonencode({ Resource = aws_x.y.arn, Action = [\"a\"], Sid = var.s })");
  EXPECT_EQ(
      print(value),
      "\"{\\\"Action\\\":[\\\"a\\\"],\\\"Resource\\\":\\\"<aws_x.y.arn>\\\",\\\"Sid\\\":<unknown: variable 's' has no "
      "value>}\"");
  ASSERT_NE(value.text()->json, nullptr);
  EXPECT_EQ(print(*value.text()->json->mapping()->find("Resource")), "<aws_x.y.arn>");
  EXPECT_EQ(value_of("jsondecode(jsonencode({ a = aws_x.y.arn })).a"), "<aws_x.y.arn>");
}

TEST(Evaluate, SaysWhatIsAFault) {
  EXPECT_EQ(value_of("try(nothing.here, 1)"), "1");
  EXPECT_EQ(value_of("can(var.x)"), "<unknown: variable 'x' has no value>");
  EXPECT_EQ(value_of("try(var.x, 1)"), "<unknown: variable 'x' has no value>");
  EXPECT_EQ(value_of("try([1 / 0], 2)"), "2");
  EXPECT_EQ(value_of("{ a = 1 }.b"), "<fault: there is no attribute 'b' in this object>");
  EXPECT_EQ(value_of("nofunction(1)"), "<fault: there is no function 'nofunction'>");
  EXPECT_EQ(value_of("file(\"x\")"), "<unknown: function 'file' reads a file>");
  EXPECT_EQ(value_of("timestamp()"), "<unknown: function 'timestamp' depends on the time>");
  EXPECT_EQ(value_of("provider::aws::arn_parse(\"x\")"),
            "<unknown: function 'provider::aws::arn_parse' belongs to a provider>");
}

TEST(Evaluate, SeesTheScopeFirst) {
  Diagnostics out;
  const auto tree = parse_expression("setting.value.name", Span{}, {}, out);
  Names names;
  Bounds bounds;
  Mapping inner{Mapping::Kind::object, {{"name", Value::text("n")}}, nullptr};
  Mapping outer{Mapping::Kind::object, {{"value", Value(inner)}}, nullptr};
  EXPECT_EQ(print(evaluate(*tree, names, bounds, {{"setting", Value(outer)}})), "\"n\"");
}

TEST(Evaluate, KnowsWhereValuesWereWritten) {
  Diagnostics out;
  const std::string text = "{ a = [\"x\", \"y-${1}\"] }";
  const auto tree =
      parse_expression(text, Span{FileId{1}, 100, 100 + static_cast<std::uint32_t>(text.size())}, {}, out);
  Names names;
  Bounds bounds;
  const Value value = evaluate(*tree, names, bounds);
  const Value& second = value.mapping()->find("a")->sequence()->items[1];
  EXPECT_EQ(second.span, (Span{FileId{1}, 112, 120}));
}

TEST(Bounded, WorkStopsWithAReason) {
  Names names;
  for (const char* expression :
       {"[for a in range(1000) : [for b in range(1000) : [for c in range(1000) : [for d in range(1000) : d]]]]",
        "length(setproduct(range(1000), range(1000), range(1000)))", "format(\"%99999999d\", 1)", "range(1000000000)",
        "indent(10000, join(\"\\n\", range(1000)))", "pow(10, 1000)", "1e9999 * 1e9999 * 1e9999",
        "cidrhost(\"10.0.0.0/8\", 1e30)"}) {
    Bounds bounds;
    EXPECT_TRUE(evaluate_text(expression, names, bounds).has_unknown()) << expression;
  }
}

TEST(Bounded, DoublingEndsInAnUnknown) {
  Names names;
  Value text = Value::text("xxxxxxxxxxxxxxxx");
  Value list = Value(Sequence{Sequence::Kind::tuple, {text}, nullptr});
  for (int i = 0; i < 100; ++i) {
    names.locals = {{"text", text}, {"list", list}};
    text = evaluate_text("\"${local.text}${local.text}\"", names);
    list = evaluate_text("[local.list, local.list, jsonencode(local.list)]", names);
  }
  EXPECT_TRUE(text.has_unknown());
  EXPECT_LE(text.size(), greatest_size);
  EXPECT_TRUE(list.has_unknown());
  EXPECT_LE(list.size(), 2 * greatest_size);
}

TEST(Bounded, ManyConditionsEndInAnUnknown) {
  std::string sum = "0";
  for (int i = 0; i < 40; ++i) sum += " + (var.c" + std::to_string(i) + " ? 1 : 2)";
  EXPECT_THAT(value_of(sum), HasSubstr("too many conditions"));
  std::string list = "join(\",\", [";
  for (int i = 0; i < 40; ++i) list += "var.c" + std::to_string(i) + " ? \"a\" : \"b\", ";
  EXPECT_THAT(value_of(list + "])"), HasSubstr("too many conditions"));
}

TEST(Bounded, DepthIsSharedByEvaluationsWithinEachOther) {
  /// A local that is itself: the resolver asks again and again.
  class Cycle : public Resolver {
   public:
    Bounds bounds;
    Answer resolve(std::span<const std::string_view>, const Span&) override {
      Diagnostics out;
      const auto tree = parse_expression("[upper(local.me)]", Span{}, {}, out);
      return {evaluate(*tree, *this, bounds), 2};
    }
  };
  Cycle cycle;
  Diagnostics out;
  const auto tree = parse_expression("local.me", Span{}, {}, out);
  EXPECT_TRUE(evaluate(*tree, cycle, cycle.bounds).has_unknown());
}

}  // namespace
}  // namespace secretwatch::hcl::testing
