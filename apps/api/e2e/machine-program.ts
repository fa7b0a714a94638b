// One machine of an installation: a server in a process of its own, with the configuration that it is given as JSON.
// Writes one line once it serves; asked by a line for how long its event loop was held, it writes another.

import { createInterface } from 'node:readline';
import { compose, loadConfig, type ConfigOverrides } from '@paystrata/composition';
import { startServer } from '../src/index.ts';

const { dataDir, overrides } = JSON.parse(process.argv[2] ?? '') as { dataDir: string; overrides: ConfigOverrides };
const server = await startServer(await compose(loadConfig({ env: {}, cwd: dataDir, overrides })));
process.stdout.write(`${JSON.stringify({ url: server.url, firstKey: server.firstKey?.key ?? null })}\n`);
let takeLongest: (() => number) | null = null;
createInterface({ input: process.stdin }).on('line', () => {
  takeLongest ??= watchLoop();
  process.stdout.write(`${takeLongest()}\n`);
});

/**
 * Milliseconds of this thread between two turns of its loop, the most since it was asked the last time: its own work,
 * however long others had the processor meanwhile.
 */
function watchLoop(): () => number {
  let longest = 0;
  let before = spent();
  setInterval(() => {
    const now = spent();
    longest = Math.max(longest, now - before);
    before = now;
  }, 1).unref();
  return () => {
    const most = longest;
    longest = 0;
    return most;
  };
}

function spent(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
}
