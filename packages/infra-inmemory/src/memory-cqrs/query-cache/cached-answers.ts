// The answers that are cached, and their stored form: read back by a schema, so that nothing else passes for one.

import {
  decodePayment,
  encodePayment,
  instantOf,
  parseCurrency,
  paymentStatuses,
  suggestionFields,
  type Analytics,
  type Currency,
  type Instant,
  type PaymentDocument,
  type SearchPage,
  type Statistics,
  type Suggestion,
} from '@paystrata/application';
import { failureCodes } from '@paystrata/domain';
import { z } from 'zod';

/** The questions whose answers are cached, and their answers. */
export interface CachedAnswers {
  readonly search: SearchPage;
  readonly suggestions: readonly Suggestion[];
  readonly statistics: Statistics;
  readonly analytics: Analytics;
}

export type CachedKind = keyof CachedAnswers;

const count = z.int().min(0);
const bigint = z
  .string()
  .regex(/^-?\d{1,60}$/)
  .transform(BigInt);
const currency = z.string().transform((code, context): Currency => {
  const parsed = parseCurrency(code);
  if (parsed !== undefined) return parsed;
  context.addIssue({ code: 'custom', message: 'not a currency' });
  return z.NEVER;
});
const instant = z.int().transform((at): Instant => instantOf(at));

const document = z
  .strictObject({ state: z.string(), personal: z.unknown(), position: count })
  .transform(({ state, personal, position }, context): PaymentDocument => {
    const payment = decodePayment(state, personal);
    if (payment !== null) return { payment, position };
    context.addIssue({ code: 'custom', message: 'a payment of another release' });
    return z.NEVER;
  });

const statistics = z.strictObject({
  count,
  byStatus: z.partialRecord(z.enum(paymentStatuses), count),
  byCurrency: z.record(z.string(), count),
  totals: z.array(z.strictObject({ currency, count, amount: bigint, captured: bigint, refunded: bigint })),
});

const schemas: { readonly [Kind in CachedKind]: z.ZodType<CachedAnswers[Kind]> } = {
  search: z.strictObject({
    payments: z.array(document),
    hasMore: z.boolean(),
    next: z.string().nullable(),
    total: z.strictObject({ value: count, capped: z.boolean() }),
  }),
  suggestions: z.array(z.strictObject({ text: z.string(), field: z.enum(suggestionFields), count })),
  statistics,
  analytics: z.strictObject({
    totals: statistics.shape.totals,
    buckets: z.array(statistics.extend({ start: instant })),
    byStatus: statistics.shape.byStatus,
    byCurrency: statistics.shape.byCurrency,
    byCustomer: z.array(z.strictObject({ customer: z.string(), count })),
    successRate: z.number().nullable(),
    failures: z.array(z.strictObject({ code: z.enum(failureCodes), count })),
    durations: z.strictObject({
      p50: z.number().nullable(),
      p95: z.number().nullable(),
      p99: z.number().nullable(),
    }),
  }),
};

/** JSON. */
export function encodeAnswer<Kind extends CachedKind>(answer: CachedAnswers[Kind]): string {
  return JSON.stringify(answer, (_, value: unknown) => {
    if (typeof value === 'bigint') return value.toString();
    return isDocument(value) ? storedDocument(value) : value;
  });
}

/** @returns null for whatever is not the stored form of such an answer. */
export function decodeAnswer<Kind extends CachedKind>(kind: Kind, stored: unknown): CachedAnswers[Kind] | null {
  try {
    return schemas[kind].parse(stored);
  } catch {
    return null;
  }
}

function isDocument(value: unknown): value is PaymentDocument {
  return typeof value === 'object' && value !== null && 'payment' in value && 'position' in value;
}

function storedDocument({ payment, position }: PaymentDocument): object {
  return { state: encodePayment(payment), personal: payment.personal, position };
}
