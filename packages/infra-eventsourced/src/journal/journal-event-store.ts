// The event store over a journal: in SQLite or PostgreSQL, beside the payments, in one log and one order.

import {
  appendedBefore,
  compileStreamEventFilter,
  currentEvent,
  PersonalVault,
  PortFailure,
  requireKnownVersion,
  requireNewEvents,
  requireStreamName,
  requireWritable,
  streamEnded,
  wrongExpectedVersion,
  wrongRevision,
  type AllPage,
  type Appended,
  type EventStore,
  type EventTypes,
  type ExpectedVersion,
  type Keyring,
  type NewEvent,
  type ReadAllRequest,
  type StreamEvent,
  type StreamMetadata,
  type StreamName,
  type StreamPage,
} from '@paystrata/application';
import { finishErasures, type JournalEvent, type SharedJournal } from '@paystrata/infra-sql';
import { z } from 'zod';
import { decodeStreamEvent, encodeStreamEvent } from './stored-stream-event.ts';

export interface JournalEventStoreOptions {
  /** Of a payment store that is started: `createSqliteStore` and `createPostgresStore` have one. */
  readonly journal: () => SharedJournal;
  /** Types whose events are brought into today's shape when they are read. */
  readonly types?: EventTypes;
  /** Opens what is personal in the events of payments; without, it is read as it is sealed. */
  readonly keyring?: Keyring;
}

const DEFAULT_LIMIT = 1000;
/** Events read and looked at without a break; then others have their turn. */
const CHUNK = 500;
/** Beyond the last event of any stream. */
const BEYOND = 2 ** 31 - 1;

const noMetadata: StreamMetadata = Object.freeze({ labels: Object.freeze({}) });
const metadataSchema = z.object({ labels: z.record(z.string(), z.string()) });

/** Durable, and shared by all processes on the database; positions are the order of commits, payments included. */
export function createJournalEventStore(options: JournalEventStoreOptions): EventStore {
  return new JournalEventStore(options);
}

class JournalEventStore implements EventStore {
  readonly #journal: () => SharedJournal;
  readonly #types: EventTypes;
  readonly #vault: PersonalVault | null;

  constructor({ journal, types = {}, keyring }: JournalEventStoreOptions) {
    this.#journal = journal;
    this.#types = types;
    this.#vault = keyring === undefined ? null : new PersonalVault(keyring);
  }

