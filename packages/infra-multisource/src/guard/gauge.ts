// Measures the calls of one source: how many, how many failed, how long they take, how many are under way.

export type Side = 'read' | 'write';

export interface CallCounts {
  calls: number;
  errors: number;
  seconds: number;
}

/** The newest call weighs so much in the average. */
const WEIGHT = 0.2;
/** An average that nothing was added to loses half of itself in this time: a source that was slow is tried again. */
const HALF_LIFE_MS = 5_000;
/** What an unknown source is taken to need. */
const FIRST_MS = 1;

export class Gauge {
  readonly counts: { readonly [Each in Side]: Map<string, CallCounts> } = { read: new Map(), write: new Map() };
  #averageMs = FIRST_MS;
  #addedAt = performance.now();
  #reading = 0;
  #writing = 0;

  get inFlight(): number {
    return this.#reading + this.#writing;
  }

  /** What one read more would wait, in milliseconds: the average latency of reads, for each that is under way. */
  get load(): number {
    const idle = performance.now() - this.#addedAt;
    return this.#averageMs * 0.5 ** (idle / HALF_LIFE_MS) * (this.#reading + 1);
  }

  /** @param operation such as `search`, or `apply` */
  async measure<T>(side: Side, operation: string, call: () => Promise<T>): Promise<T> {
    const counts = this.#countsOf(side, operation);
    const begun = performance.now();
    this.#move(side, 1);
    counts.calls += 1;
    try {
      return await call();
    } catch (error) {
      counts.errors += 1;
      throw error;
    } finally {
      this.#move(side, -1);
      const took = performance.now() - begun;
      counts.seconds += took / 1000;
      if (side === 'read') this.#add(took);
    }
  }

  #add(took: number): void {
    this.#averageMs += (took - this.#averageMs) * WEIGHT;
    this.#addedAt = performance.now();
  }

  #move(side: Side, by: number): void {
    if (side === 'read') this.#reading += by;
    else this.#writing += by;
  }

  #countsOf(side: Side, operation: string): CallCounts {
    const known = this.counts[side].get(operation);
    if (known !== undefined) return known;
    const made = { calls: 0, errors: 0, seconds: 0 };
    this.counts[side].set(operation, made);
    return made;
  }
}
