// Seals: a Merkle root over a range of the log, chained to the seal before, so that the newest stands for all of it.

import { MerkleTree, sha256 } from './merkle-tree.ts';

/** A sealed range of positions, both ends included; the first begins at 1, each of the others where the last ended. */
export interface Seal {
  readonly first: number;
  readonly last: number;
  /** Of the range alone: the Merkle root over its events, see `RangeSealer`. */
  readonly root: Uint8Array;
  /** Of everything up to `last`: root and range, chained to the seal before. */
  readonly hash: Uint8Array;
}

/** A seal as somebody keeps it apart from the log. */
export interface KeptRoot {
  readonly position: number;
  readonly hash: Uint8Array;
}

const HASH_BYTES = 32;
const SEAL = Buffer.of(2);
const nothingBefore = Buffer.alloc(HASH_BYTES);

/**
 * Takes the events of a range in order. A leaf is the position (8 bytes, big-endian) and the event's link in the chain
 * of its stream, which stands for its text and for all the stream held before it.
 */
export class RangeSealer {
  readonly #tree = new MerkleTree();
  readonly #first: number;
  #next: number;

  constructor(first: number) {
    this.#first = first;
    this.#next = first;
  }

  /** @throws Error where the position is not the next one. */
  add(position: number, chain: Uint8Array): void {
    if (position !== this.#next) throw new Error(`position ${position} cannot be sealed where ${this.#next} is due`);
    this.#tree.add(Buffer.concat([bigEndian(position), chain]));
    this.#next++;
  }

  /** The seal of what was taken so far, at least one event, upon the seal before it. */
  seal(before: Seal | null): Seal {
    const [first, last] = [this.#first, this.#next - 1];
    const root = this.#tree.root();
    const hash = sha256(SEAL, before?.hash ?? nothingBefore, bigEndian(first), bigEndian(last), root);
    return { first, last, root, hash };
  }
}

/** `HEX@POSITION`: what to keep elsewhere. */
export function formatKeptRoot({ last, hash }: Pick<Seal, 'last' | 'hash'>): string {
  return `${Buffer.from(hash).toString('hex')}@${last}`;
}

/** Undefined where the text is not 64 hexadecimal digits, `@`, and a position from 1. */
export function parseKeptRoot(text: string): KeptRoot | undefined {
  const [, hash, position] = /^([0-9a-f]{64})@([1-9][0-9]{0,15})$/i.exec(text) ?? [];
  if (hash === undefined || !Number.isSafeInteger(Number(position))) return undefined;
  return { hash: Buffer.from(hash, 'hex'), position: Number(position) };
}

function bigEndian(position: number): Uint8Array {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64BE(BigInt(position));
  return bytes;
}
