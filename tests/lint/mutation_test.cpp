/// What the compiler makes is clean; with one edit, exactly one rule speaks. The edits are mutations.yaml.
#include <gmock/gmock.h>

#include "lint/lint.h"
#include "support/forms.h"
#include "support/linted.h"
#include "support/spelled.h"

namespace secretwatch {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using Json = nlohmann::ordered_json;
using testing::Linted;
using testing::MemoryFiles;

// --- as it is compiled ---

class EverySpec : public ::testing::TestWithParam<std::string> {};

/// Notes that the README of an example names are meant.
std::string readme_of(const std::string& spec) {
  const std::string folder = spec.substr(0, spec.rfind('/'));
  return spec.starts_with("examples/") ? testing::read_text(testing::in_project(folder + "/README.md")) : std::string();
}

TEST_P(EverySpec, IsCleanInEveryForm) {
  MemoryFiles files = testing::compiled_forms(GetParam());
  const Linted linted = testing::lint(files, {"spec.yaml", "out", "--all", "--format", "json"});
  EXPECT_GE(linted.report["files"], 4) << "the spec, two templates and an assembly";
  const std::string readme = readme_of(GetParam());
  for (const auto& finding : linted.report["findings"]) {
    EXPECT_EQ(finding["severity"], "note") << finding.dump(1);
    EXPECT_NE(readme.find(finding["id"].get<std::string>()), std::string::npos) << finding.dump(1);
  }
}

INSTANTIATE_TEST_SUITE_P(Lint, EverySpec, ::testing::ValuesIn(testing::all_specs()),
                         [](const auto& each) { return testing::word_of(each.param); });

// --- with one edit ---

struct Mutation {
  std::string rule;
  std::string spec;
  Json edits;
};

Json table() {
  return testing::json_of(testing::read_text(testing::in_project("tests/lint/mutations.yaml")));
}

std::vector<Mutation> mutations() {
  std::vector<Mutation> all;
  const Json rows = table()["mutations"];
  for (const Json& row : rows)
    all.push_back({row["rule"], row.value("spec", "examples/minimal/secretwatch.yaml"), row});
  return all;
}

/// A path inside a resource, step by step; the last step is left to `act`.
class Path {
 public:
  explicit Path(const std::string& text) {
    std::istringstream in(text);
    for (std::string step; std::getline(in, step, '/');) steps_.push_back(step);
  }
  const std::string& type() const { return steps_.front(); }
  bool is_whole_resource() const { return steps_.size() == 1; }

  template <class Act>
  void follow(Json& resource, Act act) const {
    Json* at = &resource["Properties"];
    for (std::size_t i = 1; i + 1 < steps_.size(); ++i) at = &step(*at, steps_[i]);
    act(*at, steps_.back());
  }

  static Json& step(Json& holder, const std::string& name) {
    if (!holder.is_array()) return holder[name];
    return holder[index_of(holder, name)];
  }
  static std::size_t index_of(const Json& list, const std::string& name) {
    for (std::size_t i = 0; i < list.size(); ++i)
      if (list[i].is_object() && list[i].value("Sid", "") == name) return i;
    return std::stoul(name);  // throws, and so fails, when there is no such Sid
  }

