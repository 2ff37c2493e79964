/// `match` as docs/command-line.md has it.
#include <sstream>

#include <gmock/gmock.h>
#include <nlohmann/json.hpp>

#include "cli/cli.h"
#include "support/memory_files.h"

namespace secretwatch::cli {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using Json = nlohmann::json;

const std::string get = R"({"eventName":"GetSecretValue","n":1.50})";
const std::string describe = R"({"eventName":"DescribeSecret"})";

class Match : public ::testing::Test {
 protected:
  testing::MemoryFiles files;
  std::string out;
  std::string err;

  int run(std::vector<std::string> arguments, const std::string& input = "") {
    std::istringstream in(input);
    std::ostringstream out_stream;
    std::ostringstream err_stream;
    arguments.insert(arguments.begin(), "match");
    const Exit exit = cli::run(arguments, {files, in, out_stream, err_stream}, false);
    out = out_stream.str();
    err = err_stream.str();
    return static_cast<int>(exit);
  }
  void SetUp() override {
    files.texts["events"] = get + "\n" + describe + "\n" + get + "\n";
    files.texts["records"] = "{\"Records\": [ " + describe + ", {\"eventName\" : \"GetSecretValue\" } ]}";
    files.texts["broken"] = get + "\n{\n" + describe + "\n";
    files.texts["garbage"] = "x\ny\n";
  }
};

TEST_F(Match, SelectsExactlyTheFirstOfTheTutorialsFive) {
  std::vector<std::string> five;
  std::string text;
  for (const char* name : {"GetSecretValue", "DescribeSecret", "CreateSecret", "UpdateSecret", "DeleteSecret"}) {
    five.push_back(R"({"eventVersion":"1.08","eventSource":"secretsmanager.amazonaws.com","eventName":")" +
                   std::string(name) + R"(","requestParameters":{"secretId":"TopSecretInfo"}})");
    text += five.back() + "\n";
  }
  EXPECT_EQ(run({"\"GetSecretValue\"", "-"}, text), 0);
  EXPECT_EQ(out, five[0] + "\n");
  EXPECT_THAT(err, IsEmpty());
}

TEST_F(Match, PrintsEachSelectedEventOnOneLineAsRead) {
  EXPECT_EQ(run({"{ $.eventName = GetSecretValue }", "events", "records"}), 0);
  EXPECT_EQ(out, get + "\n" + get + "\n{\"eventName\":\"GetSecretValue\"}\n");
  EXPECT_EQ(run({"{ $.n = 1.5 }", "events"}), 0);
  EXPECT_EQ(out, get + "\n" + get + "\n") << "the spelling of a number is kept";
  EXPECT_EQ(run({"message", "-"}, R"({"events":[{"message":"a message\nof two lines\n"}]})"), 0);
  EXPECT_EQ(out, "a message\\nof two lines\n");
}

TEST_F(Match, ReadsStandardInputWhereThereIsNoFile) {
  EXPECT_EQ(run({"Describe"}, describe + "\n"), 0);
  EXPECT_EQ(out, describe + "\n");
}

TEST_F(Match, ExitCodesAreThoseOfGrep) {
  EXPECT_EQ(run({"GetSecretValue", "events"}), 0);
  EXPECT_EQ(run({"Nothing", "events"}), 1);
  EXPECT_EQ(run({"Nothing", "broken"}), 1) << "some broken events do not change the code";
  EXPECT_EQ(run({"GetSecretValue", "broken"}), 0);
  EXPECT_EQ(run({"x", "garbage"}), 2) << "no readable event";
  EXPECT_THAT(err, HasSubstr("no readable event"));
  EXPECT_EQ(run({"x"}, ""), 2);
  EXPECT_EQ(run({"{ $.a == 1 }", "events"}), 2);
  EXPECT_EQ(run({"x", "missing"}), 2);
  EXPECT_THAT(err, HasSubstr("cannot read 'missing': No such file or directory"));
  EXPECT_EQ(run({"GetSecretValue", "missing", "events"}), 2) << "what can be read is read";
  EXPECT_EQ(out, get + "\n" + get + "\n");
  EXPECT_EQ(run({}), 2);
}

