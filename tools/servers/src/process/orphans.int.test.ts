// No server and no folder outlives the process that started it, however that process ends.

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterEach, expect, test } from 'vitest';
import { waitUntil } from '../wait-until.ts';
import { isAlive } from './process-tree.ts';

interface Started {
  readonly pids: readonly number[];
  readonly folders: readonly string[];
}

const ends = [
  { how: 'is killed', mode: 'temporal', signal: 'SIGKILL' },
  { how: 'is killed while its servers are held still', mode: 'suspended', signal: 'SIGKILL' },
  { how: 'is interrupted', mode: 'waits', signal: 'SIGINT' },
  { how: 'returns without stopping them', mode: 'returns', signal: undefined },
  { how: 'fails', mode: 'throws', signal: undefined },
] as const;

let child: ChildProcess | undefined;

afterEach(() => child?.kill('SIGKILL'));

test.each(ends)('when the process $how', async ({ mode, signal }) => {
  const { program, started } = await start(mode);
  expect(started.pids.length).toBeGreaterThan(5);
  const ended = once(program, 'exit');
  if (signal !== undefined) program.kill(signal);
  await ended;
  await waitUntil('all servers to be gone', () => !started.pids.some(isAlive));
  await waitUntil('all folders to be gone', () => !started.folders.some((folder) => existsSync(folder)));
});

async function start(mode: string): Promise<{ program: ChildProcess; started: Started }> {
  const file = fileURLToPath(new URL('./orphans.fixture.ts', import.meta.url));
  const program = spawn(process.execPath, [file, mode], {
    stdio: ['ignore', 'pipe', mode === 'throws' ? 'ignore' : 'inherit'],
  });
  child = program;
  for await (const line of createInterface({ input: program.stdout })) {
    const started = JSON.parse(line) as Started;
    return { program, started };
  }
  throw new Error('the program ended before it had started its servers');
}
