// Compares the log with its seals, while it is read from the beginning.

import { formatKeptRoot, RangeSealer, type KeptRoot, type Seal } from '@paystrata/application';
import type { Findings } from './findings.ts';

export class SealVerifier {
  readonly #seals: readonly Seal[];
  readonly #findings: Findings;
  /** The one whose range is being read. */
  #index = 0;
  #sealer: RangeSealer;
  #isWhole = true;
  #due = 1;

  constructor(seals: readonly Seal[], findings: Findings) {
    this.#seals = seals;
    this.#findings = findings;
    this.#sealer = new RangeSealer(1);
  }

  /** Takes every event, in order. */
  add(position: number, chain: Uint8Array): void {
    if (position !== this.#due) {
      this.#missing(position - 1);
      // The gap may reach over the ends of ranges.
      this.#endRanges(position - 1);
      this.#sealer = new RangeSealer(position);
      this.#isWhole = position === (this.#seals[this.#index - 1]?.last ?? 0) + 1;
    }
    this.#sealer.add(position, chain);
    this.#due = position + 1;
    this.#endRanges(position);
  }

  /** @param head the last position that must be there */
  end(head: number): void {
    if (this.#due <= head) this.#missing(head);
    for (const { first, last } of this.#seals.slice(this.#index)) {
      this.#findings.ofLog(`the seal of positions ${first} to ${last}: the log does not reach so far`);
    }
  }

  /** Looks for a root that was kept elsewhere. */
  compare({ position, hash }: KeptRoot, head: number): void {
    const seal = this.#seals.find(({ last }) => last === position);
    if (seal === undefined) {
      const what = position > head ? `the log ends at ${head}: it lacks what was there` : 'no seal ends there any more';
      this.#findings.ofLog(`the kept root at position ${position}: ${what}`);
    } else if (!Buffer.from(seal.hash).equals(hash)) {
      const now = formatKeptRoot(seal);
      this.#findings.ofLog(`the kept root at position ${position}: the log leads to another one, ${now}`);
    }
  }

  #endRanges(position: number): void {
    for (
      let seal = this.#seals[this.#index];
      seal !== undefined && seal.last <= position;
      seal = this.#seals[this.#index]
    ) {
      this.#verify(seal, this.#seals[this.#index - 1] ?? null);
      this.#index += 1;
      this.#sealer = new RangeSealer(seal.last + 1);
      this.#isWhole = true;
    }
  }

  #verify(seal: Seal, before: Seal | null): void {
    const name = `the seal of positions ${seal.first} to ${seal.last}`;
    if (seal.first !== (before?.last ?? 0) + 1) {
      this.#findings.ofLog(`${name}: the seal before it ends at ${before?.last ?? 0}`);
      return;
    }
    const actual = this.#isWhole && this.#due === seal.last + 1 ? this.#sealer.seal(before) : null;
    if (actual === null || !same(actual.root, seal.root)) {
      this.#findings.ofLog(`${name}: the events there are not those that were sealed`);
    } else if (!same(actual.hash, seal.hash)) {
      this.#findings.ofLog(`${name}: it does not follow from its root and the seal before it`);
    }
  }

  #missing(last: number): void {
    const what = this.#due === last ? `position ${last} is` : `positions ${this.#due} to ${last} are`;
    this.#findings.ofLog(`${what} not there`);
  }
}

function same(a: Uint8Array, b: Uint8Array): boolean {
  return Buffer.from(a).equals(b);
}
