/// Documentation that is made is fresh; documentation that is written can be followed.
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "docs/spec_page.h"
#include "lint/lint.h"
#include "model/catalog.h"
#include "report/report.h"
#include "support/golden.h"

namespace secretwatch {
namespace {

using testing::in_project;
using testing::read_text;

TEST(SpecPage, IsFresh) {
  testing::expect_golden(in_project("docs/spec.md"), testing::spec_page());
}

TEST(RulesPage, IsFresh) {
  testing::expect_golden(in_project("docs/rules.md"), report::rules_page(lint::all_rules()));
}

TEST(Schema, KnowsTheDetectionsAndEventsOfTheCatalogue) {
  const auto schema = nlohmann::ordered_json::parse(read_text(in_project("schemas/spec.schema.json")));
  const auto& options = schema["properties"]["alerts"]["additionalProperties"]["properties"]["detect"]["oneOf"];
  std::vector<std::string> detections;
  for (const model::Detection& detection : model::all_detections()) detections.emplace_back(detection.name);
  EXPECT_EQ(options[0]["enum"].get<std::vector<std::string>>(), detections);
  std::vector<std::string> events;
  for (const model::Event& event : model::all_events()) events.emplace_back(event.name);
  EXPECT_EQ(options[2]["properties"]["events"]["items"]["enum"].get<std::vector<std::string>>(), events);
}

using Json = nlohmann::ordered_json;

/// Keys that only a condition of the schema mentions (if, then, else) are explained where they are declared.
bool is_condition(const std::string& path) {
  return path.find("/if") != std::string::npos || path.find("/then") != std::string::npos ||
         path.find("/else") != std::string::npos;
}

void expect_explained(const Json& value, bool required, const std::string& path) {
  ASSERT_TRUE(value.contains("description")) << path;
  const bool says_default =
      value.contains("default") || value["description"].get<std::string>().find("Default: ") != std::string::npos;
  EXPECT_TRUE(required || says_default) << path << " does not say what holds without it";
  EXPECT_TRUE(value.contains("examples")) << path << " has no example";
}

void expect_every_key_explained(const Json& node, const std::string& path) {
  if (node.is_object() && node.contains("properties") && !is_condition(path)) {
    for (const auto& [key, value] : node["properties"].items()) {
      const Json required = node.value("required", Json::array());
      expect_explained(value, std::find(required.begin(), required.end(), key) != required.end(), path + "/" + key);
    }
  }
  if (!node.is_structured()) return;
  for (const auto& [key, value] : node.items()) expect_every_key_explained(value, path + "/" + key);
}

TEST(Schema, GivesEveryKeyADescriptionADefaultAndAnExample) {
  expect_every_key_explained(Json::parse(read_text(in_project("schemas/spec.schema.json"))), "");
}

}  // namespace
}  // namespace secretwatch
