// The cache of streams: the cases of every event store, and what it must never do.
import type { EventStore } from '@paystrata/application';
import { beforeEach, describe, expect, it } from 'vitest';
import { createMemoryEventStore } from '../memory/memory-event-store.ts';
import { appendCases } from '../testing/append-cases.ts';
import { newEvent, newEvents, streamNamed } from '../testing/event-store-world.ts';
import { readCases } from '../testing/read-cases.ts';
import { cacheStreams, type CachedEventStore } from './cached-event-store.ts';

describe.each([...appendCases, ...readCases])('through a cache', ({ name, run }) => {
  it(name, () => {
    const store = createMemoryEventStore();
    return run({ open: async () => cacheStreams(store) });
  });
});

describe('a cache of streams', () => {
  let reads: number;
  let store: EventStore;
  let cached: CachedEventStore;
  let now: number;
  const measured = (name: string) => cached.measure().find((each) => each.name === name)?.value;
  const stream = streamNamed('1');

  beforeEach(async () => {
    [reads, now] = [0, 0];
    const memory = createMemoryEventStore();
    store = {
      append: memory.append.bind(memory),
      readAll: memory.readAll.bind(memory),
      version: memory.version.bind(memory),
      head: memory.head.bind(memory),
      metadata: memory.metadata.bind(memory),
      setMetadata: memory.setMetadata.bind(memory),
      tombstone: memory.tombstone.bind(memory),
      readStream: (...args) => {
        reads++;
        return memory.readStream(...args);
      },
    };
    cached = cacheStreams(store, { now: () => now, maxStreams: 2, maxBytes: 20_000 });
    await store.append(stream, newEvents(5), 'noStream');
  });

  it('reads a stream once, from wherever it is asked for', async () => {
    await cached.readStream(stream);
    await cached.readStream(stream, { direction: 'backward', limit: 2 });
    expect((await cached.readStream(stream, { from: 4 })).events.map(({ version }) => version)).toEqual([4, 5]);
    expect(reads).toBe(1);
    expect([measured('stream_cache_hits_total'), measured('stream_cache_misses_total')]).toEqual([2, 1]);
  });

  it('sees at once what another process appended, and reads only that', async () => {
    await cached.readStream(stream);
    await store.append(stream, [newEvent()], 5);
    expect((await cached.readStream(stream)).events).toHaveLength(6);
    expect(reads).toBe(2);
  });

  it('drops what is appended to, and what is too old, too many or too large', async () => {
    await cached.readStream(stream);
    await cached.append(stream, [newEvent()], 5);
    expect(measured('stream_cache_streams')).toBe(0);
    await cached.readStream(stream);
    now = 300_000;
    await cached.readStream(stream);
    expect(reads).toBe(3);
    for (const id of ['2', '3']) {
      await store.append(streamNamed(id), newEvents(2), 'noStream');
      await cached.readStream(streamNamed(id));
    }
    expect(measured('stream_cache_streams')).toBe(2);
    await store.append(streamNamed('big'), [newEvent({ data: { text: 'x'.repeat(20_000) } })], 'noStream');
    await cached.readStream(streamNamed('big'));
    expect(measured('stream_cache_streams')).toBe(2);
    expect(measured('stream_cache_bytes')).toBeLessThan(20_000);
  });
});
