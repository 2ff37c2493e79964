#include <gtest/gtest.h>

#include "pattern/pattern.h"
#include "unit/pattern/describe.h"

namespace secretwatch::pattern {
namespace {

struct Case {
  const char* pattern;
  const char* description;
};

void expect_all(std::initializer_list<Case> cases) {
  for (const Case& each : cases) {
    const Expected<Filter> filter = parse(each.pattern);
    if (filter)
      EXPECT_EQ(describe(*filter), each.description) << each.pattern;
    else
      ADD_FAILURE() << each.pattern << "\n"
                    << std::string(filter.error().offset, ' ') << "^ " << filter.error().message;
  }
}

TEST(Parse, TellsTheKindByTheFirstCharacterThatIsNotBlank) {
  expect_all({
      {"", "terms()"},
      {" \t\r\n", "terms()"},
      {" ERROR ", "terms(+ERROR)"},
      {"\n{ $.a = 1 }\n", "json(eq(a, num 1))"},
      {"  [a, b]  ", "fields(a, b)"},
      {" %a% ", "regex(a)"},
  });
}

TEST(Parse, ReadsTerms) {
  expect_all({
      {"ERROR timeout", "terms(+ERROR, +timeout)"},
      {"-ERROR ?a b", "terms(-ERROR, ?a, +b)"},
      {"a-b c?d", "terms(+a, -b, +c, ?d)"},
      {"secretsmanager.amazonaws.com a_b 42", "terms(+secretsmanager.amazonaws.com, +a_b, +42)"},
      {R"("two  words" -"x" ?"*")", R"(terms(+"two  words", -"x", ?"*"))"},
      {R"("ERROR" - "Exiting")", R"(terms(+"ERROR", -"Exiting"))"},
      {R"("a"-"b")", R"(terms(+"a", -"b"))"},
      {R"("say \"hi\" \\ \n")", R"(terms(+"say "hi" \ \n"))"},
      {"café 漢字 ٣", "terms(+café, +漢字, +٣)"},
  });
}

TEST(Parse, ReadsComparisons) {
  expect_all({
      {"{ $.a = \"x\" }", "json(eq(a, quoted x))"},
      {"{$.a!=\"\"}", "json(ne(a, quoted ))"},
      {"{$.a=x}", "json(eq(a, bare x))"},
      {"{ $.a = *x.y-z_* }", "json(eq(a, bare *x.y-z_*))"},
      {"{ $.a < 1 }", "json(lt(a, num 1))"},
      {"{ $.a > +1.50 }", "json(gt(a, num +1.50))"},
      {"{ $.a <= -2e3 }", "json(le(a, num -2e3))"},
      {"{ $.a >= 2E-3 }", "json(ge(a, num 2E-3))"},
      {"{ $.a = 1.2.3 }", "json(eq(a, bare 1.2.3))"},
      {"{ $.a = 1*3 }", "json(eq(a, bare 1*3))"},
      {"{ $.a = 1e }", "json(eq(a, bare 1e))"},
      {"{ $.a = .5 }", "json(eq(a, bare .5))"},
      {"{ $.a = 1e2147483647 }", "json(eq(a, num 1e2147483647))"},
      {"{ $.a = %^x [0-9]{2}$% }", "json(eq(a, regex ^x [0-9]{2}$))"},
      {"{ $.a = \"a\\\"b\\\\c\\d\" }", "json(eq(a, quoted a\"b\\c\\d))"},
      {"{ $.a = true }", "json(eq(a, bare true))"},
      {"{ $.a = andrew }", "json(eq(a, bare andrew))"},
      {"{ $.a = NULL }", "json(eq(a, bare NULL))"},
      {"{ $.a = ünï }", "json(eq(a, bare ünï))"},
  });
}

TEST(Parse, ReadsKeywordsInAnyCase) {
  expect_all({
      {"{ $.a IS NULL }", "json(null(a))"},
      {"{ $.a is True }", "json(true(a))"},
      {"{ $.a Is fALSE }", "json(false(a))"},
      {"{ $.a NOT EXISTS }", "json(missing(a))"},
      {"{ $.a not\n exists}", "json(missing(a))"},
  });
}

TEST(Parse, ReadsSelectors) {
  expect_all({
      {"{ $.a.b.c = 1 }", "json(eq(a.b.c, num 1))"},
      {"{ $.a-b_c.0 = 1 }", "json(eq(a-b_c.0, num 1))"},
      {"{ $.a[0][12] = 1 }", "json(eq(a[0][12], num 1))"},
      {"{ $.a[2147483647] = 1 }", "json(eq(a[2147483647], num 1))"},
      {"{ $.a[*].b = 1 }", "json(eq(a[*].b, num 1))"},
      {"{ $.*.b = 1 }", "json(eq(*.b, num 1))"},
      {"{ $.['a.b'].c = 1 }", "json(eq(a.b.c, num 1))"},
      {"{ $.a.['b \" ]'][3] = 1 }", "json(eq(a.b \" ][3], num 1))"},
      {"{ $.größe = 1 }", "json(eq(größe, num 1))"},
  });
}

TEST(Parse, BindsAndTighterThanOrAndParenthesesTightest) {
  expect_all({
      {"{ $.a=1 || $.b=2 && $.c=3 }", "json(any(eq(a, num 1), all(eq(b, num 2), eq(c, num 3))))"},
      {"{ $.a=1 && $.b=2 || $.c=3 }", "json(any(all(eq(a, num 1), eq(b, num 2)), eq(c, num 3)))"},
      {"{ ($.a=1 || $.b=2) && $.c=3 }", "json(all(any(eq(a, num 1), eq(b, num 2)), eq(c, num 3)))"},
      {"{ $.a=1 && ($.b=2 || $.c=3) }", "json(all(eq(a, num 1), any(eq(b, num 2), eq(c, num 3))))"},
  });
}

TEST(Parse, FlattensGroupsOfTheSameKindAndDropsNeedlessParentheses) {
  expect_all({
      {"{ (($.a=1)) }", "json(eq(a, num 1))"},
      {"{ ($.a=1 && $.b=2) && ($.c=3 && ($.d=4)) }",
       "json(all(eq(a, num 1), eq(b, num 2), eq(c, num 3), eq(d, num 4)))"},
      {"{ $.a=1 || ($.b=2 || ($.c=3)) }", "json(any(eq(a, num 1), eq(b, num 2), eq(c, num 3)))"},
      {"{ ($.a=1 || ($.b=2 || ($.c=3 && $.d=4))) }",
       "json(any(eq(a, num 1), eq(b, num 2), all(eq(c, num 3), eq(d, num 4))))"},
  });
}

TEST(Parse, ReadsFields) {
  expect_all({
      {"[]", "fields()"},
      {"[ ]", "fields()"},
      {"[...]", "fields(...)"},
      {"[,]", "fields(_, _)"},
      {"[ , b, ]", "fields(_, b, _)"},
      {"[ip,user , ... , status=4*, bytes > 1000]", "fields(ip, user, ..., status: eq(bare 4*), bytes: gt(num 1000))"},
      {"[w1=ERROR || w1=%WARN%, w2]", "fields(w1: any(eq(bare ERROR), eq(regex WARN)), w2)"},
      {"[a = 4* && a != 403 || a = \"],\", b]", "fields(a: any(all(eq(bare 4*), ne(num 403)), eq(quoted ],)), b)"},
      {"[(a = 1 || a = 2) && a != 3]", "fields(a: all(any(eq(num 1), eq(num 2)), ne(num 3)))"},
      {"[_x9, größe]", "fields(_x9, größe)"},
  });
}

TEST(Parse, AcceptsAPatternOf1024CharactersWhateverTheirBytes) {
  EXPECT_TRUE(parse(std::string(1024, 'a')));
  EXPECT_FALSE(parse(std::string(1025, 'a')));
  std::string umlauts;
  for (int i = 0; i < 1024; ++i) umlauts += "ä";
  EXPECT_TRUE(parse(umlauts));
  EXPECT_FALSE(parse(umlauts + "ä"));
}

TEST(Parse, KeepsThePlacesOfComparisonsTermsAndFields) {
  const auto piece = [](std::string_view text, const Place& place) {
    return text.substr(place.begin, place.end - place.begin);
  };
  constexpr std::string_view json = "{ ($.a = 1) && $.b.c IS NULL || $.d NOT EXISTS }";
  const Expected<Filter> of_json = parse(json);
  const auto& any = std::get<AnyOf>(std::get<JsonPattern>(of_json->body).condition.body);
  const auto& all = std::get<AllOf>(any.terms[0].body);
  EXPECT_EQ(piece(json, std::get<Comparison>(all.terms[0].body).place), "$.a = 1");
  EXPECT_EQ(piece(json, std::get<Is>(all.terms[1].body).place), "$.b.c IS NULL");
  EXPECT_EQ(piece(json, std::get<NotExists>(any.terms[1].body).place), "$.d NOT EXISTS");

  constexpr std::string_view terms = " a-\"b c\"";
  const Expected<Filter> of_terms = parse(terms);
  EXPECT_EQ(piece(terms, std::get<TermsPattern>(of_terms->body).terms[1].place), "-\"b c\"");

  constexpr std::string_view fields = "[a, b = 1 || b = 2]";
  const Expected<Filter> of_fields = parse(fields);
  const Field& field = std::get<DelimitedPattern>(of_fields->body).fields[1];
  EXPECT_EQ(piece(fields, field.place), "b = 1 || b = 2");
  const auto& choice = std::get<AnyOf>(field.condition.front().body);
  EXPECT_EQ(piece(fields, std::get<Comparison>(choice.terms[1].body).place), "b = 2");
}

TEST(ParseSelector, ReadsASelectorAndNothingElse) {
  EXPECT_EQ(print(*parse_selector("$.a.['b c'][0]")), "$.a.['b c'][0]");
  EXPECT_EQ(parse_selector("$.a ").error().offset, 3U);
  EXPECT_EQ(parse_selector("a").error().hint, "write '$.a'");
  EXPECT_FALSE(parse_selector(""));
}

}  // namespace
}  // namespace secretwatch::pattern
