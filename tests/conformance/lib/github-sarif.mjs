// What GitHub's code scanning asks of a SARIF file beyond the schema. Source: GitHub documentation, "SARIF support for
// code scanning", with its limits. Answers sentences, none when all is well.
import zlib from 'node:zlib';

const limits = {
  gzipBytes: 10 * 1024 * 1024,
  runs: 20,
  results: 25_000, // 5,000 are shown
  rules: 25_000,
  extensions: 100,
  stepsOfAFlow: 10_000, // 1,000 are shown
  locations: 1_000, // 100 are kept
  tags: 20, // 10 are kept
  description: 1_024,
  name: 255,
};

const isText = (value) => typeof value === 'string' && value.trim() !== '';
const levels = ['note', 'warning', 'error'];

function judgeUri(uri, say) {
  if (!isText(uri)) return say('has no uri');
  if (/^[A-Za-z][A-Za-z0-9+.-]*:/.test(uri) && !uri.startsWith('file:///')) say(`has the uri '${uri}', which is no file`);
  if (uri.includes('\\') || /[\s<>"{}|^`#?]/.test(uri)) say(`has the uri '${uri}', which is not encoded`);
  if (uri.split('/').includes('..')) say(`has the uri '${uri}', which leaves the checkout`);
}

function judgePlace(location, say, { oneLine = false } = {}) {
  const physical = location?.physicalLocation;
  judgeUri(physical?.artifactLocation?.uri, say);
  const region = physical?.region ?? {};
  for (const key of ['startLine', 'startColumn', 'endLine', 'endColumn'])
    if (!Number.isInteger(region[key]) || region[key] < 1) say(`has no ${key}`);
  if (region.endLine < region.startLine) say('ends before it begins');
  if (region.endLine === region.startLine && region.endColumn <= region.startColumn) say('has an empty region');
  // An alert is shown in a pull request only if all its lines are in the difference.
  if (oneLine && region.endLine !== region.startLine) say('has a region of several lines');
}

function judgeRule(rule, say) {
  if (!isText(rule.id)) say('has no id');
  if (rule.name !== undefined && (!isText(rule.name) || rule.name.length > limits.name)) say('has no name that fits');
  for (const key of ['shortDescription', 'fullDescription']) {
    if (!isText(rule[key]?.text)) say(`has no ${key}.text`);
    else if (rule[key].text.length > limits.description) say(`has a ${key}.text of more than ${limits.description}`);
  }
  if (!isText(rule.help?.text)) say('has no help.text');
  if (rule.help?.markdown !== undefined && !isText(rule.help.markdown)) say('has an empty help.markdown');
  if (!levels.includes(rule.defaultConfiguration?.level)) say('has no level that is known');
  const { tags = [], precision, ['problem.severity']: severity, ['security-severity']: security } = rule.properties ?? {};
  if (tags.length > limits.tags) say('has too many tags');
  if (precision !== undefined && !['very-high', 'high', 'medium', 'low'].includes(precision))
    say(`has the precision '${precision}'`);
  if (severity !== undefined && !['error', 'warning', 'recommendation'].includes(severity))
    say(`has the problem.severity '${severity}'`);
  if (security !== undefined) {
    if (typeof security !== 'string' || !(Number(security) > 0 && Number(security) <= 10))
      say(`has the security-severity '${security}'`);
    if (!tags.includes('security')) say('has a security-severity and no tag security');
  }
}

/** Related places are shown only where the message links them: [text](1). */
function judgeLinks(result, say) {
  const ids = (result.relatedLocations ?? []).map(({ id }) => id);
  if (new Set(ids).size !== ids.length) say('has two related places of one id');
  const linked = [...(result.message?.text ?? '').matchAll(/(?<!\\)\]\((\d+)\)/g)].map((match) => Number(match[1]));
  for (const id of ids) if (!linked.includes(id)) say(`does not link related place ${id} in its message`);
  for (const id of linked) if (!ids.includes(id)) say(`links place ${id}, which it does not have`);
}

function judgeFlows(result, say) {
  for (const flow of result.codeFlows ?? [])
    for (const thread of flow.threadFlows ?? []) {
      const steps = thread.locations ?? [];
      if (steps.length === 0) say('has a flow without steps');
      if (steps.length > limits.stepsOfAFlow) say('has a flow of too many steps');
      steps.forEach(({ location }, i) => {
        judgePlace(location, (what) => say(`step ${i + 1} of its flow ${what}`));
        if (!isText(location?.message?.text)) say(`step ${i + 1} of its flow has no message`);
      });
    }
}

function judgeResult(result, rules, say) {
  if (!isText(result.message?.text)) say('has no message.text');
  const rule = rules[result.ruleIndex];
  if (!rule || rule.id !== result.ruleId) say(`has ruleIndex ${result.ruleIndex}, which is not rule ${result.ruleId}`);
  if (result.level !== undefined && !levels.includes(result.level)) say(`has the level '${result.level}'`);
  const places = result.locations ?? [];
  if (places.length === 0) say('has no place');
  if (places.length > limits.locations) say('has too many places');
  places.slice(0, 1).forEach((place) => judgePlace(place, say, { oneLine: true }));
  (result.relatedLocations ?? []).forEach((place) => judgePlace(place, (what) => say(`a related place ${what}`)));
  if (!isText(result.partialFingerprints?.primaryLocationLineHash)) say('has no primaryLocationLineHash');
  judgeLinks(result, say);
  judgeFlows(result, say);
}

function judgeRun(run, say) {
  const driver = run.tool?.driver ?? {};
  const rules = driver.rules ?? [];
  const results = run.results;
  if (!isText(driver.name)) say('tool.driver has no name');
  if (!isText(driver.semanticVersion) && !isText(driver.version)) say('tool.driver has no version');
  if (!Array.isArray(driver.rules)) say('tool.driver has no rules');
  if (!Array.isArray(results)) return say('has no results');
  if (rules.length > limits.rules) say('has too many rules');
  if (results.length > limits.results) say('has too many results');
  if ((run.tool?.extensions ?? []).length > limits.extensions) say('has too many extensions');
  if (new Set(rules.map(({ id }) => id)).size !== rules.length) say('has two rules of one id');
  rules.forEach((rule) => judgeRule(rule, (what) => say(`rule ${rule.id} ${what}`)));
  const seen = new Set();
  results.forEach((result, i) => {
    judgeResult(result, rules, (what) => say(`result ${i} (${result.ruleId}) ${what}`));
    // Two of one rule and fingerprint would be one alert.
    const identity = `${result.ruleId} ${result.partialFingerprints?.primaryLocationLineHash}`;
    if (seen.has(identity)) say(`result ${i} (${result.ruleId}) has the fingerprint of another`);
    seen.add(identity);
  });
}

/** Of a log as its text. */
export function judgeForGithub(text) {
  const findings = [];
  const log = JSON.parse(text);
  if (zlib.gzipSync(text).length > limits.gzipBytes) findings.push('has more than 10 MB when it is compressed');
  if (log.version !== '2.1.0') findings.push(`has the version '${log.version}'`);
  if (!isText(log.$schema)) findings.push('has no $schema');
  if (!Array.isArray(log.runs) || log.runs.length === 0) return [...findings, 'has no runs'];
  if (log.runs.length > limits.runs) findings.push('has too many runs');
  log.runs.forEach((run, i) => judgeRun(run, (what) => findings.push(`run ${i}: ${what}`)));
  return findings;
}
