// The parts of memory-cqrs and how they hang together: what happens in the very step of a commit, and what follows.

import { PortFailure, silentLogger, type Clock, type Ids, type Logger, type LogSource } from '@paystrata/application';
import { createMemoryStore, type MemoryStore, type MemoryStoreProjection } from '../store/memory-store.ts';
import { Causation } from './event-bus/causation.ts';
import { LogFeed } from './event-bus/log-feed.ts';
import { createMemoryEventBus, type OwnedEventBus } from './event-bus/memory-event-bus.ts';
import type { MemoryCqrsOptions } from './options.ts';
import { Projections } from './projections/projections.ts';
import type { CacheStore } from './query-cache/cache-store.ts';
import { guardStore, type GuardedStore } from './query-cache/guarded-store.ts';
import { QueryCache } from './query-cache/query-cache.ts';
import { createRedisStore } from './query-cache/redis-store.ts';
import { SecondLevel } from './query-cache/second-level.ts';
import { MemoryPartitions } from './write-model/partitions.ts';
import { Turns } from './write-model/turns.ts';

export interface Surroundings {
  readonly clock: Clock;
  readonly ids: Ids;
  readonly logger?: Logger;
  /** The second level of the cache, instead of the Redis at `redisUrl`. */
  readonly cacheStore?: CacheStore;
}

export class MemoryCqrsParts {
  readonly store: MemoryStore;
  readonly source: LogSource;
  readonly feed: LogFeed;
  readonly turns = new Turns();
  readonly causation = new Causation();
  readonly partitions: MemoryPartitions;
  readonly projections: Projections;
  readonly events: OwnedEventBus;
  readonly second: { readonly level: SecondLevel; readonly store: GuardedStore } | null;
  readonly cache: QueryCache;

  constructor(options: MemoryCqrsOptions, { clock, logger = silentLogger, cacheStore }: Surroundings) {
    const { maxPayments, bulkSize, cacheTtlSeconds: ttlSeconds, cacheEntries: entries, cacheBytes: bytes } = options;
    this.feed = new LogFeed(clock, options.projectionDelayMs);
    this.store = createMemoryStore({ name: 'memory-cqrs', maxPayments, projection: this.#onCommit() });
    const { store, turns, feed, causation } = this;
    const source = { readAll: store.readAll.bind(store), epoch: store.epoch.bind(store) };
    this.source = source;
    this.partitions = new MemoryPartitions({
      ...{ store, turns },
      forget: (organizationId) => {
        this.projections.drop(organizationId);
        this.cache.purge(organizationId);
      },
    });
    this.projections = new Projections({
      ...{ source, feed, clock, logger, bulkSize },
      isKept: ({ organizationId, position }) => position > this.partitions.droppedUpTo(organizationId),
    });
    this.events = createMemoryEventBus({ source, feed, causation, clock, logger });
    this.second = secondLevel(options, cacheStore, logger);
    this.cache = new QueryCache({ clock, ttlSeconds, entries, bytes, second: this.second?.level ?? null });
  }

  /** Told by the store. Personal data that is erased leaves projections and caches before the commit is answered. */
  #onCommit(): MemoryStoreProjection {
    return {
      apply: (document) => {
        const { organizationId, id: paymentId, personalErased } = document.payment;
        const isPurged = personalErased && this.projections.purge({ organizationId, paymentId });
        if (isPurged) this.cache.purge(organizationId);
        this.projections.offer(document);
        this.causation.committed(this.feed.head + 1, document.position);
        this.feed.committed(document.position);
      },
      clear: () => {
        const { feed, cache, events, causation, partitions } = this;
        for (const part of [feed, cache, events, causation, partitions]) part.clear();
        this.projections.clear(new PortFailure('STORE_UNAVAILABLE', 'memory-cqrs was stopped'));
      },
    };
  }
}

function secondLevel({ redisUrl, cacheTtlSeconds }: MemoryCqrsOptions, given: CacheStore | undefined, logger: Logger) {
  const bare = given ?? (redisUrl === null ? null : createRedisStore(redisUrl, logger));
  if (bare === null || cacheTtlSeconds === 0) return null;
  const store = guardStore(bare);
  return { store, level: new SecondLevel(store, cacheTtlSeconds) };
}
