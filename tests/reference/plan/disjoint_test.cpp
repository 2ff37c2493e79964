/// The parts into which a watch is cut never count one call twice: proven of what the plan emits, by cover.h, for every
/// spec that the project holds and for worlds of secrets that are easily mixed up.
#include <filesystem>
#include <iostream>
#include <map>
#include <random>

#include <gtest/gtest.h>

#include "pattern/cover.h"
#include "pattern/pattern.h"
#include "support/spec_text.h"

namespace secretwatch {
namespace {

namespace fs = std::filesystem;
using pattern::Verdict;
using testing::compile_text;
using testing::Compiled;
using testing::in_project;
using testing::read_text;

/// What CloudTrail's records keep to, and the proofs rest on: a text that names a secret names one. A caller can type
/// anything for a secret's id; one who types two in one text may be counted twice.
pattern::Expression names_one_secret(const char* field, const std::vector<const char*>& several) {
  std::vector<pattern::Expression> not_several;
  for (const char* text : several) not_several.push_back(pattern::differs(field, text));
  return pattern::any_of({pattern::not_exists(field), pattern::all_of(std::move(not_several))});
}

pattern::Filter among_real_records(const pattern::Filter& filter) {
  const auto& condition = std::get<pattern::JsonPattern>(filter.body).condition;
  return {pattern::JsonPattern{pattern::all_of(
      {condition, names_one_secret("$.errorMessage", {"*:secret:*:secret:*", "*resource: *resource: *",
                                                      "*:secret:*resource: *", "*resource: * *:secret:*"})})}};
}

class PlannedParts : public ::testing::Test {
 protected:
  void TearDown() override {
    std::cout << filters << " filters, " << pairs << " pairs of parts proven disjoint, " << undecided
              << " not decided, " << cut_lists << " lists cut by form\n";
  }

  /// The parts of one alert and one secret.
  void expect_disjoint_parts(const plan::Plan& plan, const std::string& where) {
    std::map<std::pair<std::string, std::string>, std::vector<std::string>> watches;
    for (const plan::PlannedFilter& filter : plan.filters)
      watches[{filter.alert, filter.secret}].push_back(filter.pattern);
    for (const auto& [watch, patterns] : watches) {
      for (std::size_t i = 0; i < patterns.size(); ++i) {
        ++filters;
        const auto a = pattern::parse(patterns[i]);
        ASSERT_TRUE(a);
        const pattern::Answer possible = can_select(*a);
        ASSERT_EQ(possible.verdict, Verdict::yes) << where << ": " << patterns[i];
        for (std::size_t j = 0; j < i; ++j) {
          const pattern::Answer both = can_select_both(among_real_records(*a), *pattern::parse(patterns[j]));
          if (both.verdict == Verdict::yes && patterns[i].find("secretIdList[*]") != std::string::npos) {
            // Names so long that a pattern holds but one form: a batch that lists a secret by two forms counts twice.
            ASSERT_GT(patterns[i].size() + patterns[j].size(), pattern::max_characters);
            ++cut_lists;
            continue;
          }
          ASSERT_NE(both.verdict, Verdict::yes) << where << "\n"
                                                << patterns[i] << "\n"
                                                << patterns[j] << "\nboth select " << both.witness;
          if (both.verdict == Verdict::not_decided) {
            ++undecided;
            std::cout << "not decided: " << patterns[i] << "\n             " << patterns[j] << "\n";
          } else {
            ++pairs;
          }
        }
      }
    }
  }

  std::size_t filters = 0;
  std::size_t pairs = 0;
  std::size_t undecided = 0;
  std::size_t cut_lists = 0;
};

TEST_F(PlannedParts, OfEverySpecAreDisjoint) {
  for (const char* folder : {"examples", "tests/conformance/specs", "tests/unit/model/compiler_only"}) {
    for (const auto& entry : fs::recursive_directory_iterator(in_project(folder))) {
      if (entry.path().extension() != ".yaml") continue;
      const Compiled c = compile_text(read_text(entry.path().string()));
      if (c.plan) expect_disjoint_parts(*c.plan, entry.path().string());
    }
  }
  EXPECT_EQ(undecided, 0U);
  EXPECT_GT(filters, 300U);
  EXPECT_GT(pairs, 50U);
}

/// Names, siblings, events and callers enough that every way of cutting is taken.
TEST_F(PlannedParts, OfCrowdedWorldsAreDisjoint) {
  std::mt19937 random(20261121);
  const std::vector<std::string> names = {"a",     "a-b",       "a-b-c", "a-bc",      "a/b",          "b",
                                          "b-a",   "a-b/c",     "ab",    "prod/db-x", "a.b",          "a-b+c",
                                          "a-b-d", "a-b-c-d-e", "a-b-f", "prod/db",   "prod/db-very", "a-b-g"};
  for (int round = 0; round < 60; ++round) {
    std::string text = "version: 1\nname: world\nnotify: [me@example.com]\nsecrets:\n";
    for (std::size_t i = 0; i < names.size(); ++i)
      if (random() % 3 != 0) text += "  - {name: \"" + names[i] + "\", id: w" + std::to_string(i) + "}\n";
    text += "  - {prefix: \"a-b/\", id: p}\nalerts:\n";
    const char* key = random() % 2 == 0 ? "only" : "except";
    const std::size_t callers = random() % 12;
    std::string roles;
    std::string users;
    for (std::size_t i = 0; i < callers; ++i) {
      roles += (i == 0 ? "" : ", ") + std::string("role-of-the-application-number-") + std::to_string(i);
      users += (i == 0 ? "" : ", ") + std::string("user-") + std::to_string(i);
    }
    const std::string who =
        callers == 0 ? "" : std::string(", ") + key + ": {roles: [" + roles + "], users: [" + users + "], root: true}";
    for (const char* detection : {"read", "denied", "change", "discovery"})
      text += "  " + std::string(detection) + ": {detect: " + detection + who + "}\n";
    const Compiled c = compile_text(text);
    if (c.plan) expect_disjoint_parts(*c.plan, text);
  }
  EXPECT_EQ(undecided, 0U);
  EXPECT_EQ(cut_lists, 0U);
  EXPECT_GT(pairs, 300U);
}

}  // namespace
}  // namespace secretwatch
