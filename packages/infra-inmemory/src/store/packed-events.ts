// Events by position in chunks, so that a log that grows never has to be copied as a whole.

import type { RecordedEvent } from '@paystrata/application';

const CHUNK = 2 ** 14;

/** The first event has position 1. */
export class PackedEvents {
  readonly #chunks: (RecordedEvent | null)[][] = [];
  /** How many events of a chunk were forgotten. */
  readonly #forgotten = new Map<number, number>();
  #length = 0;

  get length(): number {
    return this.#length;
  }

  /** Undefined where there is no such position, or its event was forgotten. */
  at(position: number): RecordedEvent | undefined {
    if (position < 1 || position > this.#length) return undefined;
    return this.#chunks[Math.floor((position - 1) / CHUNK)]?.[(position - 1) % CHUNK] ?? undefined;
  }

  /** The event must carry the next position. */
  push(event: RecordedEvent): void {
    const chunk = this.#chunks.at(-1);
    if (chunk === undefined || this.#length % CHUNK === 0) this.#chunks.push([event]);
    else chunk.push(event);
    this.#length += 1;
  }

  /** The position stays taken; a chunk of which nothing is left gives its memory back. */
  forget(position: number): void {
    const place = Math.floor((position - 1) / CHUNK);
    const chunk = this.#chunks[place];
    if (chunk === undefined || chunk.length === 0) return;
    chunk[(position - 1) % CHUNK] = null;
    const forgotten = (this.#forgotten.get(place) ?? 0) + 1;
    this.#forgotten.set(place, forgotten);
    if (forgotten < CHUNK) return;
    this.#chunks[place] = [];
    this.#forgotten.delete(place);
  }

  /** Puts an event in the place of the one with its position. */
  replace(event: RecordedEvent): void {
    const chunk = this.#chunks[Math.floor((event.position - 1) / CHUNK)];
    if (chunk !== undefined) chunk[(event.position - 1) % CHUNK] = event;
  }
}
