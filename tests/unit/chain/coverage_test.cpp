#include "chain/coverage.h"

#include <fstream>
#include <set>

#include <gmock/gmock.h>

#include "model/catalog.h"
#include "support/spec_text.h"

namespace secretwatch::chain {
namespace {

using events::Secret;
using testing::compile_text;
using testing::Compiled;
using ::testing::Contains;
using ::testing::IsEmpty;
using ::testing::Not;
using testing::spec_with;
using ::testing::UnorderedElementsAre;

pattern::Filter filter(const std::string& text) {
  const auto read = pattern::parse(text);
  EXPECT_TRUE(read) << text << ": " << read.error().message;
  return *read;
}

/// Ids of the accesses that the pattern selects; of reads only: those of GetSecretValue and BatchGetSecretValue.
std::set<std::string> selected(const std::string& text, const Secret& secret, bool is_read = true) {
  std::set<std::string> ids;
  for (const CoveredAccess& covered : coverage({filter(text)}, secret).accesses)
    if (covered.is_selected() && (!is_read || covered.access.id.find("read") != std::string::npos))
      ids.insert(covered.access.id);
  return ids;
}

std::set<std::string> selected_unrelated(const std::string& text) {
  std::set<std::string> ids;
  for (const CoveredAccess& covered : coverage_of_unrelated({filter(text)}).accesses)
    if (covered.is_selected()) ids.insert(covered.access.id);
  return ids;
}

const Secret db{.name = "prod/db"};

TEST(Coverage, ShowsThatAComparisonWithTheNameMissesEveryArn) {
  const std::string pattern = R"({ $.eventName = "GetSecretValue" && $.requestParameters.secretId = "prod/db" })";
  EXPECT_THAT(selected(pattern, db), UnorderedElementsAre("read-by-name", "read-by-role", "read-with-cli"));
  const Coverage found = coverage({filter(pattern)}, db);
  EXPECT_FALSE(found.of("read-by-arn")->is_selected());
  EXPECT_THAT(found.of("read-by-arn")->access.record, ::testing::HasSubstr("secret:prod/db-AbCd3f"));
  EXPECT_EQ(found.of("no-such-access"), nullptr);
}

TEST(Coverage, ShowsThatAComparisonWithTheArnMissesTheNameAndTheReplica) {
  const std::string pattern =
      R"({ $.eventName = "GetSecretValue" && $.requestParameters.secretId = "arn:aws:secretsmanager:us-east-1:)"
      R"(123456789012:secret:prod/db-AbCd3f" })";
  const std::set<std::string> ids = selected(pattern, db);
  EXPECT_THAT(ids, Contains("read-by-arn"));
  for (const char* missed : {"read-by-name", "read-by-partial-arn", "read-in-replica-region", "batch-read-by-list",
                             "denied-read", "batch-read-by-arn-list"})
    EXPECT_THAT(ids, Not(Contains(missed)));
}

TEST(Coverage, ShowsWhatAWildcardAroundTheNameMissesAndTakesTooMuch) {
  const std::string pattern = R"({ $.eventName = "GetSecretValue" && $.requestParameters.secretId = "*prod/db*" })";
  const std::set<std::string> ids = selected(pattern, db);
  for (const char* seen : {"read-by-name", "read-by-arn", "read-by-partial-arn", "read-in-replica-region",
                           "read-by-root", "read-by-service", "read-by-rotation", "read-in-console"})
    EXPECT_THAT(ids, Contains(seen));
  for (const char* missed : {"batch-read-by-list", "batch-read-by-filter", "denied-read", "denied-batch-read"})
    EXPECT_THAT(ids, Not(Contains(missed)));
  EXPECT_THAT(selected(pattern, Secret{.name = "prod/db-replica"}), Not(IsEmpty()));
}

/// The pattern of many tutorials and of AWS's own walk-through for deleted secrets.
TEST(Coverage, ShowsThatATermAlsoCountsWhatOnlyQuotesIt) {
  const std::set<std::string> ids = selected("GetSecretValue", db);
  for (const char* seen : {"read-by-name", "batch-read-by-list", "batch-read-by-filter", "denied-read"})
    EXPECT_THAT(ids, Contains(seen));
  EXPECT_THAT(selected_unrelated("GetSecretValue"), UnorderedElementsAre("put-metric-filter", "put-role-policy"));
  EXPECT_THAT(selected_unrelated(R"({ $.eventSource = "secretsmanager.amazonaws.com" })"), IsEmpty());
}

TEST(Coverage, ShowsThatExcludingByNotEqualsLosesCallersWithoutTheField) {
  const std::string by_role =
      R"({ $.eventName = "GetSecretValue" && $.userIdentity.sessionContext.sessionIssuer.userName != "rotation-function-role" })";
  const std::set<std::string> ids = selected(by_role, db);
  EXPECT_THAT(ids, Contains("read-by-role"));
  EXPECT_THAT(ids, Not(Contains("read-by-rotation")));
  EXPECT_THAT(ids, Not(Contains("read-by-name")));  // an IAM user has no session
  EXPECT_THAT(ids, Not(Contains("read-by-root")));
}

TEST(Coverage, ShowsThatTheStringFalseIsNoBoolean) {
  EXPECT_THAT(selected(R"({ $.readOnly = "true" && $.eventName = "GetSecretValue" })", db), IsEmpty());
  EXPECT_THAT(selected(R"({ $.readOnly IS TRUE && $.eventName = "GetSecretValue" })", db), Not(IsEmpty()));
}

