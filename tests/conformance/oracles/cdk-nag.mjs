// The rules AwsSolutions of cdk-nag. What we leave unmended is listed in docs/cdk-nag.md, which this oracle reads.
import fs from 'node:fs';
import path from 'node:path';
import { cdkNag as allowed } from '../allowed.mjs';
import { load, versionOf } from '../lib/packages.mjs';
import { brief } from '../lib/process.mjs';

/** The violations of one template as {rule, resource, text}. */
function violations(file, outdir) {
  const { App, BootstraplessSynthesizer, Stack, Validations } = load('aws-cdk-lib/core');
  const { CfnInclude } = load('aws-cdk-lib/cloudformation-include');
  const { AwsSolutionsChecks } = load('cdk-nag');
  const app = new App({ outdir, analyticsReporting: false, treeMetadata: false });
  const stack = new Stack(app, 'S', { synthesizer: new BootstraplessSynthesizer(), analyticsReporting: false });
  new CfnInclude(stack, 'T', { templateFile: file, preserveLogicalIds: true });
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
  const write = process.stderr.write; // the report is printed besides being written
  process.stderr.write = () => true;
  try {
    app.synth();
  } catch (error) {
    if (!/Validation failed/.test(error.message)) throw error;
  } finally {
    process.stderr.write = write;
  }
  const { pluginReports } = JSON.parse(fs.readFileSync(path.join(outdir, 'validation-report.json'), 'utf8'));
  // Without violations there is no report.
  return pluginReports
    .flatMap(({ violations }) => violations)
    .flatMap(({ ruleName, description, violatingConstructs }) =>
      violatingConstructs.map((construct) => ({
        rule: ruleName,
        resource: construct.cloudFormationResource?.logicalId ?? construct.constructPath.split('/').pop(),
        text: brief(description, 120),
      })),
    );
}

export default {
  name: 'cdk-nag AwsSolutions',
  required: true,
  npm: true,

  async run({ cases, work, root }) {
    process.env.CDK_VALIDATION = 'false';
    const findings = [];
    const used = new Set();
    const document = path.join(root, 'docs/cdk-nag.md');
    const text = fs.existsSync(document) ? fs.readFileSync(document, 'utf8') : '';
    for (const { rule } of allowed)
      if (!text.includes(`## ${rule}`)) findings.push(`docs/cdk-nag.md has no reason for ${rule}`);
    for (const each of cases) {
      const outdir = fs.mkdtempSync(path.join(work, 'nag-'));
      try {
        for (const { rule, resource, text } of violations(each.json, outdir)) {
          const entry = allowed.find(
            (entry) =>
              entry.rule === rule.replace(/\[.*/s, '') &&
              (entry.detail ?? /^/).test(rule) &&
              entry.resource.test(resource) &&
              entry.when(each.template()),
          );
          if (entry) used.add(entry);
          else findings.push(`${each.name}: ${rule} ${resource}: ${text}`);
        }
      } catch (error) {
        findings.push(`${each.name}: ${brief(error.message)}`);
      }
      fs.rmSync(outdir, { recursive: true, force: true });
    }
    return {
      version: versionOf('cdk-nag'),
      files: cases.length,
      findings,
      unused: allowed.filter((e) => !used.has(e)).map(({ rule }) => rule),
    };
  },
};
