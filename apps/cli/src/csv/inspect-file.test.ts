import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { UsageError } from '../errors/usage-error.ts';
import { inspectFile, type Encoding } from './inspect-file.ts';
import { openCsv } from './open-csv.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'paystrata-cli-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function fileOf(content: string | Uint8Array, name = 'in.csv'): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, content);
  return path;
}

async function rowsOf(content: string | Uint8Array, encoding: Encoding | 'auto' = 'auto') {
  const { header, chunks } = await openCsv(await inspectFile(await fileOf(content), encoding));
  const rows: (readonly string[])[] = [];
  for await (const { records } of chunks) rows.push(...records.map(({ fields }) => fields));
  return { header, rows };
}

const bytes = (text: string) => Buffer.from(text, 'latin1');

describe('the encoding of a file', () => {
  it.each([
    { name: 'plain ASCII', content: bytes('n\nabc\n'), encoding: 'utf-8', row: 'abc' },
    { name: 'UTF-8', content: Buffer.from('n\nZoë €\n'), encoding: 'utf-8', row: 'Zoë €' },
    { name: 'Windows-1252', content: bytes('n\n\x93caf\xe9\x94 \x80\n'), encoding: 'windows-1252', row: '“café” €' },
  ])('is found: $name', async ({ content, encoding, row }) => {
    expect((await inspectFile(await fileOf(content), 'auto')).encoding).toBe(encoding);
    expect((await rowsOf(content)).rows).toEqual([[row]]);
  });

  it('is Windows-1252 for all of a file in which one byte is not UTF-8, however late', async () => {
    const { encoding } = await inspectFile(await fileOf(bytes(`n\n${'row\n'.repeat(200_000)}\xbf\n`)), 'auto');
    expect(encoding).toBe('windows-1252');
  });

  it('is not mistaken where a character is cut in two by a chunk', async () => {
    const { encoding } = await inspectFile(await fileOf(`n\n${'a'.repeat(256 * 1024 - 3)}€\n`), 'auto');
    expect(encoding).toBe('utf-8');
  });

  it('drops a byte-order mark', async () => {
    expect((await rowsOf('\uFEFFname,b\n1,2\n')).header).toEqual(['name', 'b']);
  });

  it('tells where bytes are not of the encoding that was named', async () => {
    const path = await fileOf(bytes('n\ncaf\xe9\n'));
    expect(await inspectFile(path, 'utf-8')).toMatchObject({ encoding: 'utf-8', sound: false });
    expect(await inspectFile(path, 'windows-1252')).toMatchObject({ encoding: 'windows-1252', sound: true });
  });

  it('of UTF-16 is refused with what to do', async () => {
    const error = await inspectFile(await fileOf(Buffer.from('\uFEFFa,b\n', 'utf16le')), 'auto').catch(
      (e: unknown) => e,
    );
    expect(error).toMatchObject({
      message: expect.stringContaining('UTF-16') as unknown,
      hint: expect.stringContaining('iconv') as unknown,
    });
  });
});

describe('a file that cannot be imported', () => {
  it.each([
    { name: 'one that is missing', path: () => join(folder, 'nowhere.csv'), says: 'there is no file' },
    { name: 'a directory', path: () => folder, says: 'is a directory' },
    { name: 'a device', path: () => '/dev/null', says: 'is not a regular file' },
  ])('is refused: $name', async ({ path, says }) => {
    await expect(inspectFile(path(), 'auto')).rejects.toThrow(UsageError);
    await expect(inspectFile(path(), 'auto')).rejects.toThrow(says);
  });

  it('is refused: an empty one', async () => {
    await expect(inspectFile(await fileOf(''), 'auto')).rejects.toThrow('is empty');
  });

  it.each(['\n1,2\n', ',,\n1,2,3\n', '"a\nb\n'])('is refused: without a header, as %j', async (content) => {
    await expect(rowsOf(content)).rejects.toThrow('line 1 of');
  });

  it('has a header only: no rows', async () => {
    expect(await rowsOf('a,b')).toEqual({ header: ['a', 'b'], rows: [] });
  });
});
