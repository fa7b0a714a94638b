// A set of rows as bits, for what many rows have: 1 bit a row of the partition, whoever is in it.

export class Bitset {
  #words = new Uint32Array(2);
  #count = 0;

  /** Rows in the set. */
  get count(): number {
    return this.#count;
  }

  /** Bit `row & 31` of word `row >>> 5`; rows beyond the last word are not in it. To be read at once, never kept. */
  get words(): Uint32Array {
    return this.#words;
  }

  has(row: number): boolean {
    return (((this.#words[row >>> 5] ?? 0) >>> (row & 31)) & 1) === 1;
  }

  add(row: number): void {
    const place = row >>> 5;
    if (place >= this.#words.length) this.#grow(place);
    const word = this.#words[place] ?? 0;
    const bit = 1 << (row & 31);
    if ((word & bit) !== 0) return;
    this.#words[place] = word | bit;
    this.#count += 1;
  }

  delete(row: number): void {
    const place = row >>> 5;
    const word = this.#words[place] ?? 0;
    const bit = 1 << (row & 31);
    if ((word & bit) === 0) return;
    this.#words[place] = word & ~bit;
    this.#count -= 1;
  }

  /** Adds all rows of another set. */
  addAll(other: Bitset): void {
    const theirs = other.words;
    if (theirs.length > this.#words.length) this.#grow(theirs.length - 1);
    let added = 0;
    for (let place = 0; place < theirs.length; place += 1) {
      const word = this.#words[place] ?? 0;
      const both = (word | (theirs[place] ?? 0)) >>> 0;
      if (both === word) continue;
      added += bitsIn(both) - bitsIn(word);
      this.#words[place] = both;
    }
    this.#count += added;
  }

  /** The rows, ascending. */
  *rows(): Generator<number> {
    for (let place = 0; place < this.#words.length; place += 1) {
      for (let word = this.#words[place] ?? 0; word !== 0; word &= word - 1) yield place * 32 + lowestBit(word);
    }
  }

  /** Gives back what was reserved for rows that do not exist. */
  shrink(rows: number): void {
    const needed = Math.max(2, (rows + 31) >>> 5);
    if (this.#words.length > needed) this.#words = this.#words.slice(0, needed);
  }

  #grow(place: number): void {
    const words = new Uint32Array(Math.max(place + 1, Math.ceil(this.#words.length * 1.5)));
    words.set(this.#words);
    this.#words = words;
  }
}

/** Which bit of a word that is not 0 is the lowest: 0 to 31. */
export function lowestBit(word: number): number {
  return 31 - Math.clz32(word & -word);
}

/** How many bits are set, by adding neighbours (Warren, Hacker's Delight, 5-1). */
export function bitsIn(word: number): number {
  let sum = word - ((word >>> 1) & 0x55555555);
  sum = (sum & 0x33333333) + ((sum >>> 2) & 0x33333333);
  return Math.imul((sum + (sum >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}
