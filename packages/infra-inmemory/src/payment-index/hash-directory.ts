// Parts of a whole by the first bits of a hash: what grows is split in two, so that nobody ever waits for all of it.
//
// The directory of extendible hashing (Fagin, Nievergelt, Pippenger and Strong, 1979).

interface Entry<Part> {
  readonly part: Part;
  /** How many first bits of the hash all that is in the part has in common. */
  readonly depth: number;
}

/** More bits are never looked at: hashes that have so many in common may all be the same. */
const DEEPEST = 16;

export class HashDirectory<Part> {
  /** By the first `#depth` bits; a part of less depth stands at several places in a row. */
  #entries: Entry<Part>[];
  #depth = 0;

  constructor(whole: Part) {
    this.#entries = [{ part: whole, depth: 0 }];
  }

  /** Whether there is only one part, whatever the hash. */
  get isWhole(): boolean {
    return this.#depth === 0;
  }

  at(hash: number): Part {
    return this.#entryAt(hash).part;
  }

  /**
   * Puts two parts in the place of one. @param divide is asked whether a hash belongs to the second one.
   *
   * @returns false where the part cannot be split any more: nothing was done.
   */
  split(hash: number, divide: (isSecond: (hash: number) => boolean) => readonly [Part, Part]): boolean {
    const { depth } = this.#entryAt(hash);
    if (depth === DEEPEST) return false;
    if (depth === this.#depth) {
      this.#entries = this.#entries.flatMap((entry) => [entry, entry]);
      this.#depth += 1;
    }
    const [first, second] = divide((other) => ((other >>> (31 - depth)) & 1) === 1);
    const width = 2 ** (this.#depth - depth);
    const start = this.#placeOf(hash) & -width;
    this.#entries.fill({ part: first, depth: depth + 1 }, start, start + width / 2);
    this.#entries.fill({ part: second, depth: depth + 1 }, start + width / 2, start + width);
    return true;
  }

  *parts(): Generator<Part> {
    for (let place = 0; place < this.#entries.length;) {
      const entry = this.#entries[place];
      if (entry === undefined) return;
      yield entry.part;
      place += 2 ** (this.#depth - entry.depth);
    }
  }

  #entryAt(hash: number): Entry<Part> {
    const entry = this.#entries[this.#placeOf(hash)];
    if (entry === undefined) throw new Error(`no part of a directory for the hash ${hash}`);
    return entry;
  }

  /** A shift by 32 bits would be one by none. */
  #placeOf(hash: number): number {
    return this.#depth === 0 ? 0 : hash >>> (32 - this.#depth);
  }
}
