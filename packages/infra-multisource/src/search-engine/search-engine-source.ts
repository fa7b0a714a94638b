// A search engine beside SQL: OpenSearch 2, or Elasticsearch from 7.17 on, by one adapter over plain HTTP.

import { setTimeout as delay } from 'node:timers/promises';
import { cursorOf, PortFailure, singleFlight, systemClock, type Clock, type PaymentKey } from '@paystrata/application';
import { z } from 'zod';
import { decodeDocument } from '../ports/document-text.ts';
import type { Ask, KeyRange, PaymentSource, QuestionContext, SourceBatch, SourceDocument } from '../ports/source.ts';
import { engineAnalytics } from './analytics.ts';
import { addressOf, putDocuments, removeDocuments, type BulkTarget } from './bulk.ts';
import { engineDigest, engineEntries, engineOrganizations, revisionsIn } from './digests.ts';
import { HeldPosition, writeMark } from './held-position.ts';
import { PaymentsIndex } from './payments-index.ts';
import { createSearchClient, type SearchClient } from './search-client.ts';
import { searchPage, type AskIndex } from './search-page.ts';
import { engineStatistics } from './statistics.ts';
import { engineSuggestions } from './suggestions.ts';

export interface SearchEngineOptions {
  /** `http://` or `https://`, with the credentials where there are any. */
  readonly url: string;
  /** What the names of all indexes begin with: lower case letters, digits and dashes. Default `paystrata`. */
  readonly prefix?: string;
  /** Of a new index. An organization is always on one of them. Default 1. */
  readonly shards?: number;
  /** Of a call. Default 2,000 ms. */
  readonly timeoutMs?: number;
  readonly clock?: Clock;
}

/** Answers every kind of query. What it holds shows within a second, at once to who needs it. */
export function createSearchEngineSource(options: SearchEngineOptions): PaymentSource {
  const timeoutMs = options.timeoutMs ?? 2000;
  const engine = new SearchEngine(createSearchClient(options.url, timeoutMs), options);
  return {
    name: 'search',
    isShared: true,
    isComplete: true,
    archive: null,
    timeoutMs,
    queries: {
      get: async ({ paymentId }, context) => {
        const { organizationId } = context;
        return engine.get({ organizationId, paymentId }, context);
      },
      search: engine.search,
      suggestions: (query, context) =>
        engine.answer(context, (ask) => engineSuggestions(ask, context.organizationId, query)),
      statistics: (query, context) =>
        engine.answer(context, (ask) => engineStatistics(ask, context.organizationId, query)),
      analytics: (query, context) =>
        engine.answer(context, (ask) => engineAnalytics(ask, context.organizationId, query)),
    },
    open: (epoch) => engine.open(epoch),
    close: async () => undefined,
    held: () => engine.held(),
    apply: (batch) => engine.apply(batch),
    put: (documents) => engine.put(documents),
    remove: (keys) => engine.remove(keys),
    clear: () => engine.clear(),
    renew: (fill) => engine.renew(fill),
    organizations: () => engine.overAll((ask) => engineOrganizations(ask)),
    digest: (range: KeyRange) => engine.overAll((ask) => engineDigest(ask, range)),
    entries: (range, limit) => engine.overAll((ask) => engineEntries(ask, range, limit)),
  };
}

/** The engine's clock moves five times a second: what it deleted within the last tick it does not forget yet. */
const ENGINE_TICK_MS = 250;

const foundSchema = z.object({ found: z.boolean(), _source: z.object({ text: z.string() }).optional() });

class SearchEngine {
  readonly #client: SearchClient;
  readonly #options: SearchEngineOptions;
  readonly #clock: Clock;
  #opened: { readonly index: PaymentsIndex; readonly position: HeldPosition } | null = null;
  readonly #refreshed = singleFlight(async () => this.#parts().position.show());

  constructor(client: SearchClient, options: SearchEngineOptions) {
    this.#client = client;
    this.#options = options;
    this.#clock = options.clock ?? systemClock;
  }

