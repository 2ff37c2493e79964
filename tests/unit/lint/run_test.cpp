/// What run makes of checks: worlds, causes, order. With rules of its own, which judge topics by their names.
#include <gmock/gmock.h>

#include "lint/lint.h"
#include "lint/rules/catalogue.h"

namespace secretwatch::lint {
namespace {

using stack::Choice;
using stack::Condition;
using stack::ConditionId;
using stack::ResourceId;
using stack::Stack;
using stack::Text;
using stack::TextValue;
using stack::Topic;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

std::string name_in(const chain::World& world, ResourceId subject) {
  const auto* const topic = std::get_if<Topic>(&world.stack()[subject].body);
  return topic == nullptr ? "" : world.literal(topic->name).value_or("");
}

extern const Rule bad_name, worse_name, follows, follows_in_turn, in_a_circle;

void check_name(const chain::World& world, ResourceId subject, Findings& out) {
  const std::string name = name_in(world, subject);
  if (name.starts_with("bad")) out.add(bad_name, subject, world.stack()[subject].span, "'{}' is bad", name);
  if (name.starts_with("worse")) out.add(worse_name, subject, world.stack()[subject].span, "'{}' is worse", name);
}
void check_followers(const chain::World& world, ResourceId subject, Findings& out) {
  const Span& span = world.stack()[subject].span;
  const ResourceId first{};
  if (name_in(world, subject) == "second") out.add(follows, subject, span, "the second").because_of(bad_name, first);
  if (name_in(world, subject) == "third")
    out.add(follows_in_turn, subject, span, "the third").because_of(follows, ResourceId{1});
  if (name_in(world, subject) == "circle") {
    out.add(in_a_circle, subject, span, "one").because_of(follows, subject);
    out.add(follows, subject, span, "other").because_of(in_a_circle, subject);
  }
}
void check_unknown(const chain::World& world, ResourceId subject, Findings& out) {
  if (name_in(world, subject) != "open") return;
  out.undecided(subject, world.stack()[subject].span, "the first is not known");
  out.undecided(subject, world.stack()[subject].span, "the second is not known");
  out.undecided(subject, world.stack()[subject].span, "the first is not known");
}

const Rule bad_name{.id = "X1",
                    .name = "bad-name",
                    .since = "",
                    .summary = "",
                    .finds = "",
                    .harm = "",
                    .decision = "",
                    .source = "",
                    .check = check_name};
const Rule worse_name{.id = "X2",
                      .name = "worse-name",
                      .since = "",
                      .summary = "",
                      .finds = "",
                      .harm = "",
                      .decision = "",
                      .source = "",
                      .check = check_name};
const Rule follows{.id = "X3",
                   .name = "follows",
                   .since = "",
                   .summary = "",
                   .finds = "",
                   .harm = "",
                   .decision = "",
                   .source = "",
                   .check = check_followers};
const Rule follows_in_turn{.id = "X4",
                           .name = "follows-in-turn",
                           .since = "",
                           .summary = "",
                           .finds = "",
                           .harm = "",
                           .decision = "",
                           .source = ""};
const Rule in_a_circle{.id = "X5",
                       .name = "in-a-circle",
                       .since = "",
                       .summary = "",
                       .finds = "",
                       .harm = "",
                       .decision = "",
                       .source = ""};
const Rule unknown_name{.id = "X6",
                        .name = "unknown-name",
                        .since = "",
                        .summary = "",
                        .finds = "",
                        .harm = "",
                        .decision = "",
                        .source = "",
                        .check = check_unknown};
const Rule* const own_rules[] = {&bad_name, &worse_name, &follows, &follows_in_turn, &in_a_circle, &unknown_name};

class Running : public ::testing::Test {
 protected:
  Stack stack;

