// Where the second level of the cache keeps texts: Redis, or what stands for it in a test.

export interface CacheStore {
  readonly name: string;
  /**
   * Begins to connect; does not wait for it, because answers do without.
   *
   * @throws PortFailure `CONFIG_INVALID` where its client is not installed.
   */
  start(): Promise<void>;
  stop(): Promise<void>;
  /** Null: it has nothing under the key. Rejects where it cannot be asked. */
  get(key: string): Promise<string | null>;
  set(key: string, value: string, ttlSeconds: number): Promise<void>;
}
