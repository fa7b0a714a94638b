// Many orders in few commits: those of a bulk at once, and those that come one by one gathered in a buffer.

import { setImmediate as breakFor } from 'node:timers/promises';
import type { BulkResult, PortFailure, WriteModel, WriteOrder } from '@paystrata/application';

export interface BulkWriter {
  /**
   * Puts an order into the buffer, which is written once it holds `bulkSize` orders, on `flush`, and when the strategy
   * stops. While the last flush has failed, a full buffer is tried again and takes no more: the order then fails with
   * that failure.
   *
   * @returns the result, once the order is stored and every read sees it; never before.
   */
  add(order: WriteOrder): Promise<BulkResult>;
  /**
   * Writes what is in the buffer. What is refused is answered as refused; what could not be written because the store
   * was not there stays in the buffer.
   *
   * @throws PortFailure the failure of what stays: the same call again goes on with it.
   */
  flush(): Promise<void>;
  /** Orders in the buffer. */
  readonly buffered: number;
}

interface Waiting {
  readonly order: WriteOrder;
  readonly answer: (result: BulkResult) => void;
}

export class BufferedWriter implements BulkWriter {
  readonly #write: WriteModel;
  readonly #size: number;
  #waiting: Waiting[] = [];
  /** Flushes one after the other, so that orders keep their order. */
  #flushing: Promise<unknown> = Promise.resolve();

  constructor(write: WriteModel, bulkSize: number) {
    this.#write = write;
    this.#size = bulkSize;
  }

  get buffered(): number {
    return this.#waiting.length;
  }

  async add(order: WriteOrder): Promise<BulkResult> {
    if (this.#waiting.length >= this.#size) {
      const failure = await this.#flushed();
      if (failure !== null && this.#waiting.length >= this.#size) return { ok: false, failure };
    }
    return new Promise((answer) => {
      this.#waiting.push({ order, answer });
      if (this.#waiting.length === this.#size) void this.#flushed();
    });
  }

  async flush(): Promise<void> {
    const failure = await this.#flushed();
    if (failure !== null) throw failure;
  }

  /** Flushes for the last time: what cannot be written now is answered with why. */
  async stop(): Promise<void> {
    const failure = await this.#flushed();
    if (failure === null) return;
    for (const { answer } of this.#waiting.splice(0)) answer({ ok: false, failure });
  }

  #flushed(): Promise<PortFailure | null> {
    const next = () => this.#flushNow();
    const flushed = this.#flushing.then(next, next);
    this.#flushing = flushed;
    return flushed;
  }

  /** @returns the failure of what had to stay; null where all was written. */
  async #flushNow(): Promise<PortFailure | null> {
    const batch = this.#waiting;
    this.#waiting = [];
    const results = await this.#write.executeBulk(batch.map(({ order }) => order)).catch((error: unknown) => {
      this.#waiting = [...batch, ...this.#waiting];
      throw error;
    });
    const kept: Waiting[] = [];
    let failure: PortFailure | null = null;
    for (const [at, waiting] of batch.entries()) {
      const result = results[at];
      if (result === undefined) throw new Error(`order ${at} of a bulk got no result`);
      if ('failure' in result && result.failure.code === 'STORE_UNAVAILABLE') {
        failure ??= result.failure;
        kept.push(waiting);
      } else waiting.answer(result);
    }
    this.#waiting = [...kept, ...this.#waiting];
    return failure;
  }
}

/** The same model, its bulks cut into parts of `bulkSize` orders, between which others run. */
export function inParts(write: WriteModel, bulkSize: number): WriteModel {
  return {
    execute: (order) => write.execute(order),
    executeBulk: async (orders) => {
      const results: BulkResult[] = [];
      for (let start = 0; start < orders.length; start += bulkSize) {
        if (start > 0) await breakFor();
        results.push(...(await write.executeBulk(orders.slice(start, start + bulkSize))));
      }
      return results;
    },
  };
}
