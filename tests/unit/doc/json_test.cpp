#include <gmock/gmock.h>

#include "doc/doc.h"

namespace secretwatch::doc {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr Limits template_limits{5'000'000, 200'000, Dialect::template_language};

struct Read {
  Sources sources{};
  Diagnostics out{};
  FileId file{};
  std::optional<Node> root{};

  std::string under(const Span& span) const {
    return sources.text(span.file).substr(span.begin, span.end - span.begin);
  }
  std::vector<std::string> ids() const {
    std::vector<std::string> ids;
    for (const Diagnostic& d : out.all()) ids.emplace_back(d.code.id);
    return ids;
  }
};

Read read_as_json(std::string text, const Limits& limits = {}) {
  Read result;
  result.file = result.sources.add("t.json", std::move(text));
  result.root = read_json(result.sources, result.file, limits, result.out);
  return result;
}

Read read_as_either(std::string text) {
  Read result;
  result.file = result.sources.add("t", std::move(text));
  result.root = read(result.sources, result.file, template_limits, result.out);
  return result;
}

/// Everything but places and styles.
std::string shape(const Node& node) {
  std::string all;
  switch (node.kind) {
    case Kind::null:
      return "null";
    case Kind::scalar:
      return "'" + node.text + "'";
    case Kind::sequence:
      for (const Node& item : node.items) all += shape(item) + " ";
      return "[" + all + "]";
    case Kind::mapping:
      for (const Entry& entry : node.entries) all += entry.key.text + "=" + shape(entry.value) + " ";
      return "{" + all + "}";
  }
  return all;
}

TEST(Json, GivesEveryKeyAndValueItsPlace) {
  const Read r = read_as_json("{\"name\": \"a\\u00e9b\",\n \"list\" : [1, -2.5e3, true ],\"o\":{\"x\":null}}");
  ASSERT_TRUE(r.root);
  EXPECT_EQ(r.under(r.root->entries[0].key.span), "\"name\"");
  EXPECT_EQ(r.under(r.root->find("name")->span), "\"a\\u00e9b\"");
  EXPECT_EQ(r.root->find("name")->text,
            "a\xC3\xA9"
            "b");
  const Node& list = *r.root->find("list");
  EXPECT_EQ(r.under(list.span), "[1, -2.5e3, true ]");
  EXPECT_EQ(r.under(list.items[1].span), "-2.5e3");
  EXPECT_EQ(r.under(list.items[2].span), "true");
  EXPECT_EQ(type_of(list.items[0]), ScalarType::integer);
  EXPECT_EQ(type_of(list.items[2]), ScalarType::boolean);
  EXPECT_EQ(type_of(*r.root->find("name")), ScalarType::text);
  EXPECT_EQ(r.root->find("o")->find("x")->kind, Kind::null);
  EXPECT_EQ(r.under(r.root->span), r.sources.text(r.file));
}

TEST(Json, DecodesEveryEscape) {
  const Read r = read_as_json(R"(["\"\\\/\b\f\n\r\t", "\u0041\u00DF\u20ac\ud83d\udd11"])");
  ASSERT_TRUE(r.root);
  EXPECT_EQ(r.root->items[0].text, "\"\\/\b\f\n\r\t");
  EXPECT_EQ(r.root->items[1].text, "A\xC3\x9F\xE2\x82\xAC\xF0\x9F\x94\x91");
}

TEST(Json, SkipsAByteOrderMarkAndKeepsThePlaces) {
  const Read r = read_as_json("\xEF\xBB\xBF{\"a\": 1}");
  ASSERT_TRUE(r.root);
  EXPECT_EQ(r.under(r.root->find("a")->span), "1");
}

TEST(Json, RefusesWhatIsNotJsonAtItsPlace) {
  const std::vector<std::pair<std::string, std::size_t>> faults = {
      {"", 0},         {"{", 1},         {"[1,]", 3},          {"{\"a\":1,}", 7},    {"{a: 1}", 1},
      {"[1 2]", 3},    {"{\"a\" 1}", 5}, {"[01]", 1},          {"[1.]", 1},          {"[.5]", 1},
      {"[+1]", 1},     {"[1e]", 1},      {"[-]", 1},           {"[tru]", 1},         {"[NaN]", 1},
      {"[\"a]", 1},    {"[\"\\x\"]", 3}, {"[\"\\u12g4\"]", 2}, {"[] []", 3},         {"[\"a\nb\"]", 1},
      {"['a']", 1},    {"[1}", 2},       {"{\"a\":1]", 6},     {"[\"\\ud800\"]", 2}, {"[\"\\udc00\"]", 2},
      {"// x\n[]", 0}, {"nul", 0},       {"[\"\\", 3}};
  for (const auto& [text, at] : faults) {
    const Read r = read_as_json(text);
    EXPECT_FALSE(r.root) << text;
    ASSERT_THAT(r.ids(), ElementsAre("SW0011")) << text;
    EXPECT_EQ(r.out.all()[0].span.begin, at) << text << ": " << r.out.all()[0].message;
  }
}

TEST(Json, RefusesWhatIsNotText) {
  EXPECT_THAT(read_as_json("[\"\xFF\"]").ids(), ElementsAre("SW0001"));
  EXPECT_THAT(read_as_json(std::string("[\"a\0b\"]", 7)).ids(), ElementsAre("SW0002"));
}

TEST(Json, BoundsSizeAndDepth) {
  EXPECT_THAT(read_as_json("[1, 2, 3]", {.bytes = 5}).ids(), ElementsAre("SW0003"));
  const std::string deep = std::string(100'000, '[') + std::string(100'000, ']');
  EXPECT_THAT(read_as_json(deep).ids(), ElementsAre("SW0010"));
  std::string objects;
  for (int i = 0; i < 100'000; ++i) objects += "{\"a\":";
  EXPECT_THAT(read_as_json(objects).ids(), ElementsAre("SW0010"));
  EXPECT_TRUE(read_as_json(std::string(300, '[') + std::string(300, ']')).root);
}

TEST(Json, ReadsALongLine) {
  std::string text = "[0";
  for (int i = 1; i < 200'000; ++i) text += "," + std::to_string(i);
  const Read r = read_as_json(text + "]", template_limits);
  ASSERT_TRUE(r.root);
  ASSERT_EQ(r.root->items.size(), 200'000U);
  EXPECT_EQ(r.root->items.back().text, "199999");
}

TEST(Json, TakesTheLastOfTwoEqualKeysInATemplateAndNeitherInASpec) {
  std::string wide = "{\"a\": 1, ";
  for (int i = 0; i < 30; ++i) wide += "\"k" + std::to_string(i) + "\": 0, ";
  for (const std::string& text : {std::string("{\"a\": 1, \"b\": 2, \"a\": 3}"), wide + "\"a\": 3}"}) {
    const Read spec = read_as_json(text);
    EXPECT_FALSE(spec.root);
    EXPECT_THAT(spec.ids(), ElementsAre("SW0007"));
    const Read other = read_as_json(text, template_limits);
    ASSERT_TRUE(other.root);
    EXPECT_THAT(other.ids(), ElementsAre("SW0012"));
    EXPECT_FALSE(other.out.has_errors());
    EXPECT_EQ(other.root->find("a")->text, "3");
    EXPECT_EQ(other.out.all()[0].notes[0].span.begin, 1U);
  }
}

TEST(Json, IsReadAsYamlReadsIt) {
  const std::string text = R"({"a": [1, "two", {"three": null}, []], "b": {}, "c": "x\ty", "d": false, "e": "1"})";
  Sources sources;
  Diagnostics out;
  const FileId file = sources.add("t", text);
  const auto yaml = read_yaml(sources, file, {}, out);
  const auto json = read_json(sources, file, {}, out);
  ASSERT_TRUE(yaml && json);
  EXPECT_EQ(shape(*json), shape(*yaml));
}

TEST(Read, TellsYamlInFlowStyleFromJson) {
  EXPECT_EQ(shape(*read_as_either("{Resources: {A: !Ref b}}").root), "{Resources={A='b' } }");
  EXPECT_EQ(shape(*read_as_either(" \n{\"a\": \"\\/\"}").root), "{a='/' }");
  EXPECT_EQ(shape(*read_as_either("a: 1").root), "{a='1' }");
  const Read broken = read_as_either("{\"a\": }\n]");
  EXPECT_FALSE(broken.root);
  EXPECT_THAT(broken.ids(), ElementsAre("SW0011"));
}

// --- what templates may do and specs may not ---

TEST(TemplateYaml, MergesMappings) {
  const Read r = read_as_either(
      "base: &base {x: 1, y: 2}\nmore: &more {y: 3, z: 4}\n"
      "one: {<<: *base, y: 9}\nboth: {<<: [*base, *more], w: 0}\nword: {'<<': 5}\n");
  ASSERT_TRUE(r.root);
  EXPECT_EQ(shape(*r.root->find("one")), "{y='9' x='1' }");
  EXPECT_EQ(shape(*r.root->find("both")), "{w='0' x='1' y='2' z='4' }");
  EXPECT_EQ(shape(*r.root->find("word")), "{<<='5' }");
  EXPECT_THAT(read_as_either("a: {<<: 1}\n").ids(), ElementsAre("SW0013"));
}

TEST(TemplateYaml, KeepsTagsWordsAndPlaces) {
  const Read r = read_as_either(
      "\xEF\xBB\xBF"
      "a: !Sub '${b}'\nyes: on\nd: !GetAtt [x, y]\nnull: 2010-09-09\n");
  ASSERT_TRUE(r.root);
  EXPECT_EQ(r.root->find("a")->tag, "!Sub");
  EXPECT_EQ(r.under(r.root->find("a")->span), "'${b}'");
  EXPECT_EQ(r.root->find("yes")->text, "on");
  EXPECT_EQ(r.root->find("d")->tag, "!GetAtt");
  EXPECT_EQ(r.root->find("d")->items.size(), 2U);
  EXPECT_EQ(r.root->find("null")->text, "2010-09-09");
}

TEST(TemplateYaml, ReadsATaggedTextThatGoesOnBehindItsLine) {
  const Read r =
      read_as_either("a:\n  b:\n    !Sub one ${two}\n    three\n  c: 1\nd:\r\n  !If\r\n  - x\r\n  - y\r\n  - z\r\n");
  ASSERT_TRUE(r.root);
  EXPECT_EQ(r.root->find("a")->find("b")->text, "one ${two} three");
  EXPECT_EQ(r.root->find("a")->find("b")->tag, "!Sub");
  EXPECT_EQ(r.under(r.root->find("a")->find("c")->span), "1");
  EXPECT_EQ(r.root->find("d")->items.size(), 3U);
}

TEST(Comments, AreFoundOutsideScalarsOnly) {
  const std::string text =
      "# first\n"
      "a: x # behind\n"
      "b: 'it # is not'\n"
      "c: \"nor # this \\\" # one\"\n"
      "d: plain#word and # last\n"
      "e: | # of a block\n"
      "  # text of it\n"
      "  more # text\n"
      "  # and text\n"
      "f:\n"
      "  # secretwatch:ignore A510 -- reason\n"
      "  - &x g\n"
      "  - *x # alias\n"
      "g: {h: i, # in flow\n"
      "  j: k}\n"
      "l: one\n"
      "  two # of two lines\n"
      "m: #\n"
      "  n#o: 1\n"
      "#end";
  const Read r = read_as_either(text);
  ASSERT_TRUE(r.root);
  std::vector<std::string> found;
  for (const Comment& comment : comments_of(r.sources, r.file, *r.root)) {
    EXPECT_EQ(r.under(comment.span), comment.text);
    found.push_back((comment.own_line ? "own " : "") + std::string(comment.text));
  }
  EXPECT_THAT(
      found, ElementsAre("own # first", "# behind", "# last", "# of a block", "own # secretwatch:ignore A510 -- reason",
                         "# alias", "# in flow", "# of two lines", "#", "own #end"));
}

TEST(Comments, AreNoneInJson) {
  const Read r = read_as_either("{\"a\": \"# no\", \"b\": \" # no\"}");
  ASSERT_TRUE(r.root);
  EXPECT_THAT(comments_of(r.sources, r.file, *r.root), IsEmpty());
}

}  // namespace
}  // namespace secretwatch::doc
