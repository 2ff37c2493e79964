#include "load/links.h"

#include <gmock/gmock.h>

#include "support/loaded.h"

namespace secretwatch::load {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using testing::load_template;

Links links_in(const std::string& text) {
  return links_of(*load_template(text).stack);
}

TEST(Links, AreWhatATemplateExportsImportsAndNests) {
  const Links links = links_in(R"(
Parameters: {Env: {Type: String}, Name: {Type: String, Default: alerts}}
Resources:
  Policy:
    Type: AWS::SNS::TopicPolicy
    Properties: {Topics: [!ImportValue shared-topic], PolicyDocument: {Statement: []}}
  Child:
    Type: AWS::CloudFormation::Stack
    Properties: {TemplateURL: ./child.yaml, Parameters: {Topic: !ImportValue other-topic}}
  Everywhere:
    Type: AWS::CloudFormation::StackSet
    Properties: {TemplateURL: ./everywhere.yaml}
Outputs:
  A: {Value: a, Export: {Name: !Sub '${Name}-a'}}
  B: {Value: b, Export: {Name: !Sub '${AWS::Region}-b'}}
)");
  EXPECT_THAT(links.exports, ElementsAre("alerts-a", ::testing::EndsWith("-b")));
  EXPECT_THAT(links.imports, ElementsAre("other-topic", "shared-topic"));
  ASSERT_EQ(links.nested.size(), 1U) << "a stack set is deployed elsewhere";
  EXPECT_EQ(links.nested[0].location, "./child.yaml");
  EXPECT_THAT(links.nested[0].parameters, ElementsAre("Topic"));
  EXPECT_THAT(links.required, ElementsAre("Env"));
}

TEST(Links, AreNotMadeByNamesThatOnlyTheDeploymentKnows) {
  const Links links = links_in(R"(
Parameters: {Env: {Type: String}}
Resources:
  Policy:
    Type: AWS::SNS::TopicPolicy
    Properties: {Topics: [!ImportValue '${AWS::StackName}-topic'], PolicyDocument: {Statement: []}}
Outputs:
  A: {Value: a, Export: {Name: !Sub '${AWS::StackName}-topic'}}
  B: {Value: b, Export: {Name: !Sub '${Env}-topic'}}
)");
  EXPECT_THAT(links.exports, IsEmpty());
  EXPECT_THAT(links.imports, IsEmpty());
}

// --- where nested templates are ---

class NestedTemplates : public ::testing::Test {
 protected:
  std::vector<LinkedTemplate> templates;

