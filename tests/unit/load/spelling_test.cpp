/// One template, many spellings: short functions, long functions, YAML, JSON, another order. All are the same stack.
#include <algorithm>
#include <filesystem>
#include <functional>

#include <gtest/gtest.h>

#include "support/loaded.h"
#include "support/spec_text.h"

namespace secretwatch::load {
namespace {

namespace fs = std::filesystem;
using testing::load_template;
using testing::Loaded;
using testing::read_text;

std::string quoted(const std::string& text) {
  std::string all = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') all += '\\';
    all += c == '\n' ? std::string("\\n") : std::string(1, c);
  }
  return all + "\"";
}

struct Spelling {
  bool get_att_as_list = true;
  bool reversed = false;  // resources, parameters, conditions, outputs in another order
};

/// The document as JSON with functions in their long form.
class LongForm {
 public:
  explicit LongForm(Spelling spelling) : spelling_(spelling) {}

  std::string run(const doc::Node& root) {
    std::string all = "{";
    for (const doc::Entry& section : root.entries)
      all += (all.size() > 1 ? ",\n" : "\n") + quoted(section.key.text) + ": " +
             write_section(section.value, section.key.text != "Mappings");
    return all + "\n}\n";
  }

 private:
  std::string write_section(const doc::Node& node, bool may_be_reversed) {
    if (!spelling_.reversed || !may_be_reversed || node.kind != doc::Kind::mapping) return write(node);
    doc::Node reversed = node;
    std::reverse(reversed.entries.begin(), reversed.entries.end());
    return write(reversed);
  }

  std::string write(const doc::Node& node) {
    if (node.tag.empty() || node.tag[0] != '!') return write_untagged(node);
    const std::string name = node.tag.substr(1);
    const std::string function = name == "Ref" || name == "Condition" ? name : "Fn::" + name;
    std::string argument = write_untagged(node);
    const std::size_t dot = node.text.find('.');
    if (name == "GetAtt" && node.kind == doc::Kind::scalar && spelling_.get_att_as_list)
      argument = "[" + quoted(node.text.substr(0, dot)) + ", " + quoted(node.text.substr(dot + 1)) + "]";
    return "{" + quoted(function) + ": " + argument + "}";
  }

  std::string write_untagged(const doc::Node& node) {
    std::string all;
    switch (node.kind) {
      case doc::Kind::null:
        return "null";
      case doc::Kind::scalar:
        return write_scalar(node);
      case doc::Kind::sequence:
        for (const doc::Node& item : node.items) all += (all.empty() ? "" : ", ") + write(item);
        return "[" + all + "]";
      case doc::Kind::mapping:
        for (const doc::Entry& entry : node.entries)
          all += (all.empty() ? "" : ", ") + quoted(entry.key.text) + ": " + write(entry.value);
        return "{" + all + "}";
    }
    return all;
  }

  static std::string write_scalar(const doc::Node& node) {
    if (node.style == doc::Style::plain && (node.text == "yes" || node.text == "true")) return "true";
    const bool number = node.style == doc::Style::plain && doc::type_of(node) == doc::ScalarType::integer;
    return number ? node.text : quoted(node.text);
  }

  Spelling spelling_;
};

/// All that a stack says, with its conditions.
std::string everything(const Loaded& loaded) {
  if (!loaded.stack) return "not read: " + loaded.errors();
  std::string all = stack::dump(*loaded.stack);
  std::vector<std::string> lines;
  for (const stack::Condition& condition : loaded.stack->conditions) {
    std::vector<std::string> terms;
    for (const stack::ConditionId term : condition.terms) terms.push_back((*loaded.stack)[term].name);
    std::string line = "condition " + condition.name + " " + std::to_string(static_cast<int>(condition.test));
    for (const std::string& term : terms) line += " " + term;
    lines.push_back(line + " " + condition.reason + "\n");
  }
  std::sort(lines.begin(), lines.end());
  for (const std::string& line : lines) all += line;
  for (const stack::Gap& gap : loaded.stack->gaps) all += "gap " + gap.reason + "\n";
  return all;
}

std::vector<std::string> templates() {
  std::vector<std::string> paths{testing::in_project("tests/unit/load/rich.yaml")};
  for (const auto& entry : fs::directory_iterator(testing::in_project("examples"))) {
    const fs::path path = entry.path() / "cloudformation/template.yaml";
    if (fs::exists(path)) paths.push_back(path.string());
  }
  std::sort(paths.begin(), paths.end());
  return paths;
}

class Spelled : public ::testing::TestWithParam<std::string> {
 protected:
  std::string text = read_text(GetParam());
  std::string in_other_words(Spelling spelling) {
    Sources sources;
    Diagnostics out;
    const FileId file = sources.add("t", text);
    const std::optional<doc::Node> root = doc::read_yaml(sources, file, template_limits, out);
    return root ? LongForm(spelling).run(*root) : std::string();
  }
};

TEST_P(Spelled, InJsonIsTheSame) {
  const std::string json = in_other_words({});
  ASSERT_EQ(detect("t.json", json), Format::cloudformation);
  EXPECT_EQ(everything(load_template(json)), everything(load_template(text))) << json;
}

TEST_P(Spelled, WithAttributesInOneWordIsTheSame) {
  EXPECT_EQ(everything(load_template(in_other_words({.get_att_as_list = false}))), everything(load_template(text)));
}

TEST_P(Spelled, InLongYamlIsTheSame) {
  // JSON is YAML; with a comment in front it is read as such.
  EXPECT_EQ(everything(load_template("# long\n" + in_other_words({}))), everything(load_template(text)));
}

TEST_P(Spelled, InAnotherOrderIsTheSame) {
  EXPECT_EQ(stack::dump(*load_template(in_other_words({.reversed = true})).stack),
            stack::dump(*load_template(text).stack));
}

TEST_P(Spelled, PassesTheStacksOwnChecks) {
  const Loaded loaded = load_template(text);
  ASSERT_TRUE(loaded.stack) << loaded.errors();
  EXPECT_EQ(stack::verify(*loaded.stack), std::vector<std::string>());
}

INSTANTIATE_TEST_SUITE_P(Every, Spelled, ::testing::ValuesIn(templates()), [](const auto& tested) {
  const fs::path path = tested.param;
  std::string name =
      path.stem() == "template" ? path.parent_path().parent_path().stem().string() : path.stem().string();
  std::replace_if(
      name.begin(), name.end(), [](char c) { return std::isalnum(static_cast<unsigned char>(c)) == 0; }, '_');
  return name;
});

}  // namespace
}  // namespace secretwatch::load
