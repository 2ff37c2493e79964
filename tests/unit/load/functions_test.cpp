/// One function of CloudFormation at a time: what a property comes to.
#include <gmock/gmock.h>

#include "support/loaded.h"

namespace secretwatch::load {
namespace {

using stack::Attribute;
using stack::Cause;
using stack::Pseudo;
using stack::Text;
using stack::TextValue;
using testing::load_template;
using testing::Loaded;

/// The display name of a topic that says so much, in a template with something to refer to.
struct Evaluated {
  Loaded loaded;
  const TextValue& value() const { return *loaded.get<stack::Topic>("Tested").display_name; }
  std::optional<std::string> literal() const { return stack::literal_of(value()); }
  Text text() const { return value().get() == nullptr ? Text() : *value().get(); }
  std::vector<stack::Part> parts() const { return text().parts(); }
  std::string reason() const { return value().unknown() == nullptr ? "" : value().unknown()->reason; }
};

Evaluated evaluate(const std::string& expression, const TemplateOptions& options = {}) {
  return {load_template(R"(
AWSTemplateFormatVersion: 2010-09-09
Transform: AWS::LanguageExtensions
Parameters:
  Env: {Type: String, Default: prod}
  Asked: {Type: String}
  Groups: {Type: CommaDelimitedList, Default: "a, b,c"}
  AskedList: {Type: List<String>}
  Password: {Type: String, NoEcho: true, Default: hunter2}
  Latest: {Type: 'AWS::SSM::Parameter::Value<String>', Default: /path}
Mappings:
  Sizes:
    prod: {Number: 3, Same: x, List: [p, q]}
    test: {Number: 1, Same: x}
Conditions:
  IsProd: !Equals [!Ref Env, prod]
  IsAsked: !Equals [!Ref Asked, y]
Resources:
  Topic: {Type: AWS::SNS::Topic}
  Group: {Type: AWS::Logs::LogGroup}
  Key: {Type: AWS::KMS::Key}
  Table: {Type: AWS::DynamoDB::Table}
  Inner: {Type: AWS::CloudFormation::Stack}
  Tested:
    Type: AWS::SNS::Topic
    Properties:
      DisplayName: )" + expression +
                            "\n",
                        options)};
}

TEST(Functions, RefGivesWhatTheKindGives) {
  EXPECT_EQ(evaluate("!Ref Topic").value().ref()->attribute, Attribute::arn);
  EXPECT_EQ(evaluate("!Ref Group").value().ref()->attribute, Attribute::name);
  EXPECT_EQ(evaluate("!Ref Key").value().ref()->attribute, Attribute::id);
  EXPECT_EQ(evaluate("{Ref: Env}").literal(), "prod");
  EXPECT_EQ(evaluate("!Ref AWS::Region").text(), Text{Pseudo::region});
  EXPECT_EQ(evaluate("!Ref AWS::StackName").text(), Text{Pseudo::stack_name});
  EXPECT_FALSE(evaluate("!Ref AWS::NoValue").loaded.get<stack::Topic>("Tested").display_name);
}

TEST(Functions, RefOfAParameterSaysWhereTheValueIsFrom) {
  const Evaluated from_default = evaluate("!Ref Env");
  EXPECT_EQ(from_default.value().known()->origin, stack::Origin::parameter_default);
  EXPECT_EQ((*from_default.loaded.stack)[*from_default.value().known()->parameter].name, "Env");
  const Evaluated given = evaluate("!Ref Env", {.parameters = {{"Env", "test"}}});
  EXPECT_EQ(given.literal(), "test");
  EXPECT_EQ(given.value().known()->origin, stack::Origin::given);
  const Evaluated asked = evaluate("!Ref Asked");
  EXPECT_TRUE(std::holds_alternative<stack::ParameterId>(asked.parts().at(0)));
  EXPECT_FALSE(evaluate("!Ref Latest").literal()) << "the default is a path in the parameter store";
  EXPECT_EQ(evaluate("plain").value().known()->origin, stack::Origin::literal);
}

TEST(Functions, RefToNothingIsUnknown) {
  const Evaluated nothing = evaluate("!Ref Missing");
  EXPECT_EQ(nothing.value().unknown()->cause, Cause::nothing_there);
  EXPECT_EQ(nothing.value().unknown()->subject, "Missing");
}

TEST(Functions, TheArnOfALogGroupEndsAsCloudFormationWritesIt) {
  const Evaluated found = evaluate("!GetAtt Group.Arn");
  ASSERT_EQ(found.parts().size(), 2U);
  EXPECT_EQ(std::get<stack::Ref>(found.parts()[0]).attribute, Attribute::arn);
  EXPECT_EQ(std::get<std::string>(found.parts()[1]), ":*");
}

TEST(Functions, GetAttTakesAllItsSpellings) {
  for (const char* spelling : {"!GetAtt Key.Arn", "!GetAtt [Key, Arn]", "{'Fn::GetAtt': [Key, Arn]}",
                               "{'Fn::GetAtt': Key.Arn}", "!Sub '${Key.Arn}'"}) {
    const Evaluated found = evaluate(spelling);
    ASSERT_NE(found.value().ref(), nullptr) << spelling;
    EXPECT_EQ(found.value().ref()->attribute, Attribute::arn) << spelling;
    EXPECT_EQ((*found.loaded.stack)[found.value().ref()->target].address, "Key") << spelling;
  }
  EXPECT_EQ(evaluate("!GetAtt Topic.TopicName").value().ref()->attribute, Attribute::name);
  EXPECT_EQ(evaluate("!GetAtt Table.StreamArn").value().ref()->written, "StreamArn");
  EXPECT_EQ(evaluate("!GetAtt Inner.Outputs.Topic").value().ref()->written, "Outputs.Topic");
}

TEST(Functions, SubFillsInWhatItKnows) {
  EXPECT_EQ(evaluate("!Sub '${Env}-alarms'").literal(), "prod-alarms");
  EXPECT_EQ(evaluate("!Sub ['${x}-${Env}', {x: !Ref Env}]").literal(), "prod-prod");
  EXPECT_EQ(evaluate("!Sub ['${Env}', {Env: mine}]").literal(), "mine");
  EXPECT_EQ(evaluate("!Sub '${!Env} $x ${'").literal(), "${Env} $x ${");
  EXPECT_EQ(evaluate("!Sub 'arn:${AWS::Partition}:x'").text(), (Text{"arn:", Pseudo::partition, ":x"}));
  EXPECT_EQ(evaluate("!Sub '${Env}'").value().known()->origin, stack::Origin::parameter_default);
  EXPECT_TRUE(evaluate("!Sub 'a${Missing}b'").text().has_unknown());
}

TEST(Functions, JoinSelectAndSplitWorkOnLists) {
  EXPECT_EQ(evaluate("!Join ['-', [a, !Ref Env, c]]").literal(), "a-prod-c");
  EXPECT_EQ(evaluate("!Join ['', [a, !Ref AWS::NoValue, c]]").literal(), "ac");
  EXPECT_EQ(evaluate("!Join ['+', !Ref Groups]").literal(), "a+b+c");
  EXPECT_EQ(evaluate("!Select [1, !Ref Groups]").literal(), "b");
  EXPECT_EQ(evaluate("!Select ['2', [x, y, z]]").literal(), "z");
  EXPECT_EQ(evaluate("!Select [7, [x]]").reason(), "the list has no item 7");
  EXPECT_EQ(evaluate("!Select [1, !Split ['|', 'a|b|c']]").literal(), "b");
  EXPECT_EQ(evaluate("!Select [3, !Split [':', !Sub 'arn:aws:sns:${AWS::Region}:1:x']]").text(), Text{Pseudo::region});
  EXPECT_NE(evaluate("!Select [0, !Split ['-', !Ref AWS::Region]]").reason(), "");
  EXPECT_NE(evaluate("!Select [0, !GetAZs '']").reason(), "");
  EXPECT_NE(evaluate("!Join ['-', !Ref AskedList]").reason(), "");
}

TEST(Functions, IfTakesTheBranchOrKeepsBoth) {
  EXPECT_EQ(evaluate("!If [IsProd, yes!, no!]").literal(), "yes!");
  EXPECT_EQ(evaluate("!If [IsProd, a, b]", {.parameters = {{"Env", "test"}}}).literal(), "b");
  const Evaluated open = evaluate("!If [IsAsked, a, b]");
  ASSERT_NE(open.value().choice(), nullptr);
  EXPECT_EQ((*open.loaded.stack)[open.value().choice()->condition].name, "IsAsked");
  EXPECT_EQ(stack::literal_of(open.value().choice()->branches[0]), "a");
  EXPECT_EQ(stack::literal_of(open.value().choice()->branches[1]), "b");
  EXPECT_TRUE(evaluate("!If [IsAsked, a, !Ref AWS::NoValue]").value().choice()->branches[1].is_absent());
}

TEST(Functions, AnIfInsideATextIsLiftedOutOfIt) {
  const Evaluated lifted = evaluate("!Join ['-', [x, !If [IsAsked, a, b], !If [IsAsked, c, d]]]");
  ASSERT_NE(lifted.value().choice(), nullptr);
  EXPECT_EQ(stack::literal_of(lifted.value().choice()->branches[0]), "x-a-c");
  EXPECT_EQ(stack::literal_of(lifted.value().choice()->branches[1]), "x-b-d");
  const Evaluated nested = evaluate("!If [IsAsked, !If [IsAsked, a, never], b]");
  EXPECT_EQ(stack::literal_of(nested.value().choice()->branches[0]), "a");
}

TEST(Functions, FindInMapLooksUp) {
  EXPECT_EQ(evaluate("!FindInMap [Sizes, !Ref Env, Number]").literal(), "3");
  EXPECT_EQ(evaluate("!FindInMap [Sizes, !Ref Asked, Same]").literal(), "x") << "the same in every row";
  EXPECT_EQ(evaluate("!FindInMap [Sizes, !Ref Asked, Number]").value().unknown()->cause, Cause::computed);
  EXPECT_EQ(evaluate("!Select [1, !FindInMap [Sizes, prod, List]]").literal(), "q");
  EXPECT_EQ(evaluate("!FindInMap [Sizes, none, Number]").reason(), "mapping 'Sizes' has no 'Number' of 'none'");
  EXPECT_EQ(evaluate("!FindInMap [Sizes, none, Number, {DefaultValue: d}]").literal(), "d");
}

TEST(Functions, WhatComesFromElsewhereSaysSo) {
  const Evaluated imported = evaluate("!ImportValue shared-topic");
  EXPECT_EQ(imported.value().unknown()->cause, Cause::imported);
  EXPECT_EQ(imported.value().unknown()->subject, "shared-topic");
  EXPECT_EQ(evaluate("{'Fn::ImportValue': !Sub '${Env}-topic'}").value().unknown()->subject, "prod-topic");
  EXPECT_EQ(evaluate("{'Fn::Transform': {Name: M}}").reason(), "Fn::Transform is not evaluated");
  EXPECT_EQ(evaluate("!Base64 x").reason(), "Fn::Base64 is not evaluated");
  const Evaluated dynamic = evaluate("'a{{resolve:ssm:/x}}b'");
  ASSERT_EQ(dynamic.parts().size(), 3U);
  EXPECT_EQ(std::get<stack::Unknown>(dynamic.parts()[1]).cause, Cause::dynamic_reference);
  EXPECT_EQ(std::get<stack::Unknown>(dynamic.parts()[1]).subject, "ssm:/x");
  EXPECT_EQ(evaluate("!Sub '{{resolve:ssm:/${Env}/x}}'").value().unknown()->subject, "ssm:/prod/x");
}

TEST(Functions, TheSameUnknownIsTheSameValue) {
  const auto compare_two = [](const std::string& a, const std::string& b) {
    const Evaluated both = evaluate("!Join ['', [" + a + ", '|', " + b + "]]");
    const std::vector<stack::Part> parts = both.parts();
    return compare(Text{parts.at(0)}, Text{parts.at(2)});
  };
  using stack::Comparison;
  EXPECT_EQ(compare_two("!ImportValue x", "!ImportValue x"), Comparison::equal);
  EXPECT_EQ(compare_two("!ImportValue x", "!ImportValue y"), Comparison::undecided);
  EXPECT_EQ(compare_two("!FindInMap [Sizes, !Ref Asked, Number]", "!FindInMap [Sizes, !Ref Asked, Number]"),
            Comparison::equal);
  EXPECT_EQ(compare_two("!Select [0, !Split ['-', !Ref Asked]]", "!Select [0, !Split ['-', !Ref Asked]]"),
            Comparison::equal);
  EXPECT_EQ(compare_two("!Select [0, !Split ['-', !Ref Asked]]", "!Select [1, !Split ['-', !Ref Asked]]"),
            Comparison::undecided);
  EXPECT_EQ(compare_two("!GetAZs ''", "!GetAZs ''"), Comparison::undecided);
}

TEST(Functions, LanguageExtensionsAreEvaluated) {
  EXPECT_EQ(evaluate("!Length [a, b, c]").literal(), "3");
  EXPECT_EQ(evaluate("{'Fn::Length': !Ref Groups}").literal(), "3");
  EXPECT_EQ(evaluate("!ToJsonString {a: [x, !Ref Env], b: 'q\"'}").literal(), R"({"a":["x","prod"],"b":"q\""})");
}

