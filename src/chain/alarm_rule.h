#pragma once
/// Alarm rule: when a composite alarm goes to ALARM, as an expression over the states of other alarms.
///
///     parse_alarm_rule("ALARM(reads) AND NOT (ALARM(\"in maintenance\") OR FALSE)")
///
/// Names stand with or without quotes and may be ARNs; what a template fills in (a reference) is part of a name like
/// any other. Precedence: NOT, AND, OR. Source: CloudWatch API reference, PutCompositeAlarm, AlarmRule.
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "chain/text_match.h"
#include "stack/value.h"

namespace secretwatch::chain {

enum class AlarmState { ok, alarm, insufficient_data };

struct AlarmRule {
  enum class Kind { constant, state, all_of, any_of, negation };
  Kind kind = Kind::constant;
  bool holds = true;                     // of a constant
  AlarmState state = AlarmState::alarm;  // of a state: this alarm is in it
  stack::Text alarm{};                   // its name or ARN, as written
  std::vector<AlarmRule> terms{};        // of all_of and any_of; one of a negation
};

/// Nothing: it is not known, has a fault, or is more than is read here (AT_LEAST).
std::optional<AlarmRule> parse_alarm_rule(const stack::Text& text);

/// Does it hold, when `is_in` tells which alarm is in which state?
Match evaluate(const AlarmRule& rule, const std::function<Match(const stack::Text& alarm, AlarmState state)>& is_in);

/// Calls visit for each alarm that the rule names, in order.
void each_alarm(const AlarmRule& rule, const std::function<void(const stack::Text& alarm)>& visit);

}  // namespace secretwatch::chain
