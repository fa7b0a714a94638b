// Wakes whoever waits for news: one subscription for any number of readers.

export interface Wakeups {
  /** Resolves at the next ring. */
  next(): Promise<void>;
  ring(): void;
  /** How often it rang. */
  rings(): number;
}

export function createWakeups(): Wakeups {
  let waiting = Promise.withResolvers<void>();
  let rings = 0;
  return {
    next: () => waiting.promise,
    ring() {
      const { resolve } = waiting;
      waiting = Promise.withResolvers<void>();
      rings += 1;
      resolve();
    },
    rings: () => rings,
  };
}
