// The commands that `filters --format cli` prints: sh must hand the AWS CLI exactly what `filters --format json` says.
import fs from 'node:fs';
import path from 'node:path';
import { differences } from '../lib/compare.mjs';
import { brief, inParallel, run, which } from '../lib/process.mjs';

/** The options of one `aws logs put-metric-filter` call that --format json promises. */
function expected(filter, template) {
  const resource = Object.values(template.Resources).find(
    ({ Type, Properties }) => Type === 'AWS::Logs::MetricFilter' && Properties.FilterName === filter.name,
  );
  const { DefaultValue } = resource?.Properties.MetricTransformations[0] ?? {};
  const transformation = { metricName: filter.metric, metricNamespace: filter.namespace, metricValue: '1' };
  if (DefaultValue !== undefined) transformation.defaultValue = String(DefaultValue);
  const printed = Object.entries(transformation).map(([key, value]) => `${key}=${value}`);
  return [
    ...['logs', 'put-metric-filter'],
    ...['--log-group-name', filter.log_group],
    ...['--filter-name', filter.name],
    ...['--filter-pattern', filter.pattern],
    ...['--metric-transformations', printed.join(',')],
  ];
}

export default {
  name: 'sh and shellcheck',
  required: true,

  async run({ cases, secretwatch, work }) {
    if (!which('shellcheck')) return { notRun: 'shellcheck is not installed: make setup' };
    const bin = path.join(work, 'shim');
    fs.mkdirSync(bin, { recursive: true });
    // In place of the AWS CLI: prints each argument with a NUL behind it, and one more NUL behind the last.
    fs.writeFileSync(path.join(bin, 'aws'), `#!/bin/sh\nprintf '%s\\0' "$@"\nprintf '\\0'\n`, { mode: 0o755 });
    const check = async (each) => {
      const commands = each.commands ?? (await run(secretwatch, ['filters', each.spec, '--format', 'cli'])).stdout;
      const { filters } = JSON.parse((await run(secretwatch, ['filters', each.spec, '--format', 'json'])).stdout);
      const found = [];
      const linted = await run('shellcheck', ['--shell=sh', '--severity=style', '--format=gcc', '-'], {
        input: commands,
      });
      if (linted.code !== 0) found.push(`${each.name}: shellcheck: ${brief(linted.stdout + linted.stderr)}`);
      const env = { PATH: `${bin}${path.delimiter}${process.env.PATH}` };
      const ran = await run('sh', ['-eu'], { input: commands, env });
      if (ran.code !== 0) found.push(`${each.name}: sh exits ${ran.code}: ${brief(ran.stderr)}`);
      const calls = ran.stdout
        .split('\0\0')
        .filter(Boolean)
        .map((call) => call.split('\0'));
      for (const line of differences(
        calls,
        filters.map((filter) => expected(filter, each.template())),
      ))
        found.push(`${each.name}: what sh hands over and --format json differ at ${line}`);
      const patterns = Object.values(each.template().Resources).filter(
        ({ Type }) => Type === 'AWS::Logs::MetricFilter',
      );
      for (const line of differences(
        patterns.map(({ Properties }) => Properties.FilterPattern),
        filters.map(({ pattern }) => pattern),
      ))
        found.push(`${each.name}: the patterns of the template and of filters differ at ${line}`);
      return found;
    };
    const findings = (await inParallel(cases, check)).flat();
    const version = (await run('shellcheck', ['--version'])).stdout.match(/^version: (.*)$/m)[1];
    return { version, files: cases.length, findings };
  },
};
