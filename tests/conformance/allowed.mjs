// Findings of other people's tools that we accept, each with its reason. An entry that nothing needs any more is
// reported as a finding itself.

const refusedTags =
  'hostile-tags carries, on purpose, characters that most services refuse in a tag; `validate` warns of them (SW0162), ' +
  'and what is tested is that they come out as they went in.';

const meantAsText = 'A tag of hostile-tags holds "${AWS::AccountId}" and means the text.';

/** @aws/cloudformation-validate. `only`: the case it is allowed in. */
export const cfnValidate = [
  {
    rule: 'W9013', // hard-coded account in an ARN
    reason:
      'These ARNs are what the spec names: topics, queues, functions and keys that exist, and roles in filter patterns, ' +
      'where CloudWatch Logs knows no AWS::AccountId.',
  },
  { rule: 'F3031', only: 'hostile-tags', reason: refusedTags },
  { rule: 'E1029', only: 'hostile-tags', reason: meantAsText },
];

/** cfn-lint. `only`: the case it is allowed in. */
export const cfnLint = [
  { rule: 'E3031', only: 'hostile-tags', reason: refusedTags },
  { rule: 'E3024', only: 'hostile-tags', reason: refusedTags },
  { rule: 'E1029', only: 'hostile-tags', reason: meantAsText },
];

const bucketOf = (template) => template.Resources.TrailBucket?.Properties;

/** cdk-nag, AwsSolutions: a rule at a resource, in templates that pass `when`. Reasons: docs/cdk-nag.md. */
export const cdkNag = [
  { rule: 'AwsSolutions-S1', resource: /^TrailBucket$/, when: (template) => !bucketOf(template).LoggingConfiguration },
  { rule: 'AwsSolutions-IAM5', detail: /:log-stream:[^/]*\*\]$/, resource: /^TrailRole$/, when: () => true },
  { rule: 'AwsSolutions-SMG4', resource: /Secret$/, when: () => true },
];
