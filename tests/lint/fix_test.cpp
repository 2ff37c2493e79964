/// `lint --fix`: what is mended is mended for good, and nothing else is touched.
#include <algorithm>
#include <functional>

#include <gmock/gmock.h>

#include "lint/lint.h"
#include "support/linted.h"
#include "support/spelled.h"

namespace secretwatch {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using testing::Linted;
using testing::MemoryFiles;
using ::testing::Not;

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream in(text);
  for (std::string line; std::getline(in, line);) lines.push_back(line);
  return lines;
}

/// Lines that the longest common part of the two texts does not have: how many went, how many came.
std::pair<std::size_t, std::size_t> changed_lines(const std::string& before, const std::string& after) {
  const std::vector<std::string> a = lines_of(before);
  const std::vector<std::string> b = lines_of(after);
  std::vector<std::vector<std::size_t>> common(a.size() + 1, std::vector<std::size_t>(b.size() + 1, 0));
  for (std::size_t i = a.size(); i-- > 0;)
    for (std::size_t j = b.size(); j-- > 0;)
      common[i][j] = a[i] == b[j] ? common[i + 1][j + 1] + 1 : std::max(common[i + 1][j], common[i][j + 1]);
  return {a.size() - common[0][0], b.size() - common[0][0]};
}

struct Fixed {
  std::string before;
  std::string after;
  Linted found;  // before
  Linted left;   // by the run that fixes
};

Fixed fix(const std::string& text) {
  MemoryFiles files;
  files.texts["t.yaml"] = text;
  Fixed fixed{text, {}, testing::lint(files, {"t.yaml", "--all", "--ignore", "A537,N602", "--format", "json"}), {}};
  fixed.left = testing::lint(files, {"t.yaml", "--all", "--ignore", "A537,N602", "--fix", "--format", "json"});
  fixed.after = files.texts["t.yaml"];
  return fixed;
}

bool offers_fix(const Linted& linted) {
  const auto& findings = linted.report["findings"];
  return std::any_of(findings.begin(), findings.end(), [](const auto& finding) { return !finding["fix"].is_null(); });
}

/// How a template may be spelled.
struct Spelling {
  std::string name;
  std::function<std::string(const std::string&)> spell;
};

std::string with_carriage_returns(const std::string& text) {
  std::string out;
  for (const char c : text) out += c == '\n' ? std::string("\r\n") : std::string(1, c);
  return out;
}

/// A comment behind every line that may have one, and one above. With a comment nothing is taken away (see below).
std::string with_comments(const std::string& text) {
  std::string out = "# first\n";
  for (const std::string& line : lines_of(text)) {
    const bool is_bare = line.find("Unit:") != std::string::npos;
    const bool in_pattern = line.find("&&") != std::string::npos || line.find("||") != std::string::npos ||
                            line.find(">-") != std::string::npos || line.find("$.") != std::string::npos;
    out += line + (in_pattern || is_bare ? "\n" : "  # of this line\n");
  }
  return out;
}

const std::vector<Spelling> spellings = {
    {"Yaml", [](const std::string& text) { return text; }},
    {"Comments", with_comments},
    {"CarriageReturns", with_carriage_returns},
    {"NoLastLineBreak", [](const std::string& text) { return text.substr(0, text.size() - 1); }},
    {"ByteOrderMark", [](const std::string& text) { return "\xEF\xBB\xBF" + text; }},
    {"Json", [](const std::string& text) { return testing::as_json(text, 2); }},
    {"JsonOnOneLine", [](const std::string& text) { return testing::as_json(text, -1); }},
    {"FlowStyle", testing::as_flow_yaml},
};

/// Rules whose bad example can be mended by machine.
std::vector<const lint::Rule*> fixable_rules() {
  std::vector<const lint::Rule*> rules;
  for (const char* const id : {"T202", "T203", "T204", "T207", "T213", "F424", "F426", "A502", "A505", "A510", "A511",
                               "A514", "A515", "A520", "A521", "A531", "A540", "A551"})
    rules.push_back(lint::find_rule(id));
  return rules;
}

class EveryFix : public ::testing::TestWithParam<std::tuple<const lint::Rule*, Spelling>> {
 protected:
  const lint::Rule& rule() const { return *std::get<0>(GetParam()); }
  std::string bad() const { return std::get<1>(GetParam()).spell(std::string(rule().bad)); }
};

TEST_P(EveryFix, MendsTheFindingAndBringsNoOther) {
  const Fixed fixed = fix(bad());
  EXPECT_THAT(fixed.found.ids(), ::testing::Contains(std::string(rule().id))) << bad();
  EXPECT_THAT(fixed.left.ids(), Not(::testing::Contains(std::string(rule().id)))) << fixed.after;
  EXPECT_THAT(fixed.left.ids(), Not(::testing::Contains("R001")));
  for (const auto& finding : fixed.left.report["findings"]) EXPECT_EQ(finding["severity"], "note") << fixed.after;
}