 private:
  std::vector<std::string> steps_;
};

std::vector<std::string> resources_of(const Json& stack, const std::string& type) {
  std::vector<std::string> names;
  for (const auto& [name, resource] : stack["Resources"].items())
    if (resource["Type"].get<std::string>().ends_with("::" + type)) names.push_back(name);
  EXPECT_THAT(names, ::testing::Not(IsEmpty())) << "no resource of type " << type;
  return names;
}

void remove(Json& stack, const Path& path) {
  for (const std::string& name : resources_of(stack, path.type())) {
    if (path.is_whole_resource()) {
      stack["Resources"].erase(name);
      continue;
    }
    path.follow(stack["Resources"][name], [](Json& holder, const std::string& last) {
      const std::size_t before = holder.size();
      holder.is_array() ? holder.erase(Path::index_of(holder, last)) : static_cast<void>(holder.erase(last));
      EXPECT_LT(holder.size(), before) << last << " is not there";
    });
  }
}

std::string mutated(const Mutation& mutation) {
  MemoryFiles files = testing::compiled_forms(mutation.spec, "cloudformation,cloudformation-json");
  const Json& edits = mutation.edits;
  if (edits.contains("text")) {
    std::string text = files.texts["out/cloudformation/template.yaml"];
    const std::string from = edits["text"][0];
    const std::size_t at = text.find(from);
    EXPECT_NE(at, std::string::npos) << from;
    return at == std::string::npos ? text : text.replace(at, from.size(), edits["text"][1].get<std::string>());
  }
  Json stack = Json::parse(files.texts["out/cloudformation/template.json"]);
  if (edits.value("from", "") == "template") stack.erase("Metadata");
  if (edits.contains("remove"))
    for (const Json& path : edits["remove"]) remove(stack, Path(path));
  if (edits.contains("set"))
    for (const auto& [text, value] : edits["set"].items()) {
      const Path path(text);
      for (const std::string& name : resources_of(stack, path.type()))
        path.follow(stack["Resources"][name],
                    [&, to = &value](Json& holder, const std::string& last) { Path::step(holder, last) = *to; });
    }
  if (edits.contains("replace"))
    for (const auto& [text, words] : edits["replace"].items()) {
      const Path path(text);
      for (const std::string& name : resources_of(stack, path.type()))
        path.follow(stack["Resources"][name], [&, with = &words](Json& holder, const std::string& last) {
          std::string value = Path::step(holder, last);
          const std::string from = (*with)[0];
          const std::size_t at = value.find(from);
          ASSERT_NE(at, std::string::npos) << from;
          Path::step(holder, last) = value.replace(at, from.size(), (*with)[1].get<std::string>());
        });
    }
  if (edits.contains("sections"))
    for (const auto& [name, section] : edits["sections"].items()) stack[name].update(section);
  if (edits.contains("resource"))
    for (const auto& [type, parts] : edits["resource"].items())
      for (const std::string& name : resources_of(stack, type)) stack["Resources"][name].update(parts);
  if (edits.contains("add"))
    for (const auto& [name, resource] : edits["add"].items()) stack["Resources"][name] = resource;
  return stack.dump(2);
}

class EveryMutation : public ::testing::TestWithParam<Mutation> {};

TEST_P(EveryMutation, MakesExactlyItsRuleSpeak) {
  const Linted linted = testing::lint_text(mutated(GetParam()), {GetParam().rule});
  std::set<std::string> ids = linted.ids();
  // Of a template nobody says that its filters need not count refused reads.
  if (GetParam().edits.value("from", "") == "template" && GetParam().rule != "F409") ids.erase("F409");
  EXPECT_THAT(ids, ElementsAre(GetParam().rule)) << linted.out << linted.err;
}

INSTANTIATE_TEST_SUITE_P(Lint, EveryMutation, ::testing::ValuesIn(mutations()),
                         [](const auto& each) { return each.param.rule + "_" + std::to_string(each.index); });

TEST(Mutations, AreThereForEveryRuleThatATemplateCanShow) {
  std::set<std::string> known;
  const Json all = table();
  for (const Json& row : all["mutations"]) known.insert(row["rule"].get<std::string>());
  for (const auto& [rule, reason] : all["never"].items()) {
    EXPECT_FALSE(known.contains(rule)) << rule << " has a mutation";
    EXPECT_FALSE(reason.get<std::string>().empty()) << rule;
    known.insert(rule);
  }
  for (const std::string& rule : known) EXPECT_NE(lint::find_rule(rule), nullptr) << "there is no rule " << rule;
  std::vector<std::string> missing;
  for (const lint::Rule* const rule : lint::all_rules())
    if (!rule->bad.empty() && !known.contains(std::string(rule->id))) missing.emplace_back(rule->id);
  EXPECT_THAT(missing, IsEmpty()) << "tests/lint/mutations.yaml has no edit of our own output that shows them";
}

}  // namespace
}  // namespace secretwatch
