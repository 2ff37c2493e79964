// The schema that editors complete from, and the compiler: what the schema refuses, `validate` must refuse.
import fs from 'node:fs';
import path from 'node:path';
import { load, versionOf } from '../lib/packages.mjs';
import { mutants } from '../lib/mutate.mjs';
import { brief, inParallel, run } from '../lib/process.mjs';

/** The keys of a spec that the schema describes, wherever they stand. */
function keysOf(schema, found = new Set()) {
  if (schema === null || typeof schema !== 'object') return found;
  for (const [keyword, value] of Object.entries(schema)) {
    if (keyword === 'examples' || keyword === 'default') continue;
    if (keyword === 'properties') Object.keys(value).forEach((key) => found.add(key));
    keysOf(value, found);
  }
  return found;
}

function keysIn(document, found = new Set()) {
  if (document === null || typeof document !== 'object') return found;
  if (!Array.isArray(document)) Object.keys(document).forEach((key) => found.add(key));
  Object.values(document).forEach((value) => keysIn(value, found));
  return found;
}

export default {
  name: 'ajv, spec schema',
  required: true,
  npm: true,

  async run({ cases, complete, root, secretwatch, schemaFile = path.join(root, 'schemas/spec.schema.json') }) {
    if (!fs.existsSync(schemaFile)) return { notRun: 'no schema: schemas/spec.schema.json', excused: true };
    const { default: Ajv } = load('ajv/dist/2020');
    const { default: addFormats } = load('ajv-formats');
    const YAML = load('yaml');
    const ajv = new Ajv({ strict: true, strictRequired: false, allowUnionTypes: true });
    addFormats(ajv);
    const schema = JSON.parse(fs.readFileSync(schemaFile, 'utf8'));
    const findings = [];
    let accepts;
    try {
      accepts = ajv.compile(schema);
    } catch (error) {
      return {
        version: versionOf('ajv'),
        files: 1,
        findings: [`the schema does not compile: ${brief(error.message)}`],
      };
    }

    const documents = cases.map(({ name, spec }) => ({ name, document: YAML.parse(fs.readFileSync(spec, 'utf8')) }));
    for (const { name, document } of documents)
      if (!accepts(document)) findings.push(`${name}: the schema refuses it: ${ajv.errorsText(accepts.errors)}`);
    const used = keysIn(documents.map(({ document }) => document));
    for (const key of complete ? keysOf(schema) : [])
      if (!used.has(key)) findings.push(`no spec uses the key '${key}'`);

    const all = [...mutants(documents)];
    const refused = all.filter(({ document }) => !accepts(document));
    if (all.length < 500) findings.push(`only ${all.length} mutants`);
    const validate = ({ document }) => run(secretwatch, ['validate', '-'], { input: JSON.stringify(document) });
    const unbroken = await inParallel(documents, validate); // else a validate that refuses everything would pass
    unbroken.forEach(({ code, stderr }, i) => {
      if (code !== 0) findings.push(`${documents[i].name}: as JSON, validate exits ${code}: ${brief(stderr)}`);
    });
    const answers = await inParallel(refused, validate);
    answers.forEach(({ code, stderr }, i) => {
      if (code === 2) return;
      accepts(refused[i].document);
      const reason = ajv.errorsText(accepts.errors);
      findings.push(
        `${refused[i].name}: ${refused[i].what}: schema: ${reason}; validate exits ${code} ${code > 2 ? brief(stderr) : ''}`,
      );
    });
    return {
      version: versionOf('ajv'),
      files: documents.length,
      findings,
      note: `${refused.length} of ${all.length} mutants refused`,
    };
  },
};