  async append(stream: StreamName, events: readonly NewEvent[], expected: ExpectedVersion): Promise<Appended> {
    requireWritable(stream);
    requireNewEvents(events);
    for (const event of events) requireKnownVersion(event, this.#types);
    const texts = events.map((event) => ({ id: event.eventId, text: encodeStreamEvent(stream, event) }));
    const result = await this.#journal().append({ stream, expected, events: texts, document: null, erased: null });
    switch (result.outcome) {
      case 'committed':
        return { version: result.version, position: result.position, replayed: false };
      case 'duplicate':
        return this.#appendedBefore(stream, events, result.version);
      case 'wrong_version':
        throw wrongExpectedVersion(stream, expected, result.actualVersion);
      case 'ended':
        throw streamEnded(stream);
      case 'erasing':
        throw new PortFailure('STORE_UNAVAILABLE', 'an erasure is under way: append again');
    }
  }

  async readStream(
    stream: StreamName,
    options: {
      readonly direction?: 'forward' | 'backward';
      readonly from?: number | null;
      readonly limit?: number;
    } = {},
  ): Promise<StreamPage> {
    const { direction = 'forward', from = null, limit = DEFAULT_LIMIT } = options;
    requireStreamName(stream);
    requireLimit(limit);
    await this.#finishErasures();
    const page = await this.#journal().readStream(stream, { direction, from, limit });
    const events = await this.#shown(page.events);
    const last = events.at(-1)?.version;
    const end = last === undefined || (direction === 'forward' ? last >= page.streamVersion : last === 1);
    return { events, streamVersion: page.streamVersion, end };
  }

  async readAll({ direction, from, limit, filter = {} }: ReadAllRequest): Promise<AllPage> {
    requireLimit(limit);
    const { organizationId, category } = filter;
    const part = {
      ...(organizationId !== undefined && { organizationId }),
      ...(category !== undefined && { category }),
    };
    const matches = compileStreamEventFilter(filter);
    const events: StreamEvent[] = [];
    let at = from;
    await this.#finishErasures();
    for (;;) {
      const chunk = matches === null ? Math.min(CHUNK, limit - events.length) : CHUNK;
      const page = await this.#journal().read({ direction, from: at, limit: chunk, ...part });
      for (const event of await this.#shown(page.events)) {
        if (events.length >= limit) return { events, next: at ?? 0, end: false };
        at = event.position;
        if (matches === null || matches(event)) events.push(event);
      }
      if (!page.more) return { events, next: endOf(direction, from, Math.max(page.head, at ?? 0)), end: true };
      if (events.length >= limit) return { events, next: at ?? 0, end: false };
      await new Promise(setImmediate);
    }
  }

  async version(stream: StreamName): Promise<number> {
    requireStreamName(stream);
    const range = { direction: 'forward', from: BEYOND, limit: 1 } as const;
    return (await this.#journal().readStream(stream, range)).streamVersion;
  }

  async head(): Promise<number> {
    return this.#journal().head();
  }

  async metadata(stream: StreamName): Promise<{ readonly metadata: StreamMetadata; readonly revision: number }> {
    requireStreamName(stream);
    const { text, revision } = await this.#journal().metadata(stream);
    if (text === null) return { metadata: noMetadata, revision };
    return { metadata: metadataSchema.parse(JSON.parse(text)), revision };
  }

  async setMetadata(stream: StreamName, metadata: StreamMetadata, expectedRevision: number): Promise<void> {
    requireStreamName(stream);
    const text = JSON.stringify(metadataSchema.parse(metadata));
    const actual = await this.#journal().setMetadata(stream, text, expectedRevision);
    if (actual !== null) throw wrongRevision(stream, expectedRevision, actual);
  }

  async tombstone(stream: StreamName, expected: ExpectedVersion): Promise<void> {
    requireWritable(stream);
    const actual = await this.#journal().tombstone(stream, expected);
    if (actual !== null) throw wrongExpectedVersion(stream, expected, actual);
  }

  /** The stream has one of the ids: all of them and no other, or the append is refused. */
  async #appendedBefore(stream: StreamName, events: readonly NewEvent[], last: number): Promise<Appended> {
    const from = Math.max(1, last - events.length + 1);
    const page = await this.#journal().readStream(stream, { direction: 'forward', from, limit: events.length });
    const stored = new Map<string, StreamEvent>();
    for (const each of page.events) {
      const event = await decodeStreamEvent(each, null);
      stored.set(event.eventId, event);
    }
    const found = events.map(({ eventId }) => stored.get(eventId));
    const before = appendedBefore(stream, events, found);
    if (before !== null) return before;
    throw new PortFailure('STORE_DAMAGED', `version ${last} is not the event that was looked for`);
  }

  /** What is about to be unreadable is not opened any more. */
  async #finishErasures(): Promise<void> {
    if (this.#vault !== null) await finishErasures(this.#journal(), this.#vault);
  }

  async #shown(stored: readonly JournalEvent[]): Promise<readonly StreamEvent[]> {
    const events: StreamEvent[] = [];
    for (const each of stored) events.push(currentEvent(await decodeStreamEvent(each, this.#vault), this.#types));
    return events;
  }
}

function requireLimit(limit: number): void {
  if (Number.isSafeInteger(limit) && limit >= 1) return;
  throw new PortFailure('INVALID_MESSAGE', `the limit ${limit} is not a whole number from 1`);
}

/** Everything was considered. */
function endOf(direction: 'forward' | 'backward', from: number | null, head: number): number {
  if (direction === 'forward') return Math.max(head, from ?? 0);
  return head === 0 ? (from ?? 0) : 1;
}
