// A folder as a source: whole files or none, nothing personal in the clear, damage found, and processes that share it.

import { execFileSync } from 'node:child_process';
import { appendFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  createMemoryKeyring,
  encodeEvent,
  instantOf,
  parseCommandId,
  type RecordedEvent,
} from '@paystrata/application';
import { acme, known } from '@paystrata/conformance/random-payments';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { PaymentSource, SourceEvent } from '../ports/source.ts';
import { declareSourceCases, documentAt, epoch, found, keyOf } from '../testing/source-cases.ts';
import { readArchivedMonth } from './event-archive.ts';
import { createFilesSource } from './files-source.ts';

const keyring = createMemoryKeyring();
let folder: string;
let source: PaymentSource;

const open = async (at = folder, log = epoch) => {
  const made = createFilesSource({ folder: at, keyring });
  await made.open(log);
  return made;
};

describe('as every source', () => {
  let shared: PaymentSource;
  let place: string;
  beforeAll(async () => {
    place = mkdtempSync(join(tmpdir(), 'paystrata-files-'));
    shared = await open(place);
  });
  afterAll(() => rmSync(place, { recursive: true }));
  declareSourceCases(() => shared, 15);
});

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'paystrata-files-'));
  source = await open();
  await source.clear();
});

afterEach(() => rmSync(folder, { recursive: true }));

const files = () =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.payment'));
const fileOf = (number: number) => join(folder, known(files().find((name) => name.includes(keyOf(number).paymentId))));
const everything = { organizationId: acme, from: null, to: null };

it('has nothing personal in the clear, and nothing at all once the key is gone', async () => {
  const document = documentAt(1, 1);
  await source.apply({ from: 0, to: 1, documents: [document], events: [] });
  expect(readFileSync(fileOf(1), 'utf8')).not.toMatch(/Ada|at 1/);
  expect((await found(source, keyOf(1)))?.answer).toEqual(document.document);
  await keyring.destroy(acme, document.document.payment.subject);
  const erased = known((await found(source, keyOf(1)))?.answer);
  expect(erased.payment.personal).toEqual({ customer: null, description: null, metadata: {} });
});

it('knows a file that was cut at any byte, or has another byte anywhere, and is right after a repair', async () => {
  const document = documentAt(2, 2);
  await source.apply({ from: 0, to: 2, documents: [document], events: [] });
  const path = fileOf(2);
  const whole = readFileSync(path);
  const spoilt = [
    ...Array.from(whole.keys(), (length) => whole.subarray(0, length)),
    ...Array.from(whole.keys(), (at) => {
      const copy = Buffer.from(whole);
      copy[at] = (copy[at] ?? 0) ^ 1;
      return copy;
    }),
  ];
  for (const [index, bytes] of spoilt.entries()) {
    writeFileSync(path, bytes);
    const outcome = await found(source, keyOf(2)).catch((error: unknown) => error);
    expect(outcome, `case ${index}`).toMatchObject({ code: 'STORE_DAMAGED' });
  }
  const [entry] = await source.entries(everything, 10);
  expect(entry).toMatchObject({ paymentId: document.paymentId, revision: document.revision });
  expect(entry?.fingerprint).not.toBe(document.fingerprint);
  await source.put([document]);
  expect((await found(source, keyOf(2)))?.answer).toEqual(document.document);
});

it('shows the newest file, whoever left an older one beside it', async () => {
  await source.apply({ from: 0, to: 1, documents: [documentAt(1, 1)], events: [] });
  const [older, text] = [fileOf(1), readFileSync(fileOf(1))];
  await source.apply({ from: 1, to: 2, documents: [documentAt(1, 2)], events: [] });
  writeFileSync(older, text);
  expect(files()).toHaveLength(2);
  expect((await found(source, keyOf(1)))?.answer?.position).toBe(2);
  await source.apply({ from: 2, to: 3, documents: [documentAt(1, 3)], events: [] });
  expect(files()).toHaveLength(1);
});

