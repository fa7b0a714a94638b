// Writes lines in order into one file: blocks of lines, then where each block is, with its checksum. Never changed after.

import { hash, randomBytes } from 'node:crypto';
import { open, rename, rm, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { syncFolders } from './durable-files.ts';
import type { Line } from './document-line.ts';

/** Of lines, in the order of their names. */
export interface Block {
  readonly first: string;
  readonly offset: number;
  readonly length: number;
  readonly checksum: string;
}

/** What a file ends with, before `TRAILER`. */
export interface Contents {
  readonly last: string;
  readonly organizations: readonly string[];
  readonly blocks: readonly Block[];
}

/** The checksum of the contents and their length in bytes. */
export const TRAILER = { checksum: 43, digits: 12, length: 43 + 1 + 12 + 1 } as const;
export const SUFFIX = '.payments';

/** A block is read whole for one document of it. */
const BLOCK = 32_768;

export function checksumOf(data: string | Buffer): string {
  return hash('sha256', data, 'base64url');
}

/**
 * @param lines in the order of their names, each name once
 * @returns the name of the file; null where there is no line
 */
export async function writeSegment(
  drafts: string,
  folder: string,
  lines: Iterable<Line> | AsyncIterable<Line>,
): Promise<string | null> {
  const name = `${randomBytes(12).toString('hex')}${SUFFIX}`;
  const draft = join(drafts, name);
  const file = await open(draft, 'wx');
  try {
    const writer = new SegmentWriter(file);
    for await (const line of lines) await writer.add(line);
    const isEmpty = await writer.finish();
    if (!isEmpty) await file.sync();
    await file.close();
    if (isEmpty) {
      await rm(draft, { force: true });
      return null;
    }
    await rename(draft, join(folder, name));
  } catch (error) {
    await file.close().catch(() => undefined);
    await rm(draft, { force: true });
    throw error;
  }
  await syncFolders([folder]);
  return name;
}

class SegmentWriter {
  readonly #file: FileHandle;
  readonly #blocks: Block[] = [];
  readonly #organizations: string[] = [];
  #first = '';
  #last = '';
  #text = '';
  #offset = 0;

  constructor(file: FileHandle) {
    this.#file = file;
  }

  async add({ name, text }: Line): Promise<void> {
    if (this.#text === '') this.#first = name;
    this.#last = name;
    const organization = name.slice(0, name.indexOf('/'));
    if (this.#organizations.at(-1) !== organization) this.#organizations.push(organization);
    this.#text += `${text}\n`;
    if (this.#text.length >= BLOCK) await this.#flush();
  }

  /** @returns whether nothing was added */
  async finish(): Promise<boolean> {
    if (this.#text !== '') await this.#flush();
    const contents: Contents = { last: this.#last, organizations: this.#organizations, blocks: this.#blocks };
    const text = `${JSON.stringify(contents)}\n`;
    const length = Buffer.byteLength(text).toString().padStart(TRAILER.digits, '0');
    await this.#file.appendFile(`${text}${checksumOf(text)} ${length}\n`);
    return this.#blocks.length === 0;
  }

  async #flush(): Promise<void> {
    const data = Buffer.from(this.#text);
    await this.#file.appendFile(data);
    const { length } = data;
    this.#blocks.push({ first: this.#first, offset: this.#offset, length, checksum: checksumOf(data) });
    this.#offset += length;
    this.#text = '';
  }
}
