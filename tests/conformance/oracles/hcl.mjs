// HashiCorp's own HCL: the module parses, is in the format of `terraform fmt`, and says what the .tf.json says.
import { differences } from '../lib/compare.mjs';
import { load, versionOf } from '../lib/packages.mjs';
import { brief } from '../lib/process.mjs';

const isObject = (value) => value !== null && typeof value === 'object' && !Array.isArray(value);
const bare = (text) => (typeof text === 'string' ? text.replace(/^\$\{([\s\S]*)\}$/, '$1') : text);

/** One form for both: a lone block is not a list, comments are gone, addresses stand bare. */
function normal(value, key = '') {
  if (key === 'depends_on' || key === 'type') return Array.isArray(value) ? value.map(bare) : bare(value);
  if (Array.isArray(value)) {
    const items = value.map((item) => normal(item));
    return items.length === 1 && isObject(items[0]) ? items[0] : items;
  }
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, item]) => (name === '//' ? [] : [[name, normal(item, name)]])),
  );
}

export default {
  name: 'hcl2json, hcl-tools',
  required: true,
  npm: true,

  async run({ cases }) {
    const { parse } = load('@cdktf/hcl2json');
    const { format } = load('@cdktf/hcl-tools');
    const findings = [];
    for (const each of cases) {
      const text = each.read(each.hcl);
      try {
        const parsed = await parse('main.tf', text);
        for (const line of differences(normal(parsed), normal(each.terraform())))
          findings.push(`${each.name}: main.tf and main.tf.json differ at ${line}`);
      } catch (error) {
        findings.push(`${each.name}: main.tf: ${brief(error.message)}`);
      }
      const formatted = await format(text);
      if (formatted !== text) {
        const lines = text.split('\n');
        const at = formatted.split('\n').findIndex((line, i) => line !== lines[i]);
        findings.push(`${each.name}: main.tf:${at + 1}: terraform fmt would write '${formatted.split('\n')[at]}'`);
      }
    }
    return { version: versionOf('@cdktf/hcl2json'), files: cases.length * 2, findings };
  },
};
