// A read model that any log can feed: it follows the log before every answer and keeps the payments in memory.

import type { Clock } from '../ports/clock.ts';
import type { ReadContext, ReadModel } from '../ports/read-model.ts';
import { analyticsOf } from './analytics.ts';
import type { PaymentDocument } from './answers.ts';
import { foldAsOf } from './as-of.ts';
import { requireKnownPosition, waitUntil } from './freshness.ts';
import { readLog, readPages, type LogSource } from './log-reader.ts';
import { createPaymentDocuments, type PaymentDocuments } from './payment-documents.ts';
import { cursorOf, searchDocuments } from './search.ts';
import { singleFlight } from './single-flight.ts';
import { statisticsOf } from './statistics.ts';
import { suggestFrom } from './suggestions.ts';

export interface LogFedReadModelOptions {
  readonly source: LogSource;
  readonly clock: Clock;
  /** Events that are read at a time. */
  readonly pageSize?: number;
}

export interface LogFedReadModel extends ReadModel {
  /** Reads the log to its end as it is now. */
  catchUp(): Promise<void>;
  /** Forgets everything and folds the whole log again; answers the number of payments. */
  rebuild(): Promise<number>;
  /** Up to where the log was folded. */
  position(): number;
}

interface Folded {
  /** Null: to be folded anew. */
  readonly epoch: string | null;
  readonly documents: PaymentDocuments;
  position: number;
}

/**
 * Answers what was acknowledged before it was asked: it reads the log to its end first, one pass for all who asked
 * before the pass began. Exact, linear in the payments of the organization, and as fresh as the log.
 */
export function createLogFedReadModel({ source, clock, pageSize }: LogFedReadModelOptions): LogFedReadModel {
  let folded: Folded = { epoch: null, documents: createPaymentDocuments(), position: 0 };
  const catchUp = singleFlight(async () => {
    const epoch = source.epoch();
    // A fold from the beginning goes on beside the old one: who was answered meanwhile never saw half of it.
    const state = folded.epoch === epoch ? folded : { epoch, documents: createPaymentDocuments(), position: 0 };
    const from = state.position === 0 ? null : state.position;
    for await (const page of readPages(source, { from, ...(pageSize !== undefined && { pageSize }) })) {
      for (const event of page.events) {
        state.documents.apply(event);
        state.position = event.position;
      }
      state.position = Math.max(state.position, page.next);
    }
    folded = state;
  });
  const contains = ({ atLeast }: ReadContext): boolean => {
    if (atLeast === null) return true;
    if (atLeast.position !== null) return folded.position >= atLeast.position;
    return (folded.documents.get(atLeast)?.payment.version ?? 0) >= atLeast.version;
  };
  /** Catches up, and waits where that is not enough. */
  const freshEnough = async (context: ReadContext, since = 0): Promise<void> => {
    requireKnownPosition(context, source.epoch());
    const reached = () => contains(context) && folded.position >= since;
    if (reached()) return catchUp();
    await waitUntil(() => catchUp().then(reached), context.timeoutMs, clock);
  };
  const answer = async <Answer>(
    context: ReadContext,
    make: (documents: Iterable<PaymentDocument>) => Answer,
  ): Promise<Answer> => {
    await freshEnough(context);
    return make(folded.documents.of(context.organizationId));
  };

  return {
    catchUp,
    position: () => folded.position,
    rebuild: async () => {
      folded = { ...folded, epoch: null };
      await catchUp();
      return folded.documents.count();
    },
    get: async ({ paymentId, asOf }, context) => {
      await freshEnough(context);
      const { organizationId } = context;
      const current = folded.documents.get({ organizationId, paymentId });
      if (current === null || asOf === null) return current;
      return foldAsOf(readLog(source, { organizationId, paymentId }), asOf);
    },
    search: async (query, context) => {
      const { organizationId } = context;
      const about = { organizationId, epoch: source.epoch() };
      await freshEnough(context, cursorOf(query, about)?.position);
      return searchDocuments(folded.documents.of(organizationId), query, { ...about, position: folded.position });
    },
    suggestions: (query, context) => answer(context, (documents) => suggestFrom(documents, query)),
    statistics: (query, context) => answer(context, (documents) => statisticsOf(documents, query)),
    analytics: (query, context) => answer(context, (documents) => analyticsOf(documents, query)),
    awaitingGateway: async (after, limit) => {
      await catchUp();
      return folded.documents.awaitingGateway(after, limit);
    },
  };
}
