#include "pattern/decimal.h"

#include <gtest/gtest.h>

namespace secretwatch::pattern {
namespace {

Decimal decimal(std::string_view text) {
  const std::optional<Decimal> parsed = Decimal::parse(text);
  EXPECT_TRUE(parsed) << text;
  return parsed.value_or(Decimal());
}

TEST(Decimal, ReadsNumbersAndNothingElse) {
  for (const char* text : {"0", "-0", "+1", "007", "1.50", "1e3", "1E+3", "2.5e-3", "1e2147483647", "1e-2147483647"})
    EXPECT_TRUE(Decimal::parse(text)) << text;
  for (const char* text : {"", "+", "1.", ".5", "1e", "1e+", "e3", "1x", " 1", "1 ", "--1", "0x10", "1,000", "NaN",
                           "Infinity", "1e2147483648", "1e-99999999999999999999"})
    EXPECT_FALSE(Decimal::parse(text)) << text;
  EXPECT_TRUE(is_number("1e99999999999999999999")) << "a number all the same";
}

TEST(Decimal, IsTheSameHoweverItIsWritten) {
  for (const char* text : {"1000", "+1000", "1e3", "1.000E+3", "0.001e6", "001000.000", "10000e-1"})
    EXPECT_EQ(decimal(text), decimal("1000")) << text;
  for (const char* text : {"0", "-0", "0.000", "0e99", "-0e-99"}) EXPECT_EQ(decimal(text), decimal("0")) << text;
}

TEST(Decimal, HasAnExactOrderWhateverTheSize) {
  const char* ascending[] = {"-1e400",
                             "-9007199254740993",
                             "-9007199254740992",
                             "-12",
                             "-1.2",
                             "-1.1999999999999999999",
                             "-1",
                             "-1e-400",
                             "0",
                             "1e-401",
                             "1e-400",
                             "0.1",
                             "0.10000000000000000555",
                             "1",
                             "1.0001",
                             "2",
                             "10",
                             "9007199254740992",
                             "9007199254740993",
                             "1e307",
                             "1e400",
                             "1.5e400"};
  for (const char* const* a = std::begin(ascending); a != std::end(ascending); ++a)
    for (const char* const* b = std::begin(ascending); b != std::end(ascending); ++b)
      EXPECT_EQ(decimal(*a) <=> decimal(*b), a <=> b) << *a << " and " << *b;
}

TEST(JsonNumber, KeepsIntegersExactAndReadsAllElseAsDoubles) {
  const auto value = [](std::string_view token) { return value_of_json_number(token); };
  EXPECT_EQ(value("123456789012345678901234567890"), decimal("123456789012345678901234567890"));
  EXPECT_NE(value("9007199254740993"), decimal("9007199254740992"));
  EXPECT_EQ(value("9007199254740993.0"), decimal("9007199254740992"));
  EXPECT_EQ(value("0.1"), decimal("0.1"));
  EXPECT_EQ(value("0.10000000000000000001"), decimal("0.1"));
  EXPECT_EQ(value("1e-999"), decimal("0"));
  EXPECT_EQ(value("-1e-99999999999999999999"), decimal("0"));
  EXPECT_EQ(value("0." + std::string(400, '0') + "1"), decimal("0"));
  EXPECT_EQ(value("5e-324"), decimal("5e-324"));
  EXPECT_EQ(value("1e308"), decimal("1e308"));
}

TEST(JsonNumber, HasNoValueWhereTheDoubleIsAnInfinity) {
  for (const std::string& token : {std::string("1e309"), std::string("-1e309"), std::string("1e99999999999999999999"),
                                   std::string(400, '9') + ".0"})
    EXPECT_FALSE(value_of_json_number(token)) << token;
  EXPECT_TRUE(value_of_json_number(std::string(400, '9')));
}

TEST(JsonNumber, HasTheTextThatJavaGivesIt) {
  const std::pair<const char*, const char*> cases[] = {{"0", "0"},
                                                       {"-0", "0"},
                                                       {"-12", "-12"},
                                                       {"9007199254740993", "9007199254740993"},
                                                       {"1.0", "1.0"},
                                                       {"12.00", "12.0"},
                                                       {"12.34", "12.34"},
                                                       {"1e3", "1000.0"},
                                                       {"-0.0", "-0.0"},
                                                       {"1E-3", "0.001"},
                                                       {"0.00123", "0.00123"},
                                                       {"1e-4", "1.0E-4"},
                                                       {"123e-6", "1.23E-4"},
                                                       {"9999999.0", "9999999.0"},
                                                       {"1e7", "1.0E7"},
                                                       {"12345678.9", "1.23456789E7"},
                                                       {"1234567.5", "1234567.5"},
                                                       {"-1.5e300", "-1.5E300"},
                                                       {"1e309", "Infinity"},
                                                       {"-1e309", "-Infinity"},
                                                       {"1e-999", "0.0"},
                                                       {"-1e-999", "-0.0"},
                                                       {"0.1", "0.1"},
                                                       {"100.5", "100.5"}};
  for (const auto& [token, text] : cases) EXPECT_EQ(text_of_json_number(token), text) << token;
}

}  // namespace
}  // namespace secretwatch::pattern
