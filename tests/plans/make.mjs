#!/usr/bin/env node
// usage: node make.mjs            (terraform on PATH, the aws provider in a local folder: see tests/conformance)
// Plans the emitted module of each example and spec, and each module in this folder, and writes what
// `terraform show -json` says of the plan to NAME/plan.json. Offline: account and region are made up.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { findTerraform, providerSettings, serveIdentity, variablesOf } from '../conformance/lib/terraform.mjs';

const here = path.dirname(fileURLToPath(import.meta.url));
const examples = path.join(here, '../../examples');

/** Folders with a module, by the name of their plan. */
function modules() {
  const own = fs.readdirSync(here, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  return own.map(({ name }) => {
    const written = path.join(here, name, 'module');
    return fs.existsSync(written)
      ? { name, folder: written, variables: {} }
      : {
          name,
          folder: path.join(examples, name, 'terraform'),
          variables: variablesOf(
            JSON.parse(fs.readFileSync(path.join(examples, name, 'terraform-json/main.tf.json'), 'utf8')),
          ),
        };
  });
}

const work = fs.mkdtempSync(path.join(os.tmpdir(), 'plans-'));
const { terraform, version, lacking } = await findTerraform(work);
if (lacking) throw new Error(lacking);
const identity = await serveIdentity();
for (const { name, folder, variables } of modules()) {
  const root = path.join(work, name);
  fs.cpSync(folder, root, { recursive: true });
  if (!fs.readFileSync(path.join(root, 'main.tf'), 'utf8').includes('provider "aws"'))
    fs.writeFileSync(path.join(root, 'provider.tf'), providerSettings(identity.url));
  fs.writeFileSync(path.join(root, 'terraform.tfvars.json'), JSON.stringify(variables));
  const run = async (...args) => {
    const answer = await terraform(root, ...args);
    if (answer.code !== 0) throw new Error(`${name}: terraform ${args[0]}: ${answer.stdout}${answer.stderr}`);
    return answer.stdout;
  };
  await run('init', '-backend=false', '-input=false', '-no-color');
  await run('plan', '-refresh=false', '-input=false', '-lock=false', '-no-color', '-out=plan');
  const plan = JSON.parse(await run('show', '-json', 'plan'));
  delete plan.timestamp; // a fixture is the same whenever it is made
  const text = JSON.stringify(plan).replaceAll(identity.url, 'http://127.0.0.1:1');
  fs.writeFileSync(path.join(here, name, 'plan.json'), `${text}\n`);
  console.log(`${name}: ${text.length} bytes, terraform ${version}`);
}
identity.close();
fs.rmSync(work, { recursive: true, force: true });
