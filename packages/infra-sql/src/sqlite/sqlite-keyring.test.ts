// The keyring in a file: made once, shared, and destroyed so that no byte of a key is left.
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseSubjectId } from '@paystrata/domain';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { acme, globex, known } from '../testing/entries.ts';
import { createSqliteKeyring, type SqliteKeyring } from './sqlite-keyring.ts';

const ada = known(parseSubjectId('ada'));
const bob = known(parseSubjectId('bob'));
let folder: string;
let one: SqliteKeyring;
let two: SqliteKeyring;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'paystrata-keyring-'));
  one = await createSqliteKeyring(join(folder, 'keyring'));
  two = await createSqliteKeyring(join(folder, 'keyring'));
});

afterEach(async () => {
  await Promise.all([one.stop(), two.stop()]);
  rmSync(folder, { recursive: true });
});

function holds(secret: Uint8Array): string[] {
  return readdirSync(folder).filter((name) => readFileSync(join(folder, name)).includes(Buffer.from(secret)));
}

it('makes one key a subject, whoever asks first', async () => {
  const keys = await Promise.all(
    Array.from({ length: 20 }, (_, index) => (index % 2 === 0 ? one : two).keyFor(acme, ada)),
  );
  expect(new Set(keys.map((key) => key.id)).size).toBe(1);
  const key = known(keys[0]);
  expect(key.secret).toHaveLength(32);
  expect(await two.find(acme, ada, key.id)).toEqual({ id: key.id, secret: new Uint8Array(key.secret) });
});

it('gives others other keys, and nobody one that never was', async () => {
  const keys = [await one.keyFor(acme, ada), await one.keyFor(acme, bob), await one.keyFor(globex, ada)];
  expect(new Set(keys.map((key) => Buffer.from(key.secret).toString('hex'))).size).toBe(3);
  expect(await one.find(acme, ada, known(keys[1]).id)).toBeNull();
});

it('destroys a key for ever, in every process and every byte of the files', async () => {
  const key = await one.keyFor(acme, ada);
  const kept = await one.keyFor(acme, bob);
  expect(holds(key.secret)).not.toEqual([]);
  await two.destroy(acme, ada);
  await two.destroy(acme, ada);
  expect(await one.find(acme, ada, key.id)).toBeNull();
  expect(holds(key.secret)).toEqual([]);
  expect(holds(kept.secret)).not.toEqual([]);
});

it('makes another key after one was destroyed, or where there never was one to destroy', async () => {
  await one.destroy(acme, ada);
  const first = await two.keyFor(acme, ada);
  await one.destroy(acme, ada);
  const second = await two.keyFor(acme, ada);
  expect(second.id).not.toBe(first.id);
  expect(await one.find(acme, ada, first.id)).toBeNull();
  expect(await one.find(acme, ada, second.id)).not.toBeNull();
});

it('lets nobody else read its files', async () => {
  await one.keyFor(acme, ada);
  for (const name of readdirSync(folder)) expect(statSync(join(folder, name)).mode & 0o777, name).toBe(0o600);
});
