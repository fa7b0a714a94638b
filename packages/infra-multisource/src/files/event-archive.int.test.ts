// The archive of events: each once and in order, lines that are torn or damaged known and brought again.

import { appendFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createMemoryKeyring } from '@paystrata/application';
import { acme, known } from '@paystrata/conformance/random-payments';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { PaymentSource } from '../ports/source.ts';
import { epoch } from '../testing/source-cases.ts';
import { readArchivedMonth } from './event-archive.ts';
import { createFilesSource } from './files-source.ts';
import { eventAt } from './testing/archived-events.ts';

const keyring = createMemoryKeyring();
let folder: string;
let source: PaymentSource;

const open = async () => {
  const made = createFilesSource({ folder, keyring });
  await made.open(epoch);
  return made;
};

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'paystrata-files-'));
  source = await open();
  await source.clear();
});

afterEach(() => rmSync(folder, { recursive: true }));

const archived = () => readArchivedMonth(join(folder, known(readdirSync(folder)[0])), acme, '2026-01');
const file = () => join(folder, known(readdirSync(folder)[0]), 'archive', 'org-acme', '2026-01.log');

it('keeps each event once and in order, whatever comes again', async () => {
  for (const [from, to] of [
    [0, 2],
    [0, 2],
    [1, 4],
    [2, 3],
  ] as const) {
    const events = Array.from({ length: to - from }, (_, index) => eventAt(from + index + 1));
    await source.apply({ from, to, documents: [], events });
  }
  const another = await open();
  await another.apply({ from: 4, to: 5, documents: [], events: [eventAt(4), eventAt(5)] });
  await source.apply({ from: 4, to: 6, documents: [], events: [eventAt(5), eventAt(6)] });
  const month = await archived();
  expect(month.events.map(({ position }) => position)).toEqual([1, 2, 3, 4, 5, 6]);
  expect(month.events[1]?.text).toBe(eventAt(2).text);
  expect(readFileSync(file(), 'utf8').trim().split('\n')).toHaveLength(6);
});

it('knows a line that was torn off at any byte, and has it again once it is brought again', async () => {
  await source.apply({ from: 0, to: 1, documents: [], events: [eventAt(1)] });
  const begun = readFileSync(file()).length;
  await source.apply({ from: 1, to: 2, documents: [], events: [eventAt(2)] });
  const whole = readFileSync(file());
  for (let length = begun; length < whole.length - 1; length += 1) {
    writeFileSync(file(), whole);
    truncateSync(file(), length);
    expect((await archived()).events).toHaveLength(1);
    const restarted = await open();
    await restarted.apply({ from: 1, to: 2, documents: [], events: [eventAt(2)] });
    expect((await archived()).events).toHaveLength(2);
  }
});

it('tells what is there whole, as it is now, and takes again what is not', async () => {
  await source.apply({ from: 0, to: 2, documents: [], events: [eventAt(1), eventAt(2)] });
  const { archive } = source;
  expect([...known(await archive?.positions(acme, '2026-01'))]).toEqual([1, 2]);
  const whole = readFileSync(file(), 'utf8');
  writeFileSync(file(), whole.replace('PaymentCancelled', 'PaymentCancelleD'));
  expect([...known(await archive?.positions(acme, '2026-01'))]).toEqual([2]);
  await archive?.add([eventAt(1), eventAt(2)]);
  expect([...known(await archive?.positions(acme, '2026-01'))].sort()).toEqual([1, 2]);
  expect([...known(await archive?.positions(acme, '2026-02'))]).toEqual([]);
});

it('counts what is damaged', async () => {
  await source.apply({ from: 0, to: 2, documents: [], events: [eventAt(1), eventAt(2)] });
  appendFileSync(file(), 'something else\n');
  expect(await archived()).toMatchObject({ damaged: 1, events: [{ position: 1 }, { position: 2 }] });
});
