// The memory-cqs and memory-cqrs strategies: storage, indexes, caches and projections in memory.

export { createMemoryCqsStrategy, type MemoryCqsDependencies } from './memory-cqs/memory-cqs.ts';
export { memoryCqsOptionsSchema, type MemoryCqsOptions } from './memory-cqs/options.ts';
export { createPaymentIndex, type PaymentIndex, type PaymentIndexOptions } from './payment-index/payment-index.ts';
export type { IndexLimits } from './payment-index/limits.ts';
export type { IndexMemory } from './payment-index/memory.ts';
export type { SearchExplanation } from './payment-index/search.ts';
export {
  createMemoryStore,
  type MemoryStore,
  type MemoryStoreOptions,
  type MemoryStoreProjection,
} from './store/memory-store.ts';
