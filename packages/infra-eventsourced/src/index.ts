// The event-sourced strategy: an event store in memory, in SQLite or in PostgreSQL, and what is derived from it.

export { createEventSourcedStrategy, type EventSourcedDependencies } from './event-sourced.ts';
export { isEventSourced, type EventSourcedStrategy } from './event-sourced-strategy.ts';
export { eventSourcedOptionsSchema, type EventSourcedOptions } from './options.ts';
export {
  createMemoryEventStore,
  type MemoryArchive,
  type MemoryEventStore,
  type MemoryEventStoreOptions,
} from './memory/memory-event-store.ts';
export { createJournalEventStore, type JournalEventStoreOptions } from './journal/journal-event-store.ts';
export { cacheStreams, type CachedEventStore, type StreamCacheOptions } from './cache/cached-event-store.ts';
export type { Aggregate, Decided, Decider, DomainEvent } from './repository/aggregate.ts';
export { createMemorySnapshotStore } from './repository/memory-snapshot-store.ts';
export {
  createRepository,
  type AppendContext,
  type Repository,
  type RepositoryOptions,
  type SnapshotPolicy,
} from './repository/repository.ts';
