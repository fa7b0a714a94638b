// The events of one payment: as they are, and in words.

import { z } from 'zod';
import type { PaymentHistory, PaymentTimeline } from '../../read/event-queries.ts';
import { paymentId } from '../fields.ts';
import { wholeNumber } from './query-fields.ts';

/** From the first version on, unless it is said. */
export const fromVersion = wholeNumber(1, 1_000_000).default(1);

export const paymentHistorySchema = z.strictObject({
  type: z.literal('PaymentHistory'),
  paymentId,
  fromVersion,
}) satisfies z.ZodType<PaymentHistory>;

export const paymentTimelineSchema = z.strictObject({
  type: z.literal('PaymentTimeline'),
  paymentId,
}) satisfies z.ZodType<PaymentTimeline>;
