// The CDK reads the JSON template and writes it again: nothing may be lost, added or refused.
import fs from 'node:fs';
import path from 'node:path';
import { differences, withoutHead } from '../lib/compare.mjs';
import { load, versionOf } from '../lib/packages.mjs';
import { brief } from '../lib/process.mjs';

export function synthesize(file, outdir) {
  const { App, BootstraplessSynthesizer, Stack } = load('aws-cdk-lib/core');
  const { CfnInclude } = load('aws-cdk-lib/cloudformation-include');
  const app = new App({ outdir, analyticsReporting: false, treeMetadata: false });
  const stack = new Stack(app, 'S', { synthesizer: new BootstraplessSynthesizer(), analyticsReporting: false });
  new CfnInclude(stack, 'T', { templateFile: file, preserveLogicalIds: true });
  return app.synth().getStackByName('S').template;
}

/** What the CDK is free to change: it sorts tags by key, and leaves `!GetAtt A.B` as one text. */
function normal(value) {
  if (Array.isArray(value)) return value.map(normal);
  if (value === null || typeof value !== 'object') return value;
  const copy = Object.fromEntries(Object.entries(value).map(([key, item]) => [key, normal(item)]));
  if (Array.isArray(copy.Tags)) copy.Tags.sort((a, b) => (a.Key < b.Key ? -1 : 1));
  if (typeof copy['Fn::GetAtt'] === 'string') copy['Fn::GetAtt'] = copy['Fn::GetAtt'].split(/\.(.*)/s, 2);
  return copy;
}

export default {
  name: 'CfnInclude',
  required: true,
  npm: true,

  async run({ cases, work }) {
    process.env.CDK_VALIDATION = 'false'; // the validator has an oracle of its own
    const findings = [];
    let files = 0;
    for (const each of cases) {
      for (const file of [each.json, each.yaml]) {
        files += 1;
        const outdir = fs.mkdtempSync(path.join(work, 'include-'));
        try {
          const wanted = file === each.yaml ? withoutHead(each.template()).copy : each.template();
          for (const line of differences(normal(synthesize(file, outdir)), normal(wanted)))
            findings.push(`${each.name}: ${path.basename(file)}: synthesised and written differ at ${line}`);
        } catch (error) {
          findings.push(`${each.name}: ${path.basename(file)}: refused: ${brief(error.message)}`);
        }
        fs.rmSync(outdir, { recursive: true, force: true });
      }
    }
    return { version: versionOf('aws-cdk-lib'), files, findings };
  },
};
