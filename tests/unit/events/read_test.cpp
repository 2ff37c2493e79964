/// Events out of every form of input, cut anywhere; what is broken is named and the rest goes on.
#include <random>

#include <gmock/gmock.h>

#include "unit/events/read_all.h"

namespace secretwatch::events {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using testing::read_all;
using testing::ReadAll;

const std::vector<std::string> three = {R"({"eventName":"GetSecretValue","n":1e309})",
                                        R"({"eventName":"X\u00e9\"{[","list":[1,[2,{}]],"n":12345678901234567890123})",
                                        R"({"a":{"a":1,"a":null},"é":"\\"})"};

std::string quoted(const std::string& text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') out += '\\';
    out += c;
  }
  return out + "\"";
}

/// With blanks and line breaks between the tokens.
std::string spread(const std::string& json, const std::string& blank) {
  std::string out;
  bool in_string = false;
  for (std::size_t i = 0; i < json.size(); ++i) {
    const char c = json[i];
    out += c;
    if (in_string && c == '\\') {
      out += json[++i];
    } else if (c == '"') {
      in_string = !in_string;
    } else if (!in_string && (c == ',' || c == '{' || c == '[' || c == ':')) {
      out += blank;
    }
  }
  return out;
}

std::string list_of(const std::vector<std::string>& events) {
  std::string out;
  for (const std::string& event : events) out += (out.empty() ? "" : ",") + event;
  return "[" + out + "]";
}

std::string wrapped(const std::vector<std::string>& events, const std::string& key, const std::string& member) {
  std::vector<std::string> elements;
  for (const std::string& event : events)
    elements.push_back(R"({"before":[{"x":"]"}],")" + member + "\":" + quoted(event) + "}");
  return "{\"" + key + "\":" + list_of(elements) + R"(,"nextToken":"}]","searched":[{}],"n":1})";
}

struct Sample {
  const char* name;
  std::string text;
};

std::vector<Sample> forms() {
  std::string lines;
  std::string crlf;
  std::string pretty;
  std::string on_one_line;
  std::string exported;
  for (const std::string& event : three) {
    lines += event + "\n";
    crlf += "\r\n" + event + "\r\n";
    pretty += spread(event, "\n  ") + "\n";
    on_one_line += event;
    exported += "2026-01-02T03:04:05.678Z " + event + "\n";
  }
  const std::string records = "{\"Records\":" + list_of(three) + "}";
  return {{"lines", lines},
          {"no last line break", lines.substr(0, lines.size() - 1)},
          {"CRLF and empty lines", crlf},
          {"byte order mark", "\xEF\xBB\xBF" + lines},
          {"over several lines", pretty},
          {"one after the other", on_one_line},
          {"export", exported},
          {"array", list_of(three)},
          {"array over several lines", spread(list_of(three), "\n ")},
          {"records", records},
          {"records over several lines", "\n" + spread(records, "\n  ") + "\n"},
          {"a list a line", "{\"Records\":[" + three[0] + "]}\n{\"Records\":" + list_of({three[1], three[2]}) + "}\n"},
          {"a list and an event", "[" + three[0] + "," + three[1] + "]" + three[2]},
          {"an event and a list", three[0] + "\n" + list_of({three[1], three[2]}) + "\n"},
          {"filter-log-events", wrapped(three, "events", "message")},
          {"filter-log-events over several lines", spread(wrapped(three, "events", "message"), "\n    ")},
          {"lookup-events", wrapped(three, "Events", "CloudTrailEvent")},
          {"list not first", R"({"nextToken":"x","events":[],"Records":)" + list_of(three) + "}"},
          {"records not first", R"({"z":{"y":[]},"Records":)" + list_of(three) + "}"}};
}

TEST(Read, FindsTheSameEventsInEveryFormCutAnywhere) {
  for (const Sample& form : forms()) {
    if (std::string(form.name) == "list not first") continue;  // the first list is the one that counts
    for (const std::size_t batch : {1U, 2U, 3U, 7U, 16U, 50U, 64U, 65U, 100U, 129U, 1000U, 100000U}) {
      Options options;
      options.batch_bytes = batch;
      const ReadAll all = read_all(form.text, options);
      EXPECT_EQ(all.messages, three) << form.name << " in batches of " << batch;
      EXPECT_EQ(all.documents, three.size()) << form.name;
      EXPECT_THAT(all.broken_at, IsEmpty()) << form.name;
      EXPECT_EQ(all.problem, "") << form.name;
    }
  }
}

TEST(Read, TakesFewBytesAtATimeAsWellAsMany) {
  for (const Sample& form : forms())
    EXPECT_EQ(read_all(std::make_unique<testing::TextBytes>(form.text, 1)).messages, read_all(form.text).messages)
        << form.name;
}

