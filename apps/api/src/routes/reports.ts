// Statistics, analytics and suggestions.

import {
  analyticsView,
  parseMessage,
  querySchemas,
  statisticsView,
  suggestionView,
  wholeListView,
} from '@paystrata/application';
import type { Api, ApiParts } from '../http/api.ts';
import { queryContextOf } from '../http/contexts.ts';
import { queryHeaders } from '../http/headers.ts';
import {
  analyticsOf,
  analyticsQuery,
  statisticsOf,
  statisticsQuery,
  suggestionsOf,
  suggestionsQuery,
} from '../queries/statistics-query.ts';
import { inWireNames } from '../queries/wire-names.ts';
import { suggestionListSchema } from '../schemas/list-schema.ts';
import { answers, onReads } from '../schemas/problem-schema.ts';
import { analyticsSchema, statisticsSchema } from '../schemas/statistics-schema.ts';
import { tags } from './route-notes.ts';

const config = { scope: 'read' } as const;
const common = { tags: [tags.reports], headers: queryHeaders };

export function reportRoutes(app: Api, parts: ApiParts): void {
  const { queries } = parts.composition;

  app.get(
    '/v1/statistics',
    {
      config,
      schema: {
        ...common,
        operationId: 'getStatistics',
        summary: 'Counts and exact sums, one per currency',
        querystring: statisticsQuery,
        response: answers({ 200: statisticsSchema }, ...onReads),
      },
    },
    async (request) => {
      const context = queryContextOf(request, parts);
      const query = statisticsOf(request.query);
      const statistics = await inWireNames(queries.execute(query, context));
      const { range } = parseMessage(querySchemas.PaymentStatistics, query.type, query);
      return statisticsView(statistics, context.organizationId, range);
    },
  );

  app.get(
    '/v1/analytics',
    {
      config,
      schema: {
        ...common,
        operationId: 'getAnalytics',
        summary: 'Payments over time: sums, success, failures, durations',
        description: 'Takes every search filter. At most 1,000 buckets, which follow the calendar of the time zone.',
        querystring: analyticsQuery,
        response: answers({ 200: analyticsSchema }, ...onReads),
      },
    },
    async (request) =>
      analyticsView(await inWireNames(queries.execute(analyticsOf(request.query), queryContextOf(request, parts)))),
  );

  app.get(
    '/v1/suggestions',
    {
      config,
      schema: {
        ...common,
        operationId: 'getSuggestions',
        summary: 'Completions of a prefix, most frequent first',
        querystring: suggestionsQuery,
        response: answers({ 200: suggestionListSchema }, ...onReads),
      },
    },
    async (request) => {
      const query = suggestionsOf(request.query);
      const suggestions = await inWireNames(queries.execute(query, queryContextOf(request, parts)));
      return wholeListView(suggestions.map(suggestionView));
    },
  );
}
