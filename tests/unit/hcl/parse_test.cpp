/// Parsing: what tree a text has, where its parts are, and what is said of texts that have faults.
#include <gmock/gmock.h>

#include "unit/hcl/describe.h"

namespace secretwatch::hcl::testing {
namespace {

std::string tree_of(const std::string& expression) {
  const File file = parse_text("a = " + expression + "\n");
  return file.body.attributes.empty() ? "" : describe(file.body.attributes[0].value);
}

TEST(Parse, GivesOperatorsTheirStrength) {
  EXPECT_EQ(tree_of("1 - 2 - 3"), "(operator9 (operator9 #1 #2) #3)");
  EXPECT_EQ(tree_of("1 + 2 * 3"), "(operator8 #1 (operator10 #2 #3))");
  EXPECT_EQ(tree_of("a || b && c == d < e + f"),
            "(operator0 $a (operator1 $b (operator2 $c (operator4 $d (operator8 $e $f)))))");
  EXPECT_EQ(tree_of("-a.b + !c"), "(operator8 (minus (access $a attribute:b-)) (not $c))");
  EXPECT_EQ(tree_of("a ? b : c ? d : e"), "(conditional $a $b (conditional $c $d $e))");
}

TEST(Parse, TellsOldSplatsFromNew) {
  EXPECT_EQ(tree_of("a.*.b.0"), "(access $a attribute-splat:- attribute:b- legacy:#0)");
  EXPECT_EQ(tree_of("a[*].b[0]"), "(access $a splat:- attribute:b- index:#0)");
}

TEST(Parse, ResolvesEscapes) {
  EXPECT_EQ(tree_of(R"("\n\t\"\\\u00e9\U0001F600")"), "(template text<\n\t\"\\\u00e9\U0001F600>)");
  EXPECT_EQ(tree_of(R"("$${a} %%{b} $ % $$")"), "(template text<${a} %{b} $ % $$>)");
  EXPECT_EQ(tree_of("<<E\n\\n $${a}\nE"), "(template text<\\n ${a}\n>)");
}

TEST(Parse, TakesBlanksOffAtStripMarks) {
  EXPECT_EQ(tree_of(R"("a  ${~ b ~}  c")"), "(template text<a> (interpolation $b) text<c>)");
  // In a heredoc a mark takes the line break, but not the indentation of the next line: that is another piece.
  EXPECT_EQ(tree_of("<<E\n  ${a ~}  \n  b\nE"), "(template text<  > (interpolation $a) text<  b\n>)");
  EXPECT_EQ(tree_of("<<E\nx\n  %{~ if a ~}\n  y\n  %{~ endif ~}\nE"),
            "(template text<x\n> (if $a then text<  y\n> else))");
}

TEST(Parse, TakesIndentationOffHeredocs) {
  EXPECT_EQ(tree_of("<<-E\n    a\n      b\n\n    ${c}\n    E"),
            "(template text<a\n  b\n\n> (interpolation $c) text<\n>)");
  EXPECT_EQ(tree_of("<<E\n    a\n    E"), "(template text<    a\n>)");
  EXPECT_EQ(tree_of("<<-E\n    a\n   \n  b\nE"), "(template text<  a\n   \nb\n>)");
}

TEST(Parse, KeepsALoneInterpolationApartFromAString) {
  const File file = parse_text("a = \"${b}\"\nb = \"${b} \"\nc = \" ${~ b}\"\n");
  const auto alone = [&](std::size_t i) {
    return std::get<Template>(file.body.attributes[i].value.body).is_interpolation_alone();
  };
  EXPECT_TRUE(alone(0));
  EXPECT_FALSE(alone(1));
  EXPECT_FALSE(alone(2));
}

TEST(Parse, KnowsWhereThingsAre) {
  Sources sources;
  Diagnostics out;
  const std::string text = "# why\nresource \"t\" n {\n  a = f(\"x${b.c[0]}\") // z\n}\n";
  const FileId id = sources.add("main.tf", text);
  const auto file = parse(sources, id, {}, out);
  ASSERT_TRUE(file);
  const auto at = [&](const Span& span) { return text.substr(span.begin, span.end - span.begin); };
  const Block& block = file->body.blocks[0];
  EXPECT_EQ(at(block.header), "resource \"t\" n");
  EXPECT_EQ(at(block.labels[0].span), "\"t\"");
  EXPECT_EQ(at(block.span), text.substr(6, text.size() - 7));
  const Attribute& attribute = block.body.attributes[0];
  EXPECT_EQ(at(attribute.span), "a = f(\"x${b.c[0]}\")");
  EXPECT_EQ(at(attribute.value.span), "f(\"x${b.c[0]}\")");
  const Call& call = std::get<Call>(attribute.value.body);
  EXPECT_EQ(at(call.name_span), "f");
  const Template& string = std::get<Template>(call.arguments[0].body);
  EXPECT_EQ(at(string.parts[0].span), "x");
  EXPECT_EQ(at(string.parts[1].span), "${b.c[0]}");
  const Access& access = std::get<Access>(std::get<Interpolation>(string.parts[1].body).expression->body);
  EXPECT_EQ(at(access.source->span), "b");
  EXPECT_EQ(at(access.steps[0].span), ".c");
  EXPECT_EQ(at(access.steps[1].span), "[0]");
  ASSERT_EQ(file->comments.size(), 2U);
  EXPECT_EQ(file->comments[0].text, " why");
  EXPECT_EQ(at(file->comments[0].span), "# why");
  EXPECT_EQ(at(file->comments[1].span), "// z");
}

TEST(Parse, KeepsCommentsInTheirOrderAndOnce) {
  const File file =
      parse_text("/* 1 */ a = [ # 2\n  1, /* 3 */ // 4\r\n]\nb = {\n  # 5\n  for k, v in c : # 6\n  k => v\n}\n#7");
  std::string all;
  for (const Comment& comment : file.comments) all += comment.text;
  EXPECT_EQ(all, " 1  2 3  4 5 67");
}

TEST(Parse, SkipsAByteOrderMarkAndReadsCrlf) {
  EXPECT_EQ(describe(parse_text("\xEF\xBB\xBF"
                                "a = 1\r\nb {\r\n}\r\n")
                         .body),
            "{a=#1;b{}}");
}

TEST(Parse, ReadsKeysOfObjectsAsWordsOrExpressions) {
  EXPECT_EQ(tree_of("{ a = 1, (a) : 2, null = 3, \"b\" = 4 }"),
            "(object [a - = #1] [ (parenthesised $a) = #2] [null - = #3] [ (template text<b>) = #4])");
}

TEST(Faults, AreAllFoundInOneRun) {
  EXPECT_EQ(faults_of("a = ]\n"
                      "resource \"x\" \"y\" {\n"
                      "  name = \"never closed\n"
                      "  tags = {\n"
                      "    a 1\n"
                      "  }\n"
                      "  good = 1\n"
                      "  good = 2\n"
                      "}\n"
                      "locals {\n"
                      "  b = [1,\n"
                      "    2 3]\n"
                      "}\n"
                      "c == 1\n"),
            "1:5 an expression is expected here, not ']'\n"
            "3:10 this string is not closed on its line\n"
            "5:7 '=' and the value of the key is expected here, not '1'\n"
            "8:3 argument 'good' is given twice\n"
            "12:7 ',' or ']' is expected here, not '3'\n"
            "14:3 '=' or a block is expected here, not '=='\n");
}

TEST(Faults, PointAtWhatIsNotClosed) {
  EXPECT_EQ(faults_of("b {\n  a = 1\n"), "1:3 this block is not closed\n");
  EXPECT_EQ(faults_of("a = [1,\n"), "1:5 this bracket is not closed\n");
  EXPECT_EQ(faults_of("a = {\n"), "1:5 this brace is not closed\n");
  EXPECT_EQ(faults_of("a = f(1,\n"), "1:5 the arguments of this function are not closed\n");
  EXPECT_EQ(faults_of("a = 1 /* x\n"), "1:7 this comment is not closed\n");
  EXPECT_EQ(faults_of("a = <<EOT\nx\n"), "1:5 this heredoc has no line 'EOT' that ends it\n");
  EXPECT_EQ(faults_of("a = \"%{if b}x\"\n"), "1:6 this directive is not ended\n");
}

TEST(Faults, SayWhatIsWrongWithATemplate) {
  EXPECT_EQ(faults_of("a = \"%{endif}\""), "1:6 no directive is open here that this one could end\n");
  EXPECT_EQ(faults_of("a = \"%{for x in y}%{endif}\""), "1:19 this directive does not end the one that is open\n");
  EXPECT_EQ(faults_of("a = \"\\q\""), "1:6 a backslash followed by 'q' is not an escape\n");
  EXPECT_EQ(faults_of("a = b.0.1"), "1:7 two indexes in a row are written as [0][1]\n");
}

TEST(Faults, AreRefusedTexts) {
  EXPECT_EQ(faults_of("a = \"\xff\"\n"), "1:6 this text is not UTF-8\n");
}

TEST(ParseTemplate, ReadsStringsOfJson) {
  Diagnostics out;
  const auto tree = parse_template("a\\n${b}$${c}", Span{}, {}, out);
  ASSERT_TRUE(tree);
  EXPECT_EQ(describe(*tree), "(template text<a\\n> (interpolation $b) text<${c}>)");
  EXPECT_TRUE(parse_template("", Span{}, {}, out));
  EXPECT_FALSE(parse_template("${", Span{}, {}, out));
}

TEST(ParseTemplate, IsExactAboutPlacesWhereItCanBe) {
  Diagnostics out;
  const FileId file{1};
  parse_template("ab${c d}", Span{file, 100, 108}, {}, out);
  EXPECT_EQ(out.all()[0].span, (Span{file, 106, 107}));
  parse_template("ab${c d}", Span{file, 100, 120}, {}, out);  // the file has escapes there
  EXPECT_EQ(out.all()[1].span, (Span{file, 100, 120}));
}

TEST(ParseExpression, ReadsAnExpressionAlone) {
  Diagnostics out;
  const auto tree = parse_expression("aws_sns_topic.alerts[0]", Span{}, {}, out);
  ASSERT_TRUE(tree);
  EXPECT_EQ(describe(*tree), "(access $aws_sns_topic attribute:alerts- index:#0)");
  EXPECT_FALSE(parse_expression("a b", Span{}, {}, out));
  EXPECT_FALSE(parse_expression("", Span{}, {}, out));
}

}  // namespace
}  // namespace secretwatch::hcl::testing