TEST(Read, KeepsOrderEscapesAndNumbersAsTheyAreAndTakesBlanksOutOfElementsOnly) {
  EXPECT_THAT(read_all("{\"b\" : 1.50e+1, \"a\":\"\\u0041 x\"}\n").messages,
              ElementsAre("{\"b\" : 1.50e+1, \"a\":\"\\u0041 x\"}"));
  EXPECT_THAT(read_all("[ {\"b\" : 1.50e+1, \"a\":\"\\u0041 x\"} ]\n").messages,
              ElementsAre("{\"b\":1.50e+1,\"a\":\"\\u0041 x\"}"));
}

TEST(Read, LogMessagesMayBeAnyText) {
  const ReadAll all =
      read_all(R"({"events": [{"message": "START \"x\"\n"}, {"message": "{\"a\": 1}"}, {"message": ""}]})");
  EXPECT_THAT(all.messages, ElementsAre("START \"x\"", "{\"a\": 1}", ""));
  EXPECT_EQ(all.documents, 1U);
  EXPECT_THAT(read_all("2026-01-02T03:04:05Z hello {\n2026-01-02T03:04:05.1Z {\"a\":1}\n").messages,
              ElementsAre("hello {", "{\"a\":1}"));
}

TEST(Read, ABrokenLineNeverStopsTheRest) {
  const std::vector<std::string> bad = {
      "{\"a\":",          "{\"a\":\"x",  "{\"a\":1,}",          "{\"a\":1}}",      "{\"a\":1} x",
      "garbage \"",       "{\"a\":01}",  "{\"a\":\"\\x\"}",     "{a:1}",           "\"{}",
      "{\"a\":\"\xFF\"}", "{\"a\":nul}", "{\"a\":\"\\ud800\"}", "{\"a\":\"\x01\"}"};
  for (const std::string& line : bad) {
    for (const std::size_t batch : {40U, 100000U}) {
      Options options;
      options.batch_bytes = batch;
      const ReadAll all =
          read_all(three[0] + "\n" + line + "\n\n" + three[1] + "\n" + line + "\n" + three[2] + "\n", options);
      EXPECT_THAT(all.messages, ElementsAre(three[0], "broken", three[1], "broken", three[2])) << line;
      ASSERT_EQ(all.broken_at.size(), 2U) << line;
      EXPECT_EQ(all.broken_at[0].substr(0, 3), "2: ") << all.broken_at[0];
      EXPECT_EQ(all.broken_at[1].substr(0, 3), "5: ") << all.broken_at[1];
    }
  }
}

TEST(Read, ABrokenFirstLineDoesNotStopTheRestEither) {
  for (const char* line : {"{\"a\":", "{\"a\":\"x", "{", "garbage"})
    EXPECT_THAT(read_all(std::string(line) + "\n" + three[0] + "\n" + three[1] + "\n").messages,
                ElementsAre("broken", three[0], three[1]))
        << line;
}

TEST(Read, ALineThatOnlyLooksLikeAListDoesNotStopTheRest) {
  for (const char* line : {"[", "[1", "[INFO] started"}) {
    const ReadAll all = read_all(std::string(line) + "\n" + three[0] + "\n" + three[1] + "\n" + three[2] + "\n");
    std::vector<std::string> good;
    for (const std::string& message : all.messages)
      if (message != "broken") good.push_back(message);
    EXPECT_EQ(good, three) << line;
    EXPECT_FALSE(all.broken_at.empty());
  }
}

TEST(Read, ABrokenElementDoesNotStopTheRestOfItsList) {
  const std::string broken = "{\"a\": \"x, \"b\": 1}";
  const std::string lists[] = {"[\n" + three[0] + ",\n" + broken + ",\n" + three[1] + "\n]\n",
                               "{\"Records\": [\n  " + three[0] + ",\n  " + broken + ",\n  " + three[1] + "\n]}\n"};
  for (const std::string& list : lists) {
    const ReadAll all = read_all(list);
    EXPECT_THAT(all.messages, ElementsAre(three[0], "broken", three[1])) << list;
    EXPECT_THAT(all.broken_at, ElementsAre(HasSubstr("3: not JSON"))) << list;
  }
  const ReadAll all = read_all("{\"Records\":[" + three[0] + ",{\"a\":tru},7," + three[1] + "]}");
  EXPECT_THAT(all.messages, ElementsAre(three[0], "broken", "broken", three[1])) << "where the brackets are right";
}

TEST(Read, SaysWhereADocumentOverSeveralLinesIsBroken) {
  const ReadAll all = read_all("{\n  \"a\": 1\n}\n{\n  \"b\": tru\n}\n{\n  \"c\": 1\n}\n{\n  \"d\": [\n");
  EXPECT_THAT(all.messages, ElementsAre("{\"a\":1}", "broken", "{\"c\":1}", "broken"));
  EXPECT_THAT(all.broken_at, ElementsAre(HasSubstr("4: not JSON"), HasSubstr("10: not JSON: it ends")));
}

