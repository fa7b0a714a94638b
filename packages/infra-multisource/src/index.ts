// The multi-source strategy: SQL is the record; Redis, a search engine and files stand beside it.

export {
  createMultiSourceStrategy,
  isMultiSource,
  type MultiSourceDependencies,
  type MultiSourceStrategy,
  type SourceControl,
} from './multi-source.ts';
export { multiSourceOptionsSchema, writeRoutesSchema, type MultiSourceOptions } from './options.ts';
export { createFilesSource, type FilesSourceOptions } from './files/files-source.ts';
export { createMemorySource, type MemorySource, type MemorySourceOptions } from './memory/memory-source.ts';
export { createRedisSource, type RedisSourceOptions } from './redis/redis-source.ts';
export { createSearchEngineSource, type SearchEngineOptions } from './search-engine/search-engine-source.ts';
export type { RelayStatus } from './relay/relay.ts';
export { decodeDocument, revisionOf, sourceDocument } from './ports/document-text.ts';
export type {
  AnsweringSource,
  Ask,
  KeyRange,
  PaymentSource,
  QueryKind,
  QuestionContext,
  RangeDigest,
  SourceAnswers,
  SourceArchive,
  SourceBatch,
  Sourced,
  SourceDocument,
  SourceEntry,
  SourceEvent,
  SourceQueries,
} from './ports/source.ts';
