#include "load/join.h"

#include <deque>

#include <gmock/gmock.h>

#include "support/loaded.h"

namespace secretwatch::load {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

/// Templates by their paths, joined.
class Together {
 public:
  explicit Together(const std::vector<std::pair<std::string, std::string>>& texts) {
    for (const auto& [path, text] : texts) {
      const FileId file = sources_.add(path, text);
      roots_.push_back(*doc::read(sources_, file, template_limits, diagnostics_));
      templates_.push_back({path, "", links_of(*cloudformation(roots_.back(), {}, diagnostics_))});
    }
    EXPECT_FALSE(diagnostics_.has_errors());
    const TemplateFinder finder(templates_);
    for (const Group& group : groups_of(finder, templates_.size())) {
      std::vector<Member> members;
      for (const std::size_t each : group.members) members.push_back({&roots_[each], {}});
      joined_.push_back(join(group, finder, members));
      EXPECT_THAT(stack::verify(joined_.back().stack), IsEmpty());
    }
  }

  std::size_t groups() const { return joined_.size(); }
  const Joined& joined() const { return joined_.at(0); }
  const stack::Stack& stack() const { return joined().stack; }

  /// Those with the address, in the file.
  std::vector<stack::ResourceId> ids(const std::string& path, const std::string& address) const {
    std::vector<stack::ResourceId> found;
    for (std::size_t i = 0; i < stack().resources().size(); ++i) {
      const stack::Resource& resource = stack().resources()[i];
      if (resource.address == address && sources_.name(resource.span.file) == path)
        found.push_back(static_cast<stack::ResourceId>(i));
    }
    return found;
  }
  template <class Kind>
  const Kind& get(const std::string& path, const std::string& address) const {
    return std::get<Kind>(stack()[ids(path, address).at(0)].body);
  }
  const stack::TextValue& action(const std::string& path = "b.yaml") const {
    return get<stack::Alarm>(path, "Alarm").alarm_actions.at(0);
  }

 private:
  Sources sources_;
  Diagnostics diagnostics_;
  std::deque<doc::Node> roots_;
  std::vector<LinkedTemplate> templates_;
  std::vector<Joined> joined_;
};

const std::string topic = R"(
Resources:
  Topic: {Type: AWS::SNS::Topic}
)";

std::string exporting(const std::string& name, const std::string& value = "!Ref Topic") {
  return topic + "Outputs:\n  Out:\n    Value: " + value + "\n    Export: {Name: " + name + "}\n";
}

std::string alarm(const std::string& action) {
  return "Resources:\n  Alarm:\n    Type: AWS::CloudWatch::Alarm\n    Properties: {AlarmActions: [" + action + "]}\n";
}

void expect_topic(const Together& together, const std::string& topic_path = "a.yaml",
                  const std::string& alarm_path = "b.yaml") {
  const stack::Ref* const ref = together.action(alarm_path).ref();
  ASSERT_NE(ref, nullptr);
  EXPECT_EQ(ref->target, together.ids(topic_path, "Topic").at(0));
  EXPECT_EQ(ref->attribute, stack::Attribute::arn);
}

// --- Export and ImportValue ---

TEST(Join, GivesTheImporterWhatTheExporterHas) {
  expect_topic(Together({{"a.yaml", exporting("alerts")}, {"b.yaml", alarm("!ImportValue alerts")}}));
  expect_topic(Together({{"b.yaml", alarm("!ImportValue alerts")}, {"a.yaml", exporting("alerts")}}));
  expect_topic(Together({{"a.yaml", exporting("!Sub '${AWS::Region}-alerts'")},
                         {"b.yaml", alarm("{'Fn::ImportValue': !Sub '${AWS::Region}-alerts'}")}}));
}

TEST(Join, ComparesNamesByWhatTheirParametersAreByDefault) {
  const auto with = [](const std::string& value, const std::string& text) {
    return "Parameters: {Prefix: {Type: String, Default: " + value + "}}\n" + text;
  };
  const std::string exporter = exporting("!Sub '${Prefix}-alerts'");
  const std::string importer = alarm("{'Fn::ImportValue': !Sub '${Prefix}-alerts'}");
  expect_topic(Together({{"a.yaml", with("prod", exporter)}, {"b.yaml", with("prod", importer)}}));
  EXPECT_EQ(Together({{"a.yaml", with("prod", exporter)}, {"b.yaml", with("test", importer)}}).groups(), 0U);
  const std::string open = "Parameters: {Prefix: {Type: String}}\n";
  EXPECT_EQ(Together({{"a.yaml", open + exporter}, {"b.yaml", open + importer}}).groups(), 0U)
      << "nobody says that both are given the same";
}