TEST(Read, SaysThatAListEndsTooSoon) {
  for (const char* text :
       {"{\"Records\":[{\"a\":1},", "{\"Records\":[{\"a\":1}", "{\"Records\":[{\"a\":1}]", "[{\"a\":1},{\"b\":"}) {
    const ReadAll all = read_all(text);
    EXPECT_THAT(all.messages, ElementsAre("{\"a\":1}", "broken")) << text;
    EXPECT_THAT(all.broken_at, ElementsAre(HasSubstr("ends"))) << text;
  }
}

TEST(Read, RawLinesAreMessagesWhateverTheyHold) {
  Options options;
  options.form = Form::raw_lines;
  const ReadAll all = read_all("a\n\n{\"a\":1}\r\n{\"a\":\n\"\xFF\n \t\nlast", options);
  EXPECT_THAT(all.messages, ElementsAre("a", "", "{\"a\":1}", "{\"a\":", "\"\xFF", " \t", "last"));
  EXPECT_EQ(all.documents, 1U);
}

TEST(Read, AnInputWithoutEventsHasNone) {
  for (const char* text : {"", "\n \n", "{\"Records\":[]}", "[]", "[ ]\n", "{\"events\":[],\"x\":[]}"}) {
    const ReadAll all = read_all(text);
    EXPECT_THAT(all.messages, IsEmpty()) << text;
    EXPECT_EQ(all.problem, "") << text;
  }
}

TEST(Read, RefusesBinaryFiles) {
  EXPECT_THAT(read_all(std::string("\x7F"
                                   "ELF\0\0\0\0\n",
                                   9))
                  .problem,
              HasSubstr("binary"));
}

TEST(Read, SkipsWhatIsTooLongAndGoesOn) {
  Options options;
  options.most_bytes = 1000;
  options.batch_bytes = 100;
  const std::string large = "{\"a\":\"" + std::string(5000, 'x') + "\"}";
  for (const std::string& text :
       {three[0] + "\n" + large + "\n" + three[1] + "\n", "[" + three[0] + ",\n" + large + ",\n" + three[1] + "]"}) {
    const ReadAll all = read_all(text, options);
    EXPECT_THAT(all.messages, ElementsAre(three[0], "broken", three[1])) << text.substr(0, 10);
    EXPECT_THAT(all.broken_at, ElementsAre("2: longer than 1000 bytes"));
  }
  options.form = Form::raw_lines;
  EXPECT_THAT(read_all("a\n" + std::string(3000, 'x') + "\nb", options).messages, ElementsAre("a", "broken", "b"));
}

TEST(Read, DeepNestingIsReportedAndDoesNotCrash) {
  const auto deep = [](std::size_t depth) {
    return "{\"a\":" + std::string(depth, '[') + std::string(depth, ']') + "}";
  };
  const ReadAll lines = read_all(three[0] + "\n" + deep(100'000) + "\n" + deep(1000) + "\n");
  EXPECT_THAT(lines.messages, ElementsAre(three[0], "broken", deep(1000)));
  EXPECT_THAT(lines.broken_at, ElementsAre("2: nested more than 1024 deep"));
  EXPECT_THAT(read_all("{\"Records\":[" + deep(100'000) + "," + three[0] + "]}").messages,
              ElementsAre("broken", three[0]));
  EXPECT_THAT(read_all(std::string(1'000'000, '[')).messages, ElementsAre("broken"));
  EXPECT_THAT(read_all("{\"a\":" + std::string(1'000'000, '[')).messages, ElementsAre("broken"));
}

TEST(Read, ManyBrokenBeginningsDoNotMakeItSlow) {
  std::string text = "{\"a\":1}\n";
  for (int i = 0; i < 100'000; ++i) text += "{\"a\":[\n";
  EXPECT_EQ(read_all(text).broken_at.size(), 100'000U);
}

TEST(Read, AnyBytesInAnyBatchesEnd) {
  std::mt19937 random(7);
  const std::string signs = "{}[]:,\"\\ \n01ax\xC3\xA9";
  const std::string starts[] = {"", "[", "{\"Records\":[", "{\"events\":[{\"message\":\"", "{\n", "{}\n"};
  for (int i = 0; i < 20000; ++i) {
    std::string text = starts[random() % 6];
    for (std::size_t length = random() % 60; length > 0; --length) text += signs[random() % signs.size()];
    Options options;
    options.batch_bytes = 1 + random() % 40;
    options.most_bytes = 1 + random() % 80;
    read_all(text, options);
  }
}

}  // namespace
}  // namespace secretwatch::events
