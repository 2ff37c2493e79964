#include "lint/suppress.h"

#include <gmock/gmock.h>

#include "lint/baseline.h"
#include "lint/rules/catalogue.h"

namespace secretwatch::lint {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

/// A text in which every line that contains "fault" has a finding of A540, and every `#` begins a comment.
class Suppressing : public ::testing::Test {
 protected:
  Sources sources;
  std::vector<Finding> findings;

  void judge(const std::string& text, const std::string& today = "2026-06-01") {
    const FileId file = sources.add("t.yaml", text);
    std::vector<Ignore> ignores;
    for (std::uint32_t begin = 0; begin < text.size();) {
      const auto end = static_cast<std::uint32_t>(std::min(text.find('\n', begin), text.size()));
      const std::string line = text.substr(begin, end - begin);
      const auto mark = static_cast<std::uint32_t>(line.find('#'));
      if (mark != static_cast<std::uint32_t>(std::string::npos)) {
        const bool own_line = line.find_first_not_of(' ') == mark;
        if (auto ignore = read_ignore_comment(sources, {file, begin + mark, end}, own_line)) ignores.push_back(*ignore);
      }
      if (const std::size_t at = line.substr(0, mark).find("fault"); at != std::string::npos) {
        Finding finding;
        finding.rule = &rules::actions_disabled;
        finding.span = {file, begin + static_cast<std::uint32_t>(at), end};
        finding.message = line;
        finding.severity = Severity::error;
        findings.push_back(finding);
      }
      begin = end + 1;
    }
    apply(ignores, {today, {}, {}}, findings);
  }
  /// Lines of what is told: "3 A540".
  std::vector<std::string> told() const {
    std::vector<std::string> lines;
    for (const Finding& finding : findings)
      if (!finding.suppressed)
        lines.push_back(fmt::format("{} {}", sources.begin(finding.span).line, finding.rule->id));
    return lines;
  }
};

TEST_F(Suppressing, SpeaksOfWhatACallMakes) {
  const FileId live = sources.add("live.tf", "module \"m\" {\n}\n");
  const FileId called = sources.add("m.tf", "fault\n");
  const auto add = [&](FileId file, const std::string& address) {
    Finding finding;
    finding.rule = &rules::actions_disabled;
    finding.span = {file, 0, 5};
    finding.message = address;
    finding.address = address;
    findings.push_back(finding);
  };
  for (const char* address :
       {"module.m.aws_x.y", "module.a.module.m[0].aws_x.y", "module.m2.aws_x.y", "module.n.aws_x.y"})
    add(called, address);
  add(live, "module.m.aws_x.elsewhere");
  Ignore ignore = read_ignore("A540 -- bought");
  ignore.span = ignore.covers = {live, 10, 14};
  ignore.through = "module.m";
  ignore.files = {called};
  apply({ignore}, {"2026-06-01", {}, {}}, findings);
  std::vector<std::string> told;
  for (const Finding& finding : findings)
    if (!finding.suppressed) told.push_back(finding.address);
  EXPECT_THAT(told, ElementsAre("module.m.aws_x.elsewhere", "module.m2.aws_x.y", "module.n.aws_x.y"));
}

TEST_F(Suppressing, SpeaksOfTheLineBelow) {
  judge("# secretwatch:ignore A540 -- why\nfault\nfault\n");
  EXPECT_THAT(told(), ElementsAre("3 A540"));
  ASSERT_TRUE(findings[0].suppressed);
  EXPECT_EQ(findings[0].suppressed->reason, "why");
  EXPECT_EQ(findings[0].suppressed->by, "comment");
}

TEST_F(Suppressing, SpeaksOfTheBlockBelow) {
  judge("a:\n  # secretwatch:ignore A540 -- why\n\n  # more\n  b:\n    fault\n\n    c:\n      fault\n  d: fault\n");
  EXPECT_THAT(told(), ElementsAre("10 A540"));
}

TEST_F(Suppressing, SpeaksOfABlockInBraces) {
  judge("# secretwatch:ignore A540 -- why\nresource {\n  fault\n}\nfault\n");
  EXPECT_THAT(told(), ElementsAre("5 A540"));
}

TEST_F(Suppressing, SpeaksOfAListThatIsNotIndented) {
  judge("# secretwatch:ignore A540 -- why\nlist:\n- fault\n- fault\nother: fault\n");
  EXPECT_THAT(told(), ElementsAre("5 A540"));
}

TEST_F(Suppressing, SpeaksOfOneItem) {
  judge("list:\n  # secretwatch:ignore A540 -- why\n  - a: fault\n    b: fault\n  - fault\n");
  EXPECT_THAT(told(), ElementsAre("5 A540"));
}

TEST_F(Suppressing, SpeaksOfItsOwnLine) {
  judge("a: fault # secretwatch:ignore actions-disabled -- why\nb: fault\n");
  EXPECT_THAT(told(), ElementsAre("2 A540"));
}

TEST_F(Suppressing, CountsUntilItsLastDay) {
  judge("# secretwatch:ignore A540 until 2026-06-01 -- why\nfault\n", "2026-06-01");
  EXPECT_THAT(told(), IsEmpty());
}

TEST_F(Suppressing, EndsAfterItsLastDay) {
  judge("# secretwatch:ignore A540 until 2026-06-01 -- why\nfault\n", "2026-06-02");
  EXPECT_THAT(told(), ElementsAre("1 R006", "2 A540"));
}

TEST_F(Suppressing, IsAFindingWhenItIgnoresNothing) {
  judge("# secretwatch:ignore A533 -- why\nfault\n");
  EXPECT_THAT(told(), ElementsAre("1 R006", "2 A540"));
}

TEST_F(Suppressing, IsAFindingWithoutAReason) {
  judge("# secretwatch:ignore A540\nfault\n");
  EXPECT_THAT(told(), ElementsAre("1 R007"));
}

TEST_F(Suppressing, IsAFindingWhenItCannotBeUnderstood) {
  for (const char* text : {"", "until 2027-01-01 -- why", "A54O -- why", "A540 because -- why", "A540 until -- why",
                           "A540 until 2027-02-30 -- why", "A540 until 2027-02-28 A541 -- why"}) {
    findings.clear();
    judge(fmt::format("# secretwatch:ignore {}\nfault\n", text));
    EXPECT_THAT(told(), ElementsAre("1 R006", "2 A540")) << text;
  }
}

TEST_F(Suppressing, TakesSeveralRules) {
  judge("# secretwatch:ignore A533, A54 -- why\nfault\n");
  EXPECT_THAT(told(), IsEmpty());
}

TEST_F(Suppressing, LeavesOtherCommentsAlone) {
  judge("# secretwatch ignores this\n# ignore A540\nfault\n");
  EXPECT_THAT(told(), ElementsAre("3 A540"));
}

TEST_F(Suppressing, AtTheEndOfTheFileSpeaksOfNothing) {
  judge("fault\n# secretwatch:ignore A540 -- why");
  EXPECT_THAT(told(), ElementsAre("1 A540", "2 R006"));
}

TEST(Dates, AreDaysThatThereAre) {
  for (const char* good : {"2026-01-01", "2024-02-29", "2000-02-29", "2026-12-31"}) EXPECT_TRUE(is_date(good)) << good;
  for (const char* bad : {"", "2026-1-1", "2026-02-29", "1900-02-29", "2026-13-01", "2026-00-01", "2026-01-00",
                          "2026-04-31", "2026/01/01", "26-01-01", "2026-01-011", "2026-0a-01"})
    EXPECT_FALSE(is_date(bad)) << bad;
}

// --- baseline ---

class Baselines : public ::testing::Test {
 protected:
  Sources sources;
  FileId file = sources.add("t.yaml", "0123456789");

