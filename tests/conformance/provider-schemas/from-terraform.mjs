#!/usr/bin/env node
// usage: terraform providers schema -json | node from-terraform.mjs 5.100.0 > hashicorp-aws-5.100.0.json
// Keeps our types of a provider's real schema, in the short form that provider-schema.mjs reads.
import fs from 'node:fs';
import { dataSources, print, resources } from './types.mjs';

const typeName = (type) => {
  if (typeof type === 'string') return type;
  const [collection, element] = type;
  return typeof element === 'string' ? `${collection}(${element})` : `${collection}(object)`;
};

function attribute(from) {
  const to = { type: typeName(from.type) };
  for (const key of ['required', 'optional', 'computed', 'deprecated']) if (from[key]) to[key] = true;
  return to;
}

function block(from) {
  const of = (things, convert) =>
    Object.fromEntries(Object.entries(things ?? {}).map(([name, thing]) => [name, convert(thing)]));
  return {
    attributes: of(from.attributes, attribute),
    blocks: of(from.block_types, (nested) => ({
      mode: nested.nesting_mode,
      min: nested.min_items ?? 0,
      max: nested.nesting_mode === 'single' ? 1 : (nested.max_items ?? 0),
      ...(nested.block.deprecated ? { deprecated: true } : {}),
      ...block(nested.block),
    })),
  };
}

const [version] = process.argv.slice(2);
const all = Object.values(JSON.parse(fs.readFileSync(0, 'utf8')).provider_schemas)[0];
const pick = (names, from) => Object.fromEntries(names.map((name) => [name, block(from[name].block)]));
process.stdout.write(
  print({
    provider: 'hashicorp/aws',
    version,
    source: 'terraform providers schema -json; the provider is MPL-2.0',
    resources: pick(resources, all.resource_schemas),
    dataSources: pick(dataSources, all.data_source_schemas),
  }),
);
