/// Printing: what is printed parses to the same tree, whatever the text holds.
#include <random>

#include <gmock/gmock.h>

#include "unit/hcl/describe.h"

namespace secretwatch::hcl::testing {
namespace {

/// A random tree as text, of all forms of expressions.
class Writer {
 public:
  explicit Writer(unsigned seed) : random_(seed) {}

  std::string expression(int depth) {
    static const std::vector<std::string> leaves{"1",
                                                 "2.50",
                                                 "1e3",
                                                 "true",
                                                 "null",
                                                 "a",
                                                 "b-c",
                                                 "\"\"",
                                                 "\"x$\"",
                                                 "[]",
                                                 "{}",
                                                 "\"$${a}%%{b}\"",
                                                 "<<E\n a\n${b} $$ %%{\nE\n",
                                                 "<<-E\n    a\n      ${b}\n  E\n"};
    if (depth == 0) return pick(leaves);
    const auto sub = [&] { return expression(depth - 1); };
    switch (random_() % 14) {
      case 0:
        return "(" + sub() + "\n)";
      case 1:
        return "[" + sub() + "\n, " + sub() + "\n,]";
      case 2:
        return "{ k = " + sub() + "\n \"q${" + sub() + "\n}\" : " + sub() + "\n (" + sub() + "\n) = 1 }";
      case 3:
        return "[for v in " + sub() + "\n : " + sub() + "\n if " + sub() + "\n]";
      case 4:
        return "{for k, v in " + sub() + "\n : k => " + sub() + "\n...}";
      case 5:
        return "f::g(" + sub() + "\n, " + sub() + "\n...)";
      case 6:
        return "\"a\\n${" + sub() + "\n}%{ if " + sub() + "\n ~} b %{ else }${" + sub() + "\n}%{ endif }\"";
      case 7:
        return "\"%{for k, v in " + sub() + "\n}${~" + sub() + "\n~}  %{endfor}\"";
      case 8:
        return "\"  ${~ " + sub() + "\n}\"";
      case 9:
        return "(" + sub() + "\n ? " + sub() + "\n : " + sub() + "\n)";
      case 10:
        return "(" + sub() + "\n" + pick({"+", "-", "*", "/", "%", "==", "!=", "<", ">=", "&&", "||"}) + " " + sub() +
               "\n)";
      case 11:
        return pick({"-", "!"}) + "(" + sub() + "\n)" + pick({".a.0", "[*].b", ".*.c[0]", "[\"x\"]"});
      case 12:
        return "a.b[" + sub() + "\n]" + pick({"", ".c", "[*]"});
      default:
        return "\"\\u0024${" + sub() + "\n}\"";
    }
  }

 private:
  std::string pick(const std::vector<std::string>& from) { return from[random_() % from.size()]; }
  std::mt19937 random_;
};

TEST(Print, IsAFixedPointOfParsing) {
  for (unsigned seed = 0; seed < 400; ++seed) {
    const std::string text = "a = (" + Writer(seed).expression(1 + static_cast<int>(seed % 4)) + "\n)\n";
    const File file = parse_text(text);
    const std::string printed = print(file.body);
    ASSERT_EQ(describe(parse_text(printed).body), describe(file.body)) << text << "\n" << printed;
    ASSERT_EQ(print(parse_text(printed).body), printed);
  }
}

TEST(Print, QuotesAnyTextAsItself) {
  for (const std::string text :
       {"", "$", "%{", "${a}", "$${", "a\"b\\c\n\t\r", "\u00e9\U0001F600", "100%", "$$", "%%{if}", "a$"}) {
    const File file = parse_text("a = " + quote(text) + "\n");
    EXPECT_EQ(describe(file.body.attributes[0].value), text.empty() ? "(template)" : "(template text<" + text + ">)");
  }
}

TEST(Print, KeepsOnOneLineWhatWasOnMany) {
  EXPECT_EQ(print(parse_text("a = {\n  b = <<EOT\nx\nEOT\n  c = [\n 1,\n 2\n]\n}\n").body),
            "a = { b = \"x\\n\", c = [1, 2] }\n");
}

}  // namespace
}  // namespace secretwatch::hcl::testing
