// A stack in a mock of AWS (moto): apply, describe, plan again, destroy. What the services describe must be what the
// spec promises; the second plan must be empty; nothing may be left behind.
import fs from 'node:fs';
import path from 'node:path';
import { differences } from '../lib/compare.mjs';
import * as expect from '../lib/expected.mjs';
import { expectedGrants, grants } from '../lib/grants.mjs';
import { startServer } from '../lib/moto.mjs';
import { here, load } from '../lib/packages.mjs';
import { brief, inParallel, run, which } from '../lib/process.mjs';
import { findTerraform, providerSettings, variablesOf } from '../lib/terraform.mjs';

const chosen = ['minimal', 'organization', 'every-key'];
const services = ['cloudtrail', 'cloudwatch', 'iam', 'kms', 'lambda', 'logs', 's3', 'secretsmanager', 'sns', 'sts'];

/** What a spec takes for granted. */
function surroundings(spec) {
  const channels = Array.isArray(spec.notify) ? [] : Object.values(spec.notify);
  const last = (arn) => arn.split(':').at(-1);
  const aliases = spec.secrets.map((secret) => secret.create?.kms_key).filter(Boolean);
  return {
    buckets: [spec.trail?.bucket?.access_logs_to].filter(Boolean),
    queues: channels.flatMap(({ sqs = [] }) => sqs.map(last)),
    functions: channels.flatMap(({ lambda = [] }) => lambda.map(last)),
    topics: channels.map(({ topic }) => topic && last(topic)).filter(Boolean),
    aliases,
  };
}

function judge(spec, filters, world, before, asked, say) {
  const check = (what, actual, expected) => {
    for (const line of differences(actual, expected)) say(`${what}: described and promised differ at ${line}`);
  };
  const key = world.keys[`alias/${spec.name}`];
  const metricsOf = (alert) => [...new Set(filters.filter((f) => f.alert === alert).map(({ metric }) => metric))];
  check(
    'trail',
    world.trails.map((trail) => expect.actualTrail([trail])),
    [expect.expectedTrail(spec, key?.arn)],
  );
  check('filters', expect.filterForm.actual(world), expect.filterForm.expected(spec, filters));
  check('alarms', expect.actualAlarms(world), expect.expectedAlarms(spec, metricsOf));

  const group = world.logGroups[0];
  const days = spec.trail?.logs?.retention ?? '90d';
  check(
    'log group',
    [group.logGroupName, group.retentionInDays, group.kmsKeyId ?? null],
    [filters[0].log_group, Number(days.slice(0, -1)), key?.arn ?? null],
  );
  check(
    'subscriptions',
    world.subscriptions.map((s) => `${s.TopicArn} ${s.Protocol} ${s.Endpoint}`).sort(),
    expect.expectedSubscriptions(spec, asked),
  );

  const [bucket] = Object.keys(world.buckets).filter((name) => !(name in before.buckets));
  check('bucket', expect.actualBucket(world.buckets[bucket]), expect.expectedBucket(spec, key?.arn));
  check('bucket policy', grants(world.buckets[bucket].policy), expectedGrants(spec, bucket).bucket);
  check(
    'role',
    grants(world.roles[`${spec.name}-cloudtrail`].policies['write-log-streams']),
    expectedGrants(spec, bucket).role,
  );
  for (const topic of expect.ourTopics(spec)) {
    check(
      `topic ${topic}`,
      grants(world.topics[topic].Policy),
      expectedGrants(spec, bucket, topic).topic,
    );
    check(`key of ${topic}`, world.topics[topic].KmsMasterKeyId ?? null, key?.arn ?? null);
  }
  check(
    'topics',
    Object.keys(world.topics)
      .filter((topic) => !(topic in before.topics))
      .sort(),
    expect.ourTopics(spec),
  );

  if ((spec.trail?.encryption === 'new') !== Boolean(key)) say(`there is ${key ? 'a' : 'no'} key alias/${spec.name}`);
  if (key) {
    const services = grants(key.policy)
      .flatMap(({ who }) => who)
      .filter((who) => !who.startsWith('arn:'));
    check('key policy', [...new Set(services)].sort(), [
      'cloudtrail.amazonaws.com',
      'cloudwatch.amazonaws.com',
      'logs.us-east-1.amazonaws.com',
    ]);
    check('key rotation', key.rotation, true);
  }
  const created = spec.secrets
    .filter(({ create }) => create)
    .map(({ name, create }) => [name, create.description ?? null, create.kms_key ?? null]);
  check(
    'secrets',
    world.secrets.map((s) => [s.Name, s.Description ?? null, s.KmsKeyId ?? null]),
    created,
  );
  for (const secret of world.secrets) if (secret.SecretVersionsToStages) say(`secret ${secret.Name} has a value`);
  for (const [name, policy] of Object.entries(world.functions)) {
    const allowed = (policy?.Statement ?? [])
      .filter(({ Principal }) => Principal.Service === 'sns.amazonaws.com')
      .flatMap(({ Condition }) => Object.values(Condition.ArnLike));
    const wanted = world.subscriptions
      .filter((s) => s.Protocol === 'lambda' && s.Endpoint.endsWith(`:${name}`))
      .map((s) => s.TopicArn);
    check(`function ${name}`, allowed.sort(), wanted.sort());
  }
}

