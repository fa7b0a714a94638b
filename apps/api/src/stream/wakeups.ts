// Wakes whoever waits for news: one subscription for any number of readers.

export interface Wakeups {
  /** Resolves at the next ring. */
  next(): Promise<void>;
  ring(): void;
}

export function createWakeups(): Wakeups {
  let waiting = Promise.withResolvers<void>();
  return {
    next: () => waiting.promise,
    ring() {
      const { resolve } = waiting;
      waiting = Promise.withResolvers<void>();
      resolve();
    },
  };
}
