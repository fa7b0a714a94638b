// Partitions take turns: however much one of them has to do, another waits for a turn, not for all of it.

import { PortFailure } from '@paystrata/application';

/** Work in flight at a time; in memory it is over within microtasks, so few suffice. */
const IN_FLIGHT = 64;
/** Milliseconds of work without a break; then whatever else the process has to do gets its turn. */
const SLICE_MS = 4;

type Start = () => Promise<unknown>;

/** First in, first out; the front moves on, so that long queues cost no more than short ones. */
class Queue {
  #tasks: Start[] = [];
  #front = 0;

  get size(): number {
    return this.#tasks.length - this.#front;
  }

  push(start: Start): void {
    this.#tasks.push(start);
  }

  take(): Start | undefined {
    const start = this.#tasks[this.#front];
    this.#front += 1;
    if (this.#front > 1024 && this.#front * 2 > this.#tasks.length) {
      this.#tasks = this.#tasks.slice(this.#front);
      this.#front = 0;
    }
    return start;
  }
}

/** One queue a partition; only partitions with work waiting have one. */
export class Turns {
  readonly #waiting = new Map<string, Queue>();
  readonly #idle: (() => void)[] = [];
  #inFlight = 0;
  #sliceBegan: number | null = null;
  #closed = false;

  /** Runs the work when it is the partition's turn: in order within a partition, in turns between them. */
  run<T>(partition: string, work: () => Promise<T>): Promise<T> {
    if (this.#closed) return Promise.reject(new PortFailure('STORE_UNAVAILABLE', 'memory-cqrs stops: start it again'));
    if (this.#waiting.size === 0 && this.#mayStart()) return this.#start(work);
    return new Promise<T>((resolve, reject) => {
      const start = () => {
        const done = this.#start(work);
        done.then(resolve, reject);
        return done;
      };
      const queue = this.#waiting.get(partition) ?? new Queue();
      this.#waiting.set(partition, queue);
      queue.push(start);
    });
  }

  /** Tasks that wait for their partition's turn. */
  waiting(partition: string): number {
    return this.#waiting.get(partition)?.size ?? 0;
  }

  open(): void {
    this.#closed = false;
  }

  /** Takes nothing more. Resolves when nothing waits and nothing is in flight. */
  close(): Promise<void> {
    this.#closed = true;
    if (this.#isIdle()) return Promise.resolve();
    return new Promise((resolve) => this.#idle.push(resolve));
  }

  #start<T>(work: () => Promise<T>): Promise<T> {
    this.#inFlight += 1;
    const done = () => {
      this.#inFlight -= 1;
      if (this.#waiting.size > 0) this.#drain();
      else if (this.#idle.length > 0 && this.#isIdle()) for (const tell of this.#idle.splice(0)) tell();
    };
    const result = work();
    result.then(done, done);
    return result;
  }

  /** Whoever waits at the end of a slice is started by the break after it. */
  #mayStart(): boolean {
    if (this.#inFlight >= IN_FLIGHT) return false;
    const now = performance.now();
    if (this.#sliceBegan !== null) return now - this.#sliceBegan < SLICE_MS;
    this.#sliceBegan = now;
    setImmediate(() => {
      this.#sliceBegan = null;
      this.#drain();
    });
    return true;
  }

  /** The partition at the front starts one task and goes to the back. */
  #drain(): void {
    while (this.#waiting.size > 0 && this.#mayStart()) {
      const [next] = this.#waiting;
      if (next === undefined) return;
      const [partition, queue] = next;
      this.#waiting.delete(partition);
      const start = queue.take();
      if (queue.size > 0) this.#waiting.set(partition, queue);
      // Whoever handed the work in is told how it ended.
      void start?.().catch(() => undefined);
    }
  }

  #isIdle(): boolean {
    return this.#inFlight === 0 && this.#waiting.size === 0;
  }
}
