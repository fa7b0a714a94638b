// A file of lines as it is read: by name, or from a name on. Every byte that is read has a checksum.

import { open, stat } from 'node:fs/promises';
import { PortFailure } from '@paystrata/application';
import { z } from 'zod';
import { parseLine, type Line } from './document-line.ts';
import { checksumOf, TRAILER, type Block, type Contents } from './segment-writer.ts';

const contentsSchema = z.object({
  last: z.string(),
  organizations: z.array(z.string()),
  blocks: z.array(z.object({ first: z.string(), offset: z.int(), length: z.int(), checksum: z.string() })),
});

/** Everything throws PortFailure `STORE_DAMAGED` for what is not as it was written, and ENOENT once the file is gone. */
export class Segment {
  readonly path: string;
  readonly size: number;
  readonly #contents: Contents;

  private constructor(path: string, size: number, contents: Contents) {
    this.path = path;
    this.size = size;
    this.#contents = contents;
  }

  static async open(path: string): Promise<Segment> {
    const { size } = await stat(path);
    const end = size - TRAILER.length;
    if (end < 0) throw damaged(path);
    const trailer = (await readPart(path, end, TRAILER.length)).toString('latin1');
    const [, checksum = '', digits] = /^(\S+) (\d+)\n$/.exec(trailer) ?? [];
    const length = Number(digits);
    if (!(length <= end)) throw damaged(path);
    const text = (await readPart(path, end - length, length)).toString();
    if (checksumOf(text) !== checksum) throw damaged(path);
    const contents = contentsSchema.parse(JSON.parse(text));
    const before = contents.blocks.reduce((sum, block) => sum + block.length, 0);
    if (before + length + TRAILER.length !== size) throw damaged(path);
    return new Segment(path, size, contents);
  }

  get organizations(): readonly string[] {
    return this.#contents.organizations;
  }

  /** @returns null where it is not in here */
  async find(name: string): Promise<Line | null> {
    const block = this.#contents.blocks[this.#blockOf(name)];
    if (block === undefined || name > this.#contents.last) return null;
    const text = `\n${await this.#read(block)}`;
    const at = text.indexOf(`\n${name} `);
    return at < 0 ? null : parseLine(text.slice(at + 1, text.indexOf('\n', at + 1)));
  }

  /** In order, those from the name on. */
  async *from(name: string): AsyncGenerator<Line> {
    const { blocks, last } = this.#contents;
    if (name > last) return;
    for (let index = Math.max(0, this.#blockOf(name)); index < blocks.length; index += 1) {
      const block = blocks[index];
      if (block === undefined) return;
      for (const text of (await this.#read(block)).split('\n')) {
        if (text === '') continue;
        const line = parseLine(text);
        if (line.name >= name) yield line;
      }
    }
  }

  /** The last block that begins with the name or before it; -1: none does. */
  #blockOf(name: string): number {
    const { blocks } = this.#contents;
    let [low, high] = [0, blocks.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((blocks[middle]?.first ?? '') <= name) low = middle + 1;
      else high = middle;
    }
    return low - 1;
  }

  async #read({ offset, length, checksum }: Block): Promise<string> {
    const data = await readPart(this.path, offset, length);
    if (checksumOf(data) !== checksum) throw damaged(this.path);
    return data.toString();
  }
}

async function readPart(path: string, position: number, length: number): Promise<Buffer> {
  const file = await open(path, 'r');
  try {
    const { bytesRead, buffer } = await file.read(Buffer.alloc(length), 0, length, position);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}

function damaged(path: string): PortFailure {
  // Whoever feeds it waits for the repair.
  const message = `the file of documents ${path} is damaged: repair the source`;
  return new PortFailure('STORE_DAMAGED', message, { retryable: true });
}
