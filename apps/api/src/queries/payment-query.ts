// What URLs say of payments to be found, and the query that it comes to.

import { paymentFilterSchema, querySchemas, sortKeys, type QueryInput } from '@paystrata/application';
import { z } from 'zod';
import { bare } from './bare.ts';
import { many } from './query-fields.ts';

const filter = bare(paymentFilterSchema).shape;
const range = bare(filter.created).shape;
const from = bare(range.from);
const to = bare(range.to);
const search = querySchemas.SearchPayments.shape;

/** Every search filter. */
export const filterParameters = {
  status: many(bare(filter.statuses)).optional(),
  currency: many(bare(filter.currencies)).optional(),
  'amount[gte]': bare(filter.minAmount).optional(),
  'amount[lte]': bare(filter.maxAmount).optional(),
  'created[gte]': from.optional(),
  'created[lt]': to.optional(),
  'updated[gte]': from.optional(),
  'updated[lt]': to.optional(),
  'processed[gte]': from.optional(),
  'processed[lt]': to.optional(),
  reference: bare(filter.reference).optional(),
  customer: bare(filter.customer).optional(),
  userId: bare(filter.userId).optional(),
  workflowId: bare(filter.workflowId).optional(),
  resourceId: bare(filter.resourceId).optional(),
  metadata: bare(filter.metadata)
    .optional()
    .meta({ description: 'As `metadata[key]=value`; all pairs must be there.' }),
  q: bare(filter.text).optional().meta({ description: 'Words of the text; the last one as a prefix.' }),
};

type FilterQuery = z.output<z.ZodObject<typeof filterParameters>>;

export const listQuery = z.strictObject({
  ...filterParameters,
  sort: z.enum(sortKeys).optional(),
  order: z.enum(['asc', 'desc']).optional(),
  limit: bare(search.limit).optional(),
  cursor: bare(search.cursor).optional(),
  page: bare(search.page).optional(),
});

export function searchOf({ sort, order, limit, cursor, page, ...rest }: z.output<typeof listQuery>) {
  return {
    type: 'SearchPayments',
    filter: filterOf(rest),
    sort: { by: sort ?? 'created', descending: order !== 'asc' },
    ...(limit !== undefined && { limit }),
    ...(cursor !== undefined && { cursor }),
    ...(page !== undefined && { page }),
  } satisfies QueryInput<'SearchPayments'>;
}

export function filterOf(query: FilterQuery): QueryInput<'SearchPayments'>['filter'] {
  const { status, currency, q, metadata, reference, customer, userId, workflowId, resourceId } = query;
  return {
    ...(status !== undefined && { statuses: status }),
    ...(currency !== undefined && { currencies: currency }),
    minAmount: query['amount[gte]'] ?? null,
    maxAmount: query['amount[lte]'] ?? null,
    created: rangeOf(query['created[gte]'], query['created[lt]']),
    updated: rangeOf(query['updated[gte]'], query['updated[lt]']),
    processed: rangeOf(query['processed[gte]'], query['processed[lt]']),
    ...(metadata !== undefined && { metadata }),
    reference: reference ?? null,
    customer: customer ?? null,
    userId: userId ?? null,
    workflowId: workflowId ?? null,
    resourceId: resourceId ?? null,
    text: q ?? null,
  };
}

function rangeOf(from: number | undefined, to: number | undefined) {
  return { from: from ?? null, to: to ?? null };
}