TEST(Join, EvaluatesWhatIsMadeOfAnImport) {
  const Together together({{"a.yaml", exporting("list", "a/b")},
                           {"b.yaml", alarm("!Select [1, !Split [/, !ImportValue list]], !ImportValue list")}});
  EXPECT_EQ(stack::literal_of(together.action()), "b");
}

TEST(Join, HandsOnWhatIsExportedAgain) {
  const std::string between =
      "Resources:\n  Policy:\n    Type: AWS::SNS::TopicPolicy\n    Properties: {Topics: "
      "[!ImportValue first]}\nOutputs:\n  O: {Value: !ImportValue first, Export: {Name: second}}\n";
  expect_topic(
      Together({{"a.yaml", exporting("first")}, {"m.yaml", between}, {"b.yaml", alarm("!ImportValue second")}}));
}

TEST(Join, ComesToAnEndWhereStacksImportFromOneAnother) {
  const auto both = [](const std::string& mine, const std::string& other) {
    return alarm("!ImportValue " + other) + "Outputs:\n  O: {Value: !ImportValue " + other +
           ", Export: {Name: " + mine + "}}\n";
  };
  const Together together({{"a.yaml", both("one", "two")}, {"b.yaml", both("two", "one")}});
  ASSERT_NE(together.action().unknown(), nullptr);
  EXPECT_THAT(together.action().unknown()->reason, HasSubstr("depends on itself"));
}

TEST(Join, TakesNeitherOfTwoExports) {
  const Together together(
      {{"a.yaml", exporting("alerts")}, {"c.yaml", exporting("alerts")}, {"b.yaml", alarm("!ImportValue alerts")}});
  ASSERT_NE(together.action().unknown(), nullptr);
  EXPECT_THAT(together.action().unknown()->reason, HasSubstr("a.yaml and c.yaml"));
  EXPECT_EQ(together.action().unknown()->cause, stack::Cause::imported);
}

TEST(Join, KnowsAnExportOnlyWhereItIsThere) {
  const std::string conditional = R"(
Parameters: {Env: {Type: String}}
Conditions: {IsProd: !Equals [!Ref Env, prod]}
Resources:
  Topic: {Type: AWS::SNS::Topic, Condition: IsProd}
Outputs:
  Out: {Condition: IsProd, Value: !Ref Topic, Export: {Name: alerts}}
)";
  const Together together({{"a.yaml", conditional}, {"b.yaml", alarm("!ImportValue alerts")}});
  const auto* const choice = together.action().choice();
  ASSERT_NE(choice, nullptr);
  EXPECT_EQ(choice->condition, together.stack()[together.ids("a.yaml", "Topic").at(0)].presence);
  EXPECT_NE(choice->branches[0].ref(), nullptr);
  EXPECT_NE(choice->branches[1].unknown(), nullptr);
}

TEST(Join, DoesNotMistakeOneStacksNameForAnothers) {
  const std::string named =
      "Resources:\n  Topic: {Type: AWS::SNS::Topic, Properties: {TopicName: !Ref AWS::StackName}}\n";
  const Together together({{"a.yaml", named + "Outputs:\n  O: {Value: !Ref Topic, Export: {Name: alerts}}\n"},
                           {"b.yaml", named + alarm("!ImportValue alerts").substr(11)}});
  const auto name = [&](const std::string& path) { return *together.get<stack::Topic>(path, "Topic").name->get(); };
  EXPECT_EQ(compare(name("a.yaml"), name("a.yaml")), stack::Comparison::equal);
  EXPECT_EQ(compare(name("a.yaml"), name("b.yaml")), stack::Comparison::undecided);
}

TEST(Join, KeepsLabelsApartAndAddressesAsTheyAre) {
  const Together together(
      {{"a.yaml", exporting("alerts")}, {"b.yaml", topic + alarm("!ImportValue alerts").substr(11)}});
  std::vector<std::string> labels;
  for (const stack::Resource& resource : together.stack().resources()) labels.push_back(resource.label);
  EXPECT_THAT(std::set<std::string>(labels.begin(), labels.end()), ::testing::SizeIs(3));
  EXPECT_EQ(together.ids("a.yaml", "Topic").size(), 1U);
  EXPECT_EQ(together.ids("b.yaml", "Topic").size(), 1U);
}

