// A payment in an answer.

import { paymentStatuses, type PaymentView } from '@paystrata/application';
import { z } from 'zod';
import { component } from './components.ts';

const instant = z.string().meta({ format: 'date-time' });
const instantOrNull = z.string().nullable().meta({ format: 'date-time' });
/** Minor units. */
const amount = z.int();

export const failureSchema = component(
  'Failure',
  z.strictObject({ code: z.string(), declineCode: z.string().nullable(), retryable: z.boolean() }),
  'Why the gateway declined, and whether a retry can help.',
);

const parked = z.strictObject({
  reason: z.string(),
  amount: amount.nullable(),
  currency: z.string().nullable(),
});

const item = {
  id: z.string(),
  status: z.string(),
  amount,
  currency: z.string(),
  requestedAt: instant,
  resolvedAt: instantOrNull,
  gatewayReference: z.string().nullable(),
  failure: failureSchema.nullable(),
  parked: parked.nullable(),
};

export const paymentSchema = component(
  'Payment',
  z.strictObject({
    id: z.string().meta({ format: 'uuid' }),
    organizationId: z.string(),
    status: z.enum(paymentStatuses),
    amount,
    currency: z.string(),
    captured: amount,
    refunded: amount,
    description: z.string().nullable(),
    reference: z.string().nullable(),
    customer: z.strictObject({ name: z.string().nullable(), email: z.string().nullable() }).nullable(),
    userId: z.string().nullable(),
    workflowId: z.string().nullable(),
    resourceIds: z.array(z.string()).readonly(),
    metadata: z.record(z.string(), z.string()),
    attempts: z.array(z.strictObject({ ...item, method: z.string() })).readonly(),
    refunds: z.array(z.strictObject({ ...item, reason: z.string().nullable() })).readonly(),
    needsReview: z.boolean(),
    failure: failureSchema.nullable(),
    version: z.int(),
    createdAt: instant,
    updatedAt: instant,
    processedAt: instantOrNull,
    failedAt: instantOrNull,
    refundedAt: instantOrNull,
  }),
  'A payment. Amounts are minor units of its currency.',
) satisfies z.ZodType<Omit<PaymentView, 'status'>>;
