// Lists in answers, and what is listed besides payments and events.

import { suggestionFields } from '@paystrata/application';
import { z } from 'zod';
import { component } from './components.ts';
import { eventSchema } from './event-schema.ts';
import { paymentSchema } from './payment-schema.ts';

function listOf<Item extends z.ZodType>(item: Item) {
  return z.strictObject({
    data: z.array(item).readonly(),
    hasMore: z.boolean(),
    next: z.string().nullable().meta({ description: 'The cursor of the next page.' }),
    total: z.strictObject({
      value: z.int(),
      capped: z.boolean().meta({ description: 'There are more than `value`.' }),
    }),
  });
}

export const paymentListSchema = component('PaymentList', listOf(paymentSchema));
export const eventListSchema = component('EventList', listOf(eventSchema));

const suggestion = component(
  'Suggestion',
  z.strictObject({ text: z.string(), field: z.enum(suggestionFields), count: z.int() }),
);
export const suggestionListSchema = component('SuggestionList', listOf(suggestion));

const timelineEntry = component(
  'TimelineEntry',
  z.strictObject({
    timestamp: z.string().meta({ format: 'date-time' }),
    paymentId: z.string(),
    version: z.int(),
    type: z.string(),
    text: z.string(),
    actor: z.string(),
    correlationId: z.string(),
    gap: z.number().meta({ description: 'Milliseconds since the entry before.' }),
  }),
  'An event in words.',
);
export const timelineSchema = component('Timeline', listOf(timelineEntry));
