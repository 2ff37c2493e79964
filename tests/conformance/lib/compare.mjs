// Comparing documents.
const isObject = (value) => value !== null && typeof value === 'object' && !Array.isArray(value);

const shown = (value) => {
  const text = value === undefined ? 'nothing' : JSON.stringify(value);
  return text.length > 120 ? text.slice(0, 120) + '…' : text;
};

/** Where two JSON values differ, as lines of text; empty when they are equal. The order of keys does not count. */
export function differences(a, b, at = '', most = 5) {
  const found = [];
  const walk = (x, y, path) => {
    if (found.length >= most || x === y) return;
    if (Array.isArray(x) && Array.isArray(y)) {
      if (x.length !== y.length) found.push(`${path || '/'}: ${x.length} items and ${y.length}`);
      else x.forEach((value, i) => walk(value, y[i], `${path}/${i}`));
    } else if (isObject(x) && isObject(y)) {
      for (const key of new Set([...Object.keys(x), ...Object.keys(y)])) walk(x[key], y[key], `${path}/${key}`);
    } else {
      found.push(`${path || '/'}: ${shown(x)} and ${shown(y)}`);
    }
  };
  walk(a, b, at);
  return found;
}

/** A template without the line that only the JSON form has, since JSON has no comments. */
export function withoutHead(template) {
  const { secretwatch, ...rest } = template.Metadata ?? {};
  const copy = { ...template, Metadata: rest };
  if (Object.keys(rest).length === 0) delete copy.Metadata;
  return { copy, head: secretwatch };
}
