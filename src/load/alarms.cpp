/// Filters, metrics and alarms, and what stands in their place: log alarms, event rules. Source of the names of
/// properties: CloudFormation resource reference.
#include "load/kinds.h"

namespace secretwatch::load {
namespace {

stack::MetricQuery read_query(const Properties& p) {
  stack::MetricQuery query;
  query.span = p.span();
  query.presence = p.presence();
  query.id = p.text("Id");
  query.expression = p.text("Expression");
  query.return_data = p.boolean("ReturnData");
  query.account = p.text("AccountId");
  query.period_seconds = p.integer("Period");
  if (!p.has("MetricStat")) return query;
  const Properties stat = p.object("MetricStat");
  const Properties metric = stat.object("Metric");
  query.period_seconds = stat.integer("Period");
  query.statistic = stat.text("Stat");
  query.unit = stat.text("Unit");
  query.metric_namespace = metric.text("Namespace");
  query.metric_name = metric.text("MetricName");
  query.dimensions = metric.pairs("Dimensions", "Name", "Value");
  return query;
}

stack::EventTarget read_target(const Properties& p) {
  stack::EventTarget target;
  target.span = p.span();
  target.presence = p.presence();
  target.id = p.text("Id");
  target.arn = p.required_text("Arn");
  target.role = p.text("RoleArn");
  target.input = p.text("Input");
  target.input_path = p.text("InputPath");
  const Properties transformer = p.object("InputTransformer");
  target.input_paths = transformer.map("InputPathsMap");
  target.input_template = transformer.text("InputTemplate");
  target.dead_letter_queue = p.object("DeadLetterConfig").text("Arn");
  return target;
}

/// What kinds of alarms have in common.
template <class SomeAlarm>
void read_actions(const Properties& p, SomeAlarm& alarm) {
  alarm.name = p.text("AlarmName");
  alarm.actions_enabled = p.boolean("ActionsEnabled");
  alarm.alarm_actions = p.texts("AlarmActions");
  alarm.ok_actions = p.texts("OKActions");
  alarm.insufficient_data_actions = p.texts("InsufficientDataActions");
}

}  // namespace

void read(const Properties& p, stack::MetricFilter& filter) {
  filter.name = p.text("FilterName");
  filter.log_group = p.required_text("LogGroupName");
  filter.pattern = p.required_text("FilterPattern");
  const std::vector<Properties> transformations = p.objects("MetricTransformations");
  // CloudFormation takes exactly one; where conditions make it one of several, the values depend on them.
  const Properties one = p.object("MetricTransformations");
  filter.metric_namespace = one.required_text("MetricNamespace");
  filter.metric_name = one.required_text("MetricName");
  filter.metric_value = one.required_text("MetricValue");
  filter.default_value = one.number("DefaultValue");
  filter.unit = one.text("Unit");
  filter.dimensions = one.pairs("Dimensions", "Key", "Value");
  filter.on_transformed_logs = p.boolean("ApplyOnTransformedLogs");
  filter.field_selection = p.text("FieldSelectionCriteria");
  filter.system_field_dimensions = p.texts("EmitSystemFieldDimensions");
  if (transformations.size() > 1 && p.item("MetricTransformations").is(Item::Kind::list))
    filter.unread.push_back({"there is more than one metric transformation"});
}

void read(const Properties& p, stack::Alarm& alarm) {
  read_actions(p, alarm);
  alarm.description = p.text("AlarmDescription");
  alarm.metric_namespace = p.text("Namespace");
  alarm.metric_name = p.text("MetricName");
  alarm.statistic = p.text("Statistic");
  alarm.extended_statistic = p.text("ExtendedStatistic");
  alarm.unit = p.text("Unit");
  alarm.dimensions = p.pairs("Dimensions", "Name", "Value");
  alarm.comparison = p.text("ComparisonOperator");
  alarm.threshold = p.number("Threshold");
  alarm.threshold_metric = p.text("ThresholdMetricId");
  alarm.period_seconds = p.integer("Period");
  alarm.evaluation_periods = p.integer("EvaluationPeriods");
  alarm.datapoints_to_alarm = p.integer("DatapointsToAlarm");
  alarm.treat_missing_data = p.text("TreatMissingData");
  alarm.low_sample_count = p.text("EvaluateLowSampleCountPercentile");
  for (const Properties& each : p.objects("Metrics")) alarm.metrics.push_back(read_query(each));
  alarm.warm_up_minutes = p.object("WarmUpConfiguration").integer("WarmUpPeriodDurationInMinutes");
  alarm.has_other_criteria = p.has("EvaluationCriteria");
  alarm.tags = p.tags();
}

void read(const Properties& p, stack::CompositeAlarm& alarm) {
  read_actions(p, alarm);
  alarm.description = p.text("AlarmDescription");
  alarm.rule = p.required_text("AlarmRule");
  alarm.suppressor = p.text("ActionsSuppressor");
}

void read(const Properties& p, stack::LogAlarm& alarm) {
  read_actions(p, alarm);
  const Properties query = p.object("ScheduledQueryConfiguration");
  alarm.query = query.text("QueryString");
  alarm.aggregation = query.text("AggregationExpression");
  alarm.log_groups = query.texts("LogGroupIdentifiers");
  const Properties schedule = query.object("ScheduleConfiguration");
  alarm.schedule = schedule.text("ScheduleExpression");
  alarm.start_time_offset_seconds = schedule.integer("StartTimeOffset");
  alarm.comparison = p.text("ComparisonOperator");
  alarm.threshold = p.number("Threshold");
  alarm.results_to_evaluate = p.integer("QueryResultsToEvaluate");
  alarm.results_to_alarm = p.integer("QueryResultsToAlarm");
  alarm.treat_missing_data = p.text("TreatMissingData");
  alarm.warm_up_minutes = p.object("WarmUpConfiguration").integer("WarmUpPeriodDurationInMinutes");
}

void read(const Properties& p, stack::MuteRule& rule) {
  rule.name = p.text("Name");
  rule.alarms = p.object("MuteTargets").texts("AlarmNames");
  const Properties schedule = p.object("Rule").object("Schedule");
  rule.schedule = schedule.text("Expression");
  rule.duration = schedule.text("Duration");
}

void read(const Properties& p, stack::EventRule& rule) {
  rule.name = p.text("Name");
  rule.event_bus = p.text("EventBusName");
  rule.state = p.text("State");
  rule.schedule = p.text("ScheduleExpression");
  rule.event_pattern = p.document("EventPattern");
  for (const Properties& each : p.objects("Targets")) rule.targets.push_back(read_target(each));
}

}  // namespace secretwatch::load
