// Which row a payment is in: a hash table with open addressing in a typed array, 8 bytes a payment or less.

import type { Columns } from './columns.ts';
import { idHash } from './id-key.ts';

const FREE = -1;
const FIRST_CAPACITY = 16;

/** Linear probing, at most three quarters full; entries behind a removed one move up (Knuth, volume 3, 6.4, R). */
export class RowTable {
  readonly #columns: Columns;
  #slots = new Int32Array(FIRST_CAPACITY).fill(FREE);
  #size = 0;

  constructor(columns: Columns) {
    this.#columns = columns;
  }

  get size(): number {
    return this.#size;
  }

  /** −1 where there is none. */
  find(id: string): number {
    const hash = idHash(id);
    const mask = this.#slots.length - 1;
    for (let slot = hash & mask; ; slot = (slot + 1) & mask) {
      const row = this.#slots[slot] ?? FREE;
      if (row === FREE) return FREE;
      if (this.#columns.idHashes[row] === hash && this.#columns.documents[row]?.payment.id === id) return row;
    }
  }

  /** The payment must not be in it; its row must be open. */
  add(row: number): void {
    if ((this.#size + 1) * 4 > this.#slots.length * 3) this.#grow();
    this.#place(row);
    this.#size += 1;
  }

  /** The row must still be open. */
  remove(row: number): void {
    const { idHashes } = this.#columns;
    const mask = this.#slots.length - 1;
    let gap = (idHashes[row] ?? 0) & mask;
    while (this.#slots[gap] !== row) gap = (gap + 1) & mask;
    for (let slot = (gap + 1) & mask; ; slot = (slot + 1) & mask) {
      const other = this.#slots[slot] ?? FREE;
      if (other === FREE) break;
      const home = (idHashes[other] ?? 0) & mask;
      if (((slot - home) & mask) < ((slot - gap) & mask)) continue;
      this.#slots[gap] = other;
      gap = slot;
    }
    this.#slots[gap] = FREE;
    this.#size -= 1;
  }

  /** Bytes in typed arrays. */
  get bytes(): number {
    return this.#slots.byteLength;
  }

  #grow(): void {
    const rows = this.#slots.filter((row) => row !== FREE);
    this.#slots = new Int32Array(this.#slots.length * 2).fill(FREE);
    for (const row of rows) this.#place(row);
  }

  #place(row: number): void {
    const mask = this.#slots.length - 1;
    let slot = (this.#columns.idHashes[row] ?? 0) & mask;
    while (this.#slots[slot] !== FREE) slot = (slot + 1) & mask;
    this.#slots[slot] = row;
  }
}