// --- nested stacks ---

std::string parent(const std::string& parameters, const std::string& more = "") {
  return topic + "  Child:\n    Type: AWS::CloudFormation::Stack\n" + more +
         "    Properties:\n      TemplateURL: ./b.yaml\n      Parameters: {" + parameters + "}\n";
}

std::string child(const std::string& parameter, const std::string& action) {
  return "Parameters: {Topic: {" + parameter + "}}\n" + alarm(action);
}

TEST(Join, GivesANestedTemplateItsParameters) {
  expect_topic(Together({{"a.yaml", parent("Topic: !Ref Topic")}, {"b.yaml", child("Type: String", "!Ref Topic")}}));
  const Together literal(
      {{"a.yaml", parent("Topic: x")}, {"b.yaml", child("Type: String, Default: y", "!Sub '${Topic}-z'")}});
  EXPECT_EQ(stack::literal_of(literal.action()), "x-z");
  const Together missing({{"a.yaml", parent("")}, {"b.yaml", child("Type: String, Default: y", "!Ref Topic")}});
  EXPECT_EQ(stack::literal_of(missing.action()), "y");
  EXPECT_THAT(missing.joined().is_loaded, ElementsAre(true, true));
}

TEST(Join, LeavesOpenWhatTheParentDoesNotKnow) {
  const std::string open = "Parameters: {Asked: {Type: String}}\n";
  const Together together(
      {{"a.yaml", open + parent("Topic: !Ref Asked")}, {"b.yaml", child("Type: String, Default: y", "!Ref Topic")}});
  ASSERT_NE(together.action().get(), nullptr);
  EXPECT_EQ(together.stack()[std::get<stack::ParameterId>(together.action().get()->parts().at(0))].name, "Asked");
  const Together all({{"a.yaml", topic + R"(
  Child:
    Type: AWS::CloudFormation::Stack
    Properties: {TemplateURL: ./b.yaml, Parameters: !Transform {Name: Macro}}
)"},
                      {"b.yaml", child("Type: String, Default: y", "!Ref Topic")}});
  EXPECT_NE(all.action().unknown(), nullptr) << "who knows which parameters are given";
}

TEST(Join, SplitsAListThatIsGivenAsText) {
  expect_topic(Together({{"a.yaml", parent("Topic: !Join [',', [!Ref Topic, other]]")},
                         {"b.yaml", child("Type: CommaDelimitedList", "!Select [0, !Ref Topic]")}}));
}

TEST(Join, DecidesConditionsByWhatIsGiven) {
  const std::string asked = R"(
Parameters: {Topic: {Type: String, Default: ''}}
Conditions: {HasTopic: !Not [!Equals [!Ref Topic, '']]}
Resources:
  Alarm:
    Type: AWS::CloudWatch::Alarm
    Condition: HasTopic
    Properties: {AlarmActions: [!Ref Topic]}
)";
  const Together given({{"a.yaml", parent("Topic: !Ref Topic")}, {"b.yaml", asked}});
  ASSERT_EQ(given.ids("b.yaml", "Alarm").size(), 1U);
  EXPECT_FALSE(given.stack()[given.ids("b.yaml", "Alarm")[0]].presence) << "a reference is never empty";
  const Together empty({{"a.yaml", parent("Topic: ''")}, {"b.yaml", asked}});
  EXPECT_THAT(empty.ids("b.yaml", "Alarm"), IsEmpty());

  const std::string open = "Parameters: {Env: {Type: String}}\nConditions: {IsProd: !Equals [!Ref Env, prod]}\n";
  const Together choice({{"a.yaml", open + parent("Topic: !If [IsProd, !Ref Topic, '']")}, {"b.yaml", asked}});
  const stack::Presence presence = choice.stack()[choice.ids("b.yaml", "Alarm").at(0)].presence;
  ASSERT_TRUE(presence);
  EXPECT_EQ(choice.stack()[*presence].name, "HasTopic");
  const auto& conditions = choice.stack().conditions;
  EXPECT_EQ(std::count_if(conditions.begin(), conditions.end(),
                          [](const stack::Condition& each) { return each.test == stack::Condition::Test::equals; }),
            1)
      << "it is there where the parent gives it a topic, and that is decided by IsProd";
}

