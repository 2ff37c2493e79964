// The two templates say the same: to readers of YAML 1.1, which CloudFormation's tools have, and of 1.2.
import { differences, withoutHead } from '../lib/compare.mjs';
import { versionOf } from '../lib/packages.mjs';
import { brief } from '../lib/process.mjs';

export default {
  name: 'yaml = json',
  required: true,
  npm: true,

  async run({ cases }) {
    const { readTemplate } = await import('../lib/template.mjs');
    const findings = [];
    for (const each of cases) {
      const { copy: json, head } = withoutHead(each.template());
      const text = each.read(each.yaml);
      if (!head || text.split('\n')[0] !== `# ${head}`) findings.push(`${each.name}: the generated-by lines differ`);
      for (const version of ['1.1', '1.2']) {
        try {
          for (const line of differences(readTemplate(text, version), json))
            findings.push(`${each.name}: as YAML ${version} and as JSON differ at ${line}`);
        } catch (error) {
          findings.push(`${each.name}: no YAML ${version}: ${brief(error.message)}`);
        }
      }
    }
    return { version: versionOf('yaml'), files: cases.length * 2, findings };
  },
};
