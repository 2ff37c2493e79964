// yamllint over every YAML file that we write or ship.
import fs from 'node:fs';
import path from 'node:path';
import { run, which } from '../lib/process.mjs';

export default {
  name: 'yamllint',
  required: true,

  async run({ cases, root, work }) {
    if (!which('yamllint')) return { notRun: 'yamllint is not installed: make setup' };
    const starters = path.join(root, 'templates');
    const shipped = fs
      .readdirSync(starters)
      .filter((name) => name.endsWith('.yaml'))
      .map((name) => path.join(starters, name));
    const files = [...cases.flatMap(({ spec, yaml }) => [spec, yaml]), ...shipped];
    const config = path.join(root, '.yamllint');
    const { code, stdout, stderr } = await run('yamllint', [
      '--strict',
      '--format',
      'parsable',
      '-c',
      config,
      ...files,
    ]);
    const findings = stdout
      .split('\n')
      .filter(Boolean)
      .map((line) => line.replace(`${root}/`, '').replace(`${work}/`, ''));
    if (code !== 0 && findings.length === 0) findings.push(`exit ${code}: ${stderr.trim()}`);
    const version = (await run('yamllint', ['--version'])).stdout.trim().replace(/^yamllint /, '');
    return { version, files: files.length, findings };
  },
};