/// No control of the CIS benchmark has a metric filter for reads of secrets. What they select of them is by the way:
/// refused calls, what root does, and, where the text of the benchmark is faulty, everything.
TEST(Coverage, ShowsThatCisPatternsDoNotWatchSecrets) {
  std::istringstream lines(testing::read_text(testing::in_project("tests/unit/pattern/cis_patterns.txt")));
  std::size_t patterns = 0;
  for (std::string line; std::getline(lines, line);) {
    if (line.empty() || line.front() == '#' || line.front() == '!') continue;
    ++patterns;
    const std::set<std::string> ids = selected(line, db);
    const bool is_refusals = line.find("AccessDenied") != std::string::npos;
    const bool is_root = line.find("Root") != std::string::npos;
    const bool is_faulty = line.find("|| ($.eventName!=\"HeadBucket\")") != std::string::npos;
    if (is_faulty) {
      EXPECT_THAT(ids, Contains("read-by-name")) << line;
    } else if (is_refusals) {
      EXPECT_THAT(ids, UnorderedElementsAre("denied-read", "denied-read-by-arn", "denied-batch-read")) << line;
    } else if (is_root) {
      EXPECT_THAT(ids, UnorderedElementsAre("read-by-root")) << line;
    } else {
      EXPECT_THAT(ids, IsEmpty()) << line;
    }
  }
  EXPECT_GT(patterns, 30U);
}

/// Selects the access exactly the alert that watches for it, in every form and for every kind of caller?
class PlannedFilters : public ::testing::Test {
 protected:
  static std::vector<pattern::Filter> filters_of(const plan::Plan& plan, std::string_view alert,
                                                 std::string_view secret) {
    std::vector<pattern::Filter> filters;
    for (const plan::PlannedFilter& planned : plan.filters)
      if (planned.alert == alert && planned.secret == secret) filters.push_back(filter(planned.pattern));
    return filters;
  }

  static bool is_watched(const model::Detection& detection, const events::Access& access) {
    const bool is_event =
        std::find(detection.events.begin(), detection.events.end(), access.call.event) != detection.events.end();
    // A read that is refused is no read; every other refusal is not among the canonical accesses.
    return is_event && access.names_secret && access.call.is_refused == detection.refused;
  }
};

TEST_F(PlannedFilters, SelectEveryAccessThatTheirAlertWatchesAndNoOther) {
  const std::vector<std::string> names = {"prod/db", "prod/db-replica", "prod/dbs", "a.b+c", "x"};
  std::string secrets = "[";
  for (const std::string& name : names) secrets += (secrets.size() > 1 ? ", " : "") + ("\"" + name + "\"");
  std::string alerts = "alerts:\n";
  for (const model::Detection& detection : model::all_detections())
    alerts += "  " + std::string(detection.name) + ": {detect: " + std::string(detection.name) + "}\n";
  const Compiled c = compile_text(spec_with(secrets + "]", alerts));
  ASSERT_TRUE(c.plan);
  std::map<std::string, std::string> ids;  // of each secret by its name
  for (const model::Secret& secret : c.spec->secrets) ids[secret.name] = secret.id;
  std::size_t selections = 0;
  for (const model::Detection& detection : model::all_detections()) {
    for (const std::string& watched : names) {
      const std::vector<pattern::Filter> filters = filters_of(*c.plan, detection.name, ids.at(watched));
      for (const std::string& called : names) {
        for (const CoveredAccess& covered : coverage(filters, Secret{.name = called}).accesses) {
          // In a list a neighbour's ARN is not left out (docs/filters.md): a batch may count too much, never too
          // little.
          const bool is_neighbour_in_list =
              covered.access.id == "batch-read-by-arn-list" && called.starts_with(watched + "-");
          if (is_neighbour_in_list && detection.name == "read") continue;
          const bool is_expected = called == watched && is_watched(detection, covered.access);
          EXPECT_EQ(covered.filters.size(), is_expected ? 1U : 0U)
              << detection.name << " of " << watched << " on " << covered.access.record;
          selections += covered.filters.size();
        }
      }
      for (const CoveredAccess& covered : coverage_of_unrelated(filters).accesses)
        EXPECT_FALSE(covered.is_selected()) << covered.access.record;
    }
  }
  EXPECT_GT(selections, 150U);
}

TEST_F(PlannedFilters, SelectEveryFormThatACallerMayType) {
  const Compiled c =
      compile_text(spec_with("[prod/db]", "alerts:\n  all: {detect: [read, change, delete, permissions]}\n"));
  ASSERT_TRUE(c.plan);
  std::size_t checked = 0;
  for (const plan::PlannedFilter& planned : c.plan->filters) {
    for (const std::string& event : planned.events) {
      for (const events::Naming naming : {events::Naming::name, events::Naming::arn, events::Naming::partial_arn}) {
        ++checked;
        const std::string record = record_of(db, {event, naming});
        const std::string stranger = record_of(Secret{.name = "prod/database"}, {event, naming});
        std::size_t count = 0;
        for (const plan::PlannedFilter& each : c.plan->filters) {
          count += matches(filter(each.pattern), record) ? 1 : 0;
          EXPECT_FALSE(matches(filter(each.pattern), stranger)) << stranger;
        }
        EXPECT_EQ(count, 1U) << record;
      }
    }
  }
  EXPECT_GT(checked, 40U);
}

}  // namespace
}  // namespace secretwatch::chain
