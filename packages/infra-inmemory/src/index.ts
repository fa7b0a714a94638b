// The memory-cqs and memory-cqrs strategies: storage, indexes, caches and projections in memory.

export type { BulkWriter } from './memory-cqs/bulk-writer.ts';
export {
  createMemoryCqsStrategy,
  type MemoryCqsDependencies,
  type MemoryCqsStrategy,
} from './memory-cqs/memory-cqs.ts';
export {
  createIndexedReadModel,
  type IndexedReadModel,
  type IndexedReadModelOptions,
} from './memory-cqs/indexed-read-model.ts';
export { ServedIndex } from './memory-cqs/served-index.ts';
export { memoryCqsOptionsSchema, type MemoryCqsOptions } from './memory-cqs/options.ts';
export {
  createMemoryCqrsStrategy,
  isMemoryCqrs,
  type MemoryCqrsDependencies,
  type MemoryCqrsStrategy,
} from './memory-cqrs/memory-cqrs.ts';
export { memoryCqrsOptionsSchema, type MemoryCqrsOptions } from './memory-cqrs/options.ts';
export type { BusHandler, HandlerContext } from './memory-cqrs/event-bus/attempts.ts';
export type { MemoryEventBus, Subscribing } from './memory-cqrs/event-bus/memory-event-bus.ts';
export type { SubscriptionStatus } from './memory-cqrs/event-bus/subscription.ts';
export type { DeadEvent } from './memory-cqrs/event-bus/dead-letters.ts';
export type { ProjectionControl, ProjectionStatus } from './memory-cqrs/projections/projection-control.ts';
export type { ProjectionControls, ProjectionName } from './memory-cqrs/projections/projections.ts';
export type { Partitions, PartitionStatus } from './memory-cqrs/write-model/partitions.ts';
export { bytesOf } from './memory-cqrs/query-cache/answer-size.ts';
export type { CacheStore } from './memory-cqrs/query-cache/cache-store.ts';
export { createPaymentIndex, type PaymentIndex, type PaymentIndexOptions } from './payment-index/payment-index.ts';
export {
  feedIndex,
  foldEvent,
  followLog,
  type FeedOptions,
  type Fold,
  type FollowOptions,
  type IndexFollower,
} from './payment-index/following/feed-index.ts';
export {
  mendIndex,
  verifyIndex,
  type IndexDifference,
  type IndexFault,
  type VerifyIndexOptions,
} from './payment-index/following/verify-index.ts';
export type { IndexLimits } from './payment-index/limits.ts';
export type { IndexMemory } from './payment-index/memory.ts';
export type { SearchExplanation } from './payment-index/explained-page.ts';
export {
  createMemoryStore,
  type MemoryStore,
  type MemoryStoreOptions,
  type MemoryStoreProjection,
} from './store/memory-store.ts';
export { createRedisRateCounter } from './redis/redis-rate-counter.ts';
