// What a Terraform plan creates, held against the CloudFormation template of the same spec: two languages, one stack.
import { differences } from './compare.mjs';

const tags = (list) => Object.fromEntries((list ?? []).map(({ Key, Value }) => [Key, Value]));

/** Of each resource type: what identifies one, and [CloudFormation's value, Terraform's value] for all that is known. */
const kinds = {
  'AWS::CloudWatch::Alarm': {
    type: 'aws_cloudwatch_metric_alarm',
    key: (p) => p.AlarmName,
    name: (v) => v.alarm_name,
    left: (p) => ({
      description: p.AlarmDescription,
      metric: [p.Namespace, p.MetricName, p.Statistic, p.ComparisonOperator, p.TreatMissingData],
      numbers: [p.Threshold, p.Period, p.EvaluationPeriods, p.DatapointsToAlarm],
      enabled: p.ActionsEnabled ?? true,
      tags: tags(p.Tags),
    }),
    right: (v) => ({
      description: v.alarm_description,
      metric: [v.namespace, v.metric_name, v.statistic, v.comparison_operator, v.treat_missing_data],
      numbers: [v.threshold, v.period, v.evaluation_periods, v.datapoints_to_alarm],
      enabled: v.actions_enabled,
      tags: v.tags ?? {},
    }),
  },
  'AWS::Logs::MetricFilter': {
    type: 'aws_cloudwatch_log_metric_filter',
    key: (p) => p.FilterName,
    name: (v) => v.name,
    left: ({ FilterPattern, MetricTransformations: [t] }) => ({
      pattern: FilterPattern,
      metric: [t.MetricNamespace, t.MetricName, t.MetricValue, t.DefaultValue ?? null],
    }),
    right: ({ pattern, metric_transformation: [t] }) => ({
      pattern,
      metric: [t.namespace, t.name, t.value, t.default_value ? Number(t.default_value) : null],
    }),
  },
  'AWS::SNS::Topic': {
    type: 'aws_sns_topic',
    key: (p) => p.TopicName,
    name: (v) => v.name,
    left: (p) => ({ display: p.DisplayName ?? null, tags: tags(p.Tags) }),
    right: (v) => ({ display: v.display_name ?? null, tags: v.tags ?? {} }),
  },
  'AWS::SNS::Subscription': {
    type: 'aws_sns_topic_subscription',
    key: (p, parameters) => `${p.Protocol} ${p.Endpoint.Ref ? parameters(p.Endpoint.Ref) : p.Endpoint}`,
    name: (v) => `${v.protocol} ${v.endpoint}`,
    left: () => ({}),
    right: () => ({}),
  },
  'AWS::Logs::LogGroup': {
    type: 'aws_cloudwatch_log_group',
    key: (p) => p.LogGroupName,
    name: (v) => v.name,
    left: (p) => ({ days: p.RetentionInDays, tags: tags(p.Tags) }),
    right: (v) => ({ days: v.retention_in_days, tags: v.tags ?? {} }),
  },
  'AWS::SecretsManager::Secret': {
    type: 'aws_secretsmanager_secret',
    key: (p) => p.Name,
    name: (v) => v.name,
    left: (p) => ({ description: p.Description ?? '', key: p.KmsKeyId ?? null, tags: tags(p.Tags) }),
    right: (v) => ({ description: v.description ?? '', key: v.kms_key_id ?? null, tags: v.tags ?? {} }),
  },
  'AWS::CloudTrail::Trail': {
    type: 'aws_cloudtrail',
    key: (p) => p.TrailName,
    name: (v) => v.name,
    left: (p) => ({
      flags: [
        p.IsLogging,
        p.IsMultiRegionTrail,
        p.IncludeGlobalServiceEvents,
        p.EnableLogFileValidation,
        p.IsOrganizationTrail ?? false,
      ],
      selectors: p.EventSelectors.map((s) => [
        s.ReadWriteType,
        s.IncludeManagementEvents,
        s.ExcludeManagementEventSources ?? [],
      ]),
      tags: tags(p.Tags),
    }),
    right: (v) => ({
      flags: [
        v.enable_logging,
        v.is_multi_region_trail,
        v.include_global_service_events,
        v.enable_log_file_validation,
        v.is_organization_trail,
      ],
      selectors: v.event_selector.map((s) => [
        s.read_write_type,
        s.include_management_events,
        [...(s.exclude_management_event_sources ?? [])].sort(),
      ]),
      tags: v.tags ?? {},
    }),
  },
};

/** Differences between a template and the planned values of a module, as lines. `parameters` gives a parameter's value. */
export function crossDifferences(template, plannedResources, parameters) {
  const lines = [];
  for (const [kind, { type, key, name, left, right }] of Object.entries(kinds)) {
    const templated = Object.values(template.Resources).filter(({ Type }) => Type === kind);
    const planned = plannedResources.filter((resource) => resource.type === type && resource.mode === 'managed');
    const ours = Object.fromEntries(templated.map(({ Properties }) => [key(Properties, parameters), left(Properties)]));
    const theirs = Object.fromEntries(planned.map(({ values }) => [name(values), right(values)]));
    if (templated.length !== planned.length) lines.push(`${templated.length} of ${kind}, ${planned.length} of ${type}`);
    lines.push(...differences(ours, theirs).map((line) => `${kind} ${line}`));
  }
  return lines;
}