TEST(Join, TakesTheDefaultWhereNothingIsGiven) {
  const std::string open = "Parameters: {Env: {Type: String}}\nConditions: {IsProd: !Equals [!Ref Env, prod]}\n";
  const Together together({{"a.yaml", open + parent("Topic: !If [IsProd, x, !Ref AWS::NoValue]")},
                           {"b.yaml", child("Type: String, Default: y", "!Ref Topic")}});
  ASSERT_NE(together.action().choice(), nullptr);
  EXPECT_EQ(stack::literal_of(together.action().choice()->branches[0]), "x");
  EXPECT_EQ(stack::literal_of(together.action().choice()->branches[1]), "y");
}

TEST(Join, GivesTheParentTheOutputsOfItsChildren) {
  const std::string with_output = topic + "Outputs:\n  Arn: {Value: !Ref Topic}\n";
  const std::string nesting = R"(
Resources:
  Child:
    Type: AWS::CloudFormation::Stack
    Properties: {TemplateURL: a.yaml}
  Alarm:
    Type: AWS::CloudWatch::Alarm
    Properties: {AlarmActions: [!GetAtt Child.Outputs.Arn, !GetAtt Child.Outputs.Other, !Sub '${Child.Outputs.Arn}']}
)";
  const Together together({{"a.yaml", with_output}, {"b.yaml", nesting}});
  expect_topic(together);
  const auto& actions = together.get<stack::Alarm>("b.yaml", "Alarm").alarm_actions;
  ASSERT_NE(actions[1].unknown(), nullptr);
  EXPECT_THAT(actions[1].unknown()->reason, HasSubstr("a.yaml has no output 'Other'"));
  EXPECT_NE(actions[2].ref(), nullptr);
}

TEST(Join, GivesOneChildTheOutputsOfAnother) {
  const std::string nesting = R"(
Resources:
  Second:
    Type: AWS::CloudFormation::Stack
    Properties: {TemplateURL: b.yaml, Parameters: {Topic: !GetAtt First.Outputs.Arn}}
  First:
    Type: AWS::CloudFormation::Stack
    Properties: {TemplateURL: a.yaml}
)";
  expect_topic(Together({{"p.yaml", nesting},
                         {"a.yaml", topic + "Outputs:\n  Arn: {Value: !Ref Topic}\n"},
                         {"b.yaml", child("Type: String", "!Ref Topic")}}));
}

TEST(Join, MakesAllOfANestedStackDependOnItsCondition) {
  const std::string open = "Parameters: {Env: {Type: String}}\nConditions: {IsProd: !Equals [!Ref Env, prod]}\n";
  const Together together({{"a.yaml", open + parent("", "    Condition: IsProd\n")}, {"b.yaml", alarm("x")}});
  const stack::Presence presence = together.stack()[together.ids("b.yaml", "Alarm").at(0)].presence;
  ASSERT_TRUE(presence);
  EXPECT_EQ(together.stack()[*presence].name, "IsProd");
  const Together never({{"a.yaml", "Conditions: {Never: !Equals [a, b]}\n" + parent("", "    Condition: Never\n")},
                        {"b.yaml", alarm("x")}});
  EXPECT_EQ(never.groups(), 0U) << "nobody nests it, so that it stands for itself";
}

TEST(Join, LoadsATemplateAsOftenAsItIsNested) {
  const std::string twice = R"(
  Again:
    Type: AWS::CloudFormation::Stack
    Properties: {TemplateURL: ./b.yaml, Parameters: {Topic: again}}
)";
  const Together together({{"a.yaml", parent("Topic: once") + twice}, {"b.yaml", child("Type: String", "!Ref Topic")}});
  const std::vector<stack::ResourceId> alarms = together.ids("b.yaml", "Alarm");
  ASSERT_EQ(alarms.size(), 2U);
  std::set<std::string> actions;
  for (const stack::ResourceId id : alarms)
    actions.insert(*stack::literal_of(std::get<stack::Alarm>(together.stack()[id].body).alarm_actions[0]));
  EXPECT_THAT(actions, ElementsAre("again", "once"));
}

TEST(Join, ComesToAnEndWhereTemplatesNestThemselves) {
  const std::string nesting = R"(
Resources:
  Child:
    Type: AWS::CloudFormation::Stack
    Properties: {TemplateURL: ./b.yaml}
  Alarm:
    Type: AWS::CloudWatch::Alarm
    Properties: {AlarmActions: [!GetAtt Child.Outputs.X]}
Outputs:
  X: {Value: !GetAtt Child.Outputs.X}
)";
  const Together together({{"b.yaml", nesting}});
  ASSERT_NE(together.action().unknown(), nullptr);
  EXPECT_THAT(together.action().unknown()->reason, HasSubstr("b.yaml nests itself"));
  EXPECT_EQ(together.stack().gaps.size(), 1U);
  const std::string other = std::string(nesting).replace(nesting.find("./b"), 3, "./a");
  EXPECT_EQ(Together({{"a.yaml", nesting}, {"b.yaml", other}}).stack().gaps.size(), 1U);
}