it('is seen by another process at once, and emptied for it as well', async () => {
  const another = await open();
  await source.apply({ from: 0, to: 1, documents: [documentAt(1, 1)], events: [] });
  expect(await another.held()).toBe(1);
  expect((await found(another, keyOf(1)))?.answer?.position).toBe(1);
  await source.clear();
  expect(await found(another, keyOf(1))).toBeNull();
  expect(await another.held()).toBe(0);
});

it('forgets the documents of another epoch, and keeps what is archived', async () => {
  await source.apply({ from: 0, to: 1, documents: [documentAt(1, 1)], events: [eventAt(1)] });
  const [root = ''] = readdirSync(folder);
  const another = await open(folder, 'another-epoch');
  expect(await another.held()).toBeNull();
  await another.clear();
  expect(files()).toEqual([]);
  expect(await source.held()).toBeNull();
  expect((await readArchivedMonth(join(folder, root), acme, '2026-01')).events).toHaveLength(1);
});

describe('the archive', () => {
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

  it('counts what is damaged', async () => {
    await source.apply({ from: 0, to: 2, documents: [], events: [eventAt(1), eventAt(2)] });
    appendFileSync(file(), 'something else\n');
    expect(await archived()).toMatchObject({ damaged: 1, events: [{ position: 1 }, { position: 2 }] });
  });
});

describe('failures', () => {
  it('a folder that cannot be written is named at the start', async () => {
    const path = join(folder, 'a-file');
    writeFileSync(path, '');
    const refused = open(path);
    await expect(refused).rejects.toMatchObject({
      code: 'CONFIG_INVALID',
      message: expect.stringContaining(path) as string,
    });
  });

  it('a disk that is full says so, moves no position, and goes on once there is room', async () => {
    const small = join(folder, 'small');
    execFileSync('mkdir', [small]);
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=256k', 'tmpfs', small]);
    try {
      const tight = await open(small);
      await tight.clear();
      const filler = join(small, 'filler');
      execFileSync('sh', ['-c', `dd if=/dev/zero of=${filler} bs=1k count=1024 2>/dev/null || true`]);
      const batch = {
        from: 0,
        to: 3,
        documents: [documentAt(1, 1), documentAt(2, 2), documentAt(3, 3)],
        events: [eventAt(1)],
      };
      await expect(tight.apply(batch)).rejects.toMatchObject({ code: 'STORE_FULL' });
      expect(await tight.held()).toBe(0);
      rmSync(filler);
      expect(await tight.apply(batch)).toBe(3);
      expect((await found(tight, keyOf(3)))?.answer?.position).toBe(3);
    } finally {
      execFileSync('umount', [small]);
    }
  });

  it('a folder that becomes read-only is named, and what is there is still read', async () => {
    const place = join(folder, 'read-only');
    execFileSync('mkdir', [place]);
    execFileSync('mount', ['-t', 'tmpfs', 'tmpfs', place]);
    try {
      const once = await open(place);
      await once.clear();
      await once.apply({ from: 0, to: 1, documents: [documentAt(1, 1)], events: [] });
      execFileSync('mount', ['-o', 'remount,ro', place]);
      const refused = once.apply({ from: 1, to: 2, documents: [documentAt(1, 2)], events: [] });
      await expect(refused).rejects.toMatchObject({ code: 'CONFIG_INVALID', retryable: true });
      expect((await found(once, keyOf(1)))?.answer?.position).toBe(1);
    } finally {
      execFileSync('umount', [place]);
    }
  });
});

function eventAt(position: number): SourceEvent {
  const { organizationId, paymentId } = keyOf(1);
  const event: RecordedEvent = {
    ...{ eventId: `e-${position}`, type: 'PaymentCancelled', schemaVersion: 1, organizationId, paymentId },
    ...{ version: position, position, at: instantOf(Date.UTC(2026, 0, 15)), actor: 'a', userId: null },
    ...{ correlationId: 'c', causationId: null, commandId: known(parseCommandId('c')), metadata: {} },
    data: { reason: null },
  };
  return { event, text: encodeEvent(event) };
}
