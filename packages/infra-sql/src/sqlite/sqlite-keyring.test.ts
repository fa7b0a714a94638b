// The keyring in a file: made once, shared, and destroyed so that no byte of a key is left.
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseSubjectId } from '@paystrata/domain';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { acme, known } from '../testing/entries.ts';
import { keyringCases } from '../testing/keyring-cases.ts';
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

describe('in SQLite', () => keyringCases(() => createSqliteKeyring(join(folder, 'keyring'))));

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

it('lets nobody else read its files', async () => {
  await one.keyFor(acme, ada);
  for (const name of readdirSync(folder)) expect(statSync(join(folder, name)).mode & 0o777, name).toBe(0o600);
});
