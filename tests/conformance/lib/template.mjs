// Reading the YAML template as CloudFormation does.
import YAML from 'yaml';

const scalar = (tag, make) => ({ tag, resolve: make });
const nested = (tag, collection) => ({
  tag,
  collection,
  resolve: (node) => node, // becomes {Fn::…: node} in `long`
});

const tags = [
  scalar('!Ref', (text) => ({ Ref: text })),
  scalar('!Sub', (text) => ({ 'Fn::Sub': text })),
  scalar('!GetAtt', (text) => {
    const dot = text.indexOf('.');
    return { 'Fn::GetAtt': [text.slice(0, dot), text.slice(dot + 1)] };
  }),
  nested('!Join', 'seq'),
];

/** The long form of short tags, and plain values for all else. */
function long(node) {
  if (YAML.isMap(node)) {
    const object = {};
    for (const { key, value } of node.items) object[key.value] = long(value);
    return object;
  }
  if (YAML.isSeq(node)) {
    const items = node.items.map(long);
    return node.tag === '!Join' ? { 'Fn::Join': items } : items;
  }
  return YAML.isScalar(node) ? node.value : node;
}

/** The value of a YAML template. `version`: 1.1, as Python's and Java's readers have it, or 1.2. Throws on any fault. */
export function readTemplate(text, version) {
  const document = YAML.parseDocument(text, {
    version,
    customTags: tags,
    strict: true,
    uniqueKeys: true,
    logLevel: 'error',
  });
  const problem = document.errors[0] ?? document.warnings[0];
  if (problem) throw new Error(problem.message.split('\n')[0]);
  return long(document.contents);
}
