// Some events of the log in memory, compressed and with a checksum.

import { hash } from 'node:crypto';
import { deserialize, serialize } from 'node:v8';
import { zstdCompressSync, zstdDecompressSync } from 'node:zlib';
import { PortFailure, type RecordedEvent } from '@paystrata/application';
import { deepFreeze } from './deep-freeze.ts';

export interface PackedPiece {
  readonly bytes: Uint8Array;
  /** What they take before they are compressed. */
  readonly plainBytes: number;
  /** SHA-256 of the compressed bytes. */
  readonly checksum: string;
}

/** Null stands for an event that was forgotten. */
export type Piece = readonly (RecordedEvent | null)[];

/** Keeps the event loop for a few milliseconds where there are some hundred events, as unpacking does. */
export function packPiece(events: Piece): PackedPiece {
  const plain = serialize(events);
  const bytes = zstdCompressSync(plain);
  return { bytes, plainBytes: plain.length, checksum: hash('sha256', bytes) };
}

/** @throws PortFailure `STORE_DAMAGED` */
export function unpackPiece({ bytes, checksum }: PackedPiece, first: number): Piece {
  if (hash('sha256', bytes) !== checksum) {
    throw new PortFailure('STORE_DAMAGED', `the archived events from position ${first} on are damaged`);
  }
  // The checksum says that it is what was packed: no parser need look at it again.
  return deepFreeze(deserialize(zstdDecompressSync(bytes)) as Piece);
}
