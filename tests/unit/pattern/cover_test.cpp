#include "pattern/cover.h"

#include <gmock/gmock.h>
#include <nlohmann/json.hpp>

#include "pattern/pattern.h"

namespace secretwatch::pattern {
namespace {

using ::testing::ElementsAre;
using ::testing::UnorderedElementsAre;

Filter filter(const std::string& text) {
  const Expected<Filter> read = parse(text);
  EXPECT_TRUE(read) << text << ": " << read.error().message;
  return *read;
}

/// What the pattern says where its contradictions are: "a | b" for each.
std::vector<std::string> contradictions(const std::string& text) {
  const Answer answer = can_select(filter(text));
  EXPECT_EQ(answer.verdict, Verdict::no) << text << " selects " << answer.witness;
  std::vector<std::string> all;
  for (const Contradiction& contradiction : answer.contradictions) {
    std::string parts;
    for (const Contradiction::Part& part : contradiction.parts)
      parts += (parts.empty() ? "" : " | ") + text.substr(part.place.begin, part.place.end - part.place.begin);
    all.push_back(parts);
  }
  return all;
}

std::string witness(const std::string& text) {
  const Answer answer = can_select(filter(text));
  EXPECT_EQ(answer.verdict, Verdict::yes) << text;
  EXPECT_TRUE(matches(filter(text), answer.witness)) << text << answer.witness;
  return answer.witness;
}

bool includes(const std::string& outer, const std::string& inner) {
  const Answer answer = includes(filter(outer), filter(inner));
  EXPECT_NE(answer.verdict, Verdict::not_decided) << outer << inner;
  if (answer.verdict == Verdict::no) {
    EXPECT_FALSE(matches(filter(outer), answer.witness)) << outer << answer.witness;
    EXPECT_TRUE(matches(filter(inner), answer.witness)) << inner << answer.witness;
  }
  return answer.verdict == Verdict::yes;
}

bool disjoint(const std::string& a, const std::string& b) {
  const Answer answer = can_select_both(filter(a), filter(b));
  EXPECT_NE(answer.verdict, Verdict::not_decided) << a << b;
  if (answer.verdict == Verdict::yes) {
    EXPECT_TRUE(matches(filter(a), answer.witness) && matches(filter(b), answer.witness)) << a << b << answer.witness;
  }
  return answer.verdict == Verdict::no;
}

TEST(Never, NamesTheComparisonsThatContradictEachOtherAsTheUserWroteThem) {
  EXPECT_THAT(contradictions(R"({ $.eventName = "A" && $.x = 1 && $.eventName = "B" })"),
              ElementsAre(R"($.eventName = "A" | $.eventName = "B")"));
  EXPECT_THAT(contradictions("{$.a=1&&($.a>2)}"), ElementsAre("$.a=1 | $.a>2"));
  EXPECT_THAT(contradictions("{ $.x NOT EXISTS && $.x = * }"), ElementsAre("$.x NOT EXISTS | $.x = *"));
  EXPECT_THAT(contradictions(R"({ $.s = "secretsmanager.amazonaws.com" && $.s = "s3*" })"),
              ElementsAre(R"($.s = "secretsmanager.amazonaws.com" | $.s = "s3*")"));
  EXPECT_THAT(contradictions(R"({ $.a = "x" && ($.a = "y" || $.a = "z") })"),
              ElementsAre(R"($.a = "x" | $.a = "y")", R"($.a = "x" | $.a = "z")"));
}

TEST(Never, IsProvenAcrossPathsWildcardsAndKinds) {
  for (const char* text : {R"({ $.a = "x" && $.a.b = "y" })",
                           "{ $.a[0] = 1 && $.a.b = 1 }",
                           "{ $.a[1] = 1 && $.a[0] NOT EXISTS }",
                           R"({ $.a[*] = "x" && $.a NOT EXISTS })",
                           R"({ $.a[*] != "x" && $.a.b = "x" })",
                           R"({ $.a[*] NOT EXISTS && $.a[0] = "x" })",
                           "{ $.a IS NULL && $.a IS TRUE }",
                           "{ $.a IS NULL && $.a = * }",
                           R"({ $.a != "*" })",
                           R"({ $.readOnly = "false" && $.readOnly IS FALSE })",
                           "{ $.a > 1 && $.a < 1 }",
                           "{ $.a >= 1 && $.a <= 1 && $.a != 1 }",
                           R"({ $.a = "Get*" && $.a = "*Secret" && $.a = "Get" })",
                           R"({ $.a > 1 && $.a = "x*" })",
                           R"({ $.a = "*db" && $.a = "db-*" && $.a = "db-db" && $.a != "db-db" })",
                           R"(db -db)",
                           R"("prod db" -prod)",
                           "[a = 1 && a = 2]",
                           "[a > 2 && a < 1, b]",
                           "[..., a = x && a != x]"})
    EXPECT_FALSE(contradictions(text).empty()) << text;
}

TEST(Possible, ShowsAMessage) {
  EXPECT_EQ(witness(R"({ $.eventName = "GetSecretValue" })"), R"({"eventName":"GetSecretValue"})");
  EXPECT_EQ(witness("{ $.a > 2 && $.a < 3 }"), R"({"a":2.5})");
  EXPECT_EQ(witness(R"({ $.a.b = "x*y" && $.a.c NOT EXISTS })"), R"({"a":{"b":"xy"}})");
  EXPECT_EQ(witness(R"({ $.a[*] = "x" && $.a[*] = "y" && $.a[0] = 1 })"), R"({"a":["1","x","y"]})");
  EXPECT_EQ(witness(R"({ $.a != "b" })"), R"({"a":""})");
  EXPECT_EQ(witness("{ $.a IS NULL && $.a[0] IS TRUE }"), R"({"a":[true,null]})");
  EXPECT_EQ(witness("error -warn"), "error");
  EXPECT_EQ(witness("[ip, user = f*, ..., size > 1000]").empty(), false);
  EXPECT_EQ(witness(""), "");
  EXPECT_EQ(witness("{ $.a = 9007199254740993 }"), R"({"a":"9007199254740993"})");
}

TEST(Possible, TakesFirstOccurrencesAsTheServiceDoes) {
  // The first "1" after the prefix ends the search; nothing goes back for the last one.
  EXPECT_TRUE(disjoint(R"({ $.a = "*1*3" })", R"({ $.a = "1133" })"));
  EXPECT_FALSE(disjoint(R"({ $.a = "*1*3" })", R"({ $.a = "1123" })"));
  EXPECT_TRUE(disjoint(R"({ $.ip = "*111.111.111" })", R"({ $.ip = "111.111.111.111" })"));
}

TEST(Inclusion, KnowsNamesPrefixesAndSuffixes) {
  EXPECT_TRUE(includes(R"({ $.n = "Get*" })", R"({ $.n = "GetSecretValue" })"));
  EXPECT_FALSE(includes(R"({ $.n = "GetSecretValue" })", R"({ $.n = "Get*" })"));
  EXPECT_TRUE(includes(R"({ $.n = "*" })", R"({ $.n = "a*" || $.n = 5 })"));
  EXPECT_TRUE(includes(R"({ $.n = "*:secret:db*" })", R"({ $.n = "*:secret:db-*" })"));
  EXPECT_TRUE(includes(R"({ $.n = "a" || $.n = "b" })", R"({ $.n = "b" && $.m = "c" })"));
  EXPECT_TRUE(includes("secret", R"("a secret read")"));
  EXPECT_TRUE(includes("?a ?b", "b c"));
  EXPECT_FALSE(includes("a b", "?a ?b"));
  EXPECT_TRUE(includes("[a, b = 4*]", "[x = 1, y = \"404\"]"));
  EXPECT_FALSE(includes("[a, b = 4*]", "[x = 1, y = 404]"));  // 0404 equals 404
  EXPECT_FALSE(includes("[a, b = 4*]", "[x = 1, y]"));
  EXPECT_TRUE(includes("", R"({ $.a = 1 })"));
  EXPECT_FALSE(includes(R"({ $.a = 1 })", ""));
}

TEST(Inclusion, KnowsWhatNotEqualsLosesWhereAFieldIsMissing) {
  EXPECT_TRUE(includes(R"({ $.e NOT EXISTS || $.e != "AccessDenied" })", R"({ $.e != "AccessDenied" })"));
  EXPECT_FALSE(includes(R"({ $.e != "AccessDenied" })", R"({ $.e NOT EXISTS || $.e != "AccessDenied" })"));
  // Equal and different are not all there is.
  EXPECT_FALSE(includes(R"({ $.e = "x" || $.e != "x" })", R"({ $.eventName = "*" })"));
  EXPECT_TRUE(includes(R"({ $.e = "x" || $.e != "x" })", R"({ $.e = "*" })"));
}

TEST(Disjoint, KnowsRegularExpressionsThatAreTheSame) {
  EXPECT_TRUE(disjoint("{ $.a = %x{3}% && $.b = 1 }", "{ $.a != %x{3}% }"));
  EXPECT_TRUE(includes("{ $.a = %x{3}% }", "{ $.a = %x{3}% && $.b = 1 }"));
}

TEST(Disjoint, SaysNotDecidedRatherThanGuess) {
  EXPECT_EQ(can_select_both(filter("[a = x, ..., b = y]"), filter("[a = x, b = z]")).verdict, Verdict::not_decided);
  EXPECT_EQ(includes(filter("[..., b = 1]"), filter("[a, ..., b = 1]")).verdict, Verdict::not_decided);
  EXPECT_EQ(includes(filter("{ $.a = %x*% }"), filter("{ $.a = * }")).verdict, Verdict::not_decided);
}

TEST(Disjoint, KindsThatDifferAreHeldTogetherByAWitness) {
  const Answer both = can_select_both(filter(R"({ $.eventName = "GetSecretValue" })"), filter("GetSecret"));
  EXPECT_EQ(both.verdict, Verdict::yes);
  EXPECT_EQ(both.witness, R"({"eventName":"GetSecretValue"})");
  EXPECT_EQ(can_select_both(filter(R"({ $.a = 1 })"), filter("Other -x")).verdict, Verdict::yes);
  EXPECT_TRUE(disjoint("a -a", R"({ $.a = 1 })"));
}

TEST(Reach, TellsWhatSelectsEveryRecordFromWhatSelectsNearlyEvery) {
  const auto breadth = [](const std::string& text) { return reach(filter(text)).breadth; };
  EXPECT_EQ(breadth(""), Breadth::every_record);
  EXPECT_EQ(breadth(R"({ $.eventSource = "*" })"), Breadth::every_record);
  EXPECT_EQ(breadth(R"({ $.eventName != "A" || $.eventName != "B" })"), Breadth::every_record);
  EXPECT_EQ(breadth(R"({ $.eventName != "HeadBucket" && $.awsRegion != "us-east-1" })"), Breadth::nearly_every_record);
  EXPECT_EQ(breadth(R"({ $.errorCode != "AccessDenied" })"), Breadth::not_every_record);
  EXPECT_EQ(breadth(R"({ $.eventName = "GetSecretValue" })"), Breadth::not_every_record);
  EXPECT_EQ(breadth("{ $.eventName NOT EXISTS || $.eventName = * }"), Breadth::every_record);
}

TEST(Reach, OfPatternsThatAskForWhatIsTriedFirst) {
  const std::string tried = reach(filter(R"({ $.eventName = "GetSecretValue" })")).exception;
  const std::string rare = nlohmann::json::parse(tried)["eventName"];
  const auto breadth = [](const std::string& text) { return reach(filter(text)).breadth; };
  EXPECT_EQ(breadth(R"({ $.eventName != ")" + rare + R"(" })"), Breadth::nearly_every_record);
  EXPECT_EQ(breadth(R"({ $.eventName = ")" + rare + R"(" })"), Breadth::not_every_record);
}

/// CIS AWS Foundations 1.4 to 3.0, control 4.1: negative comparisons joined by ||.
TEST(Reach, FindsTheFaultOfTheBenchmark) {
  const std::string text = R"({ ($.errorCode = "*UnauthorizedOperation") || ($.errorCode = "AccessDenied*") || )"
                           R"(($.sourceIPAddress!="delivery.logs.amazonaws.com") || ($.eventName!="HeadBucket") })";
  const Reach found = reach(filter(text));
  EXPECT_EQ(found.breadth, Breadth::nearly_every_record);
  std::vector<std::string> causes;
  for (const Contradiction::Part& part : found.causes) causes.push_back(part.text);
  EXPECT_THAT(causes, UnorderedElementsAre(R"($.sourceIPAddress != "delivery.logs.amazonaws.com")",
                                           R"($.eventName != "HeadBucket")"));
  EXPECT_FALSE(matches(filter(text), found.exception));
  EXPECT_TRUE(matches(every_record(), found.exception));
}

TEST(Bounds, LongPatternsAreDecidedOrLeftAlone) {
  std::string names;
  std::string exclusions;
  for (int i = 0; i < 25; ++i) {
    names += (i == 0 ? "" : "||") + std::string("$.n=Event") + std::to_string(i);
    exclusions += "&&($.u" + std::to_string(i) + " NOT EXISTS||$.u" + std::to_string(i) + "!=x)";
  }
  const std::string a = "{($.k=a||$.k=b)" + exclusions + "}";
  const std::string b = "{($.k=c||$.k=d)" + exclusions + "}";
  EXPECT_TRUE(disjoint(a, b));
  EXPECT_TRUE(includes(a, a));
  EXPECT_FALSE(includes("{" + names + "}", "{$.n=Event*}"));
  EXPECT_TRUE(includes("{$.n=Event*}", "{" + names + "}"));
  EXPECT_TRUE(includes("{" + names + "}", "{" + names + "}"));
}

/// Thirty pigeons and few holes: no proof in reasonable time, and no hang.
TEST(Bounds, GivesUpInBoundedTime) {
  std::string text = "{";
  for (int pigeon = 0; pigeon < 9; ++pigeon) {
    text += pigeon == 0 ? "(" : "&&(";
    for (int hole = 0; hole < 8; ++hole)
      text += (hole == 0 ? "$.h" : "||$.h") + std::to_string(hole) + "=" + std::to_string(pigeon);
    text += ")";
  }
  const Answer answer = can_select(filter(text + "}"));
  EXPECT_NE(answer.verdict, Verdict::yes);
  std::string deep = "{$";
  for (int i = 0; i < 500; ++i) deep += ".a";
  EXPECT_EQ(can_select(filter(deep + "=1}")).verdict, Verdict::yes);
  EXPECT_EQ(can_select(filter(deep + "=1&&$.a=1}")).verdict, Verdict::no);
}

}  // namespace
}  // namespace secretwatch::pattern
