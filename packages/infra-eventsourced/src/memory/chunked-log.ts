// The log in memory: events by position, in chunks of which old ones may be archived.

import type { StreamEvent } from '@paystrata/application';
import { CHUNK_SIZE, EventChunk } from './event-chunk.ts';

/** So many archived chunks are kept unpacked after they were read, those read last. */
const UNPACKED = 4;

export class ChunkedLog {
  readonly #chunks: EventChunk[] = [];
  readonly #unpacked = new Map<EventChunk, readonly StreamEvent[]>();
  #last = new EventChunk(1);
  #head = 0;

  /** The position of the last event. */
  get head(): number {
    return this.#head;
  }

  /** Those that are full, oldest first. */
  get fullChunks(): readonly EventChunk[] {
    return this.#head % CHUNK_SIZE === 0 ? this.#chunks : this.#chunks.slice(0, -1);
  }

  /** The event must be of the position `head + 1`. */
  push(event: StreamEvent): void {
    if (this.#head % CHUNK_SIZE === 0) {
      this.#last = new EventChunk(this.#head + 1);
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
  eventsOf(chunk: EventChunk): readonly StreamEvent[] | Promise<readonly StreamEvent[]> {
    return chunk.loaded() ?? this.#unpacked.get(chunk) ?? this.#unpack(chunk);
  }

  /** One event, within the same turn. */
  at(position: number): StreamEvent | undefined {
    const chunk = this.chunkAt(position);
    if (chunk === undefined) return undefined;
    return (chunk.loaded() ?? this.#unpacked.get(chunk) ?? chunk.unpackNow())[position - chunk.first];
  }

  async #unpack(chunk: EventChunk): Promise<readonly StreamEvent[]> {
    const events = await chunk.unpack();
    this.#unpacked.set(chunk, events);
    for (const [oldest] of this.#unpacked) {
      if (this.#unpacked.size <= UNPACKED) break;
      this.#unpacked.delete(oldest);
    }
    return events;
  }
}
