// How the strategies in memory work.

import { z } from 'zod';
import { setting } from './setting.ts';

const routingFields = ['organizationId', 'paymentId'] as const;

export const memorySection = z.strictObject({
  /** Events that are handed to projections, and orders of a bulk that are executed, at a time. */
  bulkSize: setting(z.int().min(1).max(100_000).default(100), {
    variable: null,
    may: 'be a whole number from 1 to 100000',
  }),
  /** Commands with the same value of this field share a queue; the queues take turns. */
  routingField: setting(z.enum(routingFields).default('organizationId'), {
    variable: null,
    may: `be one of ${routingFields.join(', ')}`,
  }),
  /** Null: as many as memory holds. */
  maxPayments: setting(z.int().min(1).nullable().default(null), {
    variable: null,
    may: 'be a whole number from 1, or absent for no limit',
  }),
});