TEST(Functions, WordsAreReadAsCloudFormationReadsThem) {
  EXPECT_EQ(evaluate("yes").literal(), "true");
  EXPECT_EQ(evaluate("'yes'").literal(), "yes");
  EXPECT_EQ(evaluate("2012-10-17").literal(), "2012-10-17");
  EXPECT_EQ(evaluate("123456789012").literal(), "123456789012");
  EXPECT_NE(evaluate("012345670123").reason(), "") << "an octal number to some readers";
  EXPECT_EQ(evaluate("'012345670123'").literal(), "012345670123");
  EXPECT_EQ(evaluate("1.50").literal(), "1.50");
}

TEST(Functions, MalformedOnesAreUnknownAndNoErrors) {
  for (const char* bad :
       {"!Join x",         "!Join [a]",        "!Select [x, [a]]", "!Split [a]",        "!If [IsProd, a]",
        "!If [[x], a, b]", "!FindInMap [a]",   "!Sub {a: b}",      "!Sub []",           "!GetAtt Group",
        "!GetAtt [Group]", "!Ref [a, b]",      "!Ref {a: b}",      "{'Fn::Foo': x}",    "!Foo x",
        "!Length x",       "!ImportValue [a]", "!Select []",       "{'Fn::Sub': null}", "!Join ['-', {a: b}]",
        "!Split [[x], y]"}) {
    const Evaluated result = evaluate(bad);
    ASSERT_TRUE(result.loaded.stack) << bad;
    EXPECT_NE(result.reason(), "") << bad;
  }
}