  Finding finding(std::uint32_t at, const char* resource, const char* property = "") const {
    Finding made;
    made.rule = &rules::actions_disabled;
    made.span = {file, at, at + 1};
    made.address = resource;
    made.property = property;
    made.message = "m";
    return made;
  }
  std::size_t told(const std::vector<Finding>& findings) const {
    return static_cast<std::size_t>(
        std::count_if(findings.begin(), findings.end(), [](const Finding& f) { return !f.suppressed; }));
  }
};

TEST_F(Baselines, KnowWhatMovedToAnotherLine) {
  const Baseline baseline = baseline_of({finding(1, "Alarm", "period_seconds")}, sources);
  std::vector<Finding> now{finding(7, "Alarm", "period_seconds")};
  apply(baseline, sources, {"t.yaml"}, {}, now);
  EXPECT_EQ(told(now), 0U);
}

TEST_F(Baselines, TellWhatIsNew) {
  const Baseline baseline = baseline_of({finding(1, "Alarm", "a")}, sources);
  std::vector<Finding> now{finding(1, "Alarm", "a"), finding(1, "Alarm", "b"), finding(1, "Other", "a"),
                           finding(2, "Alarm", "a")};
  apply(baseline, sources, {"t.yaml"}, {}, now);
  EXPECT_EQ(told(now), 3U) << "another property, another resource, one more of the same";
}

TEST_F(Baselines, TellWhatIsGone) {
  const Baseline baseline = baseline_of({finding(1, "Alarm")}, sources);
  std::vector<Finding> now;
  apply(baseline, sources, {"t.yaml"}, {}, now);
  ASSERT_EQ(now.size(), 1U);
  EXPECT_EQ(now[0].rule, &rules::stale_suppression);
  now.clear();
  apply(baseline, sources, {"another.yaml"}, {}, now);
  EXPECT_THAT(now, IsEmpty()) << "the file was not judged";
  apply(baseline, sources, {"t.yaml"}, {.select = {"D"}}, now);
  EXPECT_THAT(now, IsEmpty()) << "the rule was not asked";
}

TEST_F(Baselines, DoNotKnowWhatCannotBeRead) {
  Finding broken = finding(1, "");
  broken.rule = &rules::parse_error;
  EXPECT_THAT(baseline_of({broken}, sources), IsEmpty());
}

}  // namespace
}  // namespace secretwatch::lint
