// Self-clocking group commit: flushes at once when idle, and collects what comes while a commit is in flight.

/** How batches are made. */
export interface GroupCommitOptions<Item, Result> {
  /** Commits a batch, in order; one result an item. Where it throws, the batch is halved until the culprit is alone. */
  readonly run: (batch: readonly Item[]) => Promise<readonly Result[]>;
  /** True for an error that is no single item's fault: then all of the batch get it, and nothing is tried again. */
  readonly concernsAll: (error: unknown) => boolean;
  /** At most so many items a batch, so that one commit stays short. */
  readonly maxItems: number;
  /** At most so much weight a batch, unless one item alone has more. */
  readonly maxWeight: number;
  readonly weigh: (item: Item) => number;
}

interface Waiting<Item, Result> {
  readonly item: Item;
  readonly resolve: (result: Result) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * One batch is in flight at any time, so items take effect in the order they came in. The rhythm is the commit's own:
 * no timer, no waiting for a batch to fill. Before a first batch starts, the event loop has its turn: what other callers
 * hand in meanwhile joins. Callers are answered once the next batch is under way, so that what they do then – deciding
 * and sealing anew – takes no time from the database.
 */
export class GroupCommit<Item, Result> {
  readonly #options: GroupCommitOptions<Item, Result>;
  #queue: Waiting<Item, Result>[] = [];
  #working: Promise<void> | null = null;

  constructor(options: GroupCommitOptions<Item, Result>) {
    this.#options = options;
  }

  /** Items handed in and not answered. */
  get waiting(): number {
    return this.#queue.length;
  }

  submit(item: Item): Promise<Result> {
    const answer = new Promise<Result>((resolve, reject) => this.#queue.push({ item, resolve, reject }));
    this.#working ??= this.#work();
    return answer;
  }

  /** Resolves when everything handed in so far, or meanwhile, is answered. */
  async idle(): Promise<void> {
    while (this.#working !== null) await this.#working;
  }

  async #work(): Promise<void> {
    let answer = nobodyWaits;
    await turn();
    while (this.#queue.length > 0) {
      const answering = this.#commit(this.#takeBatch());
      if (answer !== nobodyWaits) await turn();
      answer();
      answer = await answering;
      if (this.#queue.length > 0) continue;
      answer();
      answer = nobodyWaits;
      await turn();
    }
    this.#working = null;
  }

  #takeBatch(): Waiting<Item, Result>[] {
    const { maxItems, maxWeight, weigh } = this.#options;
    let weight = 0;
    let size = 0;
    for (const { item } of this.#queue) {
      weight += weigh(item);
      if (size > 0 && (size === maxItems || weight > maxWeight)) break;
      size++;
    }
    return this.#queue.splice(0, size);
  }

  /** @returns what tells those who wait for the batch */
  async #commit(batch: readonly Waiting<Item, Result>[]): Promise<() => void> {
    try {
      const results = await this.#options.run(batch.map(({ item }) => item));
      return () => {
        for (const [index, { resolve, reject }] of batch.entries()) {
          const result = results[index];
          if (result === undefined) reject(new Error('a batch was answered with too few results'));
          else resolve(result);
        }
      };
    } catch (error) {
      if (batch.length === 1 || this.#options.concernsAll(error)) {
        return () => {
          for (const { reject } of batch) reject(error);
        };
      }
      const middle = Math.ceil(batch.length / 2);
      const first = await this.#commit(batch.slice(0, middle));
      const second = await this.#commit(batch.slice(middle));
      return () => {
        first();
        second();
      };
    }
  }
}

const nobodyWaits = (): void => undefined;

/** Lets the event loop do what else there is. */
function turn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
