/// A template cut in two says the same as the whole: linked by Export and ImportValue, and by nesting.
#include <map>
#include <regex>

#include <gmock/gmock.h>

#include "lint/examples.h"
#include "lint/lint.h"
#include "support/linted.h"

namespace secretwatch {
namespace {

using testing::Linted;

constexpr std::string_view heading = "AWSTemplateFormatVersion: '2010-09-09'\nResources:\n";

/// The resources of a template that has nothing else, as their texts, in order.
struct Resource {
  std::string name;
  std::string text;
};

std::vector<Resource> resources_of(const std::string& text) {
  std::vector<Resource> resources;
  if (!text.starts_with(heading)) return resources;
  std::istringstream lines(text.substr(heading.size()));
  const std::regex name("  ([A-Za-z0-9]+):");
  for (std::string line; std::getline(lines, line);) {
    std::smatch found;
    if (!line.empty() && line[0] != ' ') return {};
    if (std::regex_match(line, found, name)) resources.push_back({found[1], {}});
    if (resources.empty()) return {};
    resources.back().text += line + "\n";
  }
  return resources;
}

/// "Topic", "TrailRole.Arn"
using Uses = std::map<std::string, std::string>;  // what is used, and the name it is handed over by

/// Replaces each use of a resource of the other half: `written` is called with what is used and whether it stands in
/// Fn::Sub.
template <class Replace>
std::string replace_uses(const std::string& text, const std::set<std::string>& others, const Replace& replace) {
  static const std::regex use(R"(!(?:Ref|GetAtt) ([A-Za-z0-9]+(?:\.[A-Za-z]+)?)|\$\{([A-Za-z0-9]+(?:\.[A-Za-z]+)?)\})");
  std::string result;
  auto from = text.cbegin();
  for (std::sregex_iterator at(text.begin(), text.end(), use), end; at != end; ++at) {
    const bool in_text = (*at)[2].matched;
    const std::string used = (*at)[in_text ? 2 : 1];
    result.append(from, text.cbegin() + at->position());
    result += others.contains(used.substr(0, used.find('.'))) ? replace(used, in_text) : at->str();
    from = text.cbegin() + at->position() + at->length();
  }
  return result.append(from, text.cend());
}

struct Halves {
  std::string first;
  std::string second;
  std::set<std::string> in_first;
  std::set<std::string> in_second;
};

Halves cut(const std::vector<Resource>& resources, std::size_t at) {
  Halves halves;
  for (std::size_t i = 0; i < resources.size(); ++i) {
    (i < at ? halves.first : halves.second) += resources[i].text;
    (i < at ? halves.in_first : halves.in_second).insert(resources[i].name);
  }
  // A stack waits for those that it imports from.
  for (const std::string& name : halves.in_first)
    halves.second = std::regex_replace(halves.second, std::regex("    DependsOn: " + name + "\n"), "");
  return halves;
}

/// "TrailRole.Arn" → "TrailRoleArn"
std::string word(std::string used) {
  std::erase(used, '.');
  return used;
}

std::string function_of(const std::string& used) {
  return (used.find('.') == std::string::npos ? "!Ref " : "!GetAtt ") + used;
}

bool uses_any(const std::string& text, const std::set<std::string>& others) {
  bool uses = false;
  replace_uses(text, others, [&uses](const std::string& used, bool) {
    uses = true;
    return used;
  });
  return uses;
}

/// Nothing: it cannot be cut there.
std::map<std::string, std::string> linked_by_export(const Halves& halves) {
  Uses uses;
  bool is_inside_a_text = false;
  const std::string second = replace_uses(halves.second, halves.in_first, [&](const std::string& used, bool in_text) {
    is_inside_a_text = is_inside_a_text || in_text;
    uses[used] = "shared-" + word(used);
    return "!ImportValue shared-" + word(used);
  });
  if (is_inside_a_text || uses.empty()) return {};
  std::string outputs = "Outputs:\n";
  for (const auto& [used, name] : uses)
    outputs += "  " + word(used) + ":\n    Value: " + function_of(used) + "\n    Export: {Name: " + name + "}\n";
  return {{"first.yaml", std::string(heading) + halves.first + outputs},
          {"second.yaml", std::string(heading) + second}};
}

std::map<std::string, std::string> linked_by_nesting(const Halves& halves) {
  Uses uses;
  const std::string second = replace_uses(halves.second, halves.in_first, [&](const std::string& used, bool in_text) {
    uses[used] = "Given" + word(used);
    return in_text ? "${Given" + word(used) + "}" : "!Ref Given" + word(used);
  });
  std::string call =
      "  Second:\n    Type: AWS::CloudFormation::Stack\n    Properties:\n      TemplateURL: second.yaml\n";
  std::string parameters;
  for (const auto& [used, name] : uses) {
    parameters += "  " + name + ": {Type: String}\n";
    call += (parameters.find('\n') == parameters.size() - 1 ? "      Parameters:\n" : "") + ("        " + name + ": ") +
            function_of(used) + "\n";
  }
  return {{"first.yaml", std::string(heading) + halves.first + call},
          {"second.yaml", (parameters.empty() ? "" : "Parameters:\n" + parameters) + std::string(heading) + second}};
}

/// Which of two stacks is there first nobody reads, and so not what the order of their resources is.
bool is_on_order(const std::string& id) {
  return id == "D309" || id == "D315";
}

std::multiset<std::string> by_address(const Linted& linted) {
  std::multiset<std::string> all;
  for (const auto& finding : linted.report["findings"])
    if (!is_on_order(finding["id"])) all.insert(finding["id"].get<std::string>() + " " + finding["resource"].get<std::string>());
  return all;
}

class Split : public ::testing::TestWithParam<const lint::Rule*> {
 protected:
  static Linted lint(const std::map<std::string, std::string>& texts, std::vector<std::string> paths) {
    testing::MemoryFiles files;
    files.texts = texts;
    paths.insert(paths.end(), {"--all", "--format", "json"});
    return testing::lint(files, paths);
  }

