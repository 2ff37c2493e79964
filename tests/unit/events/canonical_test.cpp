#include "events/canonical.h"

#include <set>

#include <gmock/gmock.h>
#include <nlohmann/json.hpp>

#include "model/catalog.h"

namespace secretwatch::events {
namespace {

using Json = nlohmann::json;
using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::Not;

const Secret secret{.name = "prod/db"};

Json record(const std::string& id) {
  for (const Access& access : canonical_accesses(secret))
    if (access.id == id) return Json::parse(access.record);
  ADD_FAILURE() << "no access " << id;
  return {};
}

TEST(CanonicalAccesses, AreOneForEveryEventOfTheCatalogueAndForEveryWayThatProveNames) {
  std::set<std::string> ids;
  std::set<std::string> events;
  for (const Access& access : canonical_accesses(secret)) {
    EXPECT_TRUE(ids.insert(access.id).second) << access.id << " is there twice";
    EXPECT_FALSE(access.title.empty());
    events.insert(std::string(access.call.event));
  }
  for (const char* id : {"read-by-name", "read-by-arn", "read-by-partial-arn", "batch-read-by-list", "denied-read"})
    EXPECT_THAT(ids, Contains(id));
  std::set<std::string> catalogue;
  for (const model::Event& event : model::all_events()) catalogue.insert(std::string(event.name));
  EXPECT_EQ(events, catalogue);
  EXPECT_EQ(std::set<std::string>(canonical_events().begin(), canonical_events().end()), catalogue);
}

TEST(CanonicalAccesses, NameTheSecretWhereTheCatalogueSaysSo) {
  for (const Access& access : canonical_accesses(secret)) {
    const Json json = Json::parse(access.record);
    const model::Event* event = model::find_event(access.call.event);
    ASSERT_NE(event, nullptr) << access.id;
    const Json parameters = json["requestParameters"];
    const bool is_id = parameters.contains("secretId");
    const bool is_list = parameters.contains("secretIdList");
    const bool is_name = parameters.contains("name");
    const bool is_service = json.contains("additionalEventData");
    if (access.call.is_refused) {
      EXPECT_TRUE(parameters.is_null()) << access.id;
      EXPECT_EQ(json["errorCode"], "AccessDenied");
      EXPECT_THAT(json["errorMessage"].get<std::string>(), HasSubstr("resource: "));
      EXPECT_THAT(json["errorMessage"].get<std::string>(), HasSubstr("prod/db"));
      continue;
    }
    EXPECT_FALSE(json.contains("errorCode")) << access.id;
    EXPECT_EQ(is_id, event->named_by == model::NamedBy::secret_id) << access.id;
    EXPECT_EQ(is_list, event->named_by == model::NamedBy::secret_id_list && !access.call.is_by_filter) << access.id;
    EXPECT_EQ(is_name, event->named_by == model::NamedBy::name) << access.id;
    EXPECT_EQ(is_service, event->named_by == model::NamedBy::additional_event_data) << access.id;
    EXPECT_EQ(access.names_secret, is_id || is_list || is_name || is_service) << access.id;
  }
}

TEST(CanonicalAccesses, HaveTheFieldsOfEveryRecord) {
  std::vector<Access> all = canonical_accesses(secret);
  for (Access& access : unrelated_records()) all.push_back(std::move(access));
  std::set<std::string> event_ids;
  for (const Access& access : all) {
    const Json json = Json::parse(access.record);
    for (const char* field :
         {"eventVersion", "eventTime", "eventSource", "eventName", "awsRegion", "sourceIPAddress", "eventID"})
      EXPECT_TRUE(json[field].is_string()) << access.id << " " << field;
    EXPECT_TRUE(json["readOnly"].is_boolean()) << access.id;
    EXPECT_EQ(json["eventCategory"], "Management");
    EXPECT_TRUE(json["userIdentity"].is_object());
    EXPECT_THAT(access.record, Not(HasSubstr("\n")));
    EXPECT_LT(access.record.size(), 256U * 1024U);
    event_ids.insert(json["eventID"].get<std::string>());
  }
  EXPECT_GT(event_ids.size(), 30U);
}

TEST(CanonicalAccesses, LookLikeTheRecordsSeenInPublicData) {
  const Json read = record("read-by-name");
  EXPECT_EQ(read["readOnly"], true);
  EXPECT_TRUE(read["responseElements"].is_null());
  EXPECT_FALSE(read.contains("resources"));
  EXPECT_EQ(read["requestParameters"], Json({{"secretId", "prod/db"}}));
  EXPECT_EQ(read["userIdentity"]["type"], "IAMUser");

  const Json console = record("read-in-console");
  EXPECT_EQ(console["sessionCredentialFromConsole"], "true");
  EXPECT_EQ(console["requestParameters"]["secretId"],
            "arn:aws:secretsmanager:us-east-1:123456789012:secret:prod/db-AbCd3f");
  EXPECT_EQ(record("read-by-partial-arn")["requestParameters"]["secretId"],
            "arn:aws:secretsmanager:us-east-1:123456789012:secret:prod/db");
  EXPECT_EQ(record("read-in-replica-region")["awsRegion"], "eu-west-1");
  EXPECT_EQ(record("read-by-rotation")["userIdentity"]["sessionContext"]["sessionIssuer"]["userName"],
            "rotation-function-role");
  EXPECT_EQ(record("read-by-root")["userIdentity"]["type"], "Root");
  EXPECT_FALSE(record("read-by-name")["userIdentity"].contains("sessionContext"));

  const Json rotation = record("rotation-failed");
  EXPECT_EQ(rotation["eventType"], "AwsServiceEvent");
  EXPECT_EQ(rotation["userIdentity"].size(), 2U);
  EXPECT_EQ(rotation["additionalEventData"]["SecretId"],
            "arn:aws:secretsmanager:us-east-1:123456789012:secret:prod/db-AbCd3f");
  EXPECT_TRUE(record("batch-read-by-filter")["requestParameters"].contains("filters"));
}

TEST(CanonicalAccesses, AreTheSameBytesForTheSameSecret) {
  const std::vector<Access> once = canonical_accesses(secret);
  const std::vector<Access> again = canonical_accesses(secret);
  for (std::size_t i = 0; i < once.size(); ++i) EXPECT_EQ(once[i].record, again[i].record);
}

TEST(CanonicalAccesses, TakeAnyNameRegionAccountAndPartition) {
  const Secret other{.name = "a+b=c@d.e_f-g",
                     .suffix = "Zz9Yy8",
                     .region = "cn-north-1",
                     .account = "111122223333",
                     .partition = "aws-cn",
                     .replica_region = "cn-northwest-1"};
  EXPECT_EQ(full_arn(other), "arn:aws-cn:secretsmanager:cn-north-1:111122223333:secret:a+b=c@d.e_f-g-Zz9Yy8");
  for (const Access& access : canonical_accesses(other)) {
    EXPECT_THAT(access.record, Not(HasSubstr("123456789012"))) << access.id;
    EXPECT_THAT(access.record, Not(HasSubstr("us-east-1"))) << access.id;
  }
}

TEST(CanonicalAccesses, HoldWhateverTheSecretIsCalled) {
  for (const std::string name :
       {"a\"b\\c", "tab\tand\nline", "Schlüssel/漢字", "\uE000\uE001", "prod\x7F", "us-east-1"}) {
    const Json by_name = Json::parse(record_of({.name = name}, {"GetSecretValue", Naming::name}));
    EXPECT_EQ(by_name["requestParameters"]["secretId"], name);
    const Json by_arn = Json::parse(record_of({.name = name}, {"GetSecretValue", Naming::arn}));
    EXPECT_EQ(by_arn["requestParameters"]["secretId"], full_arn({.name = name}));
    EXPECT_EQ(by_arn["awsRegion"], "us-east-1");
    EXPECT_NE(by_arn["eventID"], by_name["eventID"]);
    EXPECT_NE(by_name["eventID"], record("read-by-name")["eventID"]) << "records differ by their secret";
    const Json elsewhere = Json::parse(record_elsewhere({.name = name}, {"GetSecretValue", Naming::arn}));
    EXPECT_EQ(elsewhere["requestParameters"], nullptr);
    EXPECT_EQ(elsewhere["userIdentity"], by_arn["userIdentity"]);
  }
}

}  // namespace
}  // namespace secretwatch::events
