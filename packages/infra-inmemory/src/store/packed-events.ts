// Events by position in chunks, so that a log that grows never has to be copied as a whole.

import type { RecordedEvent } from '@paystrata/application';

const CHUNK = 2 ** 14;

/** The first event has position 1. */
export class PackedEvents {
  readonly #chunks: (RecordedEvent | null)[][] = [];
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
    if (chunk === undefined || chunk.length === CHUNK) this.#chunks.push([event]);
    else chunk.push(event);
    this.#length += 1;
  }

  /** The position stays taken. */
  forget(position: number): void {
    const chunk = this.#chunks[Math.floor((position - 1) / CHUNK)];
    if (chunk !== undefined) chunk[(position - 1) % CHUNK] = null;
  }

  /** Puts an event in the place of the one with its position. */
  replace(event: RecordedEvent): void {
    const chunk = this.#chunks[Math.floor((event.position - 1) / CHUNK)];
    if (chunk !== undefined) chunk[(event.position - 1) % CHUNK] = event;
  }
}
