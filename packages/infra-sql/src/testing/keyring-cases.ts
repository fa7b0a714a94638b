// What holds for the keys of data subjects in any database, shared by processes.

import type { Keyring } from '@paystrata/application';
import { parseSubjectId } from '@paystrata/domain';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { acme, globex, known } from './entries.ts';

interface OpenKeyring extends Keyring {
  stop(): Promise<void>;
}

const ada = known(parseSubjectId('ada'));
const bob = known(parseSubjectId('bob'));

/** @param open opens the database of the case as another process would */
export function keyringCases(open: () => Promise<OpenKeyring>): void {
  let one: OpenKeyring;
  let two: OpenKeyring;

  beforeEach(async () => {
    [one, two] = await Promise.all([open(), open()]);
  });

  afterEach(async () => {
    await Promise.all([one.stop(), two.stop()]);
  });

  it('has one fingerprint for every process, which stays', async () => {
    const fingerprint = await one.fingerprint();
    expect(fingerprint).toMatch(/^[0-9a-f]{64}$/);
    await one.destroy(acme, ada);
    expect(await two.fingerprint()).toBe(fingerprint);
    expect(one.place).not.toContain('password');
  });

  it('makes one key a subject, whoever asks first', async () => {
    const keys = await Promise.all(
      Array.from({ length: 20 }, (_, index) => (index % 2 === 0 ? one : two).keyFor(acme, ada)),
    );
    expect(new Set(keys.map((key) => key.id)).size).toBe(1);
    const key = known(keys[0]);
    expect(key.secret).toHaveLength(32);
    const found = known(await two.find(acme, ada, key.id));
    expect({ ...found, secret: new Uint8Array(found.secret) }).toEqual({ ...key, secret: new Uint8Array(key.secret) });
  });

  it('gives others other keys, and nobody one that never was', async () => {
    const keys = [await one.keyFor(acme, ada), await one.keyFor(acme, bob), await one.keyFor(globex, ada)];
    expect(new Set(keys.map((key) => Buffer.from(key.secret).toString('hex'))).size).toBe(3);
    expect(await one.find(acme, ada, known(keys[1]).id)).toBeNull();
  });

  it('makes keys of many subjects at once, each once', async () => {
    const subjects = Array.from({ length: 1500 }, (_, index) => known(parseSubjectId(`subject-${index % 750}`)));
    const keys = await Promise.all(subjects.map((subject, index) => (index < 750 ? one : two).keyFor(acme, subject)));
    expect(new Set(keys.map(({ id }) => id)).size).toBe(750);
    const found = await Promise.all(subjects.map((subject, index) => one.find(acme, subject, known(keys[index]).id)));
    expect(found.map((key) => key?.id)).toEqual(keys.map(({ id }) => id));
  });

  it('destroys a key for every process, and no other', async () => {
    const key = await one.keyFor(acme, ada);
    const kept = await one.keyFor(acme, bob);
    await two.destroy(acme, ada);
    await two.destroy(acme, ada);
    expect(await one.find(acme, ada, key.id)).toBeNull();
    expect((await one.find(acme, bob, kept.id))?.id).toBe(kept.id);
  });

  it('destroys by its id only the key of that id', async () => {
    const first = await one.keyFor(acme, ada);
    await two.destroy(acme, ada, first.id);
    expect(await one.find(acme, ada, first.id)).toBeNull();
    const second = await one.keyFor(acme, ada);
    await two.destroy(acme, ada, first.id);
    expect((await one.find(acme, ada, second.id))?.id).toBe(second.id);
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
}
