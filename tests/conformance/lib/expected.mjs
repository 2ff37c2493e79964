// What a spec promises, read from the spec itself by the rules of the spec language: nothing here looks at what the
// compiler emits. It knows only as much of the language as the specs of the moto oracle use.
export const region = 'us-east-1';
export const account = '123456789012';
export const arn = (service, rest) => `arn:aws:${service}:${region}:${account}:${rest}`;
const seconds = (text) => Number(text.slice(0, -1)) * { m: 60, h: 3600, d: 86400 }[text.at(-1)];
const days = (text) => seconds(text) / 86400;
export const by = (key) => (a, b) => (key(a) < key(b) ? -1 : 1);

export function channelsOf(spec) {
  const channels = Array.isArray(spec.notify) ? { default: { email: spec.notify } } : spec.notify;
  return Object.fromEntries(
    Object.entries(channels).map(([name, channel]) => [
      name,
      { ...channel, arn: channel.topic ?? arn('sns', channel.name ?? `${spec.name}-${name}`), isOurs: !channel.topic },
    ]),
  );
}

/** The alarms; `metricsOf(alert)` says which metrics an alert feeds. */
export function expectedAlarms(spec, metricsOf) {
  const channels = channelsOf(spec);
  return Object.entries(spec.alerts ?? { read: {} })
    .flatMap(([name, alert]) => {
      const period = seconds(alert.window ?? '5m');
      const actions = (alert.notify ?? Object.keys(channels)).map((channel) => channels[channel].arn).sort();
      return metricsOf(name).map((metric) => ({
        name: metric,
        metric: `${spec.metrics?.namespace ?? 'SecurityMetrics'} ${metric} Sum GreaterThanOrEqualToThreshold notBreaching`,
        threshold: alert.threshold ?? 1,
        period,
        periods: alert.periods ?? Math.max(1, Math.ceil(300 / period)),
        breaching: alert.breaching ?? 1,
        actions,
        okActions: alert.notify_ok ? actions : [],
        severity: alert.severity ?? '',
        runbook: alert.runbook ?? '',
      }));
    })
    .sort(by(({ name }) => name));
}

export function actualAlarms(world) {
  return world.alarms
    .map((alarm) => ({
      name: alarm.AlarmName,
      metric: [
        alarm.Namespace,
        alarm.MetricName,
        alarm.Statistic,
        alarm.ComparisonOperator,
        alarm.TreatMissingData,
      ].join(' '),
      threshold: alarm.Threshold,
      period: alarm.Period,
      periods: alarm.EvaluationPeriods,
      breaching: alarm.DatapointsToAlarm,
      actions: alarm.AlarmActions.sort(),
      okActions: alarm.OKActions.sort(),
      severity: alarm.AlarmDescription.match(/ Severity: (\w+)\./)?.[1] ?? '',
      runbook: alarm.AlarmDescription.match(/ Runbook: (\S+)/)?.[1] ?? '',
    }))
    .sort(by(({ name }) => name));
}

/** Filters of `filters --format json` and of the service in one form. */
export const filterForm = {
  expected: (spec, filters) =>
    filters
      .map((f) => ({
        name: f.name,
        group: f.log_group,
        pattern: f.pattern,
        to: [f.namespace, f.metric, '1', spec.metrics?.zero_fill ? 0 : null],
      }))
      .sort(by(({ name }) => name)),
  actual: (world) =>
    world.filters
      .map(({ filterName, logGroupName, filterPattern, metricTransformations: [t] }) => ({
        name: filterName,
        group: logGroupName,
        pattern: filterPattern,
        to: [t.metricNamespace, t.metricName, t.metricValue, t.defaultValue ?? null],
      }))
      .sort(by(({ name }) => name)),
};

export function expectedTrail(spec, keyArn) {
  const trail = spec.trail ?? {};
  const notices = trail.deliver_to && channelsOf(spec)[trail.deliver_to].arn;
  return {
    name: trail.name ?? `${spec.name}-trail`,
    logging: true,
    everyRegion: trail.regions !== 'home',
    globalEvents: true,
    validation: trail.validation ?? true,
    organization: Boolean(trail.organization),
    key: keyArn ?? null,
    notices: notices ?? null,
    group: arn('logs', `log-group:${trail.logs?.group ?? `/secretwatch/${spec.name}`}:*`),
    role: `arn:aws:iam::${account}:role/${spec.name}-cloudtrail`,
    selectors: [
      {
        type: 'All',
        management: true,
        without: (trail.exclude ?? [])
          .map((source) => ({ kms: 'kms.amazonaws.com', 'rds-data-api': 'rdsdata.amazonaws.com' })[source])
          .sort(),
      },
    ],
  };
}

export function actualTrail([trail]) {
  return {
    name: trail.Name,
    logging: trail.IsLogging,
    everyRegion: trail.IsMultiRegionTrail,
    globalEvents: trail.IncludeGlobalServiceEvents,
    validation: trail.LogFileValidationEnabled,
    organization: trail.IsOrganizationTrail,
    key: trail.KmsKeyId ?? null,
    notices: trail.SnsTopicARN ?? null,
    group: trail.CloudWatchLogsLogGroupArn,
    role: trail.CloudWatchLogsRoleArn,
    selectors: trail.EventSelectors.map((s) => ({
      type: s.ReadWriteType,
      management: s.IncludeManagementEvents,
      without: (s.ExcludeManagementEventSources ?? []).sort(),
    })),
  };
}

export function expectedBucket(spec, keyArn) {
  const bucket = spec.trail?.bucket ?? {};
  const on = { BlockPublicAcls: true, IgnorePublicAcls: true, BlockPublicPolicy: true, RestrictPublicBuckets: true };
  return {
    versioning: 'Enabled',
    encryption: keyArn ? ['aws:kms', keyArn, true] : ['AES256', null, false],
    days: bucket.retention ? days(bucket.retention) : null,
    lock: bucket.lock ? ['GOVERNANCE', days(bucket.lock)] : null,
    accessLogs: bucket.access_logs_to ?? null,
    public: on,
    ownership: 'BucketOwnerEnforced',
  };
}

export function actualBucket(bucket) {
  const [{ ApplyServerSideEncryptionByDefault: by, BucketKeyEnabled }] = bucket.encryption;
  return {
    versioning: bucket.versioning,
    encryption: [by.SSEAlgorithm, by.KMSMasterKeyID || null, BucketKeyEnabled ?? false],
    days: bucket.lifecycle[0].Expiration?.Days ?? null,
    lock: bucket.lock?.DefaultRetention ? [bucket.lock.DefaultRetention.Mode, bucket.lock.DefaultRetention.Days] : null,
    accessLogs: bucket.logging?.TargetBucket ?? null,
    public: bucket.public,
    ownership: bucket.ownership[0].ObjectOwnership,
  };
}

/** Subscriptions as "topic protocol endpoint", sorted. `asked` gives the value of a parameter. */
export function expectedSubscriptions(spec, asked) {
  return Object.values(channelsOf(spec))
    .flatMap((channel) =>
      ['email', 'sms', 'https', 'sqs', 'lambda'].flatMap((protocol) =>
        (channel[protocol] ?? []).map(
          (endpoint) => `${channel.arn} ${protocol} ${endpoint.parameter ? asked(endpoint.parameter) : endpoint}`,
        ),
      ),
    )
    .sort();
}

export const ourTopics = (spec) =>
  Object.values(channelsOf(spec))
    .filter(({ isOurs }) => isOurs)
    .map(({ arn }) => arn)
    .sort();
