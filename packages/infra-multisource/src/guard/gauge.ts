// Measures the calls of one source: how many, how many failed, how long they take, how many are under way.

export type Side = 'read' | 'write';

export interface CallCounts {
  calls: number;
  errors: number;
  seconds: number;
  /** Of the newest calls. */
  averageMs: number;
  lastAt: number;
}

/** The newest call weighs so much in the average. */
const WEIGHT = 0.2;
/** A load that nothing was added to halves in this time, down to a part of it: who was slow is tried again. */
const HALF_LIFE_MS = 5_000;
const LEAST_PART = 0.1;
/** What an unknown source is taken to need. */
const FIRST_MS = 1;

export class Gauge {
  readonly counts: { readonly [Each in Side]: Map<string, CallCounts> } = { read: new Map(), write: new Map() };
  readonly #underWay = { read: 0, write: 0 };

  get inFlight(): number {
    return this.#underWay.read + this.#underWay.write;
  }

  /** What one read more would wait, in milliseconds: the average latency of its kind, for each that is under way. */
  load(operation: string): number {
    const { averageMs = FIRST_MS, lastAt = performance.now() } = this.counts.read.get(operation) ?? {};
    const part = Math.max(LEAST_PART, 0.5 ** ((performance.now() - lastAt) / HALF_LIFE_MS));
    return averageMs * part * (this.#underWay.read + 1);
  }

  /** @param operation such as `search`, or `apply` */
  async measure<T>(side: Side, operation: string, call: () => Promise<T>): Promise<T> {
    const counts = this.#countsOf(side, operation);
    const begun = performance.now();
    this.#underWay[side] += 1;
    counts.calls += 1;
    try {
      return await call();
    } catch (error) {
      counts.errors += 1;
      throw error;
    } finally {
      this.#underWay[side] -= 1;
      counts.lastAt = performance.now();
      const took = counts.lastAt - begun;
      counts.seconds += took / 1000;
      counts.averageMs += (took - counts.averageMs) * (counts.calls === 1 ? 1 : WEIGHT);
    }
  }

  #countsOf(side: Side, operation: string): CallCounts {
    const known = this.counts[side].get(operation);
    if (known !== undefined) return known;
    const made = { calls: 0, errors: 0, seconds: 0, averageMs: FIRST_MS, lastAt: performance.now() };
    this.counts[side].set(operation, made);
    return made;
  }
}
