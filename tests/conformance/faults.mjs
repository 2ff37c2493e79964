#!/usr/bin/env node
// Can the tools still fail? Seeds faults into what is compiled from one spec, one at a time, and asks the tool that
// should find each. A fault that is not found is an error: then `make conformance` proves less than it says.
//
//   node faults.mjs [--secretwatch PATH] [--work DIR] [--only NAME] [--slow]     --slow: moto too, some minutes
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { faults, slowFaults } from './lib/faults.mjs';
import { caseOf, compileAll } from './lib/cases.mjs';
import { here, missingPackages } from './lib/packages.mjs';
import { oracles } from './oracles/all.mjs';

const root = path.resolve(here, '../..');
const { values: options } = parseArgs({
  options: {
    secretwatch: { type: 'string', default: path.join(root, 'build/release/src/secretwatch') },
    work: { type: 'string' },
    only: { type: 'string' },
    slow: { type: 'boolean', default: false },
  },
});

const work = options.work ?? fs.mkdtempSync(path.join(os.tmpdir(), 'faults-'));
const secretwatch = path.resolve(options.secretwatch);
const name = 'every-key';
const spec = path.join(here, 'specs', `${name}.yaml`);
const context = { root, work, secretwatch, complete: false };

/** Applies a fault to a copy of what was compiled: [file, text to be there, text instead] each. */
function seed(fault, from, i) {
  const dir = path.join(work, `fault-${i}`);
  fs.cpSync(from.dir, dir, { recursive: true });
  const faulty = caseOf(name, spec, dir);
  for (const [file, old, instead] of fault.edits ?? []) {
    const target = path.join(dir, file);
    const text = fs.readFileSync(target, 'utf8');
    if (!text.includes(old)) throw new Error(`${fault.what}: '${old}' is not in ${file}`);
    fs.writeFileSync(
      target,
      text.replace(old, () => instead),
    );
  }
  for (const file of fault.remove ?? []) fs.rmSync(path.join(dir, file));
  return { ...faulty, ...fault.with?.(faulty) };
}

async function main() {
  fs.mkdirSync(work, { recursive: true });
  const lacking = missingPackages();
  if (lacking) throw new Error(lacking);
  const {
    cases: [sound],
    findings,
  } = await compileAll(secretwatch, [{ name, spec }], work);
  if (!sound) throw new Error(findings.join('\n'));
  const wanted = [...faults, ...(options.slow ? slowFaults : [])].filter(
    ({ tool }) => !options.only || tool.includes(options.only),
  );
  const tools = new Set(wanted.map(({ tool }) => tool));
  const count = { passed: 0, failed: 0, skipped: 0 };
  const say = (kind, text) => {
    count[kind] += 1;
    console.log(`${{ passed: 'found  ', failed: 'MISSED ', skipped: 'not run' }[kind]}  ${text}`);
  };

  for (const tool of tools) {
    const oracle = oracles.find((each) => each.name === tool);
    // Without a fault the tool must be content, else it would find any fault.
    const control = await oracle.run({ ...context, cases: [sound] });
    if (control.notRun) {
      wanted
        .filter((fault) => fault.tool === tool)
        .forEach(({ what }) => say('skipped', `${tool}: ${what}: ${control.notRun}`));
      continue;
    }
    if (control.findings.length > 0)
      say('failed', `${tool}: finds ${control.findings.length} faults in sound output: ${control.findings[0]}`);
    for (const [i, fault] of wanted.entries()) {
      if (fault.tool !== tool) continue;
      const { findings: found } = await oracle.run({
        ...context,
        ...fault.context?.(work, root),
        cases: [seed(fault, sound, i)],
      });
      const missing = (fault.says ?? ['']).filter((text) => !found.some((finding) => finding.includes(text)));
      if (missing.length === 0) say('passed', `${tool}: ${fault.what}: ${found[0].slice(0, 140)}`);
      else say('failed', `${tool}: ${fault.what}: says ${JSON.stringify(found)}, not ${JSON.stringify(missing)}`);
    }
  }
  console.log(`faults: ${count.passed} passed, ${count.failed} failed, ${count.skipped} skipped`);
  process.exitCode = count.failed === 0 ? 0 : 1;
  if (!options.work) fs.rmSync(work, { recursive: true, force: true });
}

await main();
