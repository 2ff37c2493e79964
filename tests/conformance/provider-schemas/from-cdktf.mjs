#!/usr/bin/env node
// usage: node from-cdktf.mjs FOLDER > hashicorp-aws-VERSION.json, with the npm package @cdktf/provider-aws in FOLDER
// Recovers our types of a provider's schema from bindings generated from it, where the provider itself is out of
// reach. The bindings carry their TypeScript source, and it says of every attribute what the schema said:
//   // pattern - computed: false, optional: false, required: true
// What is lost on the way: deprecations, and counts of blocks other than "one" and "any number".
import fs from 'node:fs';
import path from 'node:path';
import { dataSources, print, resources } from './types.mjs';

// Deprecations are not in the bindings; these are known from the provider's release notes and its plans' warnings.
const deprecated = { data: { aws_region: ['name'] } };

const [root] = process.argv.slice(2);
const provider = JSON.parse(fs.readFileSync(path.join(root, 'package.json'), 'utf8')).cdktf.provider;

/** The classes of one module, by name. Their source stands in the source map at the end of each compiled file. */
function classesOf(folder) {
  let source = '';
  for (const name of fs.readdirSync(path.join(root, 'lib', folder)).filter((name) => name.endsWith('.js'))) {
    const compiled = fs.readFileSync(path.join(root, 'lib', folder, name), 'utf8');
    const [, map] = compiled.match(/sourceMappingURL=data:[^,]*,(\S+)/);
    source += JSON.parse(Buffer.from(map, 'base64').toString()).sourcesContent[0];
  }
  const classes = {};
  for (const [, name, base, body] of source.matchAll(/^export class (\w+) extends (\S+) \{\n([\s\S]*?)^\}/gm))
    classes[name] = { base, body };
  return classes;
}

function typeOf(text) {
  const [, getter] = text.match(/get(\w+)Attribute\(/) ?? [];
  const collection = /Fn\.tolist\(/.test(text) ? 'set' : 'list'; // how the bindings read a set
  const types = {
    String: 'string',
    Number: 'number',
    Boolean: 'bool',
    StringMap: 'map(string)',
    List: `${collection}(string)`,
    NumberList: `${collection}(number)`,
  };
  return types[getter];
}

function schemaOf(classes, name) {
  const schema = { attributes: {}, blocks: {} };
  const said = /^ +\/\/ (\w+) - computed: (\w+), optional: (\w+), required: (\w+)$/gm;
  const found = [...classes[name].body.matchAll(said)];
  found.forEach((match, i) => {
    const [line, key, computed, optional, required] = match;
    const text = classes[name].body.slice(match.index + line.length, found[i + 1]?.index);
    const nested = text.match(/= new (\w+)\(this, "\w+"(?:, (\w+))?\)/);
    if (nested && computed === 'false') {
      const single = nested[1].endsWith('OutputReference');
      const element = single ? nested[1] : nested[1].replace(/List$/, 'OutputReference');
      const mode = key === 'timeouts' ? 'single' : nested[2] === 'true' ? 'set' : 'list';
      const counts = { mode, min: required === 'true' ? 1 : 0, max: single ? 1 : 0 };
      schema.blocks[key] = { ...counts, ...schemaOf(classes, element) };
      return;
    }
    const attribute = { type: nested ? `${nested[2] === 'true' ? 'set' : 'list'}(object)` : typeOf(text) };
    if (!attribute.type) throw new Error(`${name}.${key}: no type found`);
    for (const [flag, value] of Object.entries({ required, optional, computed }))
      if (value === 'true') attribute[flag] = true;
    schema.attributes[key] = attribute;
  });
  return schema;
}

function recover(type, isData) {
  const folder = (isData ? 'data-' : '') + (isData ? type : type.replace(/^aws_/, '')).replaceAll('_', '-');
  const classes = classesOf(folder);
  const main = Object.keys(classes).find((name) => /Terraform(Resource|DataSource)$/.test(classes[name].base));
  const schema = schemaOf(classes, main);
  for (const name of (isData && deprecated.data[type]) || []) schema.attributes[name].deprecated = true;
  return schema;
}

process.stdout.write(
  print({
    provider: provider.name.replace(/^.*?\//, ''),
    version: provider.version,
    source: `@cdktf/provider-aws of npm, generated from the provider's schema; both are MPL-2.0`,
    resources: Object.fromEntries(resources.map((type) => [type, recover(type, false)])),
    dataSources: Object.fromEntries(dataSources.map((type) => [type, recover(type, true)])),
  }),
);