TEST_P(EveryFix, DoesNothingTheSecondTime) {
  const Fixed first = fix(bad());
  EXPECT_NE(first.after, first.before);
  EXPECT_EQ(fix(first.after).after, first.after);
}

TEST_P(EveryFix, TouchesOneLine) {
  const Fixed fixed = fix(bad());
  const auto [gone, come] = changed_lines(fixed.before, fixed.after);
  EXPECT_LE(gone, 1U) << fixed.after;
  EXPECT_LE(come, 2U) << fixed.after;
  EXPECT_EQ(fixed.before.ends_with('\n'), fixed.after.ends_with('\n'));
  const auto count = [](const std::string& text, const std::string& what) {
    std::size_t times = 0;
    for (std::size_t at = text.find(what); at != std::string::npos; at = text.find(what, at + 1)) ++times;
    return times;
  };
  const bool has_returns = fixed.before.find('\r') != std::string::npos;
  EXPECT_EQ(count(fixed.after, "\r\n"), has_returns ? count(fixed.after, "\n") : 0U);
  EXPECT_EQ(count(fixed.before, "# of this line"), count(fixed.after, "# of this line")) << fixed.after;
}

TEST_P(EveryFix, IsShownAsADiffFirst) {
  MemoryFiles files;
  files.texts["t.yaml"] = bad();
  const Linted shown = testing::lint(files, {"t.yaml", "--all", "--ignore", "A537,N602", "--fix", "--dry-run"});
  EXPECT_EQ(files.texts["t.yaml"], bad()) << "nothing is written";
  EXPECT_EQ(shown.exit, 1);
  EXPECT_THAT(shown.out, HasSubstr("--- t.yaml\n+++ t.yaml\n@@ -"));
  const std::string after = fix(bad()).after;
  EXPECT_EQ(testing::patched(bad(), shown.out), after);
}

INSTANTIATE_TEST_SUITE_P(Rules, EveryFix,
                         ::testing::Combine(::testing::ValuesIn(fixable_rules()), ::testing::ValuesIn(spellings)),
                         [](const auto& each) {
                           return std::string(std::get<0>(each.param)->id) + std::get<1>(each.param).name;
                         });

TEST(Fix, IsThereForWhatCanBeMendedInOneWay) {
  std::vector<const lint::Rule*> offering;
  for (const lint::Rule* rule : lint::all_rules())
    if (!rule->bad.empty() && offers_fix(testing::lint_text(std::string(rule->bad), {std::string(rule->id)}))) offering.push_back(rule);
  EXPECT_EQ(offering, fixable_rules());
}

/// A template in which the alarm's missing data breaches, with the text put in place of `breaching`.
std::string breaching(const std::string& written, const std::string& above = "") {
  std::string text(lint::find_rule("A520")->bad);
  const std::string from = "TreatMissingData: breaching";
  text.replace(text.find(from), from.size(), written);
  return text.insert(text.find("Resources:\n"), above);
}

std::string kept(const std::string& text) {
  const Fixed fixed = fix(text);
  EXPECT_THAT(fixed.found.ids(), ::testing::Contains("A520")) << text << fixed.found.out;
  EXPECT_FALSE(offers_fix(fixed.found));
  return fixed.after;
}

TEST(Fix, LeavesAloneWhatIsWrittenElsewhere) {
  for (const std::string& text :
       {breaching("TreatMissingData: !Ref Missing", "Parameters: {Missing: {Type: String, Default: breaching}}\n"),
        breaching("TreatMissingData: {Ref: Missing}", "Parameters: {Missing: {Type: String, Default: breaching}}\n"),
        breaching("TreatMissingData: !FindInMap [M, a, b]", "Mappings: {M: {a: {b: breaching}}}\n"),
        breaching("TreatMissingData: !Sub breaching"), breaching("TreatMissingData: {'Fn::Sub': breaching}"),
        breaching("TreatMissingData: &word breaching\n      AlarmName: *word"),
        breaching("TreatMissingData: *word", "Metadata: {a: &word breaching}\n"),
        breaching("<<: *rest", "Metadata: {a: &rest {TreatMissingData: breaching}}\n"),
        breaching("TreatMissingData: >-\n        breaching"), breaching("TreatMissingData: !!str breaching")})
    EXPECT_EQ(kept(text), text);
}

TEST(Fix, ChangesTheBranchThatIsAtFault) {
  const std::string text =
      breaching("TreatMissingData: !If [Late, breaching, 'notBreaching']",
                "Parameters: {Stage: {Type: String}}\nConditions: {Late: !Equals [!Ref Stage, late]}\n");
  EXPECT_THAT(fix(text).after, HasSubstr("!If [Late, notBreaching, 'notBreaching']"));
}

