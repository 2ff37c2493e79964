#include "emit/yaml_writer.h"

#include <random>

#include <gmock/gmock.h>
#include <yaml-cpp/yaml.h>

namespace secretwatch::emit {
namespace {

/// Reads YAML with a library, short tags back to their long form, everything unquoted that is not a number or boolean
/// as text: an independent reader of what the writer wrote.
Json read_back(const YAML::Node& node) {
  const std::string tag = node.Tag();
  if (node.IsMap()) {
    Json all = Json::object();
    for (const auto& entry : node) all[entry.first.Scalar()] = read_back(entry.second);
    return all;
  }
  if (node.IsSequence()) {
    Json all = Json::array();
    for (const YAML::Node& item : node) all.push_back(read_back(item));
    if (tag != "!Join") return all;
    Json join = Json::object();
    join["Fn::Join"] = std::move(all);
    return join;
  }
  const std::string text = node.Scalar();
  Json intrinsic = Json::object();
  if (tag == "!Ref") return intrinsic["Ref"] = text, intrinsic;
  if (tag == "!Sub") return intrinsic["Fn::Sub"] = text, intrinsic;
  if (tag == "!GetAtt") {
    intrinsic["Fn::GetAtt"] = Json::array({text.substr(0, text.find('.')), text.substr(text.find('.') + 1)});
    return intrinsic;
  }
  if (tag == "!") return text;  // quoted or folded
  if (text == "true" || text == "false") return text == "true";
  const bool number = !text.empty() && text.find_first_not_of("0123456789.-e+") == std::string::npos;
  if (number) return Json::parse(text);
  return text;
}

Json round_trip(const Json& document) {
  return read_back(YAML::Load(print_yaml(document, {"head"}, {})));
}

TEST(YamlWriter, WritesEveryTextSoThatItReadsBackAsThatText) {
  for (const char* text : {"",
                           "plain",
                           "two words",
                           "true",
                           "no",
                           "Null",
                           "12",
                           "0x1F",
                           "1e3",
                           "2012-10-17",
                           "- x",
                           "? x",
                           "a: b",
                           "a:",
                           "#x",
                           "a #b",
                           "'single'",
                           "\"double\"",
                           "back\\slash",
                           "${x}",
                           "%{x}",
                           "{a}",
                           "[a]",
                           "*x",
                           "&x",
                           "!x",
                           "|",
                           ">",
                           "@x",
                           "`x`",
                           "a\nb",
                           "a\r\nb",
                           "tab\there",
                           " leading",
                           "trailing ",
                           "\xC3\xA9t\xC3\xA9",
                           "\xF0\x9F\x94\x91",
                           "\xE2\x80\xA8",
                           "\xC2\x85x",
                           "\xEF\xBB\xBFx",
                           "=",
                           "<<",
                           "~",
                           "{{resolve:x}}",
                           "arn:aws:s3:::b/*",
                           "s3:*",
                           "$.a",
                           "/path",
                           "12:30:45",
                           ".inf",
                           "-.5"}) {
    Json document = Json::object();
    document["Key"]["Nested"] = text;
    document["List"] = Json::array({text, Json::object({{"In", text}})});
    document["Sub"]["Fn::Sub"] = text;
    EXPECT_EQ(round_trip(document), document) << "text [" << text << "]\n" << print_yaml(document, {}, {});
  }
}

TEST(YamlWriter, FoldsLongTextWithoutChangingIt) {
  std::mt19937 random(1);
  for (int round = 0; round < 500; ++round) {
    std::string text = round % 2 == 0 ? "{ $.a = \"x\"" : "word";
    for (int i = 0; i < 60; ++i) {
      static const char* const words[] = {" ", "  ", " && $.b", " || $.c", " \"q q\"", " #", " :", "x", " '", " - "};
      text += words[random() % 10];
    }
    Json document = Json::object();
    document["K"]["Deeper"] = text;
    EXPECT_EQ(round_trip(document), document) << text;
  }
}

TEST(YamlWriter, PutsCommentsBeforeTheirEntries) {
  Json document = Json::object();
  document["Resources"]["A"]["Type"] = "T";
  document["Resources"]["B"]["Type"] = "T";
  EXPECT_EQ(print_yaml(document, {"head"}, {{"/Resources/B", {"why B", ""}}}),
            "# head\n"
            "Resources:\n"
            "  A:\n"
            "    Type: T\n"
            "\n"
            "  # why B\n"
            "  #\n"
            "  B:\n"
            "    Type: T\n");
}

TEST(YamlWriter, WritesNestedListsAndEmptyValues) {
  Json document = Json::object();
  document["Join"]["Fn::Join"] = Json::array({",", Json::array({Json::object({{"Ref", "A"}}), "b"})});
  document["Empty"] = Json::array();
  document["Nothing"] = Json::object();
  document["Number"] = 300;
  document["Flag"] = true;
  EXPECT_EQ(print_yaml(document, {}, {}),
            "Join: !Join\n"
            "  - ','\n"
            "  - - !Ref A\n"
            "    - b\n"
            "\n"
            "Empty: []\n"
            "\n"
            "Nothing: {}\n"
            "\n"
            "Number: 300\n"
            "\n"
            "Flag: true\n");
}

}  // namespace
}  // namespace secretwatch::emit
