// Two processes keep up one log: one of them works, and when it is killed the other takes over.
import { spawn, type ChildProcessByStdio } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { waitUntil } from '@paystrata/test-servers';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createSqliteStore } from '../sqlite/sqlite-store.ts';
import { creation } from '../testing/entries.ts';
import { nineEvents } from '../testing/integrity-world.ts';
import { sharedKeyring } from '../testing/shared-keyring.ts';

const patience = { timeoutMs: 50_000 };
let folder: string;
let processes: { readonly child: ChildProcessByStdio<null, Readable, null>; said(): string }[];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'paystrata-upkeep-'));
  processes = [];
});

afterEach(async () => {
  for (const each of processes) await kill(each.child);
  rmSync(folder, { recursive: true });
});

async function start(path: string) {
  const program = fileURLToPath(import.meta.resolve('../testing/upkeep-program.ts'));
  const args = ['--conditions=@paystrata/source', '--no-warnings', program, path];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  let said = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (said += text));
  const started = { child, said: () => said };
  processes.push(started);
  await waitUntil('it runs', () => said.includes('started'), patience);
  return started;
}

async function kill(child: ChildProcessByStdio<null, Readable, null>): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'close');
  child.kill('SIGKILL');
  await gone;
}

it('is shared by a lease, and goes on after a kill', async () => {
  const path = join(folder, 'journal.db');
  const store = createSqliteStore({ path, keyring: sharedKeyring() });
  await store.start();
  const [one, two] = [await start(path), await start(path)];
  await nineEvents(store);
  const archived = () => [one.said(), two.said()].map((said) => said.includes('archived 9'));
  await waitUntil('nine are archived', () => archived().includes(true), patience);
  const [worker, other] = archived()[0] === true ? [one, two] : [two, one];
  await kill(worker.child);
  await store.commit([creation()]);
  await waitUntil('the tenth is archived', () => other.said().includes('archived 1\n'), patience);
  expect(other.said()).not.toContain('archived 9');
  await store.stop();
});
