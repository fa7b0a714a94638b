// A program of its own: it outlives the test process by a moment, and takes down what that process left behind. It
// reads orders from its standard input, whose other end closes when the test process ends in whatever way, SIGKILL
// included. Started by `orphan-guard.ts`; holds no other module than the process tree, so that it starts at once.

import { rmSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { isAlive, killTree } from './process-tree.ts';

const pids = new Set<number>();
const folders = new Set<string>();

// An interrupt typed at the terminal goes to the test process; we act on its end.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => undefined);

const orders = createInterface({ input: process.stdin });
orders.on('line', (line) => {
  const subject = line.slice(line.indexOf(' ') + 1);
  if (line.startsWith('+process ')) pids.add(Number(subject));
  else if (line.startsWith('-process ')) pids.delete(Number(subject));
  else if (line.startsWith('+folder ')) folders.add(subject);
  else if (line.startsWith('-folder ')) folders.delete(subject);
});
orders.on('close', () => {
  const killed = [...pids].flatMap((pid) => killTree(pid));
  const end = Date.now() + 5_000;
  const finish = (): void => {
    if (killed.some(isAlive) && Date.now() < end) {
      setTimeout(finish, 5);
      return;
    }
    for (const folder of folders) rmSync(folder, { recursive: true, force: true });
    process.exit(0);
  };
  finish();
});
