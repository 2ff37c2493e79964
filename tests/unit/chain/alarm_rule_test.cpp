/// Rules of composite alarms: their grammar, and which alarms a composite tells of.
#include "chain/alarm_rule.h"

#include <map>

#include <gmock/gmock.h>

#include "chain/composite.h"
#include "support/loaded.h"

namespace secretwatch::chain {
namespace {

/// The rule with all operators in brackets.
std::string spelled(const AlarmRule& rule) {
  constexpr std::string_view states[] = {"OK", "ALARM", "INSUFFICIENT_DATA"};
  std::string terms;
  switch (rule.kind) {
    case AlarmRule::Kind::constant:
      return rule.holds ? "TRUE" : "FALSE";
    case AlarmRule::Kind::state:
      return std::string(states[static_cast<std::size_t>(rule.state)]) + "(" + rule.alarm.literal().value_or("?") + ")";
    case AlarmRule::Kind::negation:
      return "!" + spelled(rule.terms.front());
    case AlarmRule::Kind::all_of:
    case AlarmRule::Kind::any_of:
      for (const AlarmRule& term : rule.terms)
        terms += (terms.empty() ? "" : rule.kind == AlarmRule::Kind::all_of ? " & " : " | ") + spelled(term);
      return "[" + terms + "]";
  }
  return {};
}

std::string read(const std::string& text) {
  const std::optional<AlarmRule> rule = parse_alarm_rule(text);
  return rule ? spelled(*rule) : "no rule";
}

TEST(AlarmRule, IsReadAsItsReferenceSays) {
  EXPECT_EQ(read("ALARM(a)"), "ALARM(a)");
  EXPECT_EQ(read("ALARM(\"a b\")"), "ALARM(a b)");
  EXPECT_EQ(read("ALARM(\"say \\\"hi\\\" (now)\")"), "ALARM(say \"hi\" (now))");
  EXPECT_EQ(read("OK(arn:aws:cloudwatch:us-east-1:123456789012:alarm:a)"),
            "OK(arn:aws:cloudwatch:us-east-1:123456789012:alarm:a)");
  EXPECT_EQ(read("INSUFFICIENT_DATA( a )"), "INSUFFICIENT_DATA(a)");
  EXPECT_EQ(read("ALARM(a) OR ALARM(b) AND NOT OK(c)"), "[ALARM(a) | [ALARM(b) & !OK(c)]]");
  EXPECT_EQ(read("(ALARM(a) OR ALARM(b)) AND\n  ALARM(c)"), "[[ALARM(a) | ALARM(b)] & ALARM(c)]");
  EXPECT_EQ(read("TRUE AND FALSE"), "[TRUE & FALSE]");
  EXPECT_EQ(read("NOT NOT ALARM(a)"), "!!ALARM(a)");
}

TEST(AlarmRule, IsNotGuessed) {
  for (const char* text : {"", "ALARM", "ALARM()", "ALARM(a", "ALARM(a) ALARM(b)", "ALARM(a) XOR ALARM(b)", "(ALARM(a)",
                           "NOT", "alarm(a) or", "AT_LEAST(2, ALARM, (a, b, c))", "ALARM(\"a)"})
    EXPECT_EQ(read(text), "no rule") << text;
  EXPECT_EQ(read(std::string(100'000, '(')), "no rule");
  std::string nots;
  for (int i = 0; i < 100'000; ++i) nots += "NOT ";
  EXPECT_EQ(read(nots + "TRUE"), "no rule");
}

TEST(AlarmRule, HoldsReferencesInNames) {
  const stack::Ref a{stack::ResourceId{1}, stack::Attribute::name, {}};
  const auto rule = parse_alarm_rule({"ALARM(", a, ") OR ALARM(\"x-", a, "\")"});
  ASSERT_TRUE(rule);
  ASSERT_EQ(rule->terms.size(), 2U);
  EXPECT_EQ(rule->terms[0].alarm, stack::Text{a});
  EXPECT_EQ(rule->terms[1].alarm, (stack::Text{"x-", a}));
  EXPECT_FALSE(parse_alarm_rule({stack::Unknown{"a parameter"}}));
}

/// Every rule of three operands over two alarms agrees with its truth table.
TEST(AlarmRule, IsEvaluatedLikeLogic) {
  for (const bool a : {false, true})
    for (const bool b : {false, true}) {
      const auto value = [&](const std::string& text) {
        return evaluate(*parse_alarm_rule(text), [&](const stack::Text& name, AlarmState state) {
          const bool in_alarm = name.literal() == "a" ? a : b;
          return (state == AlarmState::alarm) == in_alarm && state != AlarmState::insufficient_data ? Match::yes
                                                                                                    : Match::no;
        });
      };
      const auto as_match = [](bool is) { return is ? Match::yes : Match::no; };
      EXPECT_EQ(value("ALARM(a) OR ALARM(b)"), as_match(a || b));
      EXPECT_EQ(value("ALARM(a) AND NOT ALARM(b)"), as_match(a && !b));
      EXPECT_EQ(value("OK(a) AND OK(b)"), as_match(!a && !b));
      EXPECT_EQ(value("NOT (ALARM(a) OR TRUE AND ALARM(b))"), as_match(!(a || b)));
    }
}

class Composite : public ::testing::Test {
 protected:
  testing::Loaded loaded;

  std::string hears(const std::string& rule) {
    loaded = testing::load_template(
        "Parameters: {Other: {Type: String}}\n"
        "Resources:\n"
        "  Read: {Type: AWS::CloudWatch::Alarm, Properties: {AlarmName: read, MetricName: m, Namespace: n}}\n"
        "  Nameless: {Type: AWS::CloudWatch::Alarm, Properties: {MetricName: m, Namespace: n}}\n"
        "  Composite: {Type: AWS::CloudWatch::CompositeAlarm, Properties: {AlarmName: c, AlarmRule: " +
        rule + "}}\n");
    EXPECT_EQ(loaded.errors(), "");
    const World world(*loaded.stack);
    std::string words;
    for (std::uint32_t i = 0; i < 2; ++i)
      for (const Listener& listener : listeners_of(world, stack::ResourceId{i}))
        words += (words.empty() ? "" : ", ") + std::string(i == 0 ? "read " : "nameless ") +
                 (listener.hears == Hears::alone      ? "alone"
                  : listener.hears == Hears::together ? "together"
                                                      : "not known");
    return words;
  }
};

TEST_F(Composite, TellsOfTheAlarmsInItsRule) {
  EXPECT_EQ(hears("ALARM(read)"), "read alone");
  EXPECT_EQ(hears("'ALARM(\"other\")'"), "");
  EXPECT_EQ(hears("!Sub 'ALARM(\"${Read}\") OR ALARM(other)'"), "read alone");
  EXPECT_EQ(hears("!Sub 'ALARM(\"${Nameless}\")'"), "nameless alone");
  EXPECT_EQ(hears("!Sub 'ALARM(${Nameless.Arn})'"), "nameless alone");
  EXPECT_EQ(hears("'ALARM(\"arn:aws:cloudwatch:us-east-1:123456789012:alarm:another\")'"), "");
  EXPECT_EQ(hears("ALARM(read) AND NOT ALARM(maintenance)"), "read alone");
  EXPECT_EQ(hears("NOT OK(read)"), "read alone");
}

TEST_F(Composite, MayWantOthersToo) {
  EXPECT_EQ(hears("ALARM(read) AND ALARM(other)"), "read together");
  EXPECT_EQ(hears("!Sub 'ALARM(read) AND ALARM(${Nameless})'"), "read together, nameless together");
}

TEST_F(Composite, DoesNotTellOfWhatCalmsIt) {
  EXPECT_EQ(hears("OK(read)"), "");
  EXPECT_EQ(hears("NOT ALARM(read)"), "");
  EXPECT_EQ(hears("ALARM(read) OR TRUE"), "");
  EXPECT_EQ(hears("ALARM(read) AND FALSE"), "");
}

TEST_F(Composite, MayTellOfAnAlarmThatIsNotKnown) {
  EXPECT_EQ(hears("!Sub 'ALARM(${Other})'"), "read not known, nameless not known");
  EXPECT_EQ(hears("!ImportValue rule"), "read not known, nameless not known");
  EXPECT_EQ(hears("'AT_LEAST(1, ALARM, (read, other))'"), "read not known");
}

}  // namespace
}  // namespace secretwatch::chain
