/// The planned filters against a slow, obviously right reading of a record: which secret is this call about?
///
/// Secrets with names that are easily mixed up are chosen at random (from a fixed seed), then every call in every form
/// for every secret of a small world, watched or not, is judged twice.
#include <random>

#include <gtest/gtest.h>

#include "pattern/matcher.h"
#include "pattern/pattern.h"
#include "support/accesses.h"
#include "support/spec_text.h"

namespace secretwatch {
namespace {

using testing::batch;
using testing::call_with_id;
using testing::compile_text;
using testing::Compiled;
using testing::Json;
using testing::refused;
using testing::service_event;
using testing::typed_forms;

/// All secrets that exist. Suffixes are random ones of Secrets Manager; one begins like a sibling's name.
const std::vector<std::pair<std::string, std::string>> world{
    {"a", "bcdEfG"}, {"a-b", "AbCdEf"}, {"a-b-c", "XyZ123"}, {"a-bc", "qwerty"}, {"a/b", "AbCdEf"},
    {"b", "a1b2c3"}, {"b-a", "AbCdEf"}, {"a-b/c", "Q1w2E3"}, {"ab", "AbCdEf"},   {"a-b-c-d", "zzzzzz"},
    {"A", "AbCdEf"}, {"a.b", "AbCdEf"}, {"a-b+c", "u8u8u8"}};

struct Watch {
  std::string name;
  bool is_prefix = false;
};

/// Is the secret of that name watched by this watch? An unwatched `N-…` counts for N when it is called by ARN:
/// documented.
bool covers(const Watch& watch, const std::string& name) {
  return watch.is_prefix ? name.starts_with(watch.name) : name == watch.name;
}

bool is_documented_collision(const Watch& watch, const std::vector<Watch>& watches, const std::string& name) {
  if (watch.is_prefix || !name.starts_with(watch.name + "-")) return false;
  for (const Watch& other : watches) {
    if (!other.is_prefix && other.name == name) return false;
    // What begins like a longer watched name is left out with it.
    if (!other.is_prefix && other.name.starts_with(watch.name + "-") && name.starts_with(other.name + "-"))
      return false;
  }
  return true;
}

struct Call {
  Json record;
  std::string secret;
  bool is_refusal = false;
  bool is_batch = false;
  bool is_by_arn = false;
};

std::vector<Call> all_calls() {
  std::vector<Call> calls;
  for (const auto& [name, suffix] : world) {
    for (const std::string& id : typed_forms(name, suffix)) {
      const bool by_arn = id != name;
      calls.push_back({call_with_id("GetSecretValue", id), name, false, false, by_arn});
      calls.push_back({batch({id}), name, false, true, by_arn});
      calls.push_back({refused("GetSecretValue", id), name, true, false, by_arn});
      calls.push_back({refused("BatchGetSecretValue", id), name, true, true, by_arn});
    }
  }
  return calls;
}

std::string spec_of(const std::vector<Watch>& watches, const char* alerts) {
  std::string text = "version: 1\nname: world\nnotify: [me@example.com]\nsecrets:\n";
  for (std::size_t i = 0; i < watches.size(); ++i)
    text += std::string("  - {") + (watches[i].is_prefix ? "prefix" : "name") + ": \"" + watches[i].name + "\", id: w" +
            std::to_string(i) + "}\n";
  return text + "alerts:\n" + alerts;
}

TEST(PlannedFilters, AgreeWithASlowReadingOfEveryCallInRandomWorlds) {
  std::mt19937 random(20261121);
  const std::vector<Call> calls = all_calls();
  std::vector<std::string> texts;
  for (const Call& call : calls) texts.push_back(call.record.dump());
  std::size_t judged = 0;
  std::size_t counted = 0;
  for (int round = 0; round < 300; ++round) {
    std::vector<Watch> watches;
    for (const auto& [name, suffix] : world)
      if (random() % 2 == 0) watches.push_back({name, false});
    if (random() % 2 == 0) watches.push_back({"a-b", true});
    if (random() % 3 == 0) watches.push_back({"a-b/", true});
    if (watches.empty()) continue;
    const Compiled c = compile_text(spec_of(watches, "  read: {}\n  denied: {}\n"));
    ASSERT_TRUE(c.plan);
    for (std::size_t w = 0; w < watches.size(); ++w) {
      for (const bool refusals : {false, true}) {
        std::vector<pattern::Matcher> matchers;
        for (const plan::PlannedFilter& filter : c.plan->filters)
          if (filter.secret == "w" + std::to_string(w) && filter.alert == (refusals ? "denied" : "read"))
            matchers.emplace_back(*pattern::parse(filter.pattern));
        for (std::size_t i = 0; i < calls.size(); ++i) {
          const Call& call = calls[i];
          // Siblings are not left out of lists, and a suffix may begin like a prefix: there a filter may count too
          // much.
          const bool may_count = call.is_by_arn && is_documented_collision(watches[w], watches, call.secret);
          const bool may_count_in_list = call.is_batch && !call.is_refusal && call.is_by_arn && !watches[w].is_prefix &&
                                         call.secret.starts_with(watches[w].name + "-");
          const bool suffix_looks_like_prefix =
              watches[w].is_prefix && call.is_by_arn && (call.secret + "-" + "bcdEfG").starts_with(watches[w].name);
          std::size_t count = 0;
          for (const pattern::Matcher& matcher : matchers) count += matcher.matches(texts[i]) ? 1 : 0;
          ++judged;
          counted += count;
          const bool expected = covers(watches[w], call.secret) && call.is_refusal == refusals;
          if (expected) {
            ASSERT_EQ(count, 1U) << watches[w].name << " <- " << texts[i];
          } else if (!((may_count || may_count_in_list || suffix_looks_like_prefix) && call.is_refusal == refusals)) {
            ASSERT_EQ(count, 0U) << watches[w].name << " <- " << texts[i];
          } else {
            ASSERT_LE(count, 1U) << watches[w].name << " <- " << texts[i];
          }
        }
      }
    }
  }
  EXPECT_GT(judged, 300'000U);
  EXPECT_GT(counted, 10'000U);
  EXPECT_LT(counted, judged / 2);
}

}  // namespace
}  // namespace secretwatch
