// What is encrypted is read with the keys that there are, and with no others; large payloads become smaller.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { randomBytes } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Payload } from '@temporalio/common';
import { afterAll, describe, expect, it } from 'vitest';
import { compressionCodec } from './compression-codec.ts';
import { createEncryptionCodec } from './encryption-codec.ts';
import { readEncryptionKeys } from './encryption-keys.ts';

const folder = mkdtempSync(join(tmpdir(), 'paystrata-keys-'));
afterAll(() => rmSync(folder, { recursive: true }));

function keyFile(...lines: readonly string[]): string {
  const path = join(folder, randomBytes(6).toString('hex'));
  writeFileSync(path, lines.join('\n'));
  return path;
}
const key = (name: string) => `${name} ${randomBytes(32).toString('base64')}`;
const payload = (text: string): Payload => ({
  metadata: { encoding: new Uint8Array(Buffer.from('json/plain')) },
  data: new Uint8Array(Buffer.from(text)),
});
const codecOf = async (...lines: readonly string[]) =>
  createEncryptionCodec(await readEncryptionKeys(keyFile(...lines)));
const textOf = (payloads: readonly Payload[]) => payloads.map(({ data }) => Buffer.from(data ?? []).toString());

describe('encryption', () => {
  it('opens what was encrypted before a new key was put on top, and writes with the new one', async () => {
    const [old, young] = [key('2026-a'), key('2026-b')];
    const before = await (await codecOf(old)).encode([payload('"Ada"')]);
    const rotated = await codecOf('# newest first', young, '', old);
    expect(textOf(await rotated.decode(before))).toEqual(['"Ada"']);
    const after = await rotated.encode([payload('"Ada"')]);
    expect(textOf(after)[0]).not.toContain('Ada');
    await expect((await codecOf(old)).decode(after)).rejects.toMatchObject({
      code: 'STORE_DAMAGED',
      message: expect.stringContaining('2026-b') as string,
    });
    expect(await rotated.decode(after)).toEqual([payload('"Ada"')]);
  });

  it('reads what was written in the clear before there were keys', async () => {
    expect(await (await codecOf(key('k'))).decode([payload('1')])).toEqual([payload('1')]);
  });

  it('opens nothing that was changed, whichever byte, and nothing under another key of the same name', async () => {
    const codec = await codecOf(key('k'));
    const [written] = await codec.encode([payload('1')]);
    for (let index = 0; index < (written?.data?.length ?? 0); index++) {
      const data = new Uint8Array(written?.data ?? []);
      data[index] = (data[index] ?? 0) ^ 1;
      await expect(codec.decode([{ ...written, data }])).rejects.toMatchObject({ code: 'STORE_DAMAGED' });
    }
    await expect((await codecOf(key('k'))).decode([written ?? {}])).rejects.toMatchObject({ code: 'STORE_DAMAGED' });
  });

  it.each([
    [['no-key'], 'line 1'],
    [['# a', 'short c2hvcnQ='], 'line 2'],
    [[''], 'holds no key'],
    [[`k ${'A'.repeat(43)}=`, `k ${'B'.repeat(43)}=`], 'same name'],
  ])('refuses a file of %j', async (lines, why) => {
    await expect(readEncryptionKeys(keyFile(...lines))).rejects.toMatchObject({
      code: 'CONFIG_INVALID',
      message: expect.stringContaining(why) as string,
    });
  });
});

describe('compression', () => {
  it('makes large payloads smaller, leaves small ones alone, and gives back both as they were', async () => {
    const both = [payload('1'), payload('x'.repeat(100_000))];
    const [small, large] = await compressionCodec.encode(both);
    expect(small).toBe(both[0]);
    expect(large?.data?.length).toBeLessThan(2000);
    expect(await compressionCodec.decode([small ?? {}, large ?? {}])).toEqual(both);
  });
});
