#include <gmock/gmock.h>

#include "doc/doc.h"
#include "doc/text_check.h"

namespace secretwatch::doc {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

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

Read read(std::string text, const Limits& limits = {}) {
  Read result;
  result.file = result.sources.add("t.yaml", std::move(text));
  result.root = read_yaml(result.sources, result.file, limits, result.out);
  return result;
}

ScalarType type_of_plain(const std::string& text) {
  return type_of(*read("k: " + text + "\n").root->find("k"));
}

TEST(Yaml, GivesEveryScalarTheSpanOfWhatWasWritten) {
  const Read r = read("plain: one two\n'quoted': \"a \\\"b\\\"\"\ntagged: !Ref &x name\nblock: >-\n  folded\n  text\n");
  ASSERT_TRUE(r.root);
  std::vector<std::string> written;
  for (const Entry& entry : r.root->entries) {
    written.push_back(r.under(entry.key.span));
    written.push_back(r.under(entry.value.span));
  }
  EXPECT_THAT(written, ElementsAre("plain", "one two", "'quoted'", "\"a \\\"b\\\"\"", "tagged", "name", "block", ">-"));
  EXPECT_EQ(r.root->find("tagged")->tag, "!Ref");
  EXPECT_EQ(r.root->find("block")->text, "folded text");
  EXPECT_EQ(r.root->find("block")->style, Style::block);
}

/// yaml-cpp takes such a tag for the begin of a key, and the text's other lines for too little indented. Both stand in
/// templates of aws-samples and aws-solutions, and are YAML to every other reader.
TEST(Yaml, ReadsTaggedTextsOfSeveralLinesWhereverTheTagStands) {
  const Limits limits{100'000, 1'000, Dialect::template_language};
  const Read r = read(
      "list:\n"
      "  - !Sub one\n"
      "    two\n"
      "  - - !Sub |\n"
      "      {\n"
      "        \"a\": 1\n"
      "      }\n"
      "  - !If\n"
      "    - C\n"
      "    - !Ref x\n"
      "key:\n"
      "  !Sub three\n"
      "  four\n",
      limits);
  ASSERT_TRUE(r.root);
  const std::vector<Node>& items = r.root->find("list")->items;
  EXPECT_EQ(items.at(0).tag, "!Sub");
  EXPECT_EQ(items.at(0).text, "one two");
  EXPECT_EQ(r.under(items.at(0).span), "one");
  EXPECT_EQ(items.at(1).items.at(0).tag, "!Sub");
  EXPECT_EQ(items.at(1).items.at(0).text, "{\n  \"a\": 1\n}\n");
  EXPECT_EQ(items.at(1).items.at(0).style, Style::block);
  EXPECT_EQ(items.at(2).tag, "!If");
  EXPECT_EQ(items.at(2).items.at(1).tag, "!Ref");
  EXPECT_EQ(r.root->find("key")->tag, "!Sub");
  EXPECT_EQ(r.root->find("key")->text, "three four");
  EXPECT_THAT(r.ids(), IsEmpty());
}

TEST(Yaml, ExpandsAliasesIntoCopies) {
  const Read r = read("a: &x {k: [1, 2]}\nb: *x\n");
  ASSERT_TRUE(r.root);
  EXPECT_EQ(r.root->find("b")->find("k")->items.size(), 2U);
}

TEST(Yaml, RefusesAnchorsThatExpandWithoutBound) {
  std::string bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n";
  for (int i = 1; i < 10; ++i) {
    const std::string previous = "*a" + std::to_string(i - 1);
    bomb += "a" + std::to_string(i) + ": &a" + std::to_string(i) + " [" + previous;
    for (int j = 1; j < 10; ++j) bomb += ", " + previous;
    bomb += "]\n";
  }
  const Read r = read(bomb);
  EXPECT_FALSE(r.root);
  EXPECT_THAT(r.ids(), ElementsAre("SW0009"));
}

TEST(Yaml, RefusesAnAliasInsideItsOwnAnchor) {
  EXPECT_THAT(read("a: &x [1, *x]\n").ids(), ElementsAre("SW0009"));
}

TEST(Yaml, ReportsDuplicateKeysWithBothPlaces) {
  const Read r = read("a: 1\nb: 2\na: 3\n");
  EXPECT_FALSE(r.root);
  ASSERT_THAT(r.ids(), ElementsAre("SW0007"));
  EXPECT_EQ(r.out.all()[0].span.begin, 10U);
  ASSERT_EQ(r.out.all()[0].notes.size(), 1U);
  EXPECT_EQ(r.out.all()[0].notes[0].span.begin, 0U);
}

TEST(Yaml, RefusesASecondDocumentAndKeysThatAreNotScalars) {
  EXPECT_THAT(read("a: 1\n---\nb: 2\n").ids(), ElementsAre("SW0006"));
  EXPECT_THAT(read("? [a]\n: b\n").ids(), ElementsAre("SW0008"));
  EXPECT_THAT(read(": b\n").ids(), ElementsAre("SW0008"));
}

TEST(Yaml, ShowsTheBeginOfASecondDocumentInTheText) {
  const auto shown = [](const char* text) {
    const Read r = read(text);
    const Span span = r.out.all().at(0).span;
    EXPECT_LE(span.end, r.sources.text(r.file).size()) << text;
    return r.under(span);
  };
  EXPECT_EQ(shown("a: 1\n---\nb: 2\n"), "---");
  EXPECT_EQ(shown("a: 1\n---"), "---");
  EXPECT_EQ(shown("\"a\"n"), "n") << "what is left behind a text in quotes";
}

TEST(Yaml, RefusesTabsAsIndentationButNotInsideText) {
  EXPECT_THAT(read("a:\n\tb: 1\n").ids(), ElementsAre("SW0005"));
  EXPECT_THAT(read("a:\n  b: 1\n\tc: 2\n").ids(), ElementsAre("SW0005"));
  EXPECT_THAT(read("a:\n  [\n\tx ]\n").ids(), ElementsAre("SW0005"));
  EXPECT_THAT(read("a: |\n  x\n  \ty\n\nb:\tc\n# \tcomment\n").ids(), IsEmpty());
  EXPECT_THAT(read("a: \"x\n\ty\"\n").ids(), IsEmpty());
}

TEST(Yaml, SaysWhereSyntaxBreaks) {
  const Read r = read("a: b: c\n");
  EXPECT_FALSE(r.root);
  ASSERT_THAT(r.ids(), ElementsAre("SW0004"));
  EXPECT_EQ(r.sources.begin(r.out.all()[0].span), (Position{1, 5}));
}

TEST(Yaml, RefusesWhatIsNotText) {
  EXPECT_THAT(read("a: \xFF\n").ids(), ElementsAre("SW0001"));
  EXPECT_THAT(read("a: \xED\xA0\x80\n").ids(), ElementsAre("SW0001")) << "a surrogate is not UTF-8";
  EXPECT_THAT(read("a: \xC0\xAF\n").ids(), ElementsAre("SW0001")) << "overlong";
  EXPECT_THAT(read(std::string("a: b\0c\n", 7)).ids(), ElementsAre("SW0002"));
  EXPECT_THAT(read("a: \x1B[31m\n").ids(), ElementsAre("SW0002"));
  EXPECT_THAT(read("a: \xF0\x9F\x94\x91 z\xC3\xB6lf\r\n").ids(), IsEmpty());
}

TEST(Yaml, BoundsSizeAndDepth) {
  EXPECT_THAT(read("a: bcd\n", {.bytes = 6}).ids(), ElementsAre("SW0003"));
  EXPECT_THAT(read(std::string(10'000, '[') + std::string(10'000, ']')).ids(), ElementsAre("SW0010"));
}

TEST(Yaml, TakesAnEmptyDocumentForNull) {
  EXPECT_EQ(read("").root->kind, Kind::null);
  EXPECT_EQ(read("# only a comment\n").root->kind, Kind::null);
}

TEST(Yaml, PlacesNoFaultBehindTheEnd) {
  for (const std::string text : {"a: 'open", "a: [1,", "a: {b", "a: \"open", "- '\n'x",
                                 "\xEF\xBB\xBF"
                                 "a: 'open"}) {
    const Read r = read(text);
    ASSERT_FALSE(r.out.all().empty()) << text;
    for (const Diagnostic& each : r.out.all()) EXPECT_LE(each.span.end, text.size()) << text;
  }
}

TEST(ScalarType, FollowsTheCoreSchemaAndDistrustsWhatOlderReadersSeeOtherwise) {
  for (const char* text : {"true", "False"}) EXPECT_EQ(type_of_plain(text), ScalarType::boolean) << text;
  for (const char* text : {"0", "-12", "+3", "010"}) EXPECT_EQ(type_of_plain(text), ScalarType::integer) << text;
  for (const char* text : {"1.5", ".5", "1e3", "-1.", ".inf", ".nan"})
    EXPECT_EQ(type_of_plain(text), ScalarType::real) << text;
  for (const char* text : {"yes", "Off", "1_000", "12:30", "0x1F", "2024-01-31", "2024-1-3", "2024-01-31T10:00:00Z"})
    EXPECT_EQ(type_of_plain(text), ScalarType::ambiguous) << text;
  for (const char* text : {"5m", "TopSecretInfo", "prod/db", "1.2.3", "2024", "yesterday", "2024-01-31-backup", "-x"})
    EXPECT_EQ(type_of_plain(text) == ScalarType::text, std::string(text) != "2024") << text;
  EXPECT_EQ(type_of_plain("~"), ScalarType::null);
  for (const char* text : {"\"true\"", "'12'", "!!str 12"}) EXPECT_EQ(type_of_plain(text), ScalarType::text) << text;
}

TEST(TextCheck, FindsWhatAnEscapeBringsIntoAScalar) {
  for (const std::string fine : {"", "a b", "tab\tline\r\n", "\u00e9 \u6f22 \U0001F600", "\u00a0\u2028\ufeff"})
    EXPECT_EQ(find_control_character(fine), std::nullopt) << fine;
  const auto root = read("k: \"a\\x1bb\"\n").root;
  ASSERT_TRUE(root);
  EXPECT_EQ(find_control_character(root->find("k")->text), U'\x1b');
  EXPECT_EQ(find_control_character("a\x7f"), U'\x7f');
  EXPECT_EQ(find_control_character("\u0085"), U'\x85');
  EXPECT_EQ(find_control_character("a\uffff"), U'\uffff');
}

}  // namespace
}  // namespace secretwatch::doc
