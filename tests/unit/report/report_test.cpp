#include "report/report.h"

#include <gmock/gmock.h>
#include <nlohmann/json.hpp>

#include "lint/lint.h"
#include "lint/rules/catalogue.h"

namespace secretwatch::report {
namespace {

using Json = nlohmann::json;
using lint::Finding;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

class Reporting : public ::testing::Test {
 protected:
  Sources sources;
  FileId file = sources.add("a b/t.yaml", "Alarm: é\n  Enabled: {a: 1,  \r\n    b: 2}\nFilter: x\n");
  Subject subject{.version = "1.2.3", .names = {"a b/t.yaml", "clean.yaml"}, .rules = lint::all_rules()};

  Finding finding(std::string message, std::uint32_t begin, std::uint32_t end) const {
    Finding made;
    made.rule = &lint::rules::actions_disabled;
    made.span = {file, begin, end};
    made.message = std::move(message);
    made.severity = Severity::error;
    made.effect = lint::Effect::silent;
    made.address = "Alarm";
    made.property = "actions_enabled";
    return made;
  }
  Json sarif_of(const std::vector<Finding>& findings) const {
    return Json::parse(sarif(entries(findings), sources, subject));
  }
};

/// What GitHub's page asks of a file that code scanning shall take.
void expect_github_takes(const Json& log) {
  EXPECT_EQ(log["version"], "2.1.0");
  EXPECT_TRUE(log["$schema"].is_string());
  ASSERT_EQ(log["runs"].size(), 1U);
  const Json& run = log["runs"][0];
  const Json& driver = run["tool"]["driver"];
  EXPECT_FALSE(driver["name"].get<std::string>().empty());
  EXPECT_FALSE(driver["semanticVersion"].get<std::string>().empty());
  EXPECT_EQ(run["columnKind"], "unicodeCodePoints");
  for (const Json& rule : driver["rules"]) {
    EXPECT_FALSE(rule["id"].get<std::string>().empty());
    EXPECT_LE(rule["name"].get<std::string>().size(), 255U);
    for (const char* key : {"shortDescription", "fullDescription"}) {
      EXPECT_FALSE(rule[key]["text"].get<std::string>().empty()) << rule["id"];
      EXPECT_LE(rule[key]["text"].get<std::string>().size(), 1024U) << rule["id"];
    }
    EXPECT_FALSE(rule["help"]["text"].get<std::string>().empty());
    EXPECT_FALSE(rule["help"]["markdown"].get<std::string>().empty());
    const Json& properties = rule["properties"];
    EXPECT_LE(properties["tags"].size(), 10U);
    const bool is_security = properties["tags"][0] == "security";
    EXPECT_EQ(properties.contains("security-severity"), is_security) << rule["id"];
    if (is_security) {
      const double severity = std::stod(properties["security-severity"].get<std::string>());
      EXPECT_GT(severity, 0.0);
      EXPECT_LE(severity, 10.0);
    }
    EXPECT_THAT((std::set<std::string>{"very-high", "high", "medium", "low"}),
                ::testing::Contains(properties["precision"].get<std::string>()));
  }
  for (const Json& result : run["results"]) {
    EXPECT_EQ(driver["rules"][result["ruleIndex"].get<std::size_t>()]["id"], result["ruleId"]);
    EXPECT_FALSE(result["message"]["text"].get<std::string>().empty());
    EXPECT_FALSE(result["partialFingerprints"]["primaryLocationLineHash"].get<std::string>().empty());
    ASSERT_EQ(result["locations"].size(), 1U);
    const Json& physical = result["locations"][0]["physicalLocation"];
    EXPECT_FALSE(physical["artifactLocation"]["uri"].get<std::string>().empty());
    const Json& region = physical["region"];
    for (const char* key : {"startLine", "startColumn", "endLine", "endColumn"}) EXPECT_GE(region[key], 1) << key;
    EXPECT_EQ(region["startLine"], region["endLine"]) << "a place of one line";
    EXPECT_GT(region["endColumn"], region["startColumn"]);
    const std::string message = result["message"]["text"];
    for (const Json& related : result.value("relatedLocations", Json::array()))
      EXPECT_THAT(message, HasSubstr("](" + std::to_string(related["id"].get<int>()) + ")")) << "it is linked";
  }
}

TEST_F(Reporting, WritesSarifThatCodeScanningTakes) {
  Finding with_places = finding("one [thing](7)", 12, 37);
  with_places.relate({file, 41, 47}, "the [filter]").note("a note");
  Finding nowhere = finding("somewhere", 0, 0);
  nowhere.span = {};
  const Json log = sarif_of({with_places, finding("another", 0, 0), nowhere});
  expect_github_takes(log);
  const Json& results = log["runs"][0]["results"];
  EXPECT_EQ(results[0]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"], "a%20b/t.yaml");
  EXPECT_EQ(results[0]["message"]["text"], "one \\[thing\\](7); [the \\[filter\\]](1); a note");
  expect_github_takes(sarif_of({}));
}

TEST_F(Reporting, GivesAFindingAFingerprintThatOutlivesItsLine) {
  const auto fingerprint = [&](const Finding& of) {
    return sarif_of({of})["runs"][0]["results"][0]["partialFingerprints"]["primaryLocationLineHash"];
  };
  EXPECT_EQ(fingerprint(finding("m", 0, 5)), fingerprint(finding("other words", 12, 20)));
  Finding other = finding("m", 0, 5);
  other.property = "period_seconds";
  EXPECT_NE(fingerprint(finding("m", 0, 5)), fingerprint(other));
  const Json twice = sarif_of({finding("m", 0, 5), finding("m", 0, 5)})["runs"][0]["results"];
  EXPECT_NE(twice[0]["partialFingerprints"], twice[1]["partialFingerprints"]);
}

TEST_F(Reporting, MarksWhatIsSuppressed) {
  Finding ignored = finding("m", 0, 5);
  ignored.suppressed = {"comment", "because", "2027-01-01"};
  const Json log = sarif_of({ignored});
  EXPECT_EQ(log["runs"][0]["results"][0]["suppressions"][0],
            (Json{{"kind", "inSource"}, {"justification", "because"}}));
  const Json report = Json::parse(json(entries({ignored}), sources, subject));
  EXPECT_EQ(report["findings"][0]["suppressed"],
            (Json{{"by", "comment"}, {"reason", "because"}, {"until", "2027-01-01"}}));
  EXPECT_EQ(report["summary"], (Json{{"error", 0}, {"warning", 0}, {"note", 0}, {"suppressed", 1}}));
}

TEST_F(Reporting, CutsARegionToItsFirstLine) {
  const Json report = Json::parse(json(entries({finding("m", 12, 37)}), sources, subject))["findings"][0];
  EXPECT_EQ(report["line"], 2);
  EXPECT_EQ(report["column"], 3);
  EXPECT_EQ(report["end_line"], 2);
  EXPECT_EQ(report["end_column"], 18) << "behind the comma: blanks at the end of the line do not count";
}

TEST_F(Reporting, CountsColumnsInCharacters) {
  const Json report = Json::parse(json(entries({finding("m", 7, 9)}), sources, subject))["findings"][0];
  EXPECT_EQ(report["column"], 8);
  EXPECT_EQ(report["end_column"], 9) << "é is two bytes";
}

TEST_F(Reporting, WritesJsonOfTheShapeThatIsContract) {
  Finding full = finding("m", 0, 5);
  full.relate({file, 41, 47}, "here");
  const Json report = Json::parse(json(entries({full}), sources, subject));
  EXPECT_EQ(report["findings"][0],
            Json::parse(R"({"id": "A540", "rule": "actions-disabled", "severity": "error", "effect": "silent",
              "precision": "proven", "message": "m", "file": "a b/t.yaml", "line": 1, "column": 1, "end_line": 1,
              "end_column": 6, "resource": "Alarm", "related": [{"message": "here", "file": "a b/t.yaml", "line": 4,
              "column": 1}], "chain": null, "fix": null, "suppressed": null})"));
}

TEST_F(Reporting, SaysTheEffectInWords) {
  Finding likely = finding("m", 0, 5);
  likely.likely();
  likely.chain = {{"trail", "Trail", {}, false}, {"metric filter", "Filter", {}, false}, {"alarm", "Alarm", {}, true}};
  const std::string told = text(entries({likely}), sources, {});
  EXPECT_THAT(told, StartsWith("a b/t.yaml:1:1: warning[A540]: m\n 1 | Alarm: é\n   | ^^^^^\n"));
  EXPECT_THAT(told, HasSubstr("  effect: no message arrives (likely, not proven)\n"));
  EXPECT_THAT(told, HasSubstr("  chain: Trail → Filter ✗ Alarm\n"));
}

TEST_F(Reporting, WritesALineEach) {
  EXPECT_EQ(compact(entries({finding("m", 0, 5), finding("n", 12, 20)}), sources),
            "a b/t.yaml:1:1: error A540 actions-disabled: m\na b/t.yaml:2:3: error A540 actions-disabled: n\n");
}

TEST_F(Reporting, WritesAnnotationsOnOneLine) {
  Finding multiple = finding("50% of: a, b", 12, 37);
  multiple.note("more");
  EXPECT_EQ(
      github(entries({multiple}), sources),
      "::error file=a b/t.yaml,line=2,col=3,endColumn=18,title=A540 actions-disabled::50%25 of: a, b%0Aeffect: no "
      "message arrives%0Amore\n");
}

TEST_F(Reporting, WritesJUnitWithASuiteForEachFile) {
  Finding note = finding("<n> & \"q\" \x01", 0, 5);
  note.severity = Severity::note;
  const std::string xml = junit(entries({finding("m", 0, 5), note}), sources, subject);
  EXPECT_THAT(xml,
              HasSubstr("<testsuites name=\"secretwatch\" tests=\"3\" failures=\"1\" errors=\"0\" skipped=\"0\">"));
  EXPECT_THAT(xml, HasSubstr("<testsuite name=\"clean.yaml\" tests=\"1\" failures=\"0\""));
  EXPECT_THAT(xml, HasSubstr("&lt;n&gt; &amp; &quot;q&quot;"));
  EXPECT_THAT(xml, Not(HasSubstr("\x01"))) << "XML has no such character";
}

}  // namespace
}  // namespace secretwatch::report
