/// What is said about patterns that the service rejects: where, what is there, and what was probably meant.
#include <gtest/gtest.h>

#include "pattern/pattern.h"

namespace secretwatch::pattern {
namespace {

struct Case {
  std::string_view marked;  // the pattern; the error is at the `»`
  const char* message;
  const char* hint;
};

void expect_all(std::initializer_list<Case> cases) {
  constexpr std::string_view mark = "»";
  for (const Case& each : cases) {
    const std::size_t offset = each.marked.find(mark);
    ASSERT_NE(offset, std::string_view::npos) << each.marked;
    const std::string pattern =
        std::string(each.marked.substr(0, offset)) + std::string(each.marked.substr(offset + mark.size()));
    const Expected<Filter> filter = parse(pattern);
    ASSERT_FALSE(filter) << pattern << " is read as " << print(*filter);
    EXPECT_EQ(filter.error().offset, offset) << pattern;
    EXPECT_EQ(filter.error().message, each.message) << pattern;
    EXPECT_EQ(filter.error().hint, each.hint) << pattern;
  }
}

TEST(Errors, OfOperatorsNameOurs) {
  expect_all({
      {"{ $.a »== 1 }", "'==' is not an operator", "write '='"},
      {"{ $.a »!== 1 }", "'!==' is not an operator", "write '!='"},
      {"{ $.a »<> 1 }", "'<>' is not an operator", "write '!='"},
      {"{ $.a »=< 1 }", "'=<' is not an operator", "write '<='"},
      {"{ $.a »=~ x }", "'=~' is not an operator", "write '= %…%'"},
      {"{ $.a »: x }", "':' is not an operator", "write '='"},
      {"[a »== 1]", "'==' is not an operator", "write '='"},
      {"{ $.a »LIKE \"x\" }", "expected an operator such as '=', found 'LIKE'", ""},
      {"{ $.a »}", "expected an operator such as '=', found '}'", ""},
      {"{ $.a»", "expected an operator such as '=', found the end of the pattern", ""},
  });
}

TEST(Errors, OfConnectivesNameOurs) {
  expect_all({
      {"{ $.a = 1 »AND $.b = 2 }", "expected '&&', '||' or '}', found 'AND'", "write '&&'"},
      {"{ $.a = x »and $.b = 2 }", "expected '&&', '||' or '}', found 'and'", "write '&&'"},
      {"{ $.a = \"x\" »OR $.b = 2 }", "expected '&&', '||' or '}', found 'OR'", "write '||'"},
      {"{ $.a = 1 »& $.b = 2 }", "expected '&&', '||' or '}', found '&'", "write '&&'"},
      {"{ $.a = 1 »| $.b = 2 }", "expected '&&', '||' or '}', found '|'", "write '||'"},
      {"{ $.a = 1», $.b = 2 }", "',' is not allowed in a value without quotes",
       "to ask for both conditions write '&&'"},
      {"{ $.a = 1 && »}", "expected a selector such as '$.name', found '}'", ""},
      {"{ »|| $.a = 1 }", "expected a selector such as '$.name', found '|'", ""},
      {"{ »!($.a = 1) }", "expected a selector such as '$.name', found '!'",
       "nothing negates a condition: turn each comparison around, '=' into '!='"},
      {"{ »NOT $.a = 1 }", "expected a selector such as '$.name', found 'NOT'",
       "nothing negates a condition: turn each comparison around, '=' into '!='"},
  });
}

TEST(Errors, OfSelectorsNameTheOneThatWasMeant) {
  expect_all({
      {"{ »&.errorCode = x }", "expected a selector such as '$.name', found '&'", "write '$.errorCode'"},
      {"{ »eventName = x }", "expected a selector such as '$.name', found 'eventName'", "write '$.eventName'"},
      {"{ ».a.b[0] = x }", "expected a selector such as '$.name', found '.'", "write '$.a.b[0]'"},
      {"{ »\"a\" = x }", "expected a selector such as '$.name', found '\"'", "write '$.a'"},
      {"{ »}", "expected a selector such as '$.name', found '}'", ""},
      {"{ $»eventName = x }", "expected '.' after '$', found 'eventName'", "write '$.eventName'"},
      {"{ $»['a.b'] = x }", "expected '.' after '$', found '['", "write '$.['a.b']'"},
      {"{ $»[1] = x }", "expected '.' after '$', found '['", "the message is an object: begin with a name"},
      {"{ $» = x }", "expected '.' after '$', found ' '", "begin with a name: '$.name'"},
      {"{ $.» = x }", "expected a name after '.', found ' '", ""},
      {"{ $.»[\"a.b\"] = x }", "expected a name after '.', found '['", "write ['name'], with single quotes"},
      {"{ $.a.»[0] = x }", "expected a name after '.', found '['", "leave out the '.' before an index"},
      {"{ $.a[»'b'] = x }", "expected an index or '*]' after '[', found '''",
       "a name in brackets has a dot before it: .['name']"},
      {"{ $.a[»-1] = x }", "expected an index or '*]' after '[', found '-'", ""},
      {"{ $.a[»one] = x }", "'one' is not an index", "an index is a number up to 2147483647"},
      {"{ $.a[»2147483648] = x }", "'2147483648' is not an index", "an index is a number up to 2147483647"},
      {"{ $.a[0» = x }", "expected ']', found ' '", ""},
      {"{ $.[»'a = x }", "quote is never closed", "close it with \"'\""},
      {"{ $.['a'»} = x }", "expected ']', found '}'", ""},
      {"{ $.»@timestamp = x }", "'@' is not allowed in a name", "write \".['@timestamp']\""},
      {"{ $.a»:b.c = x }", "':' is not allowed in a name", "write \".['a:b']\""},
      {"{ $.a[*]».* = x }", "selector has a second wildcard, one is allowed", ""},
  });
}

TEST(Errors, OfValuesShowThemInQuotes) {
  expect_all({
      {"{ $.a = arn»:aws:iam::1:role/x }", "':' is not allowed in a value without quotes",
       "write \"arn:aws:iam::1:role/x\""},
      {"{ ($.a = x»/y) && $.b = 1 }", "'/' is not allowed in a value without quotes", "write \"x/y\""},
      {"{ $.a = Failed »authentication }", "found 'authentication' after a value without quotes",
       "write \"Failed authentication\""},
      {"{ $.a = »'x' }", "expected a value, found '''", "write the value in double quotes: \"…\""},
      {"{ $.a = »“x” }", "expected a value, found '“'", "write the value in double quotes: \"…\""},
      {"{ $.a = »/x }", "expected a value, found '/'", "write \"/x\""},
      {"{ $.a = »${Name} }", "expected a value, found '$'", "write \"${Name}\""},
      {"{ $.a = db»${Name}/* }", "'$' is not allowed in a value without quotes", "write \"db${Name}/*\""},
      {"{ $.a = 1»+2 }", "'+' is not allowed in a value without quotes", "write \"1+2\""},
      {"{ $.a = »}", "expected a value, found '}'", ""},
      {"{ $.a = »\"x }", "quote is never closed", "close it with '\"'"},
      {"{ $.a = »\"x\\\" }", "quote is never closed", "close it with '\"'"},
      {"{ $.a = \"x\"»y\" }", "expected '&&', '||' or '}', found 'y'", ""},
      {"{ $.a = \"x\" »\"y\" }", "expected '&&', '||' or '}', found '\"'", "a quote within quotes is written \\\""},
      {"{ $.a = »1e2147483648 }", "exponent of '1e2147483648' is beyond 2147483647", ""},
      {"[a = x»:y, b]", "':' is not allowed in a value without quotes", "write \"x:y\""},
  });
}

TEST(Errors, OfOrderSayThatOnlyNumbersHaveOne) {
  expect_all({
      {"{ $.a > »\"0\" }", "'\"0\"' has no order, only numbers have", "write 0 without quotes"},
      {"{ $.a <= »word }", "'word' has no order, only numbers have", ""},
      {"{ $.a < »%x% }", "'%x%' has no order, only numbers have", ""},
      {"[a >= »\"1\", b]", "'\"1\"' has no order, only numbers have", "write 1 without quotes"},
  });
}

TEST(Errors, OfNullNameIsNull) {
  expect_all({
      {"{ $.a = »null }", "'null' is not a value to compare with", "write 'IS NULL' instead of '= null'"},
      {"{ $.a != »null }", "'null' is not a value to compare with",
       "write '= *' for a field that holds text or a number"},
  });
}

TEST(Errors, OfKeywordsSayWhatThereIs) {
  expect_all({
      {"{ $.a »EXISTS }", "'EXISTS' stands without 'NOT'", "for a field that holds text or a number write '= *'"},
      {"{ $.a[0]»IS NULL }", "found 'IS' directly after a selector", "separate them with a blank"},
      {"{ $.a IS »NOT NULL }", "expected NULL, TRUE or FALSE after 'IS', found 'NOT'",
       "there is no 'IS NOT': for a field that holds text or a number write '= *'"},
      {"{ $.a IS »\"x\" }", "expected NULL, TRUE or FALSE after 'IS', found '\"'", ""},
      {"{ $.a NOT »NULL }", "expected EXISTS after 'NOT', found 'NULL'", ""},
      {"[a »IS NULL]", "expected an operator, ',' or ']', found 'IS'", "separate fields with ','"},
  });
}

TEST(Errors, OfBracketsNameTheMissingOne) {
  constexpr const char* closing = "a pattern that begins with '{', '[' or '%' ends with the sign that closes it";
  expect_all({
      {"{ $.a = 1 »", "expected '&&', '||' or '}', found the end of the pattern", ""},
      {"{ $.a = 1 »]", "expected '&&', '||' or '}', found ']'", "write '}'"},
      {"{ $.a = 1 »)", "expected '&&', '||' or '}', found ')'", "there is no '(' that it would close"},
      {"{ ($.a = 1 »}", "expected '&&', '||' or ')', found '}'", "write ')'"},
      {"{ $.a = 1 } »x", "found 'x' after the end of the pattern", closing},
      {"[a, b»}", "expected an operator, ',' or ']', found '}'", "write ']'"},
      {"[a, b = 1 »}", "expected '&&', '||' or ']', found '}'", "write ']'"},
      {"[a, b»", "expected an operator, ',' or ']', found the end of the pattern", ""},
      {"»%abc", "regular expression is never closed", "close it with '%'"},
      {"%a% »%b%", "found '%' after the end of the pattern", closing},
  });
}

TEST(Errors, OfTermsSayWhatATermIs) {
  constexpr const char* alone = "a regular expression must be the whole pattern";
  expect_all({
      {"ERR»*", "'*' is not allowed in a term without quotes",
       "leave it out: a term is found anywhere in a message, within words too"},
      {"»$.eventName = x", "'$' is not allowed in a term without quotes",
       "a condition on JSON stands in braces: { $.field = \"value\" }"},
      {"ERROR »%WARN%", "'%' is not allowed in a term without quotes", alone},
      {"?»%WARN%", "'%' is not allowed in a term without quotes", alone},
      {"a »&& b", "'&' is not allowed in a term without quotes", "leave it out: a message must hold all terms"},
      {"a »|| b", "'|' is not allowed in a term without quotes", "for one of several terms write ?first ?second"},
      {"ERROR»:", "':' is not allowed in a term without quotes", "write \"ERROR:\""},
      {"a»\"b\"", "quotes begin in the middle of a term", "separate the terms with a blank"},
      {"\"a\"»b", "found 'b' directly after a quote", "separate the terms with a blank"},
      {"»\"\"", "nothing stands between the quotes", ""},
      {"a -»\"b", "quote is never closed", "close it with '\"'"},
      {"a -»", "expected a term after '-', found the end of the pattern", ""},
      {"?» a", "expected a term after '?', found ' '", ""},
      {"-»-a", "expected a term after '-', found '-'", ""},
      {"caf»€", "'€' is not allowed in a term without quotes", "write \"caf€\""},
  });
}

TEST(Errors, OfFieldsNameThem) {
  expect_all({
      {"[»1a]", "name '1a' begins with a digit", "write '_1a'"},
      {"[a »b]", "expected an operator, ',' or ']', found 'b'", "separate fields with ','"},
      {"[a»-b]", "expected an operator, ',' or ']', found '-'", ""},
      {"[a, »a]", "field 'a' is there twice", ""},
      {"[a, ..., b, »...]", "field '...' is there twice", ""},
      {"[a = 1 || »b = 2, b]", "'b' is compared in the field 'a'", "give each field its own place, between commas"},
      {"[a, »\"b\"]", "expected the name of a field, found '\"'", ""},
  });
}

TEST(Errors, OfRegularExpressionsPointIntoThem) {
  expect_all({
      {"{ $.a = %ab»(c)% }", "'(' is not allowed in a regular expression", "write '\\x28'"},
      {"%a\\»(b%", "'(' is not allowed in a regular expression", "write '\\x28'"},
      {"%a»!%", "'!' is not allowed in a regular expression", "write '\\x21'"},
      {"%caf»é%", "'é' is not allowed in a regular expression", ""},
      {"%a»\\pb%", "'\\p' is not an escape of regular expressions here", R"(there are \d \D \s \S \w \W and \xhh)"},
      {"%a»\\%", "'\\' is not an escape of regular expressions here", R"(there are \d \D \s \S \w \W and \xhh)"},
      {"%»a++%", "regular expression does not compile: bad repetition operator: ++", ""},
      {"%»%", "regular expression is empty", ""},
      {"[a = %»[z-a]%, b]", "regular expression does not compile: invalid character class range: z-a", ""},
  });
}

TEST(Errors, OfLimitsPointAtTheFirstThingTooMany) {
  expect_all({
      {"{ $.a = %a% || $.a = %b% || $.a = »%c% }", "pattern has more than 2 regular expressions", ""},
      {"[a = %a%, b = %b%, c = »%c%]", "pattern has more than 2 regular expressions", ""},
      {"{ $.a[*] = 1 && $.*.b = 1 && $.c[*] = 1 && »$.d.* = 1 }", "pattern has more than 3 selectors with a wildcard",
       ""},
  });
  const std::string too_long = std::string(1020, ' ') + "äöüxyz";
  const TextError error = parse(too_long).error();
  EXPECT_EQ(error.offset, 1027U);
  EXPECT_EQ(error.message, "pattern has 1026 characters, the service takes 1024");
}

TEST(Errors, ShowNoControlCharactersAndNoEndlessText) {
  EXPECT_EQ(parse(std::string("a \0", 3)).error().message, "'\\x00' is not allowed in a term without quotes");
  EXPECT_EQ(parse("ab\xFF").error().message, "byte '\\xff' is not UTF-8");
  EXPECT_EQ(parse("ab\xFF").error().offset, 2U);
  const TextError error = parse("{ $.a " + std::string(500, 'n') + " x }").error();
  EXPECT_LT(error.message.size(), 200U);
  const TextError hint = parse("{ $.a = x:" + std::string(500, 'n') + " }").error();
  EXPECT_LT(hint.hint.size(), 200U);
}

}  // namespace
}  // namespace secretwatch::pattern
