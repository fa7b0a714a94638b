// Counts by status and exact totals by currency, from sums of the parts of amounts.

import {
  parseCurrency,
  paymentStatuses,
  PortFailure,
  statisticsFrom,
  type CurrencyTotal,
  type PaymentStatistics,
  type PaymentStatus,
  type Statistics,
} from '@paystrata/application';
import type { OrganizationId } from '@paystrata/domain';
import { z } from 'zod';
import { amountFrom, amountNames, partFields, type AmountName } from './amount-fields.ts';
import { allOf, notDeleted, within } from './payment-filter.ts';
import { readReply } from './search-client.ts';
import type { AskIndex } from './search-page.ts';

/** @returns the same as `statisticsOf`; null where this engine cannot tell. */
export async function engineStatistics(
  ask: AskIndex,
  organization: OrganizationId,
  { range, of }: PaymentStatistics,
): Promise<Statistics | null> {
  const processed = of === 'processed' ? [{ exists: { field: 'processed' } }] : [];
  const query = allOf(organization, [notDeleted, ...processed, ...within(of, range)]);
  const reply = await ask({ query, size: 0, track_total_hits: false, aggs: totalsByGroup });
  return reply === null ? null : statisticsIn(readReply(z.object({ aggregations: groupsSchema }), reply).aggregations);
}

/** More than there are. */
const EVERY_STATUS = 100;
const EVERY_CURRENCY = 1000;

const sums = Object.fromEntries(amountNames.flatMap(partFields).map((field) => [field, { sum: { field } }] as const));

/** Counts by status and by currency, each currency with its sums. */
export const totalsByGroup = {
  statuses: { terms: { field: 'status', size: EVERY_STATUS } },
  currencies: { terms: { field: 'currency', size: EVERY_CURRENCY }, aggs: sums },
};

const valueSchema = z.object({ value: z.number() });
const countSchema = z.object({ key: z.string(), doc_count: z.int() });
const sumShape = Object.fromEntries(amountNames.flatMap(partFields).map((field) => [field, valueSchema] as const));

export const groupsSchema = z.object({
  statuses: z.object({ buckets: z.array(countSchema) }),
  currencies: z.object({ buckets: z.array(countSchema.and(z.record(z.string(), z.unknown()))) }),
});
type Groups = z.infer<typeof groupsSchema>;
const sumsSchema = z.object(sumShape);

/** @returns null where a sum is beyond what the engine adds up exactly. */
export function statisticsIn({ statuses, currencies }: Groups): Statistics | null {
  const counts = new Map(statuses.buckets.map(({ key, doc_count: count }) => [statusOf(key), count]));
  const totals: CurrencyTotal[] = [];
  for (const bucket of currencies.buckets) {
    const parts = readReply(sumsSchema, bucket);
    const amount = totalOf('amount', parts);
    const captured = totalOf('captured', parts);
    const refunded = totalOf('refunded', parts);
    if (amount === null || captured === null || refunded === null) return null;
    totals.push({ currency: currencyOf(bucket.key), count: bucket.doc_count, amount, captured, refunded });
  }
  return statisticsFrom(counts, totals);
}

function totalOf(name: AmountName, parts: z.infer<typeof sumsSchema>): bigint | null {
  return amountFrom(partFields(name).map((field) => parts[field]?.value ?? Number.NaN));
}

function statusOf(text: string): PaymentStatus {
  const found = paymentStatuses.find((status) => status === text);
  if (found === undefined) throw damaged(`there is no status ${text}`);
  return found;
}

function currencyOf(text: string): CurrencyTotal['currency'] {
  const found = parseCurrency(text);
  if (found === undefined) throw damaged(`there is no currency ${text}`);
  return found;
}

function damaged(problem: string): PortFailure {
  return new PortFailure('STORE_DAMAGED', `the index of payments is damaged: ${problem}; repair the source`);
}
