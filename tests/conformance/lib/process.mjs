// Running other programs.
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';

/** Runs a program to its end. Never throws: a program that cannot be started has the code 127. */
export function run(program, args, { cwd, env = process.env, input } = {}) {
  return new Promise((resolve) => {
    const child = spawn(program, args, { cwd, env, stdio: ['pipe', 'pipe', 'pipe'] });
    const out = [];
    const err = [];
    child.stdout.on('data', (data) => out.push(data));
    child.stderr.on('data', (data) => err.push(data));
    child.stdin.on('error', () => {}); // a program may end without reading its input
    child.on('error', (error) => resolve({ code: 127, stdout: '', stderr: String(error.message) }));
    child.on('close', (code, signal) =>
      resolve({
        code: code ?? 128,
        stdout: Buffer.concat(out).toString('utf8'),
        stderr: Buffer.concat(err).toString('utf8') + (signal ? `\nended by ${signal}` : ''),
      }),
    );
    child.stdin.end(input ?? '');
  });
}

/** The path of a program that PATH finds, or null. */
export function which(program) {
  for (const folder of (process.env.PATH ?? '').split(path.delimiter)) {
    const candidate = path.join(folder, program);
    try {
      fs.accessSync(candidate, fs.constants.X_OK);
      if (fs.statSync(candidate).isFile()) return candidate;
    } catch {
      // not here
    }
  }
  return null;
}

/** Calls work(item) for all items, as many at a time as the machine has cores, and answers in their order. */
export async function inParallel(items, work, atOnce = Math.max(2, os.availableParallelism())) {
  const answers = new Array(items.length);
  let next = 0;
  const worker = async () => {
    while (next < items.length) {
      const i = next++;
      answers[i] = await work(items[i], i);
    }
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, items.length) }, worker));
  return answers;
}

/** The first lines of what a program said, on one line. */
export const brief = (text, most = 300) => {
  // eslint-disable-next-line no-control-regex
  const line = text
    .replace(/\x1b\[[0-9;]*m/g, '')
    .replace(/\s+/g, ' ')
    .trim();
  return line.length > most ? line.slice(0, most) + '…' : line;
};
