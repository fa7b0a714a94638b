// Which event ids a stream has: fingerprints of them, so that it takes little memory and no time to append.

/** Streams with more events than this get a table; shorter ones are looked through. */
const TABLE_FROM = 32;

export class EventIdIndex {
  /** By version, from 1. */
  readonly #fingerprints: number[] = [];
  /** Versions, at the place of their fingerprint or the next free one; a power of two long, at most half full. */
  #table: Int32Array | null = null;

  /** Versions are given in order. */
  add(eventId: string): void {
    const fingerprint = fingerprintOf(eventId);
    const version = this.#fingerprints.push(fingerprint);
    if (version <= TABLE_FROM) return;
    if (this.#table === null || version * 2 > this.#table.length) this.#grow();
    else place(this.#table, fingerprint, version);
  }

  /**
   * The version of an event.
   *
   * @param has whether the event of a version has this id: fingerprints are not unique
   * @returns 0 where the stream does not have it
   */
  find(eventId: string, has: (version: number) => boolean): number {
    const fingerprint = fingerprintOf(eventId);
    const fingerprints = this.#fingerprints;
    if (this.#table === null) {
      for (let index = fingerprints.length - 1; index >= 0; index--) {
        if (fingerprints[index] === fingerprint && has(index + 1)) return index + 1;
      }
      return 0;
    }
    const mask = this.#table.length - 1;
    for (let slot = fingerprint & mask; ; slot = (slot + 1) & mask) {
      const version = this.#table[slot] ?? 0;
      if (version === 0) return 0;
      if (fingerprints[version - 1] === fingerprint && has(version)) return version;
    }
  }

  #grow(): void {
    const table = new Int32Array((this.#table?.length ?? TABLE_FROM) * 4);
    for (const [index, fingerprint] of this.#fingerprints.entries()) place(table, fingerprint, index + 1);
    this.#table = table;
  }
}

function place(table: Int32Array, fingerprint: number, version: number): void {
  const mask = table.length - 1;
  let slot = fingerprint & mask;
  while (table[slot] !== 0) slot = (slot + 1) & mask;
  table[slot] = version;
}

/** An event is looked for before it is added. */
const last = { eventId: '', fingerprint: 0 };

/** Of the last twelve digits of a UUID, which tell most ids apart; never negative. */
function fingerprintOf(eventId: string): number {
  if (last.eventId === eventId) return last.fingerprint;
  let hash = 0;
  for (let index = 24; index < 36; index++) hash = (Math.imul(hash, 31) + eventId.charCodeAt(index)) | 0;
  last.eventId = eventId;
  last.fingerprint = (hash ^ (hash >>> 15)) & 0x3fffffff;
  return last.fingerprint;
}
