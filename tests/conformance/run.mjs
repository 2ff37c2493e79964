#!/usr/bin/env node
// Conformance: other people's tools must agree with what secretwatch emits.
//
//   node run.mjs --secretwatch PATH [--work DIR] [--only NAME] [--require] [--list]
//
// Compiles every examples/*/secretwatch.yaml and every specs/*.yaml to all targets, hands the results to each tool of
// oracles/, and prints what each said. A tool that is absent is "not run", never passed; with --require, or CI set, an
// absent one of the required tools is a failure. Exit 1 on any finding.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { compileAll, findSpecs } from './lib/cases.mjs';
import { here, missingPackages } from './lib/packages.mjs';
import { oracles } from './oracles/all.mjs';

const root = path.resolve(here, '../..');
const shownFindings = 25;

const { values: options } = parseArgs({
  options: {
    secretwatch: { type: 'string', default: path.join(root, 'build/release/src/secretwatch') },
    work: { type: 'string' },
    only: { type: 'string', multiple: true },
    require: { type: 'boolean', default: Boolean(process.env.CI) },
    list: { type: 'boolean', default: false },
  },
});

function table(rows) {
  const header = ['tool', 'version', 'files', 'findings', 'seconds', ''];
  const all = [header, ...rows.map((row) => row.map(String))];
  const widths = header.map((_, column) => Math.max(...all.map((row) => row[column].length)));
  const right = new Set([2, 3, 4]);
  return all
    .map((row) =>
      row
        .map((cell, i) => (right.has(i) ? cell.padStart(widths[i]) : cell.padEnd(widths[i])))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

async function judge(oracle, context, lacking) {
  const begin = performance.now();
  let result;
  try {
    result = oracle.npm && lacking ? { notRun: lacking } : await oracle.run(context);
  } catch (error) {
    result = { findings: [`the oracle itself failed: ${error.stack}`] };
  }
  for (const rule of context.complete ? (result.unused ?? []) : [])
    result.findings.push(`allowed.mjs: ${rule} is allowed, and nothing needs it`);
  return { oracle, seconds: ((performance.now() - begin) / 1000).toFixed(1), ...result };
}

function report(results, required) {
  const rows = results.map(({ oracle, version, files, findings, notRun, note, seconds }) =>
    notRun
      ? [oracle.name, '', '', 'not run', '', `${notRun}${oracle.required ? '' : ' (optional)'}`]
      : [oracle.name, version ?? '', files ?? '', findings.length, seconds, note ?? ''],
  );
  for (const { oracle, findings = [] } of results) {
    if (findings.length > 0) console.log(`\n${oracle.name}:`);
    for (const finding of findings.slice(0, shownFindings)) console.log(`  ${finding}`);
    if (findings.length > shownFindings) console.log(`  … and ${findings.length - shownFindings} more`);
  }
  console.log(`\n${table(rows)}\n`);
  const notRun = results.filter((result) => result.notRun);
  const missing = notRun.filter(({ oracle, excused }) => required && oracle.required && !excused);
  for (const { oracle } of missing) console.log(`${oracle.name} is required here, and was not run`);
  const failed = results.filter(({ findings = [] }) => findings.length > 0).length + missing.length;
  const skipped = notRun.length - missing.length;
  console.log(`conformance: ${results.length - failed - skipped} passed, ${failed} failed, ${skipped} skipped`);
  return failed === 0;
}

async function main() {
  if (options.list)
    return oracles.forEach(({ name, required }) => console.log(`${name}${required ? '' : ' (optional)'}`));
  const secretwatch = path.resolve(options.secretwatch);
  const work = options.work ? path.resolve(options.work) : fs.mkdtempSync(path.join(os.tmpdir(), 'conformance-'));
  fs.mkdirSync(work, { recursive: true });
  const wanted = (name) =>
    !options.only || options.only.some((part) => name.toLowerCase().includes(part.toLowerCase()));
  const chosen = oracles.filter(({ name }) => wanted(name));
  if (chosen.length === 0) throw new Error(`no tool is called '${options.only}'; --list names them`);

  const specs = findSpecs(root);
  const begin = performance.now();
  const { cases, findings } = await compileAll(secretwatch, specs, work);
  const seconds = ((performance.now() - begin) / 1000).toFixed(1);
  const results = [
    { oracle: { name: 'secretwatch compile', required: true }, version: '', files: specs.length, findings, seconds },
  ];
  const context = { root, work, secretwatch, cases, complete: cases.length === specs.length };
  const lacking = missingPackages();
  for (const oracle of chosen) results.push(await judge(oracle, context, lacking));
  process.exitCode = report(results, options.require) ? 0 : 1;
  if (!options.work) fs.rmSync(work, { recursive: true, force: true });
}

await main();
