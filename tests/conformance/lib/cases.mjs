// The specs, and what secretwatch compiles from them.
import fs from 'node:fs';
import path from 'node:path';
import { brief, inParallel, run } from './process.mjs';

const files = {
  yaml: 'cloudformation/template.yaml',
  json: 'cloudformation/template.json',
  hcl: 'terraform/main.tf',
  tfJson: 'terraform-json/main.tf.json',
  manifest: 'cdk/manifest.json',
  cdkConfig: 'cdk/cdk.json',
};

export function findSpecs(root) {
  const specs = [];
  const examples = path.join(root, 'examples');
  for (const name of fs.existsSync(examples) ? fs.readdirSync(examples).sort() : []) {
    const spec = path.join(examples, name, 'secretwatch.yaml');
    if (fs.existsSync(spec)) specs.push({ name: `example-${name}`, spec });
  }
  const matrix = path.join(root, 'tests/conformance/specs');
  for (const file of fs.readdirSync(matrix).sort())
    if (file.endsWith('.yaml')) specs.push({ name: path.basename(file, '.yaml'), spec: path.join(matrix, file) });
  return specs;
}

/** A case is a spec with the folder of what was compiled from it. */
export function caseOf(name, spec, dir) {
  const paths = Object.fromEntries(Object.entries(files).map(([key, file]) => [key, path.join(dir, file)]));
  const read = (file) => fs.readFileSync(file, 'utf8');
  const stack = read(spec).match(/^name: *['"]?([A-Za-z0-9-]+)/m)?.[1];
  return {
    name,
    spec,
    dir,
    stack,
    ...paths,
    cdk: path.join(dir, 'cdk'),
    cdkTemplate: path.join(dir, 'cdk', `${stack}.template.json`),
    read,
    template: () => JSON.parse(read(paths.json)),
    terraform: () => JSON.parse(read(paths.tfJson)),
  };
}

/** Compiles every spec twice: the same input must give the same bytes, and --check must agree. */
export async function compileAll(secretwatch, specs, work) {
  const findings = [];
  const cases = await inParallel(specs, async ({ name, spec }) => {
    const dir = path.join(work, 'out', name);
    const args = ['compile', spec, '--to', 'all', '-o', dir];
    const compiled = await run(secretwatch, args);
    if (compiled.code !== 0) {
      findings.push(`${name}: compile exits ${compiled.code}: ${brief(compiled.stderr)}`);
      return null;
    }
    const checked = await run(secretwatch, [...args, '--check']);
    if (checked.code !== 0) findings.push(`${name}: compile --check exits ${checked.code}: ${brief(checked.stdout)}`);
    return caseOf(name, spec, dir);
  });
  return { cases: cases.filter(Boolean), findings };
}
