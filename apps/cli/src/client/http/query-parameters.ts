// Filters as the parameters of a URL.

import type { QueryInput } from '@paystrata/application';

type Parameters = readonly (readonly [name: string, value: string | null])[];
type PaymentFilterInput = QueryInput<'SearchPayments'>['filter'];
type EventFilterInput = QueryInput<'SearchEvents'>['filter'];
type RangeInput = QueryInput<'PaymentStatistics'>['range'];

export function text(value: string | number | bigint | null | undefined): string | null {
  return value === null || value === undefined ? null : String(value);
}

/** RFC 3339 for milliseconds; texts stay as they are. */
export function instantText(value: string | number): string {
  return typeof value === 'number' ? new Date(value).toISOString() : value;
}

export function rangeParameters(range: RangeInput, from: string, to: string): Parameters {
  const shown = (value: string | number | null | undefined) =>
    value === null || value === undefined ? null : instantText(value);
  return [
    [from, shown(range?.from)],
    [to, shown(range?.to)],
  ];
}

export function paymentParameters(filter: PaymentFilterInput): Parameters {
  if (filter === undefined) return [];
  const { statuses = [], currencies = [], metadata = {} } = filter;
  return [
    ...statuses.map((status) => ['status', status] as const),
    ...currencies.map((currency) => ['currency', currency] as const),
    ['amount[gte]', text(filter.minAmount)],
    ['amount[lte]', text(filter.maxAmount)],
    ...rangeParameters(filter.created, 'created[gte]', 'created[lt]'),
    ...rangeParameters(filter.updated, 'updated[gte]', 'updated[lt]'),
    ...rangeParameters(filter.processed, 'processed[gte]', 'processed[lt]'),
    ['reference', filter.reference ?? null],
    ['customer', filter.customer ?? null],
    ['userId', filter.userId ?? null],
    ['workflowId', filter.workflowId ?? null],
    ['resourceId', filter.resourceId ?? null],
    ...Object.entries(metadata).map(([key, value]) => [`metadata[${key}]`, value] as const),
    ['q', filter.text ?? null],
  ];
}

export function eventParameters(filter: EventFilterInput): Parameters {
  if (filter === undefined) return [];
  const { criteria = [] } = filter;
  const types = Array.isArray(filter.types) ? filter.types.map(String) : [];
  return [
    ...types.map((type) => ['type', type] as const),
    ['paymentId', filter.paymentId ?? null],
    ['actor', filter.actor ?? null],
    ['correlationId', filter.correlationId ?? null],
    ...rangeParameters(filter.recorded, 'from', 'to'),
    ['criteria', criteria.length === 0 ? null : JSON.stringify(criteria)],
    ['q', filter.text ?? null],
  ];
}
