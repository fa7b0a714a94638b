// A read model that any log can feed: it follows the log before every answer and keeps the payments in memory.

import type { Clock } from '../ports/clock.ts';
import type { ReadContext, ReadModel } from '../ports/read-model.ts';
import { analyticsOf } from './analytics.ts';
import type { PaymentDocument } from './answers.ts';
import { foldAsOf } from './as-of.ts';
import { requireKnownPosition, waitUntil } from './freshness.ts';
import { createLogFold } from './log-fold.ts';
import { readLog, type LogSource } from './log-reader.ts';
import { cursorOf, searchDocuments } from './search.ts';
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

/**
 * Answers what was acknowledged before it was asked: it reads the log to its end first, one pass for all who asked
 * before the pass began. Exact, linear in the payments of the organization, and as fresh as the log.
 */
export function createLogFedReadModel({ source, clock, pageSize }: LogFedReadModelOptions): LogFedReadModel {
  const fold = createLogFold(source, pageSize);
  const contains = ({ atLeast }: ReadContext): boolean => {
    if (atLeast === null) return true;
    const { position, documents } = fold.current();
    if (atLeast.position !== null) return position >= atLeast.position;
    return (documents.get(atLeast)?.payment.version ?? 0) >= atLeast.version;
  };
  /** Catches up, and waits where that is not enough. */
  const freshEnough = async (context: ReadContext, since = 0): Promise<void> => {
    requireKnownPosition(context, source.epoch());
    const reached = () => contains(context) && fold.current().position >= since;
    if (reached()) return fold.catchUp();
    await waitUntil(() => fold.catchUp().then(reached), context.timeoutMs, clock);
  };
  const answer = async <Answer>(
    context: ReadContext,
    make: (documents: Iterable<PaymentDocument>) => Answer,
  ): Promise<Answer> => {
    await freshEnough(context);
    return make(fold.current().documents.of(context.organizationId));
  };

  return {
    catchUp: () => fold.catchUp(),
    position: () => fold.current().position,
    rebuild: async () => {
      await fold.refold();
      return fold.current().documents.count();
    },
    get: async ({ paymentId, asOf }, context) => {
      await freshEnough(context);
      const { organizationId } = context;
      const document = fold.current().documents.get({ organizationId, paymentId });
      if (document === null || asOf === null) return document;
      return foldAsOf(readLog(source, { organizationId, paymentId }), asOf);
    },
    search: async (query, context) => {
      const { organizationId } = context;
      const about = { organizationId, epoch: source.epoch() };
      await freshEnough(context, cursorOf(query, about)?.position);
      const { documents, position } = fold.current();
      return searchDocuments(documents.of(organizationId), query, { ...about, position });
    },
    suggestions: (query, context) => answer(context, (documents) => suggestFrom(documents, query)),
    statistics: (query, context) => answer(context, (documents) => statisticsOf(documents, query)),
    analytics: (query, context) => answer(context, (documents) => analyticsOf(documents, query)),
    awaitingGateway: async (after, limit) => {
      await fold.catchUp();
      return fold.current().documents.awaitingGateway(after, limit);
    },
  };
}
