// A folder as a source: whole files or none, nothing personal in the clear, damage found, and processes that share it.

import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createMemoryKeyring } from '@paystrata/application';
import { acme, known } from '@paystrata/conformance/random-payments';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { PaymentSource } from '../ports/source.ts';
import { declareSourceCases, documentAt, epoch, found, keyOf } from '../testing/source-cases.ts';
import { readArchivedMonth } from './event-archive.ts';
import { createFilesSource } from './files-source.ts';
import { eventAt } from './testing/archived-events.ts';

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
  readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.payments'));
const onlyFile = () => {
  const [name, ...others] = files();
  expect(others).toEqual([]);
  return join(folder, known(name));
};
const everything = { organizationId: acme, from: null, to: null };

it('has nothing personal in the clear, and nothing at all once the key is gone', async () => {
  const document = documentAt(1, 1);
  await source.apply({ from: 0, to: 1, documents: [document], events: [] });
  expect(readFileSync(onlyFile(), 'utf8')).not.toMatch(/Ada|at 1/);
  expect((await found(source, keyOf(1)))?.answer).toEqual(document.document);
  await keyring.destroy(acme, document.document.payment.subject);
  const erased = known((await found(source, keyOf(1)))?.answer);
  expect(erased.payment.personal).toEqual({ customer: null, description: null, metadata: {} });
});

it('knows a file that was cut at any byte, or has another byte anywhere, and is right once it is filled again', async () => {
  const document = documentAt(2, 2);
  await source.apply({ from: 0, to: 2, documents: [document], events: [] });
  const path = onlyFile();
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
    const again = await open();
    const met = await again
      .held()
      .then(
        () => found(again, keyOf(2)),
        (error: unknown) => error,
      )
      .catch((error: unknown) => error);
    expect(met, `case ${index}`).toMatchObject({ code: 'STORE_DAMAGED', retryable: true });
    await expect(again.held(), `case ${index}`).rejects.toMatchObject({ code: 'STORE_DAMAGED' });
  }
  writeFileSync(path, whole.subarray(0, 10));
  await expect(source.entries(everything, 10)).rejects.toMatchObject({ code: 'STORE_DAMAGED' });
  await source.clear();
  await source.put([document]);
  expect((await found(source, keyOf(2)))?.answer).toEqual(document.document);
});

it('shows the newest state, whoever brings an older one later, and makes many files few', async () => {
  await source.apply({ from: 0, to: 100, documents: [documentAt(1, 100)], events: [] });
  for (let position = 1; position < 100; position += 1) {
    const documents = [documentAt(1, position), documentAt(position + 1, position)];
    await source.apply({ from: 0, to: position, documents, events: [] });
  }
  expect((await found(source, keyOf(1)))?.answer?.position).toBe(100);
  expect((await found(source, keyOf(50)))?.answer?.position).toBe(49);
  await source.close();
  const [first, again] = [await open(), await open()];
  expect((await first.entries(everything, 1000)).map(({ revision }) => revision)).toEqual(
    Array.from({ length: 100 }, (_, index) => index + 1)
      .filter((number) => number % 4 !== 0)
      .map((number) => (number === 1 ? 200 : (number - 1) * 2)),
  );
  await first.remove([keyOf(50)]);
  const lines = files().map((name) => readFileSync(join(folder, name), 'utf8').split('\n').length);
  expect(Math.max(...lines)).toBeGreaterThan(60);
  expect(await again.held()).toBe(100);
  expect(await found(again, keyOf(50))).toBeNull();
  expect((await found(again, keyOf(51)))?.answer?.position).toBe(50);
});

it('goes on reading what another process makes one file of meanwhile', async () => {
  const another = await open();
  for (let position = 1; position <= 7; position += 1) {
    await source.apply({ from: 0, to: position, documents: [documentAt(position, position)], events: [] });
  }
  expect(await another.held()).toBe(7);
  // What it knows of is gone, every file of it.
  await source.remove([1, 2, 3, 4, 5, 6].map(keyOf));
  expect(await found(another, keyOf(1))).toBeNull();
  expect((await found(another, keyOf(7)))?.answer?.position).toBe(7);
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
