// Faults for faults.mjs, in what is compiled from specs/every-key.yaml. Each names the tool that must find it;
// `says` are texts that its findings must hold.
import fs from 'node:fs';
import path from 'node:path';

const yaml = 'cloudformation/template.yaml';
const json = 'cloudformation/template.json';
const hcl = 'terraform/main.tf';
const tfJson = 'terraform-json/main.tf.json';
const manifest = 'cdk/manifest.json';
const cdkTemplate = 'cdk/payments.template.json';

const of = (tool, ...list) => list.map(([what, edits, more]) => ({ tool, what, edits, ...more }));

/** A changed copy of the spec's schema, handed to the oracle in the real one's place. */
const otherSchema = (change) => ({
  context: (work, root) => {
    const schema = JSON.parse(fs.readFileSync(path.join(root, 'schemas/spec.schema.json'), 'utf8'));
    change(schema);
    const schemaFile = path.join(work, 'other.schema.json');
    fs.writeFileSync(schemaFile, JSON.stringify(schema));
    return { schemaFile, complete: true };
  },
});

/** A report of lint, changed before it is judged. */
const spoiled = (format, change) => ({
  context: () => ({
    spoil: (texts) => {
      const document = JSON.parse(texts[format].find(({ what }) => what === 'broken').text);
      change(document);
      return { json: [], sarif: [], [format]: [{ what: 'broken', text: JSON.stringify(document) }] };
    },
  }),
});
const inResult = (change) => spoiled('sarif', (log) => void change(log.runs[0].results.find((r) => r.relatedLocations)));
const inRule = (change) => spoiled('sarif', (log) => void change(log.runs[0].tool.driver.rules[0]));
const inFinding = (change) => spoiled('json', (report) => void change(report.findings.find(({ fix }) => fix)));