TEST(Functions, ThePlaceOfDeploymentCanBeGiven) {
  const TemplateOptions china{.region = "cn-north-1", .account = "111122223333"};
  EXPECT_EQ(evaluate("!Sub '${AWS::Partition} ${AWS::Region} ${AWS::AccountId} ${AWS::URLSuffix}'", china).literal(),
            "aws-cn cn-north-1 111122223333 amazonaws.com.cn");
  EXPECT_EQ(evaluate("!Ref AWS::Partition", {.region = "us-gov-west-1"}).literal(), "aws-us-gov");
  EXPECT_EQ(evaluate("!Ref AWS::Partition", {.region = "eu-west-1"}).literal(), "aws");
}

TEST(Functions, ValuesKnowTheirPlaces) {
  const Evaluated result = evaluate("!Sub 'a-${Env}'");
  EXPECT_EQ(result.loaded.under(result.value().span), "'a-${Env}'");
  EXPECT_EQ(result.loaded.under(result.value().key), "DisplayName");
  EXPECT_EQ(result.loaded.under(whole(result.value())), "DisplayName: !Sub 'a-${Env}'");
}

TEST(Functions, ASecretParameterIsNeverShown) {
  for (const char* expression :
       {"!Ref Password", "!Sub '${Password}'", "!Join ['', [!Ref Password, x]]",
        "!Select [0, !Split [',', !Ref Password]]", "!FindInMap [Sizes, !Ref Password, Number]",
        "!ImportValue {Ref: Password}", "!If [IsProd, !Ref Password, x]", "!ToJsonString {a: !Ref Password}"}) {
    for (const std::string& given : {std::string("hunter2"), std::string("s3cr3t")}) {
      const Evaluated result = evaluate(expression, {.parameters = {{"Password", given}}});
      std::string shown = stack::dump(*result.loaded.stack);
      for (const Diagnostic& d : result.loaded.diagnostics.all()) shown += d.message;
      EXPECT_EQ(shown.find("hunter2"), std::string::npos) << expression;
      EXPECT_EQ(shown.find("s3cr3t"), std::string::npos) << expression;
    }
  }
}

}  // namespace
}  // namespace secretwatch::load
