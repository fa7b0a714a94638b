// Keeps streams that are read in memory, by stream and version. What a stream holds never changes, it only grows.

import {
  PAYMENT_CATEGORY,
  streamText,
  type EventStore,
  type Measurement,
  type StreamEvent,
  type StreamName,
  type StreamPage,
} from '@paystrata/application';

export interface StreamCacheOptions {
  /** Streams at most; 10,000 where absent. */
  readonly maxStreams?: number;
  /** What the events take together, about; 64 MB where absent. */
  readonly maxBytes?: number;
  /** How long a stream is kept after it was read from the store; 300,000 where absent. */
  readonly ttlMs?: number;
  /** A monotonic clock in milliseconds. */
  readonly now?: () => number;
}

export interface CachedEventStore extends EventStore {
  measure(): readonly Measurement[];
}

interface Entry {
  /** From version 1 on, without gaps. */
  readonly events: readonly StreamEvent[];
  readonly bytes: number;
  readonly expiresAt: number;
}

/** Streams of more events are read from the store each time. */
const MAX_EVENTS = 1000;

/**
 * The same store, whose streams are read from memory where they are there. Each read asks for the stream's version first,
 * so what others appended is never missed; an append drops the stream. Streams of payments are not kept: what is
 * personal in them may have to go at any time.
 */
export function cacheStreams(store: EventStore, options: StreamCacheOptions = {}): CachedEventStore {
  const cache = new StreamCache(store, options);
  return {
    readAll: (request) => store.readAll(request),
    version: (stream) => store.version(stream),
    head: () => store.head(),
    metadata: (stream) => store.metadata(stream),
    setMetadata: (stream, metadata, expected) => store.setMetadata(stream, metadata, expected),
    tombstone: (stream, expected) => store.tombstone(stream, expected),
    append: async (stream, events, expected) => {
      try {
        return await store.append(stream, events, expected);
      } finally {
        cache.drop(stream);
      }
    },
    readStream: (stream, range) =>
      stream.category === PAYMENT_CATEGORY ? store.readStream(stream, range) : cache.read(stream, range),
    measure: () => cache.measure(),
  };
}

class StreamCache {
  readonly #store: EventStore;
  readonly #limits: Required<StreamCacheOptions>;
  /** In the order of their last use. */
  readonly #entries = new Map<string, Entry>();
  readonly #counts = { hits: 0, misses: 0 };
  #bytes = 0;

  constructor(store: EventStore, options: StreamCacheOptions) {
    const defaults = { maxStreams: 10_000, maxBytes: 64 * 2 ** 20, ttlMs: 300_000, now: () => performance.now() };
    this.#store = store;
    this.#limits = { ...defaults, ...options };
  }

  async read(stream: StreamName, range: Parameters<EventStore['readStream']>[1] = {}): Promise<StreamPage> {
    const streamVersion = await this.#store.version(stream);
    if (streamVersion === 0 || streamVersion > MAX_EVENTS) return this.#store.readStream(stream, range);
    return pageOf(await this.#events(stream, streamVersion), streamVersion, range);
  }

  drop(stream: StreamName): void {
    this.#remove(streamText(stream));
  }

  measure(): readonly Measurement[] {
    const values = {
      stream_cache_hits_total: this.#counts.hits,
      stream_cache_misses_total: this.#counts.misses,
      stream_cache_streams: this.#entries.size,
      stream_cache_bytes: this.#bytes,
    };
    return Object.entries(values).map(([name, value]) => ({ name, value, labels: {} }));
  }

  /** The first so many events of the stream; what is there already is not read again. */
  async #events(stream: StreamName, version: number): Promise<readonly StreamEvent[]> {
    const name = streamText(stream);
    const entry = this.#alive(name);
    if (entry !== null && entry.events.length >= version) {
      this.#counts.hits++;
      this.#entries.delete(name);
      this.#entries.set(name, entry);
      return entry.events;
    }
    this.#counts.misses++;
    const known = entry?.events ?? [];
    const more = await this.#store.readStream(stream, { from: known.length + 1, limit: MAX_EVENTS });
    const events = [...known, ...more.events];
    this.#keep(name, events);
    return events;
  }

  #alive(name: string): Entry | null {
    const entry = this.#entries.get(name);
    if (entry === undefined) return null;
    if (entry.expiresAt > this.#limits.now()) return entry;
    this.#remove(name);
    return null;
  }

  #keep(name: string, events: readonly StreamEvent[]): void {
    this.#remove(name);
    const { maxStreams, maxBytes, ttlMs, now } = this.#limits;
    const bytes = events.reduce((sum, event) => sum + ENVELOPE_BYTES + JSON.stringify(event.data).length, 0);
    if (bytes > maxBytes) return;
    this.#entries.set(name, { events, bytes, expiresAt: now() + ttlMs });
    this.#bytes += bytes;
    for (const [oldest] of this.#entries) {
      if (this.#entries.size <= maxStreams && this.#bytes <= maxBytes) break;
      this.#remove(oldest);
    }
  }

  #remove(name: string): void {
    this.#bytes -= this.#entries.get(name)?.bytes ?? 0;
    this.#entries.delete(name);
  }
}

/** What an event takes besides its data, about. */
const ENVELOPE_BYTES = 600;

function pageOf(
  events: readonly StreamEvent[],
  streamVersion: number,
  { direction = 'forward', from = null, limit = MAX_EVENTS }: NonNullable<Parameters<EventStore['readStream']>[1]>,
): StreamPage {
  const forward = direction === 'forward';
  const first = forward ? Math.max(from ?? 1, 1) : Math.min(from ?? streamVersion, streamVersion);
  const last = forward ? Math.min(streamVersion, first + limit - 1) : Math.max(1, first - limit + 1);
  const found = forward ? events.slice(first - 1, last) : events.slice(last - 1, first).reverse();
  return { events: found, streamVersion, end: forward ? last >= streamVersion : last <= 1 };
}
