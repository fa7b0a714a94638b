// The read side of memory-cqrs: each question goes to its projection, once that is fresh enough, by way of the cache.

import {
  cursorOf,
  foldAsOf,
  readLog,
  requireKnownPosition,
  waitUntil,
  type Clock,
  type LogSource,
  type Position,
  type ReadContext,
  type ReadModel,
} from '@paystrata/application';
import type { LogFeed } from '../event-bus/log-feed.ts';
import type { QueryCache } from '../query-cache/query-cache.ts';
import type { CachedAnswers, CachedKind } from '../query-cache/cached-answers.ts';
import type { MemoryPartitions } from '../write-model/partitions.ts';
import type { Projection } from './projection.ts';
import type { Projections } from './projections.ts';
import type { View } from './view.ts';

/** How long the list of what waits for the gateway may take to contain all that is committed. */
const AWAITING_MS = 5000;

export interface ProjectedReadModelOptions {
  readonly source: LogSource;
  readonly feed: LogFeed;
  readonly projections: Projections;
  readonly partitions: MemoryPartitions;
  readonly cache: QueryCache;
  readonly clock: Clock;
}

/**
 * Answers what was projected. With `atLeast` it waits until the projection of that question has come to the position;
 * without, the answer may lack the last moments' commits. Single payments are not cached: the projection is as fast.
 */
export function createProjectedReadModel(options: ProjectedReadModelOptions): ReadModel {
  const { source, feed, projections } = options;
  const { payments, suggestions, statistics, analytics } = projections;
  return {
    get: async ({ paymentId, asOf }, context) => {
      const { organizationId } = context;
      await fresh(payments, context, 0, options);
      const document = payments.view.get({ organizationId, paymentId });
      if (document === null || asOf === null) return document;
      return foldAsOf(readLog(source, { organizationId, paymentId }), asOf);
    },
    search: async (query, context) => {
      const { organizationId } = context;
      const about = { organizationId, epoch: source.epoch() };
      await fresh(payments, context, cursorOf(query, about)?.position ?? 0, options);
      const make = () => payments.view.search(query, { ...about, position: payments.checkpoint });
      return cached('search', payments, query, context, make, options);
    },
    suggestions: async (query, context) => {
      await fresh(suggestions, context, 0, options);
      const make = () => suggestions.view.suggestions(context.organizationId, query);
      return cached('suggestions', suggestions, query, context, make, options);
    },
    statistics: async (query, context) => {
      await fresh(statistics, context, 0, options);
      const make = () => statistics.view.statistics(context.organizationId, query);
      return cached('statistics', statistics, query, context, make, options);
    },
    analytics: async (query, context) => {
      await fresh(analytics, context, 0, options);
      const make = () => analytics.view.analytics(context.organizationId, query);
      return cached('analytics', analytics, query, context, make, options);
    },
    awaitingGateway: async (after, limit) => {
      source.epoch();
      // Nobody brings a position here, and money that is missed is looked for only much later.
      await payments.reach(feed.head, AWAITING_MS);
      return payments.view.awaitingGateway(after, limit);
    },
  };
}

/** Waits until the projection contains what the reader has seen; null where it does. */
function fresh(
  projection: Projection<View>,
  context: ReadContext,
  since: number,
  options: ProjectedReadModelOptions,
): Promise<void> | null {
  requireKnownPosition(context, options.source.epoch());
  options.partitions.requireNotDropped(context, since);
  const { atLeast, timeoutMs } = context;
  if (atLeast !== null && atLeast.position === null) return freshByVersion(projection, atLeast, context, options);
  const needed = Math.max(atLeast?.position ?? 0, since);
  return projection.checkpoint >= needed ? null : projection.reach(needed, timeoutMs);
}

function cached<Kind extends CachedKind>(
  kind: Kind,
  projection: Projection<View>,
  query: unknown,
  { organizationId }: ReadContext,
  answer: () => CachedAnswers[Kind],
  { source, cache }: ProjectedReadModelOptions,
): Promise<CachedAnswers[Kind]> {
  const life = `${source.epoch()}:${projection.generation}`;
  return cache.answer({
    kind,
    organizationId,
    query,
    life,
    answer,
    position: () => projection.positionOf(organizationId),
  });
}

/** A position without a place, as commands that changed nothing answer: the payment must have come to its version. */
async function freshByVersion(
  projection: Projection<View>,
  atLeast: Position,
  { timeoutMs }: ReadContext,
  { clock }: ProjectedReadModelOptions,
): Promise<void> {
  const reached = async () => (projection.view.get(atLeast)?.payment.version ?? 0) >= atLeast.version;
  if (!(await reached())) await waitUntil(reached, timeoutMs, clock);
}