export const faults = [
  ...[
    ['a finding without a message', inFinding((f) => (f.message = '')), 'our schema'],
    ['a line 0', inFinding((f) => (f.line = 0)), 'our schema'],
    ['a severity that is none', inFinding((f) => (f.severity = 'fatal')), 'our schema'],
    ['a fix without edits', inFinding((f) => (f.fix.edits = [])), 'our schema'],
    ['a key that is gone', inFinding((f) => delete f.related), 'our schema'],
    ['a level that is none', inResult((r) => (r.level = 'fatal')), 'schema'],
    ['an unknown key', inResult((r) => (r.chain = 'x')), 'schema'],
    ['a result without a message', inResult((r) => (r.message.text = '')), 'GitHub'],
    ['a result without a place', inResult((r) => (r.locations = [])), 'GitHub'],
    ['a region of two lines', inResult((r) => (r.locations[0].physicalLocation.region.endLine += 1)), 'GitHub'],
    ['a region without an end', inResult((r) => delete r.locations[0].physicalLocation.region.endColumn), 'GitHub'],
    ['an end before the beginning', inResult((r) => (r.locations[0].physicalLocation.region.endColumn = 1)), 'GitHub'],
    ['a path that is not encoded', inResult((r) => (r.locations[0].physicalLocation.artifactLocation.uri = 'a b')), 'GitHub'],
    ['a path of another scheme', inResult((r) => (r.locations[0].physicalLocation.artifactLocation.uri = 'git::x')), 'GitHub'],
    ['an empty path', inResult((r) => (r.locations[0].physicalLocation.artifactLocation.uri = '')), 'GitHub'],
    ['no fingerprint', inResult((r) => delete r.partialFingerprints), 'GitHub'],
    [
      'a fingerprint twice',
      spoiled('sarif', ({ runs: [run] }) => void run.results.push(structuredClone(run.results[0]))),
      'GitHub',
    ],
    ['the index of another rule', inResult((r) => (r.ruleIndex += 1)), 'GitHub'],
    ['a related place that is not linked', inResult((r) => (r.message.text = 'm')), 'GitHub'],
    ['a link to nowhere', inResult((r) => (r.message.text += ' [x](99)')), 'GitHub'],
    ['a flow without a place', spoiled('sarif', ({ runs: [run] }) => {
      delete run.results.find((r) => r.codeFlows).codeFlows[0].threadFlows[0].locations[0].location.physicalLocation;
    }), 'GitHub'],
    ['a rule without help', inRule((r) => (r.help = { text: '' })), 'GitHub'],
    ['a rule with a long description', inRule((r) => (r.fullDescription.text = 'x'.repeat(1025))), 'GitHub'],
    ['a rule with many tags', inRule((r) => (r.properties.tags = Array.from({ length: 21 }, (_, i) => `t${i}`))), 'GitHub'],
    ['a precision that is none', inRule((r) => (r.properties.precision = 'certain')), 'GitHub'],
    ['a security-severity of 11', inRule((r) => Object.assign(r.properties, { 'security-severity': '11', tags: ['security'] })), 'GitHub'],
    ['a security-severity without the tag', inRule((r) => Object.assign(r.properties, { 'security-severity': '5.0', tags: [] })), 'GitHub'],
    ['a tool without a name', spoiled('sarif', (log) => void (log.runs[0].tool.driver.name = '')), 'GitHub'],
    ['another version', spoiled('sarif', (log) => void (log.version = '2.0.0')), 'GitHub'],
    ['no runs', spoiled('sarif', (log) => void (log.runs = [])), 'GitHub'],
    ['a rule index out of range', inResult((r) => (r.ruleIndex = 9999)), 'multitool'],
  ].map(([what, more, says]) => ({ tool: 'reports of lint', what, edits: [], ...more, says: [`: ${says}: `] })),

  ...of(
    'yaml = json',
    ['another number', [[yaml, 'Threshold: 2', 'Threshold: 3']]],
    ['a number as text', [[yaml, 'Threshold: 2', "Threshold: '2'"]]],
    ['a word that YAML 1.1 takes for a boolean', [[yaml, 'Value: payments', 'Value: yes']]],
    ['a lost escape', [[json, '"FilterPattern": "{ ', '"FilterPattern": "{']]],
    ['a tab', [[yaml, '    Type: AWS::SNS::Topic\n', '\tType: AWS::SNS::Topic\n']]],
    ['another head', [[yaml, 'Generated by', 'Made by']]],
  ),
  ...of(
    'yamllint',
    ['a blank at the end of a line', [[yaml, 'Threshold: 2\n', 'Threshold: 2 \n']]],
    ['a key twice', [[yaml, '      Threshold: 2\n', '      Threshold: 2\n      Threshold: 2\n']]],
    ['an unindented list', [[yaml, '        Statement:\n          - Sid', '        Statement:\n        - Sid']]],
  ),
  ...of(
    'cloudformation-validate',
    ['an unknown property', [[json, '"AlarmName"', '"AlarmNames"']]],
    ['an unknown comparison', [[yaml, 'GreaterThanOrEqualToThreshold', 'GreaterOrEqual']]],
    ['a retention that is not offered', [[yaml, 'RetentionInDays: 90', 'RetentionInDays: 42']]],
    ['a missing pattern', [[json, '"FilterPattern"', '"Pattern"']]],
    ['a reference to nothing', [[yaml, '!Ref TrailBucket', '!Ref Bucket']]],
    ['an unknown attribute', [[yaml, '!GetAtt TrailRole.Arn', '!GetAtt TrailRole.Name']]],
  ),
  ...of(
    'CfnInclude',
    ['a reference to nothing', [[json, '"Ref": "TrailBucket"', '"Ref": "Bucket"']]],
    ['a text for a list', [[json, '"Topics": [', '"Topics": "none", "Others": [']]],
    [
      'a key beside Properties that CloudFormation does not know',
      [[json, '"Type": "AWS::SNS::Topic",', '"Type": "AWS::SNS::Topic", "Kind": "x",']],
    ],
    ['a number as text', [[json, '"Period": 600', '"Period": "600"']]],
  ),
  ...of(
    'cdk-nag AwsSolutions',
    [
      'a bucket that takes plain text',
      [[json, '"Action": "s3:*"', '"Action": "s3:GetObject"']],
      { says: ['AwsSolutions-S10'] },
    ],
    [
      'a key that is not rotated',
      [[json, '"EnableKeyRotation": true', '"EnableKeyRotation": false']],
      { says: ['AwsSolutions-KMS5'] },
    ],
    [
      'a role that writes everywhere',
      [[json, 'log-group:secretsmanager-loggroup:log-stream:o-exampleorgid_*', 'log-group:*']],
      { says: ['AwsSolutions-IAM5'] },
    ],
  ),
  ...of(
    'aws-cdk',
    ['another stack', [[manifest, '"payments": {', '"payment": {']]],
    ['a manifest too new', [[manifest, '36.0.0', '99.0.0']]],
    ['no environment', [[manifest, '"environment"', '"place"']]],
    ['no template', [], { remove: [cdkTemplate] }],
    ['another template', [[cdkTemplate, '"Threshold": 2', '"Threshold": 3']]],
    ['no cdk.json', [], { remove: ['cdk/cdk.json'] }],
  ),
  ...of(
    'hcl2json, hcl-tools',
    [
      'an equals sign out of its column',
      [[hcl, '  threshold           = 2', '  threshold = 2']],
      { says: ['terraform fmt'] },
    ],
    ['a list on its own lines', [[hcl, 'resources = ["*"]', 'resources = [\n"*"]']], { says: ['terraform fmt'] }],
    ['a changed pattern', [[hcl, 'TopSecretInfo-*', 'TopSecretInfo*']], { says: ['main.tf and main.tf.json differ'] }],
    [
      'a lost escape',
      [[tfJson, '\\"TopSecretInfo\\"', 'TopSecretInfo']],
      { says: ['main.tf and main.tf.json differ'] },
    ],
    ['a missing brace', [[hcl, 'locals {', 'locals']]],
  ),
  ...of(
    'provider schemas',
    [
      'an unknown argument',
      [[hcl, '  alarm_name ', '  alarm_names ']],
      { says: ['alarm_names: unknown', 'alarm_name: missing'] },
    ],
    [
      'a second block of one',
      [[hcl, '  metric_transformation {', '  metric_transformation {\n  }\n\n  metric_transformation {']],
      { says: ['at most 1'] },
    ],
    [
      'a missing block',
      [[hcl, '  metric_transformation {', '  dynamic_transformation {']],
      { says: ['metric_transformation: missing'] },
    ],
    [
      'a text for a list',
      [[tfJson, '"alarm_actions": [', '"alarm_actions": "x", "others": [']],
      { says: ['set(string) wanted'] },
    ],
    ['a word for a number', [[tfJson, '"period": 600', '"period": "ten minutes"']], { says: ['number wanted'] }],
    [
      'something that only the service sets',
      [[hcl, '  alarm_name ', '  arn = "x"\n  alarm_name ']],
      { says: ['arn: cannot be set'] },
    ],
    [
      'a reference to nothing',
      [[hcl, 'aws_sns_topic.security.arn', 'aws_sns_topic.nobody.arn']],
      { says: ['aws_sns_topic.nobody.arn: not declared'] },
    ],
    [
      'an unknown attribute',
      [[hcl, 'aws_sns_topic.security.arn', 'aws_sns_topic.security.url']],
      { says: ['no such attribute'] },
    ],
    [
      'an attribute that 6 deprecates',
      [[tfJson, 'data.aws_region.current.id', 'data.aws_region.current.name']],
      { says: ['aws 6.25.0: data.aws_region.current.name: is deprecated'] },
    ],
    [
      'an attribute that 5 does not have',
      [[tfJson, 'data.aws_region.current.id', 'data.aws_region.current.region']],
      { says: ['aws 5.100.0: data.aws_region.current.region: no such'] },
    ],
    [
      'a deprecated argument',
      [[hcl, '  bucket              = "payments', '  acl = "private"\n  bucket              = "payments']],
      { says: ['acl: is deprecated'] },
    ],
    [
      'a resource twice',
      [
        [
          hcl,
          'resource "aws_cloudtrail" "trail" {',
          'resource "aws_sns_topic" "pager" {\n}\n\nresource "aws_cloudtrail" "trail" {',
        ],
      ],
      { says: ['declared 2 times'] },
    ],
    ['an undeclared variable', [[hcl, 'var.on_call_email\n', 'var.nobody\n']], { says: ['var.nobody: not declared'] }],
    [
      'a dependency on nothing',
      [[tfJson, '"aws_s3_bucket_policy.trail"', '"aws_s3_bucket_policy.nothing"']],
      { says: ['which is not declared'] },
    ],
  ),
  ...of(
    'sh and shellcheck',
    [
      'an unquoted pattern',
      [],
      {
        with: () => ({ commands: 'aws logs put-metric-filter --filter-pattern { $.eventName = * }\n' }),
        says: ['shellcheck'],
      },
    ],
    [
      'another pattern',
      [[json, '"FilterPattern": "{ ', '"FilterPattern": "{']],
      { says: ['the patterns of the template and of filters differ'] },
    ],
    ['no command', [], { with: () => ({ commands: '' }) }],
  ),
  ...of(
    'ajv, spec schema',
    [
      'a keyword that JSON Schema does not know',
      [],
      { ...otherSchema((schema) => (schema.requires = [])), says: ['does not compile'] },
    ],
    [
      'a schema stricter than the compiler',
      [],
      {
        ...otherSchema((schema) => (schema.properties.metrics.minProperties = 3)),
        says: ['the schema refuses it', 'validate exits 0'],
      },
    ],
    [
      'a key without a spec',
      [],
      {
        ...otherSchema((schema) => (schema.properties.dashboards = { type: 'object' })),
        says: ["no spec uses the key 'dashboards'"],
      },
    ],
  ),
  ...of(
    'cfn-lint',
    ['a period that is not offered', [[yaml, 'Period: 600', 'Period: 17']]],
    ['another version of policies', [[json, '"Version": "2012-10-17"', '"Version": "2012-10-18"']]],
  ),
  ...of(
    'terraform',
    ['a module out of format', [[hcl, '  threshold           = 2', '  threshold = 2']], { says: ['fmt'] }],
    [
      'a retention that is not offered',
      [[hcl, 'retention_in_days = 90', 'retention_in_days = 42']],
      { says: ['validate'] },
    ],
    [
      'a deprecated argument',
      [
        [
          hcl,
          '  bucket              = "payments',
          '  acl                 = "private"\n  bucket              = "payments',
        ],
      ],
      { says: ['warning'] },
    ],
    [
      'another threshold in one module',
      [[tfJson, '"threshold": 2', '"threshold": 3']],
      { says: ['plans of main.tf and main.tf.json differ'] },
    ],
    [
      'another threshold in both modules',
      [
        [tfJson, '"threshold": 2', '"threshold": 3'],
        [hcl, 'threshold           = 2', 'threshold           = 3'],
      ],
      { says: ['template and plan differ'] },
    ],
    [
      'a missing resource in both modules',
      [
        [tfJson, '"security_sms_15555550100"', '"security_sms"'],
        [hcl, '"security_sms_15555550100"', '"security_sms"'],
        [json, '"Protocol": "sms"', '"Protocol": "email"'],
      ],
      { says: ['template and plan differ'] },
    ],
  ),
];

/** Several faults in one module, since each run takes a minute or two; `says` names each. */
export const slowFaults = of('moto', [
  'a stack that is not what the spec says',
  [
    [hcl, 'threshold           = 2', 'threshold           = 5'],
    [hcl, 'retention_in_days = 90', 'retention_in_days = 30'],
    [hcl, 'enable_log_file_validation    = true', 'enable_log_file_validation    = false'],
    [hcl, 'secops@example.com', 'somebody@example.com'],
    [hcl, 'days = 365', 'days = 364'],
    [
      hcl,
      'values   = ["arn:${data.aws_partition.current.partition}:cloudwatch',
      'values   = ["arn:${data.aws_partition.current.partition}:logs',
    ],
    [hcl, 'enable_key_rotation     = true', 'enable_key_rotation     = false'],
  ],
  { says: ['alarms', 'log group', 'trail', 'subscriptions', 'bucket', 'topic', 'key rotation'] },
]);
