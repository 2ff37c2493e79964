// The CDK command line over the cloud assembly: it must list the one stack and print its template unchanged.
import path from 'node:path';
import { differences } from '../lib/compare.mjs';
import { folderOf, versionOf } from '../lib/packages.mjs';
import { brief, inParallel, run } from '../lib/process.mjs';

export default {
  name: 'aws-cdk',
  required: true,
  npm: true,

  async run({ cases, work }) {
    // No account, no telemetry, no notices, and nothing written to the home of whoever runs this.
    const env = {
      PATH: process.env.PATH,
      HOME: path.join(work, 'cdk-home'),
      CI: 'true',
      CDK_DISABLE_CLI_TELEMETRY: 'true',
      AWS_EC2_METADATA_DISABLED: 'true',
    };
    const program = path.join(folderOf('aws-cdk'), 'bin/cdk');
    const cdk = (cwd, ...args) =>
      run(process.execPath, [program, '--no-notices', '--no-version-reporting', '--no-color', ...args], { cwd, env });

    const check = async (each) => {
      const found = [];
      const say = (what, result) =>
        found.push(`${each.name}: ${what}: exit ${result.code}: ${brief(result.stdout + result.stderr)}`);
      const listed = await cdk(work, 'ls', '--app', each.cdk);
      if (listed.code !== 0 || listed.stdout.trim() !== each.stack) say('cdk ls --app', listed);
      const bare = await cdk(each.cdk, 'ls');
      if (bare.code !== 0 || bare.stdout.trim() !== each.stack) say('cdk ls beside cdk.json', bare);
      const printed = await cdk(work, 'synth', '--json', '--app', each.cdk, each.stack);
      if (printed.code !== 0) {
        say('cdk synth', printed);
        return found;
      }
      try {
        for (const line of differences(JSON.parse(printed.stdout), JSON.parse(each.read(each.cdkTemplate))))
          found.push(`${each.name}: cdk synth and the template differ at ${line}`);
        for (const line of differences(JSON.parse(each.read(each.cdkTemplate)), each.template()))
          found.push(`${each.name}: the templates of cdk and cloudformation-json differ at ${line}`);
      } catch (error) {
        found.push(`${each.name}: cdk synth: ${brief(error.message)}`);
      }
      return found;
    };
    const findings = (await inParallel(cases, check)).flat();
    return { version: versionOf('aws-cdk'), files: cases.length, findings };
  },
};
