// The real Terraform with the real provider, offline: format, validation, and the plans of the two modules of a spec,
// which must be equal to each other and say what the CloudFormation template says.
//
// All modules are called from one root, so that the provider (700 MB) starts once and not once a module.
import fs from 'node:fs';
import path from 'node:path';
import { differences } from '../lib/compare.mjs';
import { crossDifferences } from '../lib/cross.mjs';
import { brief } from '../lib/process.mjs';
import { findTerraform, providerSettings, serveIdentity, variablesOf } from '../lib/terraform.mjs';

/** A folder with a root module that calls main.tf and main.tf.json of every case, as modules NAME_hcl and NAME_json. */
function writeRoot(cases, base, url) {
  const root = { module: {}, output: {} };
  for (const each of cases) {
    for (const [form, file] of Object.entries({ hcl: each.hcl, json: each.tfJson })) {
      const folder = path.join(base, 'modules', `${each.name}_${form}`);
      fs.mkdirSync(folder, { recursive: true });
      fs.copyFileSync(file, path.join(folder, path.basename(file)));
      const name = `${each.name}_${form}`;
      root.module[name] = { source: `./modules/${name}`, ...variablesOf(each.terraform()) };
      root.output[name] = { value: `\${module.${name}}`, sensitive: true };
    }
  }
  fs.writeFileSync(path.join(base, 'main.tf.json'), JSON.stringify(root));
  fs.writeFileSync(path.join(base, 'provider.tf'), providerSettings(url));
}

/** What of a plan belongs to one module, without the module's own name. */
function partOf(plan, name) {
  const own = (value) => JSON.parse(JSON.stringify(value).replaceAll(`module.${name}.`, ''));
  const planned = plan.planned_values.root_module.child_modules.find(({ address }) => address === `module.${name}`);
  return {
    resources: own(planned?.resources ?? []),
    changes: own(plan.resource_changes.filter(({ module_address }) => module_address === `module.${name}`)).map(
      ({ module_address, ...change }) => change,
    ),
    output: plan.output_changes[name],
  };
}

export default {
  name: 'terraform',
  required: false,

  async run({ cases, work }) {
    const { terraform, version, lacking } = await findTerraform(work);
    if (lacking) return { notRun: lacking };
    const identity = await serveIdentity();
    const base = fs.mkdtempSync(path.join(work, 'terraform-'));
    writeRoot(cases, base, identity.url);
    const findings = [];
    const done = () => {
      identity.close();
      fs.rmSync(base, { recursive: true, force: true });
      return { version, files: cases.length * 2, findings };
    };

    const formatted = await terraform(base, 'fmt', '-check', '-recursive', '-list=true', '-no-color', 'modules');
    if (formatted.code !== 0) findings.push(`fmt: ${brief(formatted.stdout + formatted.stderr)}`);
    const init = await terraform(base, 'init', '-backend=false', '-input=false', '-no-color');
    if (init.code !== 0) findings.push(`init: ${brief(init.stderr)}`);
    if (init.code !== 0) return done();
    const validated = JSON.parse((await terraform(base, 'validate', '-json', '-no-color')).stdout);
    // Warnings too: a deprecated argument is one.
    for (const { severity, summary, detail, range } of validated.diagnostics)
      findings.push(
        `validate: ${range?.filename ?? ''}:${range?.start.line ?? ''}: ${severity}: ${brief(`${summary}: ${detail}`)}`,
      );
    const planned = await terraform(
      base,
      'plan',
      '-refresh=false',
      '-input=false',
      '-lock=false',
      '-no-color',
      '-out=plan',
    );
    for (const text of `${planned.stdout}\n${planned.stderr}`.split(/^(?=.*(?:Warning|Error): )/m))
      if (/^.*(?:Warning|Error): /.test(text)) findings.push(`plan: ${brief(text)}`);
    if (planned.code !== 0 && findings.length === 0) findings.push(`plan: exit ${planned.code}`);
    if (planned.code !== 0) return done();

    const plan = JSON.parse((await terraform(base, 'show', '-json', 'plan')).stdout);
    for (const each of cases) {
      const hcl = partOf(plan, `${each.name}_hcl`);
      if (hcl.resources.length === 0) findings.push(`${each.name}: the plan creates nothing`);
      for (const line of differences(hcl, partOf(plan, `${each.name}_json`)))
        findings.push(`${each.name}: plans of main.tf and main.tf.json differ at ${line}`);
      const values = variablesOf(each.terraform());
      const asked = (name) => values[Object.keys(values).find((key) => key.replaceAll('_', '') === name.toLowerCase())];
      for (const line of crossDifferences(each.template(), hcl.resources, asked))
        findings.push(`${each.name}: template and plan differ: ${line}`);
    }
    return done();
  },
};
