// The reads of multi-source: from the cache, else from whichever source the router chooses.

import {
  cursorOf,
  requireKnownPosition,
  type PaymentKey,
  type ReadContext,
  type ReadModel,
} from '@paystrata/application';
import type { OrganizationId } from '@paystrata/domain';
import type { AnswerCache, CachePlace } from './cache/answer-cache.ts';
import type { QueryKind, SourceAnswers, Sourced, SourceQueries } from './ports/source.ts';
import type { HeadHistory } from './routing/head-history.ts';
import type { RoutedAnswer, Router } from './routing/router.ts';

export interface RoutedReadModelOptions {
  readonly epoch: () => string;
  readonly cache: AnswerCache;
  readonly router: Router;
  readonly heads: HeadHistory;
  /** How old an answer may be that was asked for without a position. */
  readonly staleMs: number;
  /** Answers what only the record knows: the past, and what waits for the gateway. */
  readonly record: ReadModel;
  /** Told of each answer that a source gave. */
  readonly onRouted: (place: CachePlace<QueryKind>, answer: RoutedAnswer<QueryKind>) => void;
}

export interface RoutedReadModel extends ReadModel {
  /** Asks the sources, whatever is in the cache, and keeps the answer. */
  readonly refresh: (place: CachePlace<QueryKind>) => Promise<unknown>;
  /** From now on every answer about the organization contains the log up to the position. */
  readonly require: (organizationId: OrganizationId, position: number) => void;
}

export function createRoutedReadModel(options: RoutedReadModelOptions): RoutedReadModel {
  const reads = new RoutedReads(options);
  const { record } = options;
  return {
    get: async (query, context) =>
      query.asOf === null ? reads.answer('get', query, context) : record.get(query, context),
    search: (query, context) => reads.answer('search', query, context),
    suggestions: (query, context) => reads.answer('suggestions', query, context),
    statistics: (query, context) => reads.answer('statistics', query, context),
    analytics: (query, context) => reads.answer('analytics', query, context),
    awaitingGateway: (after: PaymentKey | null, limit: number) => record.awaitingGateway(after, limit),
    refresh: (place) => reads.refresh(place),
    require: (organizationId, position) => reads.require(organizationId, position),
  };
}

const WARMING_MS = 5000;

class RoutedReads {
  readonly #options: RoutedReadModelOptions;
  readonly #loads = new Map<string, Promise<RoutedAnswer<QueryKind>>>();
  /** Of each organization, up to where its events were in an answer: no later one goes back behind that. */
  readonly #shown = new Map<OrganizationId, number>();

  constructor(options: RoutedReadModelOptions) {
    this.#options = options;
  }

  async answer<Kind extends QueryKind>(
    kind: Kind,
    query: SourceQueries[Kind],
    context: ReadContext,
  ): Promise<SourceAnswers[Kind]> {
    const { cache, epoch } = this.#options;
    requireKnownPosition(context, epoch());
    const { organizationId } = context;
    const place = { kind, organizationId, query };
    const least = this.#leastOf(query, context);
    const kept = cache.find(place, least);
    if (kept !== null) {
      this.#show(organizationId, kept);
      context.onAnswered?.({ source: 'cache', position: kept.position });
      return kept.answer;
    }
    const routed = await this.#load(place, context, least);
    this.#show(organizationId, routed);
    const { answer, source, position } = routed;
    context.onAnswered?.({ source, position });
    return answer;
  }

  refresh(place: CachePlace<QueryKind>): Promise<unknown> {
    const asked = { organizationId: place.organizationId, atLeast: null, timeoutMs: WARMING_MS };
    return this.#load(place, asked, this.#leastOf(place.query, asked));
  }

  #show(organizationId: OrganizationId, { answer, position }: Sourced<SourceAnswers[QueryKind]>): void {
    const change = Math.min(position, this.#options.cache.changeOf(organizationId));
    this.require(organizationId, Math.max(change, newestIn(answer)));
  }

  require(organizationId: OrganizationId, position: number): void {
    this.#shown.set(organizationId, Math.max(this.#shown.get(organizationId) ?? 0, position));
  }

  /** What the answer must contain: what was asked for or shown, of a payment what is known, and what is no news. */
  #leastOf(query: SourceQueries[QueryKind], { atLeast, organizationId }: ReadContext): number {
    const { heads, staleMs, epoch, cache } = this.#options;
    const cursor = query.type === 'SearchPayments' ? cursorOf(query, { organizationId, epoch: epoch() }) : null;
    const known =
      query.type === 'GetPayment' ? cache.changeOfPayment({ organizationId, paymentId: query.paymentId }) : 0;
    const shown = Math.max(known, this.#shown.get(organizationId) ?? 0);
    return Math.max(atLeast?.position ?? 0, cursor?.position ?? 0, shown, heads.headBefore(staleMs));
  }

  /** Once for all who ask the same at the same time. */
  #load<Kind extends QueryKind>(
    place: CachePlace<Kind>,
    asked: ReadContext,
    least: number,
  ): Promise<RoutedAnswer<Kind>>;
  #load(place: CachePlace<QueryKind>, asked: ReadContext, least: number): Promise<RoutedAnswer<QueryKind>> {
    const name = `${least} ${asked.timeoutMs} ${this.#options.cache.placeOf(place)}`;
    const underWay = this.#loads.get(name);
    if (underWay !== undefined) return underWay;
    const load = this.#ask(place, asked, least).finally(() => this.#loads.delete(name));
    this.#loads.set(name, load);
    return load;
  }

  async #ask(place: CachePlace<QueryKind>, asked: ReadContext, least: number): Promise<RoutedAnswer<QueryKind>> {
    const { cache, router, epoch, onRouted } = this.#options;
    const { kind, query, organizationId } = place;
    const context = { organizationId, epoch: epoch(), atLeast: least, asked };
    const routed = await router.answer({ kind, query, context, least });
    cache.keep(place, routed, routed.source);
    onRouted(place, routed);
    return routed;
  }
}

/** Of the payments that were shown, the newest event. */
function newestIn(answer: SourceAnswers[QueryKind]): number {
  if (answer === null) return 0;
  if ('payment' in answer) return answer.position;
  if (!('payments' in answer)) return 0;
  return answer.payments.reduce((newest, { position }) => Math.max(newest, position), 0);
}
