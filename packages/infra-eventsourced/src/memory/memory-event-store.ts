// The event store in memory: one log in chunks, and for each stream the positions of its events.

import {
  appendedBefore,
  currentEvent,
  meetsExpected,
  PAYMENT_CATEGORY,
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
  type NewEvent,
  type ReadAllRequest,
  type StreamEvent,
  type StreamEventFilter,
  type StreamMetadata,
  type StreamName,
  type StreamPage,
} from '@paystrata/application';
import type { ChunkedLog } from './chunked-log.ts';
import { MemoryLife } from './memory-life.ts';
import { paymentEvent, paymentMayMatch, paymentPositions, type PaymentsBeside } from './payments-beside.ts';
import { readMemoryLog } from './read-memory-log.ts';
import { noMetadata, type MemoryStream } from './memory-streams.ts';

export interface MemoryEventStoreOptions {
  /** Types whose events are brought into today's shape when they are read. */
  readonly types?: EventTypes;
  /** Payments that are in one log and one order with these events; a new life of theirs is one of this store. */
  readonly payments?: PaymentsBeside;
}

/** What was put away, and what it takes. */
export interface MemoryArchive {
  readonly events: number;
  readonly bytes: number;
}

export interface MemoryEventStore extends EventStore {
  /**
   * Compresses old events, in chunks of 4,096: those before a position, and older than an instant where one is given.
   * They read as before, only slower. @returns what is archived now, all calls together.
   */
  archive(before: number, olderThan?: number): Promise<MemoryArchive>;
}

const DEFAULT_LIMIT = 1000;

/** Lasts as long as the process; the cost of an append does not depend on how many streams or events there are. */
export function createMemoryEventStore({ types = {}, payments }: MemoryEventStoreOptions = {}): MemoryEventStore {
  return new ChunkedEventStore(types, payments ?? null);
}

class ChunkedEventStore implements MemoryEventStore {
  readonly #types: EventTypes;
  readonly #payments: PaymentsBeside | null;
  #life: MemoryLife;

  constructor(types: EventTypes, payments: PaymentsBeside | null) {
    this.#types = types;
    this.#payments = payments;
    this.#life = new MemoryLife('', payments);
  }

