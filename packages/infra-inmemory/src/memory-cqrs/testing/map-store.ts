// A cache store in a map, which a test can hold, break and poison.

import type { CacheStore } from '../query-cache/cache-store.ts';

export interface MapStore extends CacheStore {
  readonly texts: Map<string, string>;
  /** How often it was asked for something. */
  readonly gets: number;
  /** Until it is told otherwise, calls fail, or answer only when they are released. */
  mode: 'well' | 'broken' | 'held';
  release(): void;
}

export function createMapStore(): MapStore {
  const texts = new Map<string, string>();
  const held: (() => void)[] = [];
  let gets = 0;
  const ready = async (): Promise<void> => {
    if (store.mode === 'broken') throw new Error('the store is broken');
    if (store.mode === 'held') await new Promise<void>((resolve) => held.push(resolve));
  };
  const store: MapStore = {
    name: 'map',
    texts,
    mode: 'well',
    get gets() {
      return gets;
    },
    release: () => {
      store.mode = 'well';
      for (const go of held.splice(0)) go();
    },
    start: async () => undefined,
    stop: async () => undefined,
    get: async (key) => {
      gets += 1;
      await ready();
      return texts.get(key) ?? null;
    },
    set: async (key, value) => {
      await ready();
      texts.set(key, value);
    },
  };
  return store;
}
