// The multi-source strategy: SQL is the record; Redis, a search engine and files stand beside it.

export { decodeDocument, revisionOf, sourceDocument } from './ports/document-text.ts';
export type {
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
