/// What refers to itself is told with its place; what only looks so is not.
#include "load/cycles.h"

#include <fmt/format.h>
#include <gmock/gmock.h>

#include "load/load.h"

namespace secretwatch::load {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

std::vector<std::string> cycles_in(const std::string& text) {
  Sources sources;
  Diagnostics out;
  const FileId file = sources.add("t.yaml", text);
  const std::optional<doc::Node> root = doc::read(sources, file, template_limits, out);
  EXPECT_TRUE(root) << text;
  if (!root) return {};
  find_cycles(*root, out);
  std::vector<std::string> told;
  for (const Diagnostic& each : out.all())
    told.push_back(fmt::format("{}: {}", sources.begin(each.span).line, each.message));
  return told;
}

std::string topic(const std::string& name, const std::string& value) {
  return "  " + name + ": {Type: AWS::SNS::Topic, Properties: {TopicName: " + value + "}}\n";
}

TEST(Cycles, OfConditionsAreTold) {
  EXPECT_THAT(cycles_in("Conditions:\n  A: !Not [!Condition B]\n  B: !Not [{Condition: A}]\nResources: {}\n"),
              ElementsAre("2: condition 'A' refers to itself: A → B → A"));
  EXPECT_THAT(cycles_in("Conditions:\n  A: !And [!Condition A, !Condition A]\n"),
              ElementsAre("2: condition 'A' refers to itself: A → A"));
  EXPECT_THAT(cycles_in("Conditions:\n  A: !Equals [a, b]\n  B: !Or [!Condition A, !Not [!Condition A]]\n"), IsEmpty());
}

TEST(Cycles, OfResourcesAreTold) {
  for (const char* written : {"!Ref B", "{Ref: B}", "!GetAtt B.TopicName", "{'Fn::GetAtt': [B, TopicName]}",
                              "!Sub '${B}x'", "!Sub ['${B.TopicName}${C}', {C: c}]", "!Join ['', [a, !Ref B]]"})
    EXPECT_THAT(cycles_in("Resources:\n" + topic("A", written) + topic("B", "!Ref A")),
                ElementsAre("2: resource 'A' refers to itself: A → B → A"))
        << written;
  EXPECT_THAT(cycles_in("Resources:\n  A: {Type: AWS::SNS::Topic, DependsOn: [A]}\n"),
              ElementsAre("2: resource 'A' refers to itself: A → A"));
}

TEST(Cycles, AreNotWhatMayNotBeThere) {
  for (const char* written : {"!If [Never, !Ref B, x]", "!Sub '${!B}'", "!Sub ['${B}', {B: b}]", "'B'", "!Ref C"})
    EXPECT_THAT(cycles_in("Resources:\n" + topic("A", written) + topic("B", "!Ref A")), IsEmpty()) << written;
  EXPECT_THAT(cycles_in("Resources:\n  A: {Type: AWS::SNS::Topic, Condition: X, Properties: {TopicName: !Ref A}}\n"),
              IsEmpty());
  EXPECT_THAT(cycles_in("Resources:\n  A: {Type: AWS::Serverless::Function, Properties: {Role: !Ref A}}\n"), IsEmpty());
  EXPECT_THAT(cycles_in("Transform: Macro\nResources:\n" + topic("A", "!Ref A")), IsEmpty());
}

TEST(Cycles, AreFoundInLongChains) {
  std::string text = "Resources:\n";
  constexpr int many = 3000;
  for (int i = 0; i < many; ++i) text += topic("R" + std::to_string(i), "!Ref R" + std::to_string((i + 1) % many));
  EXPECT_THAT(cycles_in(text), ElementsAre("2: resource 'R0' refers to itself: R0 → R1 → R2 → R3 → R4 → R5 → … → R0"));
}

}  // namespace
}  // namespace secretwatch::load
