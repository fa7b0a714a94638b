// A million events into a store and out again, and a million payments as CSV, in a heap that would not hold them.

import { createHash, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createReadStream, createWriteStream, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { figure, proofTimeoutMs, prove } from '@paystrata/test-servers';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createWorkplace, type Workplace } from '../e2e/command.ts';
import { limitedHeap, megabytesTaken } from './testing/limited-heap.ts';

const PAYMENTS = figure(4000, 1_000_000);
/** Every so manyth payment has a second event, far behind the first. */
const CHANGED_EVERY = 8;
const EVENTS = PAYMENTS + PAYMENTS / CHANGED_EVERY;
/** Megabytes that V8 may keep. */
const HEAP = 160;
/** Megabytes that a run may take in all: V8, the pages of SQLite, code and buffers. */
const MOST = 700;
/** Bytes in the store when the import is killed, which is somewhere in its first half. */
const KILLED_AT = EVENTS * 300;

let place: Workplace;
let file: string;

beforeAll(async () => {
  place = await createWorkplace(limitedHeap(HEAP));
  file = join(place.folder, 'events.ndjson');
  await writeEvents(file, await templates());
}, proofTimeoutMs);

afterAll(() => place.remove());

type View = Readonly<Record<string, unknown>>;

/** How the command itself writes a creation and a change. */
async function templates(): Promise<readonly View[]> {
  const source = place.with({ PAYSTRATA_DATA_DIR: './template' });
  const customer = ['--customer-id', 'c-0', '--customer-name', 'Customer 0', '--description', 'what it is about'];
  await source.json('payments', 'create', '--amount', '12.34', '--currency', 'EUR', ...customer, '--json');
  const { stdout } = await source.run('export');
  const { paymentId } = JSON.parse(stdout) as { readonly paymentId: string };
  await source.json('payments', 'update', paymentId, '--amount', '43.21', '--json');
  const lines = (await source.run('export')).stdout.trimEnd().split('\n');
  return lines.map((line) => JSON.parse(line) as View);
}

async function writeEvents(path: string, [created, updated]: readonly View[]): Promise<void> {
  const stream = createWriteStream(path);
  const changed: string[] = [];
  let position = 0;
  const write = async (view: View | undefined, paymentId: string): Promise<void> => {
    position += 1;
    const said = view?.['data'] as View;
    const data = 'paymentId' in said ? { ...said, paymentId } : said;
    const event = { ...view, eventId: randomUUID(), paymentId, position: String(position), data };
    if (!stream.write(`${JSON.stringify(event)}\n`)) await once(stream, 'drain');
  };
  for (let number = 0; number < PAYMENTS; number += 1) {
    const paymentId = randomUUID();
    await write(created, paymentId);
    if (number % CHANGED_EVERY === 0) changed.push(paymentId);
  }
  for (const paymentId of changed) await write(updated, paymentId);
  stream.end();
  await once(stream, 'close');
}

function storedBytes(): number {
  const folder = join(place.folder, '.paystrata');
  const names = readdirSync(place.folder).includes('.paystrata') ? readdirSync(folder) : [];
  return names.filter((name) => name.startsWith('journal')).reduce((sum, name) => sum + sizeOf(join(folder, name)), 0);
}

/** Files beside a store come and go. */
function sizeOf(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.size ?? 0;
}

async function digestOf(path: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const part of createReadStream(path)) hash.update(part as Buffer);
  return hash.digest('hex');
}

async function firstFieldsOf(path: string): Promise<readonly string[]> {
  const fields: string[] = [];
  for await (const line of createInterface({ input: createReadStream(path) })) fields.push(line.slice(0, 36));
  return fields.slice(1);
}

const property = 'events go in and out in bounded memory; an import that was killed is run again';

it(property, { timeout: proofTimeoutMs }, async () => {
  await prove({ part: 'million-events', property, store: 'SQLite' }, async () => {
    const killed = place.start('import', 'events.ndjson', '--json');
    const bytes = () => {
      if (killed.child.exitCode !== null) throw new Error(`it ended before: ${killed.printed().stderr}`);
      return storedBytes();
    };
    await expect.poll(bytes, { timeout: proofTimeoutMs / 2, interval: 5 }).toBeGreaterThan(KILLED_AT);
    killed.child.kill('SIGKILL');
    expect((await killed.ended).code).toBeNull();
    const told: string[] = [];
    const measured = async (name: string, run: () => Promise<{ readonly stderr: string; readonly code: unknown }>) => {
      const begun = performance.now();
      const { stderr, code } = await run();
      expect([name, code, stderr]).toEqual([name, 0, expect.stringContaining('maxRSS')]);
      expect(megabytesTaken(stderr)).toBeLessThan(MOST);
      told.push(`${name} ${((performance.now() - begun) / 1000).toFixed(0)} s, ${megabytesTaken(stderr)} MB`);
    };

    let report = { read: 0, imported: 0, alreadyThere: 0 };
    await measured('import', async () => {
      const ran = await place.run('import', 'events.ndjson', '--json');
      report = JSON.parse(ran.stdout) as typeof report;
      return ran;
    });
    expect(report).toMatchObject({ read: EVENTS, imported: EVENTS - report.alreadyThere });
    expect(report.alreadyThere).toBeGreaterThan(0);
    expect(report.imported).toBeGreaterThan(0);

    await measured('export', () => place.runInto('out.ndjson', 'export'));
    expect(await digestOf(join(place.folder, 'out.ndjson'))).toBe(await digestOf(file));

    await measured('CSV', () => place.runInto('out.csv', 'export', '--format', 'csv'));
    const ids = await firstFieldsOf(join(place.folder, 'out.csv'));
    expect([ids.length, new Set(ids).size]).toEqual([PAYMENTS, PAYMENTS]);
    const count = (number: number) => number.toLocaleString('en-US');
    return `${count(EVENTS)} events of ${count(PAYMENTS)} payments, ${count(report.alreadyThere)} of them there when the import was killed; in a heap of ${HEAP} MB: ${told.join('; ')}`;
  });
});