  std::string find(const std::string& from, const stack::Text& location, std::vector<std::string> parameters = {}) {
    const TemplateFinder finder(templates);
    for (std::size_t i = 0; i < templates.size(); ++i) {
      if (templates[i].path != from) continue;
      const std::optional<std::size_t> found = finder.nested(i, {location, std::move(parameters)});
      return found ? templates[*found].path : "";
    }
    return "no such template";
  }
  void SetUp() override {
    for (const char* path : {"infra/main.yaml", "infra/parts/alarms.yaml", "infra/parts/topic.yaml", "old/topic.yaml"})
      templates.push_back({path, "", {}});
  }
};

TEST_F(NestedTemplates, AreFoundByPath) {
  EXPECT_EQ(find("infra/main.yaml", "./parts/alarms.yaml"), "infra/parts/alarms.yaml");
  EXPECT_EQ(find("infra/main.yaml", "parts/../parts/alarms.yaml"), "infra/parts/alarms.yaml");
  EXPECT_EQ(find("infra/parts/alarms.yaml", "../../old/topic.yaml"), "old/topic.yaml");
  EXPECT_EQ(find("infra/main.yaml", "alarms.yaml"), "") << "it lies elsewhere";
  EXPECT_EQ(find("infra/main.yaml", "../../../etc/passwd"), "");
}

TEST_F(NestedTemplates, AreFoundByTheEndOfAUrl) {
  EXPECT_EQ(find("infra/main.yaml", "https://s3.amazonaws.com/bucket/v1/alarms.yaml"), "infra/parts/alarms.yaml");
  EXPECT_EQ(find("infra/main.yaml", {"https://", stack::ParameterId{}, ".s3.amazonaws.com/x/alarms.yaml"}),
            "infra/parts/alarms.yaml");
  EXPECT_EQ(find("infra/main.yaml", "https://host/alarms.yaml?versionId=3"), "infra/parts/alarms.yaml");
  EXPECT_EQ(find("infra/main.yaml", "https://host/topic.yaml"), "") << "there are two";
  EXPECT_EQ(find("infra/main.yaml", {stack::ParameterId{}, "parts/topic.yaml"}), "infra/parts/topic.yaml");
  EXPECT_EQ(find("infra/main.yaml", "https://host/main.yaml"), "") << "another one of that name";
  EXPECT_EQ(find("infra/main.yaml", {"https://host/alarms.yaml", stack::ParameterId{}}), "");
  EXPECT_EQ(find("infra/main.yaml", "https://host"), "");
}

TEST_F(NestedTemplates, TakeWhatTheyAreGiven) {
  templates[1].links.parameters = {"Topic", "Period"};
  templates[1].links.required = {"Topic"};
  const std::string url = "https://host/alarms.yaml";
  EXPECT_EQ(find("infra/main.yaml", url, {"Topic"}), "infra/parts/alarms.yaml");
  EXPECT_EQ(find("infra/main.yaml", url, {"Topic", "Bucket"}), "") << "it has no such parameter";
  EXPECT_EQ(find("infra/main.yaml", url, {"Period"}), "") << "it must be told the topic";
  EXPECT_EQ(find("infra/main.yaml", "./parts/alarms.yaml", {"Bucket"}), "infra/parts/alarms.yaml") << "by its path";
}

// --- groups ---

std::vector<std::string> paths_of(const std::vector<LinkedTemplate>& templates, const std::vector<std::size_t>& some) {
  std::vector<std::string> paths;
  for (const std::size_t each : some) paths.push_back(templates[each].path);
  return paths;
}

LinkedTemplate exporting(const std::string& path, const std::string& name) {
  LinkedTemplate made{path, "", {}};
  made.links.exports = {name};
  return made;
}
LinkedTemplate importing(const std::string& path, const std::string& name) {
  LinkedTemplate made{path, "", {}};
  made.links.imports = {name};
  return made;
}
LinkedTemplate nesting(const std::string& path, const std::string& child) {
  LinkedTemplate made{path, "", {}};
  made.links.nested = {{child, {}}};
  return made;
}

TEST(Groups, HoldWhatIsLinkedAndNothingElse) {
  std::vector<LinkedTemplate> templates{importing("z.yaml", "topic"), {"alone.yaml", "", {}},
                                        exporting("a.yaml", "topic"), importing("other.yaml", "unknown"),
                                        nesting("m.yaml", "z.yaml"),  nesting("n.yaml", "not-there.yaml")};
  const std::vector<Group> groups = groups_of(TemplateFinder(templates), templates.size());
  ASSERT_EQ(groups.size(), 1U);
  EXPECT_THAT(paths_of(templates, groups[0].members), ElementsAre("a.yaml", "m.yaml", "z.yaml"));
  EXPECT_THAT(paths_of(templates, groups[0].roots), ElementsAre("a.yaml", "m.yaml"));
}

TEST(Groups, DoNotDependOnTheOrderOfTemplates) {
  std::vector<LinkedTemplate> templates{importing("b.yaml", "topic"), exporting("a.yaml", "topic"),
                                        nesting("c.yaml", "b.yaml"), nesting("d.yaml", "e.yaml"),
                                        nesting("e.yaml", "d.yaml")};
  std::set<std::set<std::string>> seen;
  std::sort(templates.begin(), templates.end(), [](const auto& a, const auto& b) { return a.path < b.path; });
  do {
    std::set<std::string> described;
    for (const Group& group : groups_of(TemplateFinder(templates), templates.size()))
      described.insert(::testing::PrintToString(paths_of(templates, group.members)) +
                       ::testing::PrintToString(paths_of(templates, group.roots)));
    seen.insert(described);
  } while (std::next_permutation(templates.begin(), templates.end(),
                                 [](const auto& a, const auto& b) { return a.path < b.path; }));
  EXPECT_EQ(seen.size(), 1U);
  EXPECT_EQ(seen.begin()->size(), 2U);
}

TEST(Groups, TakeNeitherOfTwoThatExportOneName) {
  std::vector<LinkedTemplate> templates{exporting("a.yaml", "topic"), exporting("b.yaml", "topic"),
                                        importing("c.yaml", "topic")};
  const std::vector<Group> groups = groups_of(TemplateFinder(templates), templates.size());
  ASSERT_EQ(groups.size(), 1U);
  EXPECT_THAT(paths_of(templates, groups[0].members), ElementsAre("c.yaml"));
  EXPECT_THAT(groups[0].ambiguous.at("topic"), HasSubstr("a.yaml and b.yaml"));
}

TEST(Groups, LinkOnlyWhatIsDeployedInOnePlace) {
  std::vector<LinkedTemplate> templates{exporting("a.yaml", "topic"), importing("b.yaml", "topic")};
  templates[0].place = "eu-west-1";
  EXPECT_THAT(groups_of(TemplateFinder(templates), templates.size()), IsEmpty());
  templates[1].place = "eu-west-1";
  EXPECT_EQ(groups_of(TemplateFinder(templates), templates.size()).size(), 1U);
}

TEST(Groups, HaveARootWhereTemplatesNestOneAnother) {
  std::vector<LinkedTemplate> templates{nesting("b.yaml", "a.yaml"), nesting("a.yaml", "b.yaml"),
                                        nesting("self.yaml", "self.yaml")};
  const std::vector<Group> groups = groups_of(TemplateFinder(templates), templates.size());
  ASSERT_EQ(groups.size(), 2U);
  EXPECT_THAT(paths_of(templates, groups[0].roots), ElementsAre("a.yaml"));
  EXPECT_THAT(paths_of(templates, groups[1].roots), ElementsAre("self.yaml"));
}

}  // namespace
}  // namespace secretwatch::load
