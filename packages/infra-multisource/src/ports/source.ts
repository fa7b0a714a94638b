// What stands beside SQL: a source is fed with documents and events, and answers what it can.

import type {
  Analytics,
  GetPayment,
  PaymentAnalytics,
  PaymentDocument,
  PaymentKey,
  PaymentStatistics,
  RecordedEvent,
  SearchPage,
  SearchPayments,
  Statistics,
  Suggestion,
  SuggestPayments,
} from '@paystrata/application';
import type { OrganizationId, PaymentId } from '@paystrata/domain';

/** A payment on its way into a source. */
export interface SourceDocument extends PaymentKey {
  /** Personal data is open in it: a source must be able to forget it, so it keeps the newest revision only. */
  readonly document: PaymentDocument;
  /**
   * Rises with every change of the document, an erasure included; a safe integer from 1. Equal revisions are equal
   * documents. A delete is a newer revision of status `deleted`, not an absence.
   */
  readonly revision: number;
  /** The stored form, `decodeDocument` reads it back. */
  readonly text: string;
  /** An unsigned number of 32 bits from what the document says: what sources are compared by. Kept beside the text. */
  readonly fingerprint: number;
}

/** An event on its way into an archive. */
export interface SourceEvent {
  readonly event: RecordedEvent;
  /** The very text of the log, personal data sealed: the only form in which it may be kept for good. */
  readonly text: string;
}

/** A stretch of the log: all that changed after position `from`, up to and with position `to`. */
export interface SourceBatch {
  readonly from: number;
  readonly to: number;
  /** Where the log ended by then, as far as it was known: `to` or further. Absent: `to`. */
  readonly end?: number;
  /** Each payment that changed, once, as it is at `to` or newer. */
  readonly documents: readonly SourceDocument[];
  /** In the order of the log; empty for a source without an archive. */
  readonly events: readonly SourceEvent[];
}

/** The questions a source may be able to answer: `asOf` of a `get` is always null. */
export interface SourceQueries {
  readonly get: GetPayment;
  readonly search: SearchPayments;
  readonly suggestions: SuggestPayments;
  readonly statistics: PaymentStatistics;
  readonly analytics: PaymentAnalytics;
}

export interface SourceAnswers {
  readonly get: PaymentDocument | null;
  readonly search: SearchPage;
  readonly suggestions: readonly Suggestion[];
  readonly statistics: Statistics;
  readonly analytics: Analytics;
}

export type QueryKind = keyof SourceQueries;

export interface QuestionContext {
  readonly organizationId: OrganizationId;
  /** Of the log; goes into cursors (`cursorOf`, `nextCursor`). */
  readonly epoch: string;
  /**
   * The answer is of use where it contains the log up to here; 0: whatever it contains. A source that holds so much, but
   * does not show it yet, makes an effort; one that holds less answers what it has.
   */
  readonly atLeast: number;
}

/** An answer that contains every event of the log up to the position, or newer ones. */
export interface Sourced<Answer> {
  readonly answer: Answer;
  readonly position: number;
}

/**
 * Answers exactly what the pure functions of the application answer over the same documents, or null: this source
 * cannot tell (a filter it does not know, a document it has forgotten, nothing held of this log), somebody else is
 * asked. `CURSOR_INVALID` and `POSITION_UNKNOWN` are answers as well; everything else that is thrown counts as a
 * failure of the source.
 */
export type Ask<Kind extends QueryKind, Context extends QuestionContext = QuestionContext> = (
  query: SourceQueries[Kind],
  context: Context,
) => Promise<Sourced<SourceAnswers[Kind]> | null>;

/** What can be asked. */
export interface AnsweringSource<Context extends QuestionContext> {
  /** Such as `redis`: in metrics, health and the answers' origin. Lower case letters and dashes. */
  readonly name: string;
  /** A question that takes longer has failed. */
  readonly timeoutMs: number;
  /** What it can answer. */
  readonly queries: { readonly [Kind in QueryKind]?: Ask<Kind, Context> };
  /**
   * The position up to which it has the log of this epoch; null: it has nothing of it. Asked every second as the check
   * of its health.
   */
  held(): Promise<number | null>;
}

