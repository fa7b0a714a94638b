// What the API answers, as far as the command relies on it; what else is there stays, and is printed.

import type {
  AnalyticsView,
  EventCountsView,
  EventView,
  PaymentView,
  ReplayView,
  StatisticsView,
  SuggestionView,
  TimelineEntryView,
  TrendView,
} from '@paystrata/application';
import { z } from 'zod';
import type { StorageView } from '../client.ts';

const { looseObject: open } = z;
const amount = z.int();
const maybe = z.string().nullable();
const counts = z.record(z.string(), z.int());
const texts = z.record(z.string(), z.string());

const failure = open({ code: z.string(), declineCode: maybe, retryable: z.boolean() });
const item = {
  id: z.string(),
  status: z.string(),
  amount,
  currency: z.string(),
  requestedAt: z.string(),
  resolvedAt: maybe,
  gatewayReference: maybe,
  failure: failure.nullable(),
  parked: open({ reason: z.string(), amount: amount.nullable(), currency: maybe }).nullable(),
};

export const payment = open({
  id: z.string(),
  organizationId: z.string(),
  status: z.string(),
  amount,
  currency: z.string(),
  captured: amount,
  refunded: amount,
  description: maybe,
  reference: maybe,
  customer: open({ name: maybe, email: maybe }).nullable(),
  userId: maybe,
  workflowId: maybe,
  resourceIds: z.array(z.string()),
  metadata: texts,
  attempts: z.array(open({ ...item, method: z.string() })),
  refunds: z.array(open({ ...item, reason: maybe })),
  needsReview: z.boolean(),
  failure: failure.nullable(),
  version: z.int(),
  createdAt: z.string(),
  updatedAt: z.string(),
  processedAt: maybe,
  failedAt: maybe,
  refundedAt: maybe,
}) satisfies z.ZodType<PaymentView>;

export const event = open({
  eventId: z.string(),
  type: z.string(),
  schemaVersion: z.int(),
  paymentId: z.string(),
  version: z.int(),
  position: z.string(),
  timestamp: z.string(),
  organizationId: z.string(),
  actor: z.string(),
  userId: maybe,
  correlationId: z.string(),
  causationId: maybe,
  data: z.record(z.string(), z.json()),
  metadata: texts,
}) satisfies z.ZodType<EventView>;

export function listOf<Item extends z.ZodType>(each: Item) {
  const total = open({ value: z.int(), capped: z.boolean() });
  return open({ data: z.array(each), hasMore: z.boolean(), next: maybe, total });
}

export const suggestion = open({
  text: z.string(),
  field: z.string(),
  count: z.int(),
}) satisfies z.ZodType<SuggestionView>;

export const timelineEntry = open({
  timestamp: z.string(),
  paymentId: z.string(),
  version: z.int(),
  type: z.string(),
  text: z.string(),
  actor: z.string(),
  correlationId: z.string(),
  gap: z.number(),
}) satisfies z.ZodType<TimelineEntryView>;

const total = open({
  currency: z.string(),
  count: z.int(),
  amount: z.string(),
  captured: z.string(),
  refunded: z.string(),
});

export const statistics = open({
  organizationId: z.string(),
  from: maybe,
  to: maybe,
  count: z.int(),
  byStatus: counts,
  byCurrency: counts,
  totals: z.array(total),
}) satisfies z.ZodType<StatisticsView>;

const duration = z.number().nullable();

export const analytics = open({
  totals: z.array(total),
  buckets: z.array(
    open({ start: z.string(), count: z.int(), byStatus: counts, byCurrency: counts, totals: z.array(total) }),
  ),
  byStatus: counts,
  byCurrency: counts,
  byCustomer: z.array(open({ customer: z.string(), count: z.int() })),
  successRate: z.number().nullable(),
  failures: z.array(open({ code: z.string(), count: z.int() })),
  durations: open({ p50: duration, p95: duration, p99: duration }),
}) satisfies z.ZodType<AnalyticsView>;

const slots = z.array(open({ start: z.string(), count: z.int() }));

export const eventCounts = open({
  count: z.int(),
  byType: counts,
  payments: z.int(),
  byHour: slots,
  byDay: slots,
  byActor: z.array(open({ actor: z.string(), count: z.int() })),
  byPayment: z.array(open({ paymentId: z.string(), count: z.int() })),
}) satisfies z.ZodType<EventCountsView>;

export const trend = open({ start: z.string(), count: z.int(), byType: counts }) satisfies z.ZodType<TrendView>;

export const replay = open({
  events: z.int(),
  payments: z.int(),
  byType: counts,
  steps: z.array(open({ event, payment })),
}) satisfies z.ZodType<ReplayView>;

export const storage = open({
  strategy: z.string(),
  capabilities: z.record(z.string(), z.union([z.string(), z.boolean()])),
  healthy: z.boolean(),
  sources: z.array(open({ name: z.string(), healthy: z.boolean(), problem: maybe })),
  actions: z.array(z.string()),
  measurements: z.array(open({ name: z.string(), value: z.number(), labels: texts })),
}) satisfies z.ZodType<StorageView>;

export const maintenanceReport = open({
  action: z.string(),
  checked: z.int(),
  changed: z.int(),
  differences: z.array(open({ organizationId: maybe, paymentId: maybe, problem: z.string() })),
  differing: z.int(),
  root: z.string().optional(),
  bytes: open({ before: z.int(), after: z.int() }).optional(),
});

export const maintenanceProgress = open({ done: z.number(), total: z.number().nullable() });

/** What became of one row of a bulk. */
export const bulkOutcome = z.discriminatedUnion('ok', [
  open({ line: z.int(), ok: z.literal(true) }),
  open({
    line: z.int(),
    ok: z.literal(false),
    code: z.string(),
    message: z.string(),
    details: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
    errors: z.array(open({ param: z.string(), message: z.string() })),
  }),
]);
