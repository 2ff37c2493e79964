/// What the planned filters select, record by record. The names here are chosen to be mixed up: `db` begins
/// `db-replica`, `db-replica-2` and a path; a random suffix may begin like a sibling's name.
#include <gmock/gmock.h>

#include "model/values.h"
#include "pattern/pattern.h"
#include "support/accesses.h"
#include "support/spec_text.h"

namespace secretwatch {
namespace {

using testing::batch;
using testing::call;
using testing::call_with_id;
using testing::compile_text;
using testing::Compiled;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using testing::Json;
using testing::refused;
using testing::service_event;
using testing::spec_with;
using testing::typed_forms;

/// The ids of the secrets whose filters select the record, one entry a filter; "any" for filters of no secret.
std::vector<std::string> counted_for(const Compiled& c, const Json& record, const std::string& alert) {
  std::vector<std::string> ids;
  const std::string message = record.dump();
  for (const plan::PlannedFilter& filter : c.plan->filters) {
    if (filter.alert != alert) continue;
    if (pattern::matches(*pattern::parse(filter.pattern), message))
      ids.push_back(filter.secret.empty() ? "any" : filter.secret);
  }
  return ids;
}

const std::string mixed_up = "[db, db-replica, db-replica-2, {prefix: path/}, other]";

Compiled compile_alert(const std::string& secrets, const std::string& alert, const std::string& name = "a") {
  Compiled c = compile_text(spec_with(secrets, "alerts: {" + name + ": " + alert + "}\n"));
  EXPECT_EQ(c.errors(), "") << alert;
  return c;
}

TEST(Read, CountsEachWayOfNamingTheSecretOnceAndForThatSecretOnly) {
  const Compiled c = compile_alert(mixed_up, "{detect: read}");
  for (const char* name : {"db", "db-replica", "db-replica-2", "other"}) {
    for (const std::string& id : typed_forms(name)) {
      EXPECT_THAT(counted_for(c, call_with_id("GetSecretValue", id), "a"), ElementsAre(name)) << id;
      EXPECT_THAT(counted_for(c, batch({id}), "a"), ::testing::Contains(name)) << id;
    }
  }
  for (const std::string& id : typed_forms("path/to/key"))
    EXPECT_THAT(counted_for(c, call_with_id("GetSecretValue", id), "a"), ElementsAre("path")) << id;
}

TEST(Read, CountsASecretWhoseRandomSuffixBeginsLikeASibling) {
  const Compiled c = compile_alert("[db, db-rep, db-repli]", "{detect: read}");
  EXPECT_THAT(counted_for(c, call_with_id("GetSecretValue", testing::arn_of("db-repAbC")), "a"), ElementsAre("db"));
  EXPECT_THAT(counted_for(c, call_with_id("GetSecretValue", testing::arn_of("db-repliX")), "a"), ElementsAre("db"));
  EXPECT_THAT(counted_for(c, call_with_id("GetSecretValue", testing::arn_of("db-rep-AbCdEf")), "a"),
              ElementsAre("db-rep"));
}

TEST(Read, LeavesOutWhatLiesBelowAWatchedPathThatBeginsLikeTheName) {
  const Compiled c = compile_alert("[db, {prefix: db-replica/}, {prefix: db-ab, id: short}]", "{detect: read}");
  EXPECT_THAT(counted_for(c, call_with_id("GetSecretValue", testing::arn_of("db-replica/x-AbCdEf")), "a"),
              ElementsAre("db-replica"));
  EXPECT_THAT(counted_for(c, call_with_id("GetSecretValue", testing::arn_of("db-abCdEf")), "a"),
              ElementsAre("db", "short"))
      << "'db-ab' may begin the random suffix of 'db': both count rather than neither";
}

TEST(Read, IgnoresStrangersAndOtherServices) {
  const Compiled c = compile_alert(mixed_up, "{detect: read}");
  for (const char* name : {"dbx", "xdb", "db/child", "DB", "database", "another"})
    for (const std::string& id : typed_forms(name))
      EXPECT_THAT(counted_for(c, call_with_id("GetSecretValue", id), "a"), IsEmpty()) << id;
  EXPECT_THAT(counted_for(c, call_with_id("DescribeSecret", "db"), "a"), IsEmpty());
  Json other_service = call_with_id("GetSecretValue", "db");
  other_service["eventSource"] = "example.amazonaws.com";
  EXPECT_THAT(counted_for(c, other_service, "a"), IsEmpty());
}

TEST(Read, CountsForAnUnwatchedNeighbourAsDocumented) {
  const Compiled c = compile_alert("[db]", "{detect: read}");
  EXPECT_THAT(counted_for(c, call_with_id("GetSecretValue", testing::arn_of("db-stranger-AbCdEf")), "a"),
              ElementsAre("db"));
  EXPECT_THAT(counted_for(c, call_with_id("GetSecretValue", "db-stranger"), "a"), IsEmpty())
      << "by name it is told apart";
}

TEST(Read, OfSeveralInOneBatchCountsForEach) {
  const Compiled c = compile_alert("[alpha, beta, gamma]", "{detect: read}");
  EXPECT_THAT(counted_for(c, batch({"beta", testing::arn_of("alpha-AbCdEf"), "stranger"}), "a"),
              ElementsAre("alpha", "beta"));
}

TEST(Region, LimitsWhatCounts) {
  const Compiled c = compile_alert("[{name: db, region: eu-west-1, id: west}, {name: db, region: us-east-2, id: east}]",
                                   "{detect: read}");
  EXPECT_THAT(counted_for(c, call_with_id("GetSecretValue", "db"), "a"), ElementsAre("east"));
}

TEST(Denied, FindsTheSecretInTheMessageOrInTheRequest) {
  const Compiled c = compile_alert(mixed_up, "{detect: denied}");
  for (const char* name : {"db", "db-replica", "db-replica-2", "other"}) {
    for (const std::string& id : typed_forms(name)) {
      for (const char* event : {"GetSecretValue", "BatchGetSecretValue"})
        EXPECT_THAT(counted_for(c, refused(event, id), "a"), ElementsAre(name)) << event << " " << id;
      Json with_request = call_with_id("GetSecretValue", id);
      with_request["errorCode"] = "ResourceNotFoundException";
      with_request["errorMessage"] = "Secrets Manager can't find the specified secret: " + id;
      EXPECT_THAT(counted_for(c, with_request, "a"), ElementsAre(name)) << id;
      EXPECT_THAT(counted_for(c, call_with_id("GetSecretValue", id), "a"), IsEmpty()) << "that one was allowed";
    }
  }
  Json at_the_end = refused("GetSecretValue", "db");
  at_the_end["errorMessage"] = "not authorized to perform: secretsmanager:GetSecretValue on resource: db";
  EXPECT_THAT(counted_for(c, at_the_end, "a"), ElementsAre("db"));
}

TEST(ReadAndDenied, TogetherCountEachCallOnce) {
  const Compiled c = compile_alert("[db, other]", "{detect: [read, denied]}");
  EXPECT_THAT(counted_for(c, call_with_id("GetSecretValue", "db"), "a"), ElementsAre("db"));
  EXPECT_THAT(counted_for(c, refused("GetSecretValue", "db"), "a"), ElementsAre("db"));
  Json failed = call_with_id("GetSecretValue", "db");
  failed["errorCode"] = "DecryptionFailure";
  EXPECT_THAT(counted_for(c, failed, "a"), ElementsAre("db"));
}

TEST(EveryDetection, CountsItsEventsAndNoOthers) {
  for (const model::Detection& detection : model::all_detections()) {
    if (detection.refused) continue;
    const Compiled c = compile_alert("[db, other]", "{detect: " + std::string(detection.name) + "}");
    for (const model::Event& event : model::all_events()) {
      const std::string name(event.name);
      const bool watched =
          std::find(detection.events.begin(), detection.events.end(), event.name) != detection.events.end();
      const Json record = event.named_by == model::NamedBy::secret_id_list          ? batch({"db"})
                          : event.named_by == model::NamedBy::additional_event_data ? service_event(name, "db")
                          : event.named_by == model::NamedBy::name                  ? call(name, {{"name", "db"}})
                          : event.named_by == model::NamedBy::nothing               ? call(name, nullptr)
                                                                                    : call_with_id(name, "db");
      const bool names_it = watched && event.named_by != model::NamedBy::nothing;
      EXPECT_EQ(counted_for(c, record, "a"), names_it ? std::vector<std::string>{"db"} : std::vector<std::string>{})
          << detection.name << " " << name;
    }
  }
}

TEST(ServiceEvents, NameTheSecretByArn) {
  const Compiled c = compile_alert(mixed_up, "{detect: rotation-failed}");
  for (const char* name : {"db", "db-replica", "db-replica-2", "other"})
    EXPECT_THAT(counted_for(c, service_event("RotationFailed", name), "a"), ElementsAre(name));
}

TEST(CreateSecret, NamesTheSecretInItsOwnField) {
  const Compiled c = compile_alert("[db, {prefix: prod/}]", "{detect: {events: [CreateSecret]}}");
  EXPECT_THAT(counted_for(c, call("CreateSecret", {{"name", "db"}}), "a"), ElementsAre("db"));
  EXPECT_THAT(counted_for(c, call("CreateSecret", {{"name", "prod/new"}}), "a"), ElementsAre("prod"));
  EXPECT_THAT(counted_for(c, call("CreateSecret", {{"name", "db-2"}}), "a"), IsEmpty());
}

TEST(CallsThatNameNoSecret, CountOnlyForAnAlertOverAllSecretsTogether) {
  const Json list = call("ListSecrets", nullptr);
  EXPECT_THAT(counted_for(compile_alert("[db]", "{detect: discovery}"), list, "a"), IsEmpty());
  EXPECT_THAT(counted_for(compile_alert("[db]", "{detect: discovery, per: alert}"), list, "a"), ElementsAre("any"));
  EXPECT_THAT(counted_for(compile_alert("[db, x]", "{detect: discovery, per: alert, secrets: [db]}"), list, "a"),
              IsEmpty());
  const Compiled reads = compile_alert("[db, x]", "{detect: read, per: alert}");
  EXPECT_THAT(counted_for(reads, testing::batch_by_filter(), "a"), ElementsAre("any"));
  EXPECT_THAT(counted_for(reads, refused("BatchGetSecretValue", ""), "a"), IsEmpty())
      << "a refused batch reads nothing";
  EXPECT_THAT(counted_for(reads, batch({"db"}), "a"), ElementsAre("db"));
  const Compiled denied = compile_alert("[db, x]", "{detect: denied, per: alert}");
  EXPECT_THAT(counted_for(denied, refused("BatchGetSecretValue", ""), "a"), ElementsAre("any"));
  EXPECT_THAT(counted_for(denied, refused("BatchGetSecretValue", "db"), "a"), ElementsAre("db"));
  EXPECT_THAT(counted_for(denied, refused("BatchGetSecretValue", "stranger"), "a"), IsEmpty());
}

// --- callers
// -----------------------------------------------------------------------------------------------------------

Json as_role(Json record, const std::string& role) {
  record["userIdentity"] = {
      {"type", "AssumedRole"},
      {"arn", "arn:aws:sts::123456789012:assumed-role/" + role + "/session"},
      {"sessionContext",
       {{"sessionIssuer", {{"type", "Role"}, {"userName", role}, {"arn", "arn:aws:iam::123456789012:role/" + role}}}}}};
  return record;
}
Json as_user(Json record, const std::string& user) {
  record["userIdentity"] = {{"type", "IAMUser"}, {"userName", user}, {"arn", "arn:aws:iam::123456789012:user/" + user}};
  return record;
}
Json as_root(Json record) {
  record["userIdentity"] = {{"type", "Root"}, {"arn", "arn:aws:iam::123456789012:root"}};
  return record;
}
Json as_service(Json record, const std::string& service) {
  record["userIdentity"] = {{"type", "AWSService"}, {"invokedBy", service}};
  return record;
}

TEST(Except, LeavesOutTheExpectedReadersAndNobodyElse) {
  const Compiled c =
      compile_alert("[db]",
                    "{detect: read, except: {roles: [app, arn:aws:iam::123456789012:role/rotation], users: [ci], "
                    "services: [rds.amazonaws.com]}}");
  const Json read = call_with_id("GetSecretValue", "db");
  for (const Json& expected :
       {as_role(read, "app"), as_role(read, "rotation"), as_user(read, "ci"), as_service(read, "rds.amazonaws.com")})
    EXPECT_THAT(counted_for(c, expected, "a"), IsEmpty()) << expected["userIdentity"];
  for (const Json& stranger : {as_role(read, "app2"), as_role(read, "ci"), as_user(read, "alice"),
                               as_user(read, "rotation"), as_root(read), as_service(read, "kafka.amazonaws.com")})
    EXPECT_THAT(counted_for(c, stranger, "a"), ElementsAre("db")) << stranger["userIdentity"];
}

TEST(Only, CountsTheseCallersAndNobodyElse) {
  const Compiled c = compile_alert("[db]", "{detect: read, only: {root: true, users: [ci], roles: [app]}}");
  const Json read = call_with_id("GetSecretValue", "db");
  for (const Json& wanted : {as_root(read), as_user(read, "ci"), as_role(read, "app")})
    EXPECT_THAT(counted_for(c, wanted, "a"), ElementsAre("db")) << wanted["userIdentity"];
  for (const Json& other : {as_user(read, "alice"), as_role(read, "ci"), as_service(read, "rds.amazonaws.com")})
    EXPECT_THAT(counted_for(c, other, "a"), IsEmpty()) << other["userIdentity"];
}

// --- cutting
// -----------------------------------------------------------------------------------------------------------

std::vector<std::string> parts(const Compiled& c, const std::string& secret) {
  std::vector<std::string> all;
  for (const plan::PlannedFilter& filter : c.plan->filters)
    if (filter.secret == secret) all.push_back(filter.part);
  return all;
}

TEST(Cutting, HappensByFieldFirst) {
  const std::string name(110, 'n');
  EXPECT_THAT(parts(compile_alert("[{name: " + name + ", id: n}]", "{detect: read}"), "n"), ElementsAre("", "list"));
  EXPECT_THAT(parts(compile_alert("[{name: " + name + ", id: n}]", "{detect: denied}"), "n"),
              ElementsAre("", "list", "refused"));
  const Compiled mixed = compile_alert("[{name: " + name + ", id: n}]", "{detect: [change, rotation-failed]}");
  EXPECT_EQ(parts(mixed, "n").back(), "service");
}

TEST(Cutting, GoesOnByEventNamesInCatalogueOrder) {
  const std::string name(220, 'n');
  const Compiled c = compile_alert("[{name: " + name + ", id: n}]", "{detect: change}");
  EXPECT_THAT(parts(c, "n"), ElementsAre("", "2", "3"));
  std::vector<std::string> events;
  for (const plan::PlannedFilter& filter : c.plan->filters)
    events.insert(events.end(), filter.events.begin(), filter.events.end());
  EXPECT_THAT(events, ::testing::ElementsAreArray(model::find_detection("change")->events))
      << "each event in one part, in order";
}

TEST(Cutting, KeepsEveryPatternWithinTheLimitsAndEveryCallCountedOnce) {
  for (const std::size_t length : {1UL, 40UL, 80UL, 120UL, 200UL, 300UL, 400UL, 512UL}) {
    const std::string name(length, 'n');
    for (const char* detect :
         {"read", "denied", "change", "permissions", "rotation-failed", "[read, denied, change, delete]"}) {
      const Compiled c = compile_alert("[{name: " + name + ", id: n}, x]", std::string("{detect: ") + detect + "}");
      ASSERT_TRUE(c.plan) << length << detect;
      for (const plan::PlannedFilter& filter : c.plan->filters) {
        EXPECT_LE(filter.pattern.size(), pattern::max_characters);
        EXPECT_TRUE(pattern::parse(filter.pattern)) << filter.pattern;
      }
      for (const std::string& id : typed_forms(name)) {
        for (const model::Event& event : model::all_events()) {
          if (event.named_by != model::NamedBy::secret_id) continue;
          EXPECT_LE(counted_for(c, call_with_id(std::string(event.name), id), "a").size(), 1U)
              << event.name << " " << length;
        }
        const std::size_t refusals = counted_for(c, refused("GetSecretValue", id), "a").size();
        EXPECT_EQ(refusals, std::string(detect).find("denied") == std::string::npos ? 0U : 1U)
            << detect << " " << length;
      }
    }
  }
}

TEST(Cutting, OfAListOfCallersCountsEachCallerOnce) {
  std::string roles;
  for (int i = 0; i < 30; ++i) roles += (i == 0 ? "" : ", ") + std::string("application-role-") + std::to_string(i);
  const Compiled c = compile_alert("[db]", "{detect: read, only: {roles: [" + roles + "], users: [ci]}}");
  EXPECT_GT(c.plan->filters.size(), 2U);
  for (int i = 0; i < 30; ++i) {
    const Json read = as_role(call_with_id("GetSecretValue", "db"), "application-role-" + std::to_string(i));
    EXPECT_THAT(counted_for(c, read, "a"), ElementsAre("db")) << i;
  }
  EXPECT_THAT(counted_for(c, as_user(call_with_id("GetSecretValue", "db"), "ci"), "a"), ElementsAre("db"));
  EXPECT_THAT(counted_for(c, as_role(call_with_id("GetSecretValue", "db"), "other"), "a"), IsEmpty());
}

TEST(Siblings, TooManyToLeaveOutAreToldApartByARegex) {
  std::string secrets = "[db";
  for (int i = 10; i < 40; ++i) secrets += ", db-sibling-number-" + std::to_string(i);
  const Compiled c = compile_alert(secrets + "]", "{detect: [read, denied, rotation-failed], secrets: [db]}");
  ASSERT_TRUE(c.plan);
  std::size_t regexes = 0;
  for (const plan::PlannedFilter& filter : c.plan->filters)
    regexes += filter.pattern.find('%') == std::string::npos ? 0 : 1;
  EXPECT_GT(regexes, 0U);
  EXPECT_LE(regexes, pattern::max_regex_filters_of_group);
  for (const char* name : {"db", "db-sibling-number-10", "db-sibling-number-39", "db-stranger"}) {
    // With the expression even a stranger is told apart.
    const std::vector<std::string> expected(std::string(name) == "db" ? 1 : 0, "db");
    for (const std::string& id : typed_forms(name)) {
      EXPECT_EQ(counted_for(c, call_with_id("GetSecretValue", id), "a"), expected) << id;
      EXPECT_EQ(counted_for(c, refused("GetSecretValue", id), "a"), expected) << id;
    }
    EXPECT_EQ(counted_for(c, service_event("RotationFailed", name), "a"), expected);
  }
}

TEST(AddingASecret, ChangesNoOtherFilterButForSiblings) {
  const Compiled before = compile_text(spec_with("[alpha, beta]"));
  const Compiled after = compile_text(spec_with("[alpha, gamma, beta]"));
  for (const plan::PlannedFilter& filter : before.plan->filters) {
    const auto same = std::find_if(after.plan->filters.begin(), after.plan->filters.end(),
                                   [&](const plan::PlannedFilter& other) { return other.name == filter.name; });
    ASSERT_NE(same, after.plan->filters.end()) << filter.name;
    EXPECT_EQ(same->pattern, filter.pattern);
  }
}

}  // namespace
}  // namespace secretwatch