async function live(each, { terraform, secretwatch, work }, findings) {
  const say = (text) => findings.push(`${each.name}: ${text}`);
  const spec = load('yaml').parse(each.read(each.spec));
  const dir = fs.mkdtempSync(path.join(work, `moto-${each.name}-`));
  fs.copyFileSync(each.hcl, path.join(dir, 'main.tf'));
  const server = await startServer(path.join(dir, 'moto.log'));
  const world = async (command, input = '') => {
    const answer = await run('python3', [path.join(here, 'moto-world.py'), server.url, command], { input });
    if (answer.code !== 0) throw new Error(`${command}: ${answer.stderr.trim().split('\n').at(-1)}`);
    return command === 'describe' ? JSON.parse(answer.stdout) : null;
  };
  const values = variablesOf(each.terraform());
  const variables = Object.entries(values).map(([name, value]) => `-var=${name}=${value}`);
  const act = async (...args) => {
    const { code, stdout, stderr } = await terraform(
      dir,
      ...args,
      '-no-color',
      '-input=false',
      ...(args[0] === 'init' ? [] : variables),
    );
    if (code !== 0) say(`terraform ${args[0]}: exit ${code}: ${brief(stderr || stdout, 600)}`);
    return code === 0;
  };
  try {
    fs.writeFileSync(path.join(dir, 'provider.tf'), providerSettings(server.url, services));
    await world('prepare', JSON.stringify(surroundings(spec)));
    const before = await world('describe');
    if (!(await act('init', '-backend=false')) || !(await act('apply', '-auto-approve'))) return;
    const { filters } = JSON.parse((await run(secretwatch, ['filters', each.spec, '--format', 'json'])).stdout);
    const asked = (name) => values[Object.keys(values).find((key) => key.replaceAll('_', '') === name.toLowerCase())];
    judge(spec, filters, await world('describe'), before, asked, say);
    await act('plan', '-detailed-exitcode'); // 2: it would change something again
    if (!(await act('destroy', '-auto-approve'))) return;
    for (const line of differences(await world('describe'), before)) say(`destroy leaves something: ${line}`);
  } catch (error) {
    say(brief(error.stack));
  } finally {
    server.stop();
    fs.rmSync(dir, { recursive: true, force: true });
  }
}

export default {
  name: 'moto',
  required: false,
  npm: true,

  async run(context) {
    const { terraform, version, lacking } = await findTerraform(context.work);
    if (lacking) return { notRun: lacking };
    if (!which('python3')) return { notRun: 'python3 is not on PATH' };
    const asked = await run('python3', ['-c', 'import boto3, moto, moto.server; print(moto.__version__)']);
    if (asked.code !== 0) return { notRun: "python3 has no moto: pip install 'moto[server,all]'" };
    const findings = [];
    const cases = context.cases.filter(({ name }) => chosen.includes(name));
    // Most of the time goes into waiting, so all at once.
    await inParallel(cases, (each) => live(each, { ...context, terraform }, findings), cases.length);
    return { version: `${asked.stdout.trim()}`, files: cases.length, findings, note: `terraform ${version}` };
  },
};
