// What URLs and bodies say of events to be found.

import { eventFilterSchema, querySchemas, type QueryInput } from '@paystrata/application';
import { z } from 'zod';
import { bare } from './bare.ts';
import { component } from '../schemas/components.ts';
import { json, many } from './query-fields.ts';

const filter = bare(eventFilterSchema).shape;
const range = bare(filter.recorded).shape;
const search = querySchemas.SearchEvents.shape;
const trends = querySchemas.EventTrends.shape;
const replay = querySchemas.ReplayEvents.shape;

const filterParameters = {
  type: many(bare(filter.types)).optional(),
  paymentId: bare(filter.paymentId).optional(),
  actor: bare(filter.actor).optional(),
  correlationId: bare(filter.correlationId).optional(),
  from: bare(range.from).optional(),
  to: bare(range.to).optional(),
  criteria: json(bare(filter.criteria))
    .optional()
    .meta({ description: 'JSON: `[{"path":"amount.currency","operator":"eq","value":"EUR"}]`; all must hold.' }),
  q: bare(filter.text).optional(),
};

type FilterQuery = z.output<z.ZodObject<typeof filterParameters>>;

export const eventsQuery = z.strictObject({
  ...filterParameters,
  order: z.enum(['asc', 'desc']).optional(),
  limit: bare(search.limit).optional(),
  cursor: bare(search.cursor).optional(),
});

export function eventSearchOf({ order, limit, cursor, ...rest }: z.output<typeof eventsQuery>) {
  return {
    type: 'SearchEvents',
    filter: eventFilterOf(rest),
    descending: order !== 'asc',
    ...(limit !== undefined && { limit }),
    ...(cursor !== undefined && { cursor }),
  } satisfies QueryInput<'SearchEvents'>;
}

export const eventStatisticsQuery = z.strictObject({
  ...filterParameters,
  timezone: bare(trends.timezone).optional(),
});

export function eventStatisticsOf({ timezone, ...rest }: z.output<typeof eventStatisticsQuery>) {
  return {
    type: 'EventStatistics',
    filter: eventFilterOf(rest),
    ...(timezone !== undefined && { timezone }),
  } satisfies QueryInput<'EventStatistics'>;
}

export const trendsQuery = z.strictObject({
  ...filterParameters,
  interval: bare(trends.interval).optional(),
  timezone: bare(trends.timezone).optional(),
});

export function trendsOf({ interval, timezone, ...rest }: z.output<typeof trendsQuery>) {
  return {
    type: 'EventTrends',
    filter: eventFilterOf(rest),
    ...(interval !== undefined && { interval }),
    ...(timezone !== undefined && { timezone }),
  } satisfies QueryInput<'EventTrends'>;
}

const { filter: replayFilter, fromVersion, limit } = replay;
export const replayBody = component('ReplayRequest', z.strictObject({ filter: replayFilter, fromVersion, limit }));

function eventFilterOf(query: FilterQuery): QueryInput<'SearchEvents'>['filter'] {
  const { type, paymentId, actor, correlationId, from, to, criteria, q } = query;
  return {
    ...(type !== undefined && { types: type }),
    ...(criteria !== undefined && { criteria }),
    paymentId: paymentId ?? null,
    actor: actor ?? null,
    correlationId: correlationId ?? null,
    recorded: { from: from ?? null, to: to ?? null },
    text: q ?? null,
  };
}
