#include "emit/hcl_writer.h"

#include <gtest/gtest.h>

namespace secretwatch::emit::hcl {
namespace {

TEST(HclWriter, AlignsNeighbouringAttributesAndNotAcrossTallOnes) {
  Body body;
  Body& resource = body.block("resource", {"aws_x", "y"});
  resource.set("name", String("n"));
  resource.set("retention_in_days", std::int64_t{90});
  resource.set("tags", Object{{"team", String("a")}, {"cost-centre", String("4711")}, {"a b", String("c")}});
  resource.set("on", true);
  resource.blank_line();
  resource.block("nested").set("value", 0.5);
  EXPECT_EQ(print_hcl(body),
            "resource \"aws_x\" \"y\" {\n"
            "  name              = \"n\"\n"
            "  retention_in_days = 90\n"
            "  tags = {\n"
            "    team        = \"a\"\n"
            "    cost-centre = \"4711\"\n"
            "    \"a b\"       = \"c\"\n"
            "  }\n"
            "  on = true\n"
            "\n"
            "  nested {\n"
            "    value = 0.5\n"
            "  }\n"
            "}\n");
}

TEST(HclWriter, EscapesWhatWouldBeginATemplateOrEndTheString) {
  EXPECT_EQ(print_value(String("a \"b\" \\ ${c} %{d} $e $${f} \n\t")), R"("a \"b\" \\ $${c} %%{d} $e $$${f} \n\t")");
  EXPECT_EQ(print_value(String("plain $ and % {x}")), R"("plain $ and % {x}")");
}

TEST(HclWriter, WritesALoneExpressionBareAndOthersAsATemplate) {
  const Expression arn("aws_sns_topic.x.arn");
  EXPECT_EQ(print_value(String(std::vector<std::variant<std::string, Expression>>{arn})), "aws_sns_topic.x.arn");
  EXPECT_EQ(print_value(String({arn, std::string(":*")})), "\"${aws_sns_topic.x.arn}:*\"");
}

TEST(TfJson, EscapesTemplatesAndKeepsQuotesForJson) {
  Body body;
  Body& resource = body.block("resource", {"aws_x", "y"});
  resource.set("text", String("a \"b\" ${c} %{d}"));
  resource.set("ref", Expression("aws_y.z.id"));
  resource.set("depends_on", List{Address("aws_y.z")});
  resource.block("statement").set("sid", String("A"));
  resource.block("statement").set("sid", String("B"));
  const Json json = to_tf_json(body, "head");
  EXPECT_EQ(json["//"], "head");
  const Json& written = json["resource"]["aws_x"]["y"];
  EXPECT_EQ(written["text"], "a \"b\" $${c} %%{d}");
  EXPECT_EQ(written["ref"], "${aws_y.z.id}");
  EXPECT_EQ(written["depends_on"][0], "aws_y.z") << "an address is no template";
  EXPECT_EQ(written["statement"].size(), 2U);
}

}  // namespace
}  // namespace secretwatch::emit::hcl
