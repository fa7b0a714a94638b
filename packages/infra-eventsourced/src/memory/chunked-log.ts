// The log in memory: events by position, in chunks of which old ones may be archived.

import { CHUNK_SIZE, EventChunk, type Beside, type Slot } from './event-chunk.ts';

/** So many archived chunks are kept unpacked after they were read, those read last. */
const UNPACKED = 4;

export class ChunkedLog {
  readonly #chunks: EventChunk[] = [];
  readonly #unpacked = new Map<EventChunk, readonly Slot[]>();
  readonly #beside: Beside;
  #last: EventChunk;
  #head = 0;

  constructor(beside: Beside) {
    this.#beside = beside;
    this.#last = new EventChunk(1, beside);
  }

  /** The position of the last event. */
  get head(): number {
    return this.#head;
  }

  /** Those that are full, oldest first. */
  get fullChunks(): readonly EventChunk[] {
    return this.#head % CHUNK_SIZE === 0 ? this.#chunks : this.#chunks.slice(0, -1);
  }

  /** The event must be of the position `head + 1`; null where it is kept beside the log. */
  push(event: Slot): void {
    if (this.#head % CHUNK_SIZE === 0) {
      this.#last = new EventChunk(this.#head + 1, this.#beside);
      this.#chunks.push(this.#last);
    }
    this.#last.push(event);
    this.#head++;
  }

  /** The chunk of a position; undefined beyond the head. */
  chunkAt(position: number): EventChunk | undefined {
    return this.#chunks[Math.floor((position - 1) / CHUNK_SIZE)];
  }

  /** The events of a chunk, at once where they are at hand. */
  eventsOf(chunk: EventChunk): readonly Slot[] | Promise<readonly Slot[]> {
    return chunk.loaded() ?? this.#unpacked.get(chunk) ?? this.#unpack(chunk);
  }

  /** One event, within the same turn. */
  at(position: number): Slot | undefined {
    const chunk = this.chunkAt(position);
    if (chunk === undefined) return undefined;
    return (chunk.loaded() ?? this.#unpacked.get(chunk) ?? chunk.unpackNow())[position - chunk.first];
  }

  async #unpack(chunk: EventChunk): Promise<readonly Slot[]> {
    const events = await chunk.unpack();
    this.#unpacked.set(chunk, events);
    for (const [oldest] of this.#unpacked) {
      if (this.#unpacked.size <= UNPACKED) break;
      this.#unpacked.delete(oldest);
    }
    return events;
  }
}
