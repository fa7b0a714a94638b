// Moves the texts of old events into compressed segments, in small transactions, while others read and write.

import {
  openSegment,
  packSegment,
  SEGMENT_CODEC,
  SEGMENT_FORMAT,
  type Instant,
  type MaintenanceOptions,
  type MaintenanceScope,
} from '@paystrata/application';
import { partsOf, readLinks, type LogLink } from '../integrity/log-pages.ts';
import type { LogTables } from './log-tables.ts';

export interface ArchiveOptions extends Pick<MaintenanceOptions, 'onProgress' | 'signal'> {
  readonly scope: MaintenanceScope;
  /** Events from before this moment are moved. */
  readonly before: Instant;
  /** Up to this position everything is archived already, as an earlier run has found; absent: nothing is known. */
  readonly from?: number;
  readonly now: Instant;
}

/** What was done. */
export interface Archived {
  /** Events that were looked at. */
  readonly checked: number;
  /** Of the scope, everything up to there was archived before this run. */
  readonly archivedTo: number;
  /** Events whose text was moved. */
  readonly events: number;
  readonly segments: number;
  /** Bytes of text that were moved, and what they came to. */
  readonly textBytes: number;
  readonly segmentBytes: number;
}

/** A transaction over so many events takes SQLite some 10 ms; texts of one segment are compressed together. */
const MAX_EVENTS = 500;
const MAX_CHARACTERS = 1_000_000;

interface OldText {
  readonly position: number;
  readonly text: string;
}

/**
 * Takes the events of the scope in order, and ends where a whole page of events is too young: times go up with positions
 * but for clocks that differ. Every segment is a transaction of its own: what was moved stays so where it ends early,
 * and the next run goes on from there. Several processes may do it at once.
 *
 * @throws what the signal says, or PortFailure.
 */
export async function archiveEvents(tables: LogTables, options: ArchiveOptions): Promise<Archived> {
  const mover = new Mover(tables, options);
  for (const part of partsOf(options.scope)) {
    for await (const page of readLinks(tables, part, options.from ?? 0, Number.MAX_SAFE_INTEGER)) {
      options.signal?.throwIfAborted();
      if (!(await mover.take(page))) break;
    }
    await mover.flush();
  }
  return mover.done;
}

/** Collects what is old until it makes a segment. */
class Mover {
  readonly done = { checked: 0, archivedTo: 0, events: 0, segments: 0, textBytes: 0, segmentBytes: 0 };
  readonly #tables: LogTables;
  readonly #options: ArchiveOptions;
  #waiting: OldText[] = [];
  #characters = 0;
  #foundText = false;

  constructor(tables: LogTables, options: ArchiveOptions) {
    this.#tables = tables;
    this.#options = options;
    this.done.archivedTo = options.from ?? 0;
  }

  /** @returns false where nothing of the page is old, nor archived. */
  async take(page: readonly LogLink[]): Promise<boolean> {
    this.done.checked += page.length;
    for (const { position, text } of page) {
      this.#foundText ||= text !== null;
      if (!this.#foundText) this.done.archivedTo = position;
    }
    const old = page.filter(isPresent).filter(({ text }) => timeOf(text) < this.#options.before);
    for (const { position, text } of old) {
      if (this.#waiting.length === MAX_EVENTS || this.#characters + text.length > MAX_CHARACTERS) await this.flush();
      this.#waiting.push({ position, text });
      this.#characters += text.length;
    }
    return old.length > 0 || page.some(({ text }) => text === null);
  }

  async flush(): Promise<void> {
    const events = this.#waiting;
    if (events.length === 0) return;
    this.#options.signal?.throwIfAborted();
    this.#waiting = [];
    this.#characters = 0;
    const moved = await store(this.#tables, events, this.#options.now);
    if (moved === null) return;
    this.done.events += events.length;
    this.done.segments += 1;
    this.done.textBytes += moved.textBytes;
    this.done.segmentBytes += moved.segmentBytes;
    this.#options.onProgress?.({ done: this.done.events, total: null });
  }
}

/** Null where another process was faster with one of them: it is then its to move them, or the next run's. */
async function store(
  tables: LogTables,
  events: readonly OldText[],
  archivedAt: Instant,
): Promise<{ readonly textBytes: number; readonly segmentBytes: number } | null> {
  const bytes = await packSegment(events);
  // Nothing is taken out of the log before it was read back.
  const segment = await openSegment(bytes, 'a segment that was just made');
  if (events.some(({ position, text }) => segment.textAt(position) !== text)) {
    throw new Error(`events from position ${segment.first} to ${segment.last} do not read back from their segment`);
  }
  const isStored = await tables.storeSegment({
    positions: events.map(({ position }) => position),
    codec: SEGMENT_CODEC,
    format: SEGMENT_FORMAT,
    checksum: bytes.slice(-32),
    root: segment.root(),
    archivedAt,
    bytes,
  });
  if (!isStored) return null;
  const textBytes = events.reduce((sum, { text }) => sum + Buffer.byteLength(text), 0);
  return { textBytes, segmentBytes: bytes.length };
}

function isPresent(link: LogLink): link is LogLink & { readonly text: string } {
  return link.text !== null;
}

/** When it happened, in milliseconds since 1970. What is no event of ours has no time, and stays where it is. */
function timeOf(text: string): number {
  let event: unknown;
  try {
    event = JSON.parse(text);
  } catch {
    return Number.POSITIVE_INFINITY;
  }
  const at = typeof event === 'object' && event !== null && 'at' in event ? event.at : null;
  return typeof at === 'number' ? at : Number.POSITIVE_INFINITY;
}