  /** As it is now: what was committed beside it has its place. @throws PortFailure `STORE_UNAVAILABLE` */
  #current(): MemoryLife {
    if (this.#payments === null) return this.#life;
    const [epoch, head] = [this.#payments.epoch(), this.#payments.position()];
    if (this.#life.epoch !== epoch) this.#life = new MemoryLife(epoch, this.#payments);
    while (this.#life.log.head < head) this.#life.log.push(null);
    return this.#life;
  }

  /** Nothing is awaited: no other caller comes in between. */
  async append(name: StreamName, events: readonly NewEvent[], expected: ExpectedVersion): Promise<Appended> {
    const { log, streams } = this.#current();
    const known = streams.find(name);
    if (known === undefined || name.category === PAYMENT_CATEGORY) requireWritable(name);
    requireNewEvents(events);
    for (const event of events) requireKnownVersion(event, this.#types);
    if (known !== undefined) {
      const before = this.#appendedBefore(known, events);
      if (before !== null) return before;
      if (known.ended) throw streamEnded(name);
    }
    const actual = known?.version ?? 0;
    if (!meetsExpected(expected, actual)) throw wrongExpectedVersion(name, expected, actual);
    const stream = known ?? streams.findOrAdd(name);
    for (const event of events) this.#push(log, stream, event);
    return { version: stream.version, position: log.head, replayed: false };
  }

  async readStream(
    name: StreamName,
    options: {
      readonly direction?: 'forward' | 'backward';
      readonly from?: number | null;
      readonly limit?: number;
    } = {},
  ): Promise<StreamPage> {
    const { direction = 'forward', from = null, limit = DEFAULT_LIMIT } = options;
    requireStreamName(name);
    requireLimit(limit);
    const positions = this.#positions(name);
    const { log } = this.#current();
    const streamVersion = positions.length;
    const forward = direction === 'forward';
    const first = forward ? Math.max(from ?? 1, 1) : Math.min(from ?? streamVersion, streamVersion);
    const last = forward ? Math.min(streamVersion, first + limit - 1) : Math.max(1, first - limit + 1);
    const events: StreamEvent[] = [];
    for (let version = first; forward ? version <= last : version >= last; version += forward ? 1 : -1) {
      const position = positions[version - 1] ?? 0;
      const chunk = log.chunkAt(position);
      if (chunk === undefined) break;
      const loaded = log.eventsOf(chunk);
      const slot = (loaded instanceof Promise ? await loaded : loaded)[position - chunk.first];
      const event = slot === null ? this.#payment(position, {}) : slot && this.#shown(slot);
      if (event !== undefined) events.push(event);
    }
    return { events, streamVersion, end: forward ? last >= streamVersion : last <= 1 };
  }

  async readAll(request: ReadAllRequest): Promise<AllPage> {
    requireLimit(request.limit);
    const beside = (position: number) => this.#payment(position, request.filter ?? {});
    return readMemoryLog(this.#current().log, request, (event) => this.#shown(event), beside);
  }

  async version(name: StreamName): Promise<number> {
    requireStreamName(name);
    return this.#positions(name).length;
  }

  async head(): Promise<number> {
    return this.#current().log.head;
  }

  async metadata(name: StreamName): Promise<{ readonly metadata: StreamMetadata; readonly revision: number }> {
    requireStreamName(name);
    return metadataOf(this.#current().streams.find(name));
  }

  async setMetadata(name: StreamName, metadata: StreamMetadata, expectedRevision: number): Promise<void> {
    requireStreamName(name);
    const { streams } = this.#current();
    const actual = streams.find(name)?.revision ?? 0;
    if (actual !== expectedRevision) throw wrongRevision(name, expectedRevision, actual);
    const stream = streams.findOrAdd(name);
    stream.metadata = Object.freeze({ labels: Object.freeze({ ...metadata.labels }) });
    stream.revision = actual + 1;
  }

  async tombstone(name: StreamName, expected: ExpectedVersion): Promise<void> {
    requireWritable(name);
    const { streams } = this.#current();
    const known = streams.find(name);
    if (known?.ended === true) return;
    const actual = known?.version ?? 0;
    if (!meetsExpected(expected, actual)) throw wrongExpectedVersion(name, expected, actual);
    streams.findOrAdd(name).ended = true;
  }

  async archive(before: number, olderThan = Infinity): Promise<MemoryArchive> {
    const { log } = this.#current();
    for (const chunk of log.fullChunks) {
      if (chunk.first + chunk.length <= before && chunk.latest() < olderThan) await chunk.archive();
    }
    const archived = log.fullChunks.filter((chunk) => chunk.isArchived);
    return {
      events: archived.reduce((sum, chunk) => sum + chunk.length, 0),
      bytes: archived.reduce((sum, chunk) => sum + chunk.archivedBytes, 0),
    };
  }

  #push(log: ChunkedLog, stream: MemoryStream, event: NewEvent): void {
    const position = this.#payments?.takePosition() ?? log.head + 1;
    stream.positions.push(position);
    stream.eventIds.add(event.eventId);
    log.push({
      eventId: event.eventId,
      type: event.type,
      schemaVersion: event.schemaVersion,
      timestamp: event.timestamp,
      actor: event.actor,
      userId: event.userId,
      correlationId: event.correlationId,
      causationId: event.causationId,
      data: event.data,
      metadata: event.metadata,
      stream: stream.name,
      version: stream.positions.length,
      position,
    });
  }

  /** Of the events of a stream, in the order of versions. */
  #positions(name: StreamName): readonly number[] {
    const { streams } = this.#current();
    if (name.category === PAYMENT_CATEGORY) return paymentPositions(this.#payments, name);
    return streams.find(name)?.positions ?? [];
  }

  /** Undefined where the filter cannot hold for it. */
  #payment(position: number, filter: StreamEventFilter): StreamEvent | undefined {
    const event = this.#payments?.eventAt(position);
    return event === undefined || !paymentMayMatch(event, filter) ? undefined : paymentEvent(event);
  }

  /** Frozen when it is first handed out: nobody else has it before. */
  #shown(event: StreamEvent): StreamEvent {
    return currentEvent(Object.freeze(event), this.#types);
  }

  /** Null where none of the events was appended before. @throws PortFailure `EVENT_ID_REUSED` */
  #appendedBefore(stream: MemoryStream, events: readonly NewEvent[]): Appended | null {
    if (events.every(({ eventId }) => this.#versionOf(stream, eventId) === 0)) return null;
    const stored = events.map((event) => this.#eventAt(stream, this.#versionOf(stream, event.eventId)));
    return appendedBefore(stream.name, events, stored);
  }

  #versionOf(stream: MemoryStream, eventId: string): number {
    return stream.eventIds.find(eventId, (version) => this.#eventAt(stream, version)?.eventId === eventId);
  }

  #eventAt(stream: MemoryStream, version: number): StreamEvent | undefined {
    return this.#life.log.at(stream.positions[version - 1] ?? 0) ?? undefined;
  }
}

function requireLimit(limit: number): void {
  if (Number.isSafeInteger(limit) && limit >= 1) return;
  throw new PortFailure('INVALID_MESSAGE', `the limit ${limit} is not a whole number from 1`);
}

function metadataOf(stream: MemoryStream | undefined) {
  return { metadata: stream?.metadata ?? noMetadata, revision: stream?.revision ?? 0 };
}
