// AWS's own offline validator of templates, as aws-cdk-lib brings it along.
import path from 'node:path';
import { cfnValidate as allowed } from '../allowed.mjs';
import { folderOf, load } from '../lib/packages.mjs';

export default {
  name: 'cloudformation-validate',
  required: true,
  npm: true,

  async run({ cases }) {
    const validate = load(path.join(folderOf('aws-cdk-lib'), 'node_modules/@aws/cloudformation-validate'));
    const engine = new validate.CompositeEngine();
    const findings = [];
    const used = new Set();
    let files = 0;
    for (const each of cases) {
      for (const file of [each.yaml, each.json]) {
        files += 1;
        // Unknown enum words are only warnings to it: take those for errors.
        const report = engine.validateTemplate(new validate.TemplateFile(file), { severityLevel: 'WARN' });
        for (const { severity, ruleId, entity, message, startLine } of report.diagnostics) {
          const entry = allowed.find(({ rule, only }) => rule === ruleId && (!only || only === each.name));
          if (entry) used.add(entry);
          else
            findings.push(
              `${each.name}: ${path.basename(file)}:${startLine}: ${severity} ${ruleId} ${entity?.logicalId ?? ''} ${message}`,
            );
        }
        if (report.status !== 'OK') findings.push(`${each.name}: ${path.basename(file)}: status ${report.status}`);
      }
    }
    engine.free();
    return {
      version: validate.version(),
      files,
      findings,
      unused: allowed.filter((entry) => !used.has(entry)).map(({ rule }) => rule),
    };
  },
};
