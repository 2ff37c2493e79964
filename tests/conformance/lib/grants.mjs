// Who may do what: the policies without which the chain from a call to a message breaks, by the rules of each service.
import { account, arn, by, channelsOf, region } from './expected.mjs';

/** A policy's statements without their names, everything in lists, in a fixed order. */
export function grants(policy) {
  const list = (value) => [value ?? []].flat().sort();
  return policy.Statement.map(({ Effect, Principal, Action, Resource, Condition }) => ({
    effect: Effect,
    who: Principal === '*' ? ['*'] : list(Object.values(Principal ?? {}).flat()),
    may: list(Action),
    to: list(Resource),
    when: Object.fromEntries(
      Object.entries(Condition ?? {}).map(([test, of]) => [
        test,
        Object.fromEntries(Object.entries(of).map(([k, v]) => [k, list(v)])),
      ]),
    ),
  })).sort(by(JSON.stringify));
}

/** The grants without which the chain from a call to a message breaks, resource by resource. */
export function expectedGrants(spec, bucket, topic) {
  const trailArn = arn('cloudtrail', `trail/${spec.trail?.name ?? `${spec.name}-trail`}`);
  const organization = spec.trail?.organization;
  const s3 = `arn:aws:s3:::${bucket}`;
  const streams = arn('logs', `log-group:${spec.trail?.logs?.group ?? `/secretwatch/${spec.name}`}:log-stream:`);
  const policy = (...statements) => grants({ Statement: statements });
  const allow = (service, action, resource, condition) => ({
    Effect: 'Allow',
    Principal: service && { Service: service },
    Action: action,
    Resource: resource,
    Condition: condition,
  });
  const plain = { Effect: 'Deny', Principal: '*', Condition: { Bool: { 'aws:SecureTransport': 'false' } } };
  const fromTrail = { StringEquals: { 'aws:SourceArn': trailArn } };
  const announces = spec.trail?.deliver_to && channelsOf(spec)[spec.trail.deliver_to].arn === topic;
  return {
    bucket: policy(
      allow('cloudtrail.amazonaws.com', 's3:GetBucketAcl', s3, fromTrail),
      allow(
        'cloudtrail.amazonaws.com',
        's3:PutObject',
        [`${s3}/AWSLogs/${account}/*`, ...(organization ? [`${s3}/AWSLogs/${organization}/*`] : [])],
        {
          StringEquals: { 'aws:SourceArn': trailArn, 's3:x-amz-acl': 'bucket-owner-full-control' },
        },
      ),
      { ...plain, Action: 's3:*', Resource: [s3, `${s3}/*`] },
    ),
    topic: policy(
      allow('cloudwatch.amazonaws.com', 'sns:Publish', topic, {
        ArnLike: { 'aws:SourceArn': arn('cloudwatch', 'alarm:*') },
        StringEquals: { 'aws:SourceAccount': account },
      }),
      ...(announces ? [allow('cloudtrail.amazonaws.com', 'sns:Publish', topic, fromTrail)] : []),
      { ...plain, Action: 'sns:Publish', Resource: topic },
    ),
    role: policy(
      allow(
        null,
        ['logs:CreateLogStream', 'logs:PutLogEvents'],
        [`${streams}${account}_CloudTrail_${region}*`, ...(organization ? [`${streams}${organization}_*`] : [])],
      ),
    ),
  };
}