TEST_F(Match, JsonHasTheNumbersOverAllFilesAndCountsBrokenEvents) {
  EXPECT_EQ(run({"{ $.eventName = GetSecretValue }", "events", "broken", "records", "--format", "json"}), 0);
  EXPECT_EQ(out, R"({"version":1,"valid":true,"error":null,"events":8,"broken":1,"matched":[1,3,4,8]})"
                 "\n");
  EXPECT_THAT(err, HasSubstr("broken:2: event 5: not JSON"));
}

TEST_F(Match, JsonOfAnInvalidPatternHasItsOffset) {
  EXPECT_EQ(run({"{ $.a == 1 }", "events", "--format", "json"}), 2);
  const Json answer = Json::parse(out);
  EXPECT_EQ(answer["valid"], false);
  EXPECT_EQ(answer["error"]["offset"], 6);
  EXPECT_EQ(answer["error"]["message"], "'==' is not an operator");
  EXPECT_EQ(answer["matched"], Json::array());
  EXPECT_THAT(err, HasSubstr("  { $.a == 1 }\n        ^\n  note: write '='"));
}

TEST_F(Match, LinesAreMessagesWhateverTheyHoldAndEmptyOnesCount) {
  EXPECT_EQ(run({"--lines", "--format", "json", "b", "-"}, "a\n\nb {\n{\"b\":1}\n"), 0);
  EXPECT_EQ(Json::parse(out)["matched"], Json::parse("[3,4]"));
  EXPECT_EQ(Json::parse(out)["events"], 4);
  EXPECT_EQ(run({"--lines", "{ $.b = 1 }", "-"}, "a\n\nb {\n{\"b\":1}\n"), 0);
  EXPECT_EQ(out, "{\"b\":1}\n");
}

TEST_F(Match, CountPrintsTheNumber) {
  EXPECT_EQ(run({"--count", "GetSecretValue", "events"}), 0);
  EXPECT_EQ(out, "2\n");
  EXPECT_EQ(run({"--count", "Nothing", "events"}), 1);
  EXPECT_EQ(out, "0\n");
}

TEST_F(Match, AListHoldsAPatternALine) {
  files.texts["list"] = "# a comment\n\n{ $.eventName = GetSecretValue }\r\nDescribe\n{ $.a == 1 }\n# x\nNothing";
  EXPECT_EQ(run({"--patterns", "list", "--count", "events"}), 2) << "the others still run";
  EXPECT_EQ(out, "2\t{ $.eventName = GetSecretValue }\n1\tDescribe\n-\t{ $.a == 1 }\n0\tNothing\n");
  EXPECT_THAT(err, HasSubstr("list:5: invalid pattern at offset 6: '=='"));
  EXPECT_EQ(run({"--patterns", "list", "--format", "json", "events"}), 2);
  const Json answer = Json::parse(out);
  EXPECT_EQ(answer["events"], 3);
  EXPECT_EQ(answer["patterns"].size(), 4U);
  EXPECT_EQ(answer["patterns"][0], Json::parse(R"({"line": 3, "pattern": "{ $.eventName = GetSecretValue }",
      "valid": true, "error": null, "matched": [1, 3]})"));
  EXPECT_EQ(answer["patterns"][2]["valid"], false);
  EXPECT_EQ(answer["patterns"][2]["error"]["offset"], 6);
  files.texts["good"] = "GetSecretValue\nSecret\n";
  EXPECT_EQ(run({"--patterns", "good", "events"}), 0);
  EXPECT_EQ(out, files.texts["events"]) << "an event that several patterns select is printed once";
  files.texts["empty"] = "# nothing\n";
  EXPECT_EQ(run({"--patterns", "empty", "events"}), 2);
}

TEST_F(Match, OptionsEndAtTwoDashesAndBracketsStayTogether) {
  EXPECT_EQ(run({"--", "-GetSecretValue", "events"}), 0);
  EXPECT_EQ(out, describe + "\n");
  EXPECT_EQ(run({"--count", "[a, b]", "-"}, "2026-01-02T03:04:05Z a b\n2026-01-02T03:04:05Z a\n"), 0);
  EXPECT_EQ(out, "1\n");
  EXPECT_EQ(run({"", "events"}), 0) << "the empty pattern selects everything";
  EXPECT_EQ(out, files.texts["events"]);
}

