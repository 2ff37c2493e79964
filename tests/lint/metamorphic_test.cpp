/// Spelling a template in another way changes nothing but places.
#include <functional>

#include <gmock/gmock.h>

#include "lint/lint.h"
#include "support/forms.h"
#include "support/linted.h"
#include "support/spelled.h"

namespace secretwatch {
namespace {

using Json = nlohmann::ordered_json;
using testing::Linted;
using testing::MemoryFiles;

/// Findings without their places.
using Told = std::multiset<std::string>;

Told told(const Linted& linted, const std::function<std::string(std::string)>& names_back,
          const std::set<std::string>& of_two) {
  Told all;
  for (const auto& finding : linted.report["findings"]) {
    if (of_two.contains(finding["id"].get<std::string>())) {
      all.insert(finding["id"].get<std::string>());
      continue;
    }
    Json without = Json::object();
    for (const char* key : {"id", "severity", "effect", "precision", "message", "resource"})
      without[key] = finding[key];
    without["chain"] = finding["chain"].is_null() ? Json(nullptr) : Json(finding["chain"]["line"]);
    std::multiset<std::string> related;
    for (const auto& each : finding["related"]) related.insert(each["message"].get<std::string>());
    without["related"] = related;
    all.insert(names_back(without.dump()));
  }
  return all;
}

/// A way of writing the same template.
struct Spelling {
  std::string name;
  std::function<std::string(const Json&)> write;
  std::function<std::string(std::string)> names_back = [](std::string text) { return text; };
  std::set<std::string> of_two{};  // rules about two resources that are alike: the later one speaks
};

/// Every string value of the properties, replaced by what `change` makes of it.
void change_values(Json& value, const std::function<Json(const std::string&)>& change) {
  if (value.is_string()) {
    value = change(value.get<std::string>());
    return;
  }
  if (!value.is_structured()) return;
  if (value.is_object() && value.size() == 1) {
    const std::string name = value.begin().key();
    if (name == "Ref" || name == "Condition" || name.starts_with("Fn::")) return;
  }
  for (auto& each : value) change_values(each, change);
}

std::string with_values(const Json& stack, const std::function<Json(const std::string&)>& change) {
  Json changed = stack;
  for (auto& resource : changed["Resources"])
    if (resource.contains("Properties")) change_values(resource["Properties"], change);
  return changed.dump(1);
}

/// A name is what it was with this behind it.
constexpr std::string_view behind_names = "QzX";

std::string renamed(const Json& stack) {
  std::string text = stack.dump(1);
  for (const auto& [name, resource] : stack["Resources"].items()) {
    const std::string renamed = name + std::string(behind_names);
    for (const char* const around : {R"("%")", R"("%.)", R"(${%})", R"(${%.)"}) {
      std::string from(around);
      std::string to(around);
      from.replace(from.find('%'), 1, name);
      to.replace(to.find('%'), 1, renamed);
      for (std::size_t at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size()))
        text.replace(at, from.size(), to);
    }
  }
  return text;
}

std::string names_back(std::string text) {
  for (std::size_t at = text.find(behind_names); at != std::string::npos; at = text.find(behind_names, at))
    text.erase(at, behind_names.size());
  return text;
}

std::string turned_around(const Json& stack) {
  Json turned = stack;
  Json resources = Json::object();
  std::vector<std::string> names;
  for (const auto& [name, resource] : stack["Resources"].items()) names.insert(names.begin(), name);
  for (const std::string& name : names) resources[name] = stack["Resources"][name];
  turned["Resources"] = std::move(resources);
  return turned.dump(1);
}

/// Resources that have nothing to do with any secret.
std::string in_company(const Json& stack) {
  const Json others = testing::json_of(std::string(R"yaml(
Others:
  Table: {Type: AWS::DynamoDB::Table, Properties: {BillingMode: PAY_PER_REQUEST}}
  Website: {Type: AWS::S3::Bucket, Properties: {BucketName: our-website}}
  AccessLog: {Type: AWS::Logs::LogGroup, Properties: {LogGroupName: /our/website, RetentionInDays: 30}}
  Reader:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument:
        Statement: [{Effect: Allow, Principal: {Service: ec2.amazonaws.com}, Action: sts:AssumeRole}]
  Processor:
    Type: AWS::CloudWatch::Alarm
    Properties:
      Namespace: AWS/EC2
      MetricName: CPUUtilization
      Statistic: Average
      ComparisonOperator: GreaterThanThreshold
      Threshold: 80
      Period: 300
      EvaluationPeriods: 3
)yaml"));
  Json joined = stack;
  joined["Resources"] = Json::object();
  for (const auto& [name, resource] : others["Others"].items()) joined["Resources"]["A" + name] = resource;
  for (const auto& [name, resource] : stack["Resources"].items()) joined["Resources"][name] = resource;
  return joined.dump(1);
}

Json call(const char* function, Json argument) {
  Json object = Json::object();
  object[function] = std::move(argument);
  return object;
}

/// {"Fn::Join": ["", [a, b]]} of a text in two halves. Inside an UTF-8 character there is no half.
Json in_halves(const std::string& text) {
  std::size_t half = text.size() / 2;
  while (half < text.size() && (static_cast<unsigned char>(text[half]) & 0xC0U) == 0x80U) ++half;
  if (text.size() < 2) return text;
  Json halves = Json::array();
  halves.push_back(text.substr(0, half));
  halves.push_back(text.substr(half));
  Json arguments = Json::array();
  arguments.push_back("");
  arguments.push_back(std::move(halves));
  return call("Fn::Join", std::move(arguments));
}

Json in_sub(const std::string& text) {
  return text.find("${") == std::string::npos ? call("Fn::Sub", text) : Json(text);
}

const std::vector<Spelling> spellings = {
    {"Json", [](const Json& stack) { return stack.dump(); }},
    {"FlowYaml", [](const Json& stack) { return testing::flow_text(stack) + "\n"; }},
    {"ShortFunctions", [](const Json& stack) { return testing::short_yaml(stack); }},
    {"TurnedAround", turned_around, [](std::string text) { return text; }, {"A561", "F432", "T209"}},
    {"Renamed", renamed, names_back},
    {"InCompany", in_company},
    {"JoinedHalves", [](const Json& stack) { return with_values(stack, in_halves); }},
    {"SubOfLiterals", [](const Json& stack) { return with_values(stack, in_sub); }},
};

Told told_of(const std::string& text, const std::string& rule, const std::set<std::string>& of_two,
             const Spelling& spelling = {}) {
  const Linted linted = testing::lint_text(text, {rule});
  EXPECT_EQ(linted.report["files"], 1) << linted.err << text;
  return told(linted, spelling.names_back, of_two);
}

class EverySpelling : public ::testing::TestWithParam<Spelling> {};

TEST_P(EverySpelling, TellsTheSameOfTheBadExamples) {
  for (const lint::Rule* const rule : lint::all_rules()) {
    // R: what is ignored stands in comments, and what is no YAML has no other spelling.
    if (rule->bad.empty() || rule->id.starts_with("R")) continue;
    SCOPED_TRACE(rule->id);
    const std::string as_written(rule->bad);
    const std::set<std::string>& of_two = GetParam().of_two;
    const std::string id(rule->id);
    EXPECT_EQ(told_of(GetParam().write(testing::json_of(as_written)), id, of_two, GetParam()),
              told_of(as_written, id, of_two));
  }
}

/// Every spec, compiled once.
const std::map<std::string, Json>& compiled_specs() {
  static const std::map<std::string, Json> compiled = [] {
    std::map<std::string, Json> all;
    for (const std::string& spec : testing::all_specs()) {
      MemoryFiles files = testing::compiled_forms(spec, "cloudformation-json");
      all[spec] = Json::parse(files.texts["out/cloudformation/template.json"]);
    }
    return all;
  }();
  return compiled;
}

TEST_P(EverySpelling, TellsNothingOfWhatWeCompile) {
  for (const auto& [spec, stack] : compiled_specs()) {
    SCOPED_TRACE(spec);
    EXPECT_THAT(told_of(GetParam().write(stack), "", {}, GetParam()), ::testing::IsEmpty());
  }
}

INSTANTIATE_TEST_SUITE_P(Lint, EverySpelling, ::testing::ValuesIn(spellings),
                         [](const auto& each) { return each.param.name; });

}  // namespace
}  // namespace secretwatch
