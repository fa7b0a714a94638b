// A part of the log in memory that is kept, skipped or archived as a whole.

import type { StreamEvent, StreamEventFilter } from '@paystrata/application';
import { packEvents, unpackEvents, unpackEventsSync, type PackedEvents } from './packed-events.ts';

export const CHUNK_SIZE = 4096;

/** An event of this log, or null in the place of one that is kept beside it. */
export type Slot = StreamEvent | null;

/** What chunks are told of an event. */
export type EventEnvelope = Pick<StreamEvent, 'stream' | 'type' | 'timestamp' | 'correlationId'>;

/** What is known of the event at a position that is kept beside the log. */
export type Beside = (position: number) => EventEnvelope | undefined;

/** What the events of a full chunk have in common, so that a reader need not look at each. */
interface Summary {
  readonly organizations: ReadonlySet<string>;
  readonly categories: ReadonlySet<string>;
  readonly types: ReadonlySet<string>;
  readonly earliest: number;
  readonly latest: number;
  /** A bit for each hash of a correlation id. */
  readonly correlations: Uint32Array;
}

const CORRELATION_BITS = 1 << 16;

export class EventChunk {
  /** The position of its first event. */
  readonly first: number;
  readonly #beside: Beside;
  #events: Slot[] | null = [];
  #packed: PackedEvents | null = null;
  #summary: Summary | null = null;

  constructor(first: number, beside: Beside) {
    this.first = first;
    this.#beside = beside;
  }

  get length(): number {
    return this.#events?.length ?? CHUNK_SIZE;
  }

  get isArchived(): boolean {
    return this.#packed !== null;
  }

  /** Bytes of the compressed events; 0 while they are not archived. */
  get archivedBytes(): number {
    return this.#packed?.bytes.length ?? 0;
  }

  push(event: Slot): void {
    this.#events?.push(event);
  }

  /** The events where they are at hand; null where they must be unpacked. Not to be changed. */
  loaded(): readonly Slot[] | null {
    return this.#events;
  }

  /** @throws PortFailure `STORE_DAMAGED` */
  async unpack(): Promise<readonly Slot[]> {
    return this.#packed === null ? (this.#events ?? []) : unpackEvents(this.#packed);
  }

  /** @throws PortFailure `STORE_DAMAGED` */
  unpackNow(): readonly Slot[] {
    return this.#packed === null ? (this.#events ?? []) : unpackEventsSync(this.#packed);
  }

  /** Keeps the events of a full chunk compressed from now on; they read as before. */
  async archive(): Promise<void> {
    const events = this.#events;
    if (events === null) return;
    this.#summarized(events);
    this.#packed = await packEvents(events, this.first);
    this.#events = null;
  }

  /** The latest time of its events. */
  latest(): number {
    return this.#summarized(this.#events ?? []).latest;
  }

  /** False where no event of a full chunk can pass the filter. */
  mayHold({ organizationId, category, types, correlationId, from, to }: StreamEventFilter): boolean {
    if (this.#summary === null && this.#events?.length !== CHUNK_SIZE) return true;
    const summary = this.#summarized(this.#events ?? []);
    if (organizationId !== undefined && !summary.organizations.has(organizationId)) return false;
    if (category !== undefined && !summary.categories.has(category)) return false;
    if (types !== undefined && !types.some((type) => summary.types.has(type))) return false;
    if (from !== undefined && summary.latest < from) return false;
    if (to !== undefined && summary.earliest >= to) return false;
    return correlationId === undefined || hasBit(summary.correlations, correlationId);
  }

  /** A full chunk does not change: it is looked at once. */
  #summarized(events: readonly Slot[]): Summary {
    this.#summary ??= summaryOf(events.map((event, index) => event ?? this.#beside(this.first + index)));
    return this.#summary;
  }
}

function summaryOf(events: readonly (EventEnvelope | undefined)[]): Summary {
  const [organizations, categories, types] = [new Set<string>(), new Set<string>(), new Set<string>()];
  const correlations = new Uint32Array(CORRELATION_BITS / 32);
  let [earliest, latest] = [Infinity, -Infinity];
  for (const event of events) {
    if (event === undefined) continue;
    const { stream, type, timestamp, correlationId } = event;
    organizations.add(stream.organizationId);
    categories.add(stream.category);
    types.add(type);
    earliest = Math.min(earliest, timestamp);
    latest = Math.max(latest, timestamp);
    const bit = hashOf(correlationId);
    correlations[bit >>> 5] = (correlations[bit >>> 5] ?? 0) | (1 << (bit & 31));
  }
  return { organizations, categories, types, earliest, latest, correlations };
}

function hasBit(bits: Uint32Array, text: string): boolean {
  const bit = hashOf(text);
  return ((bits[bit >>> 5] ?? 0) & (1 << (bit & 31))) !== 0;
}

/** FNV-1a, folded to the number of bits. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  return (hash ^ (hash >>> 16)) & (CORRELATION_BITS - 1);
}