/** Payments of one organization whose ids are in the range, compared as texts. */
export interface KeyRange {
  readonly organizationId: OrganizationId;
  /** Included; null: from the first one. */
  readonly from: PaymentId | null;
  /** Excluded; null: to the last one. */
  readonly to: PaymentId | null;
}

/** The number of documents in a range, and the sum of their fingerprints. */
export interface RangeDigest {
  readonly count: number;
  readonly sum: number;
}

/** A document in few words. */
export interface SourceEntry {
  readonly paymentId: PaymentId;
  readonly revision: number;
  readonly fingerprint: number;
}

/** Events that are kept for good, by organization and month; `clear` leaves them. */
export interface SourceArchive {
  /**
   * The positions of the events that are there, whole, as they are stored now.
   *
   * @param month of the events' own time in UTC, such as `2026-01`
   */
  positions(organizationId: OrganizationId, month: string): Promise<ReadonlySet<number>>;
  /** Adds those that are not there yet, synced. */
  add(events: readonly SourceEvent[]): Promise<void>;
}

/**
 * Everything throws `PortFailure`s: `STORE_UNAVAILABLE` where it may work later, `STORE_FULL`, `STORE_DAMAGED`, or
 * `CONFIG_INVALID` with what is wrong and what would be right (credentials, a mapping that is not ours, a folder that
 * cannot be written). What fails has changed nothing, or only put documents that are right.
 *
 * The position held is kept in the source itself, with the epoch of the log, and is lost together with the documents: so
 * a source that was emptied or exchanged never passes for a full one.
 */
export interface PaymentSource extends AnsweringSource<QuestionContext> {
  /** True: one copy for all processes, fed by one of them. False: this process has its own. */
  readonly isShared: boolean;
  /** False: it may forget documents at any time, so that what it lacks is no difference. */
  readonly isComplete: boolean;
  /** Where it keeps events: batches carry them beside documents. Null: it keeps none. */
  readonly archive: SourceArchive | null;
  /** Does not wait for a server that is away. @throws PortFailure `CONFIG_INVALID` for what no waiting mends */
  open(epoch: string): Promise<void>;
  /** Finishes what is under way. */
  close(): Promise<void>;
  /**
   * Puts the documents, keeps the events it does not have yet, and then moves the position held to `to`, where it holds
   * `from` or more; never back. Idempotent: the same batch, parts of it and older ones may come again at any time, also
   * from a process that was thought dead.
   *
   * @returns the position held after it: less than `to`, or null, where it holds less than `from`.
   * @throws PortFailure not retryable where it refuses a document for good, the message says which and why
   */
  apply(batch: SourceBatch): Promise<number | null>;
  /**
   * Documents apart from the log, for repair and warming. Of each the highest revision stays; an equal one is written
   * again, so that what was damaged is right after it.
   *
   * @param asOf they are as they are at this position of the log, or newer: a source that forgets may have had a newer
   * one, and leaves out what it cannot tell to be current. Absent: each is only known to be as of its own position.
   */
  put(documents: readonly SourceDocument[], asOf?: number): Promise<void>;
  /** Forgets payments altogether, whatever their revision: a lower one may be put after it. */
  remove(keys: readonly PaymentKey[]): Promise<void>;
  /** Forgets all documents, of whichever epoch, and holds position 0 of this one. What is archived stays. */
  clear(): Promise<void>;
  /**
   * Fills an empty copy beside what it has, and takes it in the place of that in one step: it answers all the time.
   * Absent: it is made anew by `clear`, and others answer until it is full.
   *
   * @param fill puts every document; they are as of the position that it answers, or newer. What it throws is thrown, and
   * leaves everything as it was.
   */
  renew?(fill: (put: (documents: readonly SourceDocument[]) => Promise<void>) => Promise<number>): Promise<void>;
  /** Organizations of which it has documents. */
  organizations(): Promise<readonly OrganizationId[]>;
  digest(range: KeyRange): Promise<RangeDigest>;
  /** In the order of ids, at most `limit`. */
  entries(range: KeyRange, limit: number): Promise<readonly SourceEntry[]>;
}
