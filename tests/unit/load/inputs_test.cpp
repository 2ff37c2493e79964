/// What stands around templates: which format a text is, parameter files, assemblies.
#include <gmock/gmock.h>

#include "support/loaded.h"

namespace secretwatch::load {
namespace {

using ::testing::ElementsAre;

TEST(Detect, GoesByContent) {
  const std::vector<std::tuple<std::string, std::string, Format>> texts = {
      {"a.yaml", "AWSTemplateFormatVersion: '2010-09-09'\nResources: {}\n", Format::cloudformation},
      {"a.yml", "---\n# x\nResources:\n  A:\n    Type: 'AWS::SNS::Topic'\n", Format::cloudformation},
      {"a", "\xEF\xBB\xBF  \"Resources\" :\n    A:\n      Type: AWS::SNS::Topic\n", Format::cloudformation},
      {"a.template", "{\"Resources\":{\"A\":{\"Type\":\"AWS::SNS::Topic\"}}}", Format::cloudformation},
      {"a.json", "{\n \"AWSTemplateFormatVersion\": \"2010-09-09\", \"Resources\": {", Format::cloudformation},
      {"a.yaml", "resources:\n  Resources:\n    A:\n      Type: AWS::SNS::Topic\n", Format::other},
      {"a.yaml", "Resources:\n  limits: {cpu: 1}\n", Format::other},
      {"appspec.yml", "version: 0.0\nResources:\n  - A:\n      Type: AWS::ECS::Service\n", Format::other},
      {"appspec.yml", "version: 0.0\nResources:\n# x\n- A:\n    Type: AWS::ECS::Service\n", Format::other},
      {"a.yaml", "AWSTemplateFormatVersion: x\nResources:\n  - A:\n", Format::cloudformation},
      {"a.json", "{\"Resources\": [{\"Type\": \"AwsS3Bucket\", \"Id\": \"x\"}], \"x\": \"AWS::Account:1\"}",
       Format::other},
      {"a.json", "{\"Resources\": [{\"Type\": \"X\", \"Id\": \"AWS::::Account:1\"}], \"y\": \"AWS::\"}", Format::other},
      {"a.json", "{\"template\": {\"Resources\": {\"A\": {\"Type\": \"AWS::SNS::Topic\"}}}}", Format::other},
      {"main.tf", "resource \"aws_sns_topic\" \"x\" {}\n", Format::terraform},
      {"main.tf.json", "{\"resource\": {}}", Format::terraform_json},
      {"plan.json", "{\"format_version\":\"1.2\",\"planned_values\":{}}", Format::plan_json},
      {"manifest.json", "{\"version\":\"36.0.0\",\"artifacts\":{}}", Format::assembly},
      {"secretwatch.yaml", "version: 1\nname: x\nsecrets: [a]\nnotify: [b]\n", Format::spec},
      {"guide.md", "---\ntitle: x\n---\nResources:\n  A:\n    Type: AWS::SNS::Topic\n", Format::other},
      {"empty", "", Format::other},
      {"blank", " \n\t\n", Format::other},
      {"binary", std::string("Resources:\0\nAWSTemplateFormatVersion: x", 39), Format::other},
      {"list.json", "[{\"Resources\": {}}]", Format::other},
      {"package.json", "{\"name\": \"x\", \"version\": \"1\"}", Format::other},
  };
  for (const auto& [name, text, format] : texts) EXPECT_EQ(detect(name, text), format) << text;
}

std::vector<std::string> given_in(const std::string& text, Diagnostics& out) {
  Sources sources;
  const FileId file = sources.add("parameters", text);
  const std::optional<doc::Node> root = doc::read(sources, file, template_limits, out);
  std::vector<std::string> all;
  const auto given = root ? read_parameters(*root, out) : std::nullopt;
  if (given)
    for (const GivenParameter& each : *given) all.push_back(each.name + "=" + each.value);
  return all;
}

TEST(Parameters, AreReadInEveryShape) {
  Diagnostics out;
  EXPECT_THAT(
      given_in(R"([{"ParameterKey": "A", "ParameterValue": "x"}, {"ParameterKey": "B", "UsePreviousValue": true}])",
               out),
      ElementsAre("A=x"));
  EXPECT_THAT(given_in(R"({"Parameters": {"A": "x", "B": 1, "C": true}, "Tags": {"t": "u"}})", out),
              ElementsAre("A=x", "B=1", "C=true"));
  EXPECT_THAT(given_in(R"({"A": "x", "Parameters": "y"})", out), ElementsAre("A=x", "Parameters=y"));
  EXPECT_THAT(given_in(R"(["A=x=y", "ParameterKey=B,ParameterValue=z"])", out), ElementsAre("A=x=y", "B=z"));
  EXPECT_THAT(given_in("A: x\nL: [p, q]\nE:\n", out), ElementsAre("A=x", "L=p,q", "E="));
  EXPECT_THAT(given_in(R"({"Parameters": {"A": {"Fn::GetParam": ["a", "b", "c"]}, "B": "x"}})", out),
              ElementsAre("B=x"));
  EXPECT_FALSE(out.has_errors());
}

TEST(Parameters, ThatCannotBeReadAreErrorsWithoutTheirValues) {
  for (const char* text : {"x", "[[a]]", "[{\"Key\": \"s3cr3t\"}]", "{\"A\": {\"b\": \"s3cr3t\"}}", "[\"s3cr3t\"]"}) {
    Diagnostics out;
    EXPECT_TRUE(given_in(text, out).empty()) << text;
    ASSERT_TRUE(out.has_errors()) << text;
    EXPECT_EQ(out.all()[0].code.id, "SW0204");
    EXPECT_EQ(out.all()[0].message.find("s3cr3t"), std::string::npos);
  }
}

TEST(Parameters, OnACommandLineHaveAName) {
  EXPECT_EQ(read_parameter("A=b=c")->value, "b=c");
  EXPECT_EQ(read_parameter("A=")->value, "");
  EXPECT_FALSE(read_parameter("=x"));
  EXPECT_FALSE(read_parameter("x"));
}

std::optional<Assembly> assembly_in(const std::string& text, Diagnostics& out) {
  Sources sources;
  const FileId file = sources.add("manifest.json", text);
  const std::optional<doc::Node> root = doc::read_json(sources, file, template_limits, out);
  return root ? read_assembly(*root, out) : std::nullopt;
}

TEST(Assembly, NamesItsTemplates) {
  Diagnostics out;
  const auto assembly = assembly_in(R"({"version": "55.0.0", "artifacts": {
    "App": {"type": "aws:cloudformation:stack", "environment": "aws://111122223333/eu-west-1",
            "properties": {"templateFile": "App.template.json", "stackName": "prod-app", "parameters": {"A": "x"}}},
    "Any": {"type": "aws:cloudformation:stack", "environment": "aws://unknown-account/unknown-region",
            "properties": {"templateFile": "sub/Any.template.json"}},
    "assembly-Stage": {"type": "cdk:cloud-assembly", "properties": {"directoryName": "assembly-Stage"}},
    "Tree": {"type": "cdk:tree", "properties": {"file": "tree.json"}},
    "New": {"type": "cdk:something-new"}}})",
                                    out);
  ASSERT_TRUE(assembly);
  ASSERT_EQ(assembly->stacks.size(), 2U);
  EXPECT_EQ(assembly->stacks[0].name, "prod-app");
  EXPECT_EQ(assembly->stacks[0].region, "eu-west-1");
  EXPECT_EQ(assembly->stacks[0].account, "111122223333");
  EXPECT_EQ(assembly->stacks[0].parameters.at(0).value, "x");
  EXPECT_EQ(assembly->stacks[1].template_file, "sub/Any.template.json");
  EXPECT_EQ(assembly->stacks[1].region, "");
  EXPECT_THAT(assembly->nested, ElementsAre("assembly-Stage"));
}

TEST(Assembly, DoesNotLeaveItsFolder) {
  for (const char* path : {"../x.json", "/etc/passwd", "a/../../b", "..", "a\\\\..\\\\b", ""}) {
    Diagnostics out;
    const std::string text = std::string(R"({"version": "1", "artifacts": {"A": {"type": "aws:cloudformation:stack",
      "properties": {"templateFile": ")") +
                             path + "\"}}}}";
    EXPECT_FALSE(assembly_in(text, out)) << path;
    EXPECT_EQ(out.all().at(0).code.id, "SW0206") << path;
  }
}

TEST(Assembly, ThatCannotBeReadIsAnError) {
  for (const char* text : {"{}", "[]", R"({"version": "1", "artifacts": []})",
                           R"({"version": "1", "artifacts": {"A": {"type": "aws:cloudformation:stack"}}})"}) {
    Diagnostics out;
    EXPECT_FALSE(assembly_in(text, out)) << text;
    EXPECT_TRUE(out.has_errors()) << text;
  }
}

}  // namespace
}  // namespace secretwatch::load
