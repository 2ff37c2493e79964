// The npm packages of package.json. Loaded late, so that the harness can say what is missing instead of failing.
import fs from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const here = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const require = createRequire(path.join(here, 'run.mjs'));

export const load = (name) => require(name);
export const folderOf = (name) => path.join(here, 'node_modules', name);
export const versionOf = (name) =>
  JSON.parse(fs.readFileSync(path.join(folderOf(name), 'package.json'), 'utf8')).version;

/** Why the packages cannot be used, or null. */
export function missingPackages() {
  const { dependencies } = JSON.parse(fs.readFileSync(path.join(here, 'package.json'), 'utf8'));
  for (const [name, wanted] of Object.entries(dependencies)) {
    if (!fs.existsSync(path.join(folderOf(name), 'package.json'))) return `npm package ${name} is not installed`;
    if (versionOf(name) !== wanted) return `npm package ${name} is ${versionOf(name)}, not ${wanted}`;
  }
  return null;
}
