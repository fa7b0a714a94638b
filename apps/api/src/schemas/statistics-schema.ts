// Counts, sums and analytics in answers.

import { z } from 'zod';
import { component } from './components.ts';
import { eventSchema } from './event-schema.ts';
import { paymentSchema } from './payment-schema.ts';

const counts = z.record(z.string(), z.int());
const start = z.string().meta({ format: 'date-time' });
const total = z.string().meta({ description: 'Minor units as a decimal string.' });
const slots = z.array(z.strictObject({ start, count: z.int() })).readonly();

const currencyTotal = component(
  'CurrencyTotal',
  z.strictObject({ currency: z.string(), count: z.int(), amount: total, captured: total, refunded: total }),
);
const totals = z.array(currencyTotal).readonly();

export const statisticsSchema = component(
  'Statistics',
  z.strictObject({
    organizationId: z.string(),
    from: z.string().nullable(),
    to: z.string().nullable(),
    count: z.int(),
    byStatus: counts,
    byCurrency: counts,
    totals,
  }),
);

const duration = z.number().nullable().meta({ description: 'Milliseconds from created to completed.' });

export const analyticsSchema = component(
  'Analytics',
  z.strictObject({
    totals,
    buckets: z
      .array(z.strictObject({ start, count: z.int(), byStatus: counts, byCurrency: counts, totals }))
      .readonly(),
    byStatus: counts,
    byCurrency: counts,
    byCustomer: z.array(z.strictObject({ customer: z.string(), count: z.int() })).readonly(),
    successRate: z.number().nullable(),
    failures: z.array(z.strictObject({ code: z.string(), count: z.int() })).readonly(),
    durations: z.strictObject({ p50: duration, p95: duration, p99: duration }),
  }),
);

export const eventCountsSchema = component(
  'EventCounts',
  z.strictObject({
    count: z.int(),
    byType: counts,
    payments: z.int(),
    byHour: slots,
    byDay: slots,
    byActor: z.array(z.strictObject({ actor: z.string(), count: z.int() })).readonly(),
    byPayment: z.array(z.strictObject({ paymentId: z.string(), count: z.int() })).readonly(),
  }),
);

export const trendsSchema = z.array(component('Trend', z.strictObject({ start, count: z.int(), byType: counts })));

export const replaySchema = component(
  'Replay',
  z.strictObject({
    events: z.int(),
    payments: z.int(),
    byType: counts,
    steps: z.array(z.strictObject({ event: eventSchema, payment: paymentSchema })).readonly(),
  }),
  'The events folded again, step by step. Nothing was stored.',
);