  ConditionId condition(const char* name) {
    const auto parameter = stack.add(stack::Parameter{.name = name});
    return stack.add(Condition{.name = name, .test = Condition::Test::equals, .texts = {Text{parameter}, "yes"}});
  }
  ResourceId topic(TextValue name, std::optional<ConditionId> presence = {}) {
    Topic body;
    body.name = std::move(name);
    const auto number = static_cast<std::uint32_t>(stack.resources().size());
    return stack.add({.label = "topic" + std::to_string(number),
                      .body = std::move(body),
                      .span = {FileId{1}, number * 10, number * 10 + 5},
                      .presence = presence});
  }
  static TextValue choose(ConditionId condition, const char* then, const char* otherwise) {
    return Choice<Text>{condition, {TextValue(Text(then)), TextValue(Text(otherwise))}};
  }
  std::vector<Finding> run() const { return lint::run(stack, {.rules = own_rules}); }
  /// "X1 error proven: message | related…"
  std::vector<std::string> told() const {
    std::vector<std::string> lines;
    for (const Finding& finding : run()) {
      std::string line = fmt::format("{} {} {}: {}", finding.rule->id, name_of(finding.severity),
                                     name_of(finding.precision), finding.message);
      for (const Related& related : finding.related) line += " | " + related.message;
      lines.push_back(line);
    }
    return lines;
  }
};

TEST_F(Running, LeavesAloneWhatHoldsInEveryWorld) {
  const ConditionId prod = condition("IsProd");
  topic(Text("bad"), prod);
  EXPECT_THAT(told(), ElementsAre("X1 error proven: 'bad' is bad")) << "wherever the topic is there, it is bad";
}

TEST_F(Running, SaysWhereAFindingHoldsThatHoldsInSomeWorlds) {
  topic(choose(condition("IsProd"), "good", "bad"));
  EXPECT_THAT(told(), ElementsAre("X1 warning likely: 'bad' is bad | only where condition 'IsProd' does not hold"));
}

TEST_F(Running, KnowsThatARuleSpeaksInEveryWorldAtDifferentPlaces) {
  topic(choose(condition("IsProd"), "bad1", "bad2"));
  EXPECT_THAT(told(), ElementsAre("X1 error proven: 'bad1' is bad | only where condition 'IsProd' holds",
                                  "X1 error proven: 'bad2' is bad | only where condition 'IsProd' does not hold"));
}

TEST_F(Running, NamesEveryConditionThatItTakes) {
  const ConditionId a = condition("A");
  const ConditionId b = condition("B");
  topic(TextValue(Choice<Text>{a, {choose(b, "bad", "good"), TextValue(Text("good"))}}));
  EXPECT_THAT(told(), ElementsAre("X1 warning likely: 'bad' is bad | only where condition 'A' holds and condition 'B' "
                                  "holds"));
}

TEST_F(Running, NamesTheConditionThatPeopleWroteAndNotThePartsOfIt) {
  const auto parameter = stack.add(stack::Parameter{.name = "Stage"});
  const ConditionId part =
      stack.add(Condition{.name = "IsProd/1", .test = Condition::Test::equals, .texts = {Text{parameter}, "dev"}});
  const ConditionId prod = stack.add(Condition{.name = "IsProd", .test = Condition::Test::negation, .terms = {part}});
  topic(choose(prod, "bad", "good"));
  EXPECT_THAT(told(), ElementsAre("X1 warning likely: 'bad' is bad | only where condition 'IsProd' holds"));
}

TEST_F(Running, SaysThatThereAreTooManyWorlds) {
  TextValue name = Text("bad");
  for (int i = 0; i < 7; ++i) name = Choice<Text>{condition(("C" + std::to_string(i)).c_str()), {name, name}};
  topic(name);
  const std::vector<Finding> found = run();
  ASSERT_EQ(found.size(), 2U);
  EXPECT_EQ(found[0].rule, &rules::chain_undecided);
  EXPECT_EQ(found[1].precision, Precision::likely) << "what was seen in each of 64 worlds need not hold in all";
}

TEST_F(Running, LetsTheFirstBrokenLinkSpeak) {
  topic(Text("bad"));
  topic(Text("second"));
  topic(Text("third"));
  EXPECT_THAT(told(), ElementsAre("X1 error proven: 'bad' is bad | it follows that the second (X3) | it follows that "
                                  "the third (X4)"));
}

TEST_F(Running, LetsAFollowerSpeakWhenNothingIsWrongBefore) {
  topic(Text("good"));
  topic(Text("second"));
  EXPECT_THAT(told(), ElementsAre("X3 error proven: the second"));
}

TEST_F(Running, TellsOneOfThoseThatFollowFromOneAnother) {
  topic(Text("circle"));
  EXPECT_THAT(told(), ElementsAre("X3 error proven: other | it follows that one (X5)"));
}

TEST_F(Running, TellsAllThatIsUndecidedAboutAResourceOnce) {
  topic(Text("open"));
  EXPECT_THAT(told(), ElementsAre("R004 note proven: the first is not known | the second is not known"));
}

TEST_F(Running, TellsOnlyWhatIsSelected) {
  topic(Text("bad"));
  topic(Text("worse"));
  topic(Text("second"));
  const auto ids = [&](Selection selection) {
    std::vector<std::string_view> found;
    for (const Finding& finding : lint::run(stack, {.selection = std::move(selection), .rules = own_rules}))
      found.push_back(finding.rule->id);
    return found;
  };
  EXPECT_THAT(ids({}), ElementsAre("X1", "X2"));
  EXPECT_THAT(ids({.ignore = {"X1"}}), ElementsAre("X2", "X3")) << "a cause that is not told explains nothing";
  EXPECT_THAT(ids({.select = {"worse-name"}}), ElementsAre("X2"));
  EXPECT_THAT(ids({.select = {"X2"}, .ignore = {"X"}}), ElementsAre("X2")) << "the longer word counts";
  EXPECT_THAT(ids({.ignore = {"X"}}), IsEmpty());
}

TEST(Selecting, TurnsOnWhatIsOff) {
  Rule off = bad_name;
  off.is_on = false;
  EXPECT_FALSE(is_selected(off, {}));
  EXPECT_FALSE(is_selected(off, {.select = {"X"}}));
  EXPECT_TRUE(is_selected(off, {.select = {"x1"}}));
  EXPECT_TRUE(is_selected(off, {.all = true}));
}

TEST(Catalogue, HasNoIdAndNoNameTwice) {
  std::set<std::string_view> words;
  for (const Rule* rule : all_rules()) {
    EXPECT_TRUE(words.insert(rule->id).second) << rule->id;
    EXPECT_TRUE(words.insert(rule->name).second) << rule->name;
    EXPECT_EQ(find_rule(rule->id), rule);
    EXPECT_EQ(find_rule(rule->name), rule);
  }
}

TEST(Catalogue, ExplainsEveryRule) {
  for (const Rule* rule : all_rules()) {
    for (const std::string_view text :
         {rule->since, rule->summary, rule->finds, rule->harm, rule->decision, rule->source})
      EXPECT_FALSE(text.empty()) << rule->id;
    EXPECT_FALSE(rule->summary.ends_with(".")) << rule->id;
    for (const std::string_view text : {rule->finds, rule->harm, rule->decision, rule->source}) {
      EXPECT_TRUE(text.ends_with(".")) << rule->id << ": " << text;
      EXPECT_LE(text.size(), 1024U) << rule->id << ": code scanning takes no more";
    }
  }
}

}  // namespace
}  // namespace secretwatch::lint
