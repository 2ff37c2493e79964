// The modules against the schemas of the provider's versions 5 and 6, as stored beside this folder.
import fs from 'node:fs';
import path from 'node:path';
import { here, load } from '../lib/packages.mjs';
import { brief } from '../lib/process.mjs';

const folder = path.join(here, 'provider-schemas');
const ofEverything = new Set(['depends_on', 'lifecycle', 'provider', '//']);
const isObject = (value) => value !== null && typeof value === 'object' && !Array.isArray(value);
const isExpression = (value) => typeof value === 'string' && /(?<!\$)\$\{/.test(value);

function scalarFits(type, value) {
  if (type === 'string') return ['string', 'number', 'boolean'].includes(typeof value);
  if (type === 'number')
    return typeof value === 'number' || (typeof value === 'string' && value !== '' && Number.isFinite(Number(value)));
  return [true, false, 'true', 'false'].includes(value);
}

function checkAttribute(type, value, at, say) {
  const [, collection, element] = type.match(/^(?:(list|set|map)\((\w+)\))$/) ?? [];
  if (!collection) {
    if (!isExpression(value) && !scalarFits(type, value)) say(`${at}: ${type} wanted, ${JSON.stringify(value)} found`);
    return;
  }
  if (isExpression(value)) return; // a reference to a whole collection
  if (collection === 'map' ? !isObject(value) : !Array.isArray(value)) return say(`${at}: ${type} wanted`);
  for (const item of Object.values(value)) checkAttribute(element, item, at, say);
  const literals = Array.isArray(value) ? value.map((item) => JSON.stringify(item)) : [];
  if (new Set(literals).size < literals.length) say(`${at}: an item stands in it twice`);
}

function checkBody(schema, body, at, say) {
  for (const [key, value] of Object.entries(body)) {
    const attribute = schema.attributes[key];
    const block = schema.blocks[key];
    if (attribute) {
      if (!attribute.required && !attribute.optional) say(`${at}.${key}: cannot be set`);
      else if (attribute.deprecated) say(`${at}.${key}: is deprecated`);
      else checkAttribute(attribute.type, value, `${at}.${key}`, say);
    } else if (block) {
      if (block.deprecated) say(`${at}.${key}: is deprecated`);
      const all = Array.isArray(value) ? value : [value];
      if (block.max > 0 && all.length > block.max) say(`${at}.${key}: ${all.length} blocks, at most ${block.max}`);
      for (const each of all)
        isObject(each) ? checkBody(block, each, `${at}.${key}`, say) : say(`${at}.${key}: no block`);
    } else if (!ofEverything.has(key)) {
      say(`${at}.${key}: unknown`);
    }
  }
  for (const [key, { required }] of Object.entries(schema.attributes))
    if (required && !(key in body)) say(`${at}.${key}: missing`);
  for (const [key, { min }] of Object.entries(schema.blocks))
    if (min > 0 && !(key in body)) say(`${at}.${key}: missing`);
}

/** The insides of `${…}` in a text. `$${` is an escape; braces and quotes nest. */
function expressionsOf(text) {
  const found = [];
  for (let i = text.indexOf('${'); i >= 0; i = text.indexOf('${', i)) {
    if (text[i - 1] === '$') {
      i += 2;
      continue;
    }
    let depth = 0;
    let quoted = false;
    const begin = i + 2;
    for (i = begin; i < text.length && (depth > 0 || text[i] !== '}' || quoted); ++i) {
      if (quoted && text[i] === '\\') i += 1;
      else if (text[i] === '"') quoted = !quoted;
      else if (!quoted && text[i] === '{') depth += 1;
      else if (!quoted && text[i] === '}') depth -= 1;
    }
    found.push(text.slice(begin, i));
  }
  return found;
}

function textsOf(value) {
  if (typeof value === 'string') return [value];
  return value && typeof value === 'object' ? Object.values(value).flatMap(textsOf) : [];
}

/** Every reference in the module must be to something declared, and to an attribute that there is. */
function checkReferences(document, schema, say) {
  const variables = document.variable ?? {};
  const locals = Object.assign({}, ...[document.locals ?? {}].flat());
  const read = new Set();
  for (const expression of textsOf(document).flatMap(expressionsOf)) {
    for (const [reference, data, type, name, attribute] of expression.matchAll(/\b(data\.)?(aws_\w+)\.(\w+)\.(\w+)/g)) {
      const declared = document[data ? 'data' : 'resource']?.[type]?.[name];
      const known = schema[data ? 'dataSources' : 'resources'][type]?.attributes[attribute];
      if (declared === undefined) say(`${reference}: not declared`);
      else if (!known) say(`${reference}: no such attribute`);
      else if (known.deprecated) say(`${reference}: is deprecated`);
    }
    for (const [, kind, name] of expression.matchAll(/\b(var|local)\.(\w+)/g)) {
      if (!(name in (kind === 'var' ? variables : locals))) say(`${kind}.${name}: not declared`);
      read.add(`${kind}.${name}`);
    }
  }
  for (const name of Object.keys(variables)) if (!read.has(`var.${name}`)) say(`var.${name}: never read`);
  for (const name of Object.keys(locals)) if (!read.has(`local.${name}`)) say(`local.${name}: never read`);
}

function checkModule(document, schema, say) {
  for (const [kind, types] of [
    ['resource', schema.resources],
    ['data', schema.dataSources],
  ]) {
    for (const [type, named] of Object.entries(document[kind] ?? {})) {
      if (!types[type]) say(`${kind} ${type}: unknown, or not in the stored schema`);
      for (const [name, body] of Object.entries(named)) {
        const all = Array.isArray(body) ? body : [body];
        if (all.length > 1) say(`${kind} ${type}.${name}: declared ${all.length} times`);
        if (!/^[A-Za-z_][\w-]*$/.test(name)) say(`${kind} ${type}.${name}: no Terraform name`);
        if (types[type]) checkBody(types[type], all[0], `${type}.${name}`, say);
        for (const address of [all[0].depends_on ?? []].flat()) {
          const [, to, of] = address.match(/^(?:\$\{)?(\w+)\.(\w+)\}?$/) ?? [];
          if (!document.resource?.[to]?.[of]) say(`${type}.${name}: depends on ${address}, which is not declared`);
        }
      }
    }
  }
  checkReferences(document, schema, say);
}

export default {
  name: 'provider schemas',
  required: true,
  npm: true,

  async run({ cases }) {
    const { parse } = load('@cdktf/hcl2json');
    const stored = fs.readdirSync(folder).filter((name) => name.startsWith('hashicorp-aws-'));
    const schemas = stored.map((name) => JSON.parse(fs.readFileSync(path.join(folder, name), 'utf8')));
    const findings = [];
    for (const each of cases) {
      const documents = { 'main.tf.json': each.terraform() };
      try {
        documents['main.tf'] = await parse('main.tf', each.read(each.hcl));
      } catch (error) {
        findings.push(`${each.name}: main.tf: ${brief(error.message)}`);
      }
      for (const [file, document] of Object.entries(documents))
        for (const schema of schemas)
          checkModule(document, schema, (text) =>
            findings.push(`${each.name}: ${file}: aws ${schema.version}: ${text}`),
          );
    }
    return { version: schemas.map(({ version }) => version).join(', '), files: cases.length * 2, findings };
  },
};
