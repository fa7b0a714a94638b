// A store of events in streams: the payments' own log, and whatever events a team keeps beside it.

import type { Instant, OrganizationId } from '@paystrata/domain';
import type { JsonObject } from '../read/event-data.ts';
import type { Criterion } from '../read/event-queries.ts';

/** Names a stream. Streams of the category `payment` are written by commands only; everybody may read them. */
export interface StreamName {
  readonly organizationId: OrganizationId;
  /** `[a-z][a-z0-9-]{0,31}`. */
  readonly category: string;
  /** 1 to 200 visible ASCII characters, unique in the category of the organization; never personal data. */
  readonly id: string;
}

/**
 * What a writer expects of the stream: a version it has seen (0 is the same as `noStream`), that it has no event yet,
 * that it has one, or nothing. With `any` an append never fails for a version.
 */
export type ExpectedVersion = number | 'any' | 'noStream' | 'streamExists';

export interface NewEvent {
  /** A UUID. */
  readonly eventId: string;
  readonly type: string;
  /** The version of the stored shape of this type, from 1. */
  readonly schemaVersion: number;
  readonly timestamp: Instant;
  readonly actor: string;
  readonly userId: string | null;
  readonly correlationId: string;
  readonly causationId: string | null;
  readonly data: JsonObject;
  readonly metadata: Readonly<Record<string, string>>;
}

/** An event that was committed. */
export interface StreamEvent extends NewEvent {
  readonly stream: StreamName;
  /** The place in the stream, from 1 and without gaps. */
  readonly version: number;
  /** The place in the log: the order of commits, without gaps over all categories. */
  readonly position: number;
}

export interface Appended {
  /** Of the last event. */
  readonly version: number;
  readonly position: number;
  /** True where the stream had these very events already: nothing was stored. */
  readonly replayed: boolean;
}

export interface StreamPage {
  readonly events: readonly StreamEvent[];
  /** The version of the stream; 0 where it has no event. */
  readonly streamVersion: number;
  /** True where nothing lies beyond the last event in the direction of reading. */
  readonly end: boolean;
}

/** All that is given must hold. */
export interface StreamEventFilter {
  readonly organizationId?: OrganizationId;
  readonly category?: string;
  readonly types?: readonly string[];
  readonly correlationId?: string;
  /** `from` included, `to` not. */
  readonly from?: Instant;
  readonly to?: Instant;
  readonly criteria?: readonly Criterion[];
}

export interface ReadAllRequest {
  readonly direction: 'forward' | 'backward';
  /** Forward: events after this position. Backward: events before it. Null: from the respective end. */
  readonly from: number | null;
  /** At most so many events are returned, at least 1. */
  readonly limit: number;
  readonly filter?: StreamEventFilter;
}

export interface AllPage {
  readonly events: readonly StreamEvent[];
  /** Hand it in as `from` to go on; everything up to it was considered. */
  readonly next: number;
  readonly end: boolean;
}

/** What an operator says of a stream. */
export interface StreamMetadata {
  readonly labels: Readonly<Record<string, string>>;
}

/**
 * Everything throws `PortFailure`s: `WRONG_EXPECTED_VERSION` with the expected and the actual version for the loser of a
 * race, `STREAM_ENDED` for an append to a stream with a tombstone, `EVENT_ID_REUSED` where an event id stands in the
 * stream with other contents or among other events, `OUTCOME_UNKNOWN` where an append may have happened: append the same
 * events again. `INVALID_MESSAGE` names what is wrong with an event or a stream's name, `FORBIDDEN` an append to a stream
 * of payments, `EVENT_TOO_NEW` an event that a newer release wrote. What is handed out cannot be changed.
 */
export interface EventStore {
  /**
   * Atomic, and idempotent by event id: the same events again answer where they are, whatever is expected. Takes 1 to
   * 1,000 events; their data and metadata are frozen, for they may be kept as they are.
   */
  append(stream: StreamName, events: readonly NewEvent[], expected: ExpectedVersion): Promise<Appended>;
  /** From a version on, included; null: from the respective end. At most 1,000 events where no limit is given. */
  readStream(
    stream: StreamName,
    options?: { readonly direction?: 'forward' | 'backward'; readonly from?: number | null; readonly limit?: number },
  ): Promise<StreamPage>;
  readAll(request: ReadAllRequest): Promise<AllPage>;
  /** The version of a stream, without reading it; 0 where it has no event. */
  version(stream: StreamName): Promise<number>;
  /** Of the last event of the log; 0 where there is none. */
  head(): Promise<number>;
  /** Of revision 0 is what was never set: no labels. */
  metadata(stream: StreamName): Promise<{ readonly metadata: StreamMetadata; readonly revision: number }>;
  /** @throws PortFailure `WRONG_EXPECTED_VERSION` where the revision is not `expectedRevision` (0: never set). */
  setMetadata(stream: StreamName, metadata: StreamMetadata, expectedRevision: number): Promise<void>;
  /** Ends a stream for ever: what it holds can still be read, nothing can be appended. Again: no error. */
  tombstone(stream: StreamName, expected: ExpectedVersion): Promise<void>;
}
