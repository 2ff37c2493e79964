#include "pattern/json.h"

#include <random>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>
#include <re2/re2.h>

namespace secretwatch::pattern {
namespace {

using Kind = Json::Kind;

TEST(ReadJson, KeepsValuesInTheOrderOfTheMessage) {
  const Json json = *read_json(R"( {"a": [1, -2.50e+3, {"b": null}], "c": true, "d": "x"} )");
  ASSERT_EQ(json.kind(Json::root()), Kind::object);
  const Json::Id a = json.member(Json::root(), "a").value();
  EXPECT_EQ(json.children(Json::root()).size(), 3U);
  EXPECT_EQ(json.children(a).size(), 3U);
  EXPECT_EQ(json.text(json.element(a, 1).value()), "-2.50e+3");
  EXPECT_EQ(json.kind(json.member(json.element(a, 2).value(), "b").value()), Kind::null);
  EXPECT_EQ(json.text(json.member(Json::root(), "d").value()), "x");
}

TEST(ReadJson, FindsNothingWhereThereIsNothing) {
  const Json json = *read_json(R"({"a": [1], "b": {}, "c": 1})");
  EXPECT_FALSE(json.member(Json::root(), "x"));
  EXPECT_FALSE(json.member(*json.member(Json::root(), "a"), "0")) << "no member of an array";
  EXPECT_FALSE(json.element(*json.member(Json::root(), "a"), 1));
  EXPECT_FALSE(json.element(Json::root(), 0)) << "no element of an object";
  EXPECT_TRUE(json.children(*json.member(Json::root(), "b")).empty());
  EXPECT_TRUE(json.children(*json.member(Json::root(), "c")).empty());
}

TEST(ReadJson, LetsTheLastOfEqualKeysCount) {
  const Json json = *read_json(R"({"a": 1, "b": 2, "\u0061": {"c": 3}, "b": 4})");
  EXPECT_EQ(json.kind(json.member(Json::root(), "a").value()), Kind::object);
  const std::vector<Json::Id> children = json.children(Json::root());
  ASSERT_EQ(children.size(), 2U);
  EXPECT_EQ(json.kind(children[0]), Kind::object);
  EXPECT_EQ(json.text(children[1]), "4");
}

TEST(ReadJson, DecodesEscapes) {
  const auto text = [](std::string_view literal) {
    const std::optional<Json> json = read_json(literal);
    return json ? std::string(json->text(Json::root())) : "not JSON";
  };
  EXPECT_EQ(text(R"("\"\\\/\b\f\n\r\t")"), "\"\\/\b\f\n\r\t");
  EXPECT_EQ(text(R"("\u0041\u00e9\u6F22\uD83D\uDE00")"), "Aé漢😀");
  EXPECT_EQ(text(R"("\u0000")"), std::string(1, '\0'));
  for (const char* literal : {R"("\x")", R"("\u12")", R"("\u12G4")", R"("\ud800")", R"("\ud800\u0041")", R"("\udc00")",
                              R"("\ud800x")", R"("\)", R"("\")", "\"a\nb\"", "\"a"})
    EXPECT_EQ(text(literal), "not JSON") << literal;
}

TEST(ReadJson, AcceptsOneWholeValueAndNothingElse) {
  for (const char* text : {"{}", "[]", " null ", "\t\r\n1\n", "[[],{}]", R"({"":""})", "1e309", "-0", "0.0e-0",
                           "123456789012345678901234567890"})
    EXPECT_TRUE(read_json(text)) << text;
  for (const char* text : {"",
                           " ",
                           "{",
                           "}",
                           "[1,]",
                           "[,1]",
                           "{,}",
                           R"({"a"})",
                           R"({"a":})",
                           "{a:1}",
                           R"({"a":1,})",
                           R"({"a" 1})",
                           "[1 2]",
                           "{} {}",
                           "{}x",
                           "nul",
                           "True",
                           "NaN",
                           "01",
                           "+1",
                           "1.",
                           ".5",
                           "1e",
                           "- 1",
                           "0x1",
                           "'a'",
                           "[1}",
                           "{\"a\":1]",
                           "\xEF\xBB\xBF{}",
                           "/* */1",
                           "\"\xFF\"",
                           "\"\xC0\x80\"",
                           "\"\xED\xA0\x80\"",
                           "\v1"})
    EXPECT_FALSE(read_json(text)) << text;
  EXPECT_FALSE(read_json(std::string_view("{}\0", 3)));
}

TEST(ReadJson, DoesNotMindHowDeepAMessageIsNested) {
  const std::size_t depth = 1000000;
  const std::string arrays = std::string(depth, '[') + std::string(depth, ']');
  EXPECT_TRUE(read_json(arrays));
  EXPECT_FALSE(read_json(std::string(depth, '[')));
  std::string objects;
  for (int i = 0; i < 100000; ++i) objects += "{\"a\":";
  EXPECT_FALSE(read_json(objects));
}

/// Judges by another reader which texts are JSON; the texts are real ones with a few bytes changed.
TEST(ReadJson, AgreesWithAnotherReaderOnBrokenTexts) {
  const std::string seeds[] = {R"({"a": [1, -2.5e+3, {"b": null}], "c": true, "d": "x\n\u00e9\ud83d\ude00"})",
                               R"([[], {}, "", 0, -0.0, 1E5, false, {"k": {"k": ["é", "漢"]}}])"};
  constexpr std::string_view bytes = "{}[]:,\"\\ \t\n0123456789.eE+-ntfud8\xC3\xA9\xFF/x";
  const RE2 large_exponent(R"([eE]\+?\d{3})");
  std::mt19937 random(7);
  int accepted = 0;
  for (int i = 0; i < 200000; ++i) {
    std::string text = seeds[i % 2];
    const std::size_t changes = 1 + random() % 3;
    for (std::size_t change = 0; change < changes; ++change) {
      const std::size_t at = random() % text.size();
      const char byte = bytes[random() % bytes.size()];
      if (random() % 3 == 0)
        text.erase(at, 1);
      else if (random() % 2 == 0)
        text.insert(at, 1, byte);
      else
        text[at] = byte;
    }
    if (RE2::PartialMatch(text, large_exponent)) continue;  // the other reader refuses 1e309
    const bool expected = nlohmann::json::accept(text);
    accepted += expected ? 1 : 0;
    ASSERT_EQ(read_json(text).has_value(), expected) << text;
  }
  EXPECT_GT(accepted, 10000);
}

}  // namespace
}  // namespace secretwatch::pattern
