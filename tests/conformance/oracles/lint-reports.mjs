// The reports of lint: ours against our schema; SARIF against its schema, Microsoft's validator and what GitHub asks.
import fs from 'node:fs';
import path from 'node:path';
import { writeBroken } from '../lib/broken.mjs';
import { judgeForGithub } from '../lib/github-sarif.mjs';
import { folderOf, load, versionOf } from '../lib/packages.mjs';
import { brief, run } from '../lib/process.mjs';

const multitool = '@microsoft/sarif-multitool-linux';

function validatorOf(schemaFile) {
  const { default: Ajv } = load('ajv/dist/2020');
  const { default: addFormats } = load('ajv-formats');
  const ajv = new Ajv({ strict: true, strictRequired: false, allowUnionTypes: true, strictTypes: false, allErrors: true });
  addFormats(ajv);
  const schema = JSON.parse(fs.readFileSync(schemaFile, 'utf8'));
  const accepts = ajv.compile(schema);
  return (document) => (accepts(document) ? [] : accepts.errors.map((e) => `${e.instancePath || '/'} ${e.message}`));
}

/** The keys that the schema describes and no report has: then nothing was tried. */
function unused(schema, documents) {
  const described = new Set();
  const visit = (node) => {
    if (node === null || typeof node !== 'object') return;
    Object.keys(node.properties ?? {}).forEach((key) => described.add(key));
    Object.values(node).forEach(visit);
  };
  visit(schema);
  const used = new Set();
  const collect = (node) => {
    if (node === null || typeof node !== 'object') return;
    if (!Array.isArray(node)) Object.entries(node).forEach(([key, value]) => value !== null && used.add(key));
    Object.values(node).forEach(collect);
  };
  documents.forEach(collect);
  return [...described].filter((key) => !used.has(key));
}

/** Answers what the validator says; it exits with 0 even then. */
async function askMultitool(file, work) {
  const program = path.join(folderOf(multitool), 'Sarif.Multitool');
  fs.chmodSync(program, 0o755); // its package does that in a script, and scripts of packages are not run here
  const output = path.join(work, 'validated.sarif');
  const args = ['validate', file, '--output', output, '--log', 'ForceOverwrite', '--level', 'Error;Warning', '--kind', 'Fail', '--max-file-size-in-kb', '1000000'];
  const { code, stdout, stderr } = await run(program, args);
  if (!fs.existsSync(output)) return [`ends with ${code}: ${brief(stdout + stderr)}`];
  const log = JSON.parse(fs.readFileSync(output, 'utf8'));
  const failed = log.runs.flatMap(({ invocations }) => invocations ?? []).filter((each) => !each.executionSuccessful);
  if (failed.length > 0) return [`did not do it: ${brief(JSON.stringify(failed))}`];
  return log.runs.flatMap(({ results }) => results ?? []).map((result) => `${result.ruleId}: ${brief(JSON.stringify(result.message))}`);
}

/** Lints what is broken, the fixtures, what was compiled, and nothing: {json, sarif}, each a list of {what, text}. */
async function makeReports({ cases, root, work, secretwatch }) {
  const folder = fs.mkdtempSync(path.join(work, 'reports-'));
  const broken = writeBroken(cases, path.join(folder, 'broken'));
  const findings = [];
  const texts = { json: [], sarif: [] };

  const report = async (what, args, exits) => {
    const outputs = Object.keys(texts).map((format) => path.join(folder, `${what}.${format}`));
    const given = Object.keys(texts).flatMap((format, i) => ['--output', `${format}=${outputs[i]}`]);
    const { code, stderr } = await run(secretwatch, ['lint', ...args, ...given], { cwd: folder });
    if (!exits.includes(code)) findings.push(`${what}: lint exits ${code}: ${brief(stderr)}`);
    Object.keys(texts).forEach((format, i) => {
      if (fs.existsSync(outputs[i])) texts[format].push({ what, text: fs.readFileSync(outputs[i], 'utf8') });
    });
  };
  await report('broken', ['broken', '--all', '--show-suppressed', '--today', '2026-01-01'], [2]);
  await report('fixtures', [path.join(root, 'tests/lint/fixtures'), '--all'], [0, 1]);
  await report('clean', cases.flatMap(({ spec, dir }) => [spec, dir]), [0]);
  await report('empty', [fs.mkdtempSync(path.join(folder, 'empty-'))], [0]);
  const bad = await run(secretwatch, ['validate', '-', '--format', 'json'], { input: 'version: 1\nnames: x\n' });
  texts.json.push({ what: 'validate', text: bad.stdout });
  return { folder, broken, findings, texts };
}

/** The seeding of faults asks again and again for the reports of the same templates. */
const made = new Map();
async function reportsOf(context) {
  const key = JSON.stringify([context.secretwatch, context.cases.map((each) => each.read(each.yaml))]);
  if (!made.has(key)) made.set(key, await makeReports(context));
  return structuredClone(made.get(key));
}

export default {
  name: 'reports of lint',
  required: true,
  npm: true,

  async run({ spoil, ...context }) {
    const { folder, broken, findings, texts } = await reportsOf(context);
    const { json, sarif } = spoil ? spoil(texts) : texts;

    const schemaFile = path.join(context.root, 'schemas/findings.schema.json');
    const refusals = validatorOf(schemaFile);
    const documents = json.map(({ what, text }) => ({ what, document: JSON.parse(text) }));
    for (const { what, document } of documents)
      for (const refusal of refusals(document)) findings.push(`${what}.json: our schema: ${refusal}`);
    if (!spoil)
      for (const key of unused(JSON.parse(fs.readFileSync(schemaFile, 'utf8')), documents.map(({ document }) => document)))
        findings.push(`no report has the key '${key}'`);

    const sarifRefusals = validatorOf(path.join(folderOf(multitool), 'sarif-2.1.0.json'));
    for (const { what, text } of sarif) {
      const file = path.join(folder, `${what}-judged.sarif`);
      fs.writeFileSync(file, text);
      const say = (who) => (finding) => findings.push(`${what}.sarif: ${who}: ${finding}`);
      sarifRefusals(JSON.parse(text)).forEach(say('schema'));
      judgeForGithub(text).forEach(say('GitHub'));
      (await askMultitool(file, folder)).forEach(say('multitool'));
    }
    const results = documents.reduce((sum, { document }) => sum + (document.findings?.length ?? 0), 0);
    return {
      version: versionOf(multitool),
      files: json.length + sarif.length,
      findings,
      note: `${results} findings in ${broken} broken templates and the fixtures`,
    };
  },
};
