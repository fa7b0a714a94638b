// The memory-cqs and memory-cqrs strategies: storage, indexes, caches and projections in memory.
export { createMemoryStore, type MemoryStoreOptions } from './store/memory-store.ts';
