/// The rules of alarms that are played through, which check_feasibility blames.
#include "lint/examples.h"
#include "lint/rules/catalogue.h"
#include "lint/rules/feasibility.h"

namespace secretwatch::lint::rules {
namespace {

constexpr examples::Literal math_of_average =
    "      Metrics:\n"
    "        - {Id: total, Expression: 'FILL(reads, 0)'}\n"
    "        - Id: reads\n"
    "          ReturnData: false\n"
    "          MetricStat:\n"
    "            Metric: {Namespace: SecurityMetrics, MetricName: TopSecretInfoRead}\n"
    "            Period: 300\n"
    "            Stat: Average\n";
constexpr examples::Literal math_of_sum =
    "      Metrics:\n"
    "        - {Id: total, Expression: 'FILL(reads, 0)'}\n"
    "        - Id: reads\n"
    "          ReturnData: false\n"
    "          MetricStat:\n"
    "            Metric: {Namespace: SecurityMetrics, MetricName: TopSecretInfoRead}\n"
    "            Period: 300\n"
    "            Stat: Sum\n";

constexpr std::string_view statistics =
    "CloudWatch user guide, \"Statistics definitions\"; CloudWatch Logs user guide, "
    "\"Creating metrics from log events using filters\" (a default value is published for each event that "
    "does not match).";
constexpr std::string_view evaluation =
    "CloudWatch user guide, \"Alarm evaluation\", \"Configuring how CloudWatch alarms treat missing data\", \"Alarm "
    "actions\" (they run on a change of state).";
constexpr std::string_view played =
    "The alarm is played through with the values and default values of every filter that feeds its metric, among no, "
    "nine and 999 other events. It is silent where a value is not known, a filter may or may not feed the metric, or "
    "the value is taken from the event. Of a filter that counts something else than records of a trail it is a "
    "warning, and nothing is said of alarms that want few events, a share of them, or several.";

}  // namespace

constinit const Rule statistic_not_sum{
    .id = "A510",
    .name = "statistic-not-sum",
    .severity = Severity::error,
    .effect = Effect::silent,
    .precision = Precision::proven,
    .is_on = true,
    .since = "0.1.0",
    .summary = "an alarm looks at something else than the sum of a count",
    .finds =
        "Average, Minimum, SampleCount or a percentile of a metric that counts events. With a default value on the "
        "filter it is an error, because every other event of the trail is in the statistic too; without one the "
        "alarm works by luck, and it is a warning.",
    .harm =
        "With a default value of 0, one read among ten events is an Average of 0.1, which never reaches 1. The "
        "busier the account, the deafer the alarm.",
    .decision = played,
    .source = statistics,
    .bad = examples::edited<"MetricValue: '1'", "MetricValue: '1'\n          DefaultValue: 0", "Statistic: Sum",
                            "Statistic: Average">,
    .good = examples::good,
    .check = check_feasibility,
};

constinit const Rule math_wrong_stat{
    .id = "A551",
    .name = "math-wrong-stat",
    .severity = Severity::error,
    .effect = Effect::silent,
    .precision = Precision::proven,
    .is_on = true,
    .since = "0.1.0",
    .summary = "metric math looks at something else than the sum of a count",
    .finds =
        "Average, Minimum, Maximum, SampleCount or a percentile in `Metrics[].MetricStat.Stat` of a metric that counts "
        "events. As statistic-not-sum, it is an error where the alarm does not work with it, and a warning where it "
        "works as long as no filter has a default value.",
    .harm =
        "With a default value of 0, one read among ten events is an Average of 0.1, whatever is calculated with it. "
        "The busier the account, the deafer the alarm.",
    .decision =
        "The expression is calculated for each period of the story that is played through. It is silent for functions "
        "that look at other periods (RATE, RUNNING_SUM), at other metrics (SEARCH) or at the clock.",
    .source = "CloudWatch user guide, \"Using math expressions with CloudWatch metrics\".",
    .bad = examples::edited<
        "MetricValue: '1'", "MetricValue: '1'\n          DefaultValue: 0",
        "      Namespace: SecurityMetrics\n      MetricName: TopSecretInfoRead\n      Statistic: Sum\n",
        math_of_average, "      Threshold: 1\n      Period: 300\n", "      Threshold: 1\n">,
    .good = examples::edited<
        "MetricValue: '1'", "MetricValue: '1'\n          DefaultValue: 0",
        "      Namespace: SecurityMetrics\n      MetricName: TopSecretInfoRead\n      Statistic: Sum\n", math_of_sum,
        "      Threshold: 1\n      Period: 300\n", "      Threshold: 1\n">,
};

constinit const Rule maximum_caps_at_value{
    .id = "A511",
    .name = "maximum-caps-at-value",
    .severity = Severity::error,
    .effect = Effect::silent,
    .precision = Precision::proven,
    .is_on = true,
    .since = "0.1.0",
    .summary = "a Maximum never exceeds the value of one event",
    .finds = "Maximum of a count with a threshold above the filter's value.",
    .harm = "However many reads there are, the largest sample stays 1: the alarm can never fire.",
    .decision = played,
    .source = statistics,
    .bad = examples::edited<"Statistic: Sum", "Statistic: Maximum", "Threshold: 1", "Threshold: 5">,
    .good = examples::good,
};

constinit const Rule threshold_unreachable{
    .id = "A512",
    .name = "threshold-unreachable",
    .severity = Severity::error,
    .effect = Effect::silent,
    .precision = Precision::proven,
    .is_on = true,
    .since = "0.1.0",
    .summary = "no number of events reaches the threshold",
    .finds = "A threshold that the statistic cannot reach, whatever happens.",
    .harm = "The alarm stays in OK for ever.",
    .decision = played,
    .source = statistics,
    .bad = examples::edited<"Statistic: Sum", "Statistic: Average", "Threshold: 1", "Threshold: 12">,
    .good = examples::good,
};

constinit const Rule threshold_too_high{
    .id = "A513",
    .name = "threshold-too-high",
    .severity = Severity::note,
    .effect = Effect::partial,
    .precision = Precision::proven,
    .is_on = true,
    .since = "0.1.0",
    .summary = "one read does not raise the alarm",
    .finds =
        "Alarms that need several events within one period. It is silent for stacks made of a spec, which asked for "
        "it.",
    .harm = "A single read of the secret tells nobody.",
    .decision = played,
    .source = evaluation,
    .bad = examples::edited<"Threshold: 1", "Threshold: 5">,
    .good = examples::good,
};

constinit const Rule always_in_alarm{
    .id = "A514",
    .name = "always-in-alarm",
    .severity = Severity::error,
    .effect = Effect::always,
    .precision = Precision::proven,
    .is_on = true,
    .since = "0.1.0",
    .summary = "an alarm is in ALARM while nothing is read",
    .finds = "Thresholds that breach at rest, such as >= 0.",
    .harm = "Actions run on a change of state: an alarm that rests in ALARM tells nobody of a read.",
    .decision = played,
    .source = evaluation,
    .bad = examples::edited<"MetricValue: '1'", "MetricValue: '1'\n          DefaultValue: 0", "Threshold: 1",
                            "Threshold: 0">,
    .good = examples::good,
};

constinit const Rule operator_inverted{
    .id = "A515",
    .name = "operator-inverted",
    .severity = Severity::error,
    .effect = Effect::silent,
    .precision = Precision::proven,
    .is_on = true,
    .since = "0.1.0",
    .summary = "an alarm waits for fewer events, not for more",
    .finds =
        "LessThanThreshold or LessThanOrEqualToThreshold on a count. Two filters that make a gauge of 0 and 1 are "
        "joined before judging, and are no fault.",
    .harm = "The alarm tells that nothing was read, or nothing at all.",
    .decision = played,
    .source = evaluation,
    .bad = examples::edited<"GreaterThanOrEqualToThreshold", "LessThanThreshold">,
    .good = examples::good,
};

constinit const Rule missing_data_breaching{
    .id = "A520",
    .name = "missing-data-breaching",
    .severity = Severity::error,
    .effect = Effect::always,
    .precision = Precision::proven,
    .is_on = true,
    .since = "0.1.0",
    .summary = "an alarm rests in ALARM because missing data breaches",
    .finds = "TreatMissingData 'breaching' on a metric that exists only when something happens.",
    .harm = "While nobody reads the secret the alarm is in ALARM; a read changes no state, and tells nobody.",
    .decision = played,
    .source = evaluation,
    .bad = examples::edited<"notBreaching", "breaching">,
    .good = examples::good,
};

constinit const Rule missing_data_ignore{
    .id = "A521",
    .name = "missing-data-ignore",
    .severity = Severity::error,
    .effect = Effect::silent,
    .precision = Precision::proven,
    .is_on = true,
    .since = "0.1.0",
    .summary = "an alarm never leaves ALARM after the first event",
    .finds = "TreatMissingData 'ignore' on a metric without a default value.",
    .harm =
        "The first read sends one message. No point ever says otherwise, so the alarm stays in ALARM, and all later "
        "reads send nothing.",
    .decision = played,
    .source = evaluation,
    .bad = examples::edited<"notBreaching", "ignore">,
    .good = examples::good,
};

constinit const Rule needs_sustained_access{
    .id = "A531",
    .name = "needs-sustained-access",
    .severity = Severity::warning,
    .effect = Effect::partial,
    .precision = Precision::proven,
    .is_on = true,
    .since = "0.1.0",
    .summary = "a single read cannot raise the alarm",
    .finds =
        "Alarms that need breaching points in several periods (DatapointsToAlarm, or EvaluationPeriods alone). It is "
        "silent for stacks made of a spec, which asked for it.",
    .harm = "A secret is read once, not in every period: the alarm stays in OK.",
    .decision = played,
    .source = evaluation,
    .bad = examples::edited<"EvaluationPeriods: 1", "EvaluationPeriods: 3">,
    .good = examples::good,
};

constinit const Rule metric_value_zero{
    .id = "F424",
    .name = "metric-value-zero",
    .severity = Severity::error,
    .effect = Effect::silent,
    .precision = Precision::proven,
    .is_on = true,
    .since = "0.1.0",
    .summary = "a filter adds nothing to its metric",
    .finds = "A metric value of 0 or less on a filter whose alarm would work with 1.",
    .harm = "The sum never reaches the threshold.",
    .decision = played,
    .source = "CloudWatch Logs API, MetricTransformation, metricValue.",
    .bad = examples::edited<"MetricValue: '1'", "MetricValue: '0'">,
    .good = examples::good,
};

constinit const Rule default_value_nonzero{
    .id = "F426",
    .name = "default-value-nonzero",
    .severity = Severity::error,
    .effect = Effect::always,
    .precision = Precision::proven,
    .is_on = true,
    .since = "0.1.0",
    .summary = "a filter counts the events that it does not select",
    .finds = "A default value other than 0 that keeps an alarm from working.",
    .harm = "Every other event of the trail adds the default value: the alarm is in ALARM while nothing is read.",
    .decision = played,
    .source = statistics,
    .bad = examples::edited<"MetricValue: '1'", "MetricValue: '1'\n          DefaultValue: 1">,
    .good = examples::good,
};

}  // namespace secretwatch::lint::rules
