// Starting and stopping a mock of AWS.
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import { here } from './packages.mjs';
import { brief } from './process.mjs';

function freePort() {
  return new Promise((resolve) => {
    const server = net.createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

/** A server of its own for one stack, on a free port of this machine. */
export async function startServer(log) {
  const port = await freePort();
  const output = fs.openSync(log, 'w');
  const child = spawn('python3', [path.join(here, 'moto-server.py'), String(port)], {
    stdio: ['ignore', output, output],
  });
  const url = `http://127.0.0.1:${port}`;
  for (let i = 0; i < 300 && child.exitCode === null; ++i) {
    try {
      await fetch(`${url}/moto-api/data.json`);
      return { url, stop: () => child.kill() };
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
  }
  child.kill();
  throw new Error(`moto does not start: ${brief(fs.readFileSync(log, 'utf8'))}`);
}