  /// Every cut of the template, linked so.
  template <class Link>
  static void expect_the_same(const std::string& text, const Link& link, std::size_t least) {
    const std::vector<Resource> resources = resources_of(text);
    const auto whole = by_address(lint({{"t.yaml", text}}, {"t.yaml"}));
    std::size_t cuts = 0;
    for (std::size_t at = 1; at < resources.size(); ++at) {
      const Halves halves = cut(resources, at);
      if (uses_any(halves.first, halves.in_second)) continue;
      const std::map<std::string, std::string> texts = link(halves);
      if (texts.empty()) continue;
      const Linted linted = lint(texts, {"first.yaml", "second.yaml"});
      EXPECT_EQ(by_address(linted), whole) << "cut before " << resources[at].name << "\n" << linted.out;
      EXPECT_EQ(lint(texts, {"second.yaml", "first.yaml", "-j", "3"}).report["summary"], linted.report["summary"]);
      ++cuts;
    }
    EXPECT_GE(cuts, resources.empty() ? 0U : least);
  }
};

TEST_P(Split, SaysTheSameWhenLinkedByExport) {
  expect_the_same(std::string(GetParam()->bad), linked_by_export, 0);
}

TEST_P(Split, SaysTheSameWhenNested) {
  expect_the_same(std::string(GetParam()->bad), linked_by_nesting, 0);
}

TEST_F(Split, OfTheGoodExampleIsGood) {
  expect_the_same(std::string(lint::examples::good), linked_by_export, 4);
  expect_the_same(std::string(lint::examples::good), linked_by_nesting, 8);
}

std::vector<const lint::Rule*> rules_of_whole_templates() {
  std::vector<const lint::Rule*> rules;
  for (const lint::Rule* const rule : lint::all_rules())
    if (!resources_of(std::string(rule->bad)).empty()) rules.push_back(rule);
  return rules;
}

INSTANTIATE_TEST_SUITE_P(Rules, Split, ::testing::ValuesIn(rules_of_whole_templates()),
                         [](const auto& each) { return std::string(each.param->id); });

}  // namespace
}  // namespace secretwatch
