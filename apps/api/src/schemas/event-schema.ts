// An event in an answer.

import { paymentEventTypes } from '@paystrata/application';
import { z } from 'zod';
import { component } from './components.ts';

export const eventSchema = component(
  'Event',
  z.strictObject({
    eventId: z.string(),
    type: z.enum(paymentEventTypes),
    schemaVersion: z.int(),
    paymentId: z.string().meta({ format: 'uuid' }),
    version: z.int(),
    position: z.string(),
    timestamp: z.string().meta({ format: 'date-time' }),
    organizationId: z.string(),
    actor: z.string(),
    userId: z.string().nullable(),
    correlationId: z.string(),
    causationId: z.string().nullable(),
    data: z.record(z.string(), z.unknown()),
    metadata: z.record(z.string(), z.string()),
  }),
  'A fact of the log. In `data`, amounts are decimal strings of minor units.',
);
