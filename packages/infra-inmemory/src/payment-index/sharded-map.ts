// A map without V8's limit: one Map holds at most 2^24 entries, so there are several once it comes near.

/** Half of what V8 takes, because deleted entries count until it cleans up. */
const SHARD_LIMIT = 2 ** 23;

export class ShardedMap<Value> {
  readonly #limit: number;
  readonly #shards: Map<string, Value>[] = [];
  #open = new Map<string, Value>();

  constructor(limit: number = SHARD_LIMIT) {
    this.#limit = limit;
  }

  get size(): number {
    return this.#shards.reduce((sum, shard) => sum + shard.size, this.#open.size);
  }

  get(key: string): Value | undefined {
    const value = this.#open.get(key);
    if (value !== undefined || this.#shards.length === 0) return value;
    return this.#shards.find((shard) => shard.has(key))?.get(key);
  }

  set(key: string, value: Value): void {
    const shard = this.#shards.find((each) => each.has(key));
    if (shard !== undefined) {
      shard.set(key, value);
      return;
    }
    if (this.#open.size >= this.#limit && !this.#open.has(key)) {
      this.#shards.push(this.#open);
      this.#open = this.#withRoom();
    }
    this.#open.set(key, value);
  }

  delete(key: string): void {
    if (this.#open.delete(key) || this.#shards.length === 0) return;
    for (const shard of this.#shards) if (shard.delete(key)) return;
  }

  *values(): Generator<Value> {
    for (const shard of this.#shards) yield* shard.values();
    yield* this.#open.values();
  }

  /** A shard out of which enough was deleted, else a new one. */
  #withRoom(): Map<string, Value> {
    const place = this.#shards.findIndex((shard) => shard.size < this.#limit / 2);
    return this.#shards.splice(place, place < 0 ? 0 : 1)[0] ?? new Map<string, Value>();
  }
}