  async open(epoch: string): Promise<void> {
    const { prefix = 'paystrata', shards = 1 } = this.#options;
    const index = new PaymentsIndex({ client: this.#client, prefix, shards, epoch });
    this.#opened = { index, position: new HeldPosition(this.#client, index) };
    try {
      await index.current();
    } catch (error) {
      if (!(error instanceof PortFailure) || error.code !== 'STORE_UNAVAILABLE') throw error;
    }
  }

  held(): Promise<number | null> {
    return this.#parts().position.held();
  }

  async apply({ from, to, end = to, documents }: SourceBatch): Promise<number | null> {
    const { position } = this.#parts();
    const held = await position.heldAtLeast(from);
    if (held === null) return null;
    const isPut = await this.#put(documents, to, end);
    return isPut && held.position >= from ? position.move(to) : position.held();
  }

  async put(documents: readonly SourceDocument[]): Promise<void> {
    const { position } = this.#parts();
    if ((await position.held()) === null || !(await this.#put(documents, 0, 0))) throw gone();
  }

  async remove(keys: readonly PaymentKey[]): Promise<void> {
    const { index } = this.#parts();
    const { status, json } = await this.#client.send({
      method: 'POST',
      path: `/${index.alias}/_mget?_source=false`,
      body: { docs: keys.map(addressOf) },
      accepts: [404],
    });
    if (status === 404) return;
    await removeDocuments(this.#target(), revisionsIn(keys, json));
    await delay(ENGINE_TICK_MS);
    // Only then the engine forgets the revisions that it took away.
    await this.#client.send({ method: 'POST', path: `/${index.alias}/_refresh`, accepts: [404] });
  }

  async clear(): Promise<void> {
    const { index, position } = this.#parts();
    await index.replace();
    position.forget();
  }

  async renew(fill: Parameters<NonNullable<PaymentSource['renew']>>[0]): Promise<void> {
    const { index, position } = this.#parts();
    const made = await index.create();
    const target = { client: this.#client, alias: made.alias, clock: this.#clock };
    let reach = 0;
    try {
      const held = await fill(async (documents) => {
        reach = documents.reduce((most, { document }) => Math.max(most, document.position), reach);
        if (!(await putDocuments(target, documents))) throw gone();
      });
      await writeMark(this.#client, made, 'reach', Math.max(held, reach));
      if ((await writeMark(this.#client, made, 'held', held)) === null) throw gone();
    } catch (error) {
      await index.discard(made.index);
      throw error;
    }
    await index.adopt(made.index);
    position.forget();
  }

  async get(key: PaymentKey, { atLeast }: QuestionContext) {
    const { position } = this.#parts();
    const held = await position.heldAtLeast(atLeast);
    if (held === null) return null;
    const { _id, routing } = addressOf(key);
    const path = `/${held.index}/_doc/${encodeURIComponent(_id)}?routing=${routing}&_source_includes=text`;
    const { json } = await this.#client.send({ method: 'GET', path, accepts: [404] });
    const found = foundSchema.safeParse(json);
    if (!found.success) {
      // The index itself is gone.
      position.forget();
      return null;
    }
    const text = found.data._source?.text;
    if (text === undefined) return { answer: null, position: held.position };
    const document = decodeDocument(text);
    return document && { answer: document, position: held.position };
  }

  readonly search: Ask<'search'> = async (query, context) => {
    const { organizationId, epoch } = context;
    const cursor = cursorOf(query, { organizationId, epoch });
    const atLeast = Math.max(context.atLeast, cursor?.position ?? 0);
    const found = await this.answer({ ...context, atLeast }, (ask) =>
      searchPage(ask, {
        query,
        cursor,
        source: { organizationId, epoch },
        newest: () => this.#parts().position.reach(),
      }),
    );
    // No later page is older than the first one.
    return found === null || found.position < (cursor?.position ?? 0) ? null : found;
  };

  /** Asks what the engine shows; shows more first where that is needed. */
  async answer<Answer>(
    { atLeast }: QuestionContext,
    work: (ask: AskIndex) => Promise<Answer | null>,
  ): Promise<{ readonly answer: Answer; readonly position: number } | null> {
    const { position } = this.#parts();
    if ((position.shown?.position ?? -1) < atLeast) await this.#refreshed();
    const { shown } = position;
    if (shown === null) return null;
    const answer = await work(this.#asking(shown.index));
    return answer === null ? null : { answer, position: shown.position };
  }

  /** For comparing: of all that it holds. @throws PortFailure `STORE_UNAVAILABLE` where it holds nothing */
  async overAll<Answer>(work: (ask: AskIndex) => Promise<Answer>): Promise<Answer> {
    await this.#refreshed();
    const { shown } = this.#parts().position;
    if (shown === null) throw gone();
    return work(this.#asking(shown.index));
  }

  #asking(index: string): AskIndex {
    return async (body) => {
      const { status, json } = await this.#client.send({
        method: 'POST',
        path: `/${index}/_search`,
        body,
        accepts: [404],
      });
      if (status !== 404) return json;
      this.#parts().position.forget();
      return null;
    };
  }

  /** @returns false where there is no index. */
  async #put(documents: readonly SourceDocument[], to: number, end: number): Promise<boolean> {
    const newest = documents.reduce((most, { document }) => Math.max(most, document.position), to);
    await this.#parts().position.reachFor(newest, end);
    return putDocuments(this.#target(), documents);
  }

  #target(): BulkTarget {
    return { client: this.#client, alias: this.#parts().index.alias, clock: this.#clock };
  }

  #parts() {
    if (this.#opened === null) throw new PortFailure('STORE_UNAVAILABLE', 'the search engine is not opened yet');
    return this.#opened;
  }
}

function gone(): PortFailure {
  return new PortFailure('STORE_UNAVAILABLE', 'the index of payments is not there: it is filled anew');
}
