#pragma once
/// Examples of rules: templates put together of parts, so that each rule writes down only what it is about.
///
///     constexpr std::string_view disabled = "      ActionsEnabled: false\n";
///     constinit const Rule actions_disabled{…, .bad = joined<read_filter, read_alarm, told, disabled>, …};
#include <algorithm>
#include <array>
#include <string_view>

namespace secretwatch::lint::rules {

template <const std::string_view&... parts>
inline constexpr auto joined_letters = [] {
  std::array<char, (parts.size() + ...)> letters{};
  auto end = letters.begin();
  ((end = std::copy(parts.begin(), parts.end(), end)), ...);
  return letters;
}();

template <const std::string_view&... parts>
inline constexpr std::string_view joined{joined_letters<parts...>.data(), joined_letters<parts...>.size()};

/// A filter that counts every read of a secret in a log group that something else makes and fills.
inline constexpr std::string_view read_filter = R"(Resources:
  ReadFilter:
    Type: AWS::Logs::MetricFilter
    Properties:
      LogGroupName: cloudtrail
      FilterPattern: >-
        { ($.eventSource = "secretsmanager.amazonaws.com") &&
        (($.eventName = "GetSecretValue") || ($.eventName = "BatchGetSecretValue")) }
      MetricTransformations:
        - MetricNamespace: Security
          MetricName: SecretReads
          MetricValue: "1"
)";

/// An alarm on its metric, but for the period, which follows.
inline constexpr std::string_view read_alarm_without_period = R"(  ReadAlarm:
    Type: AWS::CloudWatch::Alarm
    Properties:
      Namespace: Security
      MetricName: SecretReads
      Statistic: Sum
      EvaluationPeriods: 1
      Threshold: 1
      ComparisonOperator: GreaterThanOrEqualToThreshold
      TreatMissingData: notBreaching
)";
inline constexpr std::string_view five_minutes = "      Period: 300\n";

/// The same; its actions may follow.
inline constexpr std::string_view read_alarm = joined<read_alarm_without_period, five_minutes>;

/// The alarm tells a topic that something else makes.
inline constexpr std::string_view told = "      AlarmActions: [\"arn:aws:sns:eu-west-1:111122223333:security\"]\n";

}  // namespace secretwatch::lint::rules
