// Queries as requests, and their answers.

import type { QueryType } from '@paystrata/application';
import type { z } from 'zod';
import type { Answers, QueryOf } from '../client.ts';
import { json } from './commands.ts';
import type { ApiRequest, Connection } from './connection.ts';
import { eventParameters, instantText, paymentParameters, rangeParameters, text } from './query-parameters.ts';
import { readBody } from './read-answer.ts';
import * as wire from './wire-schemas.ts';

interface Route<Type extends QueryType> {
  request(query: QueryOf<Type>): ApiRequest;
  read(response: Response): Promise<Answers[Type]>;
}

type Routes = { readonly [Type in QueryType]: Route<Type> };

const get = (path: string, query: ApiRequest['query'] = []): ApiRequest => ({ method: 'GET', path, query });
const body = <Output>(schema: z.ZodType<Output>) => ({ read: (response: Response) => readBody(schema, response) });
/** Lists that are always whole are shown without what is around them. */
const whole = <Item extends z.ZodType>(item: Item) => ({
  read: async (response: Response) => (await readBody(wire.listOf(item), response)).data,
});
const paymentPath = (id: string) => `/v1/payments/${encodeURIComponent(id)}`;

const routes: Routes = {
  GetPayment: {
    request: ({ paymentId, asOf }) => get(paymentPath(paymentId), [['asOf', asOfText(asOf)]]),
    ...body(wire.payment),
  },
  SearchPayments: {
    request: ({ filter, sort, limit, cursor, page }) =>
      get('/v1/payments', [
        ...paymentParameters(filter),
        ['sort', sort?.by ?? null],
        ['order', sort?.descending === false ? 'asc' : null],
        ['limit', text(limit)],
        ['cursor', cursor ?? null],
        ['page', text(page)],
      ]),
    ...body(wire.listOf(wire.payment)),
  },
  SuggestPayments: {
    request: ({ prefix, field, limit }) =>
      get('/v1/suggestions', [
        ['prefix', prefix],
        ['field', field ?? null],
        ['limit', text(limit)],
      ]),
    ...whole(wire.suggestion),
  },
  PaymentStatistics: {
    request: ({ range, of }) => get('/v1/statistics', [...rangeParameters(range, 'from', 'to'), ['of', of ?? null]]),
    ...body(wire.statistics),
  },
  PaymentAnalytics: {
    request: ({ filter, interval, timezone }) =>
      get('/v1/analytics', [
        ...paymentParameters(filter),
        ['interval', interval ?? null],
        ['timezone', timezone ?? null],
      ]),
    ...body(wire.analytics),
  },
  PaymentHistory: {
    request: ({ paymentId, fromVersion }) =>
      get(`${paymentPath(paymentId)}/events`, [['fromVersion', text(fromVersion)]]),
    ...whole(wire.event),
  },
  PaymentTimeline: {
    request: ({ paymentId }) => get(`${paymentPath(paymentId)}/timeline`),
    ...whole(wire.timelineEntry),
  },
  CorrelationTimeline: {
    request: ({ correlationId }) => get(`/v1/timelines/${encodeURIComponent(correlationId)}`),
    ...whole(wire.timelineEntry),
  },
  EventCorrelation: {
    request: ({ correlationId }) => get(`/v1/events/correlations/${encodeURIComponent(correlationId)}`),
    ...whole(wire.event),
  },
  SearchEvents: {
    request: ({ filter, descending, limit, cursor }) =>
      get('/v1/events', [
        ...eventParameters(filter),
        ['order', descending === false ? 'asc' : null],
        ['limit', text(limit)],
        ['cursor', cursor ?? null],
      ]),
    ...body(wire.listOf(wire.event)),
  },
  EventStatistics: {
    request: ({ filter, timezone }) =>
      get('/v1/events/statistics', [...eventParameters(filter), ['timezone', timezone ?? null]]),
    ...body(wire.eventCounts),
  },
  EventTrends: {
    request: ({ filter, interval, timezone }) =>
      get('/v1/events/trends', [
        ...eventParameters(filter),
        ['interval', interval ?? null],
        ['timezone', timezone ?? null],
      ]),
    ...body(wire.trend.array()),
  },
  ReplayEvents: {
    request: ({ filter, fromVersion, limit }) => ({
      method: 'POST',
      path: '/v1/replays',
      body: json({ filter, fromVersion, limit }),
      headers: { 'content-type': 'application/json' },
    }),
    ...body(wire.replay),
  },
};

export async function askApi<Type extends QueryType>(
  connection: Connection,
  query: QueryOf<Type>,
): Promise<Answers[Type]> {
  const type: Type = query.type;
  const route: Route<Type> = routes[type];
  return route.read(await connection.send(route.request(query)));
}

function asOfText(asOf: QueryOf<'GetPayment'>['asOf']): string | null {
  if (asOf === undefined || asOf === null) return null;
  return 'version' in asOf ? String(asOf.version) : instantText(asOf.instant);
}
