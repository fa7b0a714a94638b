// The read side of a store in memory: an index that every commit updates in the same step.

import { setImmediate } from 'node:timers/promises';
import {
  cursorOf,
  foldAsOf,
  readLog,
  readPages,
  requireKnownPosition,
  waitUntil,
  type Clock,
  type LogSource,
  type PaymentDocument,
  type ReadContext,
  type ReadModel,
  type RecordedEvent,
} from '@paystrata/application';
import { evolve } from '@paystrata/domain';
import { createPaymentIndex, type PaymentIndex } from '../payment-index/payment-index.ts';
import type { MemoryStoreProjection } from '../store/memory-store.ts';

export interface IndexedReadModelOptions {
  readonly source: LogSource & { readonly position: () => number };
  readonly clock: Clock;
}

export interface IndexedReadModel extends ReadModel {
  /** Folds the whole log into a new index while the old one serves. @returns the number of payments. */
  rebuild(): Promise<number>;
  index(): PaymentIndex;
}

/** Which indexes there are: the one that answers, and one that is being rebuilt. */
export class ServedIndex implements MemoryStoreProjection {
  current: PaymentIndex = createPaymentIndex();
  next: PaymentIndex | null = null;

  clear(): void {
    this.current = createPaymentIndex();
    this.next = null;
  }

  apply(document: PaymentDocument): void {
    this.current.apply(document);
    this.next?.apply(document);
  }
}

/** Answers at once what was committed before it was asked; waits only for positions that are yet to come. */
export function createIndexedReadModel(
  served: ServedIndex,
  { source, clock }: IndexedReadModelOptions,
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
    rebuild: () => rebuild(served, source),
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
      return served.current.search(query, { ...about, position: source.position() });
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
async function rebuild(served: ServedIndex, source: LogSource): Promise<number> {
  const epoch = source.epoch();
  const next = createPaymentIndex();
  served.next = next;
  try {
    for await (const { events } of readPages(source)) {
      for (const event of events) foldInto(next, event);
      await setImmediate();
    }
    if (served.next === next && source.epoch() === epoch) served.current = next;
  } finally {
    if (served.next === next) served.next = null;
  }
  return next.size();
}

/** Leaves alone what a commit has brought further meanwhile. */
function foldInto(index: PaymentIndex, event: RecordedEvent): void {
  const before = index.get(event)?.payment ?? null;
  if (event.version !== (before?.version ?? 0) + 1) return;
  index.apply({ payment: evolve(before, event), position: event.position });
}
