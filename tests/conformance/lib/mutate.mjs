// Broken specs made from good ones: every node of a document changed in every way that might be a mistake.
const isObject = (value) => value !== null && typeof value === 'object' && !Array.isArray(value);
const copy = (value) => JSON.parse(JSON.stringify(value));

/** What a node could wrongly be instead, as [what was done, the new value]. */
function wrongValues(value) {
  const wrong = [['null', null]];
  if (typeof value === 'string') {
    wrong.push(['number', 7], ['boolean', true], ['list', [value]], ['mapping', { value }], ['empty text', '']);
    wrong.push(
      ['other word', `${value}x`],
      ['blank', `${value} `],
      ['line break', `${value}\n`],
      ['hostile', `${value}"\\'<>`],
    );
    wrong.push(['upper case', value.toUpperCase()], ['too long', value + 'y'.repeat(5000)], ['not ASCII', `é${value}`]);
    wrong.push(
      ['reference', `${value}{{resolve:secretsmanager:db}}`],
      ['wildcard', `${value}*`],
      ['arn', `arn:aws:iam::1:${value}`],
    );
  } else if (typeof value === 'number') {
    wrong.push(['text', String(value)], ['boolean', true], ['list', [value]], ['zero', 0], ['negative', -1]);
    wrong.push(['fraction', 1.5], ['huge', 1e15], ['one more than a word', 2 ** 32]);
  } else if (typeof value === 'boolean') {
    wrong.push(['text', String(value)], ['yes', 'yes'], ['number', 1], ['list', [value]]);
  } else if (Array.isArray(value)) {
    wrong.push(['empty list', []], ['text', 'text'], ['number', 7], ['mapping', { key: 'value' }]);
    if (value.length > 0) wrong.push(['item twice', [...value, copy(value[0])]], ['first item alone', copy(value[0])]);
    wrong.push(['null item', [...value, null]], ['number item', [...value, 7]], ['list item', [...value, []]]);
  } else if (isObject(value)) {
    wrong.push(['empty mapping', {}], ['text', 'text'], ['list', []], ['boolean', true]);
    wrong.push(['unknown key', { ...value, surprise: 'x' }]);
    for (const key of Object.keys(value)) {
      const { [key]: item, ...rest } = value;
      wrong.push([`without ${key}`, rest]);
      wrong.push(
        [`${key} misspelt`, { ...rest, [`${key}s`]: item }],
        [`${key} in capitals`, { ...rest, [key.toUpperCase()]: item }],
      );
    }
  }
  return wrong;
}

/** The same place in any spec: names that people choose and places in lists are left out. */
function shape(path) {
  const named = ['tags', 'notify', 'alerts'];
  return path
    .map((step, i) => (typeof step === 'number' ? '#' : i === 1 && named.includes(path[0]) ? '*' : step))
    .join('/');
}

/**
 * Mutants of all documents as {name, what, document}, in a fixed order. Of mutants that do the same to the same place
 * only the first `most` are kept: the thirtieth secret breaks as the first one does.
 */
export function* mutants(documents, most = 2) {
  const seen = new Map();
  for (const { name, document } of documents) {
    const nodes = [[[], document]];
    while (nodes.length > 0) {
      const [path, value] = nodes.pop();
      const children = Array.isArray(value)
        ? value.map((item, i) => [i, item])
        : isObject(value)
          ? Object.entries(value)
          : [];
      for (const [step, child] of children.reverse()) nodes.push([[...path, step], child]);
      for (const [what, wrong] of wrongValues(value)) {
        const kind = `${shape(path)} ${Array.isArray(value) ? 'list' : typeof value} ${what}`;
        const times = seen.get(kind) ?? 0;
        if (times >= most) continue;
        seen.set(kind, times + 1);
        const changed = { root: copy(document) };
        const parent = ['root', ...path].slice(0, -1).reduce((node, step) => node[step], changed);
        parent[['root', ...path].at(-1)] = wrong;
        yield { name, what: `/${path.join('/')}: ${what}`, document: changed.root };
      }
    }
  }
}
