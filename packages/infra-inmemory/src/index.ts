// The memory-cqs and memory-cqrs strategies: storage, indexes, caches and projections in memory.

export { createMemoryCqsStrategy, type MemoryCqsDependencies } from './memory-cqs/memory-cqs.ts';
export { memoryCqsOptionsSchema, type MemoryCqsOptions } from './memory-cqs/options.ts';
export { createMemoryStore, type MemoryStoreOptions } from './store/memory-store.ts';
