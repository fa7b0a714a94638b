// A map that grows a little at a time and without V8's limit: a Map that is full becomes two.
//
// One Map holds at most 2^24 entries, and is copied as a whole when it doubles: a tenth of a second for a million.

import { HashDirectory } from './hash-directory.ts';
import { textHash } from './id-key.ts';

/** Copied in a millisecond or two. */
const SHARD_LIMIT = 2 ** 14;

export class ShardedMap<Value> {
  readonly #limit: number;
  readonly #hash: (key: string) => number;
  readonly #shards = new HashDirectory(new Map<string, Value>());
  #size = 0;

  /**
   * @param limit entries in one `Map`, as long as the hashes of the keys differ.
   * @param hash of a key, 32 bits.
   */
  constructor(limit: number = SHARD_LIMIT, hash: (key: string) => number = textHash) {
    this.#limit = limit;
    this.#hash = hash;
  }

  get size(): number {
    return this.#size;
  }

  get(key: string): Value | undefined {
    return this.#shardOf(key).get(key);
  }

  set(key: string, value: Value): void {
    const shard = this.#shardOf(key);
    const before = shard.size;
    shard.set(key, value);
    if (shard.size === before) return;
    this.#size += 1;
    if (shard.size > this.#limit) this.#split(shard, this.#hash(key));
  }

  delete(key: string): void {
    if (this.#shardOf(key).delete(key)) this.#size -= 1;
  }

  *entries(): Generator<readonly [string, Value]> {
    for (const shard of this.#shards.parts()) yield* shard.entries();
  }

  *values(): Generator<Value> {
    for (const shard of this.#shards.parts()) yield* shard.values();
  }

  #shardOf(key: string): Map<string, Value> {
    return this.#shards.at(this.#shards.isWhole ? 0 : this.#hash(key));
  }

  #split(shard: ReadonlyMap<string, Value>, hash: number): void {
    this.#shards.split(hash, (isSecond) => {
      const halves = [new Map<string, Value>(), new Map<string, Value>()] as const;
      for (const [key, value] of shard) halves[isSecond(this.#hash(key)) ? 1 : 0].set(key, value);
      return halves;
    });
  }
}
