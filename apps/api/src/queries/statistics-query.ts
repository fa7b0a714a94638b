// What URLs say of statistics, analytics and suggestions.

import { querySchemas, type QueryInput } from '@paystrata/application';
import { z } from 'zod';
import { bare } from './bare.ts';
import { filterOf, filterParameters } from './payment-query.ts';

const statistics = querySchemas.PaymentStatistics.shape;
const analytics = querySchemas.PaymentAnalytics.shape;
const suggest = querySchemas.SuggestPayments.shape;
const range = bare(statistics.range).shape;

export const statisticsQuery = z.strictObject({
  from: bare(range.from).optional(),
  to: bare(range.to).optional(),
  of: bare(statistics.of).optional(),
});

export function statisticsOf({ from, to, of }: z.output<typeof statisticsQuery>) {
  return {
    type: 'PaymentStatistics',
    range: { from: from ?? null, to: to ?? null },
    of: of ?? 'created',
  } satisfies QueryInput<'PaymentStatistics'>;
}

export const analyticsQuery = z.strictObject({
  ...filterParameters,
  interval: bare(analytics.interval).optional(),
  timezone: bare(analytics.timezone).optional(),
});

export function analyticsOf({ interval, timezone, ...rest }: z.output<typeof analyticsQuery>) {
  return {
    type: 'PaymentAnalytics',
    filter: filterOf(rest),
    ...(interval !== undefined && { interval }),
    ...(timezone !== undefined && { timezone }),
  } satisfies QueryInput<'PaymentAnalytics'>;
}

export const suggestionsQuery = z.strictObject({
  prefix: suggest.prefix,
  field: bare(suggest.field).optional(),
  limit: bare(suggest.limit).optional(),
});

export function suggestionsOf({ prefix, field, limit }: z.output<typeof suggestionsQuery>) {
  return {
    type: 'SuggestPayments',
    prefix,
    field: field ?? null,
    ...(limit !== undefined && { limit }),
  } satisfies QueryInput<'SuggestPayments'>;
}
