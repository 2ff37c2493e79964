// cfn-lint, the Python one, for one region of each partition.
import { cfnLint as allowed } from '../allowed.mjs';
import { brief, run, which } from '../lib/process.mjs';

const regions = ['us-east-1', 'us-gov-west-1', 'cn-north-1'];

export default {
  name: 'cfn-lint',
  required: false,

  async run({ cases }) {
    if (!which('cfn-lint')) return { notRun: 'cfn-lint is not on PATH: pip install cfn-lint' };
    const version = (await run('cfn-lint', ['--version'])).stdout.trim().replace(/^cfn-lint /, '');
    if (!version) return { notRun: 'cfn-lint does not start' };
    const byFile = new Map(
      cases.flatMap((each) => [
        [each.yaml, each],
        [each.json, each],
      ]),
    );
    const args = ['--format', 'json', '--regions', ...regions, '--template', ...byFile.keys()];
    const { code, stdout, stderr } = await run('cfn-lint', args);
    const findings = [];
    const used = new Set();
    try {
      for (const { Filename, Level, Location, Message, Rule } of JSON.parse(stdout)) {
        const each = byFile.get(Filename);
        const entry = allowed.find(({ rule, only }) => rule === Rule.Id && (!only || only === each.name));
        if (entry) used.add(entry);
        else
          findings.push(
            `${each.name}: ${Filename.split('/').at(-1)}:${Location.Start.LineNumber}: ${Level} ${Rule.Id} ${brief(Message)}`,
          );
      }
    } catch {
      findings.push(`exit ${code}: ${brief(stdout + stderr)}`);
    }
    return {
      version,
      files: byFile.size,
      findings,
      unused: allowed.filter((entry) => !used.has(entry)).map(({ rule }) => rule),
    };
  },
};
