/// The examples of the rules, which people read: the bad one shows exactly its rule, the good one nothing at all.
#include <set>

#include <gmock/gmock.h>

#include "lint/lint.h"
#include "support/loaded.h"

namespace secretwatch::lint {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

/// Of the rules that are off, only the one that is asked for speaks.
std::vector<std::string> findings_in(std::string_view text, const Rule* asked_for = nullptr) {
  const testing::Loaded loaded = testing::load_template(std::string(text));
  EXPECT_EQ(loaded.errors(), "");
  if (!loaded.stack) return {"unreadable"};
  std::vector<std::string> found;
  for (const Finding& finding : run(*loaded.stack, {.selection = {.all = asked_for != nullptr}}))
    if (finding.rule->is_on || finding.rule == asked_for)
      found.push_back(std::string(finding.rule->id) + ": " + finding.message);
  return found;
}

TEST(Examples, ShowExactlyTheirRule) {
  for (const Rule* rule : all_rules()) {
    if (rule->bad.empty() || rule->id.starts_with("R")) continue;  // R: reading and ignoring, judged elsewhere
    SCOPED_TRACE(rule->id);
    EXPECT_THAT(findings_in(rule->bad, rule), ElementsAre(::testing::StartsWith(std::string(rule->id) + ": ")));
    EXPECT_THAT(findings_in(rule->good), IsEmpty());
  }
}

}  // namespace
}  // namespace secretwatch::lint
