#include "chain/records.h"

#include <gtest/gtest.h>

namespace secretwatch::chain {
namespace {

using events::Call;
using events::Caller;
using events::Client;
using events::Naming;
using events::Secret;
using pattern::Json;

/// Both say the same, value by value.
void expect_same(const Json& a, Json::Id at_a, const Json& b, Json::Id at_b) {
  ASSERT_EQ(a.kind(at_a), b.kind(at_b));
  ASSERT_EQ(a.text(at_a), b.text(at_b));
  const std::vector<Json::Id> of_a = a.children(at_a);
  const std::vector<Json::Id> of_b = b.children(at_b);
  ASSERT_EQ(of_a.size(), of_b.size());
  for (std::size_t i = 0; i < of_a.size(); ++i) ASSERT_NO_FATAL_FAILURE(expect_same(a, of_a[i], b, of_b[i]));
}

const std::vector<Call>& calls() {
  static const std::vector<Call> all = [] {
    std::vector<Call> made;
    for (const std::string_view event : events::canonical_events())
      for (const Naming naming : {Naming::name, Naming::arn, Naming::partial_arn})
        for (const bool is_refused : {false, true}) {
          made.push_back({event, naming, Caller::user, Client::sdk, is_refused});
          made.push_back({event, naming, Caller::rotation, Client::console, is_refused, true, true});
        }
    return made;
  }();
  return all;
}

const std::vector<Secret>& secrets() {
  static const std::vector<Secret> all = {{.name = "prod/db"},
                                          {.name = "a\"b\\c\td"},
                                          {.name = "Schlüssel/漢字", .region = "eu-west-1", .account = "000000000001"},
                                          {.name = "\uE000\uE001"},
                                          {.name = "not \xFF text"},
                                          {.name = ""}};
  return all;
}

TEST(Records, AreWhatTheirTextSays) {
  const stack::Stack stack;
  const World world(stack);
  const auto& records = world.table<Records>();
  for (const Secret& secret : secrets())
    for (const Call& call : calls()) {
      const pattern::PreparedMessage& made = records.of(secret, call);
      const std::string text = record_of(secret, call);
      ASSERT_EQ(made.text(), text);
      ASSERT_NE(made.json(), nullptr);
      ASSERT_NO_FATAL_FAILURE(expect_same(*made.json(), Json::root(), *pattern::read_json(text), Json::root())) << text;
      const pattern::PreparedMessage& elsewhere = records.elsewhere(secret, call);
      const std::string other = record_elsewhere({.name = {},
                                                  .suffix = secret.suffix,
                                                  .region = secret.region,
                                                  .account = secret.account,
                                                  .partition = secret.partition,
                                                  .replica_region = secret.replica_region},
                                                 call);
      ASSERT_EQ(elsewhere.text(), other);
      ASSERT_NO_FATAL_FAILURE(expect_same(*elsewhere.json(), Json::root(), *pattern::read_json(other), Json::root()));
    }
}

TEST(Records, AreTheSameWhenTheyAreAskedForAgain) {
  const stack::Stack stack;
  const World world(stack);
  const auto& records = world.table<Records>();
  const Call call{"GetSecretValue"};
  const std::string first = records.of({.name = "first"}, call).text();
  for (int i = 0; i < 500; ++i) {
    const Secret secret{.name = "secret-" + std::to_string(i)};
    ASSERT_EQ(records.of(secret, call).text(), record_of(secret, call)) << "of more secrets than are kept";
  }
  EXPECT_EQ(records.of({.name = "first"}, call).text(), first);
}

}  // namespace
}  // namespace secretwatch::chain
