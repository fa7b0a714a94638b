// The segment: texts of old events in one compressed, checksummed piece. Its format is ours, and so is finding damage.
//
//   0  8 bytes   magic, which no text file begins with and no change of line ends leaves alone
//   8  2 bytes   version of the format: 1
//  10  2 bytes   codec: 1 is Zstandard
//  12  4 bytes   number of events, at least 1
//  16  8 bytes   position of the first event
//  24  8 bytes   position of the last event
//  32  4 bytes   length of the contents
//  36  4 bytes   length of the compressed contents
//  40            the compressed contents: for each event its position (8 bytes) and the length of its text (4 bytes),
//                then the texts in UTF-8, one after the other; positions ascend
//      32 bytes  SHA-256 of all that stands before it
//
// Numbers are big-endian and unsigned.

import { timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';
import { zstdCompress, zstdDecompress } from 'node:zlib';
import { PortFailure } from '../ports/failures.ts';
import { MerkleTree, sha256 } from './merkle-tree.ts';

const compress = promisify(zstdCompress);
const decompress = promisify(zstdDecompress);

export interface ArchivedText {
  readonly position: number;
  readonly text: string;
}

/** A segment that was checked and unpacked. */
export interface OpenSegment {
  readonly first: number;
  readonly last: number;
  readonly count: number;
  /** What it takes in memory. */
  readonly bytes: number;
  /** Undefined where the segment does not have that position. */
  textAt(position: number): string | undefined;
  /** The Merkle root over position and text of each event: the same however they are compressed. */
  root(): Uint8Array;
}

export const SEGMENT_FORMAT = 1;
export const SEGMENT_CODEC = 'zstd';

const MAGIC = Buffer.from('89505347' + '0d0a1a0a', 'hex');
const ZSTD = 1;
const HEADER = 40;
const ENTRY = 12;
const CHECKSUM = 32;

/** @throws Error where there is no event, or positions do not ascend. */
export async function packSegment(events: readonly ArchivedText[]): Promise<Uint8Array> {
  const [first, last] = [events[0], events.at(-1)];
  if (first === undefined || last === undefined) throw new Error('a segment holds at least one event');
  const texts = events.map(({ text }) => Buffer.from(text, 'utf8'));
  const entries = Buffer.alloc(events.length * ENTRY);
  for (const [index, { position }] of events.entries()) {
    const before = events[index - 1]?.position ?? 0;
    if (position <= before) throw new Error(`position ${position} comes after ${before} in a segment`);
    entries.writeBigUInt64BE(BigInt(position), index * ENTRY);
    entries.writeUInt32BE(texts[index]?.length ?? 0, index * ENTRY + 8);
  }
  const contents = Buffer.concat([entries, ...texts]);
  const packed = await compress(contents);
  const header = Buffer.alloc(HEADER);
  MAGIC.copy(header);
  header.writeUInt16BE(SEGMENT_FORMAT, 8);
  header.writeUInt16BE(ZSTD, 10);
  header.writeUInt32BE(events.length, 12);
  header.writeBigUInt64BE(BigInt(first.position), 16);
  header.writeBigUInt64BE(BigInt(last.position), 24);
  header.writeUInt32BE(contents.length, 32);
  header.writeUInt32BE(packed.length, 36);
  return Buffer.concat([header, packed, sha256(header, packed)]);
}

/**
 * Checks and unpacks. Every changed, missing or added byte is found.
 *
 * @param name says which segment it is, as a failure begins: such as `segment 3 (positions 1 to 1000)`.
 * @throws PortFailure `STORE_DAMAGED`; `SCHEMA_TOO_NEW` for a format that a newer release wrote.
 */
export async function openSegment(bytes: Uint8Array, name: string): Promise<OpenSegment> {
  const whole = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const { count, first, last, length } = readHeader(whole, name);
  let contents: Buffer;
  try {
    contents = await decompress(whole.subarray(HEADER, -CHECKSUM), { maxOutputLength: Math.max(length, 1) });
  } catch (cause) {
    throw segmentDamaged(name, 'its contents cannot be decompressed', cause);
  }
  if (contents.length !== length || length < count * ENTRY)
    throw segmentDamaged(name, 'its contents have another length');
  const segment = unpack(contents, count, name);
  if (segment.first !== first || segment.last !== last) throw segmentDamaged(name, 'it holds other positions');
  return segment;
}

/** The failure that names a segment and what is wrong with it. */
export function segmentDamaged(name: string, what: string, cause?: unknown): PortFailure {
  return new PortFailure('STORE_DAMAGED', `${name} is damaged: ${what}`, { cause });
}

function readHeader(whole: Buffer, name: string) {
  if (whole.length < HEADER + CHECKSUM) throw segmentDamaged(name, 'it is cut off');
  const body = whole.subarray(0, -CHECKSUM);
  if (!timingSafeEqual(sha256(body), whole.subarray(-CHECKSUM))) throw segmentDamaged(name, 'its checksum is another');
  if (!whole.subarray(0, MAGIC.length).equals(MAGIC)) throw segmentDamaged(name, 'it is no segment');
  const format = whole.readUInt16BE(8);
  if (format !== SEGMENT_FORMAT || whole.readUInt16BE(10) !== ZSTD) {
    throw new PortFailure(
      'SCHEMA_TOO_NEW',
      `${name} has format ${format}: run the release that wrote it, or a newer one`,
    );
  }
  if (body.length !== HEADER + whole.readUInt32BE(36)) throw segmentDamaged(name, 'it has another length');
  return {
    count: whole.readUInt32BE(12),
    first: Number(whole.readBigUInt64BE(16)),
    last: Number(whole.readBigUInt64BE(24)),
    length: whole.readUInt32BE(32),
  };
}

function unpack(contents: Buffer, count: number, name: string): OpenSegment {
  const positions = new Float64Array(count);
  const ends = new Uint32Array(count);
  let end = count * ENTRY;
  for (let index = 0; index < count; index++) {
    positions[index] = Number(contents.readBigUInt64BE(index * ENTRY));
    end += contents.readUInt32BE(index * ENTRY + 8);
    ends[index] = end;
  }
  if (end !== contents.length) throw segmentDamaged(name, 'its contents have another length');
  const textOf = (index: number) => contents.subarray(ends[index - 1] ?? count * ENTRY, ends[index]);
  return {
    first: positions[0] ?? 0,
    last: positions[count - 1] ?? 0,
    count,
    bytes: contents.length + count * (ENTRY + 8),
    textAt: (position) => {
      const index = indexOf(positions, position);
      return index === -1 ? undefined : textOf(index).toString('utf8');
    },
    root: () => {
      const tree = new MerkleTree();
      for (let index = 0; index < count; index++) {
        tree.add(Buffer.concat([contents.subarray(index * ENTRY, index * ENTRY + 8), textOf(index)]));
      }
      return tree.root();
    },
  };
}

/** The place of a value among ascending ones; -1 where it is not there. */
function indexOf(ascending: Float64Array, value: number): number {
  let [low, high] = [0, ascending.length - 1];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((ascending[middle] ?? 0) < value) low = middle + 1;
    else high = middle;
  }
  return ascending[low] === value ? low : -1;
}
