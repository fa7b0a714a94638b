// Events that are rarely read, as compressed text with a checksum.

import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { zstdCompress, zstdDecompress, zstdDecompressSync } from 'node:zlib';
import { PortFailure } from '@paystrata/application';
import type { Slot } from './event-chunk.ts';

const compress = promisify(zstdCompress);
const decompress = promisify(zstdDecompress);

export interface PackedEvents {
  readonly first: number;
  readonly bytes: Uint8Array;
  /** SHA-256 of the text. */
  readonly checksum: string;
}

/** @throws PortFailure `STORE_DAMAGED` where what was compressed does not come back: then keep the events. */
export async function packEvents(events: readonly Slot[], first: number): Promise<PackedEvents> {
  const text = Buffer.from(JSON.stringify(events));
  const packed = { first, bytes: await compress(text), checksum: checksumOf(text) };
  await textOf(packed);
  return packed;
}

/** The events as they were, unchangeable. @throws PortFailure `STORE_DAMAGED` */
export async function unpackEvents(packed: PackedEvents): Promise<readonly Slot[]> {
  return parse(await textOf(packed));
}

/** Keeps the event loop for some 10 ms. */
export function unpackEventsSync(packed: PackedEvents): readonly Slot[] {
  return parse(checked(packed, zstdDecompressSync(packed.bytes)));
}

async function textOf(packed: PackedEvents): Promise<Buffer> {
  let text: Buffer;
  try {
    text = await decompress(packed.bytes);
  } catch (cause) {
    throw damaged(packed, cause);
  }
  return checked(packed, text);
}

function checked(packed: PackedEvents, text: Buffer): Buffer {
  if (checksumOf(text) === packed.checksum) return text;
  throw damaged(packed);
}

function parse(text: Buffer): readonly Slot[] {
  // The checksum says that it is what was written: no parser need look at it again.
  const events = JSON.parse(text.toString('utf8')) as readonly Slot[];
  freeze(events);
  return events;
}

function freeze(value: object): void {
  Object.freeze(value);
  for (const part of Object.values(value)) if (typeof part === 'object' && part !== null) freeze(part as object);
}

function checksumOf(text: Buffer): string {
  return createHash('sha256').update(text).digest('hex');
}

function damaged({ first }: PackedEvents, cause?: unknown): PortFailure {
  return new PortFailure('STORE_DAMAGED', `the archived events from position ${first} on are damaged`, { cause });
}
