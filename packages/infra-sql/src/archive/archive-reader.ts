// Reads texts back from the archive: what was unpacked is kept for a while, within bounds.

import { openSegment, PortFailure, segmentDamaged, type OpenSegment } from '@paystrata/application';
import type { EventRow, JournalEvent } from '../journal/journal.ts';
import { bytes, integer, text, type Row } from '../rows.ts';
import type { LogTables } from './log-tables.ts';

/** Unpacked segments that are kept, in bytes of memory. */
const CACHE_BYTES = 32 * 1024 * 1024;

/** A segment that cannot be read does not keep the others from being read. Calls at the same time share the work. */
export class ArchiveReader {
  readonly #tables: () => LogTables;
  readonly #cacheBytes: number;
  readonly #opened = new Map<number, OpenSegment>();
  readonly #opening = new Map<number, Promise<OpenSegment>>();
  #openedBytes = 0;

  constructor(tables: () => LogTables, cacheBytes = CACHE_BYTES) {
    this.#tables = tables;
    this.#cacheBytes = cacheBytes;
  }

  /** The events, each with its text. @throws PortFailure as `textAt`. */
  async fill(rows: readonly EventRow[]): Promise<readonly JournalEvent[]> {
    const events: JournalEvent[] = [];
    for (const row of rows) {
      events.push(hasText(row) ? row : { ...row, text: await this.textAt(row.position, row.segment) });
    }
    return events;
  }

  /** @throws PortFailure `STORE_DAMAGED` that names the event or the segment and its range of positions. */
  async textAt(position: number, segment: number | null): Promise<string> {
    if (segment === null) throw lost(position, 'it has no text, and is in no segment of the archive');
    const found = (await this.open(segment)).textAt(position);
    if (found === undefined) throw lost(position, `segment ${segment} of the archive does not hold it`);
    return found;
  }

  /** The whole segment. @throws PortFailure as `textAt`. */
  async open(segment: number): Promise<OpenSegment> {
    const known = this.#opened.get(segment);
    if (known !== undefined) {
      // The one that was not asked for the longest time comes first.
      this.#opened.delete(segment);
      this.#opened.set(segment, known);
      return known;
    }
    const opening = this.#opening.get(segment) ?? this.#unpack(segment);
    this.#opening.set(segment, opening);
    try {
      return await opening;
    } finally {
      this.#opening.delete(segment);
    }
  }

  async #unpack(number: number): Promise<OpenSegment> {
    const [row] = await this.#tables().select({ name: 'read_segment', text: segmentQuery, values: [number] });
    const segment = await openStored(number, row);
    this.#opened.set(number, segment);
    this.#openedBytes += segment.bytes;
    for (const [oldest, { bytes: size }] of this.#opened) {
      if (this.#openedBytes <= this.#cacheBytes) break;
      this.#opened.delete(oldest);
      this.#openedBytes -= size;
    }
    return segment;
  }
}

/** Unpacks a row of `segments`, whose columns must say what the bytes say. @throws PortFailure */
export async function openStored(number: number, row: Row | undefined): Promise<OpenSegment> {
  if (row === undefined) throw segmentDamaged(`segment ${number} of the archive`, 'it is not there');
  const [first, last, count] = [integer(row, 'first'), integer(row, 'last'), integer(row, 'count')];
  const name = `segment ${number} of the archive (positions ${first} to ${last})`;
  const stored = bytes(row, 'bytes');
  const segment = await openSegment(stored, name);
  const isSame = segment.first === first && segment.last === last && segment.count === count;
  if (!isSame || text(row, 'codec') !== 'zstd' || integer(row, 'format') !== 1) {
    throw segmentDamaged(name, 'its row says another thing than its bytes');
  }
  if (!Buffer.from(stored.slice(-32)).equals(bytes(row, 'checksum'))) {
    throw segmentDamaged(name, 'its row has another checksum');
  }
  return segment;
}

function hasText(row: EventRow): row is EventRow & { readonly text: string } {
  return row.text !== null;
}

const segmentQuery = `select first, last, count, codec, format, checksum, root, bytes
  from paystrata.segments where segment = $1`;

function lost(position: number, what: string): PortFailure {
  return new PortFailure('STORE_DAMAGED', `the event at position ${position} is damaged: ${what}`, {
    details: { position },
  });
}
