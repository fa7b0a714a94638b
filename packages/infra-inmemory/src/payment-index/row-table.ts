// Which row a payment is in: hash tables with open addressing in typed arrays, 8 bytes a payment or less.

import type { Columns } from './columns.ts';
import { HashDirectory } from './hash-directory.ts';
import { idHash } from './id-key.ts';

const FREE = -1;
const FIRST_CAPACITY = 16;
/** Slots of a part: one that is full becomes two, in a tenth of a millisecond. */
const PART_CAPACITY = 2 ** 12;

export class RowTable {
  readonly #columns: Columns;
  readonly #parts: HashDirectory<RowTablePart>;
  #size = 0;

  constructor(columns: Columns) {
    this.#columns = columns;
    this.#parts = new HashDirectory(new RowTablePart(columns, FIRST_CAPACITY));
  }

  get size(): number {
    return this.#size;
  }

  /** −1 where there is none. */
  find(id: string): number {
    const hash = idHash(id);
    return this.#parts.at(hash).find(id, hash);
  }

  /** The payment must not be in it; its row must be open. */
  add(row: number): void {
    const hash = this.#hashOf(row);
    const part = this.#parts.at(hash);
    if (!part.isFull) part.add(row, hash);
    else {
      this.#makeRoom(part, hash);
      this.#parts.at(hash).add(row, hash);
    }
    this.#size += 1;
  }

  /** The row must still be open. */
  remove(row: number): void {
    const hash = this.#hashOf(row);
    this.#parts.at(hash).remove(row, hash);
    this.#size -= 1;
  }

  /** Bytes in typed arrays. */
  get bytes(): number {
    return this.#parts.parts().reduce((sum, { bytes }) => sum + bytes, 0);
  }

  #makeRoom(part: RowTablePart, hash: number): void {
    if (part.capacity < PART_CAPACITY || !this.#split(part, hash)) part.grow();
  }

  #split(part: RowTablePart, hash: number): boolean {
    return this.#parts.split(hash, (isSecond) => {
      const halves = [
        new RowTablePart(this.#columns, part.capacity),
        new RowTablePart(this.#columns, part.capacity),
      ] as const;
      for (const row of part.rows()) {
        const rowHash = this.#hashOf(row);
        halves[isSecond(rowHash) ? 1 : 0].add(row, rowHash);
      }
      return halves;
    });
  }

  #hashOf(row: number): number {
    return this.#columns.idHashes[row] ?? 0;
  }
}

/** Linear probing, at most three quarters full; entries behind a removed one move up (Knuth, volume 3, 6.4, R). */
class RowTablePart {
  readonly #columns: Columns;
  #slots: Int32Array;
  #size = 0;

  constructor(columns: Columns, capacity: number) {
    this.#columns = columns;
    this.#slots = new Int32Array(capacity).fill(FREE);
  }

  get capacity(): number {
    return this.#slots.length;
  }

  get isFull(): boolean {
    return (this.#size + 1) * 4 > this.#slots.length * 3;
  }

  get bytes(): number {
    return this.#slots.byteLength;
  }

  rows(): Int32Array {
    return this.#slots.filter((row) => row !== FREE);
  }

  find(id: string, hash: number): number {
    const mask = this.#slots.length - 1;
    for (let slot = hash & mask; ; slot = (slot + 1) & mask) {
      const row = this.#slots[slot] ?? FREE;
      if (row === FREE) return FREE;
      if (this.#columns.idHashes[row] === hash && this.#columns.documents[row]?.payment.id === id) return row;
    }
  }

  add(row: number, hash: number): void {
    const mask = this.#slots.length - 1;
    let slot = hash & mask;
    while (this.#slots[slot] !== FREE) slot = (slot + 1) & mask;
    this.#slots[slot] = row;
    this.#size += 1;
  }

  remove(row: number, hash: number): void {
    const { idHashes } = this.#columns;
    const mask = this.#slots.length - 1;
    let gap = hash & mask;
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

  grow(): void {
    const rows = this.rows();
    this.#slots = new Int32Array(this.#slots.length * 2).fill(FREE);
    this.#size = 0;
    for (const row of rows) this.add(row, this.#columns.idHashes[row] ?? 0);
  }
}