TEST(Fix, LeavesAloneWhatToolsWrote) {
  const std::string text = breaching("TreatMissingData: breaching");
  const std::string made = testing::as_json(text, 2);
  std::string with_path = made;
  with_path.insert(with_path.find("\"Type\": \"AWS::CloudWatch::Alarm\""),
                   "\"Metadata\": {\"aws:cdk:path\": \"a/b\"}, ");
  EXPECT_EQ(kept(with_path), with_path);

  MemoryFiles files;
  files.texts["cdk.out/manifest.json"] =
      R"({"version": "36.0.0", "artifacts": {"s": {"type": "aws:cloudformation:stack",
          "environment": "aws://unknown-account/unknown-region", "properties": {"templateFile": "s.template.json"}}}})";
  files.texts["cdk.out/s.template.json"] = made;
  const Linted left = testing::lint(files, {"cdk.out", "--fix", "--format", "json"});
  EXPECT_THAT(left.ids(), ::testing::Contains("A520"));
  EXPECT_EQ(files.texts["cdk.out/s.template.json"], made);
}

TEST(Fix, LeavesAloneWhatIsIgnored) {
  const std::string text = breaching("TreatMissingData: breaching # secretwatch:ignore A520 -- as it was");
  EXPECT_EQ(fix(text).after, text);
}

TEST(Fix, AddsAPropertyWhereThereIsRoom) {
  const std::string bad(lint::find_rule("A531")->bad);
  EXPECT_THAT(fix(bad).after, HasSubstr("      TreatMissingData: notBreaching\n      DatapointsToAlarm: 1\n"));
  std::string block = bad;  // no scalar on a line of its own is left
  const std::size_t properties = block.find("      AlarmDescription: TopSecretInfo was read");
  const std::size_t end = block.find("      AlarmActions");
  std::string flow = "{";
  for (const std::string& line : lines_of(block.substr(properties, end - properties))) flow += line.substr(6) + ", ";
  block.replace(properties - 1, std::string::npos, " " + flow + "AlarmActions: [!Ref Topic] # told\n    }\n");
  EXPECT_THAT(fix(block).after, HasSubstr("TreatMissingData: notBreaching, DatapointsToAlarm: 1, AlarmActions"));
  const std::string there = bad + "      DatapointsToAlarm: !Ref AWS::NoValue\n";
  EXPECT_EQ(fix(there).after, there) << "it is written, if to nothing";
}

TEST(Fix, TakesNoCommentAway) {
  std::string text(lint::find_rule("A505")->bad);
  text.insert(text.find("Unit: Count") + 11, " # as we always had it");
  EXPECT_EQ(fix(text).after, text);
}

TEST(Fix, DoesSeveralAtOnce) {
  std::string text(lint::find_rule("A510")->bad);
  for (const auto& [from, to] :
       {std::pair<std::string, std::string>{"ReadWriteType: All", "ReadWriteType: WriteOnly"},
        {"IsLogging: true", "IsLogging: false"},
        {"AlarmActions: [!Ref Topic]", "AlarmActions: [!Ref Topic]\n      ActionsEnabled: no"}})
    text.replace(text.find(from), from.size(), to);
  const Fixed fixed = fix(text);
  EXPECT_THAT(fixed.left.ids(), IsEmpty()) << fixed.after;
  EXPECT_EQ(fixed.left.exit, 0);
  EXPECT_THAT(fixed.left.err, HasSubstr("4 fixed"));
}

TEST(Fix, WritesAllFilesOrNone) {
  MemoryFiles files;
  files.texts["a.yaml"] = breaching("TreatMissingData: breaching");
  files.texts["b.yaml"] = breaching("TreatMissingData: 'ignore'");
  files.write_problem = "cannot write 'b.yaml': disk full";
  const Linted refused = testing::lint(files, {"a.yaml", "b.yaml", "--fix"});
  EXPECT_EQ(refused.exit, 2);
  EXPECT_THAT(refused.err, HasSubstr("disk full"));
  files.write_problem.clear();
  EXPECT_EQ(testing::lint(files, {"a.yaml", "b.yaml", "--fix"}).exit, 0);
  EXPECT_THAT(files.texts["b.yaml"], HasSubstr("TreatMissingData: 'notBreaching'\n"));
}

TEST(Fix, RefusesWhatItCannotDo) {
  MemoryFiles files;
  files.texts["a.yaml"] = breaching("TreatMissingData: breaching");
  EXPECT_EQ(testing::lint(files, {"a.yaml", "--dry-run"}).exit, 2);
  EXPECT_EQ(testing::lint(files, {"-", "--fix"}, files.texts["a.yaml"]).exit, 2);
  const std::string clean = fix(files.texts["a.yaml"]).after;
  files.texts["a.yaml"] = clean;
  const Linted nothing = testing::lint(files, {"a.yaml", "--fix", "--dry-run"});
  EXPECT_EQ(nothing.exit, 0);
  EXPECT_EQ(nothing.out, "");
}

}  // namespace
}  // namespace secretwatch
