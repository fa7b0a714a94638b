// Merkle tree hashes as RFC 6962, section 2.1, defines them: one hash that stands for an ordered list of leaves.

import { createHash } from 'node:crypto';

const LEAF = Buffer.of(0);
const NODE = Buffer.of(1);

interface Peak {
  readonly leaves: number;
  readonly hash: Uint8Array;
}

/** Takes leaves one after the other and keeps only the peaks: one hash for each power of two in their number. */
export class MerkleTree {
  readonly #peaks: Peak[] = [];

  add(leaf: Uint8Array): void {
    let added: Peak = { leaves: 1, hash: sha256(LEAF, leaf) };
    for (let last = this.#peaks.at(-1); last?.leaves === added.leaves; last = this.#peaks.at(-1)) {
      this.#peaks.pop();
      added = { leaves: 2 * added.leaves, hash: sha256(NODE, last.hash, added.hash) };
    }
    this.#peaks.push(added);
  }

  /** SHA-256 of all leaves so far; of nothing where there are none. */
  root(): Uint8Array {
    const [last, ...before] = this.#peaks.toReversed();
    if (last === undefined) return sha256();
    return before.reduce((hash, peak) => sha256(NODE, peak.hash, hash), last.hash);
  }
}

export function sha256(...parts: readonly Uint8Array[]): Uint8Array {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest();
}
