// A read model in SQL tables that follow a log: as fresh as the log, and never with all payments in memory.

import {
  cursorOf,
  foldAsOf,
  readLog,
  requireKnownPosition,
  waitUntil,
  type Clock,
  type LogSource,
  type PaymentDocument,
  type PaymentKey,
  type ReadContext,
  type ReadModel,
} from '@paystrata/application';
import type { Projector } from './projecting/projector.ts';
import type { ProjectionSession } from './projecting/projection.ts';
import { integer } from '../rows.ts';
import { analyzePayments } from './payments/analyze-payments.ts';
import { awaitingGateway } from './payments/awaiting-gateway.ts';
import { findDocument } from './payments/stored-payments.ts';
import { tablesOf } from './payments/payment-tables.ts';
import { paymentStatistics } from './payments/payment-sums.ts';
import { searchPayments } from './payments/search-payments.ts';
import { suggestPayments } from './payments/suggest-payments.ts';

export interface SqlReadModelOptions {
  readonly source: LogSource;
  readonly clock: Clock;
  readonly projector: Projector;
  /** The last position of the log. */
  readonly head: () => Promise<number>;
  /** A payment as the log's own store has it, with its position; from the tables where absent. */
  readonly document?: (key: PaymentKey) => Promise<PaymentDocument | null>;
}

/** Answers what was committed before it was asked: what the tables lack yet is projected first. */
export function createSqlReadModel(options: SqlReadModelOptions): ReadModel {
  const { source, clock, projector } = options;
  const { head } = options;

  /** Projects, and waits where that is not enough. */
  const freshEnough = async (context: ReadContext, since = 0): Promise<void> => {
    requireKnownPosition(context, source.epoch());
    const wanted = Math.max(await head(), since, context.atLeast?.position ?? 0);
    const reached = async () => projector.position() >= wanted && (await contains(projector, context));
    if (await reached()) return;
    await waitUntil(() => projector.catchUp().then(reached), context.timeoutMs, clock);
  };
  const answer = async <Answer>(
    context: ReadContext,
    ask: (session: ProjectionSession) => Promise<Answer>,
  ): Promise<Answer> => {
    await freshEnough(context);
    return projector.read(ask);
  };
  const find = (key: PaymentKey) => projector.read((session) => findDocument(session, key));

  return {
    get: async ({ paymentId, asOf }, context) => {
      const { organizationId } = context;
      const key = { organizationId, paymentId };
      if (asOf === null && options.document !== undefined) {
        await reachedByLog(context, options, options.document);
        return options.document(key);
      }
      await freshEnough(context);
      const document = await find(key);
      if (document === null || asOf === null) return document;
      return foldAsOf(readLog(source, key), asOf);
    },
    search: async (query, context) => {
      const { organizationId } = context;
      const about = { organizationId, epoch: source.epoch() };
      await freshEnough(context, cursorOf(query, about)?.position);
      return projector.read((session, { position }) => searchPayments(session, query, { ...about, position }));
    },
    suggestions: (query, context) =>
      answer(context, (session) => suggestPayments(session, context.organizationId, query)),
    statistics: (query, context) =>
      answer(context, (session) => paymentStatistics(session, context.organizationId, query)),
    analytics: (query, context) =>
      answer(context, (session) => analyzePayments(session, context.organizationId, query)),
    awaitingGateway: async (after, limit) => {
      if (projector.position() < (await head())) await projector.catchUp();
      return projector.read((session) => awaitingGateway(session, after, limit));
    },
  };
}

/** Where a log tells positions only once projected, the payment itself must be far enough. */
async function contains(projector: Projector, { atLeast }: ReadContext): Promise<boolean> {
  if (atLeast === null || atLeast.position !== null) return true;
  const { organizationId, paymentId, version } = atLeast;
  return projector.read(async (session) => {
    const query = tablesOf(session)
      .selectFrom('payments as p')
      .select('p.version')
      .where('p.organization', '=', organizationId)
      .where('p.id', '=', paymentId);
    const [row] = await session.all(query.compile());
    return row !== undefined && integer(row, 'version') >= version;
  });
}

/** The log's own documents are never behind it, but what is asked for may be yet to come. */
async function reachedByLog(
  context: ReadContext,
  { source, head, clock }: SqlReadModelOptions,
  document: NonNullable<SqlReadModelOptions['document']>,
): Promise<void> {
  requireKnownPosition(context, source.epoch());
  const { atLeast } = context;
  if (atLeast === null) return;
  const { position, version } = atLeast;
  const reached = async () =>
    position === null ? ((await document(atLeast))?.payment.version ?? 0) >= version : (await head()) >= position;
  await waitUntil(reached, context.timeoutMs, clock);
}
