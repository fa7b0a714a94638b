// The multi-source strategy: SQL is the record; Redis, a search engine and files stand beside it.

export {
  createMultiSourceStrategy,
  isMultiSource,
  type MultiSourceDependencies,
  type MultiSourceStrategy,
  type SourceControl,
} from './multi-source.ts';
export { multiSourceOptionsSchema, writeRoutesSchema, type MultiSourceOptions } from './options.ts';
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
  SourceBatch,
  Sourced,
  SourceDocument,
  SourceEntry,
  SourceEvent,
  SourceQueries,
} from './ports/source.ts';