TEST_F(Match, WhySaysWhichComparisonDecided) {
  const std::string pattern = "{ $.eventName=GetSecretValue && ($.n = 2 || $.n=  1.5) }";
  EXPECT_EQ(run({"--why", pattern, "events"}), 0);
  EXPECT_EQ(out,
            "1\tyes\t$.eventName=GetSecretValue; $.n=  1.5\n"
            "2\tno\t$.eventName=GetSecretValue\n"
            "3\tyes\t$.eventName=GetSecretValue; $.n=  1.5\n");
  EXPECT_EQ(run({"--why", "{ $.n = 2 || $.m NOT EXISTS && $.n = 3 }", "events"}), 1);
  EXPECT_THAT(out, HasSubstr("1\tno\t$.n = 2; $.n = 3\n"));
  EXPECT_EQ(run({"--why", "Secret -Describe", "broken"}), 0);
  EXPECT_EQ(out, "1\tyes\tSecret; -Describe\n2\tbroken\tnot JSON: it ends inside a value\n3\tno\t-Describe\n");
  EXPECT_EQ(run({"--why", "--lines", "[a = x, b]", "-"}, "x y\nz y\nx\n"), 0);
  EXPECT_EQ(out, "1\tyes\ta = x\n2\tno\ta = x\n3\tno\tthe message has too few fields\n");
  EXPECT_EQ(run({"--why", "--lines", "{ $.a NOT EXISTS }", "-"}, "x\n"), 1);
  EXPECT_EQ(out, "1\tno\tthe message is not a JSON object\n");
  EXPECT_EQ(run({"--why", "--count", "x", "events"}), 2);
  EXPECT_EQ(run({"--why", "--format", "json", "x", "events"}), 2);
}

TEST_F(Match, ThreadsChangeNothing) {
  std::string text;
  for (int i = 0; i < 30'000; ++i) {
    text += R"({"eventName":"GetSecretValue","i":)" + std::to_string(i) + R"(,"x":")" +
            std::string(static_cast<std::size_t>(i) % 70, 'x') + "\"}\n";
    if (i % 1000 == 7) text += "broken\n";
  }
  files.texts["large"] = text;
  files.texts["list"] = "{ $.i = 7 }\n{ $.i > 29000 || $.i = 1*0 }\nGetSecretValue\n";
  for (const std::vector<std::string>& arguments :
       {std::vector<std::string>{"{ $.i = *7 }", "large", "missing", "records", "large"},
        {"--format", "json", "{ $.i = *7 }", "large", "broken", "large"},
        {"--patterns", "list", "--format", "json", "large"},
        {"--patterns", "list", "--count", "garbage", "large"}}) {
    std::vector<std::string> with = arguments;
    with.insert(with.end(), {"-j", "1"});
    const int exit = run(with);
    const std::string alone = out;
    const std::string said = err;
    for (const char* threads : {"0", "2", "3", "8"}) {
      with.back() = threads;
      EXPECT_EQ(run(with), exit);
      EXPECT_EQ(out, alone) << threads;
      EXPECT_EQ(err, said) << threads;
    }
  }
}

TEST_F(Match, ManyBrokenEventsAreCountedButNotAllNamed) {
  std::string text = get + "\n";
  for (int i = 0; i < 50; ++i) text += "{\"a\":}\n";
  EXPECT_EQ(run({"GetSecretValue", "-"}, text), 0);
  EXPECT_THAT(err, HasSubstr("<stdin>:21: event 21: not JSON"));
  EXPECT_THAT(err, HasSubstr("30 more events could not be read"));
}

TEST_F(Match, GoesOnToTheNextFileWhereOneIsDamaged) {
  files.texts["damaged.gz"] = "\x1F\x8B nonsense";
  EXPECT_EQ(run({"GetSecretValue", "damaged.gz", "events"}), 2);
  EXPECT_EQ(out, get + "\n" + get + "\n");
  EXPECT_THAT(err, HasSubstr("cannot read 'damaged.gz': the gzip data is damaged"));
}

}  // namespace
}  // namespace secretwatch::cli
