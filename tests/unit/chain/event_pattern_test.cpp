/// Event patterns: the operators as EventBridge's guide describes them, each with what fits and what does not.
#include "chain/event_pattern.h"

#include <set>

#include <gmock/gmock.h>

#include "chain/secret_events.h"
#include "support/loaded.h"

namespace secretwatch::chain {
namespace {

class EventPattern : public ::testing::Test {
 protected:
  testing::Loaded loaded;

  /// `pattern` in YAML's flow style, which JSON is.
  const stack::Document& pattern(const std::string& text) {
    loaded = testing::load_template(
        "Parameters: {Some: {Type: String}}\n"
        "Resources:\n"
        "  Rule:\n    Type: AWS::Events::Rule\n    Properties:\n      EventPattern: " +
        text + "\n");
    EXPECT_EQ(loaded.errors(), "") << text;
    return *loaded.get<stack::EventRule>("Rule").event_pattern;
  }
  Match fits(const std::string& text, const EventValue& event) {
    const stack::Document& document = pattern(text);
    return fits_event(World(*loaded.stack), document, event);
  }
  Match fits(const std::string& text, const char* event) { return fits(text, read_event(event)); }
};

struct Vector {
  const char* pattern;
  const char* event;
  bool fits;
};

/// EventBridge user guide, "Comparison operators for use in event patterns" and "Creating event patterns".
constexpr Vector vectors[] = {
    // values
    {R"({"a": ["x"]})", R"({"a": "x"})", true},
    {R"({"a": ["x"]})", R"({"a": "X"})", false},
    {R"({"a": ["x", "y"]})", R"({"a": "y"})", true},
    {R"({"a": ["x"]})", R"({"b": "x"})", false},
    {R"({"a": ["x"], "b": ["y"]})", R"({"a": "x", "b": "y", "c": "z"})", true},
    {R"({"a": ["x"], "b": ["y"]})", R"({"a": "x", "b": "n"})", false},
    {R"({"a": {"b": [5]}})", R"({"a": {"b": 5}})", true},
    {R"({"a": {"b": [300]}})", R"({"a": {"b": 3.0e2}})", true},
    {R"({"a": [""]})", R"({"a": ""})", true},
    {R"({"a": [true]})", R"({"a": true})", true},
    {R"({"a": [false]})", R"({"a": true})", false},
    // lists in the event: an intersection is enough
    {R"({"a": ["x"]})", R"({"a": ["w", "x"]})", true},
    {R"({"a": ["x"]})", R"({"a": ["w"]})", false},
    {R"({"a": {"b": ["x"]}})", R"({"a": [{"b": "w"}, {"b": "x"}]})", true},
    // prefix, suffix, case
    {R"({"a": [{"prefix": "eu-"}]})", R"({"a": "eu-west-1"})", true},
    {R"({"a": [{"prefix": "eu-"}]})", R"({"a": "us-east-1"})", false},
    {R"({"a": [{"prefix": {"equals-ignore-case": "EventB"}}]})", R"({"a": "eventbridge"})", true},
    {R"({"a": [{"suffix": ".png"}]})", R"({"a": "b.png"})", true},
    {R"({"a": [{"suffix": ".png"}]})", R"({"a": "b.PNG"})", false},
    {R"({"a": [{"suffix": {"equals-ignore-case": ".png"}}]})", R"({"a": "b.PNG"})", true},
    {R"({"a": [{"equals-ignore-case": "alice"}]})", R"({"a": "ALICE"})", true},
    {R"({"a": [{"prefix": "a*"}]})", R"({"a": "ab"})", false},
    // anything-but
    {R"({"a": [{"anything-but": "x"}]})", R"({"a": "y"})", true},
    {R"({"a": [{"anything-but": "x"}]})", R"({"a": "x"})", false},
    {R"({"a": [{"anything-but": ["x", "y"]}]})", R"({"a": "y"})", false},
    {R"({"a": [{"anything-but": [100, 200]}]})", R"({"a": 300})", true},
    {R"({"a": [{"anything-but": {"prefix": "in"}}]})", R"({"a": "init"})", false},
    {R"({"a": [{"anything-but": {"suffix": ["a", "b"]}}]})", R"({"a": "xb"})", false},
    {R"({"a": [{"anything-but": {"wildcard": "*/lib/*"}}]})", R"({"a": "x/bin/y"})", true},
    {R"({"a": [{"anything-but": {"equals-ignore-case": ["i", "j"]}}]})", R"({"a": "I"})", false},
    {R"({"a": [{"anything-but": "x"}]})", R"({"b": "y"})", false},
    // numbers
    {R"({"a": [{"numeric": [">", 0, "<=", 5]}]})", R"({"a": 5})", true},
    {R"({"a": [{"numeric": [">", 0, "<=", 5]}]})", R"({"a": 5.1})", false},
    {R"({"a": [{"numeric": ["=", 3.018e2]}]})", R"({"a": 301.8})", true},
    {R"({"a": [{"numeric": ["<", 0]}]})", R"({"a": "x"})", false},
    // there or not
    {R"({"a": [{"exists": true}]})", R"({"a": "x"})", true},
    {R"({"a": [{"exists": true}]})", R"({"b": "x"})", false},
    {R"({"a": [{"exists": false}]})", R"({"b": "x"})", true},
    {R"({"a": [{"exists": false}]})", R"({"a": "x"})", false},
    {R"({"a": {"b": [{"exists": false}]}})", R"({"c": 1})", true},
    {R"({"a": ["x", {"exists": false}]})", R"({"b": "x"})", true},
    // addresses
    {R"({"a": [{"cidr": "10.0.0.0/24"}]})", R"({"a": "10.0.0.255"})", true},
    {R"({"a": [{"cidr": "10.0.0.0/24"}]})", R"({"a": "10.0.1.0"})", false},
    {R"({"a": [{"cidr": "10.0.0.0/24"}]})", R"({"a": "secretsmanager.amazonaws.com"})", false},
    {R"({"a": [{"cidr": "0.0.0.0/0"}]})", R"({"a": "203.0.113.7"})", true},
    // wildcards
    {R"({"a": [{"wildcard": "dir/*.png"}]})", R"({"a": "dir/b.png"})", true},
    {R"({"a": [{"wildcard": "*/dir/*"}]})", R"({"a": "x/y/z"})", false},
    {R"({"a": [{"wildcard": "*AtStart"}]})", R"({"a": "NotAtEnd"})", false},
    // one of several
    {R"({"$or": [{"a": ["x"]}, {"b": ["y"]}]})", R"({"a": "n", "b": "y"})", true},
    {R"({"$or": [{"a": ["x"]}, {"b": ["y"]}]})", R"({"a": "n", "b": "n"})", false},
    {R"({"c": ["z"], "$or": [{"a": ["x"]}, {"b": ["y"]}]})", R"({"a": "x", "c": "n"})", false},
    {R"({"d": {"$or": [{"a": ["x"]}, {"b": [{"numeric": [">", 1]}]}]}})", R"({"d": {"b": 2}})", true},
};

TEST_F(EventPattern, FitsAsTheGuideSays) {
  for (const Vector& vector : vectors)
    EXPECT_EQ(fits(vector.pattern, vector.event), vector.fits ? Match::yes : Match::no)
        << vector.pattern << " against " << vector.event;
}

TEST_F(EventPattern, DecidesNothingByWhatIsNotKnown) {
  EXPECT_EQ(fits(R"({"a": [!Ref Some]})", R"({"a": "x"})"), Match::maybe);
  EXPECT_EQ(fits(R"({"a": [!Ref Some, "x"]})", R"({"a": "x"})"), Match::yes);
  EXPECT_EQ(fits(R"({"a": [!Ref Some], "b": ["y"]})", R"({"a": "x", "b": "n"})"), Match::no);
  EXPECT_EQ(fits(R"({"a": [{"prefix": !Ref Some}]})", R"({"a": "x"})"), Match::maybe);
  EXPECT_EQ(fits(R"({"a": [{"new-operator": "x"}]})", R"({"a": "x"})"), Match::maybe);
  EXPECT_EQ(fits("!Ref Some", R"({"a": "x"})"), Match::maybe);

  EventValue event = read_event(R"({"a": "x", "b": {}})");
  event.parts[0].is_known = false;
  EXPECT_EQ(fits(R"({"a": ["x"]})", event), Match::maybe);
  EXPECT_EQ(fits(R"({"a": [{"exists": true}]})", event), Match::yes);
  EXPECT_EQ(fits(R"({"a": []})", event), Match::maybe);
  EXPECT_EQ(fits(R"({"b": {"c": ["x"]}})", event), Match::no);
  event.parts[1].may_hold = {"c"};
  EXPECT_EQ(fits(R"({"b": {"c": ["x"]}})", event), Match::maybe);
  EXPECT_EQ(fits(R"({"b": {"d": ["x"]}})", event), Match::no);
}

TEST_F(EventPattern, KnowsNull) {
  stack::Document list;
  list.kind = stack::Document::Kind::list;
  list.parts.emplace_back();
  stack::Document wanted;
  wanted.kind = stack::Document::Kind::object;
  wanted.names = {"a"};
  wanted.parts = {list};
  const stack::Stack empty;
  EXPECT_EQ(fits_event(World(empty), wanted, read_event(R"({"a": null})")), Match::yes);
  EXPECT_EQ(fits_event(World(empty), wanted, read_event(R"({"a": "null"})")), Match::no);
  EXPECT_EQ(fits_event(World(empty), wanted, read_event("{}")), Match::no);
}

TEST_F(EventPattern, ReadsEventsOfAnyText) {
  EXPECT_EQ(read_event("no JSON").kind, EventValue::Kind::not_known);
  const EventValue event = read_event(R"({"A": [1, "\u0041"], "": {"x": null}})");
  ASSERT_EQ(event.kind, EventValue::Kind::object);
  EXPECT_EQ(event.find("A")->parts.at(1).text, "A");
  EXPECT_EQ(event.find("")->find("x")->kind, EventValue::Kind::null);
}

// --- events of secrets ---

class SecretEvents : public EventPattern {
 protected:
  /// The names of the events that a pattern may select.
  std::set<std::string> selected(const std::string& text) {
    const stack::Document& document = pattern(text);
    const World world(*loaded.stack);
    std::set<std::string> names;
    for (const SecretEvent& each : secret_events())
      if (fits_event(world, document, each.event) != Match::no) names.insert(each.name);
    return names;
  }
};

TEST_F(SecretEvents, AreSelectedByTheirNames) {
  using ::testing::ElementsAre;
  using ::testing::IsEmpty;
  EXPECT_THAT(selected("{source: [aws.secretsmanager], detail: {eventName: [GetSecretValue]}}"),
              ElementsAre("GetSecretValue"));
  EXPECT_THAT(selected("{detail-type: [AWS Service Event via CloudTrail], detail: {eventName: [{prefix: Rotation}]}}"),
              ElementsAre("RotationAbandoned", "RotationFailed", "RotationStarted", "RotationSucceeded"));
  EXPECT_THAT(selected("{detail-type: [AWS API Call via CloudTrail], detail: {eventName: [RotationFailed]}}"),
              IsEmpty());
  EXPECT_THAT(selected("{source: [aws.secretmanager]}"), IsEmpty());
  EXPECT_THAT(selected("{detail: {eventName: [GetSecretsValue]}}"), IsEmpty());
  EXPECT_THAT(selected("{detail: {eventSource: [secretsmanager]}}"), IsEmpty());
}

TEST_F(SecretEvents, AreNotJudgedByWhatDiffersFromCallToCall) {
  const char* name = "{detail: {eventName: [GetSecretValue, BatchGetSecretValue], ";
  const auto count = [&](const std::string& rest) { return selected(name + rest + "}}").size(); };
  EXPECT_EQ(count("requestParameters: {secretId: [prod/db]}"), 1U) << "a batch has no secretId";
  EXPECT_EQ(count("requestParameters: {secretid: [prod/db]}"), 0U) << "no call has one";
  EXPECT_EQ(count("requestParameters: {versionStage: [AWSPREVIOUS]}"), 2U) << "some calls have one";
  EXPECT_EQ(count("userIdentity: {type: [Root]}"), 2U);
  EXPECT_EQ(count("userIdentity: {sessionContext: {sessionIssuer: {userName: [{anything-but: deploy}]}}}"), 2U);
  EXPECT_EQ(count("sourceIPAddress: [{cidr: 10.0.0.0/8}]"), 2U);
  EXPECT_EQ(count("sourceIpAddress: [{exists: true}]"), 0U) << "no record has one";
  EXPECT_EQ(count("errorCode: [{exists: true}]"), 2U);
  EXPECT_EQ(count("vpcEndpointId: [{exists: true}]"), 2U);
  EXPECT_EQ(count("readOnly: [false]"), 0U);
}

TEST_F(SecretEvents, AreReadWhereTheyAreReadOnly) {
  std::set<std::string> reads;
  for (const SecretEvent& each : secret_events())
    if (each.is_read) reads.insert(each.name);
  EXPECT_THAT(reads,
              ::testing::ElementsAre("BatchGetSecretValue", "DescribeSecret", "GetRandomPassword", "GetResourcePolicy",
                                     "GetSecretValue", "ListSecretVersionIds", "ListSecrets"));
}

TEST_F(SecretEvents, HaveTheFieldsThatCloudTrailDocuments) {
  EXPECT_EQ(has_path("$.detail.sourceIPAddress"), Match::yes);
  EXPECT_EQ(has_path("$.detail.sourceIpAddress"), Match::no);
  EXPECT_EQ(nearest_path("$.detail.sourceIpAddress"), "$.detail.sourceIPAddress");
  EXPECT_EQ(has_path("$.detail.userIdentity.sessionContext.sessionIssuer.userName"), Match::maybe);
  EXPECT_EQ(has_path("$.detail.useridentity.arn"), Match::no);
  EXPECT_EQ(has_path("$.Detail.eventName"), Match::no);
  EXPECT_EQ(has_path("$.detail.requestParameters.secretId"), Match::yes);
  EXPECT_EQ(has_path("$.detail.requestParameters.secretIdList[0]"), Match::yes);
  EXPECT_EQ(has_path("$.account"), Match::yes);
  EXPECT_EQ(has_path("$.accountId"), Match::no);
  EXPECT_EQ(has_path("$"), Match::maybe);
  EXPECT_EQ(has_path("not a path"), Match::maybe);
}

TEST_F(SecretEvents, OfAlarmsAreHeardByRulesForThem) {
  const auto hears = [this](const std::string& text) {
    loaded = testing::load_template(
        "Resources:\n"
        "  Read: {Type: AWS::CloudWatch::Alarm, Properties: {AlarmName: read, MetricName: m, Namespace: n}}\n"
        "  Rule:\n    Type: AWS::Events::Rule\n    Properties:\n      EventPattern: " +
        text + "\n");
    const World world(*loaded.stack);
    return fits_event(world, *loaded.get<stack::EventRule>("Rule").event_pattern,
                      alarm_event(world, stack::ResourceId{0}));
  };
  EXPECT_EQ(hears("{source: [aws.cloudwatch]}"), Match::yes);
  EXPECT_EQ(hears("{source: [aws.cloudwatch], detail: {alarmName: [{prefix: re}], state: {value: [ALARM]}}}"),
            Match::yes);
  EXPECT_EQ(hears("{source: [aws.cloudwatch], detail: {alarmName: [other]}}"), Match::no);
  EXPECT_EQ(hears("{source: [aws.cloudwatch], detail: {state: {value: [OK]}}}"), Match::no);
  EXPECT_EQ(hears("{source: [aws.cloudwatch], resources: [!GetAtt Read.Arn]}"), Match::maybe);
  EXPECT_EQ(hears("{source: [aws.ec2]}"), Match::no);
}

}  // namespace
}  // namespace secretwatch::chain
