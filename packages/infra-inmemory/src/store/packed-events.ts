// Events by position in chunks, so that a log that grows never has to be copied as a whole.

import type { RecordedEvent } from '@paystrata/application';
import { packPiece, unpackPiece, type PackedPiece, type Piece } from './packed-piece.ts';

const CHUNK = 2 ** 14;
/** Events that are compressed together. */
const PIECE = 512;
/** So many pieces are kept unpacked after they were read, those read last. */
const UNPACKED = 16;

/** What is compressed now, all calls together. */
export interface MemoryArchive {
  readonly events: number;
  readonly bytesBefore: number;
  readonly bytesAfter: number;
}

/** The first event has position 1. */
export class PackedEvents {
  readonly #chunks: (RecordedEvent | null)[][] = [];
  /** How many events of a chunk were forgotten. */
  readonly #forgotten = new Map<number, number>();
  /** The pieces of chunks that are archived, whose arrays are empty. */
  readonly #archived = new Map<number, readonly PackedPiece[]>();
  readonly #unpacked = new Map<PackedPiece, Piece>();
  /** Grows when events are replaced or forgotten. */
  #changes = 0;
  #length = 0;

  get length(): number {
    return this.#length;
  }

  /** Undefined where there is no such position, or its event was forgotten. */
  at(position: number): RecordedEvent | undefined {
    if (position < 1 || position > this.#length) return undefined;
    const place = Math.floor((position - 1) / CHUNK);
    const event = this.#chunks[place]?.[(position - 1) % CHUNK];
    return event ?? this.#archivedAt(place, (position - 1) % CHUNK) ?? undefined;
  }

  /** The event must carry the next position. */
  push(event: RecordedEvent): void {
    this.#add(event);
  }

  /** Takes the next position without an event, as if it had been forgotten. */
  skip(): void {
    this.#add(null);
    this.#countForgotten(Math.floor((this.#length - 1) / CHUNK));
  }

  /** The position stays taken; a chunk of which nothing is left gives its memory back. */
  forget(position: number): void {
    const place = Math.floor((position - 1) / CHUNK);
    const chunk = this.#changing(place);
    if (chunk === undefined || chunk.length === 0) return;
    chunk[(position - 1) % CHUNK] = null;
    this.#countForgotten(place);
  }

  /** Puts an event in the place of the one with its position. */
  replace(event: RecordedEvent): void {
    const chunk = this.#changing(Math.floor((event.position - 1) / CHUNK));
    if (chunk !== undefined) chunk[(event.position - 1) % CHUNK] = event;
  }

  /**
   * Compresses the full chunks whose events are all old. They read as before, only slower; one that is changed later is
   * taken back. Others have their turn in between.
   */
  async archive(isOld: (event: RecordedEvent) => boolean): Promise<MemoryArchive> {
    for (const [place, chunk] of this.#chunks.entries()) {
      if (chunk.length < CHUNK || !chunk.every((event) => event === null || isOld(event))) continue;
      const changes = this.#changes;
      const pieces: PackedPiece[] = [];
      for (let start = 0; start < CHUNK && changes === this.#changes; start += PIECE) {
        pieces.push(packPiece(chunk.slice(start, start + PIECE)));
        await new Promise(setImmediate);
      }
      if (changes !== this.#changes) continue;
      this.#archived.set(place, pieces);
      this.#chunks[place] = [];
    }
    const pieces = [...this.#archived.values()].flat();
    return {
      events: this.#archived.size * CHUNK,
      bytesBefore: pieces.reduce((sum, { plainBytes }) => sum + plainBytes, 0),
      bytesAfter: pieces.reduce((sum, { bytes }) => sum + bytes.length, 0),
    };
  }

  #add(event: RecordedEvent | null): void {
    const chunk = this.#chunks.at(-1);
    if (chunk === undefined || this.#length % CHUNK === 0) this.#chunks.push([event]);
    else chunk.push(event);
    this.#length += 1;
  }

  #countForgotten(place: number): void {
    const forgotten = (this.#forgotten.get(place) ?? 0) + 1;
    this.#forgotten.set(place, forgotten);
    if (forgotten < CHUNK) return;
    this.#chunks[place] = [];
    this.#forgotten.delete(place);
  }

  /** The chunk in memory, to be changed. */
  #changing(place: number): (RecordedEvent | null)[] | undefined {
    this.#changes += 1;
    const pieces = this.#archived.get(place);
    if (pieces !== undefined) {
      this.#chunks[place] = pieces.flatMap((piece, index) => unpackPiece(piece, place * CHUNK + index * PIECE + 1));
      this.#archived.delete(place);
      // Not even as a copy stays what is erased.
      for (const piece of pieces) this.#unpacked.delete(piece);
    }
    return this.#chunks[place];
  }

  #archivedAt(place: number, index: number): RecordedEvent | null | undefined {
    const number = Math.floor(index / PIECE);
    const packed = this.#archived.get(place)?.[number];
    if (packed === undefined) return undefined;
    const piece = this.#unpacked.get(packed) ?? unpackPiece(packed, place * CHUNK + number * PIECE + 1);
    this.#unpacked.delete(packed);
    this.#unpacked.set(packed, piece);
    const [oldest] = this.#unpacked.keys();
    if (this.#unpacked.size > UNPACKED && oldest !== undefined) this.#unpacked.delete(oldest);
    return piece[index % PIECE];
  }
}
