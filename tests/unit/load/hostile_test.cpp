/// Input made to hurt: it is read, or refused with a place, in bounded time and memory.
#include <gtest/gtest.h>

#include "support/loaded.h"

namespace secretwatch::load {
namespace {

using testing::load_template;
using testing::Loaded;

std::string repeat(const std::string& text, int times) {
  std::string all;
  for (int i = 0; i < times; ++i) all += text;
  return all;
}

/// A topic whose display name is this JSON.
std::string with_value(const std::string& json) {
  return R"({"Parameters": {"L": {"Type": "CommaDelimitedList", "Default": ")" + repeat("x,", 2'000) +
         R"("}}, "Resources": {"T": {"Type": "AWS::SNS::Topic", "Properties": {"DisplayName": )" + json + "}}}}";
}

TEST(Hostile, DeepNestingIsRefused) {
  const std::string join = R"({"Fn::Join": ["", [)";
  EXPECT_EQ(load_template(with_value(repeat(join, 100'000) + repeat("]]}", 100'000))).errors(), "SW0010");
  EXPECT_EQ(load_template("Resources:\n  T: " + repeat("[", 100'000)).errors(), "SW0010");
  EXPECT_EQ(load_template("Resources:\n  T: " + repeat("!If [", 100'000)).errors(), "SW0010");
  EXPECT_TRUE(load_template(with_value(repeat(join, 120) + "\"x\"" + repeat("]]}", 120))).stack);
}

TEST(Hostile, AliasBombsAreRefused) {
  std::string bomb =
      "Resources:\n  A0: &a0 {Type: AWS::SNS::Topic, Properties: {DisplayName: [x, x, x, x, x, x, x, x]}}\n";
  for (int i = 1; i < 20; ++i) {
    const std::string alias = "*a" + std::to_string(i - 1);
    bomb += "  A" + std::to_string(i) + ": &a" + std::to_string(i) + " [" + alias + ", " + alias + ", " + alias + ", " +
            alias + ", " + alias + ", " + alias + "]\n";
  }
  EXPECT_EQ(load_template(bomb).errors(), "SW0009");
  std::string merges = "Resources:\n  M0: &m0 {a: 1}\n";
  for (int i = 1; i < 3'000; ++i)
    merges += "  M" + std::to_string(i) + ": &m" + std::to_string(i) + " {<<: *m" + std::to_string(i - 1) + ", k" +
              std::to_string(i) + ": 1}\n";
  EXPECT_EQ(load_template(merges).errors(), "SW0009");
}

TEST(Hostile, LongChainsOfConditionsAreBounded) {
  std::string text = "Parameters: {P: {Type: String}}\nConditions:\n  C0: !Equals [!Ref P, x]\n";
  for (int i = 1; i < 5'000; ++i) {
    const std::string previous = "!Condition C" + std::to_string(i - 1);
    text += "  C" + std::to_string(i) + ": !Or [" + previous + ", !Not [" + previous + "], " + previous + "]\n";
  }
  text += "Resources:\n  T: {Type: AWS::SNS::Topic, Condition: C4999, Properties: {DisplayName: !If [C4998, a, b]}}\n";
  const Loaded loaded = load_template(text);
  ASSERT_TRUE(loaded.stack);
  EXPECT_LT(loaded.stack->conditions.size(), 20'000U);
}

TEST(Hostile, ResourcesThatReferToEachOtherAreAGraph) {
  const Loaded loaded = load_template(
      "Resources:\n  A: {Type: AWS::SNS::Topic, DependsOn: B, Properties: {DisplayName: !Ref B}}\n"
      "  B: {Type: AWS::SNS::Topic, DependsOn: A, Properties: {DisplayName: !Sub '${A}${B}'}}\n");
  ASSERT_TRUE(loaded.stack);
  EXPECT_TRUE(stack::verify(*loaded.stack).empty());
}

TEST(Hostile, TextsDoNotGrowWithoutBound) {
  const std::string list = R"({"Fn::Join": ["", {"Ref": "L"}]})";
  std::string all = list;
  for (int i = 0; i < 20'000; ++i) all += "," + list;
  const Loaded loaded = load_template(with_value(R"({"Fn::Join": ["", [)" + all + "]]}"));
  ASSERT_TRUE(loaded.stack);
  EXPECT_LT(stack::dump(*loaded.stack).size(), 100'000'000U);
}

TEST(Hostile, LoopsDoNotUnrollWithoutBound) {
  const std::string values = "[" + repeat("a, ", 999) + "a]";
  std::string text = "Transform: AWS::LanguageExtensions\nResources:\n";
  std::string indentation = "  ";
  for (int i = 0; i < 6; ++i) {
    const std::string name = std::to_string(i);
    text += indentation + "Fn::ForEach::L" + name + ":\n" + indentation + "  - I" + name + "\n" + indentation + "  - " +
            values + "\n" + indentation + "  -\n";
    indentation += "    ";
  }
  text += indentation + "T${I0}: {Type: AWS::SNS::Topic}\n";
  const Loaded loaded = load_template(text);
  ASSERT_TRUE(loaded.stack) << loaded.errors();
  EXPECT_FALSE(loaded.stack->gaps.empty());
  const Loaded growing = load_template(
      "Transform: AWS::LanguageExtensions\nResources:\n  T:\n    Type: AWS::SNS::Topic\n    Properties:\n"
      "      Fn::ForEach::L: [X, ['${X}${X}'], {DisplayName: '${X}${X}'}]\n");
  ASSERT_TRUE(growing.stack);
}

TEST(Hostile, ManyEqualNamesCostNoMoreThanManyNames) {
  std::string text = "{\"Resources\": {";
  for (int i = 0; i < 5'000; ++i)
    text += (i == 0 ? "" : ",") + ("\"T" + std::string(static_cast<std::size_t>(i % 50), '-')) + "T" +
            std::string(static_cast<std::size_t>(i / 50), '_') + R"(": {"Type": "AWS::SNS::Topic"})";
  const Loaded loaded = load_template(text + "}}");
  ASSERT_TRUE(loaded.stack) << loaded.errors();
  EXPECT_TRUE(stack::verify(*loaded.stack).empty());
}

TEST(Hostile, HalfATemplateIsRefusedOrReadButNeverBreaks) {
  const std::string whole =
      R"({"Parameters": {"P": {"Type": "String"}}, "Conditions": {"C": {"Fn::Equals": [{"Ref": "P"}, "x"]}},
    "Resources": {"T": {"Type": "AWS::SNS::Topic", "Properties": {"DisplayName": {"Fn::If": ["C", {"Fn::Sub": "${P}"}, "é"]}}}}})";
  for (std::size_t length = 0; length < whole.size(); ++length) {
    const Loaded loaded = load_template(whole.substr(0, length));
    EXPECT_TRUE(loaded.stack || loaded.diagnostics.has_errors()) << length;
  }
  EXPECT_TRUE(load_template(whole).stack);
}

}  // namespace
}  // namespace secretwatch::load
