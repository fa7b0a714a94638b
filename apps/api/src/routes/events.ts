// Questions about the log: search, statistics, trends, correlations, timelines, replays.

import {
  eventCountsView,
  eventListView,
  eventView,
  replayView,
  timelineEntryView,
  trendView,
  wholeListView,
} from '@paystrata/application';
import { z } from 'zod';
import type { Api, ApiParts } from '../http/api.ts';
import { queryContextOf } from '../http/contexts.ts';
import { queryHeaders } from '../http/headers.ts';
import {
  eventSearchOf,
  eventsQuery,
  eventStatisticsOf,
  eventStatisticsQuery,
  replayBody,
  trendsOf,
  trendsQuery,
} from '../queries/event-query.ts';
import { inWireNames } from '../queries/wire-names.ts';
import { eventListSchema, timelineSchema } from '../schemas/list-schema.ts';
import { answers, onReads, withBody } from '../schemas/problem-schema.ts';
import { eventCountsSchema, replaySchema, trendsSchema } from '../schemas/statistics-schema.ts';
import { noQuery, tags } from './route-notes.ts';

const config = { scope: 'read' } as const;
const common = { tags: [tags.events], headers: queryHeaders };
const correlation = z.string().min(1).max(255);

export function eventRoutes(app: Api, parts: ApiParts): void {
  const { queries } = parts.composition;

  app.get(
    '/v1/events',
    {
      config,
      schema: {
        ...common,
        operationId: 'searchEvents',
        summary: 'Search the log',
        querystring: eventsQuery,
        response: answers({ 200: eventListSchema }, ...onReads, 'CURSOR_INVALID'),
      },
    },
    async (request) =>
      eventListView(await inWireNames(queries.execute(eventSearchOf(request.query), queryContextOf(request, parts)))),
  );

  app.get(
    '/v1/events/statistics',
    {
      config,
      schema: {
        ...common,
        operationId: 'getEventStatistics',
        summary: 'Counts of events by type, hour, day, actor and payment',
        querystring: eventStatisticsQuery,
        response: answers({ 200: eventCountsSchema }, ...onReads),
      },
    },
    async (request) => {
      const query = eventStatisticsOf(request.query);
      return eventCountsView(await inWireNames(queries.execute(query, queryContextOf(request, parts))));
    },
  );

  app.get(
    '/v1/events/trends',
    {
      config,
      schema: {
        ...common,
        operationId: 'getEventTrends',
        summary: 'Counts of events per hour, day, week or month',
        querystring: trendsQuery,
        response: answers({ 200: trendsSchema }, ...onReads),
      },
    },
    async (request) => {
      const trends = await inWireNames(queries.execute(trendsOf(request.query), queryContextOf(request, parts)));
      return trends.map(trendView);
    },
  );

  correlationRoutes(app, parts);
}

function correlationRoutes(app: Api, parts: ApiParts): void {
  const { queries } = parts.composition;

  app.get(
    '/v1/events/correlations/:id',
    {
      config,
      schema: {
        ...common,
        operationId: 'getCorrelation',
        summary: 'The events that came of one request, causes first',
        params: z.strictObject({ id: correlation }),
        querystring: noQuery,
        response: answers({ 200: eventListSchema }, ...onReads),
      },
    },
    async (request) => {
      const query = { type: 'EventCorrelation', correlationId: request.params.id } as const;
      return wholeListView((await queries.execute(query, queryContextOf(request, parts))).map(eventView));
    },
  );

  app.get(
    '/v1/timelines/:correlationId',
    {
      config,
      schema: {
        ...common,
        operationId: 'getTimeline',
        summary: 'What came of one request in words, across payments',
        params: z.strictObject({ correlationId: correlation }),
        querystring: noQuery,
        response: answers({ 200: timelineSchema }, ...onReads),
      },
    },
    async (request) => {
      const query = { type: 'CorrelationTimeline', correlationId: request.params.correlationId } as const;
      return wholeListView((await queries.execute(query, queryContextOf(request, parts))).map(timelineEntryView));
    },
  );

  app.post(
    '/v1/replays',
    {
      config,
      schema: {
        ...common,
        operationId: 'replayEvents',
        summary: 'Fold events again, step by step; stores nothing',
        querystring: noQuery,
        body: replayBody.prefault({}),
        response: answers({ 200: replaySchema }, ...withBody, ...onReads),
      },
    },
    async (request) =>
      replayView(await queries.execute({ ...request.body, type: 'ReplayEvents' }, queryContextOf(request, parts))),
  );
}
