// How far the index has the log: kept in the index itself, under its name, so that it never outlives the documents.

import { z } from 'zod';
import type { PaymentsIndex } from './payments-index.ts';
import { readReply, type SearchClient } from './search-client.ts';

export interface IndexPosition {
  readonly index: string;
  readonly position: number;
}

/**
 * Beside `held` is `reach`: before documents are put, what they may contain. So nobody takes a later page for newer. It
 * is set some way ahead while the log is far ahead, because a mark costs the engine as much as many documents.
 */
type Mark = 'held' | 'reach';

/** Positions: who asks for the next page then waits until the source is so far, or asks another one. */
const FAR_AHEAD = 1000;
const FARTHEST_AHEAD = 10_000;

const markSchema = z.object({
  found: z.boolean(),
  _source: z.object({ held: z.int().optional(), reach: z.int().optional() }).optional(),
});

const writtenSchema = z.object({ _index: z.string() });

export class HeldPosition {
  readonly #client: SearchClient;
  readonly #index: PaymentsIndex;
  #known: IndexPosition | null = null;
  #reached: IndexPosition | null = null;
  #shown: IndexPosition | null = null;

  constructor(client: SearchClient, index: PaymentsIndex) {
    this.#client = client;
    this.#index = index;
  }

  /** What searches contain, at the least. */
  get shown(): IndexPosition | null {
    return this.#shown;
  }

  /** As the engine says now. */
  async held(): Promise<number | null> {
    return (await this.#look())?.position ?? null;
  }

  /** As far as it is known, looked up where that is less. */
  async heldAtLeast(position: number): Promise<IndexPosition | null> {
    return this.#known !== null && this.#known.position >= position ? this.#known : this.#look();
  }

  /** Has searches show all that is held by now. */
  async show(): Promise<void> {
    const held = await this.#look();
    if (held === null) return;
    if (this.#shown?.index === held.index && this.#shown.position >= held.position) return;
    const path = `/${held.index}/_refresh`;
    const { status } = await this.#client.send({ method: 'POST', path, accepts: [404] });
    this.#shown = status === 404 ? null : held;
  }

  /** Moves what is held, never back. @returns what is held after it */
  async move(position: number): Promise<number | null> {
    const index = this.#known?.index;
    if (index !== undefined && (await this.#mark('held', index, position)) === index) {
      this.#known = { index, position };
      return position;
    }
    return this.held();
  }

  /**
   * Before documents are put that contain the log up to the position.
   *
   * @param end of the log, as far as it is known: further than it nobody could wait for.
   */
  async reachFor(position: number, end: number): Promise<void> {
    const index = this.#known?.index;
    if (index === undefined || (this.#reached?.index === index && this.#reached.position >= position)) return;
    const reach = end - position < FAR_AHEAD ? position : Math.min(end, position + FARTHEST_AHEAD);
    await this.#mark('reach', index, reach);
    this.#reached = { index, position: reach };
  }

  /** What searches contain, at the most. */
  async reach(): Promise<number> {
    const index = this.#shown?.index;
    const reach = index === undefined ? null : await this.#read('reach', index);
    return Math.max(reach ?? 0, this.#shown?.position ?? 0);
  }

  /** The index is gone, or another one. */
  forget(): void {
    this.#known = null;
    this.#reached = null;
    this.#shown = null;
  }

  async #look(): Promise<IndexPosition | null> {
    const index = await this.#index.current();
    if (index === null || index !== this.#known?.index) this.forget();
    if (index === null) return null;
    const position = await this.#read('held', index);
    if (position === null) {
      this.forget();
      return null;
    }
    this.#known = { index, position };
    return this.#known;
  }

  /** @returns null where the index is gone; 0 where it has no such mark. */
  async #read(mark: Mark, index: string): Promise<number | null> {
    const { json } = await this.#client.send({ method: 'GET', path: pathOf(mark, index, index), accepts: [404] });
    const parsed = markSchema.safeParse(json);
    // Without the index the reply is an error and says nothing of a document.
    return parsed.success ? (parsed.data._source?.[mark] ?? 0) : null;
  }

  #mark(mark: Mark, index: string, position: number): Promise<string | null> {
    return writeMark(this.#client, { alias: this.#index.alias, index }, mark, position);
  }
}

/**
 * By the alias, so that nothing makes an index anew; under the name of the index, so that it means no other.
 *
 * @returns the index that has the mark now; null where there is none, or one that is further
 */
export async function writeMark(
  client: SearchClient,
  { alias, index }: { readonly alias: string; readonly index: string },
  mark: Mark,
  position: number,
): Promise<string | null> {
  const version = `version=${position}&version_type=external_gte&require_alias=true`;
  const path = `${pathOf(mark, alias, index)}&${version}`;
  const { status, json } = await client.send({ method: 'PUT', path, body: { [mark]: position }, accepts: [404, 409] });
  return status < 300 ? readReply(writtenSchema, json)._index : null;
}

function pathOf(mark: Mark, target: string, index: string): string {
  return `/${target}/_doc/!${mark}-${index}?routing=!`;
}
