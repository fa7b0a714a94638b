// The read side of a store in memory: an index that every commit updates in the same step.

import {
  cursorOf,
  foldAsOf,
  readLog,
  requireKnownPosition,
  waitUntil,
  type Clock,
  type LogSource,
  type MaintenanceOptions,
  type ReadContext,
  type ReadModel,
} from '@paystrata/application';
import { feedIndex } from '../payment-index/following/feed-index.ts';
import type { PaymentIndex } from '../payment-index/payment-index.ts';
import type { CachedSearch } from './cached-search.ts';
import type { ServedIndex } from './served-index.ts';

export interface IndexedReadModelOptions {
  readonly source: LogSource & { readonly position: () => number };
  readonly clock: Clock;
  /** Must hear of every change of the index; none: every search is answered anew. */
  readonly cache?: CachedSearch;
}

export interface IndexedReadModel extends ReadModel {
  /** Folds the whole log into a new index while the old one serves; progress counts events. @returns the number of payments. */
  readonly rebuild: (options?: MaintenanceOptions) => Promise<number>;
  /** The one that answers now. */
  readonly index: () => PaymentIndex;
}

/** Answers at once what was committed before it was asked; waits only for positions that are yet to come. */
export function createIndexedReadModel(
  served: ServedIndex,
  { source, clock, cache }: IndexedReadModelOptions,
): IndexedReadModel {
  const contains = ({ atLeast }: ReadContext): boolean => {
    if (atLeast === null) return true;
    if (atLeast.position !== null) return source.position() >= atLeast.position;
    return (served.current.get(atLeast)?.payment.version ?? 0) >= atLeast.version;
  };
  const freshEnough = async (context: ReadContext, since = 0): Promise<void> => {
    requireKnownPosition(context, source.epoch());
    const reached = () => contains(context) && source.position() >= since;
    if (!reached()) await waitUntil(async () => reached(), context.timeoutMs, clock);
  };
  const answer = async <Answer>(context: ReadContext, make: (index: PaymentIndex) => Answer): Promise<Answer> => {
    await freshEnough(context);
    return make(served.current);
  };
  return {
    index: () => served.current,
    rebuild: (options = {}) => rebuild(served, source, options),
    get: async ({ paymentId, asOf }, context) => {
      await freshEnough(context);
      const { organizationId } = context;
      const current = served.current.get({ organizationId, paymentId });
      if (current === null || asOf === null) return current;
      return foldAsOf(readLog(source, { organizationId, paymentId }), asOf);
    },
    search: async (query, context) => {
      const { organizationId } = context;
      const about = { organizationId, epoch: source.epoch() };
      await freshEnough(context, cursorOf(query, about)?.position);
      const index = served.current;
      const make = () => index.search(query, { ...about, position: source.position() });
      return cache === undefined ? make() : cache.search(query, organizationId, make);
    },
    suggestions: (query, context) => answer(context, (index) => index.suggestions(context.organizationId, query)),
    statistics: (query, context) => answer(context, (index) => index.statistics(context.organizationId, query)),
    analytics: (query, context) => answer(context, (index) => index.analytics(context.organizationId, query)),
    awaitingGateway: async (after, limit) => {
      source.epoch();
      return served.current.awaitingGateway(after, limit);
    },
  };
}

/** Goes page by page and lets others run in between; commits meanwhile go into both indexes. */
async function rebuild(
  served: ServedIndex,
  source: IndexedReadModelOptions['source'],
  { signal, onProgress }: MaintenanceOptions,
): Promise<number> {
  const epoch = source.epoch();
  const next = served.prepare();
  const told = {
    ...(signal !== undefined && { signal }),
    onProgress: (done: number) => onProgress?.({ done, total: Math.max(done, source.position()) }),
  };
  try {
    await feedIndex(next, source, told);
    if (source.epoch() === epoch) served.take(next);
  } finally {
    served.drop(next);
  }
  return next.size();
}