TEST(Join, IsBoundedWhereNestingGrows) {
  std::vector<std::pair<std::string, std::string>> texts;
  for (int i = 0; i < 14; ++i) {
    std::string text = "Resources:\n  Topic: {Type: AWS::SNS::Topic}\n";
    for (int j = 0; j < 3; ++j)
      text += "  S" + std::to_string(j) + ":\n    Type: AWS::CloudFormation::Stack\n    Properties: {TemplateURL: t" +
              std::to_string(i + 1) + ".yaml}\n";
    texts.emplace_back("t" + std::to_string(i) + ".yaml", text);
  }
  texts.emplace_back("t14.yaml", topic);
  const Together together(texts);
  EXPECT_LT(together.stack().resources().size(), 2'000U);
  EXPECT_FALSE(together.stack().gaps.empty());
}

TEST(Join, IsBoundedWhereAValueIsHandedOn) {
  std::vector<std::pair<std::string, std::string>> texts;
  for (int i = 0; i < 300; ++i) {
    const std::string from = "x" + std::to_string(i);
    texts.emplace_back(from + ".yaml",
                       "Resources: {Topic: {Type: AWS::SNS::Topic}}\nOutputs:\n  O: {Value: !ImportValue " + from +
                           ", Export: {Name: x" + std::to_string(i + 1) + "}}\n");
  }
  texts.emplace_back("b.yaml", alarm("!ImportValue x300"));
  const Together together(texts);
  ASSERT_NE(together.action().unknown(), nullptr);
}

TEST(Join, LeavesAsItIsWhatIsNotAmongTheTemplates) {
  const Together together({{"a.yaml", parent("Topic: x")}, {"b.yaml", R"(
Parameters: {Topic: {Type: String}}
Resources:
  Lost:
    Type: AWS::CloudFormation::Stack
    Properties: {TemplateURL: https://host/lost.yaml}
  Alarm:
    Type: AWS::CloudWatch::Alarm
    Properties: {AlarmActions: [!GetAtt Lost.Outputs.Topic]}
)"}});
  ASSERT_NE(together.action().ref(), nullptr);
  EXPECT_EQ(together.action().ref()->written, "Outputs.Topic");
  EXPECT_THAT(together.stack().gaps, IsEmpty());
  EXPECT_FALSE(together.get<stack::NestedStack>("b.yaml", "Lost").is_read);
  EXPECT_TRUE(together.get<stack::NestedStack>("a.yaml", "Child").is_read);
}

TEST(Join, KeepsWhatIsSecret) {
  const Together together(
      {{"a.yaml", parent("Topic: hunter2")}, {"b.yaml", child("Type: String, NoEcho: true", "!Ref Topic")}});
  ASSERT_NE(together.action().get(), nullptr);
  EXPECT_FALSE(together.action().get()->literal());
}

TEST(Join, FollowsTheCdkAndSam) {
  expect_topic(Together({{"out/main.json", R"({"Resources": {"Topic": {"Type": "AWS::SNS::Topic"}, "Child": {
      "Type": "AWS::CloudFormation::Stack", "Metadata": {"aws:asset:path": "x.nested.template.json",
      "aws:asset:property": "TemplateURL"}, "Properties": {"Parameters": {"Topic": {"Ref": "Topic"}},
      "TemplateURL": {"Fn::Join": ["", ["https://s3.", {"Ref": "AWS::URLSuffix"}, "/assets/0123.json"]]}}}}})"},
                         {"out/x.nested.template.json", child("Type: String", "!Ref Topic")}}),
               "out/main.json", "out/x.nested.template.json");
  const std::string sam = "Transform: AWS::Serverless-2016-10-31" + topic +
                          "  App:\n    Type: AWS::Serverless::Application\n    Properties: {Location: b.yaml, "
                          "Parameters: {Topic: !Ref Topic}}\n";
  expect_topic(Together({{"a.yaml", sam}, {"b.yaml", child("Type: String", "!Ref Topic")}}));
}

}  // namespace
}  // namespace secretwatch::load
