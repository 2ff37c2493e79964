/// Texts made to hurt: nesting, repetition, and every prefix of a file. An error each time, never a crash.
#include <gmock/gmock.h>

#include "unit/hcl/describe.h"

namespace secretwatch::hcl::testing {
namespace {

using ::testing::HasSubstr;

std::string repeated(const std::string& text, std::size_t times) {
  std::string result;
  for (std::size_t i = 0; i < times; ++i) result += text;
  return result;
}

TEST(Hostile, NestingIsRefusedNotFollowed) {
  for (const char* opener : {"(", "[", "{a=", "f(", "\"${", "!", "-", "[for a in ", "{for a in b : a => ", "a ? ",
                             "a ? b : ", "a[", "<<E\n${", "\"%{if ", "\"%{for a in "})
    EXPECT_THAT(faults_of("a = " + repeated(opener, 100'000)), HasSubstr("nested too deeply")) << opener;
  for (const char* tail : {" + 1", " && a", "[*]", ".*.a[0]", "[a[0]]"}) faults_of("a = b" + repeated(tail, 100'000));
  EXPECT_THAT(faults_of("a = b" + repeated(" + 1", 100'000)), HasSubstr("nested too deeply"));
  EXPECT_THAT(faults_of("a = b" + repeated("[*]", 100'000)), HasSubstr("nested too deeply"));
  EXPECT_THAT(faults_of(repeated("b {\n", 100'000)), HasSubstr("nested too deeply"));
  EXPECT_THAT(faults_of("a = \"" + repeated("%{if a}", 100'000) + "\""), HasSubstr("nested too deeply"));
}

TEST(Hostile, LongFlatTextsAreFine) {
  EXPECT_EQ(faults_of("a = [" + repeated("1,", 100'000) + "]\n"), "");
  EXPECT_EQ(faults_of("a = b" + repeated(".c", 100'000) + "\n"), "");
  EXPECT_EQ(faults_of("a = \"" + repeated("${b}x", 100'000) + "\"\n"), "");
  EXPECT_EQ(faults_of(repeated("b {}\n", 100'000)), "");
  EXPECT_EQ(faults_of("a = \"" + repeated("$", 100'000) + "\"\n"), "");
}

TEST(Hostile, FaultsAreCountedNotListedForEver) {
  const std::string faults = faults_of(repeated("a = ]\n", 100'000));
  EXPECT_THAT(faults, HasSubstr("more faults"));
  EXPECT_LT(faults.size(), 10'000U);
}

TEST(Hostile, AnyPrefixAndAnyMissingByteIsReadOrRefused) {
  const std::string text =
      "resource \"a\" \"b\" {\n  c = \"x${d[\"e\"].f}%{ if g ~} h %{ else }i%{ endif }\\u00e9\" # j\n  k = <<-EOT\n    "
      "l ${m}\n"
      "  EOT\n  n = { for o, p in q : o => p... if !r }\n  s = t[*].u ? /* v */ -1.5e3 : [w, (x)]\n}\n";
  ASSERT_EQ(faults_of(text), "");
  for (std::size_t length = 0; length < text.size(); ++length) {
    faults_of(text.substr(0, length));
    faults_of(text.substr(length));
    faults_of(text.substr(0, length) + text.substr(length + 1));
  }
}

}  // namespace
}  // namespace secretwatch::hcl::testing
