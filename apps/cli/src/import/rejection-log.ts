// The refused rows of an import in their order, kept in bounded memory until the report is written.

import { once } from 'node:events';
import { createReadStream, createWriteStream, type WriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { RowRejection } from './new-payment-row.ts';

/** So many are kept in memory; what comes after goes to a temporary file. */
const IN_MEMORY = 10_000;

export class RejectionLog {
  readonly #first: RowRejection[] = [];
  readonly #byCode = new Map<string, number>();
  #folder: string | null = null;
  #spill: WriteStream | null = null;

  async add(rejection: RowRejection): Promise<void> {
    this.#byCode.set(rejection.code, (this.#byCode.get(rejection.code) ?? 0) + 1);
    if (this.#first.length < IN_MEMORY) {
      this.#first.push(rejection);
      return;
    }
    this.#spill ??= createWriteStream(join(await this.#makeFolder(), 'rejections.ndjson'));
    if (!this.#spill.write(`${JSON.stringify(rejection)}\n`)) await once(this.#spill, 'drain');
  }

  /** How many rows each code refused, most first. */
  counts(): readonly (readonly [code: string, count: number])[] {
    return [...this.#byCode].sort(([, a], [, b]) => b - a);
  }

  /** Each as JSON, in the order in which they were added. Nothing may be added afterwards. */
  async *json(): AsyncGenerator<string> {
    for (const rejection of this.#first) yield JSON.stringify(rejection);
    if (this.#spill === null) return;
    this.#spill.end();
    await once(this.#spill, 'close');
    yield* createInterface({ input: createReadStream(this.#spill.path), crlfDelay: Infinity });
  }

  /** The first ones, at most so many. */
  head(count: number): readonly RowRejection[] {
    return this.#first.slice(0, count);
  }

  /** Removes the temporary file. */
  async close(): Promise<void> {
    this.#spill?.destroy();
    if (this.#folder !== null) await rm(this.#folder, { recursive: true, force: true });
  }

  async #makeFolder(): Promise<string> {
    this.#folder ??= await mkdtemp(join(tmpdir(), 'paystrata-import-'));
    return this.#folder;
  }
}
